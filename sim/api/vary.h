/* PATH=VALUES: what a sweep varies. Values are a list, `a,b,c`, and ranges, `LO..HI..STEP`, in any unit: `20..40..2`,
 * `3min..5min..30s`, `80%..120%..10%`. A comma inside brackets or quotes belongs to its value. */
#ifndef OH_API_VARY_H
#define OH_API_VARY_H

#include "base/arena.h"
#include "base/text.h"
#include "measure/sweep.h"

enum { OH_MOST_VALUES = 10000 };

/* What follows the path's '='. false, with the reason in `problem`, if these are no values. */
bool oh_vary_values(const char *text, struct oh_arena *arena, struct oh_varied *into,
                    struct oh_text *problem);

/* "PATH=VALUES". */
bool oh_vary_read(const char *text, struct oh_arena *arena, struct oh_varied *into,
                  struct oh_text *problem);

/* A text as a quantity of whatever unit it shows, in SI; NAN if it is none. */
double oh_vary_number(const char *text);

#endif
