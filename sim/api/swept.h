/* A value of a scenario, made larger or smaller: quantities are multiplied, as are all times inside a distribution, all
 * steps of a clock map and all items of a list. */
#ifndef OH_API_SWEPT_H
#define OH_API_SWEPT_H

#include "base/text.h"
#include "scenario/document.h"
#include "scenario/schema.h"

/* As one would write it. false if there is nothing in it that can be multiplied, or that changes: whole numbers go to
 * the next one outwards, shares stop at their bounds. */
bool oh_swept_scale(const struct oh_node *node, const struct oh_key *key, double factor,
                    struct oh_text *to);

/* Calls `take` for each value of the scenario that says how many contacts there are, how long they take, how patient they
 * are or how many serve them, with its path; not for prices, priorities and definitions of measures. */
typedef void oh_swept_fn(void *context, const char *path, const struct oh_node *node,
                         const struct oh_key *key);
void oh_swept_each(const struct oh_node *root, oh_swept_fn *take, void *context);

/* The value at a path, NULL if the scenario does not give it. */
const struct oh_node *oh_swept_find(const struct oh_node *root, const char *path);

#endif
