/* What to write instead of a metric's path that is not one. */
#ifndef OH_API_HINT_H
#define OH_API_HINT_H

#include "base/arena.h"
#include "measure/metric.h"

/* A sentence in the arena for a path that oh_metric_path refused with `status`; NULL: nothing comes to mind. */
const char *oh_metric_hint(const char *path, enum oh_path_status status,
                           const struct oh_layout *layout, struct oh_arena *arena);

#endif
