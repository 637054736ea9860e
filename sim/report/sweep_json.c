/* The JSON sweep, format onhold-sweep/1. */
#include <math.h>
#include <stdio.h>

#include "report/json_parts.h"
#include "report/writers.h"

static json_t *texts_of(const char *const *texts, uint32_t n) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(list, oh_out_text(texts[i]));
    return list;
}

static void put_scenario(const struct oh_sweep *s, FILE *to) {
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o}", "name", oh_out_text(s->name), "file",
                         oh_out_text(s->file), "variant", oh_out_text(s->variant), "overrides",
                         oh_out_lines(s->overrides)),
               to);
}

static void put_run(const struct oh_sweep *s, FILE *to) {
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:s, s:s}", "seed",
                         oh_out_integer(s->seed), "confidence", oh_out_number(s->confidence),
                         "cells", oh_out_integer(s->n_cells), "cells_done",
                         oh_out_integer(oh_sweep_done(s)), "zipped", s->is_zipped, "complete",
                         s->complete, "ended", oh_out_ending(s->ending), "version", OH_VERSION),
               to);
}

static void put_parameters(const struct oh_sweep *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t v = 0; v < s->n_varied; v++) {
        const struct oh_varied *varied = &s->varied[v];
        json_t *numbers = json_array();
        for (uint32_t i = 0; i < varied->n; i++)
            json_array_append_new(numbers, oh_out_number(varied->numbers[i]));
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:o}", "path", oh_out_text(varied->path), "values",
                             texts_of(varied->texts, varied->n), "numbers", numbers),
                   to);
    }
    fputs("]", to);
}

static void put_metrics(const struct oh_sweep *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < s->n_swept; i++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:s}", "path", oh_out_text(s->swept[i].path), "title",
                             oh_out_text(s->swept[i].title), "unit",
                             oh_metric_unit_name(s->swept[i].unit)),
                   to);
    }
    fputs("]", to);
}

static json_t *settings_of(const struct oh_sweep *s, const struct oh_cell_of_sweep *cell) {
    json_t *settings = json_object();
    for (uint32_t v = 0; v < s->n_varied; v++)
        json_object_set_new(settings, s->varied[v].path,
                            oh_out_text(s->varied[v].texts[cell->value_ix[v]]));
    return settings;
}

static json_t *estimate_of(const struct oh_estimate *e, enum oh_metric_unit unit) {
    return json_pack("{s:o, s:o, s:o, s:s}", "value", oh_out_number(e->value), "low",
                     oh_out_number(e->low), "high", oh_out_number(e->high), "unit",
                     oh_metric_unit_name(unit));
}

static void put_cells(const struct oh_sweep *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t c = 0; c < s->n_cells; c++) {
        const struct oh_cell_of_sweep *cell = &s->cells[c];
        json_t *metrics = json_object();
        for (uint32_t i = 0; i < s->n_swept; i++)
            json_object_set_new(metrics, s->swept[i].path,
                                estimate_of(&cell->estimates[i], s->swept[i].unit));
        bool is_run = cell->replications > 0;
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:b, s:o, s:o, s:o, s:o}", "settings",
                             settings_of(s, cell), "replications",
                             oh_out_integer(cell->replications), "complete", cell->complete,
                             "precise", is_run ? json_boolean(cell->is_precise) : json_null(),
                             "contacts_simulated", oh_out_integer(cell->contacts_simulated),
                             "digest", is_run ? oh_out_text(cell->digest) : json_null(), "metrics",
                             metrics),
                   to);
    }
    fputs("]", to);
}

/* ---- goal ---- */

static const char *const findings[] = {[OH_FOUND] = "found",
                                       [OH_FOUND_ALL] = "all",
                                       [OH_FOUND_NONE] = "none",
                                       [OH_FOUND_UNDECIDED] = "undecided"};
static const char *const judgements[] = {
    [OH_MEETS] = "meets", [OH_FAILS] = "fails", [OH_UNDECIDED] = "undecided"};

static json_t *value_at(const struct oh_sweep *s, uint32_t ix) {
    return ix == OH_NO_VALUE ? json_null() : oh_out_text(s->varied[0].texts[ix]);
}

