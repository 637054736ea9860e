/* Overrides: a variant of the file, then those of the command line, laid on the document before anybody decodes it. Both
 * take one way: a path and a value. Maps of the schema merge by key, everything else is replaced as a whole. */
#include <string.h>

#include "scenario/kinds.h"

enum { MOST_STEPS = 16 };

/* Where an override goes: the keys from the root down, and the row at the end. */
struct target {
    const char *keys[MOST_STEPS];
    size_t n;
    const struct oh_key *row; /* NULL: the root */
};

/* The document as changed so far. */
struct overlay {
    struct oh_decoder *decoder;
    const struct oh_node *root;
};

/* ---- paths ---- */

static const struct oh_node *node_at(const struct oh_node *node, const struct target *target) {
    for (size_t i = 0; i < target->n && node != NULL; i++)
        node = oh_node_find(node, target->keys[i]);
    return node;
}

static const char *nearest_name(struct oh_arena *arena, const struct oh_node *mapping,
                                const char *name) {
    if (mapping == NULL || mapping->kind != OH_MAPPING)
        return NULL;
    const char **names = OH_NEW_ARRAY(arena, mapping->n, const char *);
    for (size_t i = 0; i < mapping->n; i++)
        names[i] = mapping->entries[i].key->text;
    return oh_did_you_mean(arena, name, names, mapping->n);
}

/* The names that a map of the document has are all that an override can mean: a new one is a slip. */
static bool is_name_known(struct overlay *o, const struct target *target, const char *name,
                          struct oh_place place) {
    const struct oh_node *names = node_at(o->root, target);
    if (!(target->row->flags & OH_FIXED_NAMES) || oh_node_find(names, name) != NULL)
        return true;
    oh_diag_add(o->decoder->diagnostics, OH_MSG_UNKNOWN_PATH, place,
                nearest_name(o->decoder->arena, names, name),
                "an override cannot add '%s' to %s, only change what is there", name,
                target->row->path);
    return false;
}

static bool report_unknown_step(struct overlay *o, const struct target *target, const char *word,
                                struct oh_place place) {
    struct oh_decoder *d = o->decoder;
    const struct oh_key *row = target->row;
    if (row == NULL || oh_kind_is_container(row->kind))
        oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_PATH, place, oh_unknown_key_hint(d, row, word),
                    "no key '%s' to override", word);
    else
        oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_PATH, place, "it is replaced as a whole",
                    "no key '%s' to override: '%s' has no parts", word, oh_key_word(row));
    return false;
}

/* One word further down; false if there is no such place. */
static bool step_down(struct overlay *o, struct target *target, const char *word,
                      struct oh_place place) {
    const struct oh_key *row = target->row;
    const struct oh_key *next = NULL;
    if (row != NULL && row->kind == &oh_kind_map) {
        if (!is_name_known(o, target, word, place))
            return false;
        next = oh_schema_child(row, "*");
    } else if (row == NULL || oh_kind_is_container(row->kind)) {
        next = oh_schema_child(row, word);
    }
    if (next == NULL || target->n == MOST_STEPS)
        return report_unknown_step(o, target, word, place);
    target->keys[target->n++] = word;
    target->row = next;
    return true;
}

static bool walk_path(struct overlay *o, struct target *target, const char *path,
                      struct oh_place place) {
    for (const char *at = path;;) {
        bool takes_rest = target->row != NULL && (target->row->flags & OH_ANY_NAME);
        size_t n = takes_rest ? strlen(at) : strcspn(at, ".");
        const char *word = oh_arena_strndup(o->decoder->arena, at, n);
        size_t offset = oh_utf8_length(path, (size_t)(at - path));
        if (!step_down(o, target, word, oh_place_within(place, offset, oh_utf8_length(at, n))))
            return false;
        if (at[n] == '\0')
            return true;
        at += n + 1;
    }
}

/* ---- values ---- */

static void lay(struct overlay *o, const struct target *target, const struct oh_node *value) {
    bool is_removed = oh_node_is_text(value, "absent") && !value->is_quoted;
    const struct oh_node *changed = oh_node_with(o->decoder->arena, o->root, target->keys,
                                                 target->n, is_removed ? NULL : value);
    if (changed != NULL) /* else the document itself is wrong there, which decoding will tell */
        o->root = changed;
}

