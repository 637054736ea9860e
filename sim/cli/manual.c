/* The manual page, printed from the tables of commands, options and trace columns. */
#include <string.h>

#include "cli/cli.h"
#include "cli/trace.h"

enum { ROFF_COLUMNS = 68 /* a line ends at the first blank behind */ };

/* Text for roff: backslashes and what would be a request at the start of a line are made harmless. Lines are broken, but
 * those of examples, which begin with a blank, and the arguments of requests (`is_whole`). */
static void put(const char *text, bool is_whole, FILE *to) {
    size_t column = 0;
    bool keeps = is_whole;
    for (const char *c = text; *c != '\0'; c++) {
        if (column == 0) {
            keeps = is_whole || *c == ' ';
            if (*c == '.' || *c == '\'')
                fputs("\\&", to);
        }
        bool breaks = *c == '\n' || (*c == ' ' && !keeps && column > ROFF_COLUMNS);
        if (breaks)
            fputc('\n', to);
        else if (*c == '\\')
            fputs("\\e", to);
        else if (*c == '-')
            fputs("\\-", to);
        else
            fputc(*c, to);
        column = breaks ? 0 : column + 1 + (*c == '-' || *c == '\\');
    }
}

static void put_text(const char *text, FILE *to) {
    put(text, false, to);
}

static void put_words(const char *before, const char *text, const char *after, FILE *to) {
    fputs(before, to);
    put(text, true, to);
    fputs(after, to);
}

static void put_option(const struct oh_option *option, FILE *to) {
    fputs(".TP\n\\fB", to);
    if (option->letter != 0)
        fprintf(to, "\\-%c\\fR, \\fB", option->letter);
    put_words("\\-\\-", option->name, "\\fR", to);
    if (option->argument != NULL)
        put_words(" \\fI", option->argument, "\\fR", to);
    fputc('\n', to);
    put_text(option->doc, to);
    fputc('\n', to);
}

static void put_command(const struct oh_command *command, FILE *to) {
    put_words(".SS ", command->name, "\n", to);
    put_words(".B ", command->synopsis, "\n.PP\n", to);
    put_text(command->doc, to); /* a blank line is a new paragraph in roff, too */
    fputc('\n', to);
    for (size_t i = 0; i < command->n_own; i++)
        put_option(&command->own[i], to);
    if (command->examples != NULL)
        put_words(".PP\n.nf\n", command->examples, ".fi\n", to);
}

static void put_options(FILE *to) {
    const struct oh_option *options;
    size_t n = oh_common_options(&options);
    fputs(".SH OPTIONS\nThat several commands share; 'onhold COMMAND \\-\\-help'\n"
          "says which ones a command takes.\n",
          to);
    for (size_t i = 0; i < n; i++)
        if (options[i].doc != NULL)
            put_option(&options[i], to);
}

static void put_trace(FILE *to) {
    const struct oh_trace_column *columns;
    size_t n = oh_trace_columns(&columns);
    fputs(".SH TRACE\nThe file that \\fB\\-\\-trace\\fR writes is CSV, one line an attempt,\n"
          "in the order of replications. Its columns:\n",
          to);
    for (size_t i = 0; i < n; i++) {
        put_words(".TP\n\\fB", columns[i].name, "\\fR\n", to);
        put_text(columns[i].about, to);
        fputc('\n', to);
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
    fputs(".TH ONHOLD 1 \"" OH_RELEASED "\" \"onhold " OH_VERSION "\" \"User Commands\"\n"
          ".SH NAME\nonhold \\- simulate a contact centre call by call\n"
          ".SH SYNOPSIS\n.B onhold\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
          ".SH DESCRIPTION\nSimulates a contact centre, described by a scenario in YAML, call by\n"
          "call, and says what its callers live through: who reaches a person, after\n"
          "how long, who gives up. Results go to standard output, everything else to\n"
          "standard error.\n"
          ".SH COMMANDS\n",
          to);
    for (size_t i = 0; i < n; i++)
        put_command(commands[i], to);
    put_options(to);
    put_trace(to);
    fputs(ending, to);
}
