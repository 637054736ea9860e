/* Writers: one row each. A writer sees summaries and nothing else.
 *
 * Writing is deterministic (equal summaries and options give equal bytes; text alone names the wall time), independent
 * of the C locale and of the environment, and thread-safe on different streams. */
#ifndef OH_REPORT_REPORT_H
#define OH_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "measure/calibration.h"
#include "measure/checks.h"
#include "measure/comparison.h"
#include "measure/summary.h"
#include "measure/sweep.h"

struct oh_report_options {
    bool color;   /* text: bold and red by escape sequences */
    bool verbose; /* text: also what is left out to fit a screen */
    bool rows; /* text: the interval rows; json and csv always write the rows that a summary has */
};

/* Writes `n` summaries, one scenario each. false if the stream failed (errno may say why): the caller decides what
 * becomes of the file. */
typedef bool oh_report_fn(const struct oh_summary *const *summaries, size_t n, FILE *to,
                          const struct oh_report_options *options);

/* The same of a comparison, and of a sweep. */
typedef bool oh_comparison_fn(const struct oh_comparison *comparison, FILE *to,
                              const struct oh_report_options *options);

typedef bool oh_sweep_fn(const struct oh_sweep *sweep, FILE *to,
                         const struct oh_report_options *options);

/* The same of a calibration. */
typedef bool oh_calibration_fn(const struct oh_calibration *calibration, FILE *to,
                               const struct oh_report_options *options);

/* And of checks. */
typedef bool oh_checks_fn(const struct oh_checks *checks, FILE *to,
                          const struct oh_report_options *options);

struct oh_writer {
    const char *name;      /* of --format */
    const char *extension; /* of a file in an output directory, without the dot */
    const char *about;
    oh_report_fn *write;
    oh_comparison_fn *compare;
    oh_sweep_fn *sweep;
    oh_calibration_fn *calibrate;
    oh_checks_fn *check;
};

/* What is written: summaries, a comparison, a sweep, a calibration or checks. */
struct oh_content {
    const struct oh_summary *const *summaries;
    size_t n;
    const struct oh_comparison *comparison;   /* NULL: the summaries, or */
    const struct oh_sweep *sweep;             /* this, or */
    const struct oh_calibration *calibration; /* this, or */
    const struct oh_checks *checks;           /* this */
};
/* Writes it by the function for its kind. */
bool oh_content_write(const struct oh_writer *writer, const struct oh_content *content, FILE *to,
                      const struct oh_report_options *options);

size_t oh_writers(const struct oh_writer **rows);
const struct oh_writer *oh_writer_find(const char *name); /* NULL if there is none */

/* The first line of the text report, without a line end, for progress and titles as well:
 * "43.1% reached a person, after 28 min 4 s on average (±0.2 points, ±9 s; 50 replications)". */
const char *oh_headline_print(const struct oh_summary *summary, char *buffer, size_t size);

/* Checks for those who run them by machine: JUnit's XML as Jenkins and others read it, and commands that a GitHub
 * workflow shows beside the line of the condition (those that fail, and those without an answer). */
bool oh_checks_junit(const struct oh_checks *checks, FILE *to);
bool oh_checks_github(const struct oh_checks *checks, FILE *to);

/* "pass", "fail", "inconclusive"; and what a check found, in words. */
const char *oh_verdict_name(enum oh_verdict verdict);
void oh_check_print(const struct oh_checked *of, const struct oh_check *check, struct oh_text *to);

/* What a pair shows, in words: "with staff-of-2014 6.1 points more callers reach a person (5.8 to 6.4)", "with b no
 * difference larger than 0.3 points in the service level". */
void oh_verdict_print(const struct oh_comparison *comparison, const struct oh_pair *pair,
                      struct oh_text *to);

/* What was found about a goal, in words: "14 agents are the fewest with which service_level >= 80% (81.3% ±0.4); 13 gives
 * 77.9% ±0.5". Of a sweep that has one. */
void oh_goal_print(const struct oh_sweep *sweep, struct oh_text *to);

/* Whether the targets are met, and whether they determine the unknowns: "All targets are met, but one relation is left
 * open: the values are some of many that fit". */
void oh_calibration_headline(const struct oh_calibration *calibration, struct oh_text *to);

/* "a rise of contacts.calls.patience by 10% with a rise of contacts.calls.arrivals.volume by 4% changes no target". */
void oh_direction_print(const struct oh_calibration *calibration,
                        const struct oh_direction *direction, struct oh_text *to);

#endif
