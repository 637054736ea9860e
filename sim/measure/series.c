#include "measure/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "measure/tally.h"

/* One record a replication: the entries of all scopes, then those kept of each row; two numbers each. */
struct oh_kept {
    uint64_t n, room;
    size_t width;               /* values of a replication */
    const size_t *scope_offset; /* [n_scopes] */
    size_t rows_offset;
    uint32_t n_row_entries;
    uint32_t *row_place; /* [in_rows[0].n] among those kept; OH_NO_ENTRY */
    double *values;      /* [n][width][2] */
};

static const char *const row_ids[] = {"reached", "service_level", "abandonment",
                                      "wait_answered.mean", NULL};

const char *oh_row_series_id(size_t ix) {
    return row_ids[ix];
}

static bool is_row_id(const char *id) {
    for (size_t i = 0; row_ids[i] != NULL; i++)
        if (strcmp(row_ids[i], id) == 0)
            return true;
    return false;
}

void oh_tally_keep(struct oh_tally *tally) {
    OH_ARGUMENT(tally->replications == 0 && tally->kept == NULL && tally->batches == 1);
    struct oh_kept *kept = OH_NEW(tally->arena, struct oh_kept);
    size_t *offset = OH_NEW_ARRAY(tally->arena, tally->n_scopes, size_t);
    for (uint32_t s = 0; s < tally->n_scopes; s++) {
        offset[s] = kept->width;
        kept->width += tally->whole[s].n;
    }
    const struct oh_entries *rows = &tally->in_rows[0];
    kept->row_place = OH_NEW_ARRAY(tally->arena, rows->n, uint32_t);
    for (uint32_t e = 0; e < rows->n; e++)
        kept->row_place[e] =
            is_row_id(tally->uses[rows->entry[e].use_ix].id) ? kept->n_row_entries++ : OH_NO_ENTRY;
    kept->scope_offset = offset;
    kept->rows_offset = kept->width;
    kept->width += (size_t)tally->layout->n_slots * kept->n_row_entries;
    tally->kept = kept;
}

void oh_kept_begin(struct oh_kept *kept, uint64_t replication) {
    if (replication == kept->room) {
        kept->room = kept->room == 0 ? 32 : 2 * kept->room;
        kept->values =
            oh_realloc_array(kept->values, kept->room, kept->width * 2 * sizeof *kept->values);
    }
    kept->n = replication + 1;
}

static void put(struct oh_kept *kept, size_t place, double x, double y) {
    double *value = kept->values + ((kept->n - 1) * kept->width + place) * 2;
    value[0] = x;
    value[1] = y;
}

void oh_kept_add(struct oh_kept *kept, uint32_t scope_ix, uint32_t entry_ix, double x, double y) {
    put(kept, kept->scope_offset[scope_ix] + entry_ix, x, y);
}

void oh_kept_add_row(struct oh_kept *kept, uint32_t row, uint32_t entry_ix, double x, double y) {
    if (kept->row_place[entry_ix] != OH_NO_ENTRY)
        put(kept, kept->rows_offset + (size_t)row * kept->n_row_entries + kept->row_place[entry_ix],
            x, y);
}

void oh_kept_free(struct oh_kept *kept) {
    if (kept != NULL)
        free(kept->values);
}

/* ---- reading ---- */

static struct oh_series series_at(const struct oh_kept *kept, size_t place,
                                  const struct oh_use *use) {
    const double *first = kept->values != NULL ? kept->values + place * 2 : NULL;
    return (struct oh_series){.n = kept->n,
                              .stride = kept->width * 2,
                              .x = first,
                              .y = first != NULL ? first + 1 : NULL,
                              .unit = oh_metric_unit_of(use->metric)};
}

/* Where a metric stands among entries; false if it does not. */
static bool find_entry(const struct oh_tally *tally, const struct oh_entries *entries,
                       const char *id, uint32_t *entry_ix) {
    for (uint32_t e = 0; e < entries->n; e++) {
        if (strcmp(tally->uses[entries->entry[e].use_ix].id, id) != 0)
            continue;
        *entry_ix = e;
        return true;
    }
    return false;
}

bool oh_tally_series(const struct oh_tally *tally, const char *path, struct oh_series *series) {
    struct oh_metric_path found;
    uint32_t e;
    if (tally->kept == NULL || oh_metric_path(path, tally->layout, &found) != OH_PATH_OK)
        return false;
    uint32_t s = oh_scope_of_path(tally->layout, &found);
    if (!find_entry(tally, &tally->whole[s], found.id, &e))
        return false;
    *series = series_at(tally->kept, tally->kept->scope_offset[s] + e,
                        &tally->uses[tally->whole[s].entry[e].use_ix]);
    return true;
}

bool oh_tally_row_series(const struct oh_tally *tally, uint32_t row, const char *id,
                         struct oh_series *series) {
    const struct oh_kept *kept = tally->kept;
    uint32_t e;
    if (kept == NULL || row >= tally->layout->n_slots ||
        !find_entry(tally, &tally->in_rows[0], id, &e) || kept->row_place[e] == OH_NO_ENTRY)
        return false;
    *series =
        series_at(kept, kept->rows_offset + (size_t)row * kept->n_row_entries + kept->row_place[e],
                  &tally->uses[tally->in_rows[0].entry[e].use_ix]);
    return true;
}

const float *oh_tally_queue_rows(const struct oh_tally *tally, uint64_t *replications) {
    *replications = tally->queue_kept;
    return tally->queue;
}
