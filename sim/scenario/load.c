#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "scenario/emit.h"
#include "scenario/extends.h"
#include "scenario/kinds.h"
#include "scenario/scenario.h"

/* ---- digest ---- */

static uint64_t hash(uint64_t state, const void *data, size_t length) { /* FNV-1a */
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++)
        state = (state ^ bytes[i]) * UINT64_C(1099511628211);
    return state;
}

/* Of the canonical form of the model and of the data files that it names; not of what does not change what is
 * simulated: title, run, expectations, variants. */
static const char *digest_of(struct oh_arena *arena, const struct oh_scenario *scenario,
                             uint64_t files_digest) {
    struct oh_arena *scratch = oh_arena_create();
    struct oh_text text = {0};
    oh_node_print(oh_scenario_encode(scratch, scenario, OH_NOT_MODEL), &text);
    uint64_t state = hash(UINT64_C(14695981039346656037), text.data, text.length);
    state = hash(state, &files_digest, sizeof files_digest);
    oh_text_fini(&text);
    oh_arena_destroy(scratch);
    return oh_arena_printf(arena, "%016" PRIx64, state);
}

/* ---- loading ---- */

/* Flags of their own (--seed and the like) are left out: results tell them anyway. */
static bool is_set(const struct oh_override *override) {
    return strcmp(override->flag + strspn(override->flag, "-"), "set") == 0;
}

/* "path=value" of each value set, a line each: no comma or blank of a value can be taken for the end of it. */
static const char *record_overrides(struct oh_arena *arena, const struct oh_override *overrides,
                                    size_t n) {
    struct oh_text text = {0};
    for (size_t i = 0; i < n; i++) {
        if (!is_set(&overrides[i]))
            continue;
        oh_text_printf(&text, "%s%s=", text.length > 0 ? "\n" : "", overrides[i].path);
        const char *word = overrides[i].value + strspn(overrides[i].value, " \t\r\n");
        while (*word != '\0') {
            size_t length = strcspn(word, " \t\r\n");
            oh_text_append(&text, word, length);
            word += length;
            word += strspn(word, " \t\r\n");
            oh_text_puts(&text, *word != '\0' ? " " : "");
        }
    }
    const char *record = text.length > 0 ? oh_arena_strdup(arena, text.data) : NULL;
    oh_text_fini(&text);
    return record;
}

static const struct oh_scenario *load(struct oh_arena *arena, const char *file,
                                      const struct oh_node *root,
                                      const struct oh_override *overrides, size_t n_overrides,
                                      const char *variant, struct oh_diagnostics *diagnostics) {
    struct oh_decoder d = {
        .arena = arena, .diagnostics = diagnostics, .directory = oh_directory_of(arena, file)};
    size_t errors_before = oh_diag_errors(diagnostics);
    if (root == NULL)
        return NULL;
    root = oh_extends_resolve(&d, root, file);
    if (root == NULL)
        return NULL;
    d.is_overridden = variant != NULL || n_overrides > 0 || d.n_layers > 0;
    root = oh_override_apply(&d, root, variant, overrides, n_overrides);
    if (root == NULL)
        return NULL;
    struct oh_scenario *scenario = OH_NEW(arena, struct oh_scenario);
    scenario->file = oh_arena_strdup(arena, file);
    scenario->directory = d.directory;
    scenario->variant = variant != NULL ? oh_arena_strdup(arena, variant) : NULL;
    scenario->overrides = record_overrides(arena, overrides, n_overrides);
    scenario->root = root;
    oh_scenario_decode(&d, root, scenario);
    if (root->kind == OH_MAPPING)
        oh_scenario_check(&d, scenario);
    if (oh_diag_errors(diagnostics) > errors_before)
        return NULL;
    scenario->digest = digest_of(arena, scenario, d.files_digest);
    return scenario;
}

/* Errors of the text itself count too: a tree may come back although some were added. */
const struct oh_scenario *oh_scenario_load(struct oh_arena *arena, const char *path,
                                           const struct oh_override *overrides, size_t n_overrides,
                                           const char *variant,
                                           struct oh_diagnostics *diagnostics) {
    size_t errors_before = oh_diag_errors(diagnostics);
    const struct oh_node *root = oh_document_read(arena, path, diagnostics);
    const struct oh_scenario *scenario =
        load(arena, path, root, overrides, n_overrides, variant, diagnostics);
    return oh_diag_errors(diagnostics) > errors_before ? NULL : scenario;
}

const struct oh_scenario *oh_scenario_load_text(struct oh_arena *arena, const char *name,
                                                const char *text, size_t length,
                                                const struct oh_override *overrides,
                                                size_t n_overrides, const char *variant,
                                                struct oh_diagnostics *diagnostics) {
    size_t errors_before = oh_diag_errors(diagnostics);
    const struct oh_source *source = oh_source_create(arena, name, text, length);
    const struct oh_node *root = oh_document_parse(arena, source, 0, diagnostics);
    const struct oh_scenario *scenario =
        load(arena, name, root, overrides, n_overrides, variant, diagnostics);
    return oh_diag_errors(diagnostics) > errors_before ? NULL : scenario;
}

/* ---- printing and places ---- */

void oh_scenario_print(const struct oh_scenario *scenario, struct oh_text *to) {
    struct oh_arena *scratch = oh_arena_create();
    oh_emit(oh_scenario_encode(scratch, scenario, 0), to);
    oh_arena_destroy(scratch);
}

struct oh_place oh_scenario_place(const struct oh_scenario *scenario, const char *path) {
    const struct oh_node *node = scenario->root;
    struct oh_place place = {.source = node->place.source, .line = 1, .column = 1, .width = 1};
    while (*path != '\0') {
        size_t n = strcspn(path, ".");
        char word[128];
        snprintf(word, sizeof word, "%.*s", (int)n, path);
        const struct oh_entry *entry = oh_node_entry(node, word);
        if (entry == NULL)
            break;
        node = entry->value;
        path += n + (path[n] == '.');
        place = *path == '\0' && node->kind == OH_SCALAR && node->length > 0 ? node->place
                                                                             : entry->key->place;
    }
    return place;
}
