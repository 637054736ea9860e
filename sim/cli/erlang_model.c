/* Options of onhold erlang, and the model and goal that they describe. */
#include "cli/erlang_model.h"

#include <string.h>
#include <strings.h>

#include "base/assert.h"
#include "base/diag.h"
#include "base/names.h"
#include "base/units.h"
#include "random/dist.h"
#include "study/exact.h"

/* What only some models have a place for; a bit each. */
enum { PATIENCE = 1, ROOM = 2, MAX_WAIT = 4, SERVICE_LEVEL = 8 };

enum { MOST_AGENTS = 10000000 };

static struct oh_erlang_given *own(struct oh_request *request) {
    return request->own;
}

/* A quantity above 0, or from 0 on where `may_be_zero`. */
static bool take(struct oh_request *request, const char *what, enum oh_unit unit, bool may_be_zero,
                 const char *value, double *into) {
    struct oh_parse parse = oh_unit_parse(unit, value, strlen(value));
    if (parse.status != OH_PARSE_OK) {
        oh_text_printf(&request->problem, "%s takes a value such as %s, not '%s'", what,
                       oh_unit_example(unit), value);
        return false;
    }
    if (parse.value < 0 || (parse.value == 0 && !may_be_zero)) {
        oh_text_printf(&request->problem, "%s must be %s, not '%s'", what,
                       may_be_zero ? "0 or more" : "more than 0", value);
        return false;
    }
    *into = parse.value;
    return true;
}

static bool take_rate(struct oh_request *request, const char *value) {
    own(request)->has_rate = true;
    return take(request, "--rate", OH_UNIT_RATE, false, value, &own(request)->rate_per_s);
}

static bool take_handle(struct oh_request *request, const char *value) {
    own(request)->has_handle = true;
    return take(request, "--handle", OH_UNIT_DURATION, false, value, &own(request)->handle_s);
}

static bool take_agents(struct oh_request *request, const char *value) {
    own(request)->has_agents = true;
    if (!take(request, "--agents", OH_UNIT_COUNT, false, value, &own(request)->agents))
        return false;
    if (own(request)->agents <= MOST_AGENTS)
        return true;
    oh_text_printf(&request->problem, "--agents takes at most %d, not '%s'", MOST_AGENTS, value);
    return false;
}

static bool take_room(struct oh_request *request, const char *value) {
    own(request)->given |= ROOM;
    return take(request, "--room", OH_UNIT_COUNT, true, value, &own(request)->room);
}

static bool take_within(struct oh_request *request, const char *value) {
    own(request)->given |= SERVICE_LEVEL;
    own(request)->has_within = true;
    return take(request, "--within", OH_UNIT_DURATION, true, value, &own(request)->within_s);
}

static bool take_max_wait(struct oh_request *request, const char *value) {
    own(request)->given |= MAX_WAIT;
    return take(request, "--max-wait", OH_UNIT_DURATION, false, value, &own(request)->max_wait_s);
}

static bool take_patience(struct oh_request *request, const char *value) {
    own(request)->given |= PATIENCE;
    own(request)->patience = value;
    return true;
}

static bool take_target(struct oh_request *request, const char *value) {
    own(request)->target = value;
    return true;
}

static bool take_formula(struct oh_request *request, const char *value) {
    own(request)->given |= SERVICE_LEVEL;
    struct oh_choice formulas[OH_THEORY_N_FORMULAS];
    for (int i = 0; i < OH_THEORY_N_FORMULAS; i++)
        formulas[i] = (struct oh_choice){oh_theory_formula_names[i], i};
    int chosen;
    if (!oh_take_choice(request, "--formula", value, formulas, OH_THEORY_N_FORMULAS, &chosen))
        return false;
    own(request)->formula = (enum oh_theory_formula)chosen;
    return true;
}

