#include "study/run.h"

#include <math.h>
#include <time.h>

#include "study/controls.h"
#include "study/exact.h"
#include "study/warm_up.h"

struct merge {
    const struct oh_run_options *options;
    struct oh_tally *tally;
    uint64_t attempts;
    struct oh_study_controls *controls; /* NULL: not asked for */
};

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    struct merge *merge = context;
    oh_tally_add(merge->tally, record);
    merge->attempts += record->attempts;
    if (merge->controls != NULL)
        oh_study_controls_add(merge->controls, record);
}

static double need(void *context, uint64_t done) {
    const struct merge *merge = context;
    return oh_goals_need(&merge->options->goals, merge->tally, (double)done);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The summary outlives the plan. */
static const char *copy(const struct oh_summary *summary, const char *text) {
    return text != NULL ? oh_arena_strdup(summary->arena, text) : NULL;
}

static struct oh_stages_end run_stages(const struct oh_plan *plan, struct merge *merge) {
    const struct oh_run_options *options = merge->options;
    struct oh_crew crew = {.plans = &plan,
                           .n_plans = 1,
                           .threads = options->threads,
                           .stop = options->stop,
                           .trace = options->trace,
                           .trace_context = options->trace_context,
                           .take = take,
                           .take_context = merge};
    struct oh_stages stages = {
        .first = options->first_replication,
        .replications = options->replications ? options->replications : plan->replications,
        .most = options->max_replications ? options->max_replications : OH_MOST_REPLICATIONS,
        .max_time_s = options->max_time_s > 0 ? options->max_time_s : INFINITY,
        .need = options->goals.n > 0 ? need : NULL,
        .need_context = merge,
        .progress = options->progress,
        .progress_context = options->progress_context};
    return oh_stages_run(&crew, &stages);
}

static void name_summary(const struct oh_plan *plan, struct oh_summary *summary) {
    summary->scenario_name = copy(summary, plan->name);
    summary->scenario_file = copy(summary, plan->file);
    summary->scenario_digest = copy(summary, plan->digest);
    summary->scenario_variant = copy(summary, plan->variant);
    summary->scenario_overrides = copy(summary, plan->overrides);
    summary->closes = plan->n_openings > 1 || plan->openings[0].close_us < plan->end_us;
    summary->seed = plan->seed;
    summary->confidence = plan->confidence;
}

struct oh_summary *oh_run(const struct oh_plan *plan, const struct oh_run_options *options) {
    double started_s = seconds_now();
    struct merge merge = {options, oh_tally_create(&plan->layout), 0, NULL};
    if (options->batches > 1)
        oh_tally_cut(merge.tally, options->batches);
    bool is_controlled = options->control_variates && options->batches <= 1;
    if (is_controlled) {
        oh_tally_keep(merge.tally);
        merge.controls = oh_study_controls_create(plan);
    }
    struct oh_stages_end end = run_stages(plan, &merge);
    struct oh_summary *summary = oh_tally_summarise(merge.tally);
    oh_warm_up_check(plan, merge.tally, summary);
    if (merge.controls != NULL)
        oh_study_controls_apply(merge.controls, merge.tally, summary);
    oh_study_controls_destroy(merge.controls);
    if (options->control_variates && !is_controlled)
        oh_summary_warn(
            summary, "control variates are of replications: those of batches are not controlled");
    oh_tally_destroy(merge.tally);
    name_summary(plan, summary);
    summary->contacts_simulated = merge.attempts;
    summary->ending = end.ending;
    summary->complete = end.ending == OH_ENDED_ENOUGH || end.ending == OH_ENDED_AT_MOST;
    summary->replications_asked = end.asked;
    oh_goals_report(&options->goals, summary);
    oh_exact_beside(plan, summary);
    summary->wall_s = seconds_now() - started_s;
    return summary;
}
