#include "plan/outside.h"

#include "base/text.h"

/* The expected count up to a time. */
static double expected_until(const struct oh_plan_type *type, int64_t at_us) {
    const struct oh_steps *rate = &type->rate_per_s;
    uint32_t i = oh_steps_at(rate->start_us, rate->n, at_us);
    return type->cumulative[i] + rate->value[i] * (double)(at_us - rate->start_us[i]) * 1e-6;
}

static double rate_at(const struct oh_plan_type *type, int64_t at_us) {
    const struct oh_steps *rate = &type->rate_per_s;
    return rate->value[oh_steps_at(rate->start_us, rate->n, at_us)];
}

/* The first closing time at which the last step of the day goes on; NULL if the rate does not step, or stops there. */
static const struct oh_opening *goes_on_after(const struct oh_compiler *c,
                                              const struct oh_contact *contact,
                                              const struct oh_plan_type *type) {
    if (contact->rate.form == OH_CONSTANT)
        return NULL;
    for (uint32_t i = 0; i < c->plan->n_openings; i++) {
        const struct oh_opening *opening = &c->plan->openings[i];
        if (opening->close_us % OH_US_PER_DAY != 0 && rate_at(type, opening->close_us) > 0)
            return opening;
    }
    return NULL;
}

void oh_outside_hours_warn(struct oh_compiler *c, const struct oh_contact *contact,
                           const struct oh_plan_type *type) {
    const struct oh_plan *plan = c->plan;
    if (!plan->has_hours || contact->retry[OH_AFTER_CLOSED].is_given)
        return;
    double all = expected_until(type, plan->end_us), inside = 0;
    for (uint32_t i = 0; i < plan->n_openings; i++)
        inside += expected_until(type, plan->openings[i].close_us) -
                  expected_until(type, plan->openings[i].open_us);
    if (!(all > 0 && inside < all * (1 - 1e-9)))
        return;
    char share[32], rate[32];
    oh_number_print(100 * (1 - inside / all), 2, share, sizeof share);
    const struct oh_opening *last = goes_on_after(c, contact, type);
    if (last == NULL) {
        oh_diag_add(c->diagnostics, OH_MSG_OUTSIDE_HOURS, contact->rate.place,
                    "let the rate be 0/h then, or add retry.after_closed",
                    "%s%% of '%s' arrive outside opening hours and count as closed", share,
                    contact->name);
        return;
    }
    int minute = (int)(last->close_us % OH_US_PER_DAY / 60000000);
    const char *clock = oh_arena_printf(c->arena, "%02d:%02d", minute / 60, minute % 60);
    oh_number_print(rate_at(type, last->close_us) * 3600, 6, rate, sizeof rate);
    oh_diag_add(c->diagnostics, OH_MSG_OUTSIDE_HOURS, contact->rate.place,
                oh_arena_printf(c->arena, "add '%s: 0/h'", clock),
                "%s/h go on after closing at %s: %s%% of '%s' count as closed", rate, clock, share,
                contact->name);
}
