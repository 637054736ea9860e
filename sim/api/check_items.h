/* What is to be checked of a model. Private to api/. */
#ifndef OH_API_CHECK_ITEMS_H
#define OH_API_CHECK_ITEMS_H

#include "api/check.h"

struct oh_check_items {
    size_t n, room;
    struct oh_check_item *item; /* to be freed */
};

/* The scenario's `expect:`. */
void oh_items_expected(const struct oh_model *model, struct oh_arena *arena,
                       struct oh_check_items *items);

/* The baseline's metrics. Problems go to the model's diagnostics. */
void oh_items_changed(const struct oh_model *model, const struct oh_baseline *baseline,
                      const struct oh_baseline_entry *entry, const struct oh_precisions *margins,
                      struct oh_arena *arena, struct oh_check_items *items);

/* The entry of a model, by file and variant, else by the file's name alone; NULL and reported if there is none. */
const struct oh_baseline_entry *oh_entry_find(const struct oh_model *model,
                                              const struct oh_baseline *baseline);

/* Of a baseline to be written: the metrics kept, with their margins. */
struct oh_kept_metric {
    const char *path, *margin;
};
struct oh_kept_metrics {
    size_t n, room;
    struct oh_kept_metric *metric; /* to be freed */
};
void oh_kept_metrics_list(const struct oh_model *model, const struct oh_precisions *margins,
                          struct oh_arena *arena, struct oh_kept_metrics *kept);

#endif
