/* The JSON result, format onhold-result/1. Values are made by Jansson, which knows escaping and numbers; the frame
 * around them is written here, a line each, so that a result of many intervals is never in memory as a whole and two
 * results can be compared by line. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/json_parts.h"
#include "report/writers.h"

static json_t *estimate(const struct oh_estimate *e, const char *unit) {
    return json_pack("{s:o, s:o, s:o, s:s}", "value", oh_out_number(e->value), "low",
                     oh_out_number(e->low), "high", oh_out_number(e->high), "unit", unit);
}

/* {"offered": {...}, ...} of the metrics present. In rows only those of intervals are. */
static void put_scope(const struct oh_summary *s, const struct oh_scope *scope, const char *gap,
                      FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        if (!scope->present[u])
            continue;
        oh_out_put_comma(&is_first, gap, to);
        oh_out_put_key(s->uses[u].id, to);
        oh_out_put(estimate(&scope->estimates[u],
                            oh_summary_unit(s, oh_metric_unit_of(s->uses[u].metric))),
                   to);
    }
    fputs("}", to);
}

static void put_scopes(const struct oh_summary *s, const struct oh_scope *scopes, uint32_t n,
                       const char *gap, const char *inner_gap, FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t i = 0; i < n; i++) {
        oh_out_put_comma(&is_first, gap, to);
        oh_out_put_key(scopes[i].name, to);
        put_scope(s, &scopes[i], inner_gap, to);
    }
    fputs("}", to);
}

static void put_scenario(const struct oh_summary *s, FILE *to) {
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", oh_out_text(s->scenario_name), "file",
                         oh_out_text(s->scenario_file), "digest", oh_out_text(s->scenario_digest),
                         "variant", oh_out_text(s->scenario_variant), "overrides",
                         oh_out_lines(s->scenario_overrides)),
               to);
}

/* What was known beforehand, and by what factors it makes variances of the total smaller. */
static json_t *controls(const struct oh_summary *s) {
    json_t *names = json_array(), *gains = json_object();
    for (uint32_t i = 0; i < s->n_controls; i++)
        json_array_append_new(names, oh_out_text(s->controls[i]));
    for (uint32_t u = 0; u < s->n_uses; u++)
        if (!isnan(s->control_gains[u]))
            json_object_set_new(gains, s->uses[u].id, oh_out_number(s->control_gains[u]));
    return json_pack("{s:o, s:o}", "controls", names, "gain", gains);
}

static void put_run(const struct oh_summary *s, FILE *to) {
    json_t *run = json_pack("{s:o, s:o, s:o, s:o, s:b, s:s, s:s, s:o, s:o, s:s}", "replications",
                            oh_out_integer(s->replications), "batches",
                            oh_out_integer(s->batches > 1 ? s->batches : 1), "seed",
                            oh_out_integer(s->seed), "confidence", oh_out_number(s->confidence),
                            "complete", s->complete, "ended", oh_out_ending(s->ending), "version",
                            OH_VERSION, "contacts_simulated", oh_out_integer(s->contacts_simulated),
                            "interval", s->n_rows > 0 ? oh_out_number(s->interval_s) : json_null(),
                            "days", s->each_day ? "each" : "average");
    if (s->has_controls)
        json_object_set_new(run, "control_variates", controls(s));
    oh_out_put(run, to);
}

static void put_total(const struct oh_summary *s, FILE *to) {
    put_scope(s, &s->total, "\n   ", to);
}

static void put_contacts(const struct oh_summary *s, FILE *to) {
    put_scopes(s, s->types, s->n_types, "\n  ", "\n   ", to);
}

static void put_agents(const struct oh_summary *s, FILE *to) {
    put_scopes(s, s->groups, s->n_groups, "\n  ", "\n   ", to);
}

static void put_row(const struct oh_summary *s, const struct oh_row *row, FILE *to) {
    char start[16];
    fprintf(to, "{\"day\": %u, \"weekday\": \"%s\", \"start\": \"%s\"", row->day,
            oh_weekday_name(row->weekday), oh_clock_print(row->start_s, start, sizeof start));
    fputs(", \"queue_p10\": ", to);
    oh_out_put(oh_out_number(row->queue_p10), to);
    fputs(", \"queue_p90\": ", to);
    oh_out_put(oh_out_number(row->queue_p90), to);
    fputs(", \"total\": ", to);
    put_scope(s, &row->total, " ", to);
    fputs(", \"contacts\": ", to);
    put_scopes(s, row->types, s->n_types, " ", " ", to);
    fputs(", \"agents\": ", to);
    put_scopes(s, row->groups, s->n_groups, " ", " ", to);
    fputs("}", to);
}

