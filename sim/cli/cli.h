/* The command line: one table of commands, one table of common options, both rows that parse, document and explain.
 *
 * Results go to standard output, everything else to standard error. A command returns an exit code below. */
#ifndef OH_CLI_CLI_H
#define OH_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "plan/plan.h"
#include "scenario/scenario.h"

enum oh_exit {
    OH_EXIT_DONE = 0,
    OH_EXIT_NO = 1,           /* done, and the answer is no */
    OH_EXIT_USAGE = 2,        /* the command line is wrong */
    OH_EXIT_INPUT = 3,        /* a scenario or other input is invalid */
    OH_EXIT_FAILURE = 4,      /* file, memory, gnuplot */
    OH_EXIT_INCONCLUSIVE = 5, /* the interval holds the limit */
    OH_EXIT_INTERRUPTED = 130,
    OH_EXIT_PIPE = 141,
    OH_EXIT_TERMINATED = 143
};

/* Of two results, the one that counts: 4, 3, 1, 5, 0; anything above these (signals, usage) before all. */
int oh_exit_worse(int one, int other);

struct oh_request;

/* Takes an option's value (NULL for a flag); false with `request->problem` filled in if it is not acceptable. */
typedef bool oh_option_fn(struct oh_request *request, const char *value);

/* Which commands take an option: a command names the groups it understands, all else is an error. */
enum oh_option_group {
    OH_FOR_ALL = 1,      /* -q -v -h --color */
    OH_FOR_SCENARIO = 2, /* --set --variant */
    OH_FOR_RUN = 4,      /* --replications --seed ... */
    OH_FOR_FORMAT = 8,   /* --format */
    OH_FOR_OUTPUT = 16,  /* --output */
    OH_FOR_OWN = 32,     /* rows of the command's own table */
    OH_FOR_VARIANTS = 64 /* no option: --variant may be repeated */
};

struct oh_option {
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *argument; /* NULL: a flag */
    unsigned groups;
    oh_option_fn *handler;
    const char *doc;
};

struct oh_command {
    const char *name, *synopsis, *about;
    const char *doc;      /* paragraphs for --help, explain and the man page */
    const char *examples; /* lines; NULL: none */
    unsigned groups;      /* common options it takes */
    const struct oh_option *own;
    size_t n_own,
        own_size; /* bytes of the zeroed struct at request->own that own options fill in */
    int (*run)(struct oh_request *request);
};

enum oh_when { OH_AUTO, OH_ALWAYS, OH_NEVER };

struct oh_request {
    const struct oh_command *command;
    const char **arguments;
    size_t n_arguments;
    struct oh_override *overrides; /* in the order of the command line */
    size_t n_overrides;
    const char *variant;   /* the first of these; NULL: none */
    const char **variants; /* in the order of the command line */
    size_t n_variants;
    uint64_t only_replication; /* 1-based; 0: all */
    unsigned threads;          /* 0: as many as processors */
    enum oh_interval_rows intervals;
    const char *format; /* name of a writer; NULL: not given */
    const char *output; /* NULL: standard output */
    const char *trace;
    enum oh_when progress, color;
    bool quiet, verbose, help, version;
    void *own;
    char **own_texts; /* copies that overrides point into */
    size_t n_own_texts;
    struct oh_text problem; /* why the command line is refused */
};

size_t oh_commands(const struct oh_command *const **rows);
size_t oh_common_options(const struct oh_option **rows);
const struct oh_command *oh_command_find(const char *name); /* NULL if there is none */

/* Fills in `request` from the words behind the command's name; false with request->problem filled in. */
bool oh_request_parse(struct oh_request *request, const struct oh_command *command, int n,
                      char *const *words);
void oh_request_fini(struct oh_request *request);

/* Values that several options share; `what` is the option's name for the message. */
bool oh_take_count(struct oh_request *request, const char *what, const char *value, uint64_t least,
                   uint64_t most, uint64_t *into);
struct oh_choice {
    const char *name;
    int value;
};
bool oh_take_choice(struct oh_request *request, const char *what, const char *value,
                    const struct oh_choice *choices, size_t n, int *into);

/* Help of the program (command NULL) or of one command. */
void oh_help_print(const struct oh_command *command, FILE *to);

/* The manual page, as roff. */
void oh_manual_print(FILE *to);

enum { OH_PAGE_WIDTH = 96 }; /* what help and explanations are wrapped to */

/* "onhold: " and the message on standard error, with errno's text where `error` is not 0. */
__attribute__((format(printf, 2, 3))) void oh_complain(int error, const char *format, ...);

/* Complains that the command line is not one, and returns OH_EXIT_USAGE. */
int oh_refuse(const struct oh_request *request, const char *problem);

/* Whether to colour what goes to `stream`: --color, NO_COLOR, TERM and whether it is a terminal. */
bool oh_wants_color(const struct oh_request *request, FILE *stream);

extern const struct oh_command oh_command_run, oh_command_compare, oh_command_sweep,
    oh_command_calibrate, oh_command_check, oh_command_validate, oh_command_explain,
    oh_command_erlang, oh_command_plot, oh_command_schema, oh_command_complete;

#endif
