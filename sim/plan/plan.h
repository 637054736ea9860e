/* The plan: a scenario compiled for the engine. Names are indices, rates and schedules are arrays in absolute time,
 * durations are seconds in distributions and microseconds everywhere else. Const once made; shared by threads.
 *
 * Time 0 is midnight at the start of the first day (of the run, where there are no opening hours). */
#ifndef OH_PLAN_PLAN_H
#define OH_PLAN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "measure/layout.h"
#include "plan/way.h"
#include "random/dist.h"
#include "random/luck.h"
#include "scenario/choices.h" /* oh_order, oh_full and the other choices of the language */

#define OH_US_PER_S   INT64_C(1000000)
#define OH_US_PER_DAY (INT64_C(86400) * OH_US_PER_S)
#define OH_FOREVER    INT64_MAX
#define OH_NONE       UINT32_MAX

enum oh_arrival_kind { OH_NO_ARRIVALS, OH_POISSON, OH_RENEWAL };

/* A random factor on the rate of a day, own to a type or shared. */
struct oh_plan_factor {
    const char *name;
    uint64_t luck_name; /* oh_luck_name("factor", name) */
    const struct oh_dist *dist;
};

/* Why a customer may try again. */
enum oh_cause {
    OH_AFTER_ABANDON,
    OH_AFTER_BUSY,
    OH_AFTER_DISCONNECT,
    OH_AFTER_CLOSED,
    OH_AFTER_UNRESOLVED,
    OH_N_CAUSES
};

struct oh_plan_retry {
    struct oh_plan_chance chance; /* ordinal: the how-many-eth redial of this cause */
    const struct oh_dist *delay;
    uint32_t at_most; /* redials of this cause; OH_NONE: no limit */
    uint32_t n_to;
    const uint32_t *to; /* contact types of the next attempts, as the ordinal says */
};

struct oh_plan_type {
    const char *name;
    uint64_t luck_name; /* oh_luck_name("contact", name) */
    enum oh_arrival_kind arrivals;
    struct oh_steps
        rate_per_s; /* Poisson; already 0 while closed is NOT implied: arrivals outside hours are 'closed' */
    const double
        *rate_slope; /* per s^2, [n]: the rate changes evenly in each step; NULL: it never does */
    const double *cumulative; /* expected count from 0 to rate_per_s.start_us[i]; [n] (rate.h) */
    struct oh_dist_steps gap; /* renewal */
    uint32_t n_factors;
    const uint32_t *factor_ix; /* the day's rate is multiplied by all of them */
    struct oh_dist_steps patience;
    const struct oh_dist_steps *talk;    /* [n_groups] */
    const struct oh_dist_steps *wrap_up; /* [n_groups] */
    struct oh_plan_chance balk;
    uint32_t priority;   /* 1 is first */
    int64_t queue_limit; /* -1: none */
    double
        queue_limit_per_agent; /* < 0: none; times agents on duty that handle the type, rounded down */
    enum oh_full when_full;
    int64_t max_wait_us; /* OH_FOREVER: none */
    enum oh_at_max_wait at_max_wait;
    struct oh_plan_retry retry[OH_N_CAUSES];
    uint32_t retry_at_most; /* over all causes */
    uint32_t n_groups;
    const uint32_t *group_ix; /* groups that handle it, preferred first */
    struct oh_plan_way way;
};

struct oh_plan_group {
    const char *name;
    uint64_t luck_name;        /* oh_luck_name("group", name) */
    struct oh_steps scheduled; /* people */
    struct oh_steps on_duty;   /* after shrinkage; equals scheduled where absence is drawn */
    uint32_t most;             /* the largest count that on_duty takes */
    enum oh_shrinkage_as shrinkage_as;
    struct oh_steps shrinkage; /* probability of absence where drawn */
    enum oh_on_leave on_leave;
    uint32_t n_types;
    const uint32_t *type_ix; /* types handled, preferred first */
};

struct oh_opening {
    int64_t open_us, close_us; /* attempts at open <= t < close are let in */
    uint32_t day;              /* 0-based */
};

struct oh_plan {
    struct oh_arena *arena; /* owns the plan */
    const char *name, *file, *digest, *variant;
    const char *overrides; /* values set beside the file, "path=value" a line; NULL: none */
    int64_t
        end_us; /* events at or after this do not happen (with opening hours: nobody calls any more, but who is in is finished) */
    int64_t warm_up_us;     /* the window is [warm_up_us, end_us) */
    uint32_t start_weekday; /* 0 = monday */
    bool has_hours;
    uint32_t n_openings; /* without opening hours: one, the whole run */
    const struct oh_opening *openings;
    enum oh_at_close at_close;
    struct oh_layout layout;
    const uint32_t *
        cell_of_interval; /* [n_intervals] cell for attempts and time in the j-th interval from time 0;
                                         OH_SLOT_OUTSIDE before the warm-up (an interval cut by its end: by time) */
    uint32_t n_intervals;
    uint32_t n_types, n_groups, n_factors;
    const struct oh_plan_type *types;
    const struct oh_plan_group *groups;
    const struct oh_plan_factor *factors;
    uint32_t lines;      /* OH_NONE: no limit */
    int64_t queue_limit; /* of all types together; -1: none */
    enum oh_order order;
    enum oh_agent_choice agent_choice;
    bool
        has_ways; /* some type has more of a way than queue and talk, or contacts change their type */
    uint64_t replications, seed;
    double confidence;
};

/* The step that holds at time t (linear from a hint, binary otherwise). */
static inline uint32_t oh_steps_at(const int64_t *start_us, uint32_t n, int64_t t) {
    uint32_t low = 0, high = n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (start_us[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}
static inline const struct oh_dist *oh_dist_steps_at(const struct oh_dist_steps *steps, int64_t t) {
    return steps->n == 1 ? steps->dist[0] : steps->dist[oh_steps_at(steps->start_us, steps->n, t)];
}

/* What the command line may say beside the scenario. Zeroed: all as the scenario says. */
enum oh_interval_rows {
    OH_INTERVALS_DEFAULT, /* average */
    OH_INTERVALS_NONE,
    OH_INTERVALS_AVERAGE, /* one row for each interval of each weekday */
    OH_INTERVALS_EACH     /* one row for each interval of each day */
};
struct oh_plan_options {
    enum oh_interval_rows intervals;
    uint64_t replications; /* 0: the scenario's */
    bool has_seed;
    uint64_t seed;
    double confidence; /* 0: the scenario's */
};

/* Compiles a decoded scenario (scenario/scenario.h). Problems that show only here (a CSV that is too short, a day without
 * a value, shrinkage rounding off by more than 2%) go to diagnostics; NULL if any is an error. `options` may be NULL.
 * Distributions and names are the scenario's: its arena must outlive the plan. */
struct oh_scenario;
struct oh_plan *oh_plan_compile(const struct oh_scenario *scenario,
                                const struct oh_plan_options *options,
                                struct oh_diagnostics *diagnostics);
void oh_plan_destroy(struct oh_plan *plan); /* NULL allowed */

/* All of the plan as text, for tests that compare plans: equal plans give equal texts. */
void oh_plan_print(const struct oh_plan *plan, struct oh_text *to);

#endif
