#include "plan/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "scenario/value.h"

enum { MOST_STEPS = 4000000, N_WEEKDAYS = 7 };

bool oh_steps_allow(struct oh_compiler *c, uint64_t more) {
    bool was_allowed = c->n_steps <= MOST_STEPS;
    c->n_steps += more;
    if (c->n_steps > MOST_STEPS && was_allowed)
        oh_diag_add(c->diagnostics, OH_MSG_PLAN_TOO_LARGE, oh_scenario_place(c->scenario, "time"),
                    "simulate fewer days, or use coarser clock maps",
                    "rates, counts and times change more than %d times in all", MOST_STEPS);
    return c->n_steps <= MOST_STEPS;
}

/* Steps as they grow: a cell each, a number or a distribution. */
struct cell {
    int64_t start_us;
    double number;
    const struct oh_dist *dist;
    double slope; /* of the number, per second */
};
struct growing {
    struct cell *cells;
    size_t n, capacity;
};

static void push(struct growing *g, struct cell cell) {
    if (g->n > 0) {
        const struct cell *last = &g->cells[g->n - 1];
        bool is_flat = last->slope == 0 && cell.slope == 0;
        if (is_flat && last->number == cell.number && last->dist == cell.dist)
            return;
    }
    if (g->n == g->capacity) {
        g->capacity = g->capacity > 0 ? 2 * g->capacity : 64;
        g->cells = oh_realloc_array(g->cells, g->capacity, sizeof *g->cells);
    }
    g->cells[g->n++] = cell;
}

static double slope_of(const struct oh_course *course, uint32_t i) {
    if (!course->is_linear || i + 1 == course->n)
        return 0;
    return (course->number[i + 1] - course->number[i]) /
           (course->start_s[i + 1] - course->start_s[i]);
}

/* One day's course. Before its first clock time a number is 0, a distribution is the first one. */
static void push_course(struct growing *g, const struct oh_course *course, int64_t midnight_us) {
    bool is_dist = course->dist != NULL;
    if (course->start_s[0] > 0)
        push(g, (struct cell){midnight_us, 0, is_dist ? course->dist[0] : NULL, 0});
    for (uint32_t i = 0; i < course->n; i++) {
        int64_t after_us = llround(course->start_s[i] * 1e6);
        if (after_us < OH_US_PER_DAY) /* else the end of a line */
            push(g, (struct cell){midnight_us + after_us, is_dist ? 0 : course->number[i],
                                  is_dist ? course->dist[i] : NULL, slope_of(course, i)});
    }
}

static void report_missing_day(struct oh_compiler *c, const struct oh_value *value,
                               const char *what, uint32_t day, uint32_t weekday) {
    const char *name = oh_name_of(oh_weekday_names, (int)weekday);
    bool is_short = value->n > 0 && value->courses[0].days == OH_DAY_OF_RUN;
    if (is_short)
        oh_diag_add(c->diagnostics, OH_MSG_DATA_TOO_SHORT, value->place,
                    "give time.days, or a longer file",
                    "the file says nothing about day %u of the run for %s", day + 1, what);
    else
        oh_diag_add(c->diagnostics, OH_MSG_DAY_WITHOUT_VALUE, value->place,
                    oh_arena_printf(c->arena, "add '%s:' or 'other:'", name),
                    "%s has no value on %s", what, name);
}

/* Dates in a file fix the weekday of the first day. */
static bool has_right_start(struct oh_compiler *c, const struct oh_value *value) {
    int weekday = value->column != NULL ? value->column->first_weekday : -1;
    if (weekday < 0 || weekday == (int)c->plan->start_weekday)
        return true;
    const char *name = oh_name_of(oh_weekday_names, weekday);
    oh_diag_add(c->diagnostics, OH_MSG_START_DAY, value->place,
                oh_arena_printf(c->arena, "write time.start_day: %s", name),
                "the first date in '%s' is a %s, but the run starts on a %s", value->column->file,
                name, oh_name_of(oh_weekday_names, (int)c->plan->start_weekday));
    return false;
}

static bool expand(struct oh_compiler *c, const struct oh_value *value, const char *what,
                   struct growing *g) {
    bool is_constant = value->form == OH_CONSTANT;
    bool is_reported[N_WEEKDAYS] = {false};
    bool is_good = has_right_start(c, value);
    for (uint32_t day = 0; day < (is_constant ? 1 : c->n_days); day++) {
        uint32_t weekday = (c->plan->start_weekday + day) % N_WEEKDAYS;
        const struct oh_course *course = oh_value_on(value, day, weekday);
        int64_t midnight_us = day * OH_US_PER_DAY;
        if (course != NULL) {
            if (!oh_steps_allow(c, is_constant ? 1 : course->n))
                return false;
            push_course(g, course, midnight_us);
        } else if (!c->is_closed_day[day]) {
            if (!is_reported[weekday])
                report_missing_day(c, value, what, day, weekday);
            is_reported[weekday] = true;
            is_good = false;
        } else if (value->n > 0 && value->courses[0].course.dist == NULL) {
            push(g, (struct cell){midnight_us, 0, NULL, 0});
        }
    }
    return is_good;
}

