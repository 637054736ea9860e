/* Sections of the text report that hold the numbers against something: theory, expectations; and warnings. */
#include <math.h>
#include <string.h>

#include "report/text.h"

/* The exact value with one digit more than the simulated one has. */
static struct oh_said say_exact(double value, const struct oh_estimate *simulated,
                                enum oh_metric_unit unit) {
    double half = oh_half_width(simulated) / 10;
    struct oh_estimate exact = {value, value - half, value + half};
    struct oh_said said = oh_say(&exact, unit);
    said.margin[0] = '\0';
    return said;
}

static bool is_outside(double exact, const struct oh_estimate *simulated) {
    return exact < simulated->low || exact > simulated->high;
}

/* What the short report compares; the long one compares all, and what is off is always told. */
static const char *const key_metrics[] = {
    "abandonment",       "blocking",      "share.delayed", "wait_answered.mean",
    "wait_answered.p90", "service_level", "occupancy",     "queue_length.mean",
};

static bool is_key(const char *id) {
    for (size_t i = 0; i < sizeof key_metrics / sizeof key_metrics[0]; i++)
        if (strcmp(key_metrics[i], id) == 0)
            return true;
    return false;
}

struct agreement {
    unsigned compared, outside;
};

static void sentence_on_agreement(struct oh_text_report *report, struct agreement agreement) {
    struct oh_text text = {0};
    oh_text_printf(&text, "%u exact value%s compared, ", agreement.compared,
                   agreement.compared == 1 ? "" : "s");
    if (agreement.outside == 0)
        oh_text_printf(&text, "none outside of the simulated interval.");
    else
        oh_text_printf(
            &text, "%u outside of the simulated interval; by chance alone about 1 in %u is.%s",
            agreement.outside, (unsigned)lround(1 / (1 - report->summary->confidence)),
            report->summary->has_warm_up ? ""
                                         : " The model is of a steady state: a run without "
                                           "warm_up, which starts empty, differs a little.");
    oh_text_sentence(report, text.data);
    oh_text_fini(&text);
}

static void add_theory(struct oh_text_report *report, struct oh_table *table,
                       const struct oh_theory_value *theory, struct agreement *agreement) {
    const struct oh_scope *total = &report->summary->total;
    int use = oh_summary_use(report->summary, theory->id);
    if (use < 0 || !total->present[use])
        return;
    struct oh_estimate simulated = oh_text_estimate(report, total, theory->id);
    enum oh_metric_unit unit = oh_metric_unit_of(report->summary->uses[use].metric);
    bool is_off = is_outside(theory->value, &simulated);
    agreement->compared += !isnan(simulated.low);
    agreement->outside += is_off;
    bool is_trivial = theory->value == 0 || !is_key(theory->id); /* no line limit: no blocking */
    if (!is_off && is_trivial && !report->options->verbose)
        return;
    oh_table_add(table, theory->id, NULL);
    oh_text_add_said(table, oh_say(&simulated, unit));
    oh_text_add_said(table, say_exact(theory->value, &simulated, unit));
    oh_table_add(table, is_off ? "outside of the interval" : "", NULL);
}

/* "service_level ×1.8": as of so many times as many replications. */
static void print_gains(const struct oh_summary *s, struct oh_text *to) {
    char number[40];
    bool is_first = true;
    for (size_t i = 0; i < sizeof key_metrics / sizeof key_metrics[0]; i++) {
        int use = oh_summary_use(s, key_metrics[i]);
        if (use < 0 || isnan(s->control_gains[use]))
            continue;
        oh_text_printf(
            to, "%s%s \xC3\x97%s",
            is_first ? " The same intervals would take so many times as many replications without: "
                     : ", ",
            key_metrics[i], oh_number_print(s->control_gains[use], 2, number, sizeof number));
        is_first = false;
    }
    oh_text_puts(to, is_first ? "" : ".");
}

void oh_text_controls(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct oh_text text = {0};
    if (!s->has_controls)
        return;
    oh_text_heading(report, "Control variates");
    if (s->n_controls == 0)
        oh_text_puts(&text, "None: nothing is known beforehand of these callers, or there are too "
                            "few replications.");
    for (uint32_t i = 0; i < s->n_controls; i++)
        oh_text_printf(&text, "%s%s", i > 0 ? ", " : "What is known of ", s->controls[i]);
    if (s->n_controls > 0) {
        oh_text_puts(&text, " is taken off; not of percentiles, nor of intervals of the day.");
        print_gains(s, &text);
    }
    oh_text_sentence(report, text.data);
    oh_text_fini(&text);
}

