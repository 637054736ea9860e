#include <string.h>

#include "base/quantity.h"
#include "scenario/kinds.h"

/* A node as a list: its items, or the one scalar that stands without brackets. */
struct items {
    const struct oh_node *const *item;
    size_t n;
};

static bool read_items(struct oh_decoder *d, const struct oh_node *const *node, const char *what,
                       struct items *items) {
    if ((*node)->kind == OH_MAPPING || oh_node_is_empty(*node)) {
        oh_expect_failed(d, *node, what, NULL);
        return false;
    }
    if (!oh_expect_few(d, *node, OH_MOST_ITEMS))
        return false;
    bool is_list = (*node)->kind == OH_SEQUENCE;
    *items = is_list ? (struct items){(*node)->items, (*node)->n} : (struct items){node, 1};
    if (items->n == 0)
        oh_diag_add(d->diagnostics, OH_MSG_EMPTY_LIST, (*node)->place, NULL,
                    "expected %s, found an empty list", what);
    return items->n > 0;
}

static const struct oh_node *as_list(struct oh_arena *arena, const struct oh_node **nodes,
                                     size_t n) {
    return oh_node_sequence(arena, nodes, n, (struct oh_place){0});
}

/* ---- names ---- */

static bool is_repeated(struct oh_decoder *d, const struct oh_names *names,
                        const struct oh_node *node) {
    for (uint32_t i = 0; i < names->n; i++) {
        if (strcmp(names->name[i], node->text) != 0)
            continue;
        oh_diag_add(d->diagnostics, OH_MSG_REPEATED_NAME, node->place, NULL,
                    "'%s' stands in the list twice", node->text);
        return true;
    }
    return false;
}

static void decode_names(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                         void *into) {
    struct items items;
    struct oh_names *names = into;
    if (node != NULL && (key->flags & OH_MAY_BE_EMPTY) && node->kind == OH_SEQUENCE &&
        node->n == 0) {
        names->is_given = true;
        return;
    }
    if (node == NULL || !read_items(d, &node, "a list of names", &items))
        return;
    const char **name = OH_NEW_ARRAY(d->arena, items.n, const char *);
    struct oh_place *place = OH_NEW_ARRAY(d->arena, items.n, struct oh_place);
    *names = (struct oh_names){.name = name, .place = place, .is_given = true};
    for (size_t i = 0; i < items.n; i++) {
        const struct oh_node *item = items.item[i];
        if (!oh_expect_scalar(d, item, "a name") ||
            (!(key->flags & OH_MAY_REPEAT) && is_repeated(d, names, item)))
            continue;
        name[names->n] = item->text;
        place[names->n++] = item->place;
    }
}

static const struct oh_node *encode_names(struct oh_arena *arena, const struct oh_key *key,
                                          const void *from) {
    const struct oh_names *names = from;
    if (!names->is_given)
        return NULL;
    const struct oh_node **nodes = OH_NEW_ARRAY(arena, names->n, const struct oh_node *);
    for (uint32_t i = 0; i < names->n; i++)
        nodes[i] = oh_node_scalar(arena, names->name[i], (struct oh_place){0});
    return as_list(arena, nodes, names->n);
}

const struct oh_kind oh_kind_names = {"list of names", decode_names, encode_names,
                                      "a list of names, [a, b], or one name"};

/* ---- quantities ---- */

static void decode_quantities(struct oh_decoder *d, const struct oh_key *key,
                              const struct oh_node *node, void *into) {
    struct items items;
    if (node == NULL || !read_items(d, &node, oh_unit_title(key->unit), &items))
        return;
    struct oh_numbers *numbers = into;
    double *number = OH_NEW_ARRAY(d->arena, items.n, double);
    numbers->number = number;
    for (size_t i = 0; i < items.n; i++) {
        const struct oh_node *item = items.item[i];
        if (oh_expect_scalar(d, item, oh_unit_title(key->unit)) &&
            oh_quantity_decode(d, key, key->unit, item->text, item->length, item->place,
                               &number[numbers->n]))
            numbers->n++;
    }
}

static const struct oh_node *encode_quantities(struct oh_arena *arena, const struct oh_key *key,
                                               const void *from) {
    const struct oh_numbers *numbers = from;
    if (numbers->n == 0)
        return NULL;
    if (numbers->n == 1)
        return oh_quantity_encode(arena, key->unit, numbers->number[0]);
    const struct oh_node **nodes = OH_NEW_ARRAY(arena, numbers->n, const struct oh_node *);
    for (uint32_t i = 0; i < numbers->n; i++)
        nodes[i] = oh_quantity_encode(arena, key->unit, numbers->number[i]);
    return as_list(arena, nodes, numbers->n);
}

