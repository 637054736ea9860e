/* Doubling, then halving: some 2 log2(n) solutions. */
#include "theory/theory.h"

enum { AGENTS_MAX = 10000000 };

struct search {
    struct oh_theory_model model;
    const struct oh_theory_goal *goal;
    enum oh_theory_status status; /* of the last solution */
    struct oh_theory_result result;
    const char *model_name;
};

static bool meets(struct search *search, int agents) {
    search->model.agents = agents;
    search->status = oh_theory_solve(&search->model, &search->result, &search->model_name);
    if (search->status != OH_THEORY_OK)
        return false;
    double value = oh_theory_metric_value(&search->result, search->goal->metric);
    return search->goal->at_least ? value >= search->goal->value : value <= search->goal->value;
}

/* A state of affairs that more agents cannot mend. */
static bool is_hopeless(enum oh_theory_status status) {
    return status != OH_THEORY_OK && status != OH_THEORY_UNSTABLE;
}

enum oh_theory_status oh_theory_least_agents(const struct oh_theory_model *model,
                                             const struct oh_theory_goal *goal, int *agents,
                                             struct oh_theory_result *result,
                                             const char **model_name) {
    struct search search = {.model = *model, .goal = goal};
    int fails = 0;
    int passes = 1;
    while (!meets(&search, passes)) {
        if (is_hopeless(search.status))
            return search.status;
        if (passes > AGENTS_MAX / 2)
            return OH_THEORY_NO_ANSWER;
        fails = passes;
        passes *= 2;
    }
    while (passes - fails > 1) {
        int middle = fails + (passes - fails) / 2;
        *(meets(&search, middle) ? &passes : &fails) = middle;
    }
    meets(&search, passes);
    *agents = passes;
    if (result != NULL)
        *result = search.result;
    if (model_name != NULL)
        *model_name = search.model_name;
    return OH_THEORY_OK;
}
