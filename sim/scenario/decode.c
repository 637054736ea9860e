/* The walk over schema and document at once: from a tree to structs, and back. Which key goes where is told by the rows
 * alone; nothing here knows any key. */
#include <string.h>

#include "scenario/kinds.h"

/* What a row of kind map points at. */
struct any_map {
    uint32_t n;
    void *items;
};

/* The start of every element of a map. */
struct any_element {
    const char *name;
    struct oh_place place;
};

static void decode_nothing(struct oh_decoder *d, const struct oh_key *key,
                           const struct oh_node *node, void *into) {}

static const struct oh_node *encode_nothing(struct oh_arena *arena, const struct oh_key *key,
                                            const void *from) {
    return NULL;
}

const struct oh_kind oh_kind_section = {"map", decode_nothing, encode_nothing,
                                        "a map of the keys below"};
const struct oh_kind oh_kind_rule = {"map", decode_nothing, encode_nothing,
                                     "a map of the keys below"};
const struct oh_kind oh_kind_map = {"map of names", decode_nothing, encode_nothing,
                                    "a map of names that you choose"};

bool oh_kind_is_container(const struct oh_kind *kind) {
    return kind == &oh_kind_section || kind == &oh_kind_rule || kind == &oh_kind_map;
}

static bool is_section(const struct oh_key *key) {
    return key == NULL || key->kind == &oh_kind_section || key->kind == &oh_kind_rule;
}

/* ---- keys that are not in the schema ---- */

enum { MOST_WORDS = 128 };

/* "contacts.*.queue." and the rest: where a misplaced key belongs, seen from `section`. */
static const char *path_below(const struct oh_key *key, const struct oh_key *section) {
    return section == NULL ? key->path : key->path + strlen(section->path) + 1;
}

static bool is_below(const struct oh_key *key, const struct oh_key *section) {
    if (section == NULL)
        return true;
    size_t n = strlen(section->path);
    return strncmp(key->path, section->path, n) == 0 && key->path[n] == '.';
}

/* A key of that name deeper down, as `limit` is under queue. */
static const char *find_deeper(const struct oh_key *section, const char *word) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        if (is_below(&keys[i], section) && strcmp(oh_key_word(&keys[i]), word) == 0 &&
            strchr(path_below(&keys[i], section), '*') == NULL)
            return path_below(&keys[i], section);
    return NULL;
}

/* The same word at another place of the language. */
static const char *find_elsewhere(const char *word) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        if (strcmp(oh_key_word(&keys[i]), word) == 0)
            return keys[i].path;
    return NULL;
}

static const char *known_keys(struct oh_decoder *d, const char *const *words, size_t n) {
    const char *list = "known are ";
    for (size_t i = 0; i < n; i++)
        list = oh_arena_printf(d->arena, "%s%s%s", list, i > 0 ? ", " : "", words[i]);
    return list;
}

const char *oh_unknown_key_hint(struct oh_decoder *d, const struct oh_key *section,
                                const char *word) {
    const struct oh_key *keys;
    const char *words[MOST_WORDS];
    size_t n_keys = oh_schema_rows(&keys), n = 0;
    for (size_t i = 0; i < n_keys && n < MOST_WORDS; i++)
        if (oh_key_is_under(&keys[i], section))
            words[n++] = oh_key_word(&keys[i]);
    const char *path = find_deeper(section, word);
    if (path != NULL)
        return oh_arena_printf(d->arena, "it belongs at '%s'", path);
    const char *hint = oh_did_you_mean(d->arena, word, words, n);
    if (hint != NULL)
        return hint;
    path = find_elsewhere(word);
    if (path != NULL && strcmp(word, "*") != 0)
        return oh_arena_printf(d->arena, "it belongs at '%s'", path);
    return known_keys(d, words, n);
}

static void report_unknown_key(struct oh_decoder *d, const struct oh_key *section,
                               const struct oh_node *key_node) {
    oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_KEY, key_node->place,
                oh_unknown_key_hint(d, section, key_node->text), "unknown key '%s'",
                key_node->text);
}

