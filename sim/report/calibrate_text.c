/* The calibration for people: whether the targets are met, what the unknowns are, and what is left open. */
#include <math.h>
#include <string.h>

#include "report/text.h"
#include "report/writers.h"

static const char NOTHING[] = "\xE2\x80\x93"; /* – */

/* ---- in words ---- */

static uint32_t n_met(const struct oh_calibration *c) {
    uint32_t n = 0;
    for (uint32_t t = 0; t < c->n_hits; t++)
        n += c->hits[t].is_met;
    return n;
}

void oh_calibration_headline(const struct oh_calibration *c, struct oh_text *to) {
    if (c->is_met)
        oh_text_puts(to, c->n_hits == 1 ? "The target is met" : "All targets are met");
    else
        oh_text_printf(to, "%u of %u targets %s met", n_met(c), c->n_hits,
                       n_met(c) == 1 ? "is" : "are");
    if (c->n_open > 0 && c->n_open == c->n_fitted)
        oh_text_puts(to, ", but they do not determine anything");
    else if (c->n_open > 0)
        oh_text_printf(to, ", but %s open: the values are some of many that fit",
                       c->n_open == 1 ? "one relation is left" : "more than one relation is left");
}

/* Changes below half a percent are not worth a word. */
void oh_direction_print(const struct oh_calibration *c, const struct oh_direction *direction,
                        struct oh_text *to) {
    bool is_first = true;
    char number[40];
    for (int pass = 0; pass < 2; pass++) /* the largest first */
        for (uint32_t j = 0; j < c->n_fitted; j++) {
            double change = direction->change[j];
            bool is_largest = change > 0.0999999;
            if ((pass == 0) != is_largest || fabs(change) < 0.005 || (pass == 0 && !is_first))
                continue;
            oh_text_printf(to, "%sa %s of %s by %s%%", is_first ? "" : " with ",
                           change > 0 ? "rise" : "fall", c->fitted[j].path,
                           oh_number_print(fabs(change) * 100, fabs(change) < 0.0995 ? 2 : 3,
                                           number, sizeof number));
            is_first = false;
        }
    oh_text_puts(to, c->n_hits == 1 ? " does not change the target" : " changes no target");
}

/* ---- tables ---- */

static void add_number(struct oh_table *table, const struct oh_fitted *fitted, double value,
                       int digits, const char *sign) {
    char number[40];
    struct oh_text text = {0};
    if (isnan(value))
        oh_text_puts(&text, NOTHING);
    else
        oh_text_printf(&text, "%s%s%s", sign,
                       oh_number_print(value / fitted->scale, digits, number, sizeof number),
                       fitted->unit);
    oh_table_add(table, text.data, "");
    oh_text_fini(&text);
}

static const char *note_of(const struct oh_fitted *fitted) {
    return fitted->is_undetermined ? "not determined"
           : fitted->is_at_edge    ? "at the edge of its range"
                                   : "";
}

static void print_fitted(struct oh_text_report *page, const struct oh_calibration *c) {
    struct oh_table table;
    oh_table_init(&table, 6);
    oh_table_add(&table, "Fitted", NULL);
    oh_table_add(&table, "value", "");
    oh_table_add(&table, "by luck", "");
    oh_table_add(&table, "by tolerance", "");
    oh_table_add(&table, "range", NULL);
    oh_table_add(&table, "", NULL);
    for (uint32_t j = 0; j < c->n_fitted; j++) {
        const struct oh_fitted *f = &c->fitted[j];
        oh_table_add(&table, f->path, NULL);
        oh_table_add(&table, f->text, "");
        add_number(&table, f, oh_half_width(&f->estimate), 2, "\xC2\xB1");
        add_number(&table, f, f->leeway, 2, "\xC2\xB1");
        oh_table_add(&table, f->range, NULL);
        oh_table_add(&table, note_of(f), NULL);
    }
    oh_text_table(page, &table);
}

