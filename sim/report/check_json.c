/* The JSON of checks, format onhold-check/1. */
#include <math.h>
#include <stdio.h>

#include "report/json_parts.h"
#include "report/writers.h"

static const char *const kinds[] = {
    [OH_CHECK_EXPECTED] = "expect", [OH_CHECK_CHANGED] = "baseline", [OH_CHECK_EXACT] = "exact"};

static void put_check(const struct oh_checked *of, const struct oh_check *check, FILE *to) {
    const struct oh_estimate *e = &check->estimate;
    struct oh_text sentence = {0};
    oh_check_print(of, check, &sentence);
    json_t *value = json_pack(
        "{s:o, s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o}",
        "scenario", oh_out_text(of->scenario.label), "kind", kinds[check->kind], "path",
        oh_out_text(check->path), "target", oh_out_text(check->target), "verdict",
        oh_verdict_name(check->verdict), "unit", oh_metric_unit_name(check->unit), "value",
        oh_out_number(check->kind == OH_CHECK_EXPECTED ? e->value : check->now), "baseline",
        oh_out_number(check->before), "difference",
        oh_out_number(check->kind == OH_CHECK_CHANGED ? e->value : NAN), "low",
        oh_out_number(e->low), "high", oh_out_number(e->high), "least", oh_out_number(check->low),
        "most", oh_out_number(check->high), "interval_confidence",
        check->kind == OH_CHECK_EXACT ? json_null() : oh_out_number(check->confidence), "paired",
        check->kind == OH_CHECK_CHANGED ? json_boolean(check->is_paired) : json_null(),
        "replications", oh_out_integer(check->replications), "place",
        check->line == 0 ? json_null()
                         : json_pack("{s:o, s:i, s:i}", "file", oh_out_text(check->file), "line",
                                     (int)check->line, "column", (int)check->column),
        "sentence", oh_out_text(sentence.data));
    oh_text_fini(&sentence);
    oh_out_put(value, to);
}

static void put_scenario(const struct oh_checked *of, FILE *to) {
    const struct oh_compared *s = &of->scenario;
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b}", "label",
                         oh_out_text(s->label), "name", oh_out_text(s->name), "file",
                         oh_out_text(s->file), "digest", oh_out_text(s->digest), "variant",
                         oh_out_text(s->variant), "overrides", oh_out_lines(s->overrides),
                         "replications", oh_out_integer(s->replications), "contacts_simulated",
                         oh_out_integer(s->contacts_simulated), "seed", oh_out_integer(of->seed),
                         "confidence", oh_out_number(of->confidence), "ended",
                         oh_out_ending(of->ending), "changed", of->has_changed),
               to);
}

static const char *verdict_of_all(const struct oh_checks *checks) {
    return oh_verdict_name(oh_checks_count(checks, OH_FAIL) > 0           ? OH_FAIL
                           : oh_checks_count(checks, OH_INCONCLUSIVE) > 0 ? OH_INCONCLUSIVE
                                                                          : OH_PASS);
}

bool oh_check_json(const struct oh_checks *checks, FILE *to,
                   const struct oh_report_options *options) {
    (void)options;
    bool is_first = true;
    fprintf(to, "{\"format\": \"onhold-check/1\",\n \"version\": \"%s\",\n \"verdict\": \"%s\",\n ",
            OH_VERSION, verdict_of_all(checks));
    oh_out_put_key("baseline", to);
    oh_out_put(oh_out_text(checks->baseline), to);
    fputs(",\n \"scenarios\": [", to);
    for (uint32_t s = 0; s < checks->n_scenarios; s++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        put_scenario(&checks->scenarios[s], to);
    }
    fputs("],\n \"checks\": [", to);
    is_first = true;
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        for (uint32_t c = 0; c < checks->scenarios[s].n_checks; c++) {
            oh_out_put_comma(&is_first, "\n  ", to);
            put_check(&checks->scenarios[s], &checks->scenarios[s].checks[c], to);
        }
    fputs("]}\n", to);
    return fflush(to) == 0 && !ferror(to);
}
