#include "api/check_items.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/expect.h"
#include "api/precise.h"
#include "scenario/document.h"

static struct oh_check *add_item(struct oh_check_items *items, const struct oh_series *before) {
    if (items->n == items->room) {
        items->room = 2 * items->room + 16;
        items->item = oh_realloc_array(items->item, items->room, sizeof *items->item);
    }
    struct oh_check_item *item = &items->item[items->n++];
    *item = (struct oh_check_item){.before = before};
    return &item->check;
}

/* What a check says of its metric. The layout's path has been found good. */
static void describe(struct oh_check *check, const char *path, const struct oh_layout *layout,
                     struct oh_arena *arena) {
    struct oh_metric_path found;
    check->path = oh_arena_strdup(arena, path);
    oh_metric_path(check->path, layout, &found);
    check->id = found.id;
    check->metric = found.metric;
    check->parameter = found.parameter;
    check->unit = oh_metric_unit_of(found.metric);
    check->sense = oh_metric_sense(found.id);
}

/* ---- expectations ---- */

static bool is_flag(const struct oh_place *place) {
    return place->source == NULL || strncmp(place->source->name, "--", 2) == 0;
}

void oh_items_expected(const struct oh_model *model, struct oh_arena *arena,
                       struct oh_check_items *items) {
    for (uint32_t i = 0; i < model->scenario->expect.n; i++) {
        const struct oh_expected *expected = &model->scenario->expect.items[i];
        bool is_elsewhere = is_flag(&expected->place);
        struct oh_text target = {0};
        struct oh_check *check = add_item(items, NULL);
        oh_expectation_print(&expected->condition, &target);
        check->kind = OH_CHECK_EXPECTED;
        check->target = oh_arena_strdup(arena, target.data);
        check->low = expected->condition.low;
        check->high = expected->condition.high;
        check->file =
            oh_arena_strdup(arena, is_elsewhere ? model->plan->file : expected->place.source->name);
        check->line = is_elsewhere ? 0 : expected->place.line;
        check->column = is_elsewhere ? 0 : expected->place.column;
        describe(check, expected->name, &model->plan->layout, arena);
        oh_text_fini(&target);
    }
}

/* ---- margins ---- */

static struct oh_place place_of(struct oh_arena *arena, const char *name, const char *text) {
    const struct oh_source *source = oh_source_create(arena, name, text, strlen(text));
    return (struct oh_place){source, 1, 1, (uint32_t)oh_utf8_length(text, strlen(text))};
}

static size_t count(const char *text) {
    size_t n = 1;
    for (; *text != '\0'; text++)
        n += *text == ',';
    return n;
}

bool oh_margins_read(const char *text, struct oh_arena *arena, struct oh_precisions *margins,
                     struct oh_diagnostics *diagnostics) {
    struct oh_place place = place_of(arena, "--margin", text);
    struct oh_precision *items = OH_NEW_ARRAY(arena, count(text), struct oh_precision);
    const char *at = text;
    *margins = (struct oh_precisions){0, items};
    do {
        at += strspn(at, " ");
        size_t length = oh_precision_length(at);
        const char *one = oh_arena_strndup(arena, at, length);
        size_t offset = oh_utf8_length(text, (size_t)(at - text));
        if (!oh_precision_parse(arena, one,
                                oh_place_within(place, offset, oh_utf8_length(one, length)),
                                &items[margins->n], diagnostics))
            return false;
        margins->n++;
        at += length + (at[length] != '\0');
    } while (*at != '\0');
    return true;
}

static const struct oh_precision *find_margin(const struct oh_precisions *margins, const char *path,
                                              const struct oh_layout *layout,
                                              struct oh_arena *arena) {
    for (size_t i = margins->n; i-- > 0;)
        if (strcmp(oh_precise_path(margins->items[i].metric, layout, arena), path) == 0)
            return &margins->items[i];
    return NULL;
}

static const char *print_margin(const struct oh_margin *margin, struct oh_arena *arena) {
    struct oh_text text = {0};
    oh_margin_print(margin, &text);
    const char *printed = oh_arena_strdup(arena, text.data);
    oh_text_fini(&text);
    return printed;
}

/* Half the width around `value`; NAN, and reported, if the margin is of another unit. */
static double width_of(const struct oh_model *model, const struct oh_margin *margin,
                       struct oh_place place, const char *path, enum oh_metric_unit unit,
                       double value) {
    bool is_relative;
    if (oh_margin_fits(margin, unit, &is_relative))
        return is_relative ? margin->value * fabs(value) : margin->value;
    oh_diag_add(model->diagnostics, OH_MSG_METRIC_UNIT, place,
                "a percentage is always right: points of a share, relative to all else",
                "'%s' is measured in another unit", path);
    return NAN;
}

