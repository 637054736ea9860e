/* onhold erlang: exact formulas for one queue. */
#include <errno.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/names.h"
#include "base/output.h"
#include "base/units.h"
#include "cli/cli.h"
#include "random/dist.h"
#include "theory/theory.h"

/* What only some models have a place for; a bit each. */
enum { PATIENCE = 1, ROOM = 2, MAX_WAIT = 4, SERVICE_LEVEL = 8 };

enum { MOST_AGENTS = 10000000 };

struct erlang {
    double rate_per_s, handle_s, agents, room, within_s, max_wait_s;
    const char *patience, *target;
    enum oh_theory_formula formula;
    bool has_rate, has_handle, has_agents, has_within;
    unsigned given; /* PATIENCE | ROOM | ... */
};

static struct erlang *own(struct oh_request *request) {
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

static const struct oh_option options[] = {
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
    const char *letter, *name;
    unsigned allowed, needed;
};
static const struct kind kinds[] = {
    {"b", "Erlang B", 0, 0},
    {"c", "Erlang C", ROOM | SERVICE_LEVEL, 0},
    {"a", "Erlang A", PATIENCE | ROOM | MAX_WAIT | SERVICE_LEVEL, PATIENCE},
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
    const struct erlang *given = own(request);
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

static double survival(double t_s, const void *context) {
    return oh_dist_survival(context, t_s);
}

static double cdf(double t_s, const void *context) {
    return oh_dist_cdf(context, t_s);
}

/* A jump of a constant patience is worth telling; all other breaks are found by the quadrature itself. */
static struct oh_patience general_patience(struct oh_arena *arena, const struct oh_dist *dist) {
    struct oh_patience patience = {
        .kind = OH_PATIENCE_GENERAL, .survival = survival, .cdf = cdf, .context = dist};
    double *at_s = OH_NEW(arena, double);
    if (oh_dist_is_constant(dist, at_s) && *at_s > 0) {
        patience.breaks_s = at_s;
        patience.n_breaks = 1;
    }
    return patience;
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
        oh_dist_parse(arena, text, OH_UNIT_DURATION, place, "", diagnostics);
    oh_diag_print(diagnostics, stderr, color);
    oh_diag_destroy(diagnostics);
    if (dist == NULL)
        return false;
    if (oh_dist_is_never(dist))
        *patience = oh_patience_never_ends();
    else if (strcmp(oh_dist_name(dist), "exponential") == 0)
        *patience = oh_patience_exponential(oh_dist_mean(dist));
    else
        *patience = general_patience(arena, dist);
    return true;
}

static bool build_model(struct oh_request *request, const struct kind *kind, struct oh_arena *arena,
                        struct oh_theory_model *model) {
    const struct erlang *given = own(request);
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
    const char *target = own(request)->target, *equals = strchr(target, '=');
    const char *id = equals != NULL ? oh_arena_strndup(arena, target, (size_t)(equals - target))
                     : kind->allowed == 0 ? "blocking"
                                          : "service_level";
    const char *value = equals != NULL ? equals + 1 : target;
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
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

/* ---- the answer ---- */

struct answer {
    const struct kind *kind;
    struct oh_theory_model model;
    struct oh_theory_result result;
    const char *model_name;
    size_t n_metrics;
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
};

/* A number with twelve significant digits, whatever the locale; "null" where there is none. */
static const char *print_value(double value, const char *none, char *buffer, size_t size) {
    if (!isfinite(value))
        return none;
    return oh_number_print(value, 12, buffer, size);
}

static void say_value(const struct oh_theory_metric *metric, char *buffer, size_t size) {
    if (!isfinite(metric->value))
        snprintf(buffer, size, "-");
    else if (strcmp(metric->unit, "s") == 0)
        oh_duration_say(metric->value, buffer, size);
    else if (strcmp(metric->unit, "share") == 0) {
        char number[32];
        snprintf(buffer, size, "%s%%", oh_number_print(100 * metric->value, 4, number, 32));
    } else {
        char number[32];
        snprintf(buffer, size, "%s %s", oh_number_print(metric->value, 5, number, 32),
                 metric->unit);
    }
}

static void print_text(const struct answer *answer, FILE *to) {
    char rate[48], handle[48], within[48], value[96];
    fprintf(to, "%s (%s): %s, %s each, %d %s, service level within %s (%s)\n\n", answer->kind->name,
            answer->model_name,
            oh_unit_print(OH_UNIT_RATE, answer->model.arrival_rate_per_s, rate, sizeof rate),
            oh_duration_say(answer->model.handle_time_s, handle, sizeof handle),
            answer->model.agents, answer->kind->allowed == 0 ? "lines" : "agents",
            oh_duration_say(answer->model.answer_within_s, within, sizeof within),
            oh_theory_formula_names[answer->model.formula]);
    for (size_t i = 0; i < answer->n_metrics; i++) {
        say_value(&answer->metrics[i], value, sizeof value);
        fprintf(to, "%-40s %s\n", answer->metrics[i].id, value);
    }
}

static void print_json(const struct answer *answer, FILE *to) {
    char number[48];
    fprintf(to, "{\"format\": \"onhold-erlang/1\",\n \"model\": \"%s\",\n \"metrics\": {",
            answer->model_name);
    fprintf(to, "\"agents\": %d", answer->model.agents);
    for (size_t i = 0; i < answer->n_metrics; i++)
        fprintf(to, ",\n             \"%s\": %s", answer->metrics[i].id,
                print_value(answer->metrics[i].value, "null", number, sizeof number));
    fputs("}}\n", to);
}

static void print_csv(const struct answer *answer, FILE *to) {
    char number[48];
    fprintf(to, "metric,value,unit\nagents,%d,agents\n", answer->model.agents);
    for (size_t i = 0; i < answer->n_metrics; i++)
        fprintf(to, "%s,%s,%s\n", answer->metrics[i].id,
                print_value(answer->metrics[i].value, "", number, sizeof number),
                answer->metrics[i].unit);
}

typedef void print_fn(const struct answer *answer, FILE *to);

static const struct {
    const char *format;
    print_fn *print;
} printers[] = {{"text", print_text}, {"json", print_json}, {"csv", print_csv}};

static print_fn *find_printer(const char *format) {
    for (size_t i = 0; format != NULL && i < sizeof printers / sizeof *printers; i++)
        if (strcmp(printers[i].format, format) == 0)
            return printers[i].print;
    return print_text;
}

static void complain_unsolved(const struct answer *answer, enum oh_theory_status status) {
    if (status != OH_THEORY_UNSTABLE) {
        oh_complain(0, "no answer: %s", oh_theory_status_say(status));
        return;
    }
    char load[32];
    oh_complain(0,
                "no steady state: %s; %s erlangs of work need more than %d agents, or callers who "
                "give up",
                oh_theory_status_say(status),
                oh_number_print(answer->result.offered_load, 6, load, sizeof load),
                answer->model.agents);
}

static int solve(struct answer *answer, const struct oh_theory_goal *goal, bool search) {
    answer->model_name = "none";
    enum oh_theory_status status =
        search ? oh_theory_least_agents(&answer->model, goal, &answer->model.agents,
                                        &answer->result, &answer->model_name)
               : oh_theory_solve(&answer->model, &answer->result, &answer->model_name);
    if (status != OH_THEORY_OK)
        complain_unsolved(answer, status);
    if (status == OH_THEORY_NO_ANSWER && search)
        return OH_EXIT_NO;
    answer->n_metrics = oh_theory_metrics(&answer->result, answer->metrics);
    return status == OH_THEORY_OK         ? OH_EXIT_DONE
           : status == OH_THEORY_UNSTABLE ? OH_EXIT_NO
                                          : OH_EXIT_FAILURE;
}

/* With a number of agents given, the target is a question: yes or no. */
static int judge(const struct answer *answer, const struct oh_theory_goal *goal) {
    double value = oh_theory_metric_value(&answer->result, goal->metric);
    bool met = goal->at_least ? value >= goal->value : value <= goal->value;
    if (met)
        return OH_EXIT_DONE;
    char number[32];
    oh_complain(0, "target missed: %s is %s", goal->metric,
                print_value(value, "undefined", number, sizeof number));
    return OH_EXIT_NO;
}

static int print_answer(const struct oh_request *request, const struct answer *answer, int code) {
    struct oh_output *output = oh_output_open(request->output != NULL ? request->output : "-");
    const char *name = request->output != NULL ? request->output : "standard output";
    if (output == NULL) {
        oh_complain(errno, "cannot write '%s'", name);
        return OH_EXIT_FAILURE;
    }
    find_printer(request->format)(answer, oh_output_stream(output));
    if (oh_output_commit(output))
        return code;
    oh_complain(errno, "cannot write '%s'", name);
    return OH_EXIT_FAILURE;
}

static int erlang_in(struct oh_request *request, struct oh_arena *arena) {
    struct answer *answer = OH_NEW(arena, struct answer);
    struct oh_theory_goal goal = {0};
    bool has_target = own(request)->target != NULL, search = !own(request)->has_agents;
    answer->kind = find_kind(request);
    if (answer->kind == NULL || !check_options(request, answer->kind) ||
        !build_model(request, answer->kind, arena, &answer->model) ||
        (has_target && !decode_target(request, answer->kind, arena, &goal)))
        return request->problem.data != NULL ? oh_refuse(request, request->problem.data)
                                             : OH_EXIT_USAGE; /* its problems are printed */
    int code = solve(answer, &goal, search);
    if (answer->n_metrics == 0)
        return code;
    if (code == OH_EXIT_DONE && has_target && !search)
        code = judge(answer, &goal);
    return print_answer(request, answer, code);
}

static int run(struct oh_request *request) {
    struct oh_arena *arena = oh_arena_create();
    int code = erlang_in(request, arena);
    oh_arena_destroy(arena);
    return code;
}

const struct oh_command oh_command_erlang = {
    .name = "erlang",
    .synopsis = "onhold erlang b|c|a --rate R --handle T (--agents N | --target GOAL) [OPTION]...",
    .about = "exact formulas for one queue",
    .doc =
        "The textbook answers for one queue with Poisson arrivals and exponential handle times:\n"
        "Erlang B (no waiting: lines and busy signals), Erlang C (everybody waits), Erlang A\n"
        "(callers give up; any distribution of patience, places to wait, a maximum wait). With\n"
        "--target and no --agents, the least number of agents that meets it. With both, exit code\n"
        "1 says that the target is missed. Exit code 1, too, where there is no steady state.",
    .examples = "  onhold erlang c --rate 600/h --handle 300s --agents 55\n"
                "  onhold erlang a --rate 600/h --handle 300s --patience 120s --target 80%\n"
                "  onhold erlang b --rate 600/h --handle 300s --target 1%\n",
    .groups = OH_FOR_FORMAT | OH_FOR_OUTPUT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct erlang),
    .run = run};
