#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random/dist_kind.h"

void oh_dist_breaks_add(struct oh_dist_breaks *to, double time) {
    if (to->n == to->capacity) {
        to->capacity = to->capacity > 0 ? 2 * to->capacity : 16;
        to->time = oh_realloc_array(to->time, to->capacity, sizeof(double));
    }
    to->time[to->n++] = time;
}

void oh_dist_breaks_of(const struct oh_dist *part, struct oh_dist_breaks *to) {
    const struct oh_dist_body *body = oh_dist_body_of(part);
    if (body->row->kind->breaks)
        body->row->kind->breaks(body, to);
}

static int compare(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

size_t oh_dist_breaks(const struct oh_dist *dist, struct oh_arena *arena, const double **times) {
    struct oh_dist_breaks all = {0};
    oh_dist_breaks_of(dist, &all);
    if (all.n > 0)
        qsort(all.time, all.n, sizeof(double), compare);
    double *kept = OH_NEW_ARRAY(arena, all.n, double);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (all.time[i] > 0 && isfinite(all.time[i]) && (n == 0 || all.time[i] > kept[n - 1]))
            kept[n++] = all.time[i];
    free(all.time);
    *times = kept;
    return n;
}
