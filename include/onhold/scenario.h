/* Scenarios: read, override, check. */
#ifndef ONHOLD_SCENARIO_H
#define ONHOLD_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include <onhold/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_scenario;

/* Reads and checks a scenario file. NULL on failure. */
ONHOLD_API struct onhold_scenario *onhold_scenario_load(const char *path,
                                                        struct onhold_error **error);

/* The same from memory. `name` stands for the path in messages and for files that the scenario names. All is copied. */
ONHOLD_API struct onhold_scenario *onhold_scenario_read(const char *name, const char *text,
                                                        size_t length, struct onhold_error **error);

/* Overrides one value, as `--set PATH=VALUE` does: "agents.desk.count", "12". On failure the scenario is as before. */
ONHOLD_API bool onhold_scenario_set(struct onhold_scenario *scenario, const char *path,
                                    const char *value, struct onhold_error **error);

/* Uses a variant of the scenario; NULL: none. Values that were set stay set. On failure the scenario is as before. */
ONHOLD_API bool onhold_scenario_use_variant(struct onhold_scenario *scenario, const char *variant,
                                            struct onhold_error **error);

/* Warnings of the last check as lines of text; "" if there are none. Valid until the scenario changes. */
ONHOLD_API const char *onhold_scenario_warnings(const struct onhold_scenario *scenario);

ONHOLD_API void onhold_scenario_destroy(struct onhold_scenario *scenario); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
