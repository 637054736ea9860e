#include "plan/rows.h"

#include <math.h>
#include <stdlib.h>

#include "base/assert.h"

enum { N_WEEKDAYS = 7, MOST_INTERVALS = 5000000, MOST_CELLS = 400000 };

/* ---- opening hours ---- */

/* The opening of one day; false if it is closed. */
static bool opening_on(const struct oh_time *time, uint32_t day, uint32_t weekday,
                       struct oh_opening *opening) {
    const struct oh_course *open = oh_value_on(&time->open, day, weekday);
    const struct oh_course *close = oh_value_on(&time->close, day, weekday);
    if (open == NULL || close == NULL || isnan(open->number[0]) || isnan(close->number[0]))
        return false;
    int64_t midnight_us = day * OH_US_PER_DAY;
    *opening = (struct oh_opening){midnight_us + oh_plan_microseconds(open->number[0]),
                                   midnight_us + oh_plan_microseconds(close->number[0]), day};
    return true;
}

/* Days that are open through midnight make one opening. */
static void add_opening(struct oh_opening *openings, uint32_t *n, struct oh_opening opening) {
    if (*n > 0 && openings[*n - 1].close_us == opening.open_us)
        openings[*n - 1].close_us = opening.close_us;
    else
        openings[(*n)++] = opening;
}

static void compile_openings(struct oh_compiler *c) {
    const struct oh_time *time = &c->scenario->time;
    struct oh_opening *openings = OH_NEW_ARRAY(c->arena, c->n_days, struct oh_opening);
    uint32_t n = 0;
    for (uint32_t day = 0; day < c->n_days; day++) {
        struct oh_opening opening;
        uint32_t weekday = (c->plan->start_weekday + day) % N_WEEKDAYS;
        if (opening_on(time, day, weekday, &opening))
            add_opening(openings, &n, opening);
        else
            c->is_closed_day[day] = true;
    }
    c->plan->openings = openings;
    c->plan->n_openings = n;
}

bool oh_hours_compile(struct oh_compiler *c) {
    const struct oh_time *time = &c->scenario->time;
    struct oh_plan *plan = c->plan;
    bool has_hours = time->open.form != OH_ABSENT;
    plan->start_weekday = (uint32_t)time->start_day;
    plan->has_hours = has_hours;
    plan->end_us = oh_plan_microseconds(oh_scenario_length_s(c->scenario));
    plan->warm_up_us = oh_plan_microseconds(time->warm_up_s);
    c->n_days = (uint32_t)((plan->end_us + OH_US_PER_DAY - 1) / OH_US_PER_DAY);
    c->is_closed_day = OH_NEW_ARRAY(c->arena, c->n_days, bool);
    if (!has_hours) {
        struct oh_opening *whole = OH_NEW(c->arena, struct oh_opening);
        *whole = (struct oh_opening){0, plan->end_us, 0};
        plan->openings = whole;
        plan->n_openings = 1;
        return true;
    }
    compile_openings(c);
    bool is_counted =
        plan->n_openings > 0 && plan->warm_up_us < plan->openings[plan->n_openings - 1].close_us;
    if (!is_counted)
        oh_diag_add(
            c->diagnostics, OH_MSG_NEVER_OPEN,
            oh_scenario_place(c->scenario, plan->n_openings > 0 ? "time.warm_up" : "time.open"),
            "see time.days and time.start_day", "no day of the run is open%s",
            plan->n_openings > 0 ? " after the warm-up" : "");
    return is_counted;
}

/* ---- interval rows ---- */

struct rows {
    struct oh_compiler *c;
    enum oh_interval_rows kind;
    int64_t interval_us;
    uint32_t n_intervals, per_day;
    uint32_t *cell;      /* [n_intervals] */
    double *occurrences; /* [n_keys] */
    uint32_t *first;     /* [n_keys] the first interval of a row; in the end the row's slot */
    uint32_t n_keys;
};

/* How much of interval `j` lies in the window. Opening and closing within it cut nothing: it is that interval still. */
static double share_in_window(const struct rows *r, uint32_t j) {
    const struct oh_plan *plan = r->c->plan;
    int64_t start = j * r->interval_us, end = start + r->interval_us;
    int64_t from = start > plan->warm_up_us ? start : plan->warm_up_us;
    int64_t to = !plan->has_hours && end > plan->end_us ? plan->end_us : end;
    return to > from ? (double)(to - from) / (double)r->interval_us : 0;
}

/* Whether it overlaps opening hours; `opening_ix` only moves on. */
static bool is_open_in(const struct rows *r, uint32_t j, uint32_t *opening_ix) {
    const struct oh_plan *plan = r->c->plan;
    int64_t start = j * r->interval_us, end = start + r->interval_us;
    while (*opening_ix < plan->n_openings && plan->openings[*opening_ix].close_us <= start)
        (*opening_ix)++;
    return *opening_ix < plan->n_openings && plan->openings[*opening_ix].open_us < end;
}

