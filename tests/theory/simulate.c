#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "base/text.h"
#include "plan/plan.h"
#include "reference.h"
#include "scenario/scenario.h"

double effort = 1;

void effort_from(int argc, char **argv) {
    if (argc > 1)
        effort = atof(argv[1]);
}

/* ---- running ---- */

static void init(struct model *model, const char *yaml, const struct oh_plan_options *options) {
    model->arena = oh_arena_create();
    model->diagnostics = oh_diag_create();
    const struct oh_scenario *scenario = oh_scenario_load_text(
        model->arena, "scenario", yaml, strlen(yaml), NULL, 0, NULL, model->diagnostics);
    model->plan = scenario ? oh_plan_compile(scenario, options, model->diagnostics) : NULL;
    if (!model->plan) {
        oh_diag_print(model->diagnostics, stderr, false);
        fail_msg("not a valid scenario:\n%s", yaml);
    }
}

void model_init(struct model *model, const char *yaml) {
    init(model, yaml, NULL);
}

void model_init_each(struct model *model, const char *yaml) {
    init(model, yaml, &(struct oh_plan_options){.intervals = OH_INTERVALS_EACH});
}

void model_fini(struct model *model) {
    oh_plan_destroy(model->plan);
    oh_diag_destroy(model->diagnostics);
    oh_arena_destroy(model->arena);
}

struct oh_summary *simulate_traced(const char *yaml, oh_trace_fn *trace, void *context) {
    struct model model;
    model_init(&model, yaml);
    const struct oh_run_options options = {.threads = 1, .trace = trace, .trace_context = context};
    struct oh_summary *summary = oh_run(model.plan, &options);
    model_fini(&model);
    return summary;
}

struct oh_summary *simulate(const char *yaml) {
    return simulate_traced(yaml, NULL, NULL);
}

void simulate_each(const struct model *model, uint64_t replications, each_fn *take, void *context) {
    for (uint64_t i = 0; i < replications; i++) {
        const struct oh_run_options alone = {
            .first_replication = i, .replications = 1, .threads = 1};
        struct oh_summary *summary = oh_run(model->plan, &alone);
        take(context, i, summary);
        oh_summary_destroy(summary);
    }
}

bool attempts_are_equal(const struct oh_attempt *a, const struct oh_attempt *b) {
    return a->replication == b->replication && a->type_ix == b->type_ix &&
           a->group_ix == b->group_ix && a->day == b->day && a->caller == b->caller &&
           a->attempt == b->attempt && a->agent == b->agent && a->outcome == b->outcome &&
           a->counted == b->counted && a->arrived_us == b->arrived_us &&
           a->queued_us == b->queued_us && a->answered_us == b->answered_us &&
           a->ended_us == b->ended_us && a->wrapped_up_us == b->wrapped_up_us &&
           a->wait_us == b->wait_us && a->patience_us == b->patience_us && a->talk_us == b->talk_us;
}

/* ---- claims ---- */

struct oh_estimate estimate_of(const struct oh_summary *summary, const char *path) {
    const struct oh_scope *scope;
    int use;
    if (!oh_summary_find(summary, path, &scope, &use))
        fail_msg("the summary has no %s", path);
    return scope->estimates[use];
}

static double standard_error(struct oh_estimate estimate, uint64_t replications) {
    return (estimate.high - estimate.low) / 2 /
           gsl_cdf_tdist_Pinv(1 - 0.5e-6, (double)replications - 1);
}

static bool holds(struct oh_estimate estimate, double exact) {
    if (isnan(exact))
        return isnan(estimate.value);
    return estimate.low <= exact && exact <= estimate.high;
}

size_t claims_broken(const struct oh_summary *summary, const struct claim *claims, size_t n,
                     const char *label, double *worst) {
    size_t broken = 0;
    for (size_t i = 0; i < n; i++) {
        struct oh_estimate found = estimate_of(summary, claims[i].path);
        double distance =
            (found.value - claims[i].exact) / standard_error(found, summary->replications);
        if (worst && fabs(distance) > *worst)
            *worst = fabs(distance);
        if (holds(found, claims[i].exact))
            continue;
        broken++;
        if (label)
            print_error("%s: %s is %.10g [%.10g, %.10g], exactly %.10g: %.1f standard errors\n",
                        label, claims[i].path, found.value, found.low, found.high, claims[i].exact,
                        distance);
    }
    return broken;
}

void assert_claims(const struct oh_summary *summary, const struct claim *claims, size_t n,
                   const char *label) {
    assert_int_equal(claims_broken(summary, claims, n, label, NULL), 0);
}

/* ---- own samples ---- */

void sample_add(struct sample *sample, double value) {
    sample->n++;
    double before = value - sample->mean;
    sample->mean += before / (double)sample->n;
    sample->squares += before * (value - sample->mean);
}

struct oh_estimate sample_estimate(const struct sample *sample) {
    double n = (double)sample->n;
    double half = gsl_cdf_tdist_Pinv(1 - 0.5e-6, n - 1) * sqrt(sample->squares / (n - 1) / n);
    return (struct oh_estimate){sample->mean, sample->mean - half, sample->mean + half};
}

bool sample_holds(const struct sample *sample, double exact, const char *label) {
    struct oh_estimate found = sample_estimate(sample);
    if (holds(found, exact))
        return true;
    if (label)
        print_error("%s is %.10g [%.10g, %.10g], exactly %.10g\n", label, found.value, found.low,
                    found.high, exact);
    return false;
}

