/* From tallies to estimates. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "measure/tally.h"

static const struct oh_estimate nothing = {NAN, NAN, NAN};

/* One set of tallied ratios, of a scope as a whole or in an interval row. */
struct view {
    const struct oh_tally *tally;
    const struct oh_level *level; /* of replications */
    const struct oh_level *cut;   /* of batches, for entries that are cut into these */
    const struct oh_entries *entries;
    const struct oh_ratio *ratios;
};

static struct oh_estimate in_unit(struct oh_estimate estimate, enum oh_metric_unit unit) {
    double per_unit = oh_metric_counts_per_unit(unit);
    return (struct oh_estimate){estimate.value / per_unit, estimate.low / per_unit,
                                estimate.high / per_unit};
}

/* How many events stand behind a share of time: what the metric named by `trials` counted, but no fewer than
 * replications. */
static double events_behind(const struct view *view, const char *trials) {
    double events = (double)view->level->n;
    for (uint32_t e = 0; e < view->entries->n; e++)
        if (strcmp(view->tally->uses[view->entries->entry[e].use_ix].id, trials) == 0)
            events = fmax(events, view->ratios[e].sum_x);
    return events;
}

/* Events of congestion come in clusters. Where a share shows no variance of its own, that of having to wait tells how
 * many independent events its trials are worth. */
static double effective_trials(const struct view *view, const struct oh_metric *metric,
                               const struct oh_ratio *ratio) {
    double trials = metric->trials != NULL ? events_behind(view, metric->trials) : ratio->sum_y;
    if (view->entries->delayed_ix != OH_NO_ENTRY)
        trials /= oh_design_effect(&view->ratios[view->entries->delayed_ix], view->cut->n);
    return fmax(1, trials);
}

static const struct oh_level *level_of(const struct view *view, uint32_t e) {
    return view->entries->entry[e].is_cut ? view->cut : view->level;
}

static struct oh_estimate estimate_entry(const struct view *view, uint32_t e) {
    const struct oh_metric *metric = view->tally->uses[view->entries->entry[e].use_ix].metric;
    const struct oh_ratio *ratio = &view->ratios[e];
    const struct oh_level *level = level_of(view, e);
    if (metric->unit == OH_M_SHARE)
        return oh_share_estimate(ratio, effective_trials(view, metric, ratio), level);
    return in_unit(oh_ratio_estimate(ratio, level), metric->unit);
}

/* ---- scopes ---- */

static const char *scope_name(const struct oh_layout *layout, uint32_t scope_ix) {
    uint32_t ix = oh_scope_member(layout, scope_ix);
    switch (oh_scope_kind(layout, scope_ix)) {
    case OH_IN_CONTACTS:
        return layout->types[ix].name;
    case OH_IN_AGENTS:
        return layout->group_names[ix];
    default:
        return "total";
    }
}

/* The value that all types share, or NAN. */
static double common_threshold(const struct oh_layout *layout, bool is_short) {
    double common = NAN;
    for (uint32_t t = 0; t < layout->n_types; t++) {
        const struct oh_layout_type *type = &layout->types[t];
        double own = (double)(is_short ? type->short_abandon_us : type->answer_within_us) / 1e6;
        if (t > 0 && own != common)
            return NAN;
        common = own;
    }
    return common;
}

static struct oh_scope describe_scope(const struct oh_layout *layout, uint32_t scope_ix,
                                      struct oh_arena *arena) {
    struct oh_scope scope = {
        .name = oh_arena_strdup(arena, scope_name(layout, scope_ix)),
        .answer_within_s = NAN,
        .short_abandon_s = NAN,
    };
    unsigned kind = oh_scope_kind(layout, scope_ix);
    if (kind == OH_IN_CONTACTS) {
        const struct oh_layout_type *type = &layout->types[oh_scope_member(layout, scope_ix)];
        scope.has_formula = true;
        scope.formula = type->formula;
        scope.answer_within_s = (double)type->answer_within_us / 1e6;
        scope.short_abandon_s = (double)type->short_abandon_us / 1e6;
    } else if (kind == OH_IN_TOTAL && layout->n_types > 0) {
        scope.has_formula = oh_layout_one_formula(layout);
        scope.formula = layout->types[0].formula;
        scope.answer_within_s = common_threshold(layout, false);
        scope.short_abandon_s = common_threshold(layout, true);
    }
    return scope;
}

/* Which uses belong to a scope. A total whose types differ in formula has a service level, of no value. */
static const bool *presence(const struct oh_tally *tally, uint32_t scope_ix, unsigned wanted,
                            struct oh_arena *arena) {
    bool *present = OH_NEW_ARRAY(arena, tally->n_uses, bool);
    const struct oh_layout *layout = tally->layout;
    for (uint32_t u = 0; u < tally->n_uses; u++) {
        const struct oh_use *use = &tally->uses[u];
        enum oh_path_status status =
            oh_metric_belongs(use->metric, use->parameter, layout, oh_scope_kind(layout, scope_ix),
                              oh_scope_member(layout, scope_ix));
        present[u] = (status == OH_PATH_OK || status == OH_PATH_MIXED) &&
                     (use->metric->scopes & wanted) == wanted;
    }
    return present;
}

