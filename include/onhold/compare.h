/* Comparing scenarios on the same callers. */
#ifndef ONHOLD_COMPARE_H
#define ONHOLD_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include <onhold/error.h>
#include <onhold/result.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;
struct onhold_comparison;

/* Runs two scenarios or more with the seed, replications, confidence and precision of the first: replication by
 * replication each meets the same callers. `options` may be NULL; precisions are of differences. NULL if there are fewer
 * than two scenarios, or it was stopped before one replication ended. */
ONHOLD_API struct onhold_comparison *onhold_compare(const struct onhold_scenario *const *scenarios,
                                                    size_t n,
                                                    const struct onhold_run_options *options,
                                                    struct onhold_error **error);

/* NAN: there is no such value; with one replication, no interval. */
struct onhold_difference {
    double a, b; /* the metric of either scenario */
    double difference, low,
        high; /* b - a, with its interval; intervals of all pairs hold together */
    double
        gain; /* by what factor the variance of the difference would be larger without callers in common */
    const char *unit; /* "contacts" "share" "s" "agents" "1"; static */
};

/* The difference that scenario `b` (its place in the list, from 0) makes to `a` in the metric of a path. All pairs with
 * a < b are there. false, with *difference as it was, if there is none. */
ONHOLD_API bool onhold_comparison_find(const struct onhold_comparison *comparison, size_t a,
                                       size_t b, const char *path,
                                       struct onhold_difference *difference);

/* The same in words: "with more 6.1 points more callers reach a person (5.8 to 6.4)". To be freed with free(); NULL if
 * there is none. */
ONHOLD_API char *onhold_comparison_verdict(const struct onhold_comparison *comparison, size_t a,
                                           size_t b, const char *path);

ONHOLD_API bool
onhold_comparison_is_complete(const struct onhold_comparison *comparison); /* not stopped early */

/* The whole comparison as `onhold compare --format FORMAT` prints it: "text", "json" or "csv". To be freed with free();
 * NULL if there is no such format. */
ONHOLD_API char *onhold_comparison_print(const struct onhold_comparison *comparison,
                                         const char *format);

ONHOLD_API void onhold_comparison_destroy(struct onhold_comparison *comparison); /* NULL allowed */

#ifdef __cplusplus
}
#endif

#endif
