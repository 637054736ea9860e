/* What a calibration's answer is worth: how exactly luck and tolerances let the unknowns be known, and in which directions
 * they may move without any target noticing. Private to the calibration. */
#ifndef OH_STUDY_DIRECTIONS_H
#define OH_STUDY_DIRECTIONS_H

#include "study/evaluate.h"

/* Fills in estimates, leeways and directions at the best point, from central differences around it. Nothing is filled in
 * if the evaluator may not go on. */
void oh_directions_find(struct oh_evaluator *e, const struct oh_point *best,
                        struct oh_calibration *found);

#endif
