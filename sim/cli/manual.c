/* The manual page, printed from the tables of commands, options and trace columns. */
#include <string.h>

#include "cli/cli.h"
#include "cli/trace.h"

/* Text for roff: backslashes and what would be a request at the start of a line are made harmless. */
static void put(const char *text, FILE *to) {
    bool at_start = true;
    for (const char *c = text; *c != '\0'; c++) {
        if (at_start && (*c == '.' || *c == '\''))
            fputs("\\&", to);
        if (*c == '\\')
            fputs("\\e", to);
        else if (*c == '-')
            fputs("\\-", to);
        else
            fputc(*c, to);
        at_start = *c == '\n';
    }
}

static void put_lines(const char *before, const char *text, const char *after, FILE *to) {
    fputs(before, to);
    put(text, to);
    fputs(after, to);
}

static void put_option(const struct oh_option *option, FILE *to) {
    fputs(".TP\n\\fB", to);
    if (option->letter != 0)
        fprintf(to, "\\-%c\\fR, \\fB", option->letter);
    put_lines("\\-\\-", option->name, "\\fR", to);
    if (option->argument != NULL)
        put_lines(" \\fI", option->argument, "\\fR", to);
    put_lines("\n", option->doc, "\n", to);
}

static void put_command(const struct oh_command *command, FILE *to) {
    put_lines(".SS ", command->name, "\n", to);
    put_lines(".B ", command->synopsis, "\n.PP\n", to);
    put(command->doc, to); /* a blank line is a new paragraph in roff, too */
    fputc('\n', to);
    for (size_t i = 0; i < command->n_own; i++)
        put_option(&command->own[i], to);
    if (command->examples != NULL)
        put_lines(".PP\n.nf\n", command->examples, ".fi\n", to);
}

static void put_options(FILE *to) {
    const struct oh_option *options;
    size_t n = oh_common_options(&options);
    fputs(".SH OPTIONS\nThat several commands share; 'onhold COMMAND \\-\\-help' says which ones a "
          "command takes.\n",
          to);
    for (size_t i = 0; i < n; i++)
        if (options[i].doc != NULL)
            put_option(&options[i], to);
}

static void put_trace(FILE *to) {
    const struct oh_trace_column *columns;
    size_t n = oh_trace_columns(&columns);
    fputs(".SH TRACE\nThe file that \\fB\\-\\-trace\\fR writes is CSV, one line an attempt, in the "
          "order of replications. Its columns:\n",
          to);
    for (size_t i = 0; i < n; i++) {
        put_lines(".TP\n\\fB", columns[i].name, "\\fR\n", to);
        put_lines("", columns[i].about, "\n", to);
    }
}

static const char ending[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\ndone\n"
    ".TP\n1\ndone, and the answer is no: an expectation or a target is missed\n"
    ".TP\n2\nthe command line is wrong\n"
    ".TP\n3\na scenario or other input is invalid\n"
    ".TP\n4\nfailure at run time: a file, memory, gnuplot\n"
    ".TP\n5\nan expectation has no value to be judged by\n"
    ".TP\n130, 143, 141\ninterrupted, terminated, the reader of a pipe has gone\n"
    ".PP\nOf several scenarios, the first of 4, 3, 1, 5, 0 that occurs.\n"
    ".SH ENVIRONMENT\n"
    ".TP\nNO_COLOR\nif set and not empty: no colour\n"
    ".SH SEE ALSO\n"
    "\\fBonhold explain\\fR, \\fBgnuplot\\fR(1)\n";

void oh_manual_print(FILE *to) {
    const struct oh_command *const *commands;
    size_t n = oh_commands(&commands);
    fputs(".TH ONHOLD 1 \"\" \"onhold " OH_VERSION "\" \"User Commands\"\n"
          ".SH NAME\nonhold \\- simulate a contact centre call by call\n"
          ".SH SYNOPSIS\n.B onhold\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
          ".SH DESCRIPTION\nSimulates a contact centre, described by a scenario in YAML, call by "
          "call, and says what its callers live through: who reaches a person, after how long, "
          "who gives up. Results go to standard output, everything else to standard error.\n"
          ".SH COMMANDS\n",
          to);
    for (size_t i = 0; i < n; i++)
        put_command(commands[i], to);
    put_options(to);
    put_trace(to);
    fputs(ending, to);
}
