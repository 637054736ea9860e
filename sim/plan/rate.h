/* The rate of a type's Poisson arrivals, and the count that it amounts to. */
#ifndef OH_PLAN_RATE_H
#define OH_PLAN_RATE_H

#include "plan/plan.h"

/* Seconds from the start of step `i`. */
static inline double oh_rate_seconds(const struct oh_steps *rate, uint32_t i, int64_t at_us) {
    return (double)(at_us - rate->start_us[i]) * 1e-6;
}

/* The rate in step `i`, so many seconds after its start. */
static inline double oh_rate_in_step(const struct oh_plan_type *type, uint32_t i, double seconds) {
    double rise = type->rate_slope != NULL ? type->rate_slope[i] * seconds : 0;
    return type->rate_per_s.value[i] + rise;
}

static inline double oh_rate_at(const struct oh_plan_type *type, int64_t at_us) {
    const struct oh_steps *rate = &type->rate_per_s;
    uint32_t i = oh_steps_at(rate->start_us, rate->n, at_us);
    return oh_rate_in_step(type, i, oh_rate_seconds(rate, i, at_us));
}

/* The expected count of a step from its start on: the mean of the rates at both ends times the time. */
static inline double oh_rate_count(const struct oh_plan_type *type, uint32_t i, double seconds) {
    return oh_rate_in_step(type, i, 0.5 * seconds) * seconds;
}

/* The expected count from 0 to a time, busyness left aside. */
static inline double oh_rate_until(const struct oh_plan_type *type, int64_t at_us) {
    const struct oh_steps *rate = &type->rate_per_s;
    uint32_t i = oh_steps_at(rate->start_us, rate->n, at_us);
    return type->cumulative[i] + oh_rate_count(type, i, oh_rate_seconds(rate, i, at_us));
}

#endif
