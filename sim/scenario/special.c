/* Values with a form of their own: queue limits, money, conditions, variants. */
#include <math.h>
#include <string.h>

#include "base/quantity.h"
#include "scenario/extends.h"
#include "scenario/kinds.h"

static const struct oh_place nowhere = {0};

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

/* Sums of amounts stay far within what can be counted in millionths. */
static const double most_money = 1e9;

static bool is_amount_sane(struct oh_decoder *d, const struct oh_node *node, double amount) {
    if (amount <= most_money)
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_OUT_OF_BOUNDS, node->place, "at most 1000000000",
                "'%s' is too much money", node->text);
    return false;
}

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
    if (parse_money(d->arena, node->text, &money)) {
        if (is_amount_sane(d, node, money.amount))
            *result = money;
    } else {
        oh_diag_add(d->diagnostics, OH_MSG_BAD_MONEY, node->place,
                    "an amount, a currency of three capitals, per h, d, min or contact: 41 USD/h",
                    "'%s' is no price", node->text);
    }
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

/* ---- prices: 0.50 USD ---- */

static bool parse_price(struct oh_arena *arena, const char *text, struct oh_price *price) {
    double amount = 0;
    size_t n = oh_number_parse(text, strlen(text), &amount);
    if (n == 0 || !isfinite(amount) || amount < 0)
        return false;
    const char *currency = text + n + strspn(text + n, " ");
    size_t length = strlen(currency);
    *price = (struct oh_price){amount, oh_arena_strndup(arena, currency, length)};
    return is_currency(currency, length);
}

static void decode_price(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                         void *into) {
    struct oh_price price, *result = into;
    *result = (struct oh_price){OH_NOT_GIVEN, NULL};
    if (node == NULL || !oh_expect_scalar(d, node, "an amount of money"))
        return;
    if (parse_price(d->arena, node->text, &price)) {
        if (is_amount_sane(d, node, price.amount))
            *result = price;
    } else {
        oh_diag_add(d->diagnostics, OH_MSG_BAD_MONEY, node->place,
                    "an amount and a currency of three capitals: 0.50 USD", "'%s' is no price",
                    node->text);
    }
}

static const struct oh_node *encode_price(struct oh_arena *arena, const struct oh_key *key,
                                          const void *from) {
    const struct oh_price *price = from;
    if (isnan(price->amount))
        return NULL;
    char number[64];
    oh_unit_print(OH_UNIT_NUMBER, price->amount, number, sizeof number);
    return oh_node_scalar(arena, oh_arena_printf(arena, "%s %s", number, price->currency), nowhere);
}

const struct oh_kind oh_kind_price = {"money", decode_price, encode_price,
                                      "an amount and a currency: 0.50 USD"};

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