const struct oh_option oh_erlang_options[OH_ERLANG_N_OPTIONS] = {
    {"rate", 0, "600/h", OH_FOR_OWN, take_rate, "arrivals, a Poisson process"},
    {"handle", 0, "300s", OH_FOR_OWN, take_handle,
     "mean handle time, talk and wrap-up together, exponential"},
    {"agents", 0, "N", OH_FOR_OWN, take_agents, "agents; lines for Erlang B"},
    {"patience", 0, "120s|DISTRIBUTION", OH_FOR_OWN, take_patience,
     "Erlang A: mean of an exponential patience, or any distribution, such as "
     "'lognormal(mean=4min cv=1.2)'"},
    {"room", 0, "N", OH_FOR_OWN, take_room, "places to wait; more are turned away"},
    {"max-wait", 0, "70min", OH_FOR_OWN, take_max_wait,
     "Erlang A: whoever has waited so long is cut off"},
    {"within", 0, "20s", OH_FOR_OWN, take_within, "of the service level; default 20s"},
    {"formula", 0, "NAME", OH_FOR_OWN, take_formula,
     "of the service level: offered (default), answered_only, abandons_negative, "
     "early_abandons_excluded, abandons_positive, short_abandons_excluded"},
    {"target", 0, "80%|METRIC=VALUE", OH_FOR_OWN, take_target,
     "least number of agents with this service level (Erlang B: with at most this blocking), or "
     "this METRIC: at least VALUE of service levels and reached, at most VALUE of all else"},
};

/* ---- from the command line to a model ---- */

struct kind {
    const char *letter, *name, *servers;
    unsigned allowed, needed;
};
static const struct kind kinds[] = {
    {"b", "Erlang B", "lines", 0, 0},
    {"c", "Erlang C", "agents", ROOM | SERVICE_LEVEL, 0},
    {"a", "Erlang A", "agents", PATIENCE | ROOM | MAX_WAIT | SERVICE_LEVEL, PATIENCE},
};

static const struct {
    unsigned bit;
    const char *what;
} extras[] = {{PATIENCE, "--patience"},
              {ROOM, "--room"},
              {MAX_WAIT, "--max-wait"},
              {SERVICE_LEVEL, "--within or --formula"}};

static const struct kind *find_kind(struct oh_request *request) {
    for (size_t i = 0; request->n_arguments == 1 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcasecmp(request->arguments[0], kinds[i].letter) == 0)
            return &kinds[i];
    oh_text_puts(&request->problem, "say which formula: 'onhold erlang b', 'c' or 'a'");
    return NULL;
}

static bool check_options(struct oh_request *request, const struct kind *kind) {
    const struct oh_erlang_given *given = own(request);
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
        if ((given->given & ~kind->allowed & extras[i].bit) != 0)
            oh_text_printf(&request->problem, "%s has no place for %s", kind->name, extras[i].what);
        else if ((kind->needed & ~given->given & extras[i].bit) != 0)
            oh_text_printf(&request->problem, "%s needs %s", kind->name, extras[i].what);
        else
            continue;
        return false;
    }
    if (!given->has_rate || !given->has_handle)
        oh_text_printf(&request->problem, "%s needs --%s", kind->name,
                       given->has_rate ? "handle, the mean handle time" : "rate, the arrivals");
    else if (!given->has_agents && given->target == NULL)
        oh_text_printf(&request->problem, "%s needs --agents, or --target to search their number",
                       kind->name);
    else
        return true;
    return false;
}

static bool decode_patience(const char *text, struct oh_arena *arena, bool color,
                            struct oh_patience *patience) {
    struct oh_parse mean = oh_unit_parse(OH_UNIT_DURATION, text, strlen(text));
    if (mean.status == OH_PARSE_OK && mean.value > 0) {
        *patience = oh_patience_exponential(mean.value);
        return true;
    }
    struct oh_source source = {.name = "--patience", .text = text, .length = strlen(text)};
    struct oh_place place = {.source = &source,
                             .line = 1,
                             .column = 1,
                             .width = (uint32_t)oh_utf8_length(text, source.length)};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_dist *dist =
        oh_dist_parse(arena, text, OH_UNIT_DURATION, place, "", "", diagnostics);
    oh_diag_print(diagnostics, stderr, color);
    oh_diag_destroy(diagnostics);
    if (dist == NULL)
        return false;
    *patience = oh_exact_patience(dist, arena);
    return true;
}

