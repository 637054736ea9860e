/* Adding replications. Each scope's counters are gathered into one vector, from which the scope's metrics take their
 * numerators and denominators. */
#include "measure/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { QUEUE_REPLICATIONS = 1000, QUEUE_VALUES = 1 << 22 };

/* Histograms of a distribution, as bits. */
static const unsigned histograms_of[OH_N_DISTRIBUTIONS] = {
    [OH_D_ANSWERED] = 1u << OH_H_W_ANSWERED,
    [OH_D_ABANDONED] = 1u << OH_H_W_ABANDONED,
    [OH_D_ALL] = 1u << OH_H_W_ANSWERED | 1u << OH_H_W_ABANDONED | 1u << OH_H_W_LEFT_OTHERWISE,
    [OH_D_TOTAL] = 1u << OH_H_W_TOTAL,
    [OH_D_TIME_TO_REACH] = 1u << OH_H_TIME_TO_REACH,
    [OH_D_TIME_TO_RESOLUTION] = 1u << OH_H_TIME_TO_RESOLUTION,
    [OH_D_CALLBACK_DELAY] = 1u << OH_H_CALLBACK_DELAY,
};

/* The largest value of a distribution. */
static const enum oh_maximum maximum_of[OH_N_DISTRIBUTIONS] = {
    [OH_D_ANSWERED] = OH_MAX_W_ANSWERED_US,
    [OH_D_ABANDONED] = OH_MAX_W_ABANDONED_US,
    [OH_D_ALL] = OH_MAX_W_ALL_US,
    [OH_D_TOTAL] = OH_MAX_W_TOTAL_US,
    [OH_D_TIME_TO_REACH] = OH_MAX_TIME_TO_REACH_US,
    [OH_D_TIME_TO_RESOLUTION] = OH_MAX_TIME_TO_RESOLUTION_US,
    [OH_D_CALLBACK_DELAY] = OH_MAX_CALLBACK_DELAY_US,
};

/* ---- making ---- */

/* Each row's formula, compiled once; NULL for rows that are not formulas. */
static const struct oh_quotient **compile_all(struct oh_arena *arena) {
    const struct oh_quotient **all = OH_NEW_ARRAY(arena, oh_n_metrics, const struct oh_quotient *);
    for (size_t i = 0; i < oh_n_metrics; i++) {
        if (oh_metric_table[i].kind != OH_K_FORMULA)
            continue;
        struct oh_quotient *quotient = OH_NEW(arena, struct oh_quotient);
        oh_quotient_compile(oh_metric_table[i].definition, quotient);
        all[i] = quotient;
    }
    return all;
}

static bool is_tallied(const struct oh_tally *tally, const struct oh_use *use, uint32_t scope_ix) {
    return use->metric->kind != OH_K_PERCENTILE &&
           oh_metric_belongs(use->metric, use->parameter, tally->layout,
                             oh_scope_kind(tally->layout, scope_ix),
                             oh_scope_member(tally->layout, scope_ix)) == OH_PATH_OK;
}

/* The row that a use is computed by: its own, or that of the formula which the scope chose. */
static const struct oh_metric *formula_row(const struct oh_layout *layout, const struct oh_use *use,
                                           uint32_t scope_ix) {
    if (use->metric->kind != OH_K_CHOSEN)
        return use->metric;
    return oh_metric_of_formula(layout->types[oh_scope_member(layout, scope_ix)].formula);
}

static bool is_of_cells(const struct oh_linear *linear) {
    for (uint32_t i = 0; i < linear->n; i++)
        if (linear->term[i].counter >= OH_V_MAXIMA)
            return false;
    return true;
}

