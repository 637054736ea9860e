/* What formulas say beside the simulation, for programs: members of JSON, lines of CSV. */
#include <math.h>
#include <stdio.h>

#include "report/json_parts.h"
#include "report/writers.h"

/* ---- JSON ---- */

static void add_time(json_t *object, const struct oh_beside_row *row) {
    char start[16];
    json_object_set_new(object, "day", json_integer(row->day));
    json_object_set_new(object, "weekday", json_string(oh_weekday_name(row->weekday)));
    json_object_set_new(object, "start",
                        json_string(oh_clock_print(row->start_s, start, sizeof start)));
}

static json_t *estimate(const struct oh_estimate *e) {
    return json_pack("{s:o, s:o, s:o}", "value", oh_out_number(e->value), "low",
                     oh_out_number(e->low), "high", oh_out_number(e->high));
}

static json_t *simulated(const struct oh_beside_row *row) {
    json_t *object = json_object();
    for (int m = 0; m < OH_N_BESIDE_METRICS; m++)
        json_object_set_new(object, oh_beside_metrics[m].id, estimate(&row->simulated[m]));
    return object;
}

static json_t *answer(const struct oh_beside_row *row, enum oh_beside_formula formula) {
    const struct oh_beside_answer *said = &row->answers[formula];
    json_t *object = json_pack("{s:b}", "stable", !said->is_unstable);
    for (int m = 0; m < OH_N_BESIDE_METRICS; m++) {
        struct oh_estimate d = oh_beside_difference(row, formula, (enum oh_beside_metric)m);
        json_object_set_new(object, oh_beside_metrics[m].id,
                            json_pack("{s:o, s:o, s:o, s:o}", "value",
                                      oh_out_number(said->value[m]), "difference",
                                      oh_out_number(d.value), "low", oh_out_number(d.low), "high",
                                      oh_out_number(d.high)));
    }
    return object;
}

static json_t *row_of(const struct oh_beside_row *row) {
    json_t *object = json_object();
    add_time(object, row);
    json_object_set_new(object, "rate_per_h", oh_out_number(3600 * row->rate_per_s));
    json_object_set_new(object, "handle_time", oh_out_number(row->handle_s));
    json_object_set_new(object, "agents", json_integer(row->agents));
    json_object_set_new(object, "patience", oh_out_number(row->patience_s));
    json_object_set_new(object, "simulated", simulated(row));
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++)
        json_object_set_new(object, oh_beside_formulas[f].key,
                            answer(row, (enum oh_beside_formula)f));
    return object;
}

static json_t *gap_of(const struct oh_beside_part *part, const struct oh_beside_gap *gap) {
    json_t *worst = gap->n > 0 ? json_object() : json_null();
    if (gap->n > 0) {
        add_time(worst, &part->rows[gap->worst]);
        json_object_set_new(worst, "difference", oh_out_number(gap->at_worst));
    }
    return json_pack("{s:o, s:o, s:o}", "intervals", oh_out_integer(gap->n), "difference",
                     oh_out_number(gap->mean), "worst", worst);
}

static json_t *formulas_of(const struct oh_beside_part *part) {
    json_t *formulas = json_object();
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++) {
        json_t *object = json_pack("{s:o}", "unstable", oh_out_integer(part->unstable[f]));
        for (int m = 0; m < OH_N_BESIDE_METRICS; m++)
            json_object_set_new(object, oh_beside_metrics[m].id, gap_of(part, &part->gaps[f][m]));
        json_object_set_new(formulas, oh_beside_formulas[f].key, object);
    }
    return formulas;
}

static void put_part(const char *label, const struct oh_beside_part *part, FILE *to) {
    json_t *rows = json_array();
    for (uint32_t r = 0; r < part->n_rows; r++)
        json_array_append_new(rows, row_of(&part->rows[r]));
    oh_out_put(json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "scenario", oh_out_text(label), "scope",
                         oh_out_text(part->scope), "reason", oh_out_text(part->why_not), "counted",
                         part->is_counted, "formulas",
                         part->why_not == NULL ? formulas_of(part) : json_null(), "intervals",
                         rows),
               to);
}

void oh_beside_json(const struct oh_comparison *c, FILE *to) {
    bool is_first = true;
    if (c->scenarios[0].beside == NULL) {
        fputs("null", to);
        return;
    }
    fputs("[", to);
    for (uint32_t i = 0; i < c->n_scenarios; i++)
        for (uint32_t p = 0; p < c->scenarios[i].beside->n_parts; p++) {
            oh_out_put_comma(&is_first, "\n  ", to);
            put_part(c->scenarios[i].label, &c->scenarios[i].beside->parts[p], to);
        }
    fputs("]", to);
}

/* ---- CSV ---- */

static void put_lines(const struct oh_comparison *c, uint32_t scenario_ix,
                      const struct oh_beside_part *part, const struct oh_beside_row *row,
                      FILE *to) {
    char day[16], start[16], path[160];
    snprintf(day, sizeof day, "%u", row->day);
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++)
        for (int m = 0; m < OH_N_BESIDE_METRICS; m++) {
            snprintf(path, sizeof path, "%s.%s", part->scope, oh_beside_metrics[m].id);
            struct oh_paired paired = {
                .a = row->simulated[m].value,
                .b = row->answers[f].value[m],
                .difference =
                    oh_beside_difference(row, (enum oh_beside_formula)f, (enum oh_beside_metric)m),
                .gain = NAN};
            oh_compare_csv_line(
                &(struct oh_csv_difference){
                    c->scenarios[scenario_ix].label, oh_beside_formulas[f].key, path,
                    c->each_day ? day : oh_weekday_name(row->weekday),
                    oh_clock_print(row->start_s, start, sizeof start), &paired,
                    oh_metric_unit_name(oh_beside_metrics[m].unit)},
                to);
        }
}

void oh_beside_csv(const struct oh_comparison *c, FILE *to) {
    for (uint32_t i = 0; i < c->n_scenarios && c->scenarios[i].beside != NULL; i++)
        for (uint32_t p = 0; p < c->scenarios[i].beside->n_parts; p++) {
            const struct oh_beside_part *part = &c->scenarios[i].beside->parts[p];
            for (uint32_t r = 0; r < part->n_rows; r++)
                put_lines(c, i, part, &part->rows[r], to);
        }
}
