/* What queueing theory says about a plan that is not quite one of its models: good enough to start a search from. */
#ifndef OH_STUDY_ROUGH_H
#define OH_STUDY_ROUGH_H

#include "plan/plan.h"

struct oh_rough;

/* The busiest contact type and the group that serves it first, with mean rates, mean staff and mean times; without
 * redials and what else happens on a call's way. NULL where theory has no answer. To be freed with free();
 * the plan must live as long. */
struct oh_rough *oh_rough_create(const struct oh_plan *plan);

/* The metric of a path; NAN if this is not one that it knows: of other types, of groups but occupancy. */
double oh_rough_metric(const struct oh_rough *rough, const char *path);

#endif