static void put_goal(const struct oh_sweep *s, FILE *to) {
    const struct oh_goal_result *goal = s->goal;
    if (goal == NULL) {
        fputs("null", to);
        return;
    }
    json_t *judged = json_array();
    for (uint32_t c = 0; c < s->n_cells; c++)
        json_array_append_new(judged, goal->judged[c] == OH_NOT_JUDGED
                                          ? json_null()
                                          : json_string(judgements[goal->judged[c]]));
    struct oh_text words = {0};
    oh_goal_print(s, &words);
    oh_out_put(json_pack("{s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "metric",
                         oh_out_text(goal->path), "condition", oh_out_text(goal->condition),
                         "limit", oh_out_number(goal->limit), "unit",
                         oh_metric_unit_name(goal->unit), "found", findings[goal->found], "sense",
                         goal->is_smallest ? "smallest" : "largest", "value",
                         value_at(s, goal->value_ix), "neighbour", value_at(s, goal->neighbour_ix),
                         "confidence", oh_out_number(s->confidence), "judged", judged, "verdict",
                         oh_out_text(words.data)),
               to);
    oh_text_fini(&words);
}

/* ---- tornado ---- */

static json_t *side_of(const struct oh_sweep *s, const struct oh_tornado_side *side) {
    if (side->text == NULL)
        return json_null();
    json_t *effects = json_object();
    for (uint32_t i = 0; i < s->n_swept; i++) {
        const struct oh_paired *p = &side->effects[i];
        json_object_set_new(
            effects, s->swept[i].path,
            json_pack("{s:o, s:o, s:o, s:o, s:s}", "difference", oh_out_number(p->difference.value),
                      "low", oh_out_number(p->difference.low), "high",
                      oh_out_number(p->difference.high), "value", oh_out_number(p->b), "unit",
                      oh_metric_unit_name(s->swept[i].unit)));
    }
    return json_pack("{s:o, s:o}", "value", oh_out_text(side->text), "effects", effects);
}

/* In the order of the effects on the first metric. */
static json_t *bars_of(const struct oh_sweep *s) {
    const struct oh_tornado *tornado = s->tornado;
    struct oh_arena *arena = oh_arena_create();
    uint32_t *order = OH_NEW_ARRAY(arena, tornado->n, uint32_t);
    oh_tornado_sort(tornado, 0, order);
    json_t *bars = json_array();
    for (uint32_t i = 0; i < tornado->n; i++) {
        const struct oh_tornado_bar *bar = &tornado->bars[order[i]];
        json_array_append_new(bars,
                              json_pack("{s:o, s:o, s:o, s:o}", "path", oh_out_text(bar->path),
                                        "value", oh_out_text(bar->text), "less",
                                        side_of(s, &bar->less), "more", side_of(s, &bar->more)));
    }
    oh_arena_destroy(arena);
    return bars;
}

static void put_tornado(const struct oh_sweep *s, FILE *to) {
    const struct oh_tornado *tornado = s->tornado;
    if (tornado == NULL) {
        fputs("null", to);
        return;
    }
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "by", oh_out_number(tornado->by),
                         "replications", oh_out_integer(s->replications), "interval_confidence",
                         oh_out_number(tornado->pair_confidence), "left_out",
                         texts_of(tornado->left_out, tornado->n_left_out), "bars", bars_of(s)),
               to);
}

static void put_warnings(const struct oh_sweep *s, FILE *to) {
    oh_out_put(texts_of(s->warnings, s->n_warnings), to);
}

/* The members of a sweep in order. */
static const struct {
    const char *key;
    void (*put)(const struct oh_sweep *sweep, FILE *to);
} members[] = {
    {"scenario", put_scenario}, {"run", put_run},           {"parameters", put_parameters},
    {"metrics", put_metrics},   {"cells", put_cells},       {"goal", put_goal},
    {"tornado", put_tornado},   {"warnings", put_warnings},
};

bool oh_sweep_json(const struct oh_sweep *sweep, FILE *to,
                   const struct oh_report_options *options) {
    (void)options;
    fputs("{\"format\": \"onhold-sweep/1\"", to);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        fputs(",\n ", to);
        oh_out_put_key(members[i].key, to);
        members[i].put(sweep, to);
    }
    fputs("}\n", to);
    return fflush(to) == 0 && !ferror(to);
}
