#include "api/swept.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/units.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { DIGITS = 6 };

/* ---- multiplying ---- */

struct scale {
    const struct oh_key *key;
    double factor;
    bool has_changed;
};

/* Outwards, so that one more or less is the least there is. */
static double whole(double value, double factor) {
    return factor < 1 ? floor(value * factor) : ceil(value * factor);
}

static bool put_quantity(struct scale *scale, const char *text, size_t n, enum oh_unit unit,
                         struct oh_text *to) {
    struct oh_parse parse = oh_unit_parse(unit, text, n);
    char number[64];
    double plain;
    if (parse.status != OH_PARSE_OK)
        return false;
    double value = parse.value * scale->factor;
    if (unit == OH_UNIT_SHARE && scale->key->unit == OH_UNIT_SHARE && scale->key->most > 0)
        value = fmin(value, scale->key->most);
    if (scale->key->unit == OH_UNIT_COUNT && unit == OH_UNIT_NUMBER)
        value = whole(parse.value, scale->factor);
    size_t used = oh_number_parse(text, n, &plain);
    double ratio = parse.value != 0 ? value / parse.value : 1;
    scale->has_changed |= value != parse.value;
    if (used > 0 && strcspn(text + used, "0123456789:") >= n - used)
        oh_text_printf(to, "%s%.*s", oh_number_print(plain * ratio, DIGITS, number, sizeof number),
                       (int)(n - used), text + used);
    else
        oh_text_puts(to, oh_unit_print(unit, oh_number_settle(value), number, sizeof number));
    return true;
}

static bool is_of_word(char c) {
    return isalnum((unsigned char)c) || strchr("._%/", c) != NULL;
}

/* A distribution's times make its scale, whatever else it has. */
static void put_times(struct scale *scale, const char *text, struct oh_text *to) {
    while (*text != '\0') {
        size_t n = 0;
        while (text[n] != '\0' && is_of_word(text[n]))
            n++;
        bool is_time =
            isdigit((unsigned char)text[0]) && put_quantity(scale, text, n, OH_UNIT_DURATION, to);
        if (!is_time)
            oh_text_append(to, text, n > 0 ? n : 1);
        text += n > 0 ? n : 1;
    }
}

static void put_scalar(struct scale *scale, const char *text, struct oh_text *to) {
    static const enum oh_unit tried[] = {OH_UNIT_NUMBER, OH_UNIT_SHARE, OH_UNIT_RATE};
    for (size_t i = 0; i < N_OF(tried); i++)
        if (put_quantity(scale, text, strlen(text), tried[i], to))
            return;
    struct oh_text times = {0};
    put_times(scale, text, &times);
    oh_scalar_print(times.length > 0 ? times.data : "", to);
    oh_text_fini(&times);
}

static void put_node(struct scale *scale, const struct oh_node *node, struct oh_text *to) {
    if (node->kind == OH_SCALAR) {
        put_scalar(scale, node->text, to);
        return;
    }
    bool is_map = node->kind == OH_MAPPING;
    oh_text_puts(to, is_map ? "{" : "[");
    for (size_t i = 0; i < node->n; i++) {
        oh_text_puts(to, i > 0 ? ", " : "");
        if (is_map) {
            oh_scalar_print(node->entries[i].key->text, to);
            oh_text_puts(to, ": ");
        }
        put_node(scale, is_map ? node->entries[i].value : node->items[i], to);
    }
    oh_text_puts(to, is_map ? "}" : "]");
}

/* Neither words nor names nor prices. */
static bool is_number(const struct oh_key *key) {
    static const char *const others[] = {"choice",
                                         "text",
                                         "file",
                                         "money",
                                         "list of names",
                                         "map of names",
                                         "distribution or factor"};
    for (size_t i = 0; i < N_OF(others); i++)
        if (strcmp(oh_key_kind_name(key), others[i]) == 0)
            return false;
    return key->choices == NULL;
}

bool oh_swept_scale(const struct oh_node *node, const struct oh_key *key, double factor,
                    struct oh_text *to) {
    struct scale scale = {key, factor, false};
    if (!is_number(key) || oh_node_find(node, "file") != NULL ||
        (node->kind == OH_SCALAR && strstr(node->text, "file=") != NULL))
        return false;
    put_node(&scale, node, to);
    return scale.has_changed;
}

/* ---- finding ---- */

static bool has_parts(const struct oh_key *key) {
    const struct oh_key *rows;
    size_t n = oh_schema_rows(&rows), length = strlen(key->path);
    for (size_t i = 0; i < n; i++)
        if (strncmp(rows[i].path, key->path, length) == 0 && rows[i].path[length] == '.')
            return true;
    return false;
}

static bool is_of_model(const char *word) {
    static const char *const others[] = {"priority", "service_level", "tails",   "money",
                                         "cost",     "at_most",       "urgency", "tries"};
    for (size_t i = 0; i < N_OF(others); i++)
        if (strcmp(word, others[i]) == 0)
            return false;
    return true;
}

static void visit(const struct oh_node *node, const char *path, oh_swept_fn *take, void *context) {
    const struct oh_key *key = oh_schema_find(path);
    if (key == NULL)
        return;
    if (!has_parts(key)) {
        if (is_number(key))
            take(context, path, node, key);
        return;
    }
    for (size_t i = 0; node->kind == OH_MAPPING && i < node->n; i++) {
        const char *word = node->entries[i].key->text;
        struct oh_text below = {0};
        oh_text_printf(&below, "%s.%s", path, word);
        if (is_of_model(word))
            visit(node->entries[i].value, below.data, take, context);
        oh_text_fini(&below);
    }
}

void oh_swept_each(const struct oh_node *root, oh_swept_fn *take, void *context) {
    static const char *const parts[] = {"contacts", "agents", "lines"};
    for (size_t i = 0; i < N_OF(parts); i++) {
        const struct oh_node *node = oh_node_find(root, parts[i]);
        if (node != NULL)
            visit(node, parts[i], take, context);
    }
}

const struct oh_node *oh_swept_find(const struct oh_node *root, const char *path) {
    const struct oh_node *node = root;
    while (node != NULL) {
        size_t n = strcspn(path, ".");
        struct oh_text word = {0};
        oh_text_append(&word, path, n);
        node = oh_node_find(node, word.length > 0 ? word.data : "");
        oh_text_fini(&word);
        if (path[n] == '\0')
            break;
        path += n + 1;
    }
    return node;
}
