/* Which metrics a run has: the table's rows with families written out. */
#include <stdlib.h>

#include "measure/tally.h"

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* All thresholds that any type has, ascending, each once. */
static const double *tails_of(const struct oh_layout *layout, struct oh_arena *arena, uint32_t *n) {
    size_t most = 0;
    for (uint32_t t = 0; t < layout->n_types; t++)
        most += layout->types[t].n_tails;
    double *tails = OH_NEW_ARRAY(arena, most, double);
    size_t all = 0;
    for (uint32_t t = 0; t < layout->n_types; t++)
        for (uint32_t i = 0; i < layout->types[t].n_tails; i++)
            tails[all++] = (double)layout->types[t].tail_us[i] / 1e6;
    qsort(tails, all, sizeof *tails, by_size);
    *n = 0;
    for (size_t i = 0; i < all; i++)
        if (i == 0 || tails[i] != tails[i - 1])
            tails[(*n)++] = tails[i];
    return tails;
}

static void add_use(struct oh_use *uses, uint32_t *n, const struct oh_metric *metric,
                    double parameter) {
    struct oh_use *use = &uses[(*n)++];
    *use = (struct oh_use){.metric = metric, .parameter = parameter};
    oh_metric_print_id(metric, parameter, use->id, sizeof use->id);
}

static void mark_chosen(const struct oh_layout *layout, struct oh_use *uses, uint32_t n) {
    if (!oh_layout_one_formula(layout))
        return;
    const struct oh_metric *chosen = oh_metric_of_formula(layout->types[0].formula);
    for (uint32_t u = 0; u < n; u++)
        uses[u].chosen = uses[u].metric == chosen;
}

const struct oh_use *oh_uses_create(const struct oh_layout *layout, struct oh_arena *arena,
                                    uint32_t *n) {
    const double *percentiles;
    size_t n_percentiles = oh_metric_percentiles(&percentiles);
    uint32_t n_tails;
    const double *tails = tails_of(layout, arena, &n_tails);
    struct oh_use *uses =
        OH_NEW_ARRAY(arena, oh_n_metrics * (1 + n_percentiles + n_tails), struct oh_use);
    *n = 0;
    for (size_t i = 0; i < oh_n_metrics; i++) {
        const struct oh_metric *metric = &oh_metric_table[i];
        if ((metric->needs & layout->has) != metric->needs)
            continue;
        if (metric->family == OH_NO_FAMILY)
            add_use(uses, n, metric, 0);
        for (size_t p = 0; metric->family == OH_PERCENTILES && p < n_percentiles; p++)
            add_use(uses, n, metric, percentiles[p]);
        for (size_t t = 0; metric->family == OH_TAILS && t < n_tails; t++)
            add_use(uses, n, metric, tails[t]);
    }
    mark_chosen(layout, uses, *n);
    return uses;
}