static void apply(struct overlay *o, const struct target *target, const struct oh_node *value) {
    bool is_merged = value->kind == OH_MAPPING &&
                     (target->row == NULL || oh_kind_is_container(target->row->kind));
    if (!is_merged) {
        lay(o, target, value);
        return;
    }
    for (size_t i = 0; i < value->n; i++) {
        struct target below = *target;
        const struct oh_node *key = value->entries[i].key;
        if (walk_path(o, &below, key->text, key->place))
            apply(o, &below, value->entries[i].value);
    }
}

static bool is_overridable(struct overlay *o, const char *path, struct oh_place place) {
    static const char *const fixed[] = {"variants", "extends"};
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        size_t n = strlen(fixed[i]);
        if (strncmp(path, fixed[i], n) != 0 || (path[n] != '.' && path[n] != '\0'))
            continue;
        oh_diag_add(o->decoder->diagnostics, OH_MSG_UNKNOWN_PATH, place, NULL,
                    "%s cannot be overridden", fixed[i]);
        return false;
    }
    return true;
}

/* ---- the two sources ---- */

static void apply_variant(struct overlay *o, const struct oh_node *changes) {
    struct target root = {0};
    if (changes->kind != OH_MAPPING || changes->n > OH_MOST_ITEMS)
        return; /* decoding will tell */
    for (size_t i = 0; i < changes->n; i++)
        if (!is_overridable(o, changes->entries[i].key->text, changes->entries[i].key->place))
            return;
    apply(o, &root, changes);
}

static void apply_override(struct overlay *o, const struct oh_override *override) {
    struct oh_decoder *d = o->decoder;
    bool shows_path = strcmp(override->flag, "--set") == 0 || strcmp(override->flag, "--vary") == 0;
    const char *text = shows_path
                           ? oh_arena_printf(d->arena, "%s=%s", override->path, override->value)
                           : override->value;
    const struct oh_source *source = oh_source_create(d->arena, override->flag, text, strlen(text));
    size_t start = shows_path ? strlen(override->path) + 1 : 0;
    struct oh_place place = {source, 1, 1,
                             (uint32_t)oh_utf8_length(text, start > 1 ? start - 1 : 0)};
    const struct oh_node *value = oh_document_parse(d->arena, source, start, d->diagnostics);
    struct target target = {0};
    if (is_overridable(o, override->path, place) && walk_path(o, &target, override->path, place) &&
        value != NULL)
        apply(o, &target, value);
}

/* Variants that are not chosen are tried too, for their paths, and thrown away. */
static void try_variants(struct overlay *o, const struct oh_node *variants) {
    const struct oh_node *root = o->root;
    const struct oh_key *row = oh_schema_find("variants");
    if (variants == NULL || variants->kind != OH_MAPPING || variants->n > (size_t)row->most)
        return; /* decoding will tell */
    for (size_t i = 0; i < variants->n; i++) {
        apply_variant(o, variants->entries[i].value);
        o->root = root;
    }
}

static void report_unknown_variant(struct oh_decoder *d, const struct oh_node *variants,
                                   const char *file, const char *variant) {
    const struct oh_source *source =
        oh_source_create(d->arena, "--variant", variant, strlen(variant));
    struct oh_place place = {source, 1, 1, (uint32_t)oh_utf8_length(variant, strlen(variant))};
    const char *hint = nearest_name(d->arena, variants, variant);
    if (hint == NULL && variants == NULL)
        hint = "the scenario has no variants";
    oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_VARIANT, place, hint,
                "no variant of '%s' is called '%s'", file, variant);
}

const struct oh_node *oh_override_apply(struct oh_decoder *d, const struct oh_node *root,
                                        const char *variant, const struct oh_override *overrides,
                                        size_t n_overrides) {
    struct overlay overlay = {d, root};
    if (root->kind != OH_MAPPING)
        return root;
    const struct oh_node *variants = oh_node_find(root, "variants");
    try_variants(&overlay, variants);
    if (variant != NULL) {
        const struct oh_node *changes = oh_node_find(variants, variant);
        if (changes != NULL)
            apply_variant(&overlay, changes);
        else
            report_unknown_variant(d, variants, root->place.source->name, variant);
    }
    for (size_t i = 0; i < n_overrides; i++)
        apply_override(&overlay, &overrides[i]);
    return overlay.root;
}
