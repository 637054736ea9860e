/* The CSV comparison, one line a difference: of the whole run, then of interval rows, then of formulas. */
#include <stdio.h>

#include "report/writers.h"

void oh_compare_csv_line(const struct oh_csv_difference *line, FILE *to) {
    const char *fields[] = {line->a, line->b, line->metric, line->day, line->start};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (i > 0)
            fputc(',', to);
        oh_csv_put_field(fields[i], to);
    }
    const struct oh_paired *p = line->paired;
    const double numbers[] = {
        p->a, p->b, p->difference.value, p->difference.low, p->difference.high, p->gain};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        oh_csv_put_number(numbers[i], to);
    fprintf(to, ",%s\n", line->unit);
}

static void put_row(const struct oh_comparison *c, const struct oh_pair_row *row, FILE *to) {
    char day[16], start[16], path[64];
    snprintf(day, sizeof day, "%u", row->day);
    snprintf(path, sizeof path, "total.%s", row->id);
    oh_compare_csv_line(
        &(struct oh_csv_difference){c->scenarios[row->a_ix].label, c->scenarios[row->b_ix].label,
                                    path, c->each_day ? day : oh_weekday_name(row->weekday),
                                    oh_clock_print(row->start_s, start, sizeof start), &row->paired,
                                    oh_metric_unit_in(row->unit, c->currency)},
        to);
}

bool oh_compare_csv(const struct oh_comparison *c, FILE *to,
                    const struct oh_report_options *options) {
    (void)options;
    fputs("a,b,metric,day,start,value_a,value_b,difference,low,high,gain,unit\n", to);
    for (uint32_t i = 0; i < c->n_pairs; i++) {
        const struct oh_pair *pair = &c->pairs[i];
        oh_compare_csv_line(&(struct oh_csv_difference){c->scenarios[pair->a_ix].label,
                                                        c->scenarios[pair->b_ix].label, pair->path,
                                                        "", "", &pair->paired,
                                                        oh_metric_unit_in(pair->unit, c->currency)},
                            to);
    }
    for (uint32_t i = 0; i < c->n_rows; i++)
        put_row(c, &c->rows[i], to);
    oh_beside_csv(c, to);
    return fflush(to) == 0 && !ferror(to);
}
