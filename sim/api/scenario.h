/* The public scenario, as the library sees it from inside. */
#ifndef OH_API_SCENARIO_H
#define OH_API_SCENARIO_H

#include "api/model.h"

struct onhold_scenario {
    char *name, *text; /* text NULL: name is a file */
    size_t length;
    char *variant;
    struct oh_override *overrides; /* path and value owned */
    size_t n_overrides;
    struct oh_model model;
    char *warnings;
};

struct onhold_run_options;
/* NULL: none. */
struct oh_run_options oh_public_run_options(const struct onhold_run_options *options);

#endif
