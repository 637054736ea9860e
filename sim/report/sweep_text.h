/* The text sweep's parts. Private to report/. */
#ifndef OH_REPORT_SWEEP_TEXT_H
#define OH_REPORT_SWEEP_TEXT_H

#include "measure/sweep.h"
#include "report/text.h"

struct oh_sweep_page {
    const struct oh_sweep *sweep;
    struct oh_text_report report; /* for its tables and sentences; without a summary */
};

/* A path without "total." */
const char *oh_sweep_metric_name(const struct oh_swept *swept);

/* Which value matters most, and a table of bars for each metric (tornado_text.c). */
void oh_sweep_tornado_headline(struct oh_sweep_page *page);
void oh_sweep_tornado_tables(struct oh_sweep_page *page);

#endif
