/* Arrivals outside opening hours. Private to plan/. */
#ifndef OH_PLAN_OUTSIDE_H
#define OH_PLAN_OUTSIDE_H

#include "plan/steps.h"

/* Warns of Poisson arrivals that count as closed, where no retry.after_closed says that they are meant. Needs the plan's
 * openings, and the type's rate and cumulative counts. */
void oh_outside_hours_warn(struct oh_compiler *compiler, const struct oh_contact *contact,
                           const struct oh_plan_type *type);

#endif
