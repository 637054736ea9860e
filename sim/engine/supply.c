#include "engine/supply.h"

#include <math.h>

#include "plan/rate.h"
#include "random/real.h"

/* ---- periods: days for Poisson arrivals; openings, or the whole run, for renewal arrivals ---- */

static double draw_busyness(const struct oh_supply *supply, uint32_t day) {
    double busyness = 1;
    for (uint32_t i = 0; i < supply->type->n_factors; i++) {
        const struct oh_plan_factor *factor = &supply->plan->factors[supply->type->factor_ix[i]];
        oh_key key = oh_luck_stream(supply->root, factor->luck_name, day);
        busyness *= oh_dist_draw(factor->dist, key, 0, 0, OH_FOR_BUSYNESS);
    }
    return busyness > 0 ? busyness : 0;
}

static void set_busyness(struct oh_supply *supply, uint32_t day) {
    supply->busy_day = day;
    supply->busyness = draw_busyness(supply, day);
}

static bool begin_poisson_day(struct oh_supply *supply) {
    int64_t start = (int64_t)supply->period_ix * OH_US_PER_DAY;
    if (start >= supply->plan->end_us)
        return false;
    int64_t end = start + OH_US_PER_DAY;
    supply->period_end_us = end < supply->plan->end_us ? end : supply->plan->end_us;
    supply->day = supply->period_ix;
    supply->base = oh_rate_until(supply->type, start);
    supply->point = 0;
    supply->placed_us = start;
    supply->step =
        oh_steps_at(supply->type->rate_per_s.start_us, supply->type->rate_per_s.n, start);
    return true;
}

static bool begin_renewal_period(struct oh_supply *supply) {
    if (supply->period_ix >= supply->plan->n_openings)
        return false;
    const struct oh_opening *opening = &supply->plan->openings[supply->period_ix];
    supply->period_end_us = opening->close_us;
    supply->day = supply->plan->has_hours ? opening->day : 0;
    supply->point = (double)opening->open_us * 1e-6;
    return true;
}

static uint32_t expected_callers(const struct oh_supply *supply) {
    if (supply->type->arrivals == OH_RENEWAL)
        return OH_SUPPLY_BATCH;
    double mean =
        (oh_rate_until(supply->type, supply->period_end_us) - supply->base) * supply->busyness;
    double enough = mean + 3 * sqrt(mean) + 2;
    return enough < 4e9 ? (uint32_t)enough : UINT32_MAX;
}

static void begin_period(struct oh_supply *supply) {
    bool poisson = supply->type->arrivals == OH_POISSON;
    if (!(poisson ? begin_poisson_day(supply) : begin_renewal_period(supply))) {
        supply->over = true;
        return;
    }
    supply->period_ix++;
    supply->key = oh_luck_stream(supply->root, supply->type->luck_name, supply->day);
    set_busyness(supply, supply->day);
    supply->next_number = 0;
    supply->expected = expected_callers(supply);
    supply->exhausted = false;
}

/* ---- the batch ---- */

/* Time at which the cumulative rate reaches `target`, or the period's end if it does not. */
typedef int64_t inverse(struct oh_supply *supply, double target);

static inline uint32_t find_step(struct oh_supply *supply, double target) {
    const struct oh_steps *rate = &supply->type->rate_per_s;
    const double *cumulative = supply->type->cumulative;
    uint32_t i = supply->step;
    while (i + 1 < rate->n && cumulative[i + 1] <= target)
        i++;
    supply->step = i;
    return i;
}

static inline int64_t invert_steps(struct oh_supply *supply, double target) {
    const struct oh_steps *rate = &supply->type->rate_per_s;
    uint32_t i = find_step(supply, target);
    if (!(rate->value[i] > 0))
        return supply->period_end_us;
    double seconds = (target - supply->type->cumulative[i]) / rate->value[i];
    double time = (double)rate->start_us[i] + seconds * 1e6;
    return time < (double)supply->period_end_us ? (int64_t)(time + 0.5) : supply->period_end_us;
}

/* Solves rate t + slope t^2 / 2 = count for the first t >= 0, in the form in which nothing cancels, whether the rate rises
 * or falls. */
static double seconds_until(double rate, double slope, double count) {
    if (!(count > 0))
        return rate > 0 || slope > 0 ? 0 : INFINITY;
    double there = sqrt(fmax(0, rate * rate + 2 * slope * count)); /* the rate at t */
    return rate + there > 0 ? 2 * count / (rate + there) : INFINITY;
}

