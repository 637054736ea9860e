/* What formulas say beside the simulation, for people: a sentence for each formula, then tables by interval. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/compare_text.h"
#include "report/writers.h"

static void print_time(const struct oh_compare_page *page, const struct oh_beside_row *row,
                       struct oh_text *to) {
    char start[16];
    if (page->comparison->each_day)
        oh_text_printf(to, "day %u", row->day);
    else
        oh_text_puts(to, oh_weekday_name(row->weekday));
    oh_text_printf(to, " %s", oh_clock_print(row->start_s, start, sizeof start));
}

/* ---- in words ---- */

static void print_size(double difference, enum oh_metric_unit unit, struct oh_text *to) {
    double digit = unit == OH_M_SHARE ? 0.001 : fmax(0.1, fabs(difference) / 30);
    oh_say_size(difference, digit, unit, to);
}

/* "12.0 points too low in service level (worst at monday 11:00: 23 points too low)" */
static void print_gap(const struct oh_compare_page *page, const struct oh_beside_part *part,
                      enum oh_beside_formula formula, enum oh_beside_metric metric,
                      struct oh_text *to) {
    static const char *const names[OH_N_BESIDE_METRICS] = {"service level", "average wait",
                                                           "abandonment"};
    static const char *const sides[] = {"too low", "too high"};
    const struct oh_beside_gap *gap = &part->gaps[formula][metric];
    print_size(gap->mean, oh_beside_metrics[metric].unit, to);
    oh_text_printf(to, " %s in %s", sides[gap->mean > 0], names[metric]);
    if (metric != OH_BESIDE_SERVICE_LEVEL || gap->n < 2)
        return;
    oh_text_puts(to, " (worst at ");
    print_time(page, &part->rows[gap->worst], to);
    oh_text_puts(to, ": ");
    print_size(gap->at_worst, oh_beside_metrics[metric].unit, to);
    oh_text_printf(to, " %s)", sides[gap->at_worst > 0]);
}

static void print_sentence(struct oh_compare_page *page, const struct oh_beside_part *part,
                           enum oh_beside_formula formula) {
    struct oh_text text = {0};
    const char *name = oh_beside_formulas[formula].name;
    bool is_first = true;
    for (int m = 0; m < OH_N_BESIDE_METRICS; m++) {
        if (part->gaps[formula][m].n == 0)
            continue;
        if (is_first)
            oh_text_printf(&text, "%s is on average ", name);
        else
            oh_text_puts(&text, ", ");
        print_gap(page, part, formula, (enum oh_beside_metric)m, &text);
        is_first = false;
    }
    if (!is_first)
        oh_text_puts(&text, ".");
    uint32_t unstable = part->unstable[formula];
    if (unstable > 0)
        oh_text_printf(&text,
                       "%s%s has no answer in %u of %u intervals: they bring more work than the "
                       "agents can do, and it knows nobody who gives up.",
                       is_first ? "" : " ", is_first ? name : "It", unstable, part->n_rows);
    if (text.length > 0)
        oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
}

/* ---- tables ---- */

static bool has_values(const struct oh_beside_part *part, enum oh_beside_metric metric) {
    for (uint32_t r = 0; r < part->n_rows; r++)
        if (!isnan(part->rows[r].simulated[metric].value))
            return true;
    return false;
}

/* As exact as the simulation: a digit more would tell nothing. */
static void add_answer(struct oh_table *table, const struct oh_beside_row *row,
                       enum oh_beside_formula formula, enum oh_beside_metric metric) {
    const struct oh_beside_answer *said = &row->answers[formula];
    if (said->is_unstable) {
        oh_table_add(table, "unstable", "");
        return;
    }
    const struct oh_estimate *simulated = &row->simulated[metric];
    double half = oh_half_width(simulated), middle = said->value[metric];
    if (oh_beside_metrics[metric].unit == OH_M_SHARE)
        middle = round(middle * 1e4) / 1e4;
    struct oh_estimate value = {middle, middle - half, middle + half};
    oh_table_add(table, oh_say(&value, oh_beside_metrics[metric].unit).value, "");
}

static void print_table(struct oh_compare_page *page, const struct oh_beside_part *part,
                        enum oh_beside_metric metric) {
    static const char *const headings[OH_N_BESIDE_METRICS] = {"Service level", "Average wait",
                                                              "Abandonment"};
    struct oh_table table;
    char number[40];
    if (!has_values(part, metric))
        return;
    oh_table_init(&table, 5 + OH_N_BESIDE_FORMULAS);
    oh_table_add(&table, headings[metric], NULL);
    oh_table_add(&table, "per hour", "");
    oh_table_add(&table, "takes", "");
    oh_table_add(&table, "agents", "");
    oh_table_add(&table, "simulated", "");
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++)
        oh_table_add(&table, oh_beside_formulas[f].name, "");
    for (uint32_t r = 0; r < part->n_rows; r++) {
        const struct oh_beside_row *row = &part->rows[r];
        struct oh_text time = {0};
        print_time(page, row, &time);
        oh_table_add(&table, time.data, NULL);
        oh_text_fini(&time);
        double rate = 3600 * row->rate_per_s;
        oh_table_add(&table, oh_count_say(rate < 100 ? rate : round(rate), number, sizeof number),
                     "");
        oh_table_add(&table, oh_duration_say(row->handle_s, number, sizeof number), "");
        oh_table_add(&table, oh_count_say(row->agents, number, sizeof number), "");
        oh_text_add_said(&table, oh_say(&row->simulated[metric], oh_beside_metrics[metric].unit));
        for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++)
            add_answer(&table, row, (enum oh_beside_formula)f, metric);
    }
    oh_text_table(&page->report, &table);
}

/* ---- the whole ---- */

static void print_part(struct oh_compare_page *page, const char *label,
                       const struct oh_beside_part *part) {
    struct oh_text heading = {0};
    oh_text_printf(&heading, "What formulas say of %s", label);
    if (strcmp(part->scope, "total") != 0)
        oh_text_printf(&heading, ", %s", strchr(part->scope, '.') + 1);
    oh_text_heading(&page->report, heading.data);
    oh_text_fini(&heading);
    if (part->why_not != NULL) {
        struct oh_text text = {0};
        oh_text_printf(&text, "Nothing: %s.", part->why_not);
        oh_text_sentence(&page->report, text.data);
        oh_text_fini(&text);
        return;
    }
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++)
        print_sentence(page, part, (enum oh_beside_formula)f);
    if (part->is_counted)
        oh_text_sentence(&page->report, "They are told the contacts offered in the simulation, "
                                        "those who try again included, as a switch counts them.");
    for (int m = 0; m < OH_N_BESIDE_METRICS; m++)
        print_table(page, part, (enum oh_beside_metric)m);
}

void oh_compare_beside(struct oh_compare_page *page) {
    const struct oh_comparison *c = page->comparison;
    for (uint32_t i = 0; i < c->n_scenarios && c->scenarios[i].beside != NULL; i++)
        for (uint32_t p = 0; p < c->scenarios[i].beside->n_parts; p++)
            print_part(page, c->scenarios[i].label, &c->scenarios[i].beside->parts[p]);
}