static struct oh_entries entries_of(const struct oh_tally *tally, uint32_t scope_ix,
                                    unsigned wanted, const struct oh_quotient **quotients) {
    const struct oh_layout *layout = tally->layout;
    struct oh_entries entries = {
        .entry = OH_NEW_ARRAY(tally->arena, tally->n_uses, struct oh_entry),
        .delayed_ix = OH_NO_ENTRY,
    };
    for (uint32_t u = 0; u < tally->n_uses; u++) {
        const struct oh_use *use = &tally->uses[u];
        if ((use->metric->scopes & wanted) != wanted || !is_tallied(tally, use, scope_ix))
            continue;
        struct oh_entry *entry = &entries.entry[entries.n];
        entry->use_ix = u;
        entry->quotient = quotients[formula_row(layout, use, scope_ix) - oh_metric_table];
        entry->tail_ix = -1;
        if (use->metric->family == OH_TAILS)
            entry->tail_ix = scope_ix == 0
                                 ? 0
                                 : oh_layout_tail(&layout->types[oh_scope_member(layout, scope_ix)],
                                                  use->parameter);
        entry->is_cut = is_of_cells(&entry->quotient->numerator) &&
                        is_of_cells(&entry->quotient->denominator) &&
                        is_of_cells(&entry->quotient->condition);
        if (strcmp(use->id, "share.delayed") == 0)
            entries.delayed_ix = entries.n;
        entries.n++;
    }
    return entries;
}

static void create_entries(struct oh_tally *tally) {
    const struct oh_quotient **quotients = compile_all(tally->arena);
    tally->whole = OH_NEW_ARRAY(tally->arena, tally->n_scopes, struct oh_entries);
    tally->in_rows = OH_NEW_ARRAY(tally->arena, tally->n_scopes, struct oh_entries);
    tally->ratios = OH_NEW_ARRAY(tally->arena, tally->n_scopes, struct oh_ratio *);
    tally->row_offset = OH_NEW_ARRAY(tally->arena, tally->n_scopes, size_t);
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        tally->whole[s] = entries_of(tally, s, 0, quotients);
        tally->in_rows[s] = entries_of(tally, s, OH_IN_INTERVALS, quotients);
        tally->ratios[s] = OH_NEW_ARRAY(tally->arena, tally->whole[s].n, struct oh_ratio);
        tally->row_offset[s] = tally->row_stride;
        tally->row_stride += tally->in_rows[s].n;
    }
    tally->row_ratios = OH_NEW_ARRAY(
        tally->arena, (size_t)tally->layout->n_slots * tally->row_stride, struct oh_ratio);
}

struct oh_tally *oh_tally_create(const struct oh_layout *layout) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_tally *tally = OH_NEW(arena, struct oh_tally);
    tally->arena = arena;
    tally->layout = layout;
    tally->batches = 1;
    tally->n_scopes = 1 + layout->n_types + layout->n_groups;
    tally->uses = oh_uses_create(layout, arena, &tally->n_uses);
    create_entries(tally);
    tally->n_pools = layout->n_types > 1 ? layout->n_types + 1 : layout->n_types;
    tally->pools = OH_NEW_ARRAY(arena, (size_t)tally->n_pools * OH_N_DISTRIBUTIONS, struct oh_pool);
    tally->sums = OH_NEW_ARRAY(arena, OH_N_DISTRIBUTIONS + 1, struct oh_histogram);
    tally->buckets = OH_NEW_ARRAY(arena, OH_N_HISTOGRAMS + 1, struct oh_buckets);
    tally->vectors = OH_NEW_ARRAY(arena, (size_t)tally->n_scopes * OH_N_COUNTERS, int64_t);
    tally->queue_most = QUEUE_REPLICATIONS;
    if (layout->n_slots > QUEUE_VALUES / QUEUE_REPLICATIONS)
        tally->queue_most = QUEUE_VALUES / layout->n_slots;
    return tally;
}

void oh_tally_destroy(struct oh_tally *tally) {
    if (tally == NULL)
        return;
    free(tally->queue);
    oh_kept_free(tally->kept);
    oh_arena_destroy(tally->arena);
}