static struct oh_estimate *estimates_of(const struct view *view, struct oh_arena *arena) {
    uint32_t n_uses = view->tally->n_uses;
    struct oh_estimate *estimates = OH_NEW_ARRAY(arena, n_uses, struct oh_estimate);
    for (uint32_t u = 0; u < n_uses; u++)
        estimates[u] = nothing;
    for (uint32_t e = 0; e < view->entries->n; e++)
        estimates[view->entries->entry[e].use_ix] = estimate_entry(view, e);
    return estimates;
}

static void estimate_percentiles(const struct oh_tally *tally, const struct oh_level *level,
                                 uint32_t scope_ix, struct oh_pooled *pooled,
                                 struct oh_estimate *estimates) {
    for (int d = 0; d < OH_N_DISTRIBUTIONS; d++) {
        const struct oh_pool *pool = oh_tally_pool(tally, scope_ix, (enum oh_distribution)d);
        if (pool == NULL)
            return;
        oh_pool_read(pool, tally->replications, pooled);
        for (uint32_t u = 0; u < tally->n_uses; u++) {
            const struct oh_metric *metric = tally->uses[u].metric;
            if (metric->kind == OH_K_PERCENTILE && metric->distribution == (enum oh_distribution)d)
                estimates[u] = in_unit(oh_pooled_quantile(pooled, tally->uses[u].parameter, level),
                                       metric->unit);
        }
    }
}

static struct view whole_view(const struct oh_tally *tally, const struct oh_level *level,
                              const struct oh_level *cut, uint32_t scope_ix) {
    return (struct view){tally, level, cut, &tally->whole[scope_ix], tally->ratios[scope_ix]};
}

static struct oh_level level_of_batches(const struct oh_tally *tally, double confidence) {
    return oh_level_of(tally->replications * tally->batches, confidence);
}

static void fill_scopes(const struct oh_tally *tally, const struct oh_level *level,
                        struct oh_summary *summary) {
    struct oh_arena *arena = summary->arena;
    struct oh_level cut = level_of_batches(tally, tally->layout->confidence);
    struct oh_pooled *pooled = oh_malloc(sizeof *pooled);
    struct oh_scope *scopes = OH_NEW_ARRAY(arena, tally->n_scopes, struct oh_scope);
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        struct view view = whole_view(tally, level, &cut, s);
        struct oh_estimate *estimates = estimates_of(&view, arena);
        estimate_percentiles(tally, level, s, pooled, estimates);
        scopes[s] = describe_scope(tally->layout, s, arena);
        scopes[s].estimates = estimates;
        scopes[s].present = presence(tally, s, 0, arena);
    }
    free(pooled);
    summary->total = scopes[0];
    summary->types = scopes + oh_scope_of_type(0);
    summary->groups = scopes + oh_scope_of_group(tally->layout, 0);
}

/* ---- interval rows ---- */

static int by_size(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Interpolates between order statistics (Hyndman & Fan 1996, type 7). */
static double of_sorted(const float *sorted, size_t n, double p) {
    double at = p * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n)
        return (double)sorted[n - 1];
    return (double)sorted[below] +
           (at - (double)below) * ((double)sorted[below + 1] - (double)sorted[below]);
}

static void fill_queue_band(const struct oh_tally *tally, uint32_t row_ix, float *scratch,
                            struct oh_row *row) {
    size_t n = 0;
    for (uint64_t r = 0; r < tally->queue_kept; r++) {
        float mean = tally->queue[r * tally->layout->n_slots + row_ix];
        if (!isnan(mean))
            scratch[n++] = mean;
    }
    row->queue_p10 = row->queue_p90 = NAN;
    if (n < 2)
        return;
    qsort(scratch, n, sizeof *scratch, by_size);
    row->queue_p10 = of_sorted(scratch, n, 0.1);
    row->queue_p90 = of_sorted(scratch, n, 0.9);
}

static void fill_row(const struct oh_tally *tally, const struct oh_level *level, uint32_t row_ix,
                     struct oh_scope *scopes, struct oh_arena *arena) {
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        struct view view = {tally, level, level, &tally->in_rows[s],
                            tally->row_ratios + row_ix * tally->row_stride + tally->row_offset[s]};
        scopes[s].estimates = estimates_of(&view, arena);
    }
}

