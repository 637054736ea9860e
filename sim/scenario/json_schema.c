/* The language as JSON Schema, draft 7, for editors: every row of the schema becomes the definition that goes by its
 * path (containers a second one, "changes.PATH", for variants), every form that values share one that goes by "type.".
 *
 * A schema sees what YAML made of a text. So a count is a number or a text, and a clock time may be a number, too: YAML
 * 1.1 takes 10:30 for 630, in base 60. Bounds of quantities and whatever several keys have to agree on is left to
 * `onhold validate`. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/json_values.h"

struct builder {
    struct oh_arena *arena;
    json_t *definitions;
    const char *metric_path;
};

/* ---- containers, of the scenario and of changes to it ---- */

/* What is inside: the definition of a row by that function. */
typedef json_t *inside_fn(const struct oh_key *key);

static json_t *whole(const struct oh_key *key) {
    return oh_json_ref(key->path);
}

/* A variant, and a scenario that extends another, may leave out what it does not change, and remove what it does not
 * want. */
static json_t *change(const struct oh_key *key) {
    char name[OH_JSON_LONGEST_NAME];
    snprintf(name, sizeof name, "%s%s", oh_kind_is_container(key->kind) ? "changes." : "",
             key->path);
    return oh_json_any_of(oh_json_ref(name), json_pack("{s:s}", "const", "absent"));
}

static json_t *section_of(const struct oh_key *above, inside_fn *inside) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    json_t *properties = json_object();
    for (size_t i = 0; i < n; i++)
        if (oh_key_is_under(&keys[i], above))
            json_object_set_new(properties, oh_key_word(&keys[i]), inside(&keys[i]));
    return json_pack("{s:s,s:o,s:b}", "type", "object", "properties", properties,
                     "additionalProperties", 0);
}

static json_t *map_of(const struct builder *b, const struct oh_key *key, inside_fn *inside) {
    bool is_path = (key->flags & OH_ANY_NAME) != 0;
    return json_pack(
        "{s:s,s:o,s:o,s:i}", "type", "object", "propertyNames",
        oh_json_pattern(is_path ? b->metric_path : "^" OH_JSON_NAME "$",
                        is_path ? "the path of a metric, such as total.reached" : "a name"),
        "additionalProperties", inside(oh_schema_child(key, "*")), "maxProperties", (int)key->most);
}

static json_t *section(const struct oh_key *above) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    json_t *made = section_of(above, whole), *required = json_array();
    for (size_t i = 0; i < n; i++)
        if (oh_key_is_under(&keys[i], above) && (keys[i].flags & OH_REQUIRED))
            json_array_append_new(required, json_string(oh_key_word(&keys[i])));
    if (json_array_size(required) > 0)
        json_object_set(made, "required", required);
    json_decref(required);
    return made;
}

static json_t *map(struct builder *b, const struct oh_key *key) {
    return map_of(b, key, whole);
}

/* Whether it is an element of a map whose names are paths of metrics. */
static bool is_called_by_path(const struct oh_key *key) {
    const struct oh_key *keys;
    for (size_t n = oh_schema_rows(&keys); n > 0; n--)
        if ((keys[n - 1].flags & OH_ANY_NAME) && oh_key_is_under(key, &keys[n - 1]))
            return true;
    return false;
}

/* The path of a row as a regular expression. */
static void put_path(struct oh_text *to, const struct oh_key *key) {
    oh_text_puts(to, "^");
    for (const char *c = key->path; *c != '\0'; c++) {
        if (*c == '*')
            oh_text_puts(to, is_called_by_path(key) ? ".+" : OH_JSON_NAME);
        else
            oh_text_printf(to, *c == '.' ? "\\%c" : "%c", *c);
    }
    oh_text_puts(to, "$");
}

/* Paths with new values: all rows but the variants themselves. */
static json_t *overrides(void) {
    const struct oh_key *keys, *variants = oh_schema_find("variants");
    size_t n = oh_schema_rows(&keys);
    json_t *paths = json_object();
    for (size_t i = 0; i < n; i++) {
        if (&keys[i] == variants || oh_key_is_under(&keys[i], variants))
            continue;
        struct oh_text path = {0};
        put_path(&path, &keys[i]);
        json_object_set_new(paths, path.data, change(&keys[i]));
        oh_text_fini(&path);
    }
    return json_pack("{s:s,s:o,s:b}", "type", "object", "patternProperties", paths,
                     "additionalProperties", 0);
}

