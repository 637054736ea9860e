/* The text comparison's parts. Private to report/. */
#ifndef OH_REPORT_COMPARE_TEXT_H
#define OH_REPORT_COMPARE_TEXT_H

#include "measure/comparison.h"
#include "report/text.h"

struct oh_compare_page {
    const struct oh_comparison *comparison;
    struct oh_text_report report; /* for its tables and sentences; without a summary */
};

const char *oh_compare_label(const struct oh_compare_page *page, uint32_t scenario_ix);

/* Adds "+6.1" with its margin to a table, and what that means: "better", "worse", "no difference shown" or "". */
void oh_compare_add_difference(struct oh_table *table, const struct oh_paired *paired,
                               enum oh_metric_unit unit);
const char *oh_compare_mark(const struct oh_paired *paired, enum oh_sense sense);

/* Of the pairs from `first` to before `end`, which are of the same two scenarios, those of contact types; and the
 * interval rows of the scenarios of `pair` (compare_parts.c). */
void oh_compare_types(struct oh_compare_page *page, uint32_t first, uint32_t end);
void oh_compare_intervals(struct oh_compare_page *page, const struct oh_pair *pair);

/* What formulas say of each scenario (beside_text.c). */
void oh_compare_beside(struct oh_compare_page *page);

#endif
