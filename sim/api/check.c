#include "api/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/check_items.h"
#include "api/compare.h"
#include "report/baseline.h"

/* A model in the checker. */
struct checked {
    const struct oh_model *model;
    const struct oh_baseline_entry *entry; /* NULL: none */
    struct oh_check_items items;
    struct oh_kept_metrics kept; /* of a new baseline */
    struct oh_tally *tally;      /* after the run, where a new baseline needs it */
};

struct oh_checker {
    struct oh_check_request request;
    size_t n;
    struct checked *of;       /* [n] */
    struct oh_checks *checks; /* until the run gives it away */
    struct oh_arena *arena;   /* of the new baseline */
    struct oh_baseline made;
};

/* ---- what is to be done ---- */

static void list_items(struct oh_checker *checker, struct checked *of) {
    const struct oh_check_request *request = &checker->request;
    struct oh_arena *arena = checker->checks->arena;
    oh_items_expected(of->model, arena, &of->items);
    if (request->keeps)
        oh_kept_metrics_list(of->model, &request->margins, checker->arena, &of->kept);
    if (request->baseline == NULL)
        return;
    of->entry = oh_entry_find(of->model, request->baseline);
    if (of->entry != NULL && !request->is_exact)
        oh_items_changed(of->model, request->baseline, of->entry, &request->margins, arena,
                         &of->items);
}

static const char *copy(struct oh_arena *arena, const char *text) {
    return text != NULL ? oh_arena_strdup(arena, text) : NULL;
}

static struct oh_checked describe(const struct checked *of, const char *label,
                                  struct oh_arena *arena) {
    const struct oh_plan *plan = of->model->plan;
    return (struct oh_checked){.scenario = {.label = copy(arena, label),
                                            .name = copy(arena, plan->name),
                                            .file = copy(arena, plan->file),
                                            .digest = copy(arena, plan->digest),
                                            .variant = copy(arena, plan->variant),
                                            .overrides = copy(arena, plan->overrides)},
                               .seed = plan->seed,
                               .confidence = plan->confidence,
                               .ending = OH_ENDED_INTERRUPTED,
                               .has_changed = of->entry != NULL &&
                                              strcmp(of->entry->digest, plan->digest) != 0};
}

static void describe_all(struct oh_checker *checker, const struct oh_model *models, size_t n) {
    struct oh_checks *checks = checker->checks;
    struct oh_arena *arena = checks->arena;
    const char **labels = oh_models_label(models, n, arena);
    checks->baseline = checker->request.baseline != NULL
                           ? oh_arena_strdup(arena, checker->request.baseline->file)
                           : NULL;
    checks->n_scenarios = (uint32_t)n;
    checks->scenarios = OH_NEW_ARRAY(arena, n, struct oh_checked);
    for (size_t i = 0; i < n; i++) {
        checks->scenarios[i] = describe(&checker->of[i], labels[i], arena);
        checks->n_shared += (uint32_t)checker->of[i].items.n;
    }
}

struct oh_checker *oh_checker_create(const struct oh_model *models, size_t n,
                                     const struct oh_check_request *request) {
    struct oh_checker *checker = oh_malloc(sizeof *checker);
    struct oh_arena *arena = oh_arena_create();
    *checker = (struct oh_checker){.request = *request,
                                   .n = n,
                                   .of = oh_calloc(n, sizeof *checker->of),
                                   .checks = OH_NEW(arena, struct oh_checks),
                                   .arena = oh_arena_create()};
    *checker->checks = (struct oh_checks){.arena = arena};
    for (size_t i = 0; i < n; i++) {
        checker->of[i].model = &models[i];
        list_items(checker, &checker->of[i]);
    }
    describe_all(checker, models, n);
    return checker;
}

void oh_checker_destroy(struct oh_checker *checker) {
    if (checker == NULL)
        return;
    for (size_t i = 0; i < checker->n; i++) {
        oh_tally_destroy(checker->of[i].tally);
        free(checker->of[i].items.item);
        free(checker->of[i].kept.metric);
    }
    oh_checks_destroy(checker->checks);
    oh_arena_destroy(checker->arena);
    free(checker->of);
    free(checker);
}

static bool has_exact(const struct oh_checker *checker, const struct checked *of) {
    return checker->request.is_exact && of->entry != NULL;
}

size_t oh_checker_count(const struct oh_checker *checker, size_t model_ix) {
    const struct checked *of = &checker->of[model_ix];
    return of->items.n + has_exact(checker, of);
}

/* ---- exact ---- */

