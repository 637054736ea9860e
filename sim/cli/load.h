/* Scenarios of the command line, read and checked, their problems printed. */
#ifndef OH_CLI_LOAD_H
#define OH_CLI_LOAD_H

#include "api/model.h"
#include "cli/cli.h"

/* Loads `path` with the overrides of the request and says nothing. Returns OH_EXIT_DONE or OH_EXIT_INPUT; the model is to
 * be finished in any case. */
int oh_load_quietly(struct oh_model *model, const struct oh_request *request, const char *path,
                    const char *variant);

/* The same with the request's variant, and prints the problems on standard error (warnings not with --quiet). */
int oh_load(struct oh_model *model, const struct oh_request *request, const char *path);

void oh_print_problems(const struct oh_model *model, const struct oh_request *request);

#endif
