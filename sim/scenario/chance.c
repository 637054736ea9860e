/* Chances: a share, or shares that depend on something. One form for all of the language:
 * 20%, [80%, 60%], {by_wait: {2min: 10%}}, {by_group: {juniors: 30%}}. */
#include <string.h>

#include "base/quantity.h"
#include "scenario/kinds.h"

static const struct oh_place nowhere = {0};

const struct oh_chance_form oh_chance_forms[] = {
    {"by_attempt", OH_CHANCE_BY_ATTEMPT, OH_FORM_LIST, OH_UNIT_COUNT, "{by_attempt: [80%, 60%]}"},
    {"by_wait", OH_CHANCE_BY_WAIT, OH_FORM_STEPS, OH_UNIT_DURATION, "{by_wait: {2min: 10%}}"},
    {"by_queue", OH_CHANCE_BY_QUEUE, OH_FORM_STEPS, OH_UNIT_COUNT, "{by_queue: {10: 20%}}"},
    {"by_expected_wait", OH_CHANCE_BY_EXPECTED_WAIT, OH_FORM_STEPS, OH_UNIT_DURATION,
     "{by_expected_wait: {5min: 30%}}"},
    {"by_group", OH_CHANCE_BY_GROUP, OH_FORM_NAMES, OH_UNIT_COUNT, "{by_group: {juniors: 30%}}"},
};
_Static_assert(sizeof oh_chance_forms / sizeof oh_chance_forms[0] == OH_N_CHANCE_FORMS,
               "kinds.h says how many there are");

bool oh_chance_may_depend(const struct oh_key *key, enum oh_chance_by by) {
    return (key->depends >> by & 1) != 0;
}

void oh_chance_print_values(const struct oh_key *key, struct oh_text *to) {
    oh_text_puts(to, "a share");
    if (oh_chance_may_depend(key, OH_CHANCE_BY_ORDINAL))
        oh_text_puts(to, ", [80%, 60%]");
    for (size_t i = 0; i < OH_N_CHANCE_FORMS; i++)
        if (oh_chance_may_depend(key, oh_chance_forms[i].by))
            oh_text_printf(to, ", %s", oh_chance_forms[i].example);
}

static void report(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node) {
    struct oh_text values = {0};
    oh_chance_print_values(key, &values);
    oh_expect_failed(d, node, "a chance", oh_arena_strdup(d->arena, values.data));
    oh_text_fini(&values);
}

static bool decode_share(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                         double *share) {
    return oh_expect_scalar(d, node, "a share") &&
           oh_quantity_decode(d, key, OH_UNIT_SHARE, node->text, node->length, node->place, share);
}

/* ---- lists ---- */

static void decode_list(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *list,
                        struct oh_chance *chance) {
    bool is_list = list->kind == OH_SEQUENCE;
    if (is_list && list->n == 0)
        oh_diag_add(d->diagnostics, OH_MSG_EMPTY_LIST, list->place, NULL,
                    "expected a share, found an empty list");
    if (is_list && (list->n == 0 || !oh_expect_few(d, list, OH_MOST_ITEMS)))
        return;
    size_t n = is_list ? list->n : 1;
    double *share = OH_NEW_ARRAY(d->arena, n, double);
    chance->share = share;
    for (size_t i = 0; i < n; i++)
        if (decode_share(d, key, is_list ? list->items[i] : list, &share[chance->n]))
            chance->n++;
}

static const struct oh_node *encode_list(struct oh_arena *arena, const struct oh_chance *chance) {
    const struct oh_node **items = OH_NEW_ARRAY(arena, chance->n, const struct oh_node *);
    for (uint32_t i = 0; i < chance->n; i++)
        items[i] = oh_quantity_encode(arena, OH_UNIT_SHARE, chance->share[i]);
    return oh_node_sequence(arena, items, chance->n, nowhere);
}

/* ---- maps: steps, or groups ---- */

static bool decode_step(struct oh_decoder *d, enum oh_unit unit, const struct oh_node *step,
                        double previous, double *at) {
    if (!oh_quantity_read(unit, step->text, step->length, step->place, at, d->diagnostics))
        return false;
    if (*at > previous && *at >= 0)
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_STEP_ORDER, step->place, NULL,
                *at < 0 ? "'%s' is below 0" : "'%s' does not come after the step before it",
                step->text);
    return false;
}