/* ---- reading ---- */

static void decode_key(struct oh_decoder *d, const struct oh_key *key, const struct oh_entry *entry,
                       char *base);

static void report_missing(struct oh_decoder *d, const struct oh_key *key, struct oh_place place) {
    const char *word = oh_key_word(key);
    oh_diag_add(d->diagnostics, OH_MSG_MISSING_KEY, place,
                oh_arena_printf(d->arena, "add '%s: %s'", word, key->example), "'%s' is missing",
                word);
}

/* After so many errors no more are kept, and looking for what was meant takes time. */
static bool has_room(const struct oh_decoder *d) {
    return oh_diag_errors(d->diagnostics) < 1000;
}

/* `node` NULL: the section is not there, its keys take their defaults. `place`: to point at when a key is missing. */
static void decode_section(struct oh_decoder *d, const struct oh_key *section,
                           const struct oh_node *node, struct oh_place place, char *base) {
    for (size_t i = 0; node != NULL && i < node->n && has_room(d); i++)
        if (oh_schema_child(section, node->entries[i].key->text) == NULL)
            report_unknown_key(d, section, node->entries[i].key);
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++) {
        if (!oh_key_is_under(&keys[i], section))
            continue;
        const struct oh_entry *entry =
            node != NULL ? oh_node_entry(node, oh_key_word(&keys[i])) : NULL;
        if (entry == NULL && node != NULL && (keys[i].flags & OH_REQUIRED))
            report_missing(d, &keys[i], place);
        decode_key(d, &keys[i], entry, base);
    }
}

static bool is_name_allowed(struct oh_decoder *d, const struct oh_key *map,
                            const struct oh_node *name) {
    if ((map->flags & OH_ANY_NAME) || oh_name_is_valid(name->text, name->length))
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_BAD_NAME, name->place,
                "a letter, then letters, digits, '-' and '_', at most 64 in all",
                "'%s' cannot be a name", name->text);
    return false;
}

static void decode_map(struct oh_decoder *d, const struct oh_key *map, const struct oh_node *node,
                       struct any_map *into) {
    const struct oh_key *element_key = oh_schema_child(map, "*");
    if (!oh_expect_few(d, node, (size_t)map->most))
        return;
    char *items = oh_arena_array(d->arena, node->n, map->element_size);
    into->items = items;
    for (size_t i = 0; i < node->n; i++) {
        const struct oh_entry *entry = &node->entries[i];
        if (!is_name_allowed(d, map, entry->key))
            continue;
        char *item = items + into->n++ * map->element_size;
        struct any_element *element = (struct any_element *)(void *)item;
        element->name = entry->key->text;
        element->place = entry->key->place;
        decode_key(d, element_key, entry, item);
    }
}

static bool expect_map(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node) {
    if (node->kind == OH_MAPPING)
        return true;
    oh_expect_failed(d, node, "a map", oh_arena_printf(d->arena, "such as %s", key->example));
    return false;
}

static void decode_fallback(struct oh_decoder *d, const struct oh_key *key, void *into) {
    const struct oh_node *node = NULL;
    if (key->fallback != NULL)
        node = oh_node_scalar(d->arena, key->fallback, (struct oh_place){0});
    key->kind->decode(d, key, node, into);
}

static void decode_key(struct oh_decoder *d, const struct oh_key *key, const struct oh_entry *entry,
                       char *base) {
    char *into = base + key->offset;
    if (!oh_kind_is_container(key->kind)) {
        if (entry != NULL)
            key->kind->decode(d, key, entry->value, into);
        else
            decode_fallback(d, key, into);
        return;
    }
    bool is_there = entry != NULL && expect_map(d, key, entry->value);
    if (key->kind == &oh_kind_map) {
        if (is_there)
            decode_map(d, key, entry->value, (struct any_map *)(void *)into);
        return;
    }
    if (key->kind == &oh_kind_rule)
        *(bool *)into = is_there;
    decode_section(d, key, is_there ? entry->value : NULL,
                   entry != NULL ? entry->key->place : (struct oh_place){0}, base);
}

