/* Looking at, building and merging trees that are already there. */
#include "scenario/document.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { LARGE_MAPPING = 8 }; /* above, keys are looked up by bisection */

bool oh_node_is_empty(const struct oh_node *node) {
    return node->kind == OH_SCALAR && !node->is_quoted && node->length == 0;
}

bool oh_node_is_text(const struct oh_node *node, const char *text) {
    return node->kind == OH_SCALAR && strcmp(node->text, text) == 0;
}

const char *oh_node_kind_name(enum oh_node_kind kind) {
    static const char *const names[] = {
        [OH_SCALAR] = "text", [OH_SEQUENCE] = "list", [OH_MAPPING] = "map"};
    OH_ARGUMENT((unsigned)kind <= OH_MAPPING);
    return names[kind];
}

/* The first of the sorted entries whose key is not before `key`. */
static size_t lower_bound(const struct oh_node *mapping, const char *key) {
    size_t low = 0, high = mapping->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(mapping->by_key[middle]->key->text, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct oh_entry *oh_node_entry(const struct oh_node *mapping, const char *key) {
    if (mapping == NULL || mapping->kind != OH_MAPPING)
        return NULL;
    if (mapping->by_key != NULL) {
        size_t ix = lower_bound(mapping, key);
        bool is_found = ix < mapping->n && strcmp(mapping->by_key[ix]->key->text, key) == 0;
        return is_found ? mapping->by_key[ix] : NULL;
    }
    for (size_t i = 0; i < mapping->n; i++)
        if (strcmp(mapping->entries[i].key->text, key) == 0)
            return &mapping->entries[i];
    return NULL;
}

const struct oh_node *oh_node_find(const struct oh_node *mapping, const char *key) {
    const struct oh_entry *entry = oh_node_entry(mapping, key);
    return entry != NULL ? entry->value : NULL;
}

static bool has_equal_entries(const struct oh_node *a, const struct oh_node *b) {
    for (size_t i = 0; i < a->n; i++) {
        const struct oh_node *other = oh_node_find(b, a->entries[i].key->text);
        if (other == NULL || !oh_node_is_equal(a->entries[i].value, other))
            return false;
    }
    return true;
}

bool oh_node_is_equal(const struct oh_node *a, const struct oh_node *b) {
    if (a == b)
        return true;
    if (a->kind != b->kind || a->n != b->n)
        return false;
    if (a->kind == OH_SCALAR)
        return strcmp(a->text, b->text) == 0;
    if (a->kind == OH_MAPPING)
        return has_equal_entries(a, b);
    for (size_t i = 0; i < a->n; i++)
        if (!oh_node_is_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

const struct oh_node *oh_node_scalar(struct oh_arena *arena, const char *text,
                                     struct oh_place place) {
    struct oh_node *node = OH_NEW(arena, struct oh_node);
    *node = (struct oh_node){.kind = OH_SCALAR, .place = place, .length = strlen(text)};
    node->text = oh_arena_strndup(arena, text, node->length);
    return node;
}

const struct oh_node *oh_node_sequence(struct oh_arena *arena, const struct oh_node *const *items,
                                       size_t n, struct oh_place place) {
    const struct oh_node **copy = OH_NEW_ARRAY(arena, n, const struct oh_node *);
    for (size_t i = 0; i < n; i++)
        copy[i] = items[i];
    struct oh_node *node = OH_NEW(arena, struct oh_node);
    *node = (struct oh_node){.kind = OH_SEQUENCE, .place = place, .n = n, .items = copy};
    return node;
}

static int compare_entries(const void *left, const void *right) {
    const struct oh_entry *a = *(const struct oh_entry *const *)left;
    const struct oh_entry *b = *(const struct oh_entry *const *)right;
    int order = strcmp(a->key->text, b->key->text);
    return order != 0 ? order : (a > b) - (a < b);
}

static const struct oh_entry *const *sort_by_key(struct oh_arena *arena,
                                                 const struct oh_entry *entries, size_t n) {
    const struct oh_entry **sorted = OH_NEW_ARRAY(arena, n, const struct oh_entry *);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &entries[i];
    qsort(sorted, n, sizeof(const struct oh_entry *), compare_entries);
    return sorted;
}

const struct oh_node *oh_node_mapping(struct oh_arena *arena, const struct oh_entry *entries,
                                      size_t n, struct oh_place place) {
    struct oh_entry *copy = OH_NEW_ARRAY(arena, n, struct oh_entry);
    for (size_t i = 0; i < n; i++)
        copy[i] = entries[i];
    struct oh_node *node = OH_NEW(arena, struct oh_node);
    *node = (struct oh_node){.kind = OH_MAPPING, .place = place, .n = n, .entries = copy};
    if (n > LARGE_MAPPING)
        node->by_key = sort_by_key(arena, copy, n);
    return node;
}

static const struct oh_node *merge(struct oh_arena *arena, const struct oh_step *at,
                                   const struct oh_node *base, const struct oh_node *over,
                                   oh_is_whole *is_whole, void *context) {
    if (base->kind != OH_MAPPING || over->kind != OH_MAPPING ||
        (is_whole != NULL && is_whole(at, base, over, context)))
        return over;
    struct oh_entry *entries = oh_calloc(base->n + over->n, sizeof *entries);
    size_t n = 0;
    for (; n < base->n; n++) {
        entries[n] = base->entries[n];
        const struct oh_entry *laid = oh_node_entry(over, entries[n].key->text);
        if (laid == NULL)
            continue;
        struct oh_step step = {.up = at, .key = laid->key->text};
        entries[n].key = laid->key;
        entries[n].value = merge(arena, &step, entries[n].value, laid->value, is_whole, context);
    }
    for (size_t i = 0; i < over->n; i++)
        if (oh_node_entry(base, over->entries[i].key->text) == NULL)
            entries[n++] = over->entries[i];
    const struct oh_node *merged = oh_node_mapping(arena, entries, n, base->place);
    free(entries);
    return merged;
}

const struct oh_node *oh_node_merge(struct oh_arena *arena, const struct oh_node *base,
                                    const struct oh_node *over, oh_is_whole *is_whole,
                                    void *context) {
    return merge(arena, NULL, base, over, is_whole, context);
}

/* A mapping with one entry set, added or, for a NULL value, left out. */
static const struct oh_node *with_entry(struct oh_arena *arena, const struct oh_node *mapping,
                                        const char *key, const struct oh_node *value,
                                        struct oh_place place) {
    const struct oh_entry *old = oh_node_entry(mapping, key);
    struct oh_entry *entries = oh_calloc(mapping->n + 1, sizeof *entries);
    size_t n = 0;
    for (size_t i = 0; i < mapping->n; i++) {
        if (&mapping->entries[i] != old)
            entries[n++] = mapping->entries[i];
        else if (value != NULL)
            entries[n++] = (struct oh_entry){old->key, value};
    }
    if (old == NULL && value != NULL)
        entries[n++] = (struct oh_entry){oh_node_scalar(arena, key, place), value};
    const struct oh_node *changed = oh_node_mapping(arena, entries, n, mapping->place);
    free(entries);
    return changed;
}

const struct oh_node *oh_node_with(struct oh_arena *arena, const struct oh_node *root,
                                   const char *const *keys, size_t n, const struct oh_node *value) {
    OH_ARGUMENT(n > 0);
    if (root->kind != OH_MAPPING)
        return NULL;
    const struct oh_node *below = oh_node_find(root, keys[0]);
    struct oh_place place = value != NULL ? value->place : root->place;
    if (n == 1)
        return value == NULL && below == NULL ? root
                                              : with_entry(arena, root, keys[0], value, place);
    if (below == NULL && value == NULL)
        return root;
    if (below == NULL || oh_node_is_empty(below))
        below = oh_node_mapping(arena, NULL, 0, place);
    below = oh_node_with(arena, below, keys + 1, n - 1, value);
    return below != NULL ? with_entry(arena, root, keys[0], below, place) : NULL;
}

/* What must be escaped in double quotes; in ASCII, control characters come in addition. */
static const struct {
    const char *bytes, *escape;
} escapes[] = {{"\"", "\\\""},          {"\\", "\\\\"},
               {"\n", "\\n"},           {"\t", "\\t"},
               {"\xC2\x85", "\\N"},     {"\xE2\x80\xA8", "\\L"},
               {"\xE2\x80\xA9", "\\P"}, {"\xEF\xBB\xBF", "\\uFEFF"}};

static const char *escape_of(const char *text, size_t step) {
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (strlen(escapes[i].bytes) == step && memcmp(escapes[i].bytes, text, step) == 0)
            return escapes[i].escape;
    return NULL;
}

static bool is_control(char c) {
    return (unsigned char)c < 0x20 || c == 0x7F;
}

static bool can_start_plain(const char *text) {
    if (text[0] == '-')
        return text[1] != ' ' && text[1] != '-' && text[1] != '\0';
    return strchr(" ?:#&*!|>'\"%@`", text[0]) == NULL;
}

/* Whether a character inside a plain text would end it, in block or in flow context. */
static bool ends_plain(const char *text, size_t at, size_t step) {
    if (is_control(text[at]) || strchr(",[]{}", text[at]) != NULL)
        return true;
    if (text[at] == ':')
        return strchr(" ?", text[at + 1]) != NULL; /* or at the end */
    if (text[at] == '#')
        return at > 0 && text[at - 1] == ' ';
    return step > 1 && escape_of(text + at, step) != NULL;
}

/* Whether text is read back as it is when written without quotes, and is not one of the forms that the reader reports as
 * a likely mistake. */
static bool can_be_plain(const char *text, size_t length) {
    if (length == 0 || !can_start_plain(text) || text[length - 1] == ' ')
        return false;
    if (strcmp(text, "...") == 0 || strcmp(text, "<<") == 0)
        return false;
    for (size_t at = 0, step; at < length; at += step) {
        step = oh_utf8_step(text + at, length - at);
        if (ends_plain(text, at, step))
            return false;
    }
    struct oh_node node = {.kind = OH_SCALAR, .text = text, .length = length};
    return oh_node_missing_space(&node) == 0;
}

static void print_quoted_character(const char *text, size_t step, struct oh_text *to) {
    const char *escape = escape_of(text, step);
    if (escape != NULL)
        oh_text_puts(to, escape);
    else if (is_control(text[0]))
        oh_text_printf(to, "\\x%02X", (unsigned)text[0]);
    else
        oh_text_append(to, text, step);
}

void oh_scalar_print(const char *text, struct oh_text *to) {
    size_t length = strlen(text);
    if (can_be_plain(text, length)) {
        oh_text_append(to, text, length);
        return;
    }
    oh_text_puts(to, "\"");
    for (size_t at = 0, step; at < length; at += step) {
        step = oh_utf8_step(text + at, length - at);
        print_quoted_character(text + at, step, to);
    }
    oh_text_puts(to, "\"");
}

static void print_key(const char *key, struct oh_text *to) {
    enum { LONGEST_SIMPLE_KEY = 256 }; /* YAML: 1024 characters, escapes included */
    if (strlen(key) > LONGEST_SIMPLE_KEY)
        oh_text_puts(to, "? ");
    oh_scalar_print(key, to);
    oh_text_puts(to, ": ");
}

void oh_node_print(const struct oh_node *node, struct oh_text *to) {
    if (node->kind == OH_SCALAR) {
        oh_scalar_print(node->text, to);
        return;
    }
    bool is_mapping = node->kind == OH_MAPPING;
    oh_text_puts(to, is_mapping ? "{" : "[");
    for (size_t i = 0; i < node->n; i++) {
        if (i > 0)
            oh_text_puts(to, ", ");
        if (is_mapping)
            print_key(node->entries[i].key->text, to);
        oh_node_print(is_mapping ? node->entries[i].value : node->items[i], to);
    }
    oh_text_puts(to, is_mapping ? "}" : "]");
}
