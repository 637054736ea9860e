/* The comparison for people: the verdicts first, then each pair of scenarios as a table, who wins and who loses. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/compare_text.h"
#include "report/writers.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* What the short report compares; the long one compares all. */
static const char *const key_metrics[] = {
    "reached",
    "abandonment",
    "blocking",
    "disconnection",
    "service_level",
    "wait_answered.mean",
    "wait_answered.p90",
    "queue_length.mean",
    "occupancy",
    "reached_people",
    "time_to_reach.mean",
    "attempts_per_customer",
    "first_contact_resolution",
    "customers_lost",
    "cost",
    "revenue",
    "profit",
};

static bool is_key(const char *id) {
    for (size_t i = 0; i < N_OF(key_metrics); i++)
        if (strcmp(key_metrics[i], id) == 0)
            return true;
    return false;
}

static bool is_of_total(const struct oh_pair *pair) {
    return strncmp(pair->path, "total.", 6) == 0;
}

/* Nobody is blocked where there is no limit of lines: not worth a row. */
static bool is_worth_telling(const struct oh_pair *pair) {
    const struct oh_paired *p = &pair->paired;
    return !isnan(p->difference.value) && !(p->a == 0 && p->b == 0) &&
           !(p->a == 1 && p->b == 1 && pair->unit == OH_M_RATIO);
}

static bool is_shown(const struct oh_compare_page *page, const struct oh_pair *pair) {
    return is_of_total(pair) && is_worth_telling(pair) &&
           (page->report.options->verbose || is_key(pair->id));
}

const char *oh_compare_label(const struct oh_compare_page *page, uint32_t ix) {
    return page->comparison->scenarios[ix].label;
}

/* ---- values ---- */

/* A value with as many digits as its difference is worth. */
static void add_value(struct oh_table *table, double value, const struct oh_paired *paired,
                      enum oh_metric_unit unit) {
    double half = (paired->difference.high - paired->difference.low) / 2;
    struct oh_said said = oh_say(&(struct oh_estimate){value, value - half, value + half}, unit);
    oh_table_add(table, said.value, "");
}

void oh_compare_add_difference(struct oh_table *table, const struct oh_paired *paired,
                               enum oh_metric_unit unit) {
    const struct oh_estimate *d = &paired->difference;
    if (isnan(d->value)) {
        oh_table_add(table, "\xE2\x80\x93", "");
        return;
    }
    double half = (d->high - d->low) / 2;
    struct oh_text size = {0}, margin = {0};
    oh_text_puts(&size, d->value < 0 ? "-" : "+");
    oh_say_size(d->value, half, unit, &size);
    if (!isnan(half)) {
        oh_text_puts(&margin, "\xC2\xB1");
        oh_say_size(half, half, unit, &margin);
    }
    char *points = strstr(size.data, " points");
    if (points != NULL)
        *points = '\0';
    oh_table_add(table, size.data, isnan(half) ? "" : margin.data);
    oh_text_fini(&size);
    oh_text_fini(&margin);
}

const char *oh_compare_mark(const struct oh_paired *paired, enum oh_sense sense) {
    static const char *const marks[] = {"worse", "", "better"};
    if (oh_paired_change(paired) == OH_CHANGE_NONE)
        return "no difference shown";
    return marks[1 + oh_paired_gain_or_loss(paired, sense)];
}

static void add_gain(struct oh_table *table, double gain) {
    char number[40], text[48] = "";
    if (!isnan(gain))
        snprintf(text, sizeof text, "\xC3\x97%s",
                 oh_number_print(gain, gain < 100 ? 2 : 3, number, sizeof number));
    oh_table_add(table, text, "");
}

/* ---- one pair of scenarios ---- */

/* The pairs come comparison by comparison. */
static uint32_t end_of(const struct oh_comparison *c, uint32_t first) {
    uint32_t i = first;
    while (i < c->n_pairs && c->pairs[i].a_ix == c->pairs[first].a_ix &&
           c->pairs[i].b_ix == c->pairs[first].b_ix)
        i++;
    return i;
}

