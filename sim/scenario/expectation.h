/* Conditions on a metric ("43% ± 1%", "at most 5%") and margins ("±0.5%"), as in `expect:`, `run.precision`, --precision
 * and --target.
 *
 * On a share ±1% is one point; on anything else ±2% is relative; relative on a share is "±2% relative". A margin with a
 * unit of its own is absolute. "±", "+-" and "+/-" are one. */
#ifndef OH_SCENARIO_EXPECTATION_H
#define OH_SCENARIO_EXPECTATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "base/units.h"

struct oh_margin {
    enum oh_unit unit; /* SHARE: points on a share, relative on all else; else absolute */
    double value;      /* SI, > 0 */
    bool is_relative;  /* said so */
};

enum oh_expectation_kind {
    OH_EXPECT_ABOUT,
    OH_EXPECT_AT_LEAST,
    OH_EXPECT_AT_MOST,
    OH_EXPECT_BETWEEN
};

struct oh_expectation {
    enum oh_expectation_kind kind;
    enum oh_unit unit; /* of the numbers: SHARE, DURATION, RATE or NUMBER */
    double low, high;  /* SI, both still good; -INFINITY, INFINITY: no limit */
    double target;     /* ABOUT: the middle */
    struct oh_margin margin;
};

/* Both report to `diagnostics` and return false if the text is none. */
bool oh_expectation_parse(const char *text, struct oh_place place, struct oh_expectation *into,
                          struct oh_diagnostics *diagnostics);
bool oh_margin_parse(const char *text, struct oh_place place, struct oh_margin *into,
                     struct oh_diagnostics *diagnostics);

/* The half-width that a margin allows around `target`, a quantity of `unit`; NAN if the units do not go together. */
double oh_margin_resolve(const struct oh_margin *margin, enum oh_unit unit, double target);

/* Canonical text; it parses to an equal condition. */
void oh_expectation_print(const struct oh_expectation *expectation, struct oh_text *to);
void oh_margin_print(const struct oh_margin *margin, struct oh_text *to);

/* "METRIC=±X": how exactly a metric is to be known. */
struct oh_precision {
    const char *metric; /* path: "total.reached" */
    struct oh_margin margin;
    struct oh_place place;
};
struct oh_precisions {
    size_t n;
    const struct oh_precision *items;
};
/* How much of a text is its first precision: a list without brackets goes on behind a comma that has a further METRIC=
 * behind it. */
size_t oh_precision_length(const char *text);
bool oh_precision_parse(struct oh_arena *arena, const char *text, struct oh_place place,
                        struct oh_precision *into, struct oh_diagnostics *diagnostics);
void oh_precision_print(const struct oh_precision *precision, struct oh_text *to);

#endif
