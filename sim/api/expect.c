#include "api/expect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/hint.h"
#include "base/text.h"
#include "base/units.h"

/* ---- before the run ---- */

static const struct {
    enum oh_message_id message;
    const char *text; /* with the path */
} refusals[] = {
    [OH_PATH_NO_SCOPE] = {OH_MSG_UNKNOWN_METRIC, "'%s' names no contact type or agent group"},
    [OH_PATH_NO_METRIC] = {OH_MSG_UNKNOWN_METRIC, "unknown metric '%s'"},
    [OH_PATH_NOT_HERE] = {OH_MSG_METRIC_NOT_HERE, "there is no such metric here: '%s'"},
    [OH_PATH_NO_TAIL] = {OH_MSG_METRIC_NOT_HERE, "'%s' is not among the tails of the contact type"},
    [OH_PATH_NOT_FED] = {OH_MSG_METRIC_NOT_HERE, "'%s', of which the scenario has nothing"},
    [OH_PATH_MIXED] = {OH_MSG_METRIC_NOT_HERE,
                       "'%s' is undefined: contact types differ in their formula"},
};

bool oh_metric_takes(enum oh_metric_unit metric, enum oh_unit unit) {
    switch (metric) {
    case OH_M_SHARE:
        return unit == OH_UNIT_SHARE;
    case OH_M_SECONDS:
        return unit == OH_UNIT_DURATION;
    default:
        return unit == OH_UNIT_NUMBER || unit == OH_UNIT_COUNT;
    }
}

bool oh_expect_path(const char *path, struct oh_place place, const struct oh_layout *layout,
                    struct oh_diagnostics *diagnostics, struct oh_arena *arena,
                    struct oh_metric_path *found) {
    enum oh_path_status status = oh_metric_path(path, layout, found);
    if (status != OH_PATH_OK)
        oh_diag_add(diagnostics, refusals[status].message, place,
                    oh_metric_hint(path, status, layout, arena), refusals[status].text, path);
    return status == OH_PATH_OK;
}

static void check_one(const struct oh_expected *expected, const struct oh_layout *layout,
                      struct oh_diagnostics *diagnostics, struct oh_arena *arena) {
    struct oh_metric_path found;
    if (!oh_expect_path(expected->name, expected->place, layout, diagnostics, arena, &found))
        return;
    enum oh_metric_unit unit = oh_metric_unit_of(found.metric);
    if (!oh_metric_takes(unit, expected->condition.unit))
        oh_diag_add(diagnostics, OH_MSG_METRIC_UNIT, expected->place,
                    unit == OH_M_SHARE     ? "write a share, such as 43%"
                    : unit == OH_M_SECONDS ? "write a duration, such as 20s"
                                           : "write a number without a unit",
                    "'%s' is measured in another unit", expected->name);
}

void oh_expect_check(const struct oh_scenario *scenario, const struct oh_layout *layout,
                     struct oh_diagnostics *diagnostics) {
    struct oh_arena *arena = oh_arena_create();
    for (uint32_t i = 0; i < scenario->expect.n; i++)
        check_one(&scenario->expect.items[i], layout, diagnostics, arena);
    oh_arena_destroy(arena);
}

/* ---- after it ---- */

static bool cuts(const struct oh_estimate *estimate, double limit) {
    return estimate->low < limit && limit < estimate->high;
}

static enum oh_verdict judge(const struct oh_expectation *condition, double value) {
    if (isnan(value))
        return OH_INCONCLUSIVE;
    return value >= condition->low && value <= condition->high ? OH_PASS : OH_FAIL;
}

static void judge_one(const struct oh_expected *expected, const struct oh_summary *summary,
                      struct oh_expectation_result *result) {
    struct oh_text target = {0};
    oh_expectation_print(&expected->condition, &target);
    result->path = oh_arena_strdup(summary->arena, expected->name);
    result->target = oh_arena_strdup(summary->arena, target.data);
    oh_text_fini(&target);
    const struct oh_scope *scope;
    int use;
    result->estimate = (struct oh_estimate){NAN, NAN, NAN};
    result->unit = OH_M_RATIO;
    if (oh_summary_find(summary, expected->name, &scope, &use)) {
        result->estimate = scope->estimates[use];
        result->unit = oh_metric_unit_of(summary->uses[use].metric);
    }
    result->verdict = judge(&expected->condition, result->estimate.value);
    result->straddles = cuts(&result->estimate, expected->condition.low) ||
                        cuts(&result->estimate, expected->condition.high);
}

void oh_expect_judge(const struct oh_scenario *scenario, struct oh_summary *summary) {
    summary->n_expectations = scenario->expect.n;
    summary->expectations =
        OH_NEW_ARRAY(summary->arena, scenario->expect.n, struct oh_expectation_result);
    for (uint32_t i = 0; i < scenario->expect.n; i++)
        judge_one(&scenario->expect.items[i], summary, &summary->expectations[i]);
}