/* A closed day at the start leaves a gap before the first distribution: it is not needed there. */
static int64_t start_of(const struct growing *g, size_t i) {
    return i == 0 ? 0 : g->cells[i].start_us;
}

static const int64_t *starts_of(struct oh_arena *arena, const struct growing *g) {
    int64_t *starts = OH_NEW_ARRAY(arena, g->n, int64_t);
    for (size_t i = 0; i < g->n; i++)
        starts[i] = start_of(g, i);
    return starts;
}

static const double *slopes_of(struct oh_arena *arena, const struct growing *g) {
    double *slopes = NULL;
    for (size_t i = 0; i < g->n; i++) {
        if (g->cells[i].slope == 0)
            continue;
        if (slopes == NULL)
            slopes = OH_NEW_ARRAY(arena, g->n, double);
        slopes[i] = g->cells[i].slope;
    }
    return slopes;
}

bool oh_lines_expand(struct oh_compiler *c, const struct oh_value *value, const char *what,
                     struct oh_steps *into, const double **slope) {
    struct growing g = {0};
    bool is_good = expand(c, value, what, &g);
    if (is_good && g.n == 0)
        push(&g, (struct cell){0});
    if (is_good) {
        double *numbers = OH_NEW_ARRAY(c->arena, g.n, double);
        for (size_t i = 0; i < g.n; i++)
            numbers[i] = g.cells[i].number;
        *into = (struct oh_steps){(uint32_t)g.n, starts_of(c->arena, &g), numbers};
        *slope = slopes_of(c->arena, &g);
    }
    free(g.cells);
    return is_good;
}

bool oh_steps_expand(struct oh_compiler *c, const struct oh_value *value, const char *what,
                     struct oh_steps *into) {
    const double *slope = NULL;
    bool is_good = oh_lines_expand(c, value, what, into, &slope);
    OH_INVARIANT(slope == NULL);
    return is_good;
}

bool oh_dist_steps_expand(struct oh_compiler *c, const struct oh_value *value, const char *what,
                          struct oh_dist_steps *into) {
    struct growing g = {0};
    bool is_good = expand(c, value, what, &g);
    if (is_good && g.n == 0) /* closed on every day: never asked for */
        push(&g, (struct cell){0, 0, oh_dist_constant(c->arena, 0), 0});
    if (is_good) {
        const struct oh_dist **dists = OH_NEW_ARRAY(c->arena, g.n, const struct oh_dist *);
        for (size_t i = 0; i < g.n; i++)
            dists[i] = g.cells[i].dist;
        *into = (struct oh_dist_steps){(uint32_t)g.n, starts_of(c->arena, &g), dists};
    }
    free(g.cells);
    return is_good;
}

struct oh_steps oh_steps_combine(struct oh_arena *arena, const struct oh_steps *a,
                                 const struct oh_steps *b, oh_steps_join *join) {
    int64_t *starts = OH_NEW_ARRAY(arena, (size_t)a->n + b->n, int64_t);
    double *values = OH_NEW_ARRAY(arena, (size_t)a->n + b->n, double);
    uint32_t n = 0, i = 0, j = 0;
    for (int64_t at = 0; at != OH_FOREVER;) {
        double value = join(a->value[i], b->value[j]);
        if (n == 0 || value != values[n - 1]) {
            starts[n] = at;
            values[n++] = value;
        }
        int64_t next_a = i + 1 < a->n ? a->start_us[i + 1] : OH_FOREVER;
        int64_t next_b = j + 1 < b->n ? b->start_us[j + 1] : OH_FOREVER;
        at = next_a < next_b ? next_a : next_b;
        i += next_a == at && at != OH_FOREVER;
        j += next_b == at && at != OH_FOREVER;
    }
    return (struct oh_steps){n, starts, values};
}

struct oh_steps oh_steps_constant(struct oh_arena *arena, double value) {
    int64_t *start_us = OH_NEW(arena, int64_t);
    double *values = OH_NEW(arena, double);
    values[0] = value;
    return (struct oh_steps){1, start_us, values};
}

struct oh_dist_steps oh_dist_steps_constant(struct oh_arena *arena, double value) {
    int64_t *start_us = OH_NEW(arena, int64_t);
    const struct oh_dist **dist = OH_NEW(arena, const struct oh_dist *);
    dist[0] = oh_dist_constant(arena, value);
    return (struct oh_dist_steps){1, start_us, dist};
}

double oh_steps_largest(const struct oh_steps *steps) {
    double largest = steps->value[0];
    for (uint32_t i = 1; i < steps->n; i++)
        largest = steps->value[i] > largest ? steps->value[i] : largest;
    return largest;
}
