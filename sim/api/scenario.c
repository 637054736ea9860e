/* A change of a public scenario reads the whole again: simple, always checked, and quick enough. */
#include "api/scenario.h"

#include <stdlib.h>
#include <string.h>

#include <onhold/scenario.h>

#include "api/error.h"

static char *copy(const char *text, size_t length) {
    char *made = oh_malloc(length + 1);
    if (length > 0)
        memcpy(made, text, length);
    made[length] = '\0';
    return made;
}

static char *copy_text(const char *text) {
    return text != NULL ? copy(text, strlen(text)) : NULL;
}

static bool load(struct onhold_scenario *scenario, struct oh_model *model,
                 struct onhold_error **error) {
    oh_model_load(model, &(struct oh_model_source){.path = scenario->name,
                                                   .text = scenario->text,
                                                   .length = scenario->length,
                                                   .variant = scenario->variant,
                                                   .overrides = scenario->overrides,
                                                   .n_overrides = scenario->n_overrides});
    if (model->plan != NULL)
        return true;
    oh_error_set_problems(error, model->diagnostics);
    oh_model_fini(model);
    return false;
}

/* Replaces the model by one of the present settings; the old one stays if they are not valid. */
static bool reload(struct onhold_scenario *scenario, struct onhold_error **error) {
    struct oh_model model;
    if (!load(scenario, &model, error))
        return false;
    if (scenario->model.arena != NULL)
        oh_model_fini(&scenario->model);
    scenario->model = model;
    free(scenario->warnings);
    scenario->warnings = oh_problems_print(model.diagnostics);
    return true;
}

static struct onhold_scenario *create(const char *name, const char *text, size_t length,
                                      struct onhold_error **error) {
    struct onhold_scenario *scenario = oh_calloc(1, sizeof *scenario);
    scenario->name = copy_text(name);
    scenario->text = text != NULL ? copy(text, length) : NULL;
    scenario->length = length;
    if (reload(scenario, error))
        return scenario;
    onhold_scenario_destroy(scenario);
    return NULL;
}

struct onhold_scenario *onhold_scenario_load(const char *path, struct onhold_error **error) {
    return create(path, NULL, 0, error);
}

struct onhold_scenario *onhold_scenario_read(const char *name, const char *text, size_t length,
                                             struct onhold_error **error) {
    return create(name, text != NULL ? text : "", length, error);
}

static void drop_override(struct onhold_scenario *scenario) {
    const struct oh_override *last = &scenario->overrides[--scenario->n_overrides];
    free((char *)last->path);
    free((char *)last->value);
}

bool onhold_scenario_set(struct onhold_scenario *scenario, const char *path, const char *value,
                         struct onhold_error **error) {
    scenario->overrides = oh_realloc_array(scenario->overrides, scenario->n_overrides + 1,
                                           sizeof *scenario->overrides);
    scenario->overrides[scenario->n_overrides++] =
        (struct oh_override){.flag = "set", .path = copy_text(path), .value = copy_text(value)};
    if (reload(scenario, error))
        return true;
    drop_override(scenario);
    return false;
}

bool onhold_scenario_use_variant(struct onhold_scenario *scenario, const char *variant,
                                 struct onhold_error **error) {
    char *before = scenario->variant;
    scenario->variant = copy_text(variant);
    bool ok = reload(scenario, error);
    free(ok ? before : scenario->variant);
    if (!ok)
        scenario->variant = before;
    return ok;
}

const char *onhold_scenario_warnings(const struct onhold_scenario *scenario) {
    return scenario->warnings;
}

void onhold_scenario_destroy(struct onhold_scenario *scenario) {
    if (scenario == NULL)
        return;
    while (scenario->n_overrides > 0)
        drop_override(scenario);
    if (scenario->model.arena != NULL)
        oh_model_fini(&scenario->model);
    free(scenario->overrides);
    free(scenario->warnings);
    free(scenario->variant);
    free(scenario->text);
    free(scenario->name);
    free(scenario);
}
