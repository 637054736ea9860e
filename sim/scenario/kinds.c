#include "scenario/kinds.h"
#include "scenario/extends.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"

/* ---- what does not fit ---- */

static const char *found_name(const struct oh_node *node) {
    if (node->kind == OH_SCALAR)
        return oh_node_is_empty(node) ? "nothing" : "a text";
    return node->kind == OH_MAPPING ? "a map" : "a list";
}

void oh_expect_failed(struct oh_decoder *d, const struct oh_node *node, const char *what,
                      const char *hint) {
    if (oh_node_is_empty(node))
        oh_diag_add(d->diagnostics, OH_MSG_NO_VALUE, node->place,
                    "give a value, or leave the key out", "expected %s, found nothing", what);
    else if (node->kind == OH_SCALAR)
        oh_diag_add(d->diagnostics, OH_MSG_WRONG_KIND, node->place, hint, "expected %s, found '%s'",
                    what, node->text);
    else
        oh_diag_add(d->diagnostics, OH_MSG_WRONG_KIND, node->place, hint, "expected %s, found %s",
                    what, found_name(node));
}

bool oh_expect_scalar(struct oh_decoder *d, const struct oh_node *node, const char *what) {
    if (node->kind == OH_SCALAR && !oh_node_is_empty(node))
        return true;
    oh_expect_failed(d, node, what, NULL);
    return false;
}

bool oh_expect_few(struct oh_decoder *d, const struct oh_node *node, size_t most) {
    if (node->n <= most)
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_TOO_MANY_ENTRIES, node->place, NULL,
                "%zu entries are too many: at most %zu", node->n, most);
    return false;
}

const char *oh_did_you_mean(struct oh_arena *arena, const char *text, const char *const *candidates,
                            size_t n) {
    const char *nearest = oh_name_nearest(text, candidates, n);
    return nearest != NULL ? oh_arena_printf(arena, "did you mean '%s'?", nearest) : NULL;
}

/* ---- text ---- */

static void decode_text(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                        void *into) {
    if (node != NULL && oh_expect_scalar(d, node, "a text"))
        *(const char **)into = node->text;
}

static const struct oh_node *encode_text(struct oh_arena *arena, const struct oh_key *key,
                                         const void *from) {
    const char *text = *(const char *const *)from;
    return text != NULL ? oh_node_scalar(arena, text, (struct oh_place){0}) : NULL;
}

const struct oh_kind oh_kind_text = {"text", decode_text, encode_text, "any text"};

/* ---- choices ---- */

static const char *list_choices(struct oh_arena *arena, const struct oh_name *choices) {
    const char *list = choices->name;
    for (const struct oh_name *c = choices + 1; c->name != NULL; c++)
        list = oh_arena_printf(arena, "%s%s%s", list, c[1].name != NULL ? ", " : " or ", c->name);
    return list;
}

static const char *nearest_choice(struct oh_arena *arena, const char *text,
                                  const struct oh_name *choices) {
    const char *names[32];
    size_t n = 0;
    for (; n < 32 && choices[n].name != NULL; n++)
        names[n] = choices[n].name;
    return oh_did_you_mean(arena, text, names, n);
}

static void decode_choice(struct oh_decoder *d, const struct oh_key *key,
                          const struct oh_node *node, void *into) {
    const char *all = list_choices(d->arena, key->choices);
    if (node == NULL || !oh_expect_scalar(d, node, all))
        return;
    const struct oh_name *choice = oh_name_find(key->choices, node->text, node->length);
    if (choice != NULL) {
        *(int *)into = choice->value;
        return;
    }
    oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_CHOICE, node->place,
                nearest_choice(d->arena, node->text, key->choices), "%s is %s, not '%s'",
                oh_key_word(key), all, node->text);
}

static const struct oh_node *encode_choice(struct oh_arena *arena, const struct oh_key *key,
                                           const void *from) {
    const char *name = oh_name_of(key->choices, *(const int *)from);
    return oh_node_scalar(arena, name, (struct oh_place){0});
}

const struct oh_kind oh_kind_choice = {"choice", decode_choice, encode_choice, NULL};

/* ---- quantities and distributions ---- */

static const char *bounds_hint(struct oh_decoder *d, const struct oh_key *key, enum oh_unit unit,
                               bool is_low) {
    char low[48], high[48];
    oh_unit_print(unit, key->least, low, sizeof low);
    oh_unit_print(unit, key->most, high, sizeof high);
    return oh_arena_printf(d->arena, is_low ? "at least %s" : "at most %s", is_low ? low : high);
}

bool oh_quantity_decode(struct oh_decoder *d, const struct oh_key *key, enum oh_unit unit,
                        const char *text, size_t length, struct oh_place place, double *into) {
    double value;
    if (!oh_quantity_read(unit, text, length, place, &value, d->diagnostics))
        return false;
    if (value < key->least || value > key->most) {
        const char *word = oh_key_word(key);
        oh_diag_add(d->diagnostics, OH_MSG_OUT_OF_BOUNDS, place,
                    bounds_hint(d, key, unit, value < key->least), "'%.*s' is too %s for %s",
                    (int)length, text, value < key->least ? "small" : "large",
                    strcmp(word, "*") == 0 ? "this" : word);
        return false;
    }
    *into = value;
    return true;
}