void oh_text_theory(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    if (s->theory_model == NULL)
        return;
    struct oh_text heading = {0};
    oh_text_printf(&heading, "Theory, %s", s->theory_model);
    struct oh_table table;
    oh_table_init(&table, 4);
    oh_table_add(&table, heading.data, NULL);
    oh_table_add(&table, "simulated", "");
    oh_table_add(&table, "exact", "");
    oh_table_add(&table, "", NULL);
    oh_text_fini(&heading);
    struct agreement agreement = {0};
    for (uint32_t t = 0; t < s->n_theory; t++)
        add_theory(report, &table, &s->theory[t], &agreement);
    oh_text_table(report, &table);
    if (agreement.compared > 0)
        sentence_on_agreement(report, agreement);
}

static const char *const verdict_words[] = {
    [OH_PASS] = "met", [OH_FAIL] = "MISSED", [OH_INCONCLUSIVE] = "undecided"};

static void add_expectation(struct oh_table *table,
                            const struct oh_expectation_result *expectation) {
    const char *remark = "";
    if (isnan(expectation->estimate.value))
        remark = "there is no such value in this run";
    else if (expectation->straddles)
        remark = "close: the interval holds the limit";
    oh_table_add(table, verdict_words[expectation->verdict], NULL);
    oh_table_add(table, expectation->path, NULL);
    oh_table_add(table, expectation->target, NULL);
    oh_text_add_said(table, oh_say(&expectation->estimate, expectation->unit));
    oh_table_add(table, remark, NULL);
}

void oh_text_expectations(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct oh_table table;
    oh_table_init(&table, 5);
    oh_table_add(&table, "Expected", NULL);
    oh_table_add(&table, "", NULL);
    oh_table_add(&table, "target", NULL);
    oh_table_add(&table, "simulated", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t e = 0; e < s->n_expectations; e++)
        add_expectation(&table, &s->expectations[e]);
    oh_text_table(report, &table);
}

static const char *remark_on(const struct oh_precision_result *precision, enum oh_ending ending) {
    static const char *const missed[] = {[OH_ENDED_ENOUGH] = "not reached",
                                         [OH_ENDED_AT_MOST] =
                                             "not reached with the most replications allowed",
                                         [OH_ENDED_BY_TIME] = "not reached in the time allowed",
                                         [OH_ENDED_INTERRUPTED] = "not reached: stopped early"};
    return precision->reached ? "reached" : missed[ending];
}

void oh_text_precisions(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct oh_table table;
    oh_table_init(&table, 4);
    oh_table_add(&table, "Precision", NULL);
    oh_table_add(&table, "asked", NULL);
    oh_table_add(&table, "simulated", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t i = 0; i < s->n_precisions; i++) {
        oh_table_add(&table, s->precisions[i].path, NULL);
        oh_table_add(&table, s->precisions[i].asked, NULL);
        oh_text_add_said(&table, oh_say(&s->precisions[i].estimate, s->precisions[i].unit));
        oh_table_add(&table, remark_on(&s->precisions[i], s->ending), NULL);
    }
    oh_text_table(report, &table);
}

static void sentence_on_stop(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct oh_text text = {0};
    oh_text_printf(&text, "%s %llu ",
                   s->ending == OH_ENDED_BY_TIME ? "Ended by the limit of time after"
                                                 : "Stopped early after",
                   (unsigned long long)s->replications);
    if (s->replications_asked > s->replications && s->n_precisions == 0)
        oh_text_printf(&text, "of %llu ", (unsigned long long)s->replications_asked);
    oh_text_puts(&text, "replications: ");
    oh_text_puts(&text, s->ending == OH_ENDED_BY_TIME
                            ? "how many there are depends on the machine, so the result cannot be "
                              "reproduced by the same command."
                            : "the intervals are wider than those of the whole run.");
    oh_text_sentence(report, text.data);
    oh_text_fini(&text);
}

void oh_text_warnings(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    if (s->complete && s->n_warnings == 0)
        return;
    oh_text_printf(report->to, "\n%s%sWarnings%s\n", oh_text_bold(report), oh_text_red(report),
                   oh_text_plain(report));
    if (!s->complete)
        sentence_on_stop(report);
    for (uint32_t w = 0; w < s->n_warnings; w++)
        oh_text_sentence(report, s->warnings[w]);
}
