#include "scenario/schema.h"

#include <stddef.h>
#include <string.h>

#include "scenario/choices.h"
#include "scenario/kinds.h"
#include "scenario/scenario.h"

/* ---- how rows are written; the macros are designated initializers ---- */

/* NOLINTBEGIN(bugprone-macro-parentheses) */

#define SECTION               .kind = &oh_kind_section
#define MAP_OF(element, high) .kind = &oh_kind_map, .element_size = sizeof(element), .most = (high)
#define TEXT                  .kind = &oh_kind_text
#define ONE_OF(table)         .kind = &oh_kind_choice, .choices = (table)
#define DURATION(low, high)                                                                        \
    .kind = &oh_kind_quantity, .unit = OH_UNIT_DURATION, .least = (low), .most = (high)
#define COUNT(low, high)                                                                           \
    .kind = &oh_kind_quantity, .unit = OH_UNIT_COUNT, .least = (low), .most = (high)
#define RATE(low, high)                                                                            \
    .kind = &oh_kind_quantity, .unit = OH_UNIT_RATE, .least = (low), .most = (high)
#define SHARE(low, high)                                                                           \
    .kind = &oh_kind_quantity, .unit = OH_UNIT_SHARE, .least = (low), .most = (high)
#define NUMBER(low, high)                                                                          \
    .kind = &oh_kind_quantity, .unit = OH_UNIT_NUMBER, .least = (low), .most = (high)
#define TIME_DISTRIBUTION   .kind = &oh_kind_distribution, .unit = OH_UNIT_DURATION
#define FACTOR_DISTRIBUTION .kind = &oh_kind_distribution, .unit = OH_UNIT_NUMBER
#define OPENING                                                                                    \
    .kind = &oh_kind_opening, .unit = OH_UNIT_CLOCK, .least = 0, .most = DAY_S,                    \
    .changes = OH_BY_WEEKDAY
#define CHANCE(on)                                                                                 \
    .kind = &oh_kind_chance, .unit = OH_UNIT_SHARE, .least = 0, .most = 1, .depends = (on)
#define FACTOR(on)                                                                                 \
    .kind = &oh_kind_chance, .unit = OH_UNIT_SHARE, .least = 0, .most = 10, .depends = (on)
#define PRICE .kind = &oh_kind_price
#define NAMES .kind = &oh_kind_names
#define DURATIONS(low, high)                                                                       \
    .kind = &oh_kind_quantities, .unit = OH_UNIT_DURATION, .least = (low), .most = (high)
#define CHANGING            .changes = OH_OVER_THE_DAY
#define IN_SCENARIO(member) .offset = offsetof(struct oh_scenario, member)
#define IN_CONTACT(member)  .offset = offsetof(struct oh_contact, member)
#define IN_GROUP(member)    .offset = offsetof(struct oh_group, member)
#define IN_TRANSFER(member) .offset = offsetof(struct oh_transfer, member)

/* What chances may depend on. */
#define ON_TIMES    (1u << OH_CHANCE_BY_ORDINAL)
#define ON_ATTEMPT  (1u << OH_CHANCE_BY_ATTEMPT)
#define ON_WAIT     (1u << OH_CHANCE_BY_WAIT)
#define ON_GROUP    (1u << OH_CHANCE_BY_GROUP)
#define ON_QUEUE    (1u << OH_CHANCE_BY_QUEUE | 1u << OH_CHANCE_BY_EXPECTED_WAIT)
#define ON_TALK     (ON_TIMES | ON_ATTEMPT | ON_WAIT | ON_GROUP)
#define ON_CUSTOMER (ON_ATTEMPT | ON_WAIT)

/* Bounds. A century holds every centre; a rate of 100,000 a second is one of all telephones. */
enum {
    DAY_S = 86400,
    MOST_DAYS = 3660,
    MOST_RATE_PER_S = 100000,
    MOST_AGENTS = 1000000,
    MOST_NAMES = 1000,
    MOST_VARIANTS = 200
};
#define LONGEST_S  (36525.0 * DAY_S)
#define MOST_COUNT 1e9
#define MOST_SEED  9007199254740992.0 /* 2^53: every whole number up to it is exact */