static void fill_rows(const struct oh_tally *tally, const struct oh_level *level,
                      struct oh_summary *summary) {
    const struct oh_layout *layout = tally->layout;
    struct oh_arena *arena = summary->arena;
    struct oh_scope *pattern = OH_NEW_ARRAY(arena, tally->n_scopes, struct oh_scope);
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        pattern[s] = describe_scope(layout, s, arena);
        pattern[s].present = presence(tally, s, OH_IN_INTERVALS, arena);
    }
    float *scratch = oh_calloc(tally->queue_kept + 1, sizeof *scratch);
    summary->rows = OH_NEW_ARRAY(arena, layout->n_slots, struct oh_row);
    for (uint32_t r = 0; r < layout->n_slots; r++) {
        struct oh_scope *scopes = OH_NEW_ARRAY(arena, tally->n_scopes, struct oh_scope);
        memcpy(scopes, pattern, tally->n_scopes * sizeof *scopes);
        fill_row(tally, level, r, scopes, arena);
        summary->rows[r] = (struct oh_row){
            .day = layout->slots[r].day,
            .weekday = layout->slots[r].weekday,
            .start_s = layout->slots[r].start_s,
            .total = scopes[0],
            .types = scopes + oh_scope_of_type(0),
            .groups = scopes + oh_scope_of_group(layout, 0),
        };
        fill_queue_band(tally, r, scratch, &summary->rows[r]);
    }
    free(scratch);
}

/* ---- warnings ---- */

static void warn_unfinished(struct oh_summary *summary) {
    double offered = summary->total.estimates[oh_summary_use(summary, "offered")].value;
    double unfinished = summary->total.estimates[oh_summary_use(summary, "unfinished")].value;
    if (!(unfinished > OH_MUCH_UNFINISHED * offered))
        return;
    char percent[48], count[64], of[64];
    double share = 100 * unfinished / offered;
    oh_number_print(share, share < 99.5 ? 2 : 3, percent, sizeof percent);
    oh_summary_warn(summary, oh_arena_printf(summary->arena,
                                             "%s%% of the attempts (%s of %s per replication) were "
                                             "still waiting when the run ended; "
                                             "they "
                                             "are in no share and in no wait, so both look better "
                                             "than they are; where the queue only "
                                             "grows, "
                                             "add agents or say how long customers are patient; "
                                             "else make the run longer, or let it end "
                                             "with a day's close",
                                             percent, oh_count_say(unfinished, count, sizeof count),
                                             oh_count_say(offered, of, sizeof of)));
}

struct oh_summary *oh_tally_summarise(const struct oh_tally *tally) {
    const struct oh_layout *layout = tally->layout;
    struct oh_level level = oh_level_of(tally->replications, layout->confidence);
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = OH_NEW(arena, struct oh_summary);
    struct oh_use *uses = OH_NEW_ARRAY(arena, tally->n_uses, struct oh_use);
    memcpy(uses, tally->uses, tally->n_uses * sizeof *uses);
    *summary = (struct oh_summary){
        .arena = arena,
        .replications = tally->replications,
        .contacts_simulated = tally->attempts,
        .batches = tally->batches,
        .confidence = layout->confidence,
        .complete = true,
        .n_uses = tally->n_uses,
        .n_types = layout->n_types,
        .n_groups = layout->n_groups,
        .n_rows = layout->n_slots,
        .uses = uses,
        .has = layout->has,
        .currency =
            layout->prices != NULL ? oh_arena_strdup(arena, layout->prices->currency) : NULL,
        .each_day = layout->each_day,
        .interval_s = (double)layout->interval_us / 1e6,
    };
    fill_scopes(tally, &level, summary);
    fill_rows(tally, &level, summary);
    oh_curves_fill(tally, summary);
    warn_unfinished(summary);
    return summary;
}

uint32_t oh_scope_of_path(const struct oh_layout *layout, const struct oh_metric_path *path) {
    return path->scope == OH_IN_TOTAL      ? 0
           : path->scope == OH_IN_CONTACTS ? oh_scope_of_type(path->ix)
                                           : oh_scope_of_group(layout, path->ix);
}

bool oh_tally_estimate(const struct oh_tally *tally, const char *path,
                       struct oh_estimate *estimate) {
    return oh_tally_estimate_at(tally, path, tally->layout->confidence, estimate);
}

bool oh_tally_estimate_at(const struct oh_tally *tally, const char *path, double confidence,
                          struct oh_estimate *estimate) {
    struct oh_metric_path found;
    if (oh_metric_path(path, tally->layout, &found) != OH_PATH_OK)
        return false;
    uint32_t s = oh_scope_of_path(tally->layout, &found);
    struct oh_level level = oh_level_of(tally->replications, confidence);
    if (found.metric->kind == OH_K_PERCENTILE) {
        struct oh_pooled *pooled = oh_malloc(sizeof *pooled);
        oh_pool_read(oh_tally_pool(tally, s, found.metric->distribution), tally->replications,
                     pooled);
        *estimate = in_unit(oh_pooled_quantile(pooled, found.parameter, &level), OH_M_SECONDS);
        free(pooled);
        return true;
    }
    struct oh_level cut = level_of_batches(tally, confidence);
    struct view view = whole_view(tally, &level, &cut, s);
    for (uint32_t e = 0; e < view.entries->n; e++) {
        const struct oh_use *use = &tally->uses[view.entries->entry[e].use_ix];
        if (use->metric == found.metric && use->parameter == found.parameter)
            *estimate = estimate_entry(&view, e);
    }
    return true;
}