/* The first value that is another one; NULL if all that the baseline keeps are equal. */
static const char *first_difference(const struct oh_baseline_entry *entry,
                                    const struct oh_tally *tally, struct oh_arena *arena) {
    uint64_t first = UINT64_MAX;
    const char *path = NULL;
    for (uint32_t m = 0; m < entry->n_metrics; m++) {
        const struct oh_series *before = &entry->metrics[m].series;
        struct oh_series now;
        if (!oh_tally_series(tally, entry->metrics[m].path, &now))
            return oh_arena_printf(arena, "there is no %s any more", entry->metrics[m].path);
        for (uint64_t i = 0; i < before->n && i < now.n && i < first; i++)
            if (before->x[i] != now.x[i * now.stride] || before->y[i] != now.y[i * now.stride]) {
                first = i;
                path = entry->metrics[m].path;
            }
    }
    return path != NULL ? oh_arena_printf(arena, "%s differs from replication %llu on", path,
                                          (unsigned long long)first + 1)
                        : NULL;
}

static const char *why_different(const struct checked *of, const struct oh_checked *checked,
                                 const struct oh_tally *tally, struct oh_arena *arena) {
    const struct oh_baseline_entry *entry = of->entry;
    const struct oh_plan *plan = of->model->plan;
    if (checked->has_changed)
        return "the scenario has changed since";
    if (entry->seed != plan->seed)
        return oh_arena_printf(arena, "its seed is %llu", (unsigned long long)entry->seed);
    if (entry->confidence != plan->confidence)
        return "its confidence is another one";
    const char *difference = first_difference(entry, tally, arena);
    if (difference != NULL)
        return difference;
    return strcmp(entry->version, OH_VERSION) != 0
               ? oh_arena_printf(arena, "it is of onhold %s", entry->version)
               : "not in what the baseline keeps";
}

/* As many replications as the baseline has; false if it was stopped. */
static bool run_exact(const struct checked *of, const struct oh_run_options *run,
                      struct oh_checked *checked, struct oh_check *check, struct oh_arena *arena) {
    struct oh_check_options options = {.run = *run, .is_fixed = true};
    struct oh_tally *tally;
    options.run.replications = of->entry->replications;
    options.run.goals = (struct oh_goals){0};
    struct oh_summary *summary = oh_check_run(of->model->plan, NULL, 0, &options, &tally);
    bool is_whole = summary->complete;
    *check = (struct oh_check){.kind = OH_CHECK_EXACT,
                               .path = "result",
                               .id = "result",
                               .target = oh_arena_strdup(arena, of->entry->result),
                               .unit = OH_M_RATIO,
                               .low = NAN,
                               .high = NAN,
                               .estimate = {NAN, NAN, NAN},
                               .before = NAN,
                               .now = NAN,
                               .replications = summary->replications,
                               .verdict = OH_INCONCLUSIVE,
                               .file = checked->scenario.file};
    if (is_whole) {
        bool is_same = strcmp(oh_result_digest(summary, arena), of->entry->result) == 0;
        check->verdict = is_same ? OH_PASS : OH_FAIL;
        check->note = is_same ? NULL : why_different(of, checked, tally, arena);
    }
    checked->ending = summary->ending;
    checked->scenario.replications = summary->replications;
    checked->scenario.contacts_simulated += summary->contacts_simulated;
    oh_summary_destroy(summary);
    oh_tally_destroy(tally);
    return is_whole;
}

/* ---- a new baseline ---- */

static struct oh_series copy_series(const struct oh_series *from, struct oh_arena *arena) {
    double *x = OH_NEW_ARRAY(arena, from->n, double), *y = OH_NEW_ARRAY(arena, from->n, double);
    for (uint64_t i = 0; i < from->n; i++) {
        x[i] = from->x[i * from->stride];
        y[i] = from->y[i * from->stride];
    }
    return (struct oh_series){from->n, 1, x, y, from->unit};
}

static void make_entry(struct oh_checker *checker, const struct checked *of,
                       const struct oh_summary *summary, struct oh_baseline_entry *entry) {
    struct oh_arena *arena = checker->arena;
    const struct oh_plan *plan = of->model->plan;
    struct oh_baseline_metric *metrics = OH_NEW_ARRAY(arena, of->kept.n, struct oh_baseline_metric);
    *entry = (struct oh_baseline_entry){.file = plan->file,
                                        .name = plan->name,
                                        .digest = plan->digest,
                                        .variant = plan->variant,
                                        .overrides = plan->overrides,
                                        .version = OH_VERSION,
                                        .result = oh_result_digest(summary, arena),
                                        .replications = summary->replications,
                                        .seed = plan->seed,
                                        .confidence = plan->confidence,
                                        .metrics = metrics};
    for (size_t i = 0; i < of->kept.n; i++) {
        struct oh_series series;
        if (!oh_tally_series(of->tally, of->kept.metric[i].path, &series) ||
            isnan(oh_series_value(&series)))
            continue;
        metrics[entry->n_metrics++] =
            (struct oh_baseline_metric){.path = of->kept.metric[i].path,
                                        .margin = of->kept.metric[i].margin,
                                        .unit = series.unit,
                                        .value = oh_series_value(&series),
                                        .standard_error = oh_series_error(&series),
                                        .series = copy_series(&series, arena)};
    }
}

