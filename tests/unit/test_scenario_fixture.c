#include "test_scenario_fixture.h"

struct model model_create(void) {
    return (struct model){oh_arena_create(), oh_diag_create(), NULL, NULL};
}

void model_load(struct model *m, const char *text, const struct oh_override *overrides, size_t n,
                const char *variant) {
    m->scenario = oh_scenario_load_text(m->arena, "test.yaml", text, strlen(text), overrides, n,
                                        variant, m->diagnostics);
}

void model_compile(struct model *m, const struct oh_plan_options *options) {
    if (m->scenario != NULL)
        m->plan = oh_plan_compile(m->scenario, options, m->diagnostics);
}

void model_destroy(struct model *m) {
    oh_plan_destroy(m->plan);
    oh_diag_destroy(m->diagnostics);
    oh_arena_destroy(m->arena);
}

static void require_sound(const struct model *m, const char *text) {
    if (m->plan != NULL)
        return;
    oh_diag_print(m->diagnostics, stderr, false);
    fail_msg("not sound:\n%s", text);
}

struct model sound(const char *text) {
    struct model m = model_create();
    model_load(&m, text, NULL, 0, NULL);
    model_compile(&m, NULL);
    require_sound(&m, text);
    return m;
}

struct model sound_with(const char *text, const char *path, const char *value) {
    struct model m = model_create();
    struct oh_override override = {"--set", path, value};
    model_load(&m, text, &override, 1, NULL);
    model_compile(&m, NULL);
    require_sound(&m, text);
    return m;
}

void expect_slugs(const char *text, const char *slugs) {
    struct model m = model_create();
    struct oh_text found = {0};
    model_load(&m, text, NULL, 0, NULL);
    model_compile(&m, NULL);
    size_t n = oh_diag_errors(m.diagnostics) + oh_diag_warnings(m.diagnostics);
    for (size_t i = 0; i < n; i++)
        oh_text_printf(&found, "%s%s", i > 0 ? " " : "",
                       oh_messages[oh_diag_problem(m.diagnostics, i)->id].slug);
    if (strcmp(found.data != NULL ? found.data : "", slugs) != 0)
        fail_msg("'%s' instead of '%s' for:\n%s", found.data, slugs, text);
    oh_text_fini(&found);
    model_destroy(&m);
}

char *printed(const struct model *m) {
    struct oh_text text = {0};
    oh_scenario_print(m->scenario, &text);
    return text.data;
}

char *printed_plan(const struct model *m) {
    struct oh_text text = {0};
    oh_plan_print(m->plan, &text);
    return text.data;
}

char *file_text(const char *path) {
    struct oh_text text = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("cannot open '%s'", path);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        oh_text_append(&text, block, n);
    fclose(file);
    return text.data;
}
