/* The tally's inside, shared by tally.c (which adds) and summarise.c (which reads); private to measure/. */
#ifndef OH_MEASURE_TALLY_H
#define OH_MEASURE_TALLY_H

#include "measure/formula.h"
#include "measure/interval.h"
#include "measure/pool.h"
#include "measure/series.h"
#include "measure/summary.h"

#define OH_NO_ENTRY UINT32_MAX

/* A metric of a scope, as a ratio tallied over replications. */
struct oh_entry {
    uint32_t use_ix;
    int tail_ix; /* of the type; of the total 0 where it is a tail; -1 otherwise */
    const struct oh_quotient *quotient;
    bool is_cut; /* into batches: made of counters that cells have */
};

/* What is tallied for a kind of scope: in all, or in interval rows. */
struct oh_entries {
    uint32_t n;
    struct oh_entry *entry;
    uint32_t delayed_ix; /* the entry "share.delayed": how strongly events cluster; OH_NO_ENTRY */
};

/* Scopes are numbered: the total, then types, then groups. */
struct oh_tally {
    struct oh_arena *arena; /* owns all but the queue lengths */
    const struct oh_layout *layout;
    uint64_t replications, attempts;
    uint32_t batches; /* of each replication; 1: not cut */
    uint32_t n_uses, n_scopes;
    const struct oh_use *uses;
    struct oh_entries *whole, *in_rows; /* [n_scopes] */
    struct oh_ratio **ratios;           /* [n_scopes][whole.n] */
    size_t *row_offset;                 /* [n_scopes] where a scope's ratios begin within a row's */
    size_t row_stride;
    struct oh_ratio *row_ratios; /* [n_slots][row_stride] */

    struct oh_pool
        *pools; /* [n_pools][OH_N_DISTRIBUTIONS]: types, then the total where it is not one type */
    uint32_t n_pools;
    struct oh_histogram *sums; /* [OH_N_DISTRIBUTIONS + 1] scratch, empty between replications */
    struct oh_buckets
        *buckets; /* [OH_N_HISTOGRAMS + 1] scratch: of a type's histograms, then of a sum */

    struct oh_kept *kept; /* NULL unless oh_tally_keep was called */

    int64_t *vectors; /* [n_scopes][OH_N_COUNTERS] scratch */
    float *queue;     /* [queue_kept][n_slots] mean queue length of rows, by replication */
    uint64_t queue_kept, queue_room, queue_most;
};

static inline uint32_t oh_scope_of_type(uint32_t type_ix) {
    return 1 + type_ix;
}
static inline uint32_t oh_scope_of_group(const struct oh_layout *layout, uint32_t group_ix) {
    return 1 + layout->n_types + group_ix;
}
static inline unsigned oh_scope_kind(const struct oh_layout *layout, uint32_t scope_ix) {
    return scope_ix == 0                 ? OH_IN_TOTAL
           : scope_ix <= layout->n_types ? OH_IN_CONTACTS
                                         : OH_IN_AGENTS;
}
/* Index of a type or group among its kind. */
static inline uint32_t oh_scope_member(const struct oh_layout *layout, uint32_t scope_ix) {
    return scope_ix == 0                 ? 0
           : scope_ix <= layout->n_types ? scope_ix - 1
                                         : scope_ix - 1 - layout->n_types;
}

/* The uses of a layout: every row that can exist in it, families written out. */
const struct oh_use *oh_uses_create(const struct oh_layout *layout, struct oh_arena *arena,
                                    uint32_t *n);

/* The pool of a distribution of scope 0 or of a type; NULL where there is none. */
const struct oh_pool *oh_tally_pool(const struct oh_tally *tally, uint32_t scope_ix,
                                    enum oh_distribution distribution);

/* Values of replications (series.c): where the next one's go, what a ratio was added as, and the end. */
void oh_kept_begin(struct oh_kept *kept, uint64_t replication);
void oh_kept_add(struct oh_kept *kept, uint32_t scope_ix, uint32_t entry_ix, double x, double y);
void oh_kept_add_row(struct oh_kept *kept, uint32_t row, uint32_t entry_ix, double x, double y);
void oh_kept_free(struct oh_kept *kept); /* NULL is allowed */

/* The scope of a path that was found. */
uint32_t oh_scope_of_path(const struct oh_layout *layout, const struct oh_metric_path *path);

/* Curves for charts (curve.c). */
void oh_curves_fill(const struct oh_tally *tally, struct oh_summary *summary);

#endif
