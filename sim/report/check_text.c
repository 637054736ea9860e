/* Checks for people: a line each, the verdict first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/say.h"
#include "report/writers.h"

const char *oh_verdict_name(enum oh_verdict verdict) {
    static const char *const names[] = {
        [OH_PASS] = "pass", [OH_FAIL] = "fail", [OH_INCONCLUSIVE] = "inconclusive"};
    return names[verdict];
}

/* ---- sentences ---- */

/* "total.service_level is 83.1% (82.4 to 83.9), expected at least 80%" */
static void print_expected(const struct oh_check *check, struct oh_text *to) {
    const struct oh_estimate *e = &check->estimate;
    if (isnan(e->value)) {
        oh_text_printf(to, "%s has no value, expected %s", check->path, check->target);
        return;
    }
    oh_text_printf(to, "%s is %s", check->path, oh_say(e, check->unit).value);
    if (!isnan(e->low) && e->low < e->high) {
        oh_text_puts(to, " (");
        oh_say_limits(e->low, e->high, check->unit, to);
        oh_text_puts(to, ")");
    }
    oh_text_printf(to, ", expected %s", check->target);
}

/* "with desk 6.1 points fewer callers reach a person (5.8 to 6.4) than in the baseline, allowed ±1%" */
static void print_changed(const struct oh_checked *of, const struct oh_check *check,
                          struct oh_text *to) {
    const struct oh_compared scenarios[] = {{.label = "the baseline"}, of->scenario};
    const struct oh_comparison comparison = {.n_scenarios = 2, .scenarios = scenarios};
    const struct oh_pair pair = {.b_ix = 1,
                                 .path = check->path,
                                 .id = check->id,
                                 .metric = check->metric,
                                 .parameter = check->parameter,
                                 .unit = check->unit,
                                 .sense = check->sense,
                                 .paired = {check->before, check->now, check->estimate, NAN}};
    oh_verdict_print(&comparison, &pair, to);
    enum oh_change change = oh_paired_change(&pair.paired);
    oh_text_puts(to, change == OH_CHANGE_MORE || change == OH_CHANGE_LESS ? " than in the baseline"
                                                                          : "");
    oh_text_printf(to, ", allowed %s", check->target);
}

static void print_exact(const struct oh_check *check, struct oh_text *to) {
    oh_text_puts(to, check->verdict == OH_PASS   ? "the result is the baseline's, byte for byte"
                     : check->verdict == OH_FAIL ? "the result is not the baseline's"
                                                 : "the result is not there to be compared");
}

void oh_check_print(const struct oh_checked *of, const struct oh_check *check, struct oh_text *to) {
    switch (check->kind) {
    case OH_CHECK_EXPECTED:
        print_expected(check, to);
        break;
    case OH_CHECK_CHANGED:
        print_changed(of, check, to);
        break;
    case OH_CHECK_EXACT:
        print_exact(check, to);
        break;
    }
    if (check->note != NULL)
        oh_text_printf(to, "; %s", check->note);
}

/* ---- the page ---- */

static const struct {
    const char *word, *color;
} verdicts[] = {
    [OH_PASS] = {"pass        ", "\033[32m"},
    [OH_FAIL] = {"FAIL        ", "\033[1;31m"},
    [OH_INCONCLUSIVE] = {"inconclusive", "\033[33m"},
};

static void put_check(const struct oh_checks *checks, const struct oh_checked *of,
                      const struct oh_check *check, const struct oh_report_options *options,
                      FILE *to) {
    struct oh_text text = {0};
    oh_check_print(of, check, &text);
    fprintf(to, "%s%s%s  ", options->color ? verdicts[check->verdict].color : "",
            verdicts[check->verdict].word, options->color ? "\033[0m" : "");
    if (checks->n_scenarios > 1)
        fprintf(to, "%s: ", of->scenario.label);
    fprintf(to, "%s\n", text.data);
    oh_text_fini(&text);
}

static const char *const endings[] = {
    [OH_ENDED_ENOUGH] = "",
    [OH_ENDED_AT_MOST] = ", the most allowed",
    [OH_ENDED_BY_TIME] = ", all that the time allowed",
    [OH_ENDED_INTERRUPTED] = ", then interrupted",
};

static void put_scenario(const struct oh_checked *of, FILE *to) {
    const struct oh_compared *s = &of->scenario;
    char number[40];
    fprintf(to, "%s", s->file);
    if (s->variant != NULL)
        fprintf(to, ", variant %s", s->variant);
    fprintf(to, ": %s replication%s, seed %llu%s\n",
            oh_count_say((double)s->replications, number, sizeof number),
            s->replications == 1 ? "" : "s", (unsigned long long)of->seed, endings[of->ending]);
    if (of->has_changed)
        fprintf(to, "%s has changed since the baseline was written\n", s->file);
}

static void put_totals(const struct oh_checks *checks, FILE *to) {
    char number[40];
    uint32_t pass = oh_checks_count(checks, OH_PASS), fail = oh_checks_count(checks, OH_FAIL);
    uint32_t rest = oh_checks_count(checks, OH_INCONCLUSIVE);
    if (pass + fail + rest == 0)
        return;
    fprintf(to, "%s%u passed, %u failed, %u inconclusive", checks->n_scenarios > 0 ? "\n" : "",
            pass, fail, rest);
    if (checks->n_shared > 0)
        fprintf(to, "; %s%% sure of all verdicts together",
                oh_number_print(100 * checks->scenarios[0].confidence, 12, number, sizeof number));
    fputs("\n", to);
}

bool oh_check_text(const struct oh_checks *checks, FILE *to,
                   const struct oh_report_options *options) {
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        for (uint32_t c = 0; c < checks->scenarios[s].n_checks; c++)
            put_check(checks, &checks->scenarios[s], &checks->scenarios[s].checks[c], options, to);
    put_totals(checks, to);
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        put_scenario(&checks->scenarios[s], to);
    return fflush(to) == 0 && !ferror(to);
}