/* Containers, and changes, which are made of rows; values know nothing of other rows. */
static json_t *shape_of(struct builder *b, const struct oh_key *key) {
    if (key->kind == &oh_kind_map)
        return map(b, key);
    if (key->kind == &oh_kind_overrides)
        return overrides();
    return oh_kind_is_container(key->kind) ? section(key) : oh_json_value(b->definitions, key);
}

/* ---- rows ---- */

static json_t *scalar_to_json(const struct oh_node *node) {
    double number = 0;
    size_t n = oh_number_parse(node->text, node->length, &number);
    if (node->is_quoted || n == 0 || n < node->length)
        return json_string(node->text);
    return number == (double)(json_int_t)number ? json_integer((json_int_t)number)
                                                : json_real(number);
}

static json_t *node_to_json(const struct oh_node *node) {
    if (node->kind == OH_SCALAR)
        return scalar_to_json(node);
    json_t *made = node->kind == OH_MAPPING ? json_object() : json_array();
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == OH_MAPPING)
            json_object_set_new(made, node->entries[i].key->text,
                                node_to_json(node->entries[i].value));
        else
            json_array_append_new(made, node_to_json(node->items[i]));
    }
    return made;
}

/* A default or an example, as YAML reads it. */
static json_t *written(struct builder *b, const struct oh_key *key, const char *yaml) {
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_source *source = oh_source_create(b->arena, key->path, yaml, strlen(yaml));
    const struct oh_node *node = oh_document_parse(b->arena, source, 0, diagnostics);
    json_t *made = node != NULL ? node_to_json(node) : json_string(yaml);
    oh_diag_destroy(diagnostics);
    return made;
}

/* The same container as a variant may hold it. */
static void define_changes(struct builder *b, const struct oh_key *key) {
    char name[OH_JSON_LONGEST_NAME];
    snprintf(name, sizeof name, "changes.%s", key->path);
    if (oh_kind_is_container(key->kind))
        json_object_set_new(b->definitions, name,
                            key->kind == &oh_kind_map ? map_of(b, key, change)
                                                      : section_of(key, change));
}

static void define(struct builder *b, const struct oh_key *key) {
    struct oh_text about = {0}, values = {0};
    json_t *row = json_object();
    oh_key_print_values(key, &values);
    oh_text_puts(&about, key->about);
    if (!oh_kind_is_container(key->kind))
        oh_text_printf(&about, "\n\nValue: %s%s.", values.data,
                       key->changes == OH_OVER_THE_DAY ? "; may change over the day and week" : "");
    json_object_set_new(row, "description", json_string(about.data));
    json_t *shape = shape_of(b, key);
    json_object_update(row, shape);
    json_decref(shape);
    if (key->fallback != NULL)
        json_object_set_new(row, "default", written(b, key, key->fallback));
    json_object_set_new(row, "examples", json_pack("[o]", written(b, key, key->example)));
    json_object_set_new(b->definitions, key->path, row);
    define_changes(b, key);
    oh_text_fini(&about);
    oh_text_fini(&values);
}

void oh_schema_json(const char *metric_path, struct oh_text *to) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    struct builder b = {
        .arena = oh_arena_create(), .definitions = json_object(), .metric_path = metric_path};
    for (size_t i = 0; i < n; i++)
        define(&b, &keys[i]);
    json_t *root =
        json_pack("{s:s,s:s,s:s}", "$schema", "http://json-schema.org/draft-07/schema#", "title",
                  "onhold scenario", "description", "A contact centre, for 'onhold run'.");
    json_t *top = json_pack("{s:{s:[s]},s:o,s:o}", "if", "required", "extends", "then",
                            section_of(NULL, change), "else", section(NULL));
    json_object_update(root, top);
    json_decref(top);
    json_object_set_new(root, "definitions", b.definitions);
    char *printed = json_dumps(root, JSON_INDENT(1));
    oh_text_printf(to, "%s\n", printed);
    free(printed);
    json_decref(root);
    oh_arena_destroy(b.arena);
}
