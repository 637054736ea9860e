#include "study/check.h"

#include <math.h>

struct run {
    const struct oh_plan *plan;
    const struct oh_check_options *options;
    struct oh_check_item *items;
    size_t n;
    struct oh_tally *tally;
    uint64_t attempts, looks;
};

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    struct run *run = context;
    oh_tally_add(run->tally, record);
    run->attempts += record->attempts;
}

/* ---- one check ---- */

static struct oh_paired difference(const struct run *run, const struct oh_check_item *item,
                                   double confidence) {
    struct oh_series now;
    if (!oh_tally_series(run->tally, item->check.path, &now))
        return (struct oh_paired){NAN, NAN, {NAN, NAN, NAN}, NAN};
    return item->check.is_paired ? oh_series_compare(item->before, &now, confidence)
                                 : oh_series_welch(item->before, &now, confidence);
}

static void measure(const struct run *run, struct oh_check_item *item) {
    struct oh_check *check = &item->check;
    if (item->before == NULL) {
        oh_tally_estimate_at(run->tally, check->path, check->confidence, &check->estimate);
        return;
    }
    struct oh_paired paired = difference(run, item, check->confidence);
    check->estimate = paired.difference;
    check->before = paired.a;
    check->now = paired.b;
}

static enum oh_verdict judge(const struct oh_check *check) {
    const struct oh_estimate *e = &check->estimate;
    if (isnan(e->low) || isnan(e->high))
        return OH_INCONCLUSIVE;
    if (e->high < check->low || e->low > check->high)
        return OH_FAIL;
    return e->low >= check->low && e->high <= check->high ? OH_PASS : OH_INCONCLUSIVE;
}

/* Replications that the baseline has not cannot be paired; and far more than it has add nothing, as then nearly all of
 * the error is the baseline's. */
static bool is_exhausted(const struct oh_check_item *item, uint64_t done) {
    return item->before != NULL &&
           done >= item->before->n * (item->check.is_paired ? 1 : OH_MOST_PER_BASELINE);
}

static bool is_open(const struct oh_check_item *item) {
    return item->check.verdict == OH_INCONCLUSIVE && item->check.replications == 0;
}

static void look(struct run *run, struct oh_check_item *item, bool is_last, uint64_t done) {
    double k = (double)run->looks;
    double share = is_last || is_exhausted(item, done) ? 1 / k : 1 / (k * (k + 1));
    item->check.confidence = 1 - run->options->error * share;
    measure(run, item);
    item->check.verdict = judge(&item->check);
    if (item->check.verdict != OH_INCONCLUSIVE || is_exhausted(item, done))
        item->check.replications = done;
}

/* ---- all of them ---- */

static uint64_t most_of(const struct run *run) {
    uint64_t most = run->options->run.max_replications;
    return most > 0 ? most : OH_MOST_REPLICATIONS;
}

static double need(void *context, uint64_t done) {
    struct run *run = context;
    bool is_last = run->options->is_fixed || done >= most_of(run), is_any_open = false;
    run->looks++;
    for (size_t i = 0; i < run->n; i++) {
        if (!is_open(&run->items[i]))
            continue;
        look(run, &run->items[i], is_last, done);
        is_any_open |= is_open(&run->items[i]);
    }
    if (is_any_open && !run->options->is_fixed)
        return INFINITY; /* twice as many */
    return oh_goals_need(&run->options->run.goals, run->tally, (double)done);
}

static struct oh_stages_end run_stages(struct run *run) {
    const struct oh_run_options *options = &run->options->run;
    struct oh_crew crew = {.plans = &run->plan,
                           .n_plans = 1,
                           .threads = options->threads,
                           .stop = options->stop,
                           .take = take,
                           .take_context = run};
    bool is_fixed = run->options->is_fixed;
    struct oh_stages stages = {
        .first = options->first_replication,
        .replications = options->replications ? options->replications : run->plan->replications,
        .most = most_of(run),
        .max_time_s = options->max_time_s > 0 ? options->max_time_s : INFINITY,
        .need = is_fixed ? NULL : need,
        .need_context = run,
        .progress = options->progress,
        .progress_context = options->progress_context};
    struct oh_stages_end end = oh_stages_run(&crew, &stages);
    if (is_fixed && end.done > 0)
        need(run, end.done);
    return end;
}

/* What time or a signal ended between looks is measured for the report, and not judged. */
static void close_items(struct run *run, uint64_t done) {
    for (size_t i = 0; i < run->n; i++) {
        struct oh_check_item *item = &run->items[i];
        if (!is_open(item))
            continue;
        item->check.replications = done;
        if (done > 0 && item->check.confidence == 0) {
            item->check.confidence = 1 - run->options->error;
            measure(run, item);
        }
    }
}

static const char *copy(const struct oh_summary *summary, const char *text) {
    return text != NULL ? oh_arena_strdup(summary->arena, text) : NULL;
}

static struct oh_summary *summarise(const struct run *run, struct oh_stages_end end) {
    const struct oh_plan *plan = run->plan;
    struct oh_summary *summary = oh_tally_summarise(run->tally);
    summary->scenario_name = copy(summary, plan->name);
    summary->scenario_digest = copy(summary, plan->digest);
    summary->scenario_variant = copy(summary, plan->variant);
    summary->scenario_overrides = copy(summary, plan->overrides);
    summary->seed = plan->seed;
    summary->confidence = plan->confidence;
    summary->contacts_simulated = run->attempts;
    summary->ending = end.ending;
    summary->complete = end.ending == OH_ENDED_ENOUGH || end.ending == OH_ENDED_AT_MOST;
    summary->replications_asked = end.asked;
    return summary;
}

struct oh_summary *oh_check_run(const struct oh_plan *plan, struct oh_check_item *items, size_t n,
                                const struct oh_check_options *options, struct oh_tally **tally) {
    struct run run = {.plan = plan, .options = options, .items = items, .n = n};
    run.tally = oh_tally_create(&plan->layout);
    if (options->run.batches > 1)
        oh_tally_cut(run.tally, options->run.batches);
    else
        oh_tally_keep(run.tally);
    for (size_t i = 0; i < n; i++) {
        struct oh_check *check = &items[i].check;
        check->verdict = OH_INCONCLUSIVE;
        check->replications = 0;
        check->confidence = 0;
        check->estimate = (struct oh_estimate){NAN, NAN, NAN};
        check->before = check->now = NAN;
    }
    struct oh_stages_end end = run_stages(&run);
    close_items(&run, end.done);
    *tally = run.tally;
    return summarise(&run, end);
}