const struct oh_kind oh_kind_quantities = {"list", decode_quantities, encode_quantities, NULL};

/* ---- precisions ---- */

static size_t count_precisions(const struct items *items) {
    size_t n = 0;
    for (size_t i = 0; i < items->n; i++)
        for (const char *at = items->item[i]->text; at != NULL && *at != '\0'; n++)
            at += oh_precision_length(at) + (at[oh_precision_length(at)] != '\0');
    return n;
}

static void decode_precision(struct oh_decoder *d, const struct oh_node *item,
                             struct oh_precision *precision, size_t *n) {
    const char *at = item->text;
    do {
        at += strspn(at, " ");
        size_t length = oh_precision_length(at);
        const char *text = oh_arena_strndup(d->arena, at, length);
        size_t offset = oh_utf8_length(item->text, (size_t)(at - item->text));
        struct oh_place place = oh_place_within(item->place, offset, oh_utf8_length(text, length));
        *n += oh_precision_parse(d->arena, text, place, &precision[*n], d->diagnostics);
        at += length + (at[length] != '\0');
    } while (*at != '\0');
}

static void decode_precisions(struct oh_decoder *d, const struct oh_key *key,
                              const struct oh_node *node, void *into) {
    struct items items;
    if (node == NULL || !read_items(d, &node, "METRIC=\xC2\xB1X", &items))
        return;
    struct oh_precisions *precisions = into;
    struct oh_precision *precision =
        OH_NEW_ARRAY(d->arena, count_precisions(&items) + items.n, struct oh_precision);
    precisions->items = precision;
    for (size_t i = 0; i < items.n; i++)
        if (oh_expect_scalar(d, items.item[i], "METRIC=\xC2\xB1X"))
            decode_precision(d, items.item[i], precision, &precisions->n);
}

static const struct oh_node *encode_precisions(struct oh_arena *arena, const struct oh_key *key,
                                               const void *from) {
    const struct oh_precisions *precisions = from;
    if (precisions->n == 0)
        return NULL;
    const struct oh_node **nodes = OH_NEW_ARRAY(arena, precisions->n, const struct oh_node *);
    for (size_t i = 0; i < precisions->n; i++) {
        struct oh_text text = {0};
        oh_precision_print(&precisions->items[i], &text);
        nodes[i] = oh_node_scalar(arena, text.data, (struct oh_place){0});
        oh_text_fini(&text);
    }
    return as_list(arena, nodes, precisions->n);
}

const struct oh_kind oh_kind_precisions = {"precision", decode_precisions, encode_precisions,
                                           "METRIC=\xC2\xB1X, or a list of these"};

/* ---- busyness: distributions and names of shared factors ---- */

static void decode_busyness(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, void *into) {
    struct items items;
    if (node == NULL || !read_items(d, &node, "a distribution or the name of a factor", &items))
        return;
    struct oh_busyness *busyness = into;
    struct oh_busyness_part *parts = OH_NEW_ARRAY(d->arena, items.n, struct oh_busyness_part);
    busyness->parts = parts;
    for (size_t i = 0; i < items.n; i++) {
        const struct oh_node *item = items.item[i];
        if (!oh_expect_scalar(d, item, "a distribution or the name of a factor"))
            continue;
        struct oh_busyness_part part = {.place = item->place};
        union oh_cell cell = {0};
        if (oh_name_is_valid(item->text, item->length))
            part.shared = item->text;
        else if (oh_cell_decode(d, key, item->text, item->length, item->place, &cell))
            part.dist = cell.dist;
        else
            continue;
        parts[busyness->n++] = part;
    }
}

static const struct oh_node *encode_busyness(struct oh_arena *arena, const struct oh_key *key,
                                             const void *from) {
    const struct oh_busyness *busyness = from;
    if (busyness->n == 0)
        return NULL;
    const struct oh_node **nodes = OH_NEW_ARRAY(arena, busyness->n, const struct oh_node *);
    for (uint32_t i = 0; i < busyness->n; i++) {
        const struct oh_busyness_part *part = &busyness->parts[i];
        union oh_cell cell = {.dist = part->dist};
        nodes[i] = part->shared != NULL ? oh_node_scalar(arena, part->shared, (struct oh_place){0})
                                        : oh_cell_encode(arena, key, &cell);
    }
    return busyness->n == 1 ? nodes[0] : as_list(arena, nodes, busyness->n);
}

const struct oh_kind oh_kind_busyness = {
    "distribution or factor", decode_busyness, encode_busyness,
    "a distribution, the name of a factor, or a list of these"};
