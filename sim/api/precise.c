#include "api/precise.h"

#include <string.h>

#include "api/expect.h"
#include "base/text.h"

static bool starts_with(const char *path, const char *name) {
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && path[length] == '.';
}

/* Whether it says where: with a scope, or the name of a type or group, which lacks its scope. */
static bool has_place(const char *written, const struct oh_layout *layout) {
    bool has = starts_with(written, "total") || starts_with(written, "contacts") ||
               starts_with(written, "agents");
    for (uint32_t i = 0; i < layout->n_types && !has; i++)
        has = starts_with(written, layout->types[i].name);
    for (uint32_t i = 0; i < layout->n_groups && !has; i++)
        has = starts_with(written, layout->group_names[i]);
    return has;
}

const char *oh_precise_path(const char *written, const struct oh_layout *layout,
                            struct oh_arena *arena) {
    return has_place(written, layout) ? written : oh_arena_printf(arena, "total.%s", written);
}

bool oh_margin_fits(const struct oh_margin *margin, enum oh_metric_unit unit, bool *is_relative) {
    *is_relative = margin->unit == OH_UNIT_SHARE && (margin->is_relative || unit != OH_M_SHARE);
    return *is_relative || oh_metric_takes(unit, margin->unit);
}

static bool goal_of(const struct oh_precision *precision, const struct oh_layout *layout,
                    struct oh_diagnostics *diagnostics, struct oh_arena *arena,
                    struct oh_goal *goal) {
    struct oh_metric_path found;
    goal->path = oh_precise_path(precision->metric, layout, arena);
    if (!oh_expect_path(goal->path, precision->place, layout, diagnostics, arena, &found))
        return false;
    struct oh_text asked = {0};
    oh_margin_print(&precision->margin, &asked);
    goal->asked = oh_arena_strdup(arena, asked.data);
    oh_text_fini(&asked);
    goal->margin = precision->margin.value;
    if (oh_margin_fits(&precision->margin, oh_metric_unit_of(found.metric), &goal->is_relative))
        return true;
    oh_diag_add(diagnostics, OH_MSG_METRIC_UNIT, precision->place,
                "a percentage is always right: points of a share, relative to all else",
                "'%s' is measured in another unit", precision->metric);
    return false;
}

struct oh_goals oh_precise_goals(const struct oh_scenario *scenario, const struct oh_layout *layout,
                                 struct oh_diagnostics *diagnostics, struct oh_arena *arena) {
    const struct oh_precisions *precisions = &scenario->run.precision;
    struct oh_goal *goals = OH_NEW_ARRAY(arena, precisions->n, struct oh_goal);
    size_t n = 0;
    for (size_t i = 0; i < precisions->n; i++)
        n += goal_of(&precisions->items[i], layout, diagnostics, arena, &goals[n]);
    return (struct oh_goals){n, goals};
}
