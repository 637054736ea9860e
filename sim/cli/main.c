/* The program: finds the command's row, parses its options, runs it. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/names.h"
#include "cli/cli.h"
#include "cli/signals.h"

static const struct oh_command *const commands[] = {
    &oh_command_run,   &oh_command_compare,  &oh_command_sweep,    &oh_command_calibrate,
    &oh_command_check, &oh_command_validate, &oh_command_explain,  &oh_command_erlang,
    &oh_command_plot,  &oh_command_schema,   &oh_command_complete,
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

size_t oh_commands(const struct oh_command *const **rows) {
    *rows = commands;
    return N_COMMANDS;
}

const struct oh_command *oh_command_find(const char *name) {
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

int oh_exit_worse(int one, int other) {
    static const int order[] = {OH_EXIT_TERMINATED, OH_EXIT_INTERRUPTED,  OH_EXIT_PIPE,
                                OH_EXIT_USAGE,      OH_EXIT_FAILURE,      OH_EXIT_INPUT,
                                OH_EXIT_NO,         OH_EXIT_INCONCLUSIVE, OH_EXIT_DONE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (one == order[i] || other == order[i])
            return order[i];
    return one;
}

void oh_complain(int error, const char *format, ...) {
    va_list arguments;
    fflush(stdout);
    fputs("onhold: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    if (error != 0)
        fprintf(stderr, ": %s", strerror(error));
    fputc('\n', stderr);
}

bool oh_wants_color(const struct oh_request *request, FILE *stream) {
    if (request->color != OH_AUTO)
        return request->color == OH_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if ((no_color != NULL && *no_color != '\0') || term == NULL || strcmp(term, "dumb") == 0)
        return false;
    return isatty(fileno(stream));
}

int oh_refuse(const struct oh_request *request, const char *problem) {
    oh_complain(0, "%s", problem);
    fprintf(stderr, "Try 'onhold %s --help'.\n", request->command->name);
    return OH_EXIT_USAGE;
}

static int refuse_command(const char *name) {
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *nearest = oh_name_nearest(name, names, N_COMMANDS);
    if (name[0] == '-')
        oh_complain(0, "unknown option '%s': options follow a command", name);
    else if (nearest != NULL)
        oh_complain(0, "unknown command '%s'; did you mean '%s'?", name, nearest);
    else
        oh_complain(0, "unknown command '%s'", name);
    fputs("Try 'onhold --help'.\n", stderr);
    return OH_EXIT_USAGE;
}

static int print_version(void) {
    puts("onhold " OH_VERSION);
    return OH_EXIT_DONE;
}

static int run_command(const struct oh_command *command, int n, char *const *words) {
    struct oh_request request;
    int code;
    if (!oh_request_parse(&request, command, n, words)) {
        code = oh_refuse(&request, request.problem.data);
    } else if (request.help) {
        oh_help_print(command, stdout);
        code = OH_EXIT_DONE;
    } else if (request.version) {
        code = print_version();
    } else {
        code = command->run(&request);
    }
    oh_request_fini(&request);
    return code;
}

static int dispatch(int n, char *const *words) {
    if (n < 2) {
        oh_help_print(NULL, stderr);
        return OH_EXIT_USAGE;
    }
    if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0) {
        oh_help_print(NULL, stdout);
        return OH_EXIT_DONE;
    }
    if (strcmp(words[1], "--version") == 0)
        return print_version();
    const struct oh_command *command = oh_command_find(words[1]);
    return command != NULL ? run_command(command, n - 2, words + 2) : refuse_command(words[1]);
}

/* What was printed must have arrived: a full disk behind '>' is a failure, not a success. */
static int close_output(int code) {
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) == 0 && !failed)
        return code;
    oh_complain(errno, "cannot write to standard output");
    return oh_exit_worse(code, OH_EXIT_FAILURE);
}

int main(int n, char **words) {
    oh_signals_install();
    return close_output(dispatch(n, words));
}
