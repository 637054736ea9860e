/* onhold validate: check scenarios, and print their canonical form. */
#include "cli/load.h"

struct validate {
    bool print;
};

static bool take_print(struct oh_request *request, const char *value) {
    ((struct validate *)request->own)->print = true;
    return true;
}

static const struct oh_option options[] = {
    {"print", 0, NULL, OH_FOR_OWN, take_print,
     "print the canonical form, with the variant and overrides applied"},
};

static void print_canonical(const struct oh_request *request, const struct oh_model *model) {
    struct oh_text text = {0};
    oh_scenario_print(model->scenario, &text);
    if (request->n_arguments > 1)
        printf("# %s\n", model->scenario->file);
    fputs(text.data, stdout);
    oh_text_fini(&text);
}

/* Unless one variant was asked for, all are checked; each speaks only if it has more to say than the base. */
static int validate_variants(const struct oh_request *request, const struct oh_model *base,
                             const char *path) {
    int code = OH_EXIT_DONE;
    for (uint32_t i = 0; request->variant == NULL && i < base->scenario->variants.n; i++) {
        struct oh_model model;
        int result = oh_load_quietly(&model, request, path, base->scenario->variants.items[i].name);
        if (result != OH_EXIT_DONE ||
            oh_diag_warnings(model.diagnostics) > oh_diag_warnings(base->diagnostics))
            oh_print_problems(&model, request);
        code = oh_exit_worse(code, result);
        oh_model_fini(&model);
    }
    return code;
}

static int validate_file(const struct oh_request *request, const char *path) {
    struct oh_model model;
    int code = oh_load(&model, request, path);
    if (code == OH_EXIT_DONE)
        code = validate_variants(request, &model, path);
    if (code == OH_EXIT_DONE) {
        if (((const struct validate *)request->own)->print)
            print_canonical(request, &model);
        else if (!request->quiet)
            printf("%s: valid\n", path);
    }
    oh_model_fini(&model);
    return code;
}

static int run(struct oh_request *request) {
    if (request->n_arguments == 0)
        return oh_refuse(request, "say which scenario: 'onhold validate FILE'");
    int code = OH_EXIT_DONE;
    for (size_t i = 0; i < request->n_arguments; i++)
        code = oh_exit_worse(code, validate_file(request, request->arguments[i]));
    return code;
}

const struct oh_command oh_command_validate = {
    .name = "validate",
    .synopsis = "onhold validate SCENARIO... [OPTION]...",
    .about = "check scenarios without running them",
    .doc = "Reads each scenario, with all its variants, and reports every problem with its place.\n"
           "--print writes the canonical form instead of 'valid': keys in their order, values in\n"
           "their units, defaults left out; reading it gives the same model.",
    .examples = "  onhold validate scenarios/tutorial/*.yaml\n"
                "  onhold validate --print --set agents.desk.count=12 desk.yaml\n",
    .groups = OH_FOR_SCENARIO,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct validate),
    .run = run};