/* ---- changes ---- */

static const char *base_name(const char *file) {
    const char *slash = strrchr(file, '/');
    return slash != NULL ? slash + 1 : file;
}

static bool is_same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const struct oh_baseline_entry *oh_entry_find(const struct oh_model *model,
                                              const struct oh_baseline *baseline) {
    const struct oh_baseline_entry *alike = NULL;
    const char *file = model->plan->file, *variant = model->plan->variant;
    for (uint32_t i = 0; i < baseline->n_entries; i++) {
        const struct oh_baseline_entry *entry = &baseline->entries[i];
        if (!is_same_text(entry->variant, variant))
            continue;
        if (strcmp(entry->file, file) == 0)
            return entry;
        if (strcmp(base_name(entry->file), base_name(file)) == 0)
            alike = entry;
    }
    if (alike == NULL)
        oh_diag_add(model->diagnostics, OH_MSG_BAD_BASELINE,
                    (struct oh_place){oh_diag_source(model->diagnostics, baseline->file), 0, 0, 0},
                    "write it anew with '--update'", "the baseline has no scenario '%s'%s%s", file,
                    variant != NULL ? ", variant " : "", variant != NULL ? variant : "");
    return alike;
}

/* Worse is beyond the margin in the direction that is bad, or in either where none is. */
static void set_limits(struct oh_check *check, double width) {
    check->low = check->sense == OH_LESS_IS_BETTER ? -INFINITY : -width;
    check->high = check->sense == OH_MORE_IS_BETTER ? INFINITY : width;
}

static void refuse_metric(const struct oh_model *model, const struct oh_baseline *baseline,
                          const char *path, const char *what) {
    oh_diag_add(model->diagnostics, OH_MSG_BAD_BASELINE,
                (struct oh_place){oh_diag_source(model->diagnostics, baseline->file), 0, 0, 0},
                "write it anew with '--update'", "the baseline's '%s' %s '%s'", path, what,
                model->plan->file);
}

static bool fits_model(const struct oh_model *model, const struct oh_baseline *baseline,
                       const struct oh_baseline_metric *metric) {
    struct oh_metric_path found;
    if (oh_metric_path(metric->path, &model->plan->layout, &found) != OH_PATH_OK ||
        oh_metric_family_of(found.metric) == OH_PERCENTILES) {
        refuse_metric(model, baseline, metric->path, "is no metric of");
        return false;
    }
    if (oh_metric_unit_of(found.metric) != metric->unit) {
        refuse_metric(model, baseline, metric->path, "has another unit than that of");
        return false;
    }
    return true;
}

static void add_changed(const struct oh_model *model, const struct oh_baseline *baseline,
                        const struct oh_baseline_entry *entry,
                        const struct oh_baseline_metric *metric,
                        const struct oh_precisions *margins, struct oh_arena *arena,
                        struct oh_check_items *items) {
    const struct oh_layout *layout = &model->plan->layout;
    const struct oh_precision *asked = find_margin(margins, metric->path, layout, arena);
    struct oh_place place = place_of(arena, baseline->file, metric->margin);
    struct oh_margin margin;
    if (!fits_model(model, baseline, metric))
        return;
    if (asked != NULL) {
        margin = asked->margin;
        place = asked->place;
    } else if (!oh_margin_parse(metric->margin, place, &margin, model->diagnostics)) {
        return;
    }
    double width = width_of(model, &margin, place, metric->path, metric->unit, metric->value);
    struct oh_check *check = add_item(items, &metric->series);
    check->kind = OH_CHECK_CHANGED;
    check->target = print_margin(&margin, arena);
    check->is_paired = entry->seed == model->plan->seed;
    check->file = oh_arena_strdup(arena, model->plan->file);
    describe(check, metric->path, layout, arena);
    set_limits(check, width);
}

/* A margin of a metric that the baseline has not would be left aside in silence. */
static void check_margins(const struct oh_model *model, const struct oh_baseline *baseline,
                          const struct oh_baseline_entry *entry,
                          const struct oh_precisions *margins, struct oh_arena *arena) {
    for (size_t i = 0; i < margins->n; i++) {
        const char *path = oh_precise_path(margins->items[i].metric, &model->plan->layout, arena);
        uint32_t m = 0;
        while (m < entry->n_metrics && strcmp(entry->metrics[m].path, path) != 0)
            m++;
        struct oh_metric_path found;
        if (m == entry->n_metrics &&
            oh_expect_path(path, margins->items[i].place, &model->plan->layout, model->diagnostics,
                           model->arena, &found))
            oh_diag_add(model->diagnostics, OH_MSG_BAD_BASELINE, margins->items[i].place,
                        "'--update' with this margin puts it there", "'%s' has no '%s'",
                        baseline->file, path);
    }
}

