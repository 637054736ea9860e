#include "study/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "study/beside.h"

/* ---- running ---- */

struct two {
    uint32_t a, b;
};

struct run {
    const struct oh_plan *const *plans;
    uint32_t n;
    const struct oh_compare_options *options;
    struct oh_tally **tallies; /* [n] */
    uint64_t *attempts;        /* [n] */
    uint32_t n_twos;
    struct two *twos; /* [n_twos] which are compared */
    double pair_confidence;
    struct lent {
        uint64_t seed;
        double confidence;
    } * lent;                       /* [n] what the plans had before */
    struct oh_selection *selection; /* NULL: not asked for */
};

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    struct run *run = context;
    oh_tally_add(run->tallies[plan_ix], record);
    run->attempts[plan_ix] += record->attempts;
}

static struct oh_paired compare(const struct run *run, struct two two, const char *path) {
    struct oh_series of_a, of_b;
    if (!oh_tally_series(run->tallies[two.a], path, &of_a) ||
        !oh_tally_series(run->tallies[two.b], path, &of_b))
        return (struct oh_paired){NAN, NAN, {NAN, NAN, NAN}, NAN};
    return oh_series_compare(&of_a, &of_b, run->pair_confidence);
}

/* The goal as that of a difference: relative to the first scenario's value. */
static struct oh_goal of_difference(const struct oh_goal *goal, double value_a) {
    struct oh_goal absolute = *goal;
    absolute.margin = oh_goal_width(goal, value_a);
    absolute.is_relative = false;
    return absolute;
}

static double need(void *context, uint64_t done) {
    const struct run *run = context;
    const struct oh_goals *goals = &run->options->run.goals;
    double most = 0;
    for (size_t i = 0; i < goals->n; i++)
        for (uint32_t p = 0; p < run->n_twos; p++) {
            struct oh_paired paired = compare(run, run->twos[p], goals->items[i].path);
            struct oh_goal goal = of_difference(&goals->items[i], paired.a);
            most = fmax(most, oh_goal_need(&goal, &paired.difference, (double)done));
        }
    return most;
}

static struct oh_stages_end run_stages(struct run *run) {
    const struct oh_run_options *options = &run->options->run;
    struct oh_crew crew = {.plans = run->plans,
                           .n_plans = run->n,
                           .threads = options->threads,
                           .stop = options->stop,
                           .take = take,
                           .take_context = run};
    struct oh_stages stages = {
        .first = options->first_replication,
        .replications = options->replications ? options->replications : run->plans[0]->replications,
        .most = options->max_replications ? options->max_replications : OH_MOST_REPLICATIONS,
        .max_time_s = options->max_time_s > 0 ? options->max_time_s : INFINITY,
        .need = options->goals.n > 0 ? need : NULL,
        .need_context = run,
        .progress = options->progress,
        .progress_context = options->progress_context};
    return run->selection != NULL ? oh_selection_run(run->selection, &crew, &stages)
                                  : oh_stages_run(&crew, &stages);
}

/* ---- pairs ---- */

/* Lists of unknown length, in the arena once they are known. */
struct found {
    const struct run *run;
    struct oh_comparison *comparison;
    struct oh_pair *pairs;
    size_t n_pairs, pairs_room;
    struct oh_pair_row *rows;
    size_t n_rows, rows_room;
};

static void *grown(void *items, size_t n, size_t *room, size_t size) {
    if (n < *room)
        return items;
    *room = 2 * *room + 64;
    return oh_realloc_array(items, *room, size);
}

static const char *path_of(const struct oh_layout *layout, unsigned scope, uint32_t ix,
                           const char *id, struct oh_arena *arena) {
    switch (scope) {
    case OH_IN_CONTACTS:
        return oh_arena_printf(arena, "contacts.%s.%s", layout->types[ix].name, id);
    case OH_IN_AGENTS:
        return oh_arena_printf(arena, "agents.%s.%s", layout->group_names[ix], id);
    default:
        return oh_arena_printf(arena, "total.%s", id);
    }
}

