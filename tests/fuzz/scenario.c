/* Any bytes, read as a scenario and compiled to a plan: never a crash, a leak, a hang. */
#include <stdint.h>

#include "api/model.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read can be printed, and what was printed can be read. */
static void print_and_read_again(const struct oh_scenario *scenario) {
    struct oh_text text = {0};
    struct oh_model again;
    oh_scenario_print(scenario, &text);
    oh_model_load(&again, &(struct oh_model_source){
                              .path = "printed.yaml", .text = text.data, .length = text.length});
    if (again.scenario == NULL) {
        fwrite(text.data, 1, text.length, stderr);
        oh_diag_print(again.diagnostics, stderr, false);
        __builtin_trap();
    }
    oh_model_fini(&again);
    oh_text_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct oh_model model;
    oh_model_load(&model, &(struct oh_model_source){
                              .path = "fuzz.yaml", .text = (const char *)data, .length = size});
    for (size_t i = 0; oh_diag_problem(model.diagnostics, i) != NULL; i++)
        if (oh_diag_problem(model.diagnostics, i)->text[0] == '\0')
            __builtin_trap();
    if (model.scenario != NULL)
        print_and_read_again(model.scenario);
    oh_model_fini(&model);
    return 0;
}
