/* Scenarios of the command line, read and checked, their problems printed. */
#ifndef OH_CLI_LOAD_H
#define OH_CLI_LOAD_H

#include "api/model.h"
#include "cli/cli.h"

/* Loads `path` with the variant and overrides of the request, prints its problems on standard error (warnings not with
 * --quiet) and returns OH_EXIT_DONE or OH_EXIT_INPUT. The model is to be finished in any case. */
int oh_load(struct oh_model *model, const struct oh_request *request, const char *path,
            const char *variant);

#endif
