/* The fitted scenario as a file of its own, which extends the one that was fitted. */
#include <stdlib.h>
#include <string.h>

#include "api/calibrate.h"
#include "scenario/document.h"
#include "scenario/emit.h"
#include "scenario/extends.h"

enum { MOST_KEYS = 16 };

/* The file in the making. */
struct file {
    const struct oh_fit *fit;
    struct oh_arena *arena;
    const struct oh_node *root;
    bool is_of_variant; /* something went to the variant: expectations hold for it alone */
    struct oh_model plain, varied; /* without and with the variant, nothing set beside them */
};

/* ---- where values go ---- */

/* What may follow "expect." has dots of its own. */
static size_t split(const char *path, struct oh_arena *arena, const char **keys) {
    size_t n = 0;
    for (const char *at = path; n < MOST_KEYS;) {
        bool takes_rest = n == 1 && strcmp(keys[0], "expect") == 0;
        size_t length = takes_rest ? strlen(at) : strcspn(at, ".");
        keys[n++] = oh_arena_strndup(arena, at, length);
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    return n;
}

static const struct oh_node *node_at(const struct oh_model *model, const char *const *keys,
                                     size_t n) {
    const struct oh_node *node = model->scenario != NULL ? model->scenario->root : NULL;
    for (size_t i = 0; i < n && node != NULL; i++)
        node = oh_node_find(node, keys[i]);
    return node;
}

/* Whether the variant says something else there than the file: then it would hide what the file says. */
static bool is_varied(const struct file *file, const char *const *keys, size_t n) {
    const struct oh_node *plain = node_at(&file->plain, keys, n);
    const struct oh_node *varied = node_at(&file->varied, keys, n);
    return plain != NULL && varied != NULL ? !oh_node_is_equal(plain, varied) : plain != varied;
}

static void put(struct file *file, const char *path, const struct oh_node *value) {
    const char *keys[MOST_KEYS];
    size_t n = split(path, file->arena, keys);
    const char *variant = file->fit->source->variant;
    bool is_expected = strcmp(keys[0], "expect") == 0;
    if (variant != NULL && (is_varied(file, keys, n) || (is_expected && file->is_of_variant))) {
        file->is_of_variant |= !is_expected;
        keys[0] = "variants";
        keys[1] = variant;
        keys[2] = path;
        n = 3;
    }
    const struct oh_node *root = oh_node_with(file->arena, file->root, keys, n, value);
    if (root != NULL)
        file->root = root;
}

static void put_text(struct file *file, const char *path, const char *text) {
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_source *source = oh_source_create(file->arena, path, text, strlen(text));
    const struct oh_node *value = oh_document_parse(file->arena, source, 0, diagnostics);
    if (value != NULL)
        put(file, path, value);
    oh_diag_destroy(diagnostics);
}

/* ---- the file that is extended ---- */

static char *real_directory(const char *path, struct oh_arena *arena) {
    const char *directory = oh_directory_of(arena, path);
    return realpath(*directory != '\0' ? directory : ".", NULL);
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* From one real directory to another: "../../cases/". */
static const char *way(struct oh_arena *arena, const char *from, const char *to) {
    size_t common = 0;
    for (size_t i = 0;; i++) {
        bool ends = (from[i] == '/' || from[i] == '\0') && (to[i] == '/' || to[i] == '\0');
        if (ends)
            common = i;
        if (from[i] != to[i] || from[i] == '\0')
            break;
    }
    struct oh_text text = {0};
    for (const char *at = from + common; *at != '\0'; at++)
        if (*at == '/' && at[1] != '\0')
            oh_text_puts(&text, "../");
    const char *rest = to + common + (to[common] == '/');
    oh_text_printf(&text, "%s%s", rest, *rest != '\0' ? "/" : "");
    const char *found = oh_arena_strdup(arena, text.data);
    oh_text_fini(&text);
    return found;
}

static const char *base_of(const char *path, const char *to_path, struct oh_arena *arena) {
    bool is_file = strcmp(to_path, "-") != 0 && strncmp(to_path, "/dev/", 5) != 0;
    char *from = is_file ? real_directory(to_path, arena) : NULL;
    char *to = is_file ? real_directory(path, arena) : NULL;
    const char *base = path;
    if (from != NULL && to != NULL && path[0] != '/')
        base = oh_arena_printf(arena, "%s%s", way(arena, from, to), name_of(path));
    free(from);
    free(to);
    return base;
}

/* ---- the comment ---- */

static void comment(struct oh_text *to, const char *text) {
    for (const char *at = text; *at != '\0';) {
        size_t n = strcspn(at, "\n");
        oh_text_printf(to, "# %.*s\n", (int)n, at);
        at += n + (at[n] == '\n');
    }
}

static void explain(const struct file *file, const struct oh_calibration *found,
                    const char *command, struct oh_text *to) {
    struct oh_text text = {0};
    oh_text_printf(&text, "Fitted by onhold %s:\n  %s\n", OH_VERSION, command);
    for (uint32_t t = 0; t < found->n_hits; t++)
        oh_text_printf(&text, "Target %s: %s%s\n", found->hits[t].path, found->hits[t].asked,
                       found->hits[t].is_met ? "" : ": NOT MET");
    for (uint32_t j = 0; j < found->n_fitted; j++)
        oh_text_printf(&text, "Fitted %s: %s%s\n", found->fitted[j].path, found->fitted[j].text,
                       found->fitted[j].is_undetermined ? ": one of many values that fit" : "");
    if (file->fit->source->variant != NULL)
        oh_text_printf(&text, "Holds for the variant that was fitted: --variant %s\n",
                       file->fit->source->variant);
    comment(to, text.data);
    oh_text_fini(&text);
}

static void load_plain(struct file *file, const char *variant, struct oh_model *model) {
    struct oh_model_source source = *file->fit->source;
    source.variant = variant;
    source.overrides = NULL;
    source.n_overrides = 0;
    oh_model_load(model, &source);
}

void oh_fit_print_scenario(const struct oh_fit *fit, const struct oh_model *model,
                           const struct oh_calibration *found, const char *to_path,
                           const char *command, struct oh_text *to) {
    struct file file = {.fit = fit, .arena = oh_arena_create()};
    struct oh_place place = {oh_source_create(file.arena, "fitted", "", 0), 1, 1, 0};
    load_plain(&file, NULL, &file.plain);
    load_plain(&file, fit->source->variant, &file.varied);
    file.root = oh_node_mapping(file.arena, NULL, 0, place);
    put(&file, "extends",
        oh_node_scalar(file.arena, base_of(model->plan->file, to_path, file.arena), place));
    for (size_t i = 0; i < fit->source->n_overrides; i++)
        put_text(&file, fit->source->overrides[i].path, fit->source->overrides[i].value);
    for (uint32_t j = 0; j < found->n_fitted; j++)
        put_text(&file, found->fitted[j].path, found->fitted[j].text);
    for (uint32_t t = 0; t < found->n_hits; t++)
        put(&file, oh_arena_printf(file.arena, "expect.%s", found->hits[t].path),
            oh_node_scalar(file.arena, found->hits[t].asked, place));
    explain(&file, found, command, to);
    oh_emit(file.root, to);
    oh_model_fini(&file.plain);
    oh_model_fini(&file.varied);
    oh_arena_destroy(file.arena);
}
