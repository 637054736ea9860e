/* The supply of first attempts of one contact type: callers of a day, numbered, in order of time.
 *
 * Caller k of a day is point k of a unit-rate Poisson process that depends on nothing but the address (seed,
 * replication, type, day), mapped through the inverse of the cumulative rate times the day's busyness: a change of rate
 * moves callers in time, not in luck. Luck of up to OH_SUPPLY_BATCH consecutive callers is drawn at a time. */
#ifndef OH_ENGINE_SUPPLY_H
#define OH_ENGINE_SUPPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/plan.h"

enum { OH_SUPPLY_BATCH = 256 };

struct oh_caller {
    int64_t time_us; /* OH_FOREVER: there are no more */
    uint32_t number, day;
    oh_key key;
    double patience_uniform, talk_uniform;
};

struct oh_supply {
    const struct oh_plan *plan;
    const struct oh_plan_type *type;
    oh_key root;
    /* The present day (or opening, or the whole run for renewal arrivals without hours). */
    uint32_t day, period_ix;
    oh_key key;
    int64_t period_end_us;
    double
        point; /* unit-rate time of the last caller drawn, or real time of the last renewal in seconds */
    double base; /* cumulative rate at the period's start */
    double busyness;
    uint32_t busy_day;    /* the day that it is of */
    int64_t placed_us;    /* the last caller's time, where the rate changes evenly */
    uint32_t step;        /* cursor into the rate's steps */
    uint32_t next_number; /* of the first caller not yet drawn */
    uint32_t expected;    /* left in the period, for the size of a batch */
    bool exhausted;       /* the period has no callers after those in the batch */
    bool over;            /* nor has the run */
    /* The batch. */
    uint32_t first, at, n;
    int64_t time_us[OH_SUPPLY_BATCH];
    double gap_uniform[OH_SUPPLY_BATCH], patience_uniform[OH_SUPPLY_BATCH];
    double talk_uniform[OH_SUPPLY_BATCH];
};

void oh_supply_start(struct oh_supply *supply, const struct oh_plan *plan, uint32_t type_ix,
                     oh_key root);
/* The next caller in time; time_us is OH_FOREVER when there are none before the run's end. */
int64_t oh_supply_peek(struct oh_supply *supply);
struct oh_caller oh_supply_take(struct oh_supply *supply); /* the one that was peeked */

#endif
