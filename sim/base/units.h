/* Quantities with units, read and printed the same in every locale.
 *
 *   duration "20s" "1h30m" "1.5h" "250ms" "90min" "2d"   -> seconds
 *   clock    "07:00" "07:00:30" "24:00"                   -> seconds of the day
 *   rate     "120/h" "2/min" "0.5/s" "3000/d"             -> per second
 *   share    "43%" ("0.43" is a missing unit)             -> 0 to 1
 *   number   "50" "0.9" "1e3"                             -> itself; never hexadecimal, inf or nan
 *   count    "1850"                                       -> itself, integral
 *
 * Parsing never reads the C locale. */
#ifndef OH_BASE_UNITS_H
#define OH_BASE_UNITS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum oh_unit {
    OH_UNIT_NUMBER,
    OH_UNIT_COUNT,
    OH_UNIT_DURATION,
    OH_UNIT_CLOCK,
    OH_UNIT_RATE,
    OH_UNIT_SHARE,
    OH_N_UNITS
};

enum oh_parse_status {
    OH_PARSE_OK,
    OH_PARSE_NOT_A_NUMBER, /* no number where one is due */
    OH_PARSE_MISSING_UNIT, /* a bare number where a unit is due */
    OH_PARSE_WRONG_UNIT,   /* a unit, but of another kind, or unknown */
    OH_PARSE_TRAILING,     /* something behind the quantity */
    OH_PARSE_RANGE,        /* not finite, or too large for the clock */
    OH_PARSE_THOUSANDS,    /* "1,850" */
    OH_PARSE_NOT_INTEGRAL  /* a count with a fraction */
};

struct oh_parse {
    enum oh_parse_status status;
    double
        value; /* SI: seconds, per second, share; signed values are parsed, bounds are the caller's */
    size_t at, width; /* the offending part, in bytes from the start of the text */
};

/* Reads the whole text (surrounding blanks allowed). */
struct oh_parse oh_unit_parse(enum oh_unit unit, const char *text, size_t length);

/* What to write instead: "20s, 5min or 1h30m"; for messages. */
const char *oh_unit_example(enum oh_unit unit);

/* The words for units of time, in the order of the table; NULL behind the last. */
const char *oh_time_unit_name(size_t i);

/* What may be written, as a regular expression (unit_pattern.c): neither anchored nor bounded. */
void oh_unit_pattern(enum oh_unit unit, struct oh_text *to);

/* Canonical print into `buffer` (at least 48 bytes), reading back gives the same double:
 * durations in the largest unit that stays exact ("90s" "1h30m"), rates per hour when exact, shares in percent. */
const char *oh_unit_print(enum oh_unit unit, double value, char *buffer, size_t size);

#endif