const struct oh_node *oh_quantity_encode(struct oh_arena *arena, enum oh_unit unit, double value) {
    char text[64];
    return oh_node_scalar(arena, oh_unit_print(unit, value, text, sizeof text),
                          (struct oh_place){0});
}

bool oh_key_is_dist(const struct oh_key *key) {
    return key->kind == &oh_kind_distribution || key->kind == &oh_kind_busyness;
}

static bool is_usable(struct oh_decoder *d, const struct oh_key *key, const struct oh_dist *dist,
                      struct oh_place place) {
    double mean = oh_dist_mean(dist);
    if ((key->flags & OH_FINITE) && !isfinite(mean))
        oh_diag_add(d->diagnostics, OH_MSG_ENDLESS, place, NULL, "%s must have a finite mean",
                    strcmp(oh_key_word(key), "*") == 0 ? "this" : oh_key_word(key));
    else if ((key->flags & OH_POSITIVE_MEAN) && !(mean > 0))
        oh_diag_add(d->diagnostics, OH_MSG_ZERO_MEAN, place, NULL, "%s must have a mean above 0",
                    strcmp(oh_key_word(key), "*") == 0 ? "this" : oh_key_word(key));
    else
        return true;
    return false;
}

/* Data of a file count by what they amount to: the text alone does not change with them. */
static void digest_data(struct oh_decoder *d, const struct oh_dist *dist) {
    struct oh_text text = {0};
    oh_dist_print(dist, &text);
    if (strstr(text.data, "empirical(") != NULL) {
        char moments[2][32];
        oh_number_print(oh_dist_mean(dist), 9, moments[0], sizeof moments[0]);
        oh_number_print(oh_dist_second_moment(dist), 9, moments[1], sizeof moments[1]);
        oh_decoder_digest(d, moments[0]);
        oh_decoder_digest(d, moments[1]);
    }
    oh_text_fini(&text);
}

void oh_decoder_digest(struct oh_decoder *d,
                       const char *text) { /* FNV-1a, with the NUL as separator */
    uint64_t hash = d->files_digest != 0 ? d->files_digest : UINT64_C(14695981039346656037);
    do
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    while (*text++ != '\0');
    d->files_digest = hash;
}

bool oh_cell_decode(struct oh_decoder *d, const struct oh_key *key, const char *text, size_t length,
                    struct oh_place place, union oh_cell *cell) {
    if (!oh_key_is_dist(key))
        return oh_quantity_decode(d, key, key->unit, text, length, place, &cell->number);
    cell->dist = oh_dist_parse(d->arena, text, key->unit, place, d->directory,
                               oh_decoder_prefix(d, place), d->diagnostics);
    if (cell->dist == NULL || !is_usable(d, key, cell->dist, place))
        return false;
    digest_data(d, cell->dist);
    return true;
}

const struct oh_node *oh_cell_encode(struct oh_arena *arena, const struct oh_key *key,
                                     const union oh_cell *cell) {
    if (!oh_key_is_dist(key))
        return oh_quantity_encode(arena, key->unit, cell->number);
    struct oh_text text = {0};
    oh_dist_print(cell->dist, &text);
    const struct oh_node *node = oh_node_scalar(arena, text.data, (struct oh_place){0});
    oh_text_fini(&text);
    return node;
}

static void decode_quantity(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, void *into) {
    if (key->changes != OH_STAYS) {
        if (node != NULL)
            oh_value_decode(d, key, node, into);
        return;
    }
    *(double *)into = OH_NOT_GIVEN;
    if (node != NULL && oh_expect_scalar(d, node, oh_unit_title(key->unit)))
        oh_quantity_decode(d, key, key->unit, node->text, node->length, node->place, into);
}

static const struct oh_node *encode_quantity(struct oh_arena *arena, const struct oh_key *key,
                                             const void *from) {
    if (key->changes != OH_STAYS)
        return oh_value_encode(arena, key, from);
    double value = *(const double *)from;
    return isnan(value) ? NULL : oh_quantity_encode(arena, key->unit, value);
}

const struct oh_kind oh_kind_quantity = {NULL, decode_quantity, encode_quantity, NULL};

static void decode_distribution(struct oh_decoder *d, const struct oh_key *key,
                                const struct oh_node *node, void *into) {
    if (node == NULL)
        return;
    union oh_cell cell = {0};
    if (key->changes != OH_STAYS)
        oh_value_decode(d, key, node, into);
    else if (oh_expect_scalar(d, node, "a distribution") &&
             oh_cell_decode(d, key, node->text, node->length, node->place, &cell))
        *(const struct oh_dist **)into = cell.dist;
}

static const struct oh_node *encode_distribution(struct oh_arena *arena, const struct oh_key *key,
                                                 const void *from) {
    if (key->changes != OH_STAYS)
        return oh_value_encode(arena, key, from);
    union oh_cell cell = {.dist = *(const struct oh_dist *const *)from};
    return cell.dist != NULL ? oh_cell_encode(arena, key, &cell) : NULL;
}

const struct oh_kind oh_kind_distribution = {"distribution", decode_distribution,
                                             encode_distribution, NULL};