static void print_table(struct oh_compare_page *page, uint32_t first, uint32_t end) {
    const struct oh_pair *pairs = page->comparison->pairs;
    struct oh_text heading = {0};
    struct oh_table table;
    oh_text_printf(&heading, "%s against %s", oh_compare_label(page, pairs[first].b_ix),
                   oh_compare_label(page, pairs[first].a_ix));
    oh_table_init(&table, 6);
    oh_table_add(&table, heading.data, NULL);
    oh_table_add(&table, oh_compare_label(page, pairs[first].a_ix), "");
    oh_table_add(&table, oh_compare_label(page, pairs[first].b_ix), "");
    oh_table_add(&table, "difference", "");
    oh_table_add(&table, "gain", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t i = first; i < end; i++) {
        const struct oh_pair *pair = &pairs[i];
        if (!is_shown(page, pair))
            continue;
        oh_table_add(&table, pair->id, NULL);
        add_value(&table, pair->paired.a, &pair->paired, pair->unit);
        add_value(&table, pair->paired.b, &pair->paired, pair->unit);
        oh_compare_add_difference(&table, &pair->paired, pair->unit);
        add_gain(&table, pair->paired.gain);
        oh_table_add(&table, oh_compare_mark(&pair->paired, pair->sense), NULL);
    }
    oh_text_table(&page->report, &table);
    oh_text_fini(&heading);
}

static void print_verdicts(struct oh_compare_page *page, uint32_t first, uint32_t end) {
    oh_text_heading(&page->report, "In words");
    for (uint32_t i = first; i < end; i++) {
        const struct oh_pair *pair = &page->comparison->pairs[i];
        struct oh_text verdict = {0};
        if (!is_of_total(pair) || !is_worth_telling(pair) || !is_key(pair->id))
            continue;
        oh_verdict_print(page->comparison, pair, &verdict);
        oh_text_sentence(&page->report, verdict.data);
        oh_text_fini(&verdict);
    }
}

static void print_pairs(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    for (uint32_t first = 0; first < c->n_pairs;) {
        uint32_t end = end_of(c, first);
        print_table(page, first, end);
        print_verdicts(page, first, end);
        oh_compare_types(page, first, end);
        oh_compare_intervals(page, &c->pairs[first]);
        first = end;
    }
}

/* ---- the whole ---- */

static void print_headline(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    oh_text_puts(page->report.to, oh_text_bold(&page->report));
    for (uint32_t i = 0; i < c->n_pairs; i++) {
        if (strcmp(c->pairs[i].path, "total.reached") != 0)
            continue;
        oh_verdict_print(c, &c->pairs[i], page->report.to);
        oh_text_puts(page->report.to, "\n");
    }
    oh_text_puts(page->report.to, oh_text_plain(&page->report));
}

static void print_origin(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    struct oh_text *to = page->report.to;
    char number[40];
    if (c->n_pairs > 0)
        oh_text_puts(to, "\n");
    for (uint32_t i = 0; i < c->n_scenarios; i++) {
        const struct oh_compared *s = &c->scenarios[i];
        oh_text_printf(to, "%s: %s", s->label, s->file);
        if (s->variant != NULL)
            oh_text_printf(to, ", variant %s", s->variant);
        oh_text_puts(to, "\n");
    }
    oh_text_printf(to, "%llu replication%s%s, seed %llu", (unsigned long long)c->replications,
                   c->replications == 1 ? "" : "s",
                   c->n_scenarios > 1 ? " on the same callers" : "", (unsigned long long)c->seed);
    if (c->replications > 1)
        oh_text_printf(to, ", %s%% intervals%s",
                       oh_number_print(100 * c->confidence, 12, number, sizeof number),
                       c->n_comparisons > 1 ? " that hold for all comparisons together" : "");
    if (page->report.options->verbose && c->wall_s > 0)
        oh_text_printf(to, ", %s", oh_duration_say(c->wall_s, number, sizeof number));
    oh_text_puts(to, "\n");
}

