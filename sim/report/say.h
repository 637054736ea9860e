/* Numbers with their intervals, for people: "43.1%" and "±0.2", "28 min 4 s" and "±9 s".
 *
 * The interval decides how many digits are worth reading. A value that does not exist is "–". Where nothing (or nothing
 * but events) was seen the interval has one side, and the margin says so: "0%" and "≤0.3%". Without an interval the
 * margin is empty. Never reads the C locale. */
#ifndef OH_REPORT_SAY_H
#define OH_REPORT_SAY_H

#include "base/text.h"
#include "measure/summary.h"

struct oh_said {
    char value[48];
    char margin[48]; /* of a share in points, without a unit; "" if there is none */
};

struct oh_said oh_say(const struct oh_estimate *estimate, enum oh_metric_unit unit);

/* How large a difference is, without its sign: "6.1 points", "12.3 s", "1,234". `half` is half the width of its interval:
 * it decides how many digits are worth reading. */
void oh_say_size(double size, double half, enum oh_metric_unit unit, struct oh_text *to);
/* Its limits, "5.8 to 6.4", "-3.1 s to 0.2 s". */
void oh_say_limits(double low, double high, enum oh_metric_unit unit, struct oh_text *to);

/* Seconds as hours, "12,345 h": for sums over agents, where days would be taken for calendar days. */
struct oh_said oh_say_hours(const struct oh_estimate *estimate);

/* "43.1% reached a person, after 28 min 4 s on average": the sentence without its precision. `unfinished`, as a share of
 * `offered`, is told where it is much: "; 40% were still waiting when the run ended". Either may be NAN. */
void oh_say_headline(const struct oh_estimate *reached, const struct oh_estimate *wait,
                     double unfinished, double offered, struct oh_text *to);

#endif
