#include "cli/load.h"

int oh_load_quietly(struct oh_model *model, const struct oh_request *request, const char *path,
                    const char *variant) {
    oh_model_load(model, &(struct oh_model_source){.path = path,
                                                   .variant = variant,
                                                   .overrides = request->overrides,
                                                   .n_overrides = request->n_overrides,
                                                   .intervals = request->intervals});
    return model->plan != NULL ? OH_EXIT_DONE : OH_EXIT_INPUT;
}

int oh_load(struct oh_model *model, const struct oh_request *request, const char *path) {
    int code = oh_load_quietly(model, request, path, request->variant);
    oh_print_problems(model, request);
    return code;
}

void oh_print_problems(const struct oh_model *model, const struct oh_request *request) {
    if (!request->quiet || oh_diag_errors(model->diagnostics) > 0)
        oh_diag_print(model->diagnostics, stderr, oh_wants_color(request, stderr));
}