/* Which row an interval belongs to, in the order of rows: by weekday from the start day, or each on its own. There are
 * as many keys as intervals in a week, or in the run. */
static uint32_t key_of(const struct rows *r, uint32_t j) {
    return j % r->n_keys;
}

static void count_occurrences(struct rows *r) {
    uint32_t opening_ix = 0;
    for (uint32_t j = 0; j < r->n_intervals; j++) {
        double share = share_in_window(r, j);
        if (share <= 0 || !is_open_in(r, j, &opening_ix))
            continue;
        uint32_t key = key_of(r, j);
        if (r->occurrences[key] == 0)
            r->first[key] = j;
        r->occurrences[key] += share;
    }
}

static struct oh_layout_slot slot_of(const struct rows *r, uint32_t key) {
    uint32_t first = r->first[key], day = first / r->per_day;
    return (struct oh_layout_slot){
        .day = day + 1,
        .weekday = (r->c->plan->start_weekday + day) % N_WEEKDAYS,
        .start_s = (uint32_t)((int64_t)(first % r->per_day) * r->interval_us / OH_US_PER_S),
        .occurrences = r->occurrences[key],
    };
}

/* Numbers the keys that occur; `first` becomes the slot of each. Returns how many there are. */
static uint32_t number_slots(struct rows *r, struct oh_layout_slot *slots) {
    uint32_t n = 0;
    for (uint32_t key = 0; key < r->n_keys; key++) {
        if (r->occurrences[key] == 0)
            continue;
        if (slots != NULL) {
            slots[n] = slot_of(r, key);
            r->first[key] = n;
        }
        n++;
    }
    return n;
}

static bool is_too_many(struct oh_compiler *c, uint64_t n, uint64_t most, const char *what) {
    if (n <= most)
        return false;
    oh_diag_add(c->diagnostics, OH_MSG_TOO_MANY_ROWS,
                oh_scenario_place(c->scenario, "time.interval"),
                "give a longer time.interval, or --intervals none", "%llu %s are too many",
                (unsigned long long)n, what);
    return true;
}

/* Cells of a row are those of all types, all groups and the centre. */
static bool fits(struct oh_compiler *c, uint32_t n_slots) {
    uint64_t columns = (uint64_t)c->plan->n_types + c->plan->n_groups + 1;
    return !is_too_many(c, columns * n_slots, MOST_CELLS,
                        "cells of interval rows, contact types and agent groups");
}

static void assign_cells(struct rows *r, uint32_t n_slots) {
    struct oh_plan *plan = r->c->plan;
    uint32_t opening_ix = 0;
    plan->layout.n_slots = n_slots;
    for (uint32_t j = 0; j < r->n_intervals; j++) {
        if (share_in_window(r, j) <= 0)
            r->cell[j] = OH_SLOT_OUTSIDE(&plan->layout);
        else if (!is_open_in(r, j, &opening_ix))
            r->cell[j] = OH_SLOT_AFTER_HOURS(&plan->layout);
        else
            r->cell[j] = r->first[key_of(r, j)];
    }
}

bool oh_rows_compile(struct oh_compiler *c, enum oh_interval_rows kind) {
    struct oh_plan *plan = c->plan;
    if (kind == OH_INTERVALS_NONE)
        return true;
    struct rows r = {
        .c = c, .kind = kind, .interval_us = oh_plan_microseconds(c->scenario->time.interval_s)};
    OH_ARGUMENT(r.interval_us > 0 && r.interval_us <= OH_US_PER_DAY);
    int64_t n_intervals = (plan->end_us + r.interval_us - 1) / r.interval_us;
    if (is_too_many(c, (uint64_t)n_intervals, MOST_INTERVALS, "intervals"))
        return false;
    r.n_intervals = (uint32_t)n_intervals;
    r.per_day = (uint32_t)(OH_US_PER_DAY / r.interval_us);
    r.n_keys = kind == OH_INTERVALS_EACH ? r.n_intervals : N_WEEKDAYS * r.per_day;
    OH_INVARIANT(r.n_keys > 0);
    r.cell = OH_NEW_ARRAY(c->arena, r.n_intervals, uint32_t);
    r.occurrences = oh_calloc(r.n_keys, sizeof *r.occurrences);
    r.first = oh_calloc(r.n_keys, sizeof *r.first);
    count_occurrences(&r);
    uint32_t n_slots = number_slots(&r, NULL);
    bool is_good = fits(c, n_slots);
    if (is_good) {
        struct oh_layout_slot *slots = OH_NEW_ARRAY(c->arena, n_slots, struct oh_layout_slot);
        number_slots(&r, slots);
        assign_cells(&r, n_slots);
        plan->layout.slots = slots;
        plan->layout.interval_us = r.interval_us;
        plan->layout.each_day = kind == OH_INTERVALS_EACH;
        plan->cell_of_interval = r.cell;
        plan->n_intervals = r.n_intervals;
    }
    free(r.occurrences);
    free(r.first);
    return is_good;
}