void oh_tally_cut(struct oh_tally *tally, uint32_t n) {
    OH_ARGUMENT(tally->replications == 0 && tally->kept == NULL);
    OH_ARGUMENT(n > 0 && n <= tally->layout->n_slots);
    tally->batches = n;
}

uint64_t oh_tally_replications(const struct oh_tally *tally) {
    return tally->replications;
}

const struct oh_pool *oh_tally_pool(const struct oh_tally *tally, uint32_t scope_ix,
                                    enum oh_distribution distribution) {
    uint32_t types = tally->layout->n_types;
    if (types == 0 || scope_ix > types)
        return NULL;
    uint32_t pool_ix = scope_ix == 0 ? tally->n_pools - 1 : scope_ix - 1;
    return &tally->pools[(size_t)pool_ix * OH_N_DISTRIBUTIONS + distribution];
}

/* ---- gathering ---- */

static int64_t *vector_of(const struct oh_tally *tally, uint32_t scope_ix) {
    return tally->vectors + (size_t)scope_ix * OH_N_COUNTERS;
}

static void add_counts(int64_t *to, const int64_t *from, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        to[i] += from[i];
}

/* The vectors of all scopes, from the cells `first` to before `end`. */
static void gather(const struct oh_tally *tally, const struct oh_record *record, uint32_t first,
                   uint32_t end) {
    const struct oh_layout *layout = tally->layout;
    memset(tally->vectors, 0, (size_t)tally->n_scopes * OH_N_COUNTERS * sizeof *tally->vectors);
    int64_t *total = vector_of(tally, 0), *centre = total + OH_V_CENTRE;
    for (uint32_t cell = first; cell < end; cell++)
        add_counts(centre, oh_record_centre_cell(record, cell), OH_N_CENTRE_COUNTS);
    for (uint32_t t = 0; t < layout->n_types; t++) {
        int64_t *of_type = vector_of(tally, oh_scope_of_type(t));
        for (uint32_t cell = first; cell < end; cell++)
            add_counts(of_type, oh_record_contact_cell(record, t, cell), OH_N_CONTACT_COUNTS);
        add_counts(total, of_type, OH_N_CONTACT_COUNTS);
        memcpy(of_type + OH_V_CENTRE, centre, OH_N_CENTRE_COUNTS * sizeof *centre);
    }
    for (uint32_t g = 0; g < layout->n_groups; g++) {
        int64_t *of_group = vector_of(tally, oh_scope_of_group(layout, g));
        int64_t *agents = of_group + OH_V_AGENTS;
        for (uint32_t cell = first; cell < end; cell++)
            add_counts(agents, oh_record_agent_cell(record, g, cell), OH_N_AGENT_COUNTS);
        add_counts(total + OH_V_AGENTS, agents, OH_N_AGENT_COUNTS);
        of_group[OH_ANSWERED] = agents[OH_A_ANSWERED];
        of_group[OH_C_TALK_US] = agents[OH_A_TALK_US];
        of_group[OH_C_WRAP_UP_US] = agents[OH_A_WRAP_UP_US];
        memcpy(of_group + OH_V_CENTRE, centre, OH_N_CENTRE_COUNTS * sizeof *centre);
    }
}

static void gather_maxima(const struct oh_tally *tally, const struct oh_record *record) {
    uint32_t members = tally->n_scopes - 1;
    for (uint32_t s = 0; s < tally->n_scopes; s++)
        memcpy(vector_of(tally, s) + OH_V_MAXIMA,
               oh_record_maxima(record, s == 0 ? members : s - 1), OH_N_MAXIMA * sizeof(int64_t));
}

