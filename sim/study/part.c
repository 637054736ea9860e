#include "study/part.h"

#include <math.h>

#include "plan/rate.h"
#include "random/dist.h"

static bool never_retries(const struct oh_plan *plan) {
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (int cause = 0; cause < OH_N_CAUSES; cause++)
            for (uint32_t i = 0; i < plan->types[t].retry[cause].chance.n; i++)
                if (plan->types[t].retry[cause].chance.share[i] > 0)
                    return false;
    return true;
}

bool oh_part_is_counted(const struct oh_part *part) {
    for (uint32_t t = 0; t < part->plan->n_types; t++) {
        const struct oh_plan_type *type = &part->plan->types[t];
        if (oh_part_has(part, t) &&
            (type->arrivals == OH_RENEWAL || (type->way.uses & OH_USES_NEXT_OPENING) != 0))
            return true;
    }
    return !never_retries(part->plan);
}

/* Stretches of open time of an interval row, over all its days. */
struct stretch {
    const struct oh_part *part;
    uint32_t row, interval, opening;
    int64_t from_us, to_us;
};

static bool next_stretch(struct stretch *s) {
    const struct oh_plan *plan = s->part->plan;
    int64_t length = plan->layout.interval_us;
    for (; s->interval < plan->n_intervals; s->interval++, s->opening = 0) {
        if (plan->cell_of_interval[s->interval] != s->row)
            continue;
        while (s->opening < plan->n_openings) {
            const struct oh_opening *open = &plan->openings[s->opening++];
            int64_t start = (int64_t)s->interval * length;
            s->from_us = start > open->open_us ? start : open->open_us;
            s->to_us = start + length < open->close_us ? start + length : open->close_us;
            if (s->from_us < s->to_us)
                return true;
        }
    }
    return false;
}

/* The integral of steps over time, in seconds. */
static double integral(const struct oh_steps *steps, int64_t from_us, int64_t to_us) {
    double sum = 0;
    for (uint32_t i = oh_steps_at(steps->start_us, steps->n, from_us); i < steps->n; i++) {
        int64_t start = steps->start_us[i] > from_us ? steps->start_us[i] : from_us;
        int64_t end =
            i + 1 < steps->n && steps->start_us[i + 1] < to_us ? steps->start_us[i + 1] : to_us;
        if (start >= to_us)
            break;
        sum += steps->value[i] * (double)(end - start) * 1e-6;
    }
    return sum;
}

/* People on duty where absence is drawn: on average. */
static double on_duty(const struct oh_plan_group *group, int64_t from_us, int64_t to_us) {
    double present = 1;
    if (group->shrinkage_as != OH_SHRINK_FIXED)
        present -= group->shrinkage
                       .value[oh_steps_at(group->shrinkage.start_us, group->shrinkage.n, from_us)];
    return present * integral(&group->on_duty, from_us, to_us);
}

static double busyness(const struct oh_plan *plan, const struct oh_plan_type *type) {
    double factor = 1;
    for (uint32_t i = 0; i < type->n_factors; i++)
        factor *= oh_dist_mean(plan->factors[type->factor_ix[i]].dist);
    return factor;
}

struct oh_part_state oh_part_state_of(const struct oh_part *part, uint32_t row) {
    const struct oh_plan *plan = part->plan;
    struct oh_part_state state = {.count = OH_NEW_ARRAY(part->arena, plan->n_types, double)};
    struct stretch s = {.part = part, .row = row};
    while (next_stretch(&s)) {
        if (state.open_s == 0)
            state.middle_us = s.from_us + (s.to_us - s.from_us) / 2;
        state.open_s += (double)(s.to_us - s.from_us) * 1e-6;
        for (uint32_t g = 0; g < plan->n_groups; g++)
            if (part->teams->of_group[g] == part->team)
                state.agents_s += on_duty(&plan->groups[g], s.from_us, s.to_us);
        for (uint32_t t = 0; t < plan->n_types; t++)
            if (oh_part_has(part, t) && plan->types[t].arrivals == OH_POISSON)
                state.count[t] +=
                    busyness(plan, &plan->types[t]) * (oh_rate_until(&plan->types[t], s.to_us) -
                                                       oh_rate_until(&plan->types[t], s.from_us));
    }
    if (part->is_counted) {
        int offered = oh_summary_use(part->summary, "offered");
        double days = plan->layout.slots[row].occurrences;
        for (uint32_t t = 0; t < plan->n_types; t++)
            state.count[t] = oh_part_has(part, t)
                                 ? days * part->summary->rows[row].types[t].estimates[offered].value
                                 : 0;
    }
    return state;
}

double oh_part_count(const struct oh_part *part, const struct oh_part_state *state) {
    double count = 0;
    for (uint32_t t = 0; t < part->plan->n_types; t++)
        count += state->count[t];
    return count;
}

/* Talk and wrap-up of a type: groups by their people on duty. */
static double handle_of_type(const struct oh_part *part, const struct oh_plan_type *type,
                             int64_t at_us) {
    double sum = 0, people = 0;
    for (uint32_t i = 0; i < type->n_groups; i++) {
        uint32_t g = type->group_ix[i];
        double here = on_duty(&part->plan->groups[g], at_us, at_us + OH_US_PER_S);
        sum += here * (oh_dist_mean(oh_dist_steps_at(&type->talk[g], at_us)) +
                       oh_dist_mean(oh_dist_steps_at(&type->wrap_up[g], at_us)));
        people += here;
    }
    return people > 0 ? sum / people : NAN;
}

double oh_part_handle(const struct oh_part *part, const struct oh_part_state *state) {
    double sum = 0, count = oh_part_count(part, state);
    for (uint32_t t = 0; t < part->plan->n_types; t++)
        if (state->count[t] > 0)
            sum += state->count[t] / count *
                   handle_of_type(part, &part->plan->types[t], state->middle_us);
    return sum;
}
