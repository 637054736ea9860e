/* Who wins and who loses by a difference: contact types and intervals. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/compare_text.h"
#include "report/writers.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const type_metrics[] = {"reached", "service_level", "wait_answered.mean"};

static bool is_type_of(const struct oh_pair *pair, const char *id, const char *name,
                       size_t length) {
    return strncmp(pair->path, "contacts.", 9) == 0 && strcmp(pair->id, id) == 0 &&
           strncmp(pair->path + 9, name, length) == 0 && pair->path[9 + length] == '.';
}

static void add_type(struct oh_compare_page *page, struct oh_table *table, uint32_t first,
                     uint32_t end, const char *name, size_t length) {
    struct oh_text text = {0};
    oh_text_append(&text, name, length);
    oh_table_add(table, text.data, NULL);
    oh_text_fini(&text);
    for (size_t m = 0; m < N_OF(type_metrics); m++) {
        const struct oh_pair *found = NULL;
        for (uint32_t i = first; i < end; i++)
            if (is_type_of(&page->comparison->pairs[i], type_metrics[m], name, length))
                found = &page->comparison->pairs[i];
        static const struct oh_paired none = {NAN, NAN, {NAN, NAN, NAN}, NAN};
        const struct oh_paired *paired = found != NULL ? &found->paired : &none;
        oh_compare_add_difference(table, paired, found != NULL ? found->unit : OH_M_RATIO);
        oh_table_add(table, found != NULL ? oh_compare_mark(paired, found->sense) : "", NULL);
    }
}

void oh_compare_types(struct oh_compare_page *page, uint32_t first, uint32_t end) {
    struct oh_table table;
    size_t n = 0;
    oh_table_init(&table, 1 + 2 * N_OF(type_metrics));
    oh_table_add(&table, "By contact type", NULL);
    for (size_t m = 0; m < N_OF(type_metrics); m++) {
        oh_table_add(&table, type_metrics[m], "");
        oh_table_add(&table, "", NULL);
    }
    for (uint32_t i = first; i < end; i++) {
        const char *path = page->comparison->pairs[i].path;
        if (strncmp(path, "contacts.", 9) != 0 ||
            strcmp(page->comparison->pairs[i].id, type_metrics[0]) != 0)
            continue;
        add_type(page, &table, first, end, path + 9, strcspn(path + 9, "."));
        n++;
    }
    if (n > 1)
        oh_text_table(&page->report, &table);
    else
        oh_table_fini(&table);
}

static bool is_row_of(const struct oh_pair_row *row, const struct oh_pair *pair, const char *id) {
    return row->a_ix == pair->a_ix && row->b_ix == pair->b_ix && strcmp(row->id, id) == 0;
}

static void print_interval(const struct oh_compare_page *page, const struct oh_pair_row *row,
                           struct oh_text *to) {
    char start[16];
    if (page->comparison->each_day)
        oh_text_printf(to, "day %u %s", row->day,
                       oh_clock_print(row->start_s, start, sizeof start));
    else
        oh_text_printf(to, "%s %s", oh_weekday_name(row->weekday),
                       oh_clock_print(row->start_s, start, sizeof start));
}

/* "service_level by interval: better in 12, worse in 1, no difference shown in 11." */
static void print_interval_counts(struct oh_compare_page *page, const struct oh_pair *pair,
                                  const char *id) {
    unsigned better = 0, worse = 0, rest = 0;
    for (uint32_t i = 0; i < page->comparison->n_rows; i++) {
        const struct oh_pair_row *row = &page->comparison->rows[i];
        if (!is_row_of(row, pair, id) || isnan(row->paired.difference.value))
            continue;
        int gain_or_loss = oh_paired_gain_or_loss(&row->paired, row->sense);
        better += gain_or_loss > 0;
        worse += gain_or_loss < 0;
        rest += gain_or_loss == 0;
    }
    if (better + worse + rest < 2)
        return;
    struct oh_text text = {0};
    if (better + worse == 0)
        oh_text_printf(&text, "%s by interval: no difference shown in any of %u.", id, rest);
    else
        oh_text_printf(&text,
                       "%s by interval: better in %u, worse in %u, no difference shown in %u.", id,
                       better, worse, rest);
    oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
}

static void print_rows(struct oh_compare_page *page, const struct oh_pair *pair) {
    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, "By interval", NULL);
    oh_table_add(&table, "service_level", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t i = 0; i < page->comparison->n_rows; i++) {
        const struct oh_pair_row *row = &page->comparison->rows[i];
        if (!is_row_of(row, pair, "service_level") || isnan(row->paired.difference.value))
            continue;
        struct oh_text text = {0};
        print_interval(page, row, &text);
        oh_table_add(&table, text.data, NULL);
        oh_compare_add_difference(&table, &row->paired, row->unit);
        oh_table_add(&table, oh_compare_mark(&row->paired, row->sense), NULL);
        oh_text_fini(&text);
    }
    oh_text_table(&page->report, &table);
}

void oh_compare_intervals(struct oh_compare_page *page, const struct oh_pair *pair) {
    if (page->comparison->n_rows == 0)
        return;
    if (page->report.options->rows) {
        print_rows(page, pair);
        return;
    }
    oh_text_puts(page->report.to, "\n");
    print_interval_counts(page, pair, "service_level");
    print_interval_counts(page, pair, "wait_answered.mean");
}