static bool build_model(struct oh_request *request, const struct kind *kind, struct oh_arena *arena,
                        struct oh_theory_model *model) {
    const struct oh_erlang_given *given = own(request);
    *model = oh_theory_model_init();
    model->arrival_rate_per_s = given->rate_per_s;
    model->handle_time_s = given->handle_s;
    model->agents = given->has_agents ? (int)given->agents : 1;
    if (kind->allowed == 0)
        model->room = 0;
    if ((given->given & ROOM) != 0)
        model->room = given->room;
    if ((given->given & MAX_WAIT) != 0)
        model->max_wait_s = given->max_wait_s;
    if (given->has_within)
        model->answer_within_s = given->within_s;
    model->formula = given->formula;
    return given->patience == NULL ||
           decode_patience(given->patience, arena, oh_wants_color(request, stderr),
                           &model->patience);
}

/* ---- the target ---- */

static enum oh_unit unit_of(const struct oh_theory_metric *metric) {
    return strcmp(metric->unit, "share") == 0 ? OH_UNIT_SHARE
           : strcmp(metric->unit, "s") == 0   ? OH_UNIT_DURATION
                                              : OH_UNIT_NUMBER;
}

/* All metrics that theory knows, with the values of nothing. */
static size_t known_metrics(struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX]) {
    struct oh_theory_result nothing = {0};
    return oh_theory_metrics(&nothing, metrics);
}

static const struct oh_theory_metric *find_metric(struct oh_request *request, const char *id,
                                                  const struct oh_theory_metric *metrics,
                                                  size_t n) {
    const char *ids[OH_THEORY_METRICS_MAX];
    for (size_t i = 0; i < n; i++) {
        if (strcmp(metrics[i].id, id) == 0)
            return &metrics[i];
        ids[i] = metrics[i].id;
    }
    const char *nearest = oh_name_nearest(id, ids, n);
    oh_text_printf(&request->problem, "--target: unknown metric '%s'", id);
    if (nearest != NULL)
        oh_text_printf(&request->problem, "; did you mean '%s'?", nearest);
    return NULL;
}

static bool decode_target(struct oh_request *request, const struct kind *kind,
                          struct oh_arena *arena, struct oh_theory_goal *goal) {
    const char *target = own(request)->target;
    OH_ARGUMENT(target != NULL);
    const char *equals = strchr(target, '=');
    const char *id = equals != NULL ? oh_arena_strndup(arena, target, (size_t)(equals - target))
                     : kind->allowed == 0 ? "blocking"
                                          : "service_level";
    const char *value = equals != NULL ? equals + 1 : target;
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX] = {0};
    const struct oh_theory_metric *metric =
        find_metric(request, id, metrics, known_metrics(metrics));
    if (metric == NULL)
        return false;
    enum oh_unit unit = unit_of(metric);
    if (!take(request, "--target", unit, true, value, &goal->value))
        return false;
    if (unit == OH_UNIT_SHARE && goal->value > 1) {
        oh_text_printf(&request->problem, "--target '%s' is more than 100%%", value);
        return false;
    }
    goal->metric = id;
    goal->at_least = strncmp(id, "service_level", 13) == 0 || strcmp(id, "reached") == 0;
    return true;
}

bool oh_erlang_ask(struct oh_request *request, struct oh_arena *arena,
                   struct oh_erlang_question *question) {
    const struct kind *kind = find_kind(request);
    if (kind == NULL || !check_options(request, kind))
        return false;
    *question = (struct oh_erlang_question){.formula = kind->name,
                                            .servers = kind->servers,
                                            .has_goal = own(request)->target != NULL,
                                            .is_search = !own(request)->has_agents};
    return build_model(request, kind, arena, &question->model) &&
           (!question->has_goal || decode_target(request, kind, arena, &question->goal));
}