void assert_sample(const struct sample *sample, double exact, const char *label) {
    assert_true(sample_holds(sample, exact, label));
}

/* ---- one queue, one team ---- */

struct queue queue_init(void) {
    return (struct queue){.agents = 1,
                          .room = -1,
                          .lines = -1,
                          .max_wait_s = -1,
                          .within_s = -1,
                          .short_abandon_s = -1};
}

static void put_text(struct oh_text *to, const char *key, const char *text) {
    if (text)
        oh_text_printf(to, "    %s: %s\n", key, text);
}

static void put_queue(struct oh_text *to, const struct queue *queue) {
    oh_text_puts(to, "    queue: {at_max_wait: ");
    oh_text_puts(to, queue->at_max_wait ? queue->at_max_wait : "disconnect");
    if (queue->room >= 0 && isfinite(queue->room))
        oh_text_printf(to, ", limit: %.0f", queue->room);
    if (queue->when_full)
        oh_text_printf(to, ", when_full: %s", queue->when_full);
    if (queue->max_wait_s >= 0)
        oh_text_printf(to, ", max_wait: %.6fs", queue->max_wait_s);
    oh_text_puts(to, "}\n");
}

static void put_service_level(struct oh_text *to, const struct queue *queue) {
    oh_text_puts(to, "    service_level: {formula: ");
    oh_text_puts(to, queue->formula ? queue->formula : "offered");
    if (queue->within_s >= 0)
        oh_text_printf(to, ", answer_within: %.6fs", queue->within_s);
    if (queue->short_abandon_s >= 0)
        oh_text_printf(to, ", short_abandon: %.6fs", queue->short_abandon_s);
    oh_text_puts(to, "}\n");
    for (size_t i = 0; i < queue->n_tails; i++)
        oh_text_printf(to, "%s%.6fs", i ? ", " : "    tails: [", queue->tails_s[i]);
    oh_text_puts(to, queue->n_tails ? "]\n" : "");
}

static void put_time(struct oh_text *to, const struct queue *queue) {
    double length_s = queue->warm_up_s + queue->window_s;
    oh_text_printf(to, "time: {warm_up: %.0fs, interval: 24h, ", queue->warm_up_s);
    if (queue->closes)
        oh_text_printf(to, "days: %.0f, open: 00:00, close: 24:00}\n", ceil(length_s / 86400));
    else
        oh_text_printf(to, "length: %.0fs}\n", length_s);
}

const char *queue_print(struct oh_arena *arena, const struct queue *queue) {
    struct oh_text to = {0};
    put_time(&to, queue);
    oh_text_printf(&to, "contacts:\n  calls:\n    arrivals: {%s: %s}\n",
                   queue->gap ? "gap" : "rate", queue->gap ? queue->gap : queue->rate);
    put_text(&to, "talk", queue->talk);
    put_text(&to, "wrap_up", queue->wrap_up);
    put_text(&to, "patience", queue->patience);
    put_text(&to, "balk", queue->balk);
    put_text(&to, "retry", queue->retry);
    put_queue(&to, queue);
    put_service_level(&to, queue);
    oh_text_printf(&to, "agents:\n  team: {count: %.0f}\n", queue->agents);
    if (queue->lines >= 0)
        oh_text_printf(&to, "lines: %.0f\n", queue->lines);
    oh_text_puts(&to, RUN_AS_TESTS_DO);
    const char *text = oh_arena_strdup(arena, to.data);
    oh_text_fini(&to);
    return text;
}

void queue_pace(struct queue *queue, double rate_per_s, double relaxation, double calls) {
    queue->warm_up_s = ceil(8 * relaxation);
    queue->window_s = ceil(fmax(effort * calls / rate_per_s, relaxation));
}

/* The slower of the agents' own time and the way of the queue: drift back (M/M/1: Morse 1955) or patience. */
double relaxation_s(double rate_per_s, double handle_s, double agents, double patience_s) {
    double serve = agents / handle_s;
    double drift = rate_per_s < serve ? sqrt(serve) - sqrt(rate_per_s) : 0;
    double back = fmax(drift * drift, 1 / patience_s);
    return fmax(handle_s, 1 / back);
}

/* ---- files of rows ---- */

static size_t rows_broken(const struct theory *theory, double talk, bool is_control) {
    struct reference *table = reference_open(theory->file);
    struct oh_arena *arena = oh_arena_create();
    size_t broken = 0;
    double worst = 0;
    for (size_t row = 0; row < table->n_rows && !(is_control && broken); row++) {
        if (theory->is_long && theory->is_long(table, row) && effort <= 1)
            continue;
        struct claim claims[MOST_CLAIMS];
        char label[96];
        size_t n = theory->claims(arena, table, row, claims);
        snprintf(label, sizeof label, "%s row %zu", theory->file, row + 1);
        struct oh_summary *summary = simulate(theory->compose(arena, table, row, talk));
        broken += claims_broken(summary, claims, n, is_control ? NULL : label, &worst);
        oh_summary_destroy(summary);
    }
    print_message("           %s: at most %.1f standard errors off\n", theory->file, worst);
    oh_arena_destroy(arena);
    reference_close(table);
    return broken;
}

void every_row_holds(void **state) {
    assert_int_equal(rows_broken(*state, 1, false), 0);
}

void longer_talk_is_noticed(void **state) {
    assert_int_not_equal(rows_broken(*state, 1.05, true), 0);
}
