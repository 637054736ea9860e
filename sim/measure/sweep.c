#include "measure/sweep.h"

#include <math.h>

void oh_sweep_destroy(struct oh_sweep *sweep) {
    if (sweep != NULL)
        oh_arena_destroy(sweep->arena);
}

uint32_t oh_sweep_done(const struct oh_sweep *sweep) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < sweep->n_cells; i++)
        n += sweep->cells[i].replications > 0;
    return n;
}

static double size_of(const struct oh_tornado_side *side, uint32_t swept_ix) {
    double value = side->effects != NULL ? side->effects[swept_ix].difference.value : NAN;
    return isnan(value) ? 0 : fabs(value);
}

double oh_tornado_size(const struct oh_tornado_bar *bar, uint32_t swept_ix) {
    return fmax(size_of(&bar->less, swept_ix), size_of(&bar->more, swept_ix));
}

void oh_tornado_sort(const struct oh_tornado *tornado, uint32_t swept_ix, uint32_t *order) {
    for (uint32_t i = 0; i < tornado->n; i++) {
        uint32_t at = i;
        double size = oh_tornado_size(&tornado->bars[i], swept_ix);
        for (; at > 0 && oh_tornado_size(&tornado->bars[order[at - 1]], swept_ix) < size; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}