static void decode_map(struct oh_decoder *d, const struct oh_key *key, size_t form,
                       const struct oh_node *map, struct oh_chance *chance) {
    if (map->kind != OH_MAPPING || map->n == 0) {
        oh_expect_failed(d, map,
                         oh_chance_forms[form].form == OH_FORM_NAMES ? "a map of groups"
                                                                     : "a map of steps",
                         oh_chance_forms[form].example);
        return;
    }
    if (!oh_expect_few(d, map, OH_MOST_ITEMS))
        return;
    double *at = OH_NEW_ARRAY(d->arena, map->n, double);
    double *share = OH_NEW_ARRAY(d->arena, map->n, double);
    const char **name = OH_NEW_ARRAY(d->arena, map->n, const char *);
    struct oh_place *place = OH_NEW_ARRAY(d->arena, map->n, struct oh_place);
    chance->at = at;
    chance->share = share;
    chance->groups = (struct oh_names){0, name, place, oh_chance_forms[form].form == OH_FORM_NAMES};
    for (size_t i = 0; i < map->n; i++) {
        const struct oh_entry *entry = &map->entries[i];
        double previous = chance->n > 0 ? at[chance->n - 1] : -1;
        name[chance->n] = entry->key->text;
        place[chance->n] = entry->key->place;
        bool is_good =
            oh_chance_forms[form].form == OH_FORM_NAMES ||
            decode_step(d, oh_chance_forms[form].unit, entry->key, previous, &at[chance->n]);
        if (decode_share(d, key, entry->value, &share[chance->n]) && is_good)
            chance->n++;
    }
    if (chance->groups.is_given)
        chance->groups.n = chance->n;
}

static const struct oh_node *encode_map(struct oh_arena *arena, size_t form,
                                        const struct oh_chance *chance) {
    struct oh_entry *entries = OH_NEW_ARRAY(arena, chance->n, struct oh_entry);
    for (uint32_t i = 0; i < chance->n; i++) {
        entries[i].key = oh_chance_forms[form].form == OH_FORM_NAMES
                             ? oh_node_scalar(arena, chance->groups.name[i], nowhere)
                             : oh_quantity_encode(arena, oh_chance_forms[form].unit, chance->at[i]);
        entries[i].value = oh_quantity_encode(arena, OH_UNIT_SHARE, chance->share[i]);
    }
    return oh_node_mapping(arena, entries, chance->n, nowhere);
}

/* ---- the kind ---- */

static size_t form_meant(const struct oh_key *key, const struct oh_node *node) {
    if (node->kind == OH_MAPPING && node->n == 1)
        for (size_t i = 0; i < OH_N_CHANCE_FORMS; i++)
            if (oh_chance_may_depend(key, oh_chance_forms[i].by) &&
                oh_node_find(node, oh_chance_forms[i].key) != NULL)
                return i;
    return OH_N_CHANCE_FORMS;
}

static void decode_chance(struct oh_decoder *d, const struct oh_key *key,
                          const struct oh_node *node, void *into) {
    struct oh_chance *chance = into;
    if (node == NULL)
        return;
    size_t form = form_meant(key, node);
    if (node->kind == OH_SCALAR && !oh_node_is_empty(node)) {
        decode_list(d, key, node, chance);
        chance->by = chance->n > 0 ? OH_CHANCE_ALWAYS_DRAW : OH_CHANCE_NEVER;
    } else if (node->kind == OH_SEQUENCE && oh_chance_may_depend(key, OH_CHANCE_BY_ORDINAL)) {
        decode_list(d, key, node, chance);
        chance->by = OH_CHANCE_BY_ORDINAL;
    } else if (form == OH_N_CHANCE_FORMS) {
        report(d, key, node);
        return;
    } else {
        const struct oh_node *value = oh_node_find(node, oh_chance_forms[form].key);
        chance->by = oh_chance_forms[form].by;
        if (oh_chance_forms[form].form == OH_FORM_LIST)
            decode_list(d, key, value, chance);
        else
            decode_map(d, key, form, value, chance);
    }
    if (chance->n == 0)
        chance->by = OH_CHANCE_NEVER;
}

static const struct oh_node *encode_chance(struct oh_arena *arena, const struct oh_key *key,
                                           const void *from) {
    const struct oh_chance *chance = from;
    if (chance->by == OH_CHANCE_NEVER)
        return NULL;
    if (chance->by == OH_CHANCE_ALWAYS_DRAW)
        return oh_quantity_encode(arena, OH_UNIT_SHARE, chance->share[0]);
    if (chance->by == OH_CHANCE_BY_ORDINAL)
        return encode_list(arena, chance);
    size_t form = 0;
    while (oh_chance_forms[form].by != chance->by)
        form++;
    struct oh_entry entry = {oh_node_scalar(arena, oh_chance_forms[form].key, nowhere),
                             oh_chance_forms[form].form == OH_FORM_LIST
                                 ? encode_list(arena, chance)
                                 : encode_map(arena, form, chance)};
    return oh_node_mapping(arena, &entry, 1, nowhere);
}

const struct oh_kind oh_kind_chance = {"chance", decode_chance, encode_chance, NULL};