static void put_intervals(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t r = 0; r < s->n_rows; r++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        put_row(s, &s->rows[r], to);
    }
    fputs("]", to);
}

static void put_theory(const struct oh_summary *s, FILE *to) {
    if (s->theory_model == NULL) {
        fputs("null", to);
        return;
    }
    json_t *metrics = json_object();
    for (uint32_t t = 0; t < s->n_theory; t++)
        json_object_set_new(metrics, s->theory[t].id, oh_out_number(s->theory[t].value));
    oh_out_put(json_pack("{s:s, s:o}", "model", s->theory_model, "metrics", metrics), to);
}

static const char *const verdicts[] = {
    [OH_PASS] = "pass", [OH_FAIL] = "fail", [OH_INCONCLUSIVE] = "inconclusive"};

static void put_expect(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < s->n_expectations; i++) {
        const struct oh_expectation_result *e = &s->expectations[i];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:b}", "path",
                             oh_out_text(e->path), "target", oh_out_text(e->target), "value",
                             oh_out_number(e->estimate.value), "low",
                             oh_out_number(e->estimate.low), "high",
                             oh_out_number(e->estimate.high), "unit", oh_summary_unit(s, e->unit),
                             "verdict", verdicts[e->verdict], "straddles", e->straddles),
                   to);
    }
    fputs("]", to);
}

static void put_precision(const struct oh_summary *s, FILE *to) {
    oh_out_put_precisions(s->precisions, s->n_precisions, s->currency, to);
}

static json_t *numbers(const double *values, uint32_t n) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(array, oh_out_number(values[i]));
    return array;
}

static void put_distributions(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t c = 0; c < s->n_curves; c++) {
        const struct oh_curve *curve = &s->curves[c];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(json_pack("{s:o, s:o, s:s, s:o, s:o}", "type", oh_out_text(curve->type),
                             "metric", oh_out_text(curve->id), "unit", "s", "edges",
                             numbers(curve->edge_s, curve->n > 0 ? curve->n + 1 : 0), "share",
                             numbers(curve->share, curve->n)),
                   to);
    }
    fputs("]", to);
}

static void put_warnings(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t w = 0; w < s->n_warnings; w++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(oh_out_text(s->warnings[w]), to);
    }
    fputs("]", to);
}

/* "share of contacts that reached a person: answered / sought"; a count's formula is its own name. */
static json_t *definition(const struct oh_summary *s, const struct oh_use *use) {
    char formula[256];
    oh_metric_print_definition(use->metric, s->has, formula, sizeof formula);
    struct oh_text words = {0};
    oh_use_title_print(use, &words);
    if (strcmp(formula, use->id) != 0)
        oh_text_printf(&words, ": %s", formula);
    json_t *value = oh_out_text(words.data);
    oh_text_fini(&words);
    return value;
}

static void put_definitions(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put_key(s->uses[u].id, to);
        oh_out_put(definition(s, &s->uses[u]), to);
    }
    fputs("}", to);
}

/* The members of a result in order; the first seven are the contract's. */
static const struct {
    const char *key;
    void (*put)(const struct oh_summary *summary, FILE *to);
} members[] = {
    {"scenario", put_scenario},
    {"run", put_run},
    {"total", put_total},
    {"contacts", put_contacts},
    {"agents", put_agents},
    {"intervals", put_intervals},
    {"theory", put_theory},
    {"expect", put_expect},
    {"precision", put_precision},
    {"warnings", put_warnings},
    {"distributions", put_distributions},
    {"definitions", put_definitions},
};

static void put_result(const struct oh_summary *s, FILE *to) {
    fputs("{\"format\": \"onhold-result/1\"", to);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        fputs(",\n ", to);
        oh_out_put_key(members[i].key, to);
        members[i].put(s, to);
    }
    fputs("}", to);
}

bool oh_report_json(const struct oh_summary *const *summaries, size_t n, FILE *to,
                    const struct oh_report_options *options) {
    (void)options;
    bool is_first = true;
    fputs(n == 1 ? "" : "[", to);
    for (size_t i = 0; i < n; i++) {
        oh_out_put_comma(&is_first, i > 0 ? "\n" : "", to);
        put_result(summaries[i], to);
    }
    fputs(n == 1 ? "\n" : "]\n", to);
    return fflush(to) == 0 && !ferror(to);
}
