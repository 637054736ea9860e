/* The writers of the table in report.c. Private to report/. */
#ifndef OH_REPORT_WRITERS_H
#define OH_REPORT_WRITERS_H

#include "base/text.h"
#include "report/report.h"

oh_report_fn oh_report_text, oh_report_json, oh_report_csv;
oh_checks_fn oh_check_text, oh_check_json, oh_check_csv;
oh_comparison_fn oh_compare_text, oh_compare_json, oh_compare_csv;
oh_sweep_fn oh_sweep_text, oh_sweep_json, oh_sweep_csv;
oh_calibration_fn oh_calibrate_text, oh_calibrate_json, oh_calibrate_csv;

/* A field quoted where it must be, and a comma with a number, which may be none. */
void oh_csv_put_field(const char *text, FILE *to);
void oh_csv_put_number(double value, FILE *to);

/* A line of the CSV comparison. */
struct oh_csv_difference {
    const char *a, *b, *metric, *day, *start;
    const struct oh_paired *paired;
    const char *unit;
};
void oh_compare_csv_line(const struct oh_csv_difference *line, FILE *to);

/* What formulas say beside the simulation (beside_out.c): a member's value, and lines of the CSV comparison. */
void oh_beside_json(const struct oh_comparison *comparison, FILE *to);
void oh_beside_csv(const struct oh_comparison *comparison, FILE *to);

/* What a metric is, its parameter filled in: "wait that 90% of those answered do not exceed". */
void oh_use_title_print(const struct oh_use *use, struct oh_text *to);

/* "monday" to "sunday" for 0 to 6. */
const char *oh_weekday_name(uint32_t weekday);
/* Seconds of the day as "07:00", or "07:00:30" where they are no whole minutes. */
const char *oh_clock_print(uint32_t seconds, char *buffer, size_t size);

#endif
