/* The clock: at each moment when staffing, opening hours, the interval row or the day changes, one event. */
#include <stdlib.h>

#include "base/arena.h"
#include "engine/state.h"

/* ---- the moments ---- */

struct moments {
    int64_t *at;
    uint32_t n, capacity;
    int64_t end;
};

static void add_moment(struct moments *moments, int64_t at) {
    if (at < 0 || at > moments->end)
        return;
    if (moments->n == moments->capacity) {
        moments->capacity = moments->capacity ? 2 * moments->capacity : 64;
        moments->at = oh_realloc_array(moments->at, moments->capacity, sizeof moments->at[0]);
    }
    moments->at[moments->n++] = at;
}

static void add_every(struct moments *moments, int64_t period) {
    for (int64_t at = period; at <= moments->end; at += period)
        add_moment(moments, at);
}

static void add_steps(struct moments *moments, const struct oh_steps *steps) {
    for (uint32_t i = 0; i < steps->n; i++)
        add_moment(moments, steps->start_us[i]);
}

static int compare_moments(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void oh_clock_compile(struct oh_engine *engine) {
    const struct oh_plan *plan = engine->plan;
    struct moments moments = {.end = plan->end_us};
    add_moment(&moments, 0);
    add_moment(&moments, plan->warm_up_us);
    add_moment(&moments, plan->end_us);
    add_every(&moments, OH_US_PER_DAY);
    if (plan->layout.n_slots > 0)
        add_every(&moments, plan->layout.interval_us);
    for (uint32_t i = 0; i < plan->n_openings; i++) {
        add_moment(&moments, plan->openings[i].open_us);
        add_moment(&moments, plan->openings[i].close_us);
    }
    for (uint32_t i = 0; i < plan->n_groups; i++) {
        add_steps(&moments, &plan->groups[i].on_duty);
        add_steps(&moments, &plan->groups[i].scheduled);
        if (plan->groups[i].shrinkage_as == OH_SHRINK_ABSENCE)
            add_steps(&moments, &plan->groups[i].shrinkage);
    }
    OH_INVARIANT(moments.at);
    qsort(moments.at, moments.n, sizeof moments.at[0], compare_moments);
    uint32_t n = 0;
    for (uint32_t i = 0; i < moments.n; i++)
        if (n == 0 || moments.at[i] != moments.at[n - 1])
            moments.at[n++] = moments.at[i];
    engine->ticks = moments.at;
    engine->n_ticks = n;
}

/* ---- flushing integrals into cells ---- */

static void flush_queue(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_queue *queue = &engine->queues[type_ix];
    oh_queue_touch(engine, type_ix);
    int64_t *counts = oh_counts(engine, type_ix, engine->cell);
    counts[OH_C_QUEUE_US] += queue->queue_us;
    counts[OH_C_REDIALING_US] += queue->redialing_us;
    OH_INVARIANT(!__builtin_add_overflow(queue->queue_total_us, queue->queue_us + queue->closed_us,
                                         &queue->queue_total_us));
    queue->queue_us = queue->redialing_us = queue->closed_us = 0;
}

static void flush_group(struct oh_engine *engine, uint32_t group_ix) {
    struct oh_group *group = &engine->groups[group_ix];
    oh_group_touch(engine, group_ix);
    int64_t *counts = oh_record_agent_cell(engine->record, group_ix, engine->cell);
    int64_t busy = group->talk_us + group->wrap_up_us;
    int64_t on_duty = busy + group->available_us;
    counts[OH_A_TALK_US] += group->talk_us;
    counts[OH_A_WRAP_UP_US] += group->wrap_up_us;
    counts[OH_A_AVAILABLE_US] += group->available_us;
    counts[OH_A_OVERTIME_US] += group->overtime_us;
    counts[OH_A_SCHEDULED_US] += group->scheduled_us;
    counts[OH_A_ON_DUTY_US] += on_duty;
    counts[OH_A_BREAK_US] += group->scheduled_us + group->overtime_us - on_duty;
    group->busy_total_us += busy; /* no more than is paid */
    OH_INVARIANT(!__builtin_add_overflow(
        group->paid_total_us, group->scheduled_us + group->overtime_us, &group->paid_total_us));
    group->talk_us = group->wrap_up_us = group->available_us = 0;
    group->overtime_us = group->scheduled_us = 0;
}

void oh_clock_flush(struct oh_engine *engine) {
    for (uint32_t t = 0; t < engine->plan->n_types; t++)
        flush_queue(engine, t);
    for (uint32_t g = 0; g < engine->plan->n_groups; g++)
        flush_group(engine, g);
    oh_centre_touch(engine);
    int64_t *counts = oh_record_centre_cell(engine->record, engine->cell);
    counts[OH_T_WINDOW_US] += engine->window_us;
    counts[OH_T_LINES_US] += engine->lines_us;
    engine->window_us = engine->lines_us = 0;
}

/* ---- opening and closing ---- */

static bool anybody_serves(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    for (uint32_t i = 0; i < type->n_groups; i++)
        if (oh_group_on_duty(&engine->groups[type->group_ix[i]]) > 0)
            return true;
    for (uint32_t i = 0; i < type->way.n_overflows; i++)
        if (oh_group_on_duty(&engine->groups[type->way.overflows[i].group_ix]) > 0)
            return true;
    return false;
}

void oh_clock_after_leaving(struct oh_engine *engine) {
    if (engine->open)
        return;
    for (uint32_t t = 0; t < engine->plan->n_types; t++)
        if (engine->queues[t].head != OH_NONE && !anybody_serves(engine, t) &&
            engine->plan->types[t].way.at_close != OH_CLOSE_KEEP)
            oh_contact_drop_queue(engine, t);
    for (uint32_t g = 0; g < engine->plan->n_groups; g++)
        if (oh_group_on_duty(&engine->groups[g]) > 0)
            return;
    oh_clock_flush(engine);
    engine->active = engine->finishing = false;
}

static bool is_open_at(struct oh_engine *engine, int64_t t) {
    const struct oh_plan *plan = engine->plan;
    while (engine->opening_ix < plan->n_openings &&
           plan->openings[engine->opening_ix].close_us <= t)
        engine->opening_ix++;
    return engine->opening_ix < plan->n_openings && plan->openings[engine->opening_ix].open_us <= t;
}

/* ---- staffing ---- */

static double step_value(const struct oh_steps *steps, uint32_t *cursor, int64_t t) {
    while (*cursor + 1 < steps->n && steps->start_us[*cursor + 1] <= t)
        ++*cursor;
    return steps->value[*cursor];
}

static void read_staffing(struct oh_engine *engine, uint32_t group_ix) {
    const struct oh_plan_group *plan = &engine->plan->groups[group_ix];
    struct oh_group *group = &engine->groups[group_ix];
    oh_group_touch(engine, group_ix);
    uint32_t on_duty = (uint32_t)step_value(&plan->on_duty, &group->step, engine->now);
    uint32_t scheduled =
        (uint32_t)step_value(&plan->scheduled, &group->scheduled_step, engine->now);
    if (plan->shrinkage_as == OH_SHRINK_ABSENCE) {
        double absent = step_value(&plan->shrinkage, &group->shrinkage_step, engine->now);
        on_duty = engine->open ? oh_group_present(engine, group_ix, scheduled, absent) : 0;
    }
    group->scheduled = engine->open ? scheduled : 0;
    group->target = engine->open ? on_duty : 0;
}

static void apply_staffing(struct oh_engine *engine) {
    uint32_t n = engine->plan->n_groups;
    for (uint32_t g = 0; g < n; g++)
        read_staffing(engine, g);
    for (uint32_t g = 0; g < n; g++)
        oh_group_rise(engine, g, engine->groups[g].target);
    for (uint32_t g = 0; g < n; g++)
        oh_group_fall(engine, g, engine->groups[g].target);
}

/* ---- the tick ---- */

/* Levels that stand when time begins to count are in its maxima, though nobody comes on top. */
static void raise_levels(struct oh_engine *engine) {
    uint32_t n_types = engine->plan->n_types, n_groups = engine->plan->n_groups;
    int64_t *centre = oh_centre_maxima(engine);
    for (uint32_t t = 0; t < n_types; t++) {
        oh_raise(&oh_type_maxima(engine, t)[OH_MAX_QUEUE], engine->queues[t].length);
        oh_raise(&oh_type_maxima(engine, t)[OH_MAX_REDIALING], engine->queues[t].redialing);
    }
    for (uint32_t g = 0; g < n_groups; g++)
        oh_raise(&oh_group_maxima(engine, g)[OH_MAX_BUSY],
                 engine->groups[g].talking + engine->groups[g].wrapping);
    oh_raise(&centre[OH_MAX_QUEUE], engine->waiting);
    oh_raise(&centre[OH_MAX_REDIALING], engine->redialing);
    oh_raise(&centre[OH_MAX_BUSY], engine->busy);
    oh_raise(&centre[OH_MAX_LINES], engine->lines_busy);
}

static uint32_t cell_at(const struct oh_engine *engine, int64_t t) {
    const struct oh_plan *plan = engine->plan;
    if (t < plan->warm_up_us)
        return OH_SLOT_OUTSIDE(&plan->layout);
    if (plan->layout.n_slots == 0)
        return OH_SLOT_AFTER_HOURS(&plan->layout);
    int64_t interval = t / plan->layout.interval_us;
    if (interval >= plan->n_intervals)
        return OH_SLOT_AFTER_HOURS(&plan->layout);
    uint32_t cell = plan->cell_of_interval[interval];
    return cell == OH_SLOT_OUTSIDE(&plan->layout) ? OH_SLOT_AFTER_HOURS(&plan->layout) : cell;
}

static bool is_kept(const struct oh_engine *engine, const struct oh_contact *contact) {
    bool waits = contact->state == OH_CONTACT_QUEUED || contact->state == OH_CONTACT_AWAITING;
    return waits && engine->plan->types[contact->type_ix].way.at_close == OH_CLOSE_KEEP;
}

/* After the last closing nobody redials any more, and what is kept stays so: they are pending or unfinished when the run
 * ends. */
static void stop_redials(struct oh_engine *engine) {
    for (uint32_t i = 0; i < engine->n_contacts; i++)
        if (engine->contacts[i].state == OH_CONTACT_REDIALING ||
            is_kept(engine, &engine->contacts[i]))
            oh_heap_cancel(&engine->heap, oh_contact_owner(engine, i));
    engine->ended = true;
}

static void schedule_next_tick(struct oh_engine *engine) {
    if (++engine->tick_ix < engine->n_ticks)
        oh_heap_push(&engine->heap, OH_CLOCK_OWNER, OH_EVENT_CLOCK, engine->ticks[engine->tick_ix]);
}

static bool some_close(const struct oh_engine *engine, enum oh_at_close rule) {
    for (uint32_t t = 0; t < engine->plan->n_types; t++)
        if (engine->plan->types[t].way.at_close == rule)
            return true;
    return false;
}

static void change_opening(struct oh_engine *engine, bool open) {
    bool closing = engine->open && !open;
    engine->open = open;
    engine->finishing = closing ? some_close(engine, OH_CLOSE_FINISH) : engine->finishing && !open;
    if (open)
        engine->active = true;
    apply_staffing(engine);
    for (uint32_t t = 0; closing && t < engine->plan->n_types; t++)
        if (engine->plan->types[t].way.at_close == OH_CLOSE_DROP)
            oh_contact_drop_queue(engine, t);
    if (closing)
        oh_clock_after_leaving(engine);
}

void oh_clock_tick(struct oh_engine *engine) {
    int64_t now = engine->now;
    oh_clock_flush(engine);
    engine->cell = cell_at(engine, now);
    if ((now % OH_US_PER_DAY == 0 && now > 0) || now == engine->plan->warm_up_us)
        oh_agents_end_day(engine, now > engine->plan->warm_up_us);
    if (engine->plan->has_hours && now >= engine->plan->end_us)
        stop_redials(engine);
    schedule_next_tick(engine);
    change_opening(engine, is_open_at(engine, now));
    if (engine->active && oh_in_window(engine))
        raise_levels(engine);
}

void oh_clock_start(struct oh_engine *engine) {
    engine->tick_ix = 0;
    engine->opening_ix = 0;
    engine->cell = cell_at(engine, 0);
    oh_heap_push(&engine->heap, OH_CLOCK_OWNER, OH_EVENT_CLOCK, engine->ticks[0]);
}
