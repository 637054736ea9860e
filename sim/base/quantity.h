/* Reads a quantity and reports what is wrong with it: oh_unit_parse in the words of messages. */
#ifndef OH_BASE_QUANTITY_H
#define OH_BASE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/units.h"

/* The whole of `text` (`length` bytes, shown at `place`) as a quantity. false, with one problem added, if it is none. */
bool oh_quantity_read(enum oh_unit unit, const char *text, size_t length, struct oh_place place,
                      double *value, struct oh_diagnostics *diagnostics);

/* "a duration", "a share": what is expected, for messages. */
const char *oh_unit_title(enum oh_unit unit);

#endif