static void add_pair(struct found *found, struct two two, const char *path,
                     const struct oh_use *use) {
    struct oh_series of_a, of_b;
    if (!oh_tally_series(found->run->tallies[two.a], path, &of_a) ||
        !oh_tally_series(found->run->tallies[two.b], path, &of_b))
        return;
    found->pairs = grown(found->pairs, found->n_pairs, &found->pairs_room, sizeof *found->pairs);
    found->pairs[found->n_pairs++] =
        (struct oh_pair){.a_ix = two.a,
                         .b_ix = two.b,
                         .path = path,
                         .id = oh_arena_strdup(found->comparison->arena, use->id),
                         .metric = use->metric,
                         .parameter = use->parameter,
                         .unit = of_a.unit,
                         .sense = oh_metric_sense(use->id),
                         .paired = oh_series_compare(&of_a, &of_b, found->run->pair_confidence)};
}

static void add_scope(struct found *found, struct two two, unsigned scope, uint32_t ix,
                      const struct oh_summary *summary) {
    const struct oh_layout *layout = &found->run->plans[two.a]->layout;
    for (uint32_t u = 0; u < summary->n_uses; u++)
        if ((oh_metric_scopes(summary->uses[u].metric) & scope) != 0)
            add_pair(found, two,
                     path_of(layout, scope, ix, summary->uses[u].id, found->comparison->arena),
                     &summary->uses[u]);
}

static bool is_same_row(const struct oh_layout *a, const struct oh_layout *b, uint32_t row) {
    return row < b->n_slots && a->slots[row].day == b->slots[row].day &&
           a->slots[row].weekday == b->slots[row].weekday &&
           a->slots[row].start_s == b->slots[row].start_s && a->interval_us == b->interval_us;
}

static void add_row(struct found *found, struct two two, uint32_t row, const char *id) {
    const struct oh_layout_slot *slot = &found->run->plans[two.a]->layout.slots[row];
    struct oh_series of_a, of_b;
    if (!oh_tally_row_series(found->run->tallies[two.a], row, id, &of_a) ||
        !oh_tally_row_series(found->run->tallies[two.b], row, id, &of_b))
        return;
    found->rows = grown(found->rows, found->n_rows, &found->rows_room, sizeof *found->rows);
    found->rows[found->n_rows++] = (struct oh_pair_row){
        .a_ix = two.a,
        .b_ix = two.b,
        .day = slot->day,
        .weekday = slot->weekday,
        .start_s = slot->start_s,
        .id = id,
        .unit = of_a.unit,
        .sense = oh_metric_sense(id),
        .paired = oh_series_compare(&of_a, &of_b, found->run->pair_confidence)};
}

static void add_rows(struct found *found, struct two two) {
    const struct oh_layout *of_a = &found->run->plans[two.a]->layout;
    const struct oh_layout *of_b = &found->run->plans[two.b]->layout;
    for (uint32_t row = 0; row < of_a->n_slots && is_same_row(of_a, of_b, row); row++)
        for (size_t i = 0; oh_row_series_id(i) != NULL; i++)
            add_row(found, two, row, oh_row_series_id(i));
}

static void add_comparison(struct found *found, struct two two) {
    const struct oh_layout *layout = &found->run->plans[two.a]->layout;
    struct oh_summary *summary = oh_tally_summarise(found->run->tallies[two.a]);
    add_scope(found, two, OH_IN_TOTAL, 0, summary);
    for (uint32_t t = 0; t < layout->n_types; t++)
        add_scope(found, two, OH_IN_CONTACTS, t, summary);
    for (uint32_t g = 0; g < layout->n_groups; g++)
        add_scope(found, two, OH_IN_AGENTS, g, summary);
    add_rows(found, two);
    oh_summary_destroy(summary);
}

static void *in_arena(struct oh_arena *arena, void *items, size_t n, size_t size) {
    void *copy = oh_arena_alloc(arena, n * size + 1);
    if (n > 0)
        memcpy(copy, items, n * size);
    free(items);
    return copy;
}

