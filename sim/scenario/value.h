/* A value that may change over the day and the week, as the scenario gives it: a constant, a clock map, a line between
 * clock times, a day-of-week map of these, or a column of a CSV file. All forms become courses: what holds on one day, step by step. */
#ifndef OH_SCENARIO_VALUE_H
#define OH_SCENARIO_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/names.h"
#include "base/units.h"
#include "random/dist.h"

/* The course of one day. Entry i holds from start_s[i] (seconds of the day, ascending) to the next start or midnight.
 * Before start_s[0] a rate, count or share is 0; a distribution or number is that of the first entry. */
struct oh_course {
    uint32_t n;
    bool is_constant; /* written without clock times: n is 1, start_s[0] is 0 */
    bool
        is_linear; /* numbers change evenly from each start to the next, the last of which may be midnight */
    const double *start_s;
    const double *number;              /* NULL where the value is a distribution */
    const struct oh_dist *const *dist; /* NULL where the value is a number */
};

/* Which days a course is for. The first seven are weekdays, 0 = monday. */
enum oh_days {
    OH_MONDAY,
    OH_SUNDAY = 6,
    OH_WEEKDAYS, /* monday to friday */
    OH_WEEKEND,
    OH_OTHER,     /* whatever no other entry names */
    OH_EVERY_DAY, /* written without days */
    OH_DAY_OF_RUN /* by number, from a CSV file */
};
extern const struct oh_name oh_days_names[];    /* monday ... sunday, weekdays, weekend, other */
extern const struct oh_name oh_weekday_names[]; /* monday ... sunday */

struct oh_day_course {
    enum oh_days days;
    uint32_t day; /* OH_DAY_OF_RUN: 1 is the first */
    struct oh_course course;
};

enum oh_value_form { OH_ABSENT, OH_CONSTANT, OH_BY_CLOCK, OH_BY_DAY, OH_BY_COLUMN };

/* Where a value comes from when it is a column of a CSV file; kept for printing. */
struct oh_column {
    const char *file, *column;
    const char *day, *start; /* names of columns; NULL: none */
    double per_s;            /* how long a row lasts; NAN: until the next */
    double from_s;           /* clock of the first row where there is no start column; NAN: 00:00 */
    int first_weekday;       /* of the first date, 0 = monday; -1: the days are no dates */
};

struct oh_value {
    enum oh_value_form form;
    struct oh_place place;
    uint32_t n;
    const struct oh_day_course *courses;
    const struct oh_column *column; /* OH_BY_COLUMN */
    bool is_broken;                 /* an error was found in it */
};

/* What holds on day `day` (0-based, of the run), a `weekday`: by number first, then by weekday, then weekdays and
 * weekend, then other. NULL if the value says nothing about that day. */
const struct oh_course *oh_value_on(const struct oh_value *value, uint32_t day, uint32_t weekday);

#endif
