/* Checking a scenario: against its expectations, and against a baseline. */
#ifndef ONHOLD_CHECK_H
#define ONHOLD_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <onhold/error.h>
#include <onhold/result.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;
struct onhold_check;

/* Zero means the default; so `= {0}` is a good start, and members may be added. */
struct onhold_check_options {
    const char
        *baseline; /* a file to be compared with; NULL: only the expectations of the scenario */
    bool exact;    /* the same bytes as the baseline's result, not the same within margins */
    const char
        *margins; /* "service_level=±1%, wait_answered.mean=±3%"; NULL: those of the baseline */
};

/* Checks with as many replications as it takes until all verdicts are clear or the limits of the scenario are reached.
 * Either options may be NULL. NULL if there is nothing to check, or something is wrong with the baseline. */
ONHOLD_API struct onhold_check *onhold_check(const struct onhold_scenario *scenario,
                                             const struct onhold_check_options *options,
                                             const struct onhold_run_options *run,
                                             struct onhold_error **error);

enum onhold_verdict { ONHOLD_PASS, ONHOLD_FAIL, ONHOLD_INCONCLUSIVE };

/* Of all checks: fail if one fails, else inconclusive if one is. */
ONHOLD_API enum onhold_verdict onhold_check_verdict(const struct onhold_check *check);

struct onhold_check_item {
    const char *path,
        *target; /* "total.service_level", "at least 80%"; valid as long as the check */
    enum onhold_verdict verdict;
    double value, low,
        high; /* of the metric, or of its difference from the baseline, with its interval; NAN: none */
    bool is_difference;
};

/* One check; false, with *item as it was, from the number of checks on. */
ONHOLD_API bool onhold_check_item(const struct onhold_check *check, size_t ix,
                                  struct onhold_check_item *item);

/* All of it as `onhold check --format FORMAT` prints it, "text", "json" or "csv"; or as "junit" or "github". To be freed
 * with free(); NULL if there is no such format. */
ONHOLD_API char *onhold_check_print(const struct onhold_check *check, const char *format);

ONHOLD_API void onhold_check_destroy(struct onhold_check *check); /* NULL is allowed */

/* Runs the scenario and writes a baseline of it for later checks; whole or not at all. `margins` as above, NULL: the
 * default ones. */
ONHOLD_API bool onhold_baseline_write(const struct onhold_scenario *scenario, const char *path,
                                      const char *margins, const struct onhold_run_options *run,
                                      struct onhold_error **error);

#ifdef __cplusplus
}
#endif

#endif