static void find_pairs(const struct run *run, struct oh_comparison *comparison) {
    struct found found = {.run = run, .comparison = comparison};
    for (uint32_t p = 0; p < run->n_twos; p++)
        add_comparison(&found, run->twos[p]);
    comparison->n_pairs = (uint32_t)found.n_pairs;
    comparison->n_rows = (uint32_t)found.n_rows;
    comparison->pairs =
        in_arena(comparison->arena, found.pairs, found.n_pairs, sizeof *found.pairs);
    comparison->rows = in_arena(comparison->arena, found.rows, found.n_rows, sizeof *found.rows);
}

/* ---- what else is told ---- */

/* Of each goal the comparison that is furthest from it. */
static struct oh_precision_result worst_of(const struct run *run, const struct oh_goal *goal,
                                           struct oh_arena *arena) {
    struct oh_series series = {.unit = OH_M_RATIO};
    struct oh_precision_result result = {0};
    double worst = -1;
    oh_tally_series(run->tallies[0], goal->path, &series);
    for (uint32_t p = 0; p < run->n_twos; p++) {
        struct oh_paired paired = compare(run, run->twos[p], goal->path);
        struct oh_goal wanted = of_difference(goal, paired.a);
        double needed = oh_goal_need(&wanted, &paired.difference, 1);
        if (needed <= worst)
            continue;
        worst = needed;
        result = (struct oh_precision_result){.path = oh_arena_strdup(arena, goal->path),
                                              .asked = oh_arena_strdup(arena, goal->asked),
                                              .estimate = paired.difference,
                                              .unit = series.unit,
                                              .wanted = wanted.margin,
                                              .reached =
                                                  oh_goal_is_reached(&wanted, &paired.difference)};
    }
    return result;
}

static void report_goals(const struct run *run, struct oh_comparison *comparison) {
    const struct oh_goals *goals = &run->options->run.goals;
    struct oh_precision_result *results =
        OH_NEW_ARRAY(comparison->arena, goals->n, struct oh_precision_result);
    for (size_t i = 0; i < goals->n; i++)
        results[i] = worst_of(run, &goals->items[i], comparison->arena);
    comparison->precisions = results;
    comparison->n_precisions = (uint32_t)goals->n;
}

static const char *copy(struct oh_arena *arena, const char *text) {
    return text != NULL ? oh_arena_strdup(arena, text) : NULL;
}

/* Of all scenarios that have money; NULL if there is none, or several. */
static const char *common_currency(const struct run *run, struct oh_arena *arena) {
    const char *common = NULL;
    for (uint32_t i = 0; i < run->n; i++) {
        const struct oh_prices *prices = run->plans[i]->layout.prices;
        if (prices == NULL)
            continue;
        if (common != NULL && strcmp(common, prices->currency) != 0)
            return NULL;
        common = prices->currency;
    }
    return copy(arena, common);
}

static const struct oh_beside *beside_of(const struct run *run, uint32_t ix,
                                         struct oh_arena *arena) {
    if (!run->options->with_theory)
        return NULL;
    struct oh_summary *summary = oh_tally_summarise(run->tallies[ix]);
    const struct oh_beside *beside = oh_beside_formulas_of(run->plans[ix], summary, arena);
    oh_summary_destroy(summary);
    return beside;
}