#define RETRY(cause, word, when)                                                                   \
    {"contacts.*.retry." word, .kind = &oh_kind_rule, IN_CONTACT(retry[cause].is_given),           \
     .about =                                                                                      \
         "Redialling " when                                                                        \
         ". The rule of the type where the attempt ended holds. Left out: nobody tries again.",    \
     .example = "{probability: 60%, delay: exponential(40min), at_most: 8}"},                      \
        {"contacts.*.retry." word ".probability",                                                  \
         CHANCE(ON_TIMES | ON_ATTEMPT | ON_WAIT),                                                  \
         IN_CONTACT(retry[cause].probability),                                                     \
         .flags = OH_REQUIRED,                                                                     \
         .about = "The share of customers who try again " when                                     \
                  ". A list gives it for the first such redial, the second, and so on; its last "  \
                  "entry holds for all further ones.",                                             \
         .example = "[80%, 60%, 40%]"},                                                            \
        {"contacts.*.retry." word ".delay",                                                        \
         TIME_DISTRIBUTION,                                                                        \
         IN_CONTACT(retry[cause].delay),                                                           \
         .flags = OH_REQUIRED | OH_FINITE,                                                         \
         .about = "The time from the end of the attempt to the next one.",                         \
         .example = "exponential(40min)"},                                                         \
        {"contacts.*.retry." word ".to",                                                           \
         NAMES,                                                                                    \
         IN_CONTACT(retry[cause].to),                                                              \
         .flags = OH_MAY_REPEAT,                                                                   \
         .about = "The contact type of the next attempt; a list gives it for the first such "      \
                  "redial, the second, and so on, and its last holds on. Left out: the same.",     \
         .example = "[mail, mail, phone]"},                                                        \
    {                                                                                              \
        "contacts.*.retry." word ".at_most", COUNT(1, MOST_COUNT),                                 \
            IN_CONTACT(retry[cause].at_most),                                                      \
            .about = "The most redials of one customer for this cause. Left out: no limit.",       \
            .example = "8"                                                                         \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

/* ---- the rows ---- */

static const struct oh_key keys[] = {
#include "scenario/schema.def"
};

enum { N_KEYS = sizeof keys / sizeof keys[0] };

/* ---- looking up ---- */

size_t oh_schema_rows(const struct oh_key **rows) {
    *rows = keys;
    return N_KEYS;
}

bool oh_key_is_under(const struct oh_key *key, const struct oh_key *above) {
    const char *rest = key->path;
    if (above != NULL) {
        size_t n = strlen(above->path);
        if (strncmp(rest, above->path, n) != 0 || rest[n] != '.')
            return false;
        rest += n + 1;
    }
    return strchr(rest, '.') == NULL;
}

const char *oh_key_word(const struct oh_key *key) {
    const char *dot = strrchr(key->path, '.');
    return dot != NULL ? dot + 1 : key->path;
}

const struct oh_key *oh_schema_child(const struct oh_key *above, const char *word) {
    for (size_t i = 0; i < N_KEYS; i++)
        if (oh_key_is_under(&keys[i], above) && strcmp(oh_key_word(&keys[i]), word) == 0)
            return &keys[i];
    return NULL;
}

const struct oh_key *oh_schema_below(const struct oh_key *above, const char *path) {
    const struct oh_key *found = above;
    for (const char *at = path;;) {
        size_t n = strcspn(at, ".");
        char word[128];
        if (n == 0 || n >= sizeof word)
            return NULL;
        memcpy(word, at, n);
        word[n] = '\0';
        if (found != NULL && found->kind == &oh_kind_map) {
            const struct oh_key *element = oh_schema_child(found, "*");
            if (found->flags & OH_ANY_NAME)
                return element;
            found = element;
        } else {
            found = oh_schema_child(found, word);
        }
        if (found == NULL || at[n] == '\0')
            return found;
        at += n + 1;
    }
}

const struct oh_key *oh_schema_find(const char *path) {
    return oh_schema_below(NULL, path);
}