void oh_scenario_decode(struct oh_decoder *d, const struct oh_node *root,
                        struct oh_scenario *scenario) {
    struct oh_place start = {.source = root->place.source, .line = 1, .column = 1, .width = 1};
    if (root->kind == OH_MAPPING)
        decode_section(d, NULL, root, start, (char *)scenario);
    else
        oh_expect_failed(d, root, "a map of keys",
                         "a scenario starts with keys such as 'contacts:' and 'agents:'");
}

/* ---- writing ---- */

struct encoder {
    struct oh_arena *arena;
    struct oh_decoder fallbacks; /* decodes defaults, to leave out what equals them */
    unsigned without;
};

static const struct oh_node *encode_key(struct encoder *e, const struct oh_key *key,
                                        const char *base);

static const struct oh_node *encode_section(struct encoder *e, const struct oh_key *section,
                                            const char *base) {
    const struct oh_key *keys;
    size_t n_keys = oh_schema_rows(&keys), n = 0;
    struct oh_entry entries[MOST_WORDS];
    for (size_t i = 0; i < n_keys; i++) {
        if (!oh_key_is_under(&keys[i], section) || (keys[i].flags & e->without))
            continue;
        const struct oh_node *node = encode_key(e, &keys[i], base);
        if (node == NULL)
            continue;
        entries[n].key = oh_node_scalar(e->arena, oh_key_word(&keys[i]), (struct oh_place){0});
        entries[n++].value = node;
    }
    return n > 0 ? oh_node_mapping(e->arena, entries, n, (struct oh_place){0}) : NULL;
}

static const struct oh_node *encode_map(struct encoder *e, const struct oh_key *map,
                                        const struct any_map *from) {
    if (from->n == 0)
        return NULL;
    const struct oh_key *element_key = oh_schema_child(map, "*");
    struct oh_entry *entries = OH_NEW_ARRAY(e->arena, from->n, struct oh_entry);
    for (uint32_t i = 0; i < from->n; i++) {
        const char *item = (const char *)from->items + i * map->element_size;
        const struct any_element *element = (const struct any_element *)(const void *)item;
        entries[i].key = oh_node_scalar(e->arena, element->name, (struct oh_place){0});
        entries[i].value = encode_key(e, element_key, item);
        if (entries[i].value == NULL)
            entries[i].value = oh_node_mapping(e->arena, NULL, 0, (struct oh_place){0});
    }
    return oh_node_mapping(e->arena, entries, from->n, (struct oh_place){0});
}

/* Large enough for every value that has a default. */
union any_value {
    max_align_t align;
    char bytes[256];
};

static const struct oh_node *encode_key(struct encoder *e, const struct oh_key *key,
                                        const char *base) {
    const char *from = base + key->offset;
    if (key->kind == &oh_kind_map)
        return encode_map(e, key, (const struct any_map *)(const void *)from);
    if (key->kind == &oh_kind_rule && !*(const bool *)from)
        return NULL;
    if (is_section(key))
        return encode_section(e, key, base);
    const struct oh_node *node = key->kind->encode(e->arena, key, from);
    if (node == NULL || key->fallback == NULL)
        return node;
    union any_value value = {0};
    decode_fallback(&e->fallbacks, key, &value);
    const struct oh_node *fallback = key->kind->encode(e->arena, key, &value);
    return oh_node_is_equal(node, fallback) ? NULL : node;
}

const struct oh_node *oh_scenario_encode(struct oh_arena *arena, const struct oh_scenario *scenario,
                                         unsigned without) {
    struct oh_diagnostics *none = oh_diag_create();
    struct encoder e = {arena, {.arena = arena, .diagnostics = none, .directory = ""}, without};
    const struct oh_node *node = encode_section(&e, NULL, (const char *)scenario);
    oh_diag_destroy(none);
    return node != NULL ? node : oh_node_mapping(arena, NULL, 0, (struct oh_place){0});
}