static void print_targets(struct oh_text_report *page, const struct oh_calibration *c) {
    struct oh_table table;
    char number[40];
    oh_table_init(&table, 5);
    oh_table_add(&table, "Targets", NULL);
    oh_table_add(&table, "asked for", NULL);
    oh_table_add(&table, "found", "");
    oh_table_add(&table, "off by tolerances", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t t = 0; t < c->n_hits; t++) {
        const struct oh_hit *h = &c->hits[t];
        oh_table_add(&table, h->path, NULL);
        oh_table_add(&table, h->asked, NULL);
        oh_text_add_said(&table, oh_say(&h->estimate, h->unit));
        oh_table_add(&table,
                     isnan(h->off)
                         ? NOTHING
                         : oh_number_print(round(h->off * 1000) / 1000, 3, number, sizeof number),
                     "");
        oh_table_add(&table, h->is_met ? "met" : "not met", NULL);
    }
    oh_text_table(page, &table);
}

static void print_open(struct oh_text_report *page, const struct oh_calibration *c) {
    if (c->n_open == 0)
        return;
    oh_text_heading(page, "Left open");
    for (uint32_t k = 0; k < c->n_directions; k++) {
        struct oh_text text = {0};
        if (!c->directions[k].is_open)
            continue;
        oh_direction_print(c, &c->directions[k], &text);
        text.data[0] = 'A';
        oh_text_puts(&text, ".");
        oh_text_sentence(page, text.data);
        oh_text_fini(&text);
    }
    oh_text_sentence(page,
                     "One more target, or one unknown less, for each of these would settle it.");
}

static void print_stop(struct oh_text_report *page, const struct oh_calibration *c) {
    static const char *const why[] = {
        [OH_ENDED_ENOUGH] = NULL,
        [OH_ENDED_AT_MOST] = "All evaluations are used up: with more of them (--evaluations) the "
                             "search might have come closer.",
        [OH_ENDED_BY_TIME] = "Ended by the limit of time: how far the search came depends on the "
                             "machine, so the result cannot be reproduced by the same command.",
        [OH_ENDED_INTERRUPTED] = "Stopped early: this is the best that was found by then."};
    if (why[c->ending] == NULL)
        return;
    oh_text_heading(page, "Warnings");
    oh_text_sentence(page, why[c->ending]);
}

static void print_origin(struct oh_text_report *page, const struct oh_calibration *c) {
    struct oh_text *to = page->to;
    char number[40];
    oh_text_printf(to, "\n%s%s%s\n", c->file, c->variant != NULL ? ", variant " : "",
                   c->variant != NULL ? c->variant : "");
    oh_text_printf(to,
                   "%llu evaluations with %llu replication%s each on the same callers, seed %llu",
                   (unsigned long long)c->evaluations, (unsigned long long)c->replications,
                   c->replications == 1 ? "" : "s", (unsigned long long)c->seed);
    if (c->replications > 1)
        oh_text_printf(to, ", %s%% intervals",
                       oh_number_print(100 * c->confidence, 12, number, sizeof number));
    if (c->has_theory)
        oh_text_puts(to, "\nstarted from closed forms");
    if (page->options->verbose)
        oh_text_printf(to, "\n%s", oh_duration_say(c->wall_s, number, sizeof number));
    oh_text_puts(to, "\n");
}

bool oh_calibrate_text(const struct oh_calibration *c, FILE *to,
                       const struct oh_report_options *options) {
    struct oh_text text = {0};
    struct oh_text_report page = {NULL, options, &text, NULL};
    oh_text_puts(&text, oh_text_bold(&page));
    oh_calibration_headline(c, &text);
    oh_text_printf(&text, "\n%s", oh_text_plain(&page));
    print_origin(&page, c);
    print_fitted(&page, c);
    print_targets(&page, c);
    print_open(&page, c);
    print_stop(&page, c);
    fputs(text.data, to);
    oh_text_fini(&text);
    return fflush(to) == 0 && !ferror(to);
}