/* The last bit may fall as `target` rises; the order of callers must not. */
static inline int64_t invert_lines(struct oh_supply *supply, double target) {
    const struct oh_plan_type *type = supply->type;
    const struct oh_steps *rate = &type->rate_per_s;
    uint32_t i = find_step(supply, target);
    double seconds =
        seconds_until(rate->value[i], type->rate_slope[i], target - type->cumulative[i]);
    int64_t end_us = i + 1 < rate->n ? rate->start_us[i + 1] : supply->period_end_us;
    double time = (double)rate->start_us[i] + seconds * 1e6;
    int64_t time_us = time < (double)end_us ? (int64_t)(time + 0.5) : end_us;
    if (time_us > supply->placed_us)
        supply->placed_us = time_us;
    return supply->placed_us;
}

static inline uint32_t place_poisson(struct oh_supply *supply, uint32_t n, inverse *invert) {
    double gap[OH_SUPPLY_BATCH];
    oh_log_batch(supply->gap_uniform, n, gap);
    double scale = 1 / supply->busyness;
    for (uint32_t i = 0; i < n; i++) {
        supply->point -= gap[i];
        int64_t time = invert(supply, supply->base + supply->point * scale);
        if (time >= supply->period_end_us)
            return i;
        supply->time_us[i] = time;
    }
    return n;
}

/* A gap is of the day in which it begins; on a day of busyness 0 none does. Where the next begins, OH_FOREVER if the
 * period is over. */
static int64_t begin_gap(struct oh_supply *supply) {
    for (;;) {
        int64_t at = (int64_t)(supply->point * 1e6 + 0.5);
        if (at >= supply->period_end_us)
            return OH_FOREVER;
        uint32_t day = (uint32_t)(at / OH_US_PER_DAY);
        if (day != supply->busy_day)
            set_busyness(supply, day);
        if (supply->busyness > 0)
            return at;
        supply->point = (double)(day + 1) * 86400;
    }
}

static uint32_t place_renewal(struct oh_supply *supply, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        int64_t last = begin_gap(supply);
        if (last == OH_FOREVER)
            return i;
        const struct oh_dist *gap = oh_dist_steps_at(&supply->type->gap, last);
        supply->point += oh_dist_draw_with(gap, supply->gap_uniform[i], supply->key,
                                           supply->next_number + i, 0, OH_FOR_ARRIVAL) /
                         supply->busyness;
        double time = supply->point * 1e6;
        if (!(time < (double)supply->period_end_us - 0.5))
            return i;
        supply->time_us[i] = (int64_t)(time + 0.5);
    }
    return n;
}

static uint32_t place(struct oh_supply *supply, uint32_t n) {
    if (supply->type->arrivals == OH_RENEWAL)
        return place_renewal(supply, n);
    return supply->type->rate_slope == NULL ? place_poisson(supply, n, invert_steps)
                                            : place_poisson(supply, n, invert_lines);
}

static uint32_t batch_size(struct oh_supply *supply) {
    uint32_t n = supply->expected < OH_SUPPLY_BATCH ? supply->expected : OH_SUPPLY_BATCH;
    if (n < 8)
        n = 8;
    supply->expected -= n < supply->expected ? n : supply->expected;
    return n;
}

static void draw_batch(struct oh_supply *supply) {
    supply->at = supply->n = 0;
    supply->first = supply->next_number;
    bool poisson = supply->type->arrivals == OH_POISSON;
    if (poisson && !(supply->busyness > 0)) {
        supply->exhausted = true;
        return;
    }
    uint32_t n = batch_size(supply);
    oh_luck_batch(supply->key, supply->first, n, 0, OH_FOR_ARRIVAL, supply->gap_uniform, NULL);
    uint32_t placed = place(supply, n);
    supply->exhausted = placed < n;
    supply->n = placed;
    supply->next_number += n;
    if (placed == 0)
        return;
    oh_luck_batch(supply->key, supply->first, placed, 1, OH_FOR_PATIENCE, supply->patience_uniform,
                  NULL);
    oh_luck_batch(supply->key, supply->first, placed, 1, OH_FOR_TALK, supply->talk_uniform, NULL);
}

void oh_supply_start(struct oh_supply *supply, const struct oh_plan *plan, uint32_t type_ix,
                     oh_key root) {
    supply->plan = plan;
    supply->type = &plan->types[type_ix];
    supply->root = root;
    supply->period_ix = 0;
    supply->at = supply->n = 0;
    supply->over = supply->type->arrivals == OH_NO_ARRIVALS;
    supply->exhausted = true;
}

int64_t oh_supply_peek(struct oh_supply *supply) {
    while (supply->at == supply->n) {
        if (supply->exhausted && !supply->over)
            begin_period(supply);
        if (supply->over)
            return OH_FOREVER;
        draw_batch(supply);
    }
    return supply->time_us[supply->at];
}

struct oh_caller oh_supply_take(struct oh_supply *supply) {
    uint32_t i = supply->at++;
    return (struct oh_caller){
        .time_us = supply->time_us[i],
        .number = supply->first + i,
        .day = supply->day,
        .key = supply->key,
        .patience_uniform = supply->patience_uniform[i],
        .talk_uniform = supply->talk_uniform[i],
    };
}
