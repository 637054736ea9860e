/* Unknowns of a scenario, found from what it is to give. */
#ifndef ONHOLD_CALIBRATE_H
#define ONHOLD_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>

#include <onhold/error.h>
#include <onhold/result.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;
struct onhold_calibration;

/* Each text as on the command line: free[i] "contacts.calls.arrivals.volume=80%..120%" or
 * "contacts.calls.patience=exponential({1min..9min})", one to four; targets[i] "total.reached=43% ± 0.5%". At most
 * `evaluations` simulations are made, 0: 300. `options` may be NULL; progress is by evaluations. NULL if a text is none,
 * an end of a range is not valid, or it was stopped before one evaluation ended. */
ONHOLD_API struct onhold_calibration *
onhold_calibrate(const struct onhold_scenario *scenario, const char *const *free, size_t n_free,
                 const char *const *targets, size_t n_targets, size_t evaluations,
                 const struct onhold_run_options *options, struct onhold_error **error);

/* The i-th unknown: a number in SI units with its limits by luck (NAN: not determined), and the text that
 * onhold_scenario_set takes. `ix` must be below the number of unknowns. */
ONHOLD_API struct onhold_estimate
onhold_calibration_value(const struct onhold_calibration *calibration, size_t ix);
ONHOLD_API const char *onhold_calibration_text(const struct onhold_calibration *calibration,
                                               size_t ix);

/* What came out for the i-th target. */
ONHOLD_API struct onhold_estimate
onhold_calibration_target(const struct onhold_calibration *calibration, size_t ix);
ONHOLD_API bool onhold_calibration_is_met(const struct onhold_calibration *calibration);

/* How many relations between the unknowns no target determines: 0, the values are the only ones that fit. */
ONHOLD_API size_t onhold_calibration_open(const struct onhold_calibration *calibration);

ONHOLD_API bool onhold_calibration_is_complete(
    const struct onhold_calibration *calibration); /* not stopped early */

/* The whole as `onhold calibrate --format FORMAT` prints it: "text", "json" or "csv". To be freed with free(); NULL if
 * there is no such format. */
ONHOLD_API char *onhold_calibration_print(const struct onhold_calibration *calibration,
                                          const char *format);

ONHOLD_API void
onhold_calibration_destroy(struct onhold_calibration *calibration); /* NULL allowed */

#ifdef __cplusplus
}
#endif

#endif
