/* The values of the language in JSON Schema; private to the two files json_*.c. Objects are handed over to the caller. */
#ifndef OH_SCENARIO_JSON_VALUES_H
#define OH_SCENARIO_JSON_VALUES_H

#include <jansson.h>

#include "scenario/kinds.h"

#define OH_JSON_NAME "[A-Za-z][A-Za-z0-9_-]{0,63}"
enum { OH_JSON_LONGEST_NAME = 160 /* of a definition */ };

json_t *oh_json_ref(const char *name);
json_t *oh_json_any_of(json_t *one, json_t *other); /* takes both */
json_t *oh_json_pattern(const char *pattern, const char *what);

/* What may stand for a row that is no container. Forms that several rows share are put among `forms`, the definitions.
 * A kind that json_values.c has no row for takes anything; the test of the schema says which. */
json_t *oh_json_value(json_t *forms, const struct oh_key *key);

#endif