static void describe(const struct run *run, const char *const *labels,
                     struct oh_comparison *comparison) {
    struct oh_arena *arena = comparison->arena;
    struct oh_compared *scenarios = OH_NEW_ARRAY(arena, run->n, struct oh_compared);
    const struct oh_plan *first = run->plans[0];
    comparison->replications = UINT64_MAX;
    for (uint32_t i = 0; i < run->n; i++) {
        const struct oh_plan *plan = run->plans[i];
        scenarios[i] = (struct oh_compared){.label = copy(arena, labels[i]),
                                            .name = copy(arena, plan->name),
                                            .file = copy(arena, plan->file),
                                            .digest = copy(arena, plan->digest),
                                            .variant = copy(arena, plan->variant),
                                            .overrides = copy(arena, plan->overrides),
                                            .replications = oh_tally_replications(run->tallies[i]),
                                            .contacts_simulated = run->attempts[i],
                                            .beside = beside_of(run, i, arena)};
        if (scenarios[i].replications < comparison->replications)
            comparison->replications = scenarios[i].replications;
        comparison->has_different_spans |=
            plan->end_us != first->end_us || plan->warm_up_us != first->warm_up_us;
    }
    comparison->currency = common_currency(run, comparison->arena);
    comparison->scenarios = scenarios;
    comparison->n_scenarios = run->n;
    comparison->seed = first->seed;
    comparison->confidence = first->confidence;
    comparison->each_day = first->layout.each_day;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void list_twos(struct run *run) {
    uint32_t firsts = run->options->all_pairs ? run->n - 1 : 1; /* of one plan: no pair */
    run->twos = oh_calloc((size_t)firsts * run->n, sizeof *run->twos);
    for (uint32_t a = 0; a < firsts; a++)
        for (uint32_t b = a + 1; b < run->n; b++)
            run->twos[run->n_twos++] = (struct two){a, b};
}

/* All plans get the seed and confidence of the first one. */
static void lend(struct run *run, struct oh_plan *const *plans) {
    run->lent = oh_calloc(run->n, sizeof *run->lent);
    for (uint32_t i = 0; i < run->n; i++) {
        run->lent[i] = (struct lent){plans[i]->seed, plans[i]->confidence};
        plans[i]->seed = run->lent[0].seed;
        plans[i]->confidence = plans[i]->layout.confidence = run->lent[0].confidence;
    }
}

/* Backwards, as a plan may stand in the list twice. */
static void give_back(const struct run *run, struct oh_plan *const *plans) {
    for (uint32_t i = run->n; i-- > 0;) {
        plans[i]->seed = run->lent[i].seed;
        plans[i]->confidence = plans[i]->layout.confidence = run->lent[i].confidence;
    }
}

/* Bonferroni: all intervals of a metric hold together with the confidence asked for. */
static void run_init(struct run *run, struct oh_plan *const *plans, uint32_t n,
                     const struct oh_compare_options *options) {
    *run = (struct run){.plans = (const struct oh_plan *const *)plans, .n = n, .options = options};
    list_twos(run);
    lend(run, plans);
    run->pair_confidence = 1 - (1 - plans[0]->confidence) / (run->n_twos > 0 ? run->n_twos : 1);
    run->tallies = oh_calloc(n, sizeof *run->tallies);
    run->attempts = oh_calloc(n, sizeof *run->attempts);
    for (uint32_t i = 0; i < n; i++) {
        run->tallies[i] = oh_tally_create(&plans[i]->layout);
        oh_tally_keep(run->tallies[i]);
    }
    if (options->best != NULL) {
        struct oh_best_question question = *options->best;
        question.confidence = plans[0]->confidence;
        run->selection = oh_selection_create(&question, run->tallies, n);
    }
}

static void run_fini(struct run *run, struct oh_plan *const *plans) {
    give_back(run, plans);
    for (uint32_t i = 0; i < run->n; i++)
        oh_tally_destroy(run->tallies[i]);
    oh_selection_destroy(run->selection);
    free(run->tallies);
    free(run->attempts);
    free(run->twos);
    free(run->lent);
}

struct oh_comparison *oh_compare(struct oh_plan *const *plans, const char *const *labels,
                                 uint32_t n, const struct oh_compare_options *options) {
    double started_s = seconds_now();
    struct run run;
    run_init(&run, plans, n, options);
    struct oh_stages_end end = run_stages(&run);
    struct oh_arena *arena = oh_arena_create();
    struct oh_comparison *comparison = OH_NEW(arena, struct oh_comparison);
    *comparison = (struct oh_comparison){.arena = arena,
                                         .n_comparisons = run.n_twos,
                                         .pair_confidence = run.pair_confidence,
                                         .ending = end.ending,
                                         .complete = end.ending == OH_ENDED_ENOUGH ||
                                                     end.ending == OH_ENDED_AT_MOST,
                                         .replications_asked = end.asked};
    describe(&run, labels, comparison);
    find_pairs(&run, comparison);
    report_goals(&run, comparison);
    if (run.selection != NULL)
        comparison->best = oh_selection_report(run.selection, arena);
    run_fini(&run, plans);
    comparison->wall_s = seconds_now() - started_s;
    return comparison;
}
