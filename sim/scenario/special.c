/* Values with a form of their own: balking, queue limits, money, conditions, variants. */
#include <math.h>
#include <string.h>

#include "base/quantity.h"
#include "scenario/extends.h"
#include "scenario/kinds.h"

static const struct oh_place nowhere = {0};

/* ---- balk: a share, or {by_queue: {10: 20%}}, or {by_expected_wait: {5min: 30%}} ---- */

static const struct {
    const char *key;
    enum oh_balk_form form;
    enum oh_unit unit;
} balk_forms[] = {{"by_queue", OH_BALKS_BY_QUEUE, OH_UNIT_COUNT},
                  {"by_expected_wait", OH_BALKS_BY_EXPECTED_WAIT, OH_UNIT_DURATION}};
enum { N_BALK_FORMS = 2 };

static const char balk_hint[] = "a share, {by_queue: {10: 20%}} or {by_expected_wait: {5min: 30%}}";

static bool decode_balk_step(struct oh_decoder *d, const struct oh_key *key, enum oh_unit unit,
                             const struct oh_entry *entry, double previous, double *at,
                             double *probability) {
    const struct oh_node *step = entry->key;
    bool is_good =
        oh_quantity_read(unit, step->text, step->length, step->place, at, d->diagnostics);
    if (is_good && (*at <= previous || *at < 0)) {
        oh_diag_add(d->diagnostics, OH_MSG_STEP_ORDER, step->place, NULL,
                    *at < 0 ? "'%s' is below 0" : "'%s' does not come after the step before it",
                    step->text);
        is_good = false;
    }
    return oh_expect_scalar(d, entry->value, "a share") &&
           oh_quantity_decode(d, key, OH_UNIT_SHARE, entry->value->text, entry->value->length,
                              entry->value->place, probability) &&
           is_good;
}

static void decode_balk_steps(struct oh_decoder *d, const struct oh_key *key, enum oh_unit unit,
                              const struct oh_node *steps, struct oh_balk *balk) {
    if (steps->kind != OH_MAPPING || steps->n == 0) {
        oh_expect_failed(d, steps, "a map of steps", balk_hint);
        return;
    }
    if (!oh_expect_few(d, steps, OH_MOST_ITEMS))
        return;
    double *at = OH_NEW_ARRAY(d->arena, steps->n, double);
    double *probability = OH_NEW_ARRAY(d->arena, steps->n, double);
    balk->at = at;
    balk->probability = probability;
    for (size_t i = 0; i < steps->n; i++) {
        double previous = balk->n > 0 ? at[balk->n - 1] : -1;
        if (decode_balk_step(d, key, unit, &steps->entries[i], previous, &at[balk->n],
                             &probability[balk->n]))
            balk->n++;
    }
}

static void decode_balk(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                        void *into) {
    struct oh_balk *balk = into;
    if (node == NULL)
        return;
    if (node->kind == OH_SCALAR && !oh_node_is_empty(node)) {
        double *number = OH_NEW_ARRAY(d->arena, 2, double);
        if (oh_quantity_decode(d, key, OH_UNIT_SHARE, node->text, node->length, node->place,
                               &number[1]))
            *balk = (struct oh_balk){OH_BALKS_SHARE, 1, &number[0], &number[1]};
        return;
    }
    for (size_t i = 0; i < N_BALK_FORMS; i++) {
        const struct oh_node *steps = oh_node_find(node, balk_forms[i].key);
        if (steps == NULL || node->n != 1)
            continue;
        balk->form = balk_forms[i].form;
        decode_balk_steps(d, key, balk_forms[i].unit, steps, balk);
        return;
    }
    oh_expect_failed(d, node, "balking", balk_hint);
}

static const struct oh_node *encode_balk(struct oh_arena *arena, const struct oh_key *key,
                                         const void *from) {
    const struct oh_balk *balk = from;
    if (balk->form == OH_BALKS_NEVER)
        return NULL;
    if (balk->form == OH_BALKS_SHARE)
        return oh_quantity_encode(arena, OH_UNIT_SHARE, balk->probability[0]);
    size_t form = balk->form == balk_forms[0].form ? 0 : 1;
    struct oh_entry *steps = OH_NEW_ARRAY(arena, balk->n, struct oh_entry);
    for (uint32_t i = 0; i < balk->n; i++) {
        steps[i].key = oh_quantity_encode(arena, balk_forms[form].unit, balk->at[i]);
        steps[i].value = oh_quantity_encode(arena, OH_UNIT_SHARE, balk->probability[i]);
    }
    struct oh_entry entry = {oh_node_scalar(arena, balk_forms[form].key, nowhere),
                             oh_node_mapping(arena, steps, balk->n, nowhere)};
    return oh_node_mapping(arena, &entry, 1, nowhere);
}

const struct oh_kind oh_kind_balk = {"share or steps", decode_balk, encode_balk, balk_hint};

/* ---- queue limit: 100, or "3 per agent" ---- */

