/* Summaries made by hand, for the tests of writers and charts: no simulation, round numbers, sums that add up. */
#ifndef TEST_REPORT_SAMPLES_H
#define TEST_REPORT_SAMPLES_H

#include "measure/summary.h"

struct sample {
    const char *name;
    struct oh_summary *(*make)(void); /* destroyed by oh_summary_destroy */
};

/* Ended by a NULL name. */
extern const struct sample samples[];
struct oh_summary *sample_make(const char *name);

#endif
