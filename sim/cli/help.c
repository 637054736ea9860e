/* Help, printed from the tables of commands and options. */
#include <string.h>

#include "cli/cli.h"

enum { OPTION_COLUMN = 32 };

static void print_option(const struct oh_option *option, FILE *to) {
    int at = option->letter != 0 ? fprintf(to, "  -%c, --%s", option->letter, option->name)
                                 : fprintf(to, "      --%s", option->name);
    if (option->argument != NULL)
        at += fprintf(to, " %s", option->argument);
    if (at + 2 > OPTION_COLUMN) {
        fputc('\n', to);
        at = 0;
    }
    fprintf(to, "%*s", OPTION_COLUMN - at, "");
    struct oh_text doc = {0};
    oh_text_wrap(&doc, option->doc, OPTION_COLUMN, OH_PAGE_WIDTH);
    fputs(doc.data, to);
    oh_text_fini(&doc);
}

static void print_options(const struct oh_option *rows, size_t n, unsigned groups, FILE *to) {
    for (size_t i = 0; i < n; i++)
        if ((rows[i].groups & groups) != 0 && rows[i].doc != NULL)
            print_option(&rows[i], to);
}

static void print_program(FILE *to) {
    const struct oh_command *const *commands;
    size_t n = oh_commands(&commands);
    fputs("onhold simulates a contact centre call by call and says what its callers live through.\n"
          "\nUsage: onhold COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n",
          to);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->about);
    fputs("\n'onhold COMMAND --help' lists the options of a command, 'onhold --version' prints the "
          "version.\n'onhold explain' answers questions about keys, metrics, distributions and "
          "messages.\n\n"
          "Exit: 0 done, 1 done and the answer is no, 2 usage, 3 invalid input, 4 failure at run "
          "time,\n130 interrupted, 141 closed pipe, 143 terminated.\n",
          to);
}

static void print_command(const struct oh_command *command, FILE *to) {
    fprintf(to, "Usage: %s\n\n%s\n", command->synopsis, command->doc);
    if (command->examples != NULL)
        fprintf(to, "\nExamples:\n%s", command->examples);
    const struct oh_option *common;
    size_t n_common = oh_common_options(&common);
    fputs("\nOptions:\n", to);
    print_options(command->own, command->n_own, OH_FOR_OWN, to);
    print_options(common, n_common, command->groups | OH_FOR_ALL, to);
}

void oh_help_print(const struct oh_command *command, FILE *to) {
    if (command == NULL)
        print_program(to);
    else
        print_command(command, to);
}
