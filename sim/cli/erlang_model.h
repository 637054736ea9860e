/* The options of `onhold erlang`, the question that they ask of theory, and the answer. */
#ifndef OH_CLI_ERLANG_MODEL_H
#define OH_CLI_ERLANG_MODEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "theory/theory.h"

struct oh_erlang_given { /* request->own */
    double rate_per_s, handle_s, agents, room, within_s, max_wait_s;
    const char *patience, *target;
    enum oh_theory_formula formula;
    bool has_rate, has_handle, has_agents, has_within;
    unsigned given; /* bits of what only some formulas have a place for */
};

enum { OH_ERLANG_N_OPTIONS = 9 };
extern const struct oh_option oh_erlang_options[OH_ERLANG_N_OPTIONS];

struct oh_erlang_question {
    const char *formula; /* "Erlang C" */
    const char *servers; /* "agents" or "lines" */
    struct oh_theory_model model;
    bool has_goal, is_search; /* search: find the number of agents that meets the goal */
    struct oh_theory_goal goal;
};

/* false if the command line asks nothing sensible: request->problem says why, or is empty when the reason is printed
 * already. What the question points to lives in the arena and in the request. */
bool oh_erlang_ask(struct oh_request *request, struct oh_arena *arena,
                   struct oh_erlang_question *question);

struct oh_erlang_answer {
    struct oh_erlang_question question;
    struct oh_theory_result result;
    const char *model_name;
    size_t n_metrics;
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
};

/* For people: a headline and groups (erlang_text.c). */
void oh_erlang_print_text(const struct oh_erlang_answer *answer, FILE *stream);

#endif