/* Length of the number before "per agent"; 0 if the text is a plain count. */
static size_t per_agent_length(const char *text) {
    const char *per = strstr(text, "per");
    if (per == NULL || per == text)
        return 0;
    const char *rest = per + 3 + strspn(per + 3, " ");
    if (rest == per + 3 || strcmp(rest, "agent") != 0)
        return 0;
    size_t n = (size_t)(per - text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

static void decode_queue_limit(struct oh_decoder *d, const struct oh_key *key,
                               const struct oh_node *node, void *into) {
    struct oh_queue_limit *limit = into;
    *limit = (struct oh_queue_limit){OH_NOT_GIVEN, OH_NOT_GIVEN};
    if (node == NULL || !oh_expect_scalar(d, node, "a count, or a number per agent"))
        return;
    size_t n = per_agent_length(node->text);
    if (n > 0)
        oh_quantity_decode(d, key, OH_UNIT_NUMBER, node->text, n,
                           oh_place_within(node->place, 0, n), &limit->per_agent);
    else
        oh_quantity_decode(d, key, OH_UNIT_COUNT, node->text, node->length, node->place,
                           &limit->count);
}

static const struct oh_node *encode_queue_limit(struct oh_arena *arena, const struct oh_key *key,
                                                const void *from) {
    const struct oh_queue_limit *limit = from;
    if (!isnan(limit->count))
        return oh_quantity_encode(arena, OH_UNIT_COUNT, limit->count);
    if (isnan(limit->per_agent))
        return NULL;
    char number[64];
    oh_unit_print(OH_UNIT_NUMBER, limit->per_agent, number, sizeof number);
    return oh_node_scalar(arena, oh_arena_printf(arena, "%s per agent", number), nowhere);
}

const struct oh_kind oh_kind_queue_limit = {"count, or number per agent", decode_queue_limit,
                                            encode_queue_limit,
                                            "a count, or a number per agent: 100, 2.5 per agent"};

/* ---- money: 41 USD/h ---- */

static const char *const money_pers[] = {"h", "d", "contact", "min"};

static bool is_currency(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return length == 3;
}

static const char *find_per(const char *text) {
    for (size_t i = 0; i < sizeof money_pers / sizeof money_pers[0]; i++)
        if (strcmp(text, money_pers[i]) == 0)
            return money_pers[i];
    return NULL;
}

static bool parse_money(struct oh_arena *arena, const char *text, struct oh_money *money) {
    double amount = 0;
    size_t n = oh_number_parse(text, strlen(text), &amount);
    if (n == 0 || !isfinite(amount) || amount < 0)
        return false;
    const char *currency = text + n + strspn(text + n, " ");
    size_t length = strcspn(currency, " /");
    const char *slash = currency + length + strspn(currency + length, " ");
    if (!is_currency(currency, length) || *slash != '/')
        return false;
    const char *per = find_per(slash + 1 + strspn(slash + 1, " "));
    *money = (struct oh_money){amount, oh_arena_strndup(arena, currency, length), per};
    return per != NULL;
}

static void decode_money(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                         void *into) {
    struct oh_money money, *result = into;
    *result = (struct oh_money){OH_NOT_GIVEN, NULL, NULL};
    if (node == NULL || !oh_expect_scalar(d, node, "money"))
        return;
    if (parse_money(d->arena, node->text, &money))
        *result = money;
    else
        oh_diag_add(d->diagnostics, OH_MSG_BAD_MONEY, node->place,
                    "an amount, a currency of three capitals, per h, d, min or contact: 41 USD/h",
                    "'%s' is no price", node->text);
}

static const struct oh_node *encode_money(struct oh_arena *arena, const struct oh_key *key,
                                          const void *from) {
    const struct oh_money *money = from;
    if (isnan(money->amount))
        return NULL;
    char number[64];
    oh_unit_print(OH_UNIT_NUMBER, money->amount, number, sizeof number);
    return oh_node_scalar(
        arena, oh_arena_printf(arena, "%s %s/%s", number, money->currency, money->per), nowhere);
}

const struct oh_kind oh_kind_money = {"money", decode_money, encode_money,
                                      "an amount, a currency and what it is for: 41 USD/h"};

/* ---- conditions ---- */

static void decode_expectation(struct oh_decoder *d, const struct oh_key *key,
                               const struct oh_node *node, void *into) {
    if (node != NULL && oh_expect_scalar(d, node, "a condition"))
        oh_expectation_parse(node->text, node->place, into, d->diagnostics);
}

static const struct oh_node *encode_expectation(struct oh_arena *arena, const struct oh_key *key,
                                                const void *from) {
    struct oh_text text = {0};
    oh_expectation_print(from, &text);
    const struct oh_node *node = oh_node_scalar(arena, text.data, nowhere);
    oh_text_fini(&text);
    return node;
}

const struct oh_kind oh_kind_expectation = {
    "condition", decode_expectation, encode_expectation,
    "43% \xC2\xB1 1%, at least 40%, at most 5%, between 40% and 45%"};

/* ---- variants: kept as they are; override.c has checked their paths ---- */

static void decode_overrides(struct oh_decoder *d, const struct oh_key *key,
                             const struct oh_node *node, void *into) {
    if (node == NULL)
        return;
    if (node->kind == OH_MAPPING && oh_expect_few(d, node, OH_MOST_ITEMS))
        *(const struct oh_node **)into = oh_files_moved(d, node);
    else if (node->kind != OH_MAPPING)
        oh_expect_failed(d, node, "a map of paths and values", "such as {agents.team.count: 20}");
}

static const struct oh_node *encode_overrides(struct oh_arena *arena, const struct oh_key *key,
                                              const void *from) {
    return *(const struct oh_node *const *)from;
}

const struct oh_kind oh_kind_overrides = {"map of changes", decode_overrides, encode_overrides,
                                          "paths with new values: {agents.team.count: 20}"};

/* ---- extends: followed before the document is decoded, so that the canonical form is that of all files ---- */

static void decode_extended(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, void *into) {}

static const struct oh_node *encode_extended(struct oh_arena *arena, const struct oh_key *key,
                                             const void *from) {
    return NULL;
}

const struct oh_kind oh_kind_extended = {"file", decode_extended, encode_extended,
                                         "the path of a scenario"};