/* ---- running ---- */

static void note_open(struct oh_checked *checked, struct oh_check *check, uint64_t before,
                      struct oh_arena *arena) {
    static const char *const reasons[] = {[OH_ENDED_ENOUGH] = NULL,
                                          [OH_ENDED_AT_MOST] = "the most allowed",
                                          [OH_ENDED_BY_TIME] = "when the time was over",
                                          [OH_ENDED_INTERRUPTED] = "when it was interrupted"};
    if (check->verdict != OH_INCONCLUSIVE || isnan(check->estimate.low))
        return;
    bool is_short = check->kind == OH_CHECK_CHANGED && check->replications >= before;
    const char *reason =
        is_short ? "the baseline needs more: --update --replications N" : reasons[checked->ending];
    check->note = oh_arena_printf(arena, "not clear after %llu replications%s%s",
                                  (unsigned long long)check->replications,
                                  reason != NULL ? ", " : "", reason != NULL ? reason : "");
}

static void take_checks(struct oh_checked *checked, struct checked *of, struct oh_arena *arena) {
    for (size_t i = 0; i < of->items.n; i++) {
        struct oh_check *check = &checked->checks[checked->n_checks++];
        *check = of->items.item[i].check;
        const struct oh_series *before = of->items.item[i].before;
        note_open(checked, check, before != NULL ? before->n : 0, arena);
    }
}

/* A replication without another one has no interval: batches give it one, or a second replication. */
static struct oh_check_options options_of(const struct oh_checker *checker,
                                          const struct checked *of,
                                          const struct oh_run_options *run) {
    const struct oh_scenario *scenario = of->model->scenario;
    struct oh_check_options options = {.run = oh_model_options(of->model, run)};
    options.error = (1 - of->model->plan->confidence) / fmax(1, (double)checker->checks->n_shared);
    if (!isnan(scenario->run.batches)) {
        options.run.batches = (uint32_t)scenario->run.batches;
        options.run.replications = 1;
        options.is_fixed = true;
    }
    return options;
}

static bool run_items(struct oh_checker *checker, struct checked *of, struct oh_checked *checked,
                      const struct oh_run_options *run, struct oh_baseline_entry *entry) {
    struct oh_check_options options = options_of(checker, of, run);
    struct oh_summary *summary =
        oh_check_run(of->model->plan, of->items.item, of->items.n, &options, &of->tally);
    bool is_interrupted = summary->ending == OH_ENDED_INTERRUPTED;
    checked->ending = summary->ending;
    if (summary->replications > checked->scenario.replications)
        checked->scenario.replications = summary->replications;
    checked->scenario.contacts_simulated += summary->contacts_simulated;
    if (checker->request.keeps && !is_interrupted)
        make_entry(checker, of, summary, entry);
    oh_summary_destroy(summary);
    return !is_interrupted;
}

static bool run_one(struct oh_checker *checker, size_t ix, const struct oh_run_options *run) {
    struct checked *of = &checker->of[ix];
    struct oh_arena *arena = checker->checks->arena;
    struct oh_checked *checked = &checker->checks->scenarios[ix];
    bool goes_on = true;
    checked->checks = OH_NEW_ARRAY(arena, oh_checker_count(checker, ix), struct oh_check);
    if (has_exact(checker, of))
        goes_on = run_exact(of, run, checked, &checked->checks[checked->n_checks++], arena);
    if (goes_on && (of->items.n > 0 || checker->request.keeps))
        goes_on = run_items(checker, of, checked, run, &checker->made.entries[ix]);
    take_checks(checked, of, arena);
    return goes_on;
}

struct oh_checks *oh_checker_run(struct oh_checker *checker, const struct oh_run_options *options) {
    struct oh_checks *checks = checker->checks;
    checker->made.entries = OH_NEW_ARRAY(checker->arena, checker->n, struct oh_baseline_entry);
    checker->made.n_entries = (uint32_t)checker->n;
    for (size_t i = 0; i < checker->n; i++)
        if (!run_one(checker, i, options)) {
            checks->n_scenarios = (uint32_t)i + 1;
            break;
        }
    checker->checks = NULL;
    return checks;
}

const struct oh_baseline *oh_checker_baseline(const struct oh_checker *checker) {
    return &checker->made;
}
