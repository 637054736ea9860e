/* What a run is measured by: contact types, agent groups and interval rows. Made by plan/, read by engine and measure.
 * Immutable; owned by the plan. Durations in microseconds unless the name says otherwise. */
#ifndef OH_MEASURE_LAYOUT_H
#define OH_MEASURE_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

enum oh_formula {
    OH_SL_ANSWERED_ONLY,
    OH_SL_OFFERED,
    OH_SL_ABANDONS_NEGATIVE,
    OH_SL_EARLY_ABANDONS_EXCLUDED,
    OH_SL_ABANDONS_POSITIVE,
    OH_SL_SHORT_ABANDONS_EXCLUDED,
    OH_N_FORMULAS
};

struct oh_layout_type {
    const char *name;
    int64_t answer_within_us; /* T */
    int64_t short_abandon_us; /* S */
    enum oh_formula formula;
    uint32_t n_tails;
    const int64_t *tail_us; /* ascending */
};

/* One interval row. With average days, one row stands for the same interval of a weekday on all its days. */
struct oh_layout_slot {
    uint32_t day;     /* 1-based day of the run; with average days the first such day */
    uint32_t weekday; /* 0 = monday */
    uint32_t start_s; /* of the day */
    double
        occurrences; /* how many such intervals (fractions at a cut) lie in the window: rows are per occurrence */
};

/* What the scenario makes use of: metrics that nothing feeds are left out. */
enum {
    OH_HAS_LINES = 1,
    OH_HAS_TRANSFERS = 2,
    OH_HAS_MATTER = 4, /* resolved or not; what becomes of the customer */
    OH_HAS_CALLBACKS = 8,
    OH_HAS_ESTIMATES = 16,
    OH_HAS_MONEY = 32,
    OH_HAS_EXCLUSIONS = 64 /* call-backs that a type leaves out of its service level */
};

/* Millionths of the currency per `per`, which is a number of things or microseconds: 41 USD/h is 41e6 per 3.6e9. A
 * price of 0 is none. */
struct oh_price_rate {
    double micro, per;
};
struct oh_type_prices {
    struct oh_price_rate attempt, queue_time, resolved, lost_customer;
};
struct oh_group_prices {
    struct oh_price_rate paid_time, contact;
};
struct oh_prices {
    const char *currency; /* "USD" */
    const struct oh_type_prices *types;
    const struct oh_group_prices *groups;
    struct oh_price_rate line_time;
};

struct oh_layout {
    uint32_t n_types, n_groups, n_slots;
    const struct oh_layout_type *types;
    const char *const *group_names;
    const struct oh_layout_slot *slots;
    int64_t interval_us; /* 0: no interval rows */
    bool each_day;
    unsigned has; /* OH_HAS_... */
    double confidence;
    const struct oh_prices *prices; /* NULL: none is given */
};

/* Cells per type and group: the interval rows, then two more. */
#define OH_SLOT_AFTER_HOURS(layout) ((layout)->n_slots)     /* counts in totals, in no row */
#define OH_SLOT_OUTSIDE(layout)     ((layout)->n_slots + 1) /* outside the window: counts nowhere */
#define OH_N_CELLS(layout)          ((layout)->n_slots + 2)

#endif
