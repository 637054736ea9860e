#include "plan/outside.h"

#include "base/text.h"
#include "plan/rate.h"

/* The first closing time at which the last step of the day goes on; NULL if the rate does not step, or stops there. */
static const struct oh_opening *goes_on_after(const struct oh_compiler *c,
                                              const struct oh_contact *contact,
                                              const struct oh_plan_type *type) {
    if (contact->rate.form == OH_CONSTANT)
        return NULL;
    for (uint32_t i = 0; i < c->plan->n_openings; i++) {
        const struct oh_opening *opening = &c->plan->openings[i];
        if (opening->close_us % OH_US_PER_DAY != 0 && oh_rate_at(type, opening->close_us) > 0)
            return opening;
    }
    return NULL;
}

void oh_outside_hours_warn(struct oh_compiler *c, const struct oh_contact *contact,
                           const struct oh_plan_type *type) {
    const struct oh_plan *plan = c->plan;
    if (!plan->has_hours || contact->retry[OH_AFTER_CLOSED].is_given ||
        contact->when_closed != OH_CLOSED_TURNED_AWAY)
        return;
    double all = oh_rate_until(type, plan->end_us), inside = 0;
    for (uint32_t i = 0; i < plan->n_openings; i++)
        inside += oh_rate_until(type, plan->openings[i].close_us) -
                  oh_rate_until(type, plan->openings[i].open_us);
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
    oh_number_print(oh_rate_at(type, last->close_us) * 3600, 6, rate, sizeof rate);
    oh_diag_add(c->diagnostics, OH_MSG_OUTSIDE_HOURS, contact->rate.place,
                oh_arena_printf(c->arena, "add '%s: 0/h'", clock),
                "%s/h go on after closing at %s: %s%% of '%s' count as closed", rate, clock, share,
                contact->name);
}
