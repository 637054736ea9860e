/* A scenario with some of its values changed, on the same callers. */
#ifndef ONHOLD_SWEEP_H
#define ONHOLD_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

#include <onhold/error.h>
#include <onhold/result.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;
struct onhold_sweep;

/* What takes which values: a list, "exponential(3min), exponential(4min)", or a range, "20..40..2", "3min..5min..30s". */
struct onhold_parameter {
    const char *path; /* "agents.desk.count" */
    const char *values;
};

/* Zero means the default. */
struct onhold_sweep_options {
    struct onhold_run_options run; /* of each cell */
    const char *const *metrics;    /* paths such as "total.reached"; NULL: some that are worth it */
    size_t n_metrics;
    bool zip; /* the i-th values of all together; else each with each, the last fastest */
    const char *
        goal; /* "service_level >= 80%": seeks the first value of a single parameter that meets it; NULL: all
                         cells are run */
};

/* `options` may be NULL. NULL if parameters, values or metrics are wrong, or it was stopped before anything was run. */
ONHOLD_API struct onhold_sweep *onhold_sweep(const struct onhold_scenario *scenario,
                                             const struct onhold_parameter *parameters, size_t n,
                                             const struct onhold_sweep_options *options,
                                             struct onhold_error **error);

ONHOLD_API size_t onhold_sweep_cells(const struct onhold_sweep *sweep);

/* The value of a parameter in a cell, as it would be written: "24"; NULL if there is no such cell or parameter. */
ONHOLD_API const char *onhold_sweep_setting(const struct onhold_sweep *sweep, size_t cell,
                                            size_t parameter);

/* The metric of a path in a cell. false, with *estimate as it was, if there is none, or the cell was not run. */
ONHOLD_API bool onhold_sweep_find(const struct onhold_sweep *sweep, size_t cell, const char *path,
                                  struct onhold_estimate *estimate);

/* The cell whose value is the first to meet the goal; false, with *cell as it was, if there is none or it is not
 * decided. What was found, in words, to be freed with free(); NULL without a goal. */
ONHOLD_API bool onhold_sweep_goal(const struct onhold_sweep *sweep, size_t *cell);
ONHOLD_API char *onhold_sweep_verdict(const struct onhold_sweep *sweep);

ONHOLD_API bool onhold_sweep_is_complete(const struct onhold_sweep *sweep); /* not stopped early */

/* The whole sweep as `onhold sweep --format FORMAT` prints it: "text", "json" or "csv". To be freed with free(); NULL if
 * there is no such format. */
ONHOLD_API char *onhold_sweep_print(const struct onhold_sweep *sweep, const char *format);

ONHOLD_API void onhold_sweep_destroy(struct onhold_sweep *sweep); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