void oh_items_changed(const struct oh_model *model, const struct oh_baseline *baseline,
                      const struct oh_baseline_entry *entry, const struct oh_precisions *margins,
                      struct oh_arena *arena, struct oh_check_items *items) {
    check_margins(model, baseline, entry, margins, arena);
    for (uint32_t i = 0; i < entry->n_metrics; i++)
        add_changed(model, baseline, entry, &entry->metrics[i], margins, arena, items);
}

/* ---- what a baseline keeps ---- */

static const char *const kept_ids[] = {"reached", "abandonment", "service_level",
                                       "wait_answered.mean"};

/* Points of a share; relative of all else. */
static const char *const default_margins[] = {
    [OH_M_CONTACTS] = "\xC2\xB1"
                      "2%",
    [OH_M_SHARE] = "\xC2\xB1"
                   "1%",
    [OH_M_SECONDS] = "\xC2\xB1"
                     "5%",
    [OH_M_RATIO] = "\xC2\xB1"
                   "5%",
    [OH_M_AGENTS] = "\xC2\xB1"
                    "2%",
    [OH_M_MONEY] = "\xC2\xB1"
                   "2%",
};

static bool is_kept(const struct oh_kept_metrics *kept, const char *path) {
    for (size_t i = 0; i < kept->n; i++)
        if (strcmp(kept->metric[i].path, path) == 0)
            return true;
    return false;
}

/* Silently left out: what the run will not have, and what cannot be compared. */
static void keep(struct oh_kept_metrics *kept, const char *path, const char *margin,
                 const struct oh_layout *layout) {
    struct oh_metric_path found;
    if (is_kept(kept, path) || oh_metric_path(path, layout, &found) != OH_PATH_OK ||
        oh_metric_family_of(found.metric) == OH_PERCENTILES)
        return;
    if (kept->n == kept->room) {
        kept->room = 2 * kept->room + 16;
        kept->metric = oh_realloc_array(kept->metric, kept->room, sizeof *kept->metric);
    }
    kept->metric[kept->n++] = (struct oh_kept_metric){
        path, margin != NULL ? margin : default_margins[oh_metric_unit_of(found.metric)]};
}

static void keep_asked(const struct oh_model *model, const struct oh_precision *asked,
                       struct oh_arena *arena, struct oh_kept_metrics *kept) {
    const struct oh_layout *layout = &model->plan->layout;
    struct oh_metric_path found;
    const char *path = oh_precise_path(asked->metric, layout, arena);
    if (!oh_expect_path(path, asked->place, layout, model->diagnostics, model->arena, &found))
        return;
    if (oh_metric_family_of(found.metric) == OH_PERCENTILES)
        oh_diag_add(model->diagnostics, OH_MSG_METRIC_NOT_HERE, asked->place, NULL,
                    "'%s': percentiles are not compared", path);
    else if (!isnan(width_of(model, &asked->margin, asked->place, path,
                             oh_metric_unit_of(found.metric), 1)))
        keep(kept, path, print_margin(&asked->margin, arena), layout);
}

void oh_kept_metrics_list(const struct oh_model *model, const struct oh_precisions *margins,
                          struct oh_arena *arena, struct oh_kept_metrics *kept) {
    const struct oh_layout *layout = &model->plan->layout;
    *kept = (struct oh_kept_metrics){0};
    for (size_t i = margins->n; i-- > 0;)
        keep_asked(model, &margins->items[i], arena, kept);
    for (size_t m = 0; m < sizeof kept_ids / sizeof kept_ids[0]; m++) {
        keep(kept, oh_arena_printf(arena, "total.%s", kept_ids[m]), NULL, layout);
        for (uint32_t t = 0; t < layout->n_types && layout->n_types > 1; t++)
            keep(kept, oh_arena_printf(arena, "contacts.%s.%s", layout->types[t].name, kept_ids[m]),
                 NULL, layout);
    }
    for (uint32_t g = 0; g < layout->n_groups; g++)
        keep(kept, oh_arena_printf(arena, "agents.%s.occupancy", layout->group_names[g]), NULL,
             layout);
    for (uint32_t e = 0; e < model->scenario->expect.n; e++)
        keep(kept, model->scenario->expect.items[e].name, NULL, layout);
}
