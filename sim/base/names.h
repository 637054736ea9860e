/* Name tables: one table serves parsing, printing and "did you mean". */
#ifndef OH_BASE_NAMES_H
#define OH_BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct oh_name {
    const char *name;
    int value;
};

/* Looks `text` (length `n`) up in a table ended by a NULL name; returns the row or NULL. */
const struct oh_name *oh_name_find(const struct oh_name *table, const char *text, size_t n);
const char *oh_name_of(const struct oh_name *table, int value); /* NULL if absent */

/* The candidate nearest to `text` by optimal string alignment distance (transposition = 1), or NULL if none is
 * near enough to be meant (distance at most a third of the longer length, at least 1). First of equals. */
const char *oh_name_nearest(const char *text, const char *const *candidates, size_t n);

/* [A-Za-z][A-Za-z0-9_-]{0,63} */
bool oh_name_is_valid(const char *text, size_t length);

#endif
