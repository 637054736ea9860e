/* Control variates of a plan: what is known beforehand of its callers (measure/control.h).
 *
 *   arrivals  first attempts of a type less their expected number; Poisson arrivals
 *   talk      talk of those answered less their number times the mean: who is answered does not depend on the talk to come
 *   patience  abandonments less the time in the queue over the mean patience: for exponential patience, which forgets how
 *             long it has lasted, abandonments are a Poisson process that runs while somebody waits
 *
 * Talk needs one mean for all groups and times; both need contacts with nothing but queue and
 * talk, and agents who finish their talks. Patience needs a run
 * that counts from its start on: attempts count by their arrival, the time in the queue as it passes. */
#ifndef OH_STUDY_CONTROLS_H
#define OH_STUDY_CONTROLS_H

#include "measure/series.h"
#include "plan/plan.h"

struct oh_study_controls;
struct oh_study_controls *oh_study_controls_create(const struct oh_plan *plan);
void oh_study_controls_add(struct oh_study_controls *controls, const struct oh_record *record);
/* Puts the controlled estimates in place of those of the whole run, of metrics that the tally kept, and says by how much
 * they gain. Interval rows and percentiles stay as they are. */
void oh_study_controls_apply(const struct oh_study_controls *controls, const struct oh_tally *tally,
                             struct oh_summary *summary);
void oh_study_controls_destroy(struct oh_study_controls *controls); /* NULL is allowed */

#endif