/* The counts of one tail: a type's own; for the total, of all types at the threshold of that length. */
static void gather_tail(const struct oh_tally *tally, const struct oh_record *record,
                        uint32_t scope_ix, const struct oh_entry *entry) {
    const struct oh_layout *layout = tally->layout;
    int64_t *tails = vector_of(tally, scope_ix) + OH_V_TAILS;
    if (scope_ix > 0) {
        memcpy(tails, oh_record_tail(record, scope_ix - 1, (uint32_t)entry->tail_ix),
               OH_N_TAIL_COUNTS * sizeof *tails);
        return;
    }
    memset(tails, 0, OH_N_TAIL_COUNTS * sizeof *tails);
    for (uint32_t t = 0; t < layout->n_types; t++) {
        int ix = oh_layout_tail(&layout->types[t], tally->uses[entry->use_ix].parameter);
        add_counts(tails, oh_record_tail(record, t, (uint32_t)ix), OH_N_TAIL_COUNTS);
    }
}

/* ---- adding ---- */

struct addend {
    double x, y;
};

/* `weight` is what a count is per: 1 replication, or the occurrences of an interval. */
static inline struct addend addend_of(const struct oh_entry *entry, const int64_t *vector,
                                      double weight) {
    const struct oh_quotient *quotient = entry->quotient;
    struct addend addend = {(double)oh_linear_value(&quotient->numerator, vector), weight};
    if (quotient->denominator.n > 0)
        addend.y = (double)oh_linear_value(&quotient->denominator, vector);
    if (quotient->has_condition && oh_linear_value(&quotient->condition, vector) <= 0)
        addend = (struct addend){0, 0};
    return addend;
}

static void add_entry(struct oh_tally *tally, uint32_t s, uint32_t e, double weight,
                      struct oh_step step) {
    struct addend add = addend_of(&tally->whole[s].entry[e], vector_of(tally, s), weight);
    oh_ratio_add(&tally->ratios[s][e], add.x, add.y, step);
    if (tally->kept != NULL)
        oh_kept_add(tally->kept, s, e, add.x, add.y);
}

static bool is_cut(const struct oh_tally *tally, const struct oh_entry *entry) {
    return tally->batches > 1 && entry->is_cut;
}

/* A batch is the cells from one row to before another; what is in no row belongs to the last one. */
static void add_batches(struct oh_tally *tally, const struct oh_record *record) {
    const struct oh_layout *layout = tally->layout;
    uint64_t before = (tally->replications - 1) * tally->batches;
    for (uint32_t b = 0; b < tally->batches; b++) {
        uint32_t first = (uint32_t)((uint64_t)b * layout->n_slots / tally->batches);
        uint32_t end = (uint32_t)((uint64_t)(b + 1) * layout->n_slots / tally->batches);
        struct oh_step step = oh_step_of(before + b + 1);
        gather(tally, record, first, b + 1 < tally->batches ? end : OH_SLOT_OUTSIDE(layout));
        for (uint32_t s = 0; s < tally->n_scopes; s++)
            for (uint32_t e = 0; e < tally->whole[s].n; e++)
                if (is_cut(tally, &tally->whole[s].entry[e]))
                    add_entry(tally, s, e, (double)(end - first) / layout->n_slots, step);
    }
}

static void add_whole(struct oh_tally *tally, const struct oh_record *record, struct oh_step step) {
    if (tally->batches > 1)
        add_batches(tally, record);
    gather(tally, record, 0, OH_SLOT_OUTSIDE(tally->layout));
    gather_maxima(tally, record);
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        const struct oh_entries *entries = &tally->whole[s];
        for (uint32_t e = 0; e < entries->n; e++) {
            if (is_cut(tally, &entries->entry[e]))
                continue;
            if (entries->entry[e].tail_ix >= 0)
                gather_tail(tally, record, s, &entries->entry[e]);
            add_entry(tally, s, e, 1, step);
        }
    }
}

static void add_row(struct oh_tally *tally, uint32_t row, struct oh_step step) {
    struct oh_ratio *ratios = tally->row_ratios + row * tally->row_stride;
    double occurrences = tally->layout->slots[row].occurrences;
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        for (uint32_t e = 0; e < tally->in_rows[s].n; e++) {
            struct addend add =
                addend_of(&tally->in_rows[s].entry[e], vector_of(tally, s), occurrences);
            oh_ratio_add(ratios++, add.x, add.y, step);
            if (tally->kept != NULL && s == 0)
                oh_kept_add_row(tally->kept, row, e, add.x, add.y);
        }
    }
}