static void print_notes(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    if (c->n_pairs == 0)
        return;
    oh_text_puts(page->report.to, "\n");
    if (c->replications > 1)
        oh_text_sentence(&page->report,
                         "gain: how many times as many replications it would take without callers "
                         "in common to know the difference as well.");
    oh_text_sentence(&page->report, "Percentiles are not compared: 'onhold run' reports them.");
    if (c->has_different_spans)
        oh_text_sentence(&page->report, "The scenarios do not last equally long: counts differ for "
                                        "that alone.");
}

static void print_best(struct oh_compare_page *page) {
    const struct oh_best *best = page->comparison->best;
    if (best == NULL)
        return;
    struct oh_text text = {0};
    char number[40];
    const char *name = oh_compare_label(page, best->best_ix);
    oh_number_print(100 * page->comparison->confidence, 12, number, sizeof number);
    if (best->is_decided)
        oh_text_printf(&text, "%s is the best with %s%% confidence, or less than ", name, number);
    else
        oh_text_printf(&text, "Not decided: %s leads. Differences count from ", name);
    oh_say_size(best->indifference, best->indifference / 10, best->unit, &text);
    oh_text_puts(&text, best->is_decided ? " from it." : " on.");
    struct oh_table table;
    oh_table_init(&table, 4);
    oh_table_add(&table, best->sense == OH_MORE_IS_BETTER ? "Largest" : "Smallest", NULL);
    oh_table_add(&table, best->path, "");
    oh_table_add(&table, "replications", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t i = 0; i < page->comparison->n_scenarios; i++) {
        struct oh_estimate value = {best->of[i].value, NAN, NAN};
        bool is_left = !best->of[i].is_dropped;
        oh_table_add(&table, oh_compare_label(page, i), NULL);
        oh_table_add(&table, oh_say(&value, best->unit).value, "");
        oh_table_add(&table, oh_count_say((double)best->of[i].replications, number, sizeof number),
                     "");
        oh_table_add(&table,
                     is_left ? i == best->best_ix && best->is_decided ? "best" : "still in" : "",
                     NULL);
    }
    oh_text_table(&page->report, &table);
    oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
}

static void print_precisions(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    struct oh_table table;
    oh_table_init(&table, 4);
    oh_table_add(&table, "Precision of differences", NULL);
    oh_table_add(&table, "asked", NULL);
    oh_table_add(&table, "widest", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t i = 0; i < c->n_precisions; i++) {
        const struct oh_precision_result *p = &c->precisions[i];
        struct oh_text half = {0};
        oh_text_puts(&half, "\xC2\xB1");
        oh_say_size(oh_half_width(&p->estimate), oh_half_width(&p->estimate), p->unit, &half);
        oh_table_add(&table, p->path, NULL);
        oh_table_add(&table, p->asked, NULL);
        oh_table_add(&table, half.data, "");
        oh_table_add(&table, p->reached ? "reached" : "not reached", NULL);
        oh_text_fini(&half);
    }
    oh_text_table(&page->report, &table);
}

static void print_stop(struct oh_compare_page *page) {
    if (page->comparison->complete)
        return;
    struct oh_text text = {0};
    oh_text_heading(&page->report, "Warnings");
    oh_text_printf(&text, "%s %llu replications%s",
                   page->comparison->ending == OH_ENDED_BY_TIME ? "Ended by the limit of time after"
                                                                : "Stopped early after",
                   (unsigned long long)page->comparison->replications,
                   page->comparison->ending == OH_ENDED_BY_TIME
                       ? ": how many there are depends on the machine, so the result cannot be "
                         "reproduced by the same command."
                       : ": the intervals are wider than those of the whole comparison.");
    oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
}

bool oh_compare_text(const struct oh_comparison *comparison, FILE *to,
                     const struct oh_report_options *options) {
    struct oh_text text = {0};
    struct oh_compare_page page = {comparison, {NULL, options, &text, NULL}};
    print_headline(&page);
    print_origin(&page);
    print_best(&page);
    oh_compare_beside(&page);
    print_pairs(&page);
    print_precisions(&page);
    print_notes(&page);
    print_stop(&page);
    fputs(text.data, to);
    oh_text_fini(&text);
    return fflush(to) == 0 && !ferror(to);
}
