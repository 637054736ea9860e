/* The text report's parts. Private to report/. */
#ifndef OH_REPORT_TEXT_H
#define OH_REPORT_TEXT_H

#include "report/report.h"
#include "report/say.h"
#include "report/table.h"

/* One report in the making. */
struct oh_text_report {
    const struct oh_summary *summary;
    const struct oh_report_options *options;
    struct oh_text *to;
    bool *is_told; /* [n_uses]: the total's value is somewhere in the report */
};

/* The estimate of a metric in a scope; NAN where it is not measured there. The total's is marked as told. */
struct oh_estimate oh_text_estimate(struct oh_text_report *report, const struct oh_scope *scope,
                                    const char *id);
bool oh_text_is_measured(const struct oh_text_report *report, const struct oh_scope *scope,
                         const char *id);

/* The total's value, not marked as told; NAN where it is not measured. */
double oh_text_total_value(const struct oh_text_report *report, const char *id);

/* Adds a metric of a scope to a table, with its margin. */
void oh_text_add(struct oh_text_report *report, struct oh_table *table,
                 const struct oh_scope *scope, const char *id, enum oh_metric_unit unit);
void oh_text_add_said(struct oh_table *table, struct oh_said said);

/* Prints a blank line and the table, its first row as heading, and frees it. A table of one row is not printed. */
void oh_text_table(struct oh_text_report *report, struct oh_table *table);
/* A blank line and a heading in bold. */
void oh_text_heading(struct oh_text_report *report, const char *heading);
/* A sentence as a line of its own, indented and broken at 100 columns. */
void oh_text_sentence(struct oh_text_report *report, const char *sentence);

const char *oh_text_bold(const struct oh_text_report *report);
const char *oh_text_red(const struct oh_text_report *report);
const char *oh_text_plain(const struct oh_text_report *report);

/* Of the whole centre (text_total.c). */
void oh_text_contacts(struct oh_text_report *report);
void oh_text_waits(struct oh_text_report *report);
void oh_text_service_levels(struct oh_text_report *report);
void oh_text_queue(struct oh_text_report *report);
void oh_text_also(struct oh_text_report *report);

/* What only some centres have, and people (text_way.c). */
void oh_text_callbacks(struct oh_text_report *report);
void oh_text_estimates(struct oh_text_report *report);
void oh_text_legs(struct oh_text_report *report);
void oh_text_people(struct oh_text_report *report);
void oh_text_money(struct oh_text_report *report);

/* By agent group, contact type and interval (text_parts.c). */
void oh_text_agents(struct oh_text_report *report);
void oh_text_types(struct oh_text_report *report);
void oh_text_rows(struct oh_text_report *report);

/* What the numbers are held against (text_verdicts.c). */
void oh_text_theory(struct oh_text_report *report);
void oh_text_controls(struct oh_text_report *report);
void oh_text_precisions(struct oh_text_report *report);
void oh_text_expectations(struct oh_text_report *report);
void oh_text_warnings(struct oh_text_report *report);

#endif
