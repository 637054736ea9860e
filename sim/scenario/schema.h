/* The schema: one table, one row a key of the scenario language. A row parses, bounds, defaults, documents and prints its
 * key; a new key is a new row (and a member of a struct in scenario.h).
 *
 * A path is made of keys and `*`, which stands for a name that the user chooses: contacts.*.queue.limit. */
#ifndef OH_SCENARIO_SCHEMA_H
#define OH_SCENARIO_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/names.h"
#include "base/text.h"
#include "base/units.h"

struct oh_kind; /* what a value is: how it is read and printed; private to scenario/ (kinds.h) */

enum oh_changes {
    OH_STAYS,        /* one value for the whole run */
    OH_BY_WEEKDAY,   /* or a day-of-week map */
    OH_OVER_THE_DAY, /* or a clock map, a day-of-week map, a CSV column */
};

enum {
    OH_REQUIRED = 1,
    OH_NOT_MODEL = 2,      /* says nothing about the model: no part of the digest */
    OH_FINITE = 4,         /* a distribution with a finite mean */
    OH_POSITIVE_MEAN = 8,  /* and a mean above 0 */
    OH_ANY_NAME = 16,      /* of a map: its keys are no names (paths of metrics) */
    OH_FIXED_NAMES = 32,   /* of a map: overrides cannot add names */
    OH_MAY_BE_EMPTY = 128, /* of a list of names: [] is none of them */
    OH_MAY_REPEAT = 64 /* of a list of names: its order counts, and a name may stand in it twice */
};

struct oh_key {
    const char *path;
    const struct oh_kind *kind;
    enum oh_unit unit; /* of quantities */
    enum oh_changes changes;
    unsigned flags;
    double least, most;   /* bounds of quantities, inclusive, SI; of a map: the most names */
    unsigned depends;     /* of chances: what they may depend on, bits 1 << enum oh_chance_by */
    const char *fallback; /* default, as one would write it; NULL: none */
    const struct oh_name *choices; /* of a choice, ended by a NULL name */
    const char *about, *example;   /* a paragraph; a value */
    size_t offset;       /* in the struct of the innermost named map above it, or in the scenario */
    size_t element_size; /* of a named map: its elements */
};

size_t oh_schema_rows(const struct oh_key **rows);
/* The row of a concrete path ("contacts.calls.talk") or of a pattern; NULL if there is none. */
const struct oh_key *oh_schema_find(const char *path);

const char *oh_key_kind_name(const struct oh_key *key); /* "duration", "distribution", "map", … */
void oh_key_print_values(const struct oh_key *key,
                         struct oh_text *to); /* what may be written, in words */

/* Explains a key by its path, its pattern or its last words ("limit", "queue.limit"): all keys that match. Returns how
 * many did. */
size_t oh_explain_key(const char *topic, struct oh_text *to);
/* The key reference as Markdown, a section for each top-level key. */
void oh_schema_reference(struct oh_text *to);

/* The whole language as JSON Schema, draft 7, for editors (json_schema.c). `metric_path`: a regular expression for the
 * keys of maps whose names are paths of metrics, which this room knows nothing of. */
void oh_schema_json(const char *metric_path, struct oh_text *to);

#endif
