/* The JSON result, format onhold-result/1. Values are made by Jansson, which knows escaping and numbers; the frame
 * around them is written here, a line each, so that a result of many intervals is never in memory as a whole and two
 * results can be compared by line. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/writers.h"

/* Real numbers with 12 significant digits; Jansson prints them in no locale but C. */
#define FLAGS (JSON_ENCODE_ANY | JSON_REAL_PRECISION(12))

static void put(json_t *value, FILE *to) {
    json_dumpf(value, to, FLAGS);
    json_decref(value);
}

static void put_key(const char *key, FILE *to) {
    put(json_string(key), to);
    fputs(": ", to);
}

/* Between two members: before the first one only a line end. */
static void put_comma(bool *is_first, const char *gap, FILE *to) {
    bool is_wanted = !*is_first || gap[0] == '\n';
    fputs(*is_first ? "" : ",", to);
    fputs(is_wanted ? gap : "", to);
    *is_first = false;
}

static json_t *number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

/* Bytes that are no UTF-8 (names of files may be any) become U+FFFD. */
static json_t *text(const char *value) {
    if (value == NULL)
        return json_null();
    struct oh_text safe = {0};
    size_t left = strlen(value), at;
    while (!oh_utf8_is_valid(value, left, &at)) {
        oh_text_append(&safe, value, at);
        oh_text_puts(&safe, "\xEF\xBF\xBD");
        value += at + 1;
        left -= at + 1;
    }
    oh_text_append(&safe, value, left);
    json_t *string = json_string(safe.data);
    oh_text_fini(&safe);
    return string;
}

static json_t *estimate(const struct oh_estimate *e, enum oh_metric_unit unit) {
    return json_pack("{s:o, s:o, s:o, s:s}", "value", number(e->value), "low", number(e->low),
                     "high", number(e->high), "unit", oh_metric_unit_name(unit));
}

/* {"offered": {...}, ...} of the metrics present. In rows only those of intervals are. */
static void put_scope(const struct oh_summary *s, const struct oh_scope *scope, const char *gap,
                      FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        if (!scope->present[u])
            continue;
        put_comma(&is_first, gap, to);
        put_key(s->uses[u].id, to);
        put(estimate(&scope->estimates[u], oh_metric_unit_of(s->uses[u].metric)), to);
    }
    fputs("}", to);
}

static void put_scopes(const struct oh_summary *s, const struct oh_scope *scopes, uint32_t n,
                       const char *gap, const char *inner_gap, FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t i = 0; i < n; i++) {
        put_comma(&is_first, gap, to);
        put_key(scopes[i].name, to);
        put_scope(s, &scopes[i], inner_gap, to);
    }
    fputs("}", to);
}

static json_t *lines(const char *value) {
    json_t *array = json_array();
    for (const char *line = value; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n");
        struct oh_text one = {0};
        oh_text_append(&one, line, length);
        json_array_append_new(array, text(one.data));
        oh_text_fini(&one);
        line += length + (line[length] != '\0');
    }
    return array;
}

static void put_scenario(const struct oh_summary *s, FILE *to) {
    put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", text(s->scenario_name), "file",
                  text(s->scenario_file), "digest", text(s->scenario_digest), "variant",
                  text(s->scenario_variant), "overrides", lines(s->scenario_overrides)),
        to);
}

static json_t *integer(uint64_t value) {
    return value <= INT64_MAX ? json_integer((json_int_t)value) : json_real((double)value);
}

static const char *const endings[] = {[OH_ENDED_ENOUGH] = "enough",
                                      [OH_ENDED_AT_MOST] = "max_replications",
                                      [OH_ENDED_BY_TIME] = "max_time",
                                      [OH_ENDED_INTERRUPTED] = "interrupted"};

static void put_run(const struct oh_summary *s, FILE *to) {
    put(json_pack("{s:o, s:o, s:o, s:b, s:s, s:s, s:o, s:o, s:s}", "replications",
                  integer(s->replications), "seed", integer(s->seed), "confidence",
                  number(s->confidence), "complete", s->complete, "ended", endings[s->ending],
                  "version", OH_VERSION, "contacts_simulated", integer(s->contacts_simulated),
                  "interval", s->n_rows > 0 ? number(s->interval_s) : json_null(), "days",
                  s->each_day ? "each" : "average"),
        to);
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
    put(number(row->queue_p10), to);
    fputs(", \"queue_p90\": ", to);
    put(number(row->queue_p90), to);
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
        put_comma(&is_first, "\n  ", to);
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
        json_object_set_new(metrics, s->theory[t].id, number(s->theory[t].value));
    put(json_pack("{s:s, s:o}", "model", s->theory_model, "metrics", metrics), to);
}

static const char *const verdicts[] = {
    [OH_PASS] = "pass", [OH_FAIL] = "fail", [OH_INCONCLUSIVE] = "inconclusive"};

static void put_expect(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < s->n_expectations; i++) {
        const struct oh_expectation_result *e = &s->expectations[i];
        put_comma(&is_first, "\n  ", to);
        put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:b}", "path", text(e->path), "target",
                      text(e->target), "value", number(e->estimate.value), "low",
                      number(e->estimate.low), "high", number(e->estimate.high), "unit",
                      oh_metric_unit_name(e->unit), "verdict", verdicts[e->verdict], "straddles",
                      e->straddles),
            to);
    }
    fputs("]", to);
}

static void put_precision(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < s->n_precisions; i++) {
        const struct oh_precision_result *p = &s->precisions[i];
        put_comma(&is_first, "\n  ", to);
        put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:b}", "path", text(p->path),
                      "target", text(p->asked), "value", number(p->estimate.value), "low",
                      number(p->estimate.low), "high", number(p->estimate.high), "unit",
                      oh_metric_unit_name(p->unit), "half_width",
                      number(oh_half_width(&p->estimate)), "wanted", number(p->wanted), "reached",
                      p->reached),
            to);
    }
    fputs("]", to);
}

static json_t *numbers(const double *values, uint32_t n) {
    json_t *array = json_array();
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(array, number(values[i]));
    return array;
}

static void put_distributions(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t c = 0; c < s->n_curves; c++) {
        const struct oh_curve *curve = &s->curves[c];
        put_comma(&is_first, "\n  ", to);
        put(json_pack("{s:o, s:o, s:s, s:o, s:o}", "type", text(curve->type), "metric",
                      text(curve->id), "unit", "s", "edges",
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
        put_comma(&is_first, "\n  ", to);
        put(text(s->warnings[w]), to);
    }
    fputs("]", to);
}

/* "share of contacts that reached a person: answered / sought"; a count's formula is its own name. */
static json_t *definition(const struct oh_use *use) {
    const char *formula = oh_metric_definition(use->metric);
    struct oh_text words = {0};
    oh_use_title_print(use, &words);
    if (strcmp(formula, use->id) != 0)
        oh_text_printf(&words, ": %s", formula);
    json_t *value = text(words.data);
    oh_text_fini(&words);
    return value;
}

static void put_definitions(const struct oh_summary *s, FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        put_comma(&is_first, "\n  ", to);
        put_key(s->uses[u].id, to);
        put(definition(&s->uses[u]), to);
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
        put_key(members[i].key, to);
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
        put_comma(&is_first, i > 0 ? "\n" : "", to);
        put_result(summaries[i], to);
    }
    fputs(n == 1 ? "\n" : "]\n", to);
    return fflush(to) == 0 && !ferror(to);
}
