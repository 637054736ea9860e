/* The CSV sweep, one line a cell and metric; of a tornado, one line a changed value and metric. */
#include <stdio.h>

#include "report/writers.h"

static void put_cell(const struct oh_sweep *s, const struct oh_cell_of_sweep *cell, FILE *to) {
    for (uint32_t i = 0; i < s->n_swept; i++) {
        const struct oh_estimate *e = &cell->estimates[i];
        for (uint32_t v = 0; v < s->n_varied; v++) {
            oh_csv_put_field(s->varied[v].texts[cell->value_ix[v]], to);
            fputc(',', to);
        }
        oh_csv_put_field(s->swept[i].path, to);
        oh_csv_put_number(e->value, to);
        oh_csv_put_number(e->low, to);
        oh_csv_put_number(e->high, to);
        fprintf(to, ",%s,%llu,%s\n", oh_metric_unit_name(s->swept[i].unit),
                (unsigned long long)cell->replications, cell->complete ? "true" : "false");
    }
}

static void put_side(const struct oh_sweep *s, const char *path, const struct oh_tornado_side *side,
                     FILE *to) {
    for (uint32_t i = 0; i < s->n_swept && side->text != NULL; i++) {
        const struct oh_paired *p = &side->effects[i];
        const double numbers[] = {p->a, p->b, p->difference.value, p->difference.low,
                                  p->difference.high};
        oh_csv_put_field(path, to);
        fputc(',', to);
        oh_csv_put_field(side->text, to);
        fputc(',', to);
        oh_csv_put_field(s->swept[i].path, to);
        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
            oh_csv_put_number(numbers[k], to);
        fprintf(to, ",%s\n", oh_metric_unit_name(s->swept[i].unit));
    }
}

bool oh_sweep_csv(const struct oh_sweep *s, FILE *to, const struct oh_report_options *options) {
    (void)options;
    for (uint32_t v = 0; v < s->n_varied; v++) {
        oh_csv_put_field(s->varied[v].path, to);
        fputc(',', to);
    }
    fputs(s->tornado != NULL ? "path,value,metric,value_a,value_b,difference,low,high,unit\n"
                             : "metric,value,low,high,unit,replications,complete\n",
          to);
    for (uint32_t c = 0; c < s->n_cells; c++)
        put_cell(s, &s->cells[c], to);
    for (uint32_t b = 0; s->tornado != NULL && b < s->tornado->n; b++) {
        put_side(s, s->tornado->bars[b].path, &s->tornado->bars[b].less, to);
        put_side(s, s->tornado->bars[b].path, &s->tornado->bars[b].more, to);
    }
    return fflush(to) == 0 && !ferror(to);
}