static void keep_queue(struct oh_tally *tally, uint32_t row) {
    const int64_t *total = vector_of(tally, 0);
    double window = (double)total[OH_V_CENTRE + OH_T_WINDOW_US];
    tally->queue[tally->queue_kept * tally->layout->n_slots + row] =
        window > 0 ? (float)((double)total[OH_C_QUEUE_US] / window) : NAN;
}

static void add_rows(struct oh_tally *tally, const struct oh_record *record, struct oh_step step) {
    bool keep = tally->queue_kept < tally->queue_most;
    uint32_t n_slots = tally->layout->n_slots;
    if (keep && tally->queue_kept == tally->queue_room) {
        tally->queue_room = tally->queue_room == 0 ? 16 : 2 * tally->queue_room;
        tally->queue =
            oh_realloc_array(tally->queue, tally->queue_room * n_slots + 1, sizeof *tally->queue);
    }
    for (uint32_t row = 0; row < n_slots; row++) {
        gather(tally, record, row, row + 1);
        add_row(tally, row, step);
        if (keep)
            keep_queue(tally, row);
    }
    tally->queue_kept += keep;
}

/* The buckets of a sum, which is left empty. */
static const struct oh_buckets *read_sum(struct oh_tally *tally, struct oh_histogram *sum) {
    struct oh_buckets *buckets = &tally->buckets[OH_N_HISTOGRAMS];
    oh_histogram_read(sum, buckets);
    for (uint32_t i = 0; i < buckets->n; i++)
        sum->n[buckets->used[i].bucket] = 0;
    return buckets;
}

/* The buckets of a distribution of the type whose histograms have been read. */
static const struct oh_buckets *buckets_of(struct oh_tally *tally,
                                           enum oh_distribution distribution) {
    unsigned set = histograms_of[distribution];
    if ((set & (set - 1)) == 0)
        return &tally->buckets[__builtin_ctz(set)];
    struct oh_histogram *sum = &tally->sums[OH_N_DISTRIBUTIONS];
    for (; set != 0; set &= set - 1)
        oh_histogram_sum(sum, &tally->buckets[__builtin_ctz(set)]);
    return read_sum(tally, sum);
}

static void add_distributions(struct oh_tally *tally, const struct oh_record *record) {
    uint32_t types = tally->layout->n_types;
    struct oh_pool *pool = tally->pools;
    const int64_t *of_centre = oh_record_maxima(record, tally->n_scopes - 1);
    for (uint32_t t = 0; t < types; t++) {
        for (int h = 0; h < OH_N_HISTOGRAMS; h++)
            oh_histogram_read(oh_record_histogram(record, t, (enum oh_histogram_id)h),
                              &tally->buckets[h]);
        for (int d = 0; d < OH_N_DISTRIBUTIONS; d++) {
            const struct oh_buckets *buckets = buckets_of(tally, (enum oh_distribution)d);
            oh_pool_add(pool++, buckets, oh_record_maxima(record, t)[maximum_of[d]]);
            if (types > 1)
                oh_histogram_sum(&tally->sums[d], buckets);
        }
    }
    for (int d = 0; types > 1 && d < OH_N_DISTRIBUTIONS; d++)
        oh_pool_add(pool++, read_sum(tally, &tally->sums[d]), of_centre[maximum_of[d]]);
}

void oh_tally_add(struct oh_tally *tally, const struct oh_record *record) {
    OH_ARGUMENT(record->layout == tally->layout);
    if (tally->kept != NULL)
        oh_kept_begin(tally->kept, tally->replications);
    tally->replications++;
    tally->attempts += record->attempts;
    struct oh_step step = oh_step_of(tally->replications);
    add_whole(tally, record, step);
    add_rows(tally, record, step);
    add_distributions(tally, record);
}
