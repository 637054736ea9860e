/* Running a scenario, and reading what came out. */
#ifndef ONHOLD_RESULT_H
#define ONHOLD_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <onhold/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;
struct onhold_result;

/* Zero means the default; so `= {0}` is a good start, and members may be added. */
struct onhold_run_options {
    uint64_t replications; /* 0: as the scenario says */
    unsigned threads;      /* 0: as many as processors; the result is the same for any number */
    bool (*stop)(void *context); /* true ends the run early; asked often, on every thread */
    void *stop_context;
    void (*progress)(void *context, uint64_t done, uint64_t of); /* from the calling thread */
    void *progress_context;
};

/* Simulates; `options` may be NULL. NULL only if the run was stopped before one replication ended. The result does not
 * need the scenario any more. */
ONHOLD_API struct onhold_result *onhold_run(const struct onhold_scenario *scenario,
                                            const struct onhold_run_options *options,
                                            struct onhold_error **error);

/* Seconds, shares from 0 to 1, or counts per replication. NAN: there is no such value; with one replication, no
 * interval. */
struct onhold_estimate {
    double value, low, high;
    const char *
        unit; /* "contacts" "share" "s" "agents" "1", or a currency such as "USD"; lives as long as the result */
};

/* The metric of a path: "total.reached", "contacts.sales.wait_answered.mean", "agents.desk.occupancy". false, with
 * *estimate as it was, if there is none. */
ONHOLD_API bool onhold_result_find(const struct onhold_result *result, const char *path,
                                   struct onhold_estimate *estimate);

/* The ids of all metrics of the run, without their scope: "reached"; NULL from the number of metrics on. */
ONHOLD_API const char *onhold_result_metric(const struct onhold_result *result, size_t ix);

ONHOLD_API uint64_t onhold_result_replications(const struct onhold_result *result);
ONHOLD_API bool
onhold_result_is_complete(const struct onhold_result *result); /* not stopped early */

/* The whole result as `onhold run --format FORMAT` prints it: "text", "json" or "csv". To be freed with free(); NULL if
 * there is no such format. */
ONHOLD_API char *onhold_result_print(const struct onhold_result *result, const char *format);

ONHOLD_API void onhold_result_destroy(struct onhold_result *result); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
