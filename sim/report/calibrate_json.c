/* The JSON calibration, format onhold-calibrate/1. */
#include <stdio.h>

#include "report/json_parts.h"
#include "report/writers.h"

static void put_scenario(const struct oh_calibration *c, FILE *to) {
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", oh_out_text(c->name), "file",
                         oh_out_text(c->file), "digest", oh_out_text(c->digest), "variant",
                         oh_out_text(c->variant), "overrides", oh_out_lines(c->overrides)),
               to);
}

static void put_run(const struct oh_calibration *c, FILE *to) {
    oh_out_put(
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:s, s:b, s:o, s:s}", "evaluations",
                  oh_out_integer(c->evaluations), "most_evaluations",
                  oh_out_integer(c->most_evaluations), "replications",
                  oh_out_integer(c->replications), "seed", oh_out_integer(c->seed), "confidence",
                  oh_out_number(c->confidence), "complete", c->complete, "ended",
                  c->ending == OH_ENDED_AT_MOST ? "max_evaluations" : oh_out_ending(c->ending),
                  "started_from_theory", c->has_theory, "contacts_simulated",
                  oh_out_integer(c->contacts_simulated), "version", OH_VERSION),
        to);
}

static void put_verdict(const struct oh_calibration *c, FILE *to) {
    struct oh_text text = {0};
    oh_calibration_headline(c, &text);
    oh_out_put(json_pack("{s:b, s:b, s:o}", "met", c->is_met, "determined",
                         c->n_directions > 0 && c->n_open == 0, "words", oh_out_text(text.data)),
               to);
    oh_text_fini(&text);
}

static void put_fitted(const struct oh_calibration *c, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t j = 0; j < c->n_fitted; j++) {
        const struct oh_fitted *f = &c->fitted[j];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "path",
                      oh_out_text(f->path), "text", oh_out_text(f->text), "value",
                      oh_out_number(f->estimate.value), "low", oh_out_number(f->estimate.low),
                      "high", oh_out_number(f->estimate.high), "leeway", oh_out_number(f->leeway),
                      "range", json_pack("[o, o]", oh_out_number(f->low), oh_out_number(f->high)),
                      "whole", f->is_integral, "at_edge", f->is_at_edge, "determined",
                      c->n_directions > 0 && !f->is_undetermined),
            to);
    }
    fputs("]", to);
}

static void put_targets(const struct oh_calibration *c, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t t = 0; t < c->n_hits; t++) {
        const struct oh_hit *h = &c->hits[t];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:b}", "path",
                             oh_out_text(h->path), "asked", oh_out_text(h->asked), "target",
                             oh_out_number(h->value), "tolerance", oh_out_number(h->tolerance),
                             "value", oh_out_number(h->estimate.value), "low",
                             oh_out_number(h->estimate.low), "high",
                             oh_out_number(h->estimate.high), "unit", oh_metric_unit_name(h->unit),
                             "off", oh_out_number(h->off), "met", h->is_met),
                   to);
    }
    fputs("]", to);
}

static void put_directions(const struct oh_calibration *c, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t k = 0; k < c->n_directions; k++) {
        const struct oh_direction *d = &c->directions[k];
        struct oh_text words = {0};
        json_t *changes = json_object();
        for (uint32_t j = 0; j < c->n_fitted; j++)
            json_object_set_new(changes, c->fitted[j].path, oh_out_number(d->change[j]));
        if (d->is_open)
            oh_direction_print(c, d, &words);
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:b, s:o, s:o}", "sensitivity", oh_out_number(d->sensitivity),
                             "open", d->is_open, "changes", changes, "words",
                             oh_out_text(words.data)),
                   to);
        oh_text_fini(&words);
    }
    fputs("]", to);
}

/* The members of a calibration in order. */
static const struct {
    const char *key;
    void (*put)(const struct oh_calibration *calibration, FILE *to);
} members[] = {
    {"scenario", put_scenario}, {"run", put_run},         {"verdict", put_verdict},
    {"fitted", put_fitted},     {"targets", put_targets}, {"directions", put_directions},
};

bool oh_calibrate_json(const struct oh_calibration *calibration, FILE *to,
                       const struct oh_report_options *options) {
    (void)options;
    fputs("{\"format\": \"onhold-calibrate/1\"", to);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        fputs(",\n ", to);
        oh_out_put_key(members[i].key, to);
        members[i].put(calibration, to);
    }
    fputs("}\n", to);
    return fflush(to) == 0 && !ferror(to);
}
