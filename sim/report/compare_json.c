/* The JSON comparison, format onhold-compare/1. */
#include <stdio.h>

#include "report/json_parts.h"
#include "report/writers.h"

static void put_scenarios(const struct oh_comparison *c, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < c->n_scenarios; i++) {
        const struct oh_compared *s = &c->scenarios[i];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "label",
                             oh_out_text(s->label), "name", oh_out_text(s->name), "file",
                             oh_out_text(s->file), "digest", oh_out_text(s->digest), "variant",
                             oh_out_text(s->variant), "overrides", oh_out_lines(s->overrides),
                             "replications", oh_out_integer(s->replications), "contacts_simulated",
                             oh_out_integer(s->contacts_simulated)),
                   to);
    }
    fputs("]", to);
}

static void put_run(const struct oh_comparison *c, FILE *to) {
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:s, s:s}", "replications",
                         oh_out_integer(c->replications), "seed", oh_out_integer(c->seed),
                         "confidence", oh_out_number(c->confidence), "comparisons",
                         oh_out_integer(c->n_comparisons), "interval_confidence",
                         oh_out_number(c->pair_confidence), "complete", c->complete, "ended",
                         oh_out_ending(c->ending), "version", OH_VERSION),
               to);
}

static const char *const changes[] = {[OH_CHANGE_NONE] = "none",
                                      [OH_CHANGE_MORE] = "more",
                                      [OH_CHANGE_LESS] = "less",
                                      [OH_CHANGE_UNKNOWN] = "unknown"};

/* What a pair and an interval row have in common. */
static json_t *difference(const struct oh_comparison *c, uint32_t a_ix, uint32_t b_ix,
                          const char *metric, enum oh_metric_unit unit, enum oh_sense sense,
                          const struct oh_paired *p) {
    int gain_or_loss = oh_paired_gain_or_loss(p, sense);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:s, s:o}", "a",
                     oh_out_text(c->scenarios[a_ix].label), "b",
                     oh_out_text(c->scenarios[b_ix].label), "metric", oh_out_text(metric),
                     "difference", oh_out_number(p->difference.value), "low",
                     oh_out_number(p->difference.low), "high", oh_out_number(p->difference.high),
                     "value_a", oh_out_number(p->a), "value_b", oh_out_number(p->b), "unit",
                     oh_metric_unit_in(unit, c->currency), "gain", oh_out_number(p->gain), "change",
                     changes[oh_paired_change(p)], "better",
                     gain_or_loss == 0 ? json_null() : json_boolean(gain_or_loss > 0));
}

static void put_pairs(const struct oh_comparison *c, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < c->n_pairs; i++) {
        const struct oh_pair *pair = &c->pairs[i];
        struct oh_text verdict = {0};
        oh_verdict_print(c, pair, &verdict);
        json_t *value = difference(c, pair->a_ix, pair->b_ix, pair->path, pair->unit, pair->sense,
                                   &pair->paired);
        json_object_set_new(value, "verdict", oh_out_text(verdict.data));
        oh_text_fini(&verdict);
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(value, to);
    }
    fputs("]", to);
}

static void put_intervals(const struct oh_comparison *c, FILE *to) {
    bool is_first = true;
    char start[16];
    fputs("[", to);
    for (uint32_t i = 0; i < c->n_rows; i++) {
        const struct oh_pair_row *row = &c->rows[i];
        json_t *value =
            difference(c, row->a_ix, row->b_ix, row->id, row->unit, row->sense, &row->paired);
        json_object_set_new(value, "day", json_integer(row->day));
        json_object_set_new(value, "weekday", json_string(oh_weekday_name(row->weekday)));
        json_object_set_new(value, "start",
                            json_string(oh_clock_print(row->start_s, start, sizeof start)));
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(value, to);
    }
    fputs("]", to);
}

static void put_best(const struct oh_comparison *c, FILE *to) {
    const struct oh_best *best = c->best;
    if (best == NULL) {
        fputs("null", to);
        return;
    }
    json_t *scenarios = json_array();
    for (uint32_t i = 0; i < c->n_scenarios; i++)
        json_array_append_new(scenarios, json_pack("{s:o, s:o, s:o, s:b}", "scenario",
                                                   oh_out_text(c->scenarios[i].label), "value",
                                                   oh_out_number(best->of[i].value), "replications",
                                                   oh_out_integer(best->of[i].replications),
                                                   "dropped", best->of[i].is_dropped));
    oh_out_put(
        json_pack(
            "{s:o, s:o, s:b, s:s, s:o, s:s, s:o, s:o}", "metric", oh_out_text(best->path), "best",
            best->is_decided ? oh_out_text(c->scenarios[best->best_ix].label) : json_null(),
            "decided", best->is_decided, "sense",
            best->sense == OH_MORE_IS_BETTER ? "largest" : "smallest", "indifference",
            oh_out_number(best->indifference), "unit", oh_metric_unit_in(best->unit, c->currency),
            "confidence", oh_out_number(c->confidence), "scenarios", scenarios),
        to);
}

static void put_precision(const struct oh_comparison *c, FILE *to) {
    oh_out_put_precisions(c->precisions, c->n_precisions, c->currency, to);
}

/* The members of a comparison in order. */
static const struct {
    const char *key;
    void (*put)(const struct oh_comparison *comparison, FILE *to);
} members[] = {
    {"scenarios", put_scenarios}, {"run", put_run},   {"pairs", put_pairs},
    {"intervals", put_intervals}, {"best", put_best}, {"precision", put_precision},
    {"theory", oh_beside_json},
};

bool oh_compare_json(const struct oh_comparison *comparison, FILE *to,
                     const struct oh_report_options *options) {
    (void)options;
    fputs("{\"format\": \"onhold-compare/1\"", to);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        fputs(",\n ", to);
        oh_out_put_key(members[i].key, to);
        members[i].put(comparison, to);
    }
    fputs("}\n", to);
    return fflush(to) == 0 && !ferror(to);
}
