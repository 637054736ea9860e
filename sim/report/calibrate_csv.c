/* The CSV calibration, one line an unknown and one line a target. */
#include <math.h>
#include <stdio.h>

#include "report/writers.h"

static void put_line(const char *const *texts, const double *numbers, const char *unit, FILE *to) {
    for (size_t i = 0; i < 4; i++) {
        if (i > 0)
            fputc(',', to);
        oh_csv_put_field(texts[i], to);
    }
    for (size_t i = 0; i < 5; i++)
        oh_csv_put_number(numbers[i], to);
    fprintf(to, ",%s\n", unit);
}

bool oh_calibrate_csv(const struct oh_calibration *c, FILE *to,
                      const struct oh_report_options *options) {
    (void)options;
    fputs("kind,path,asked,verdict,value,low,high,margin,off,unit\n", to);
    for (uint32_t j = 0; j < c->n_fitted; j++) {
        const struct oh_fitted *f = &c->fitted[j];
        const char *verdict = c->n_directions == 0 ? ""
                              : f->is_undetermined ? "not determined"
                                                   : "determined";
        const char *const texts[] = {"fitted", f->path, f->range, verdict};
        const double numbers[] = {f->estimate.value / f->scale, f->estimate.low / f->scale,
                                  f->estimate.high / f->scale, f->leeway / f->scale, NAN};
        put_line(texts, numbers, f->unit, to);
    }
    for (uint32_t t = 0; t < c->n_hits; t++) {
        const struct oh_hit *h = &c->hits[t];
        const char *const texts[] = {"target", h->path, h->asked, h->is_met ? "met" : "not met"};
        const double numbers[] = {h->estimate.value, h->estimate.low, h->estimate.high,
                                  h->tolerance, h->off};
        put_line(texts, numbers, oh_metric_unit_name(h->unit), to);
    }
    return fflush(to) == 0 && !ferror(to);
}
