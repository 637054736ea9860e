/* What may happen to a contact beside queue and talk: menu, transfers, conferences, call-backs, announcements, and what
 * becomes of the customer. Part of the plan; most types have none of it. */
#ifndef OH_PLAN_WAY_H
#define OH_PLAN_WAY_H

#include <stdbool.h>
#include <stdint.h>

#include "random/dist.h"
#include "scenario/choices.h"

/* A value that steps through the run: value[i] holds from start_us[i] until start_us[i + 1]. start_us[0] is 0.
 * Neighbouring equal values are merged, so n == 1 means constant. */
struct oh_steps {
    uint32_t n;
    const int64_t *start_us;
    const double *value;
};
struct oh_dist_steps {
    uint32_t n;
    const int64_t *start_us;
    const struct oh_dist *const *dist;
};

/* A share that may depend on something (scenario/choices.h says on what). */
struct oh_plan_chance {
    enum oh_chance_by by;
    uint32_t n;
    const double *at;    /* of steps */
    const double *share; /* [n]; by group: [n_groups] */
};

struct oh_plan_branch {
    uint32_t type_ix;
    bool is_wrong; /* the contact goes there, but still wants the type of the menu */
    struct oh_plan_chance chance;
};
struct oh_plan_menu {
    struct oh_plan_chance hung_up, self_served;
    uint32_t n_branches;
    const struct oh_plan_branch *branches;
};

/* After a talk: on to another queue, or a second agent. */
struct oh_plan_transfer {
    uint32_t type_ix;
    enum oh_handover how;
    struct oh_plan_chance chance;
    const struct oh_dist *together; /* NULL: the other type's talk */
    const struct oh_dist *afterwards;
    enum oh_refused if_refused;
    enum oh_none_free if_none_free;
};

struct oh_plan_overflow {
    uint32_t group_ix;
    int64_t after_us;
};

struct oh_plan_callback {
    int64_t after_us; /* -1: on arrival */
    struct oh_plan_chance accept, reach;
    const struct oh_dist *dial, *again_after;
    uint32_t tries;
    enum oh_callback_place place;
    bool is_excluded; /* from service levels */
};

struct oh_plan_announcement {
    int64_t after_us, every_us; /* every: OH_FOREVER for once */
    struct oh_plan_chance leave, patience;
};

/* What a type makes use of; tested before anything else is looked at. */
enum {
    OH_USES_MENU = 1,
    OH_USES_CALLBACK = 2,
    OH_USES_ANNOUNCEMENT = 4,
    OH_USES_OVERFLOW = 8,
    OH_USES_ESTIMATE = 16, /* the wait is estimated when it joins the queue */
    OH_USES_INTERRUPTS = 32,
    OH_USES_TRANSFERS = 64, /* or conferences */
    OH_USES_MATTER =
        128, /* not every talk settles it, or it matters what becomes of the customer */
    OH_USES_MISROUTED = 256,
    OH_USES_NEXT_OPENING = 512,
    OH_USES_WAIT_LIMIT = 1024,
    OH_USES_NIGHT = 2048 /* joins the queue while the centre is closed */
};

struct oh_plan_way {
    unsigned uses; /* OH_USES_... */
    struct oh_dist_steps menu_time;
    struct oh_plan_menu menu;
    const struct oh_dist *misrouted_talk;
    struct oh_plan_transfer misrouted; /* its type: that which the contact wants */
    uint32_t n_transfers;
    const struct oh_plan_transfer *transfers;
    struct oh_plan_chance resolved;
    uint32_t n_overflows; /* ascending in after_us, all above 0 */
    const struct oh_plan_overflow *overflows;
    struct oh_plan_callback callback;
    struct oh_plan_announcement announcement;
    int64_t max_expected_wait_us; /* OH_FOREVER: none */
    enum oh_estimator estimator;
    enum oh_interrupts interrupts;
    struct oh_plan_chance departure_resolved, departure_unresolved, departure_unreached;
    int64_t credit_us; /* urgency is growth x (wait + credit) */
    double growth;
    enum oh_at_close at_close;
};

#endif
