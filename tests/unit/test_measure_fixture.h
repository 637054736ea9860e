/* A small centre measured by hand: layout and records for the tests of measure/.
 *
 * Two contact types and two agent groups, three interval rows (the third never occurs). Numbers are distinct so that
 * a formula that takes the wrong one is off. Minutes and seconds are written in seconds. */
#ifndef TEST_MEASURE_FIXTURE_H
#define TEST_MEASURE_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/record.h"
#include "measure/summary.h"

enum { SALES, CARE, N_TYPES };
enum { DESK, BACK, N_GROUPS };
enum { ROW_EIGHT, ROW_NINE, ROW_NEVER, N_ROWS };

struct centre {
    struct oh_layout_type types[N_TYPES];
    struct oh_layout_slot slots[N_ROWS];
    struct oh_layout layout;
};
void centre_init(struct centre *centre);

/* Fills the record with the hand-made numbers: most in the row of eight, some in that of nine and after hours, and
 * numbers that must count nowhere outside the window. */
void record_fill(struct oh_record *record);

int64_t *contact_count(const struct oh_record *record, int type, uint32_t cell, int count);
int64_t *agent_count(const struct oh_record *record, int group, uint32_t cell, int count);

/* The summary of `n` records. */
struct oh_summary *summarise(const struct oh_layout *layout, const struct oh_record *records,
                             size_t n);
/* The estimate of a path; fails the test where there is none. */
struct oh_estimate estimate_of(const struct oh_summary *summary, const char *path);

void assert_close(double actual, double expected, double relative, const char *what);

/* splitmix64 (Steele, Lea, Flood 2014), and draws from it. */
double draw_uniform(uint64_t *state); /* in (0, 1) */
double draw_exponential(uint64_t *state, double mean);
double draw_normal(uint64_t *state);

#endif
