/* Whether what is said of a contact's way fits together: names, shares that exclude each other, currencies. */
#include <math.h>
#include <string.h>

#include "scenario/kinds.h"

struct checker {
    struct oh_decoder *decoder;
    const struct oh_scenario *scenario;
};

#define REPORT(c, id, place, hint, ...)                                                            \
    oh_diag_add((c)->decoder->diagnostics, OH_MSG_##id, (place), (hint), __VA_ARGS__)

static struct oh_place at(struct checker *c, const struct oh_contact *contact, const char *key) {
    return oh_scenario_place(
        c->scenario, oh_arena_printf(c->decoder->arena, "contacts.%s.%s", contact->name, key));
}

/* ---- names ---- */

static bool check_type(struct checker *c, const char *name, struct oh_place place) {
    return oh_check_name(c->decoder, c->scenario->contacts.items, c->scenario->contacts.n,
                         sizeof(struct oh_contact), name, place, "contact type");
}

static void check_group(struct checker *c, const char *name, struct oh_place place) {
    oh_check_name(c->decoder, c->scenario->agents.items, c->scenario->agents.n,
                  sizeof(struct oh_group), name, place, "agent group");
}

static void check_groups_of(struct checker *c, const struct oh_chance *chance) {
    for (uint32_t i = 0; i < chance->groups.n; i++)
        check_group(c, chance->groups.name[i], chance->groups.place[i]);
}

/* ---- shares that exclude each other ---- */

/* The share at index i of lists; that which holds anywhere at most, for all other forms. */
static double share_at(const struct oh_chance *chance, uint32_t i) {
    double most = 0;
    if (chance->by == OH_CHANCE_BY_ORDINAL || chance->by == OH_CHANCE_BY_ATTEMPT)
        return chance->share[i < chance->n ? i : chance->n - 1];
    for (uint32_t j = 0; j < chance->n; j++)
        most = fmax(most, chance->share[j]);
    return most;
}

enum { MOST_EXCLUSIVE = 64 };
struct exclusive {
    const struct oh_chance *chance[MOST_EXCLUSIVE];
    uint32_t n;
};

static void add_share(struct exclusive *set, const struct oh_chance *chance) {
    if (chance->by != OH_CHANCE_NEVER && set->n < MOST_EXCLUSIVE)
        set->chance[set->n++] = chance;
}

static double largest_sum(const struct exclusive *set) {
    double largest = 0;
    uint32_t longest = 1;
    for (uint32_t i = 0; i < set->n; i++)
        if (set->chance[i]->n > longest)
            longest = set->chance[i]->n;
    for (uint32_t at = 0; at < longest; at++) {
        double sum = 0;
        for (uint32_t i = 0; i < set->n; i++)
            sum += share_at(set->chance[i], at);
        largest = fmax(largest, sum);
    }
    return largest;
}

static struct exclusive menu_shares(const struct oh_contact *contact) {
    struct exclusive set = {.n = 0};
    add_share(&set, &contact->ivr.hung_up);
    add_share(&set, &contact->ivr.self_served);
    for (uint32_t i = 0; i < contact->ivr.leads_to.n; i++)
        add_share(&set, &contact->ivr.leads_to.items[i].chance);
    for (uint32_t i = 0; i < contact->ivr.wrong_choice.n; i++)
        add_share(&set, &contact->ivr.wrong_choice.items[i].chance);
    return set;
}

static struct exclusive talk_shares(const struct oh_contact *contact) {
    struct exclusive set = {.n = 0};
    for (uint32_t i = 0; i < contact->transfer.n; i++)
        add_share(&set, &contact->transfer.items[i].probability);
    for (uint32_t i = 0; i < contact->conference.n; i++)
        add_share(&set, &contact->conference.items[i].probability);
    return set;
}

bool oh_menu_takes_all(const struct oh_contact *contact) {
    struct exclusive set = menu_shares(contact);
    double sum = 0;
    for (uint32_t i = 0; i < set.n; i++)
        sum += set.chance[i]->by == OH_CHANCE_ALWAYS_DRAW ? set.chance[i]->share[0] : 0;
    return sum > 1 - 1e-9;
}

static void check_sum(struct checker *c, const struct oh_contact *contact, const char *key,
                      const char *what, struct exclusive set) {
    double sum = largest_sum(&set);
    if (sum <= 1 + 1e-9)
        return;
    char percent[32];
    oh_number_print(sum * 100, 6, percent, sizeof percent);
    REPORT(c, SHARES_ABOVE_ALL, at(c, contact, key), NULL, "%s add up to %s%%", what, percent);
}

/* ---- parts ---- */

static void check_branches(struct checker *c, const struct oh_contact *contact,
                           const struct oh_branches *branches) {
    for (uint32_t i = 0; i < branches->n; i++)
        if (check_type(c, branches->items[i].name, branches->items[i].place) &&
            strcmp(branches->items[i].name, contact->name) == 0)
            REPORT(c, NO_EFFECT, branches->items[i].place, "leave it out",
                   "the menu leads to its own type anyway");
}

static void check_transfers(struct checker *c, const struct oh_transfers *transfers) {
    for (uint32_t i = 0; i < transfers->n; i++) {
        check_type(c, transfers->items[i].name, transfers->items[i].place);
        check_groups_of(c, &transfers->items[i].probability);
    }
}

static void check_overflow(struct checker *c, const struct oh_contact *contact,
                           const struct oh_overflow *overflow) {
    const struct oh_scenario *s = c->scenario;
    check_group(c, overflow->name, overflow->place);
    for (uint32_t i = 0; i < s->agents.n; i++)
        if (strcmp(s->agents.items[i].name, overflow->name) == 0 && overflow->after_s > 0 &&
            oh_group_handles(&s->agents.items[i], contact->name))
            REPORT(c, NO_EFFECT, overflow->place,
                   oh_arena_printf(c->decoder->arena,
                                   "leave '%s' out of its handles ([] where nothing is left)",
                                   contact->name),
                   "group '%s' handles '%s' at once: overflow has no effect", overflow->name,
                   contact->name);
}

static void check_talk(struct checker *c, const struct oh_contact *contact) {
    if (contact->talk.form == OH_ABSENT && !contact->talk.is_broken && !oh_menu_takes_all(contact))
        REPORT(c, MISSING_KEY, contact->place, "add 'talk: lognormal(mean=4min cv=1.2)'",
               "'talk' is missing");
}

static void check_contact(struct checker *c, const struct oh_contact *contact) {
    check_talk(c, contact);
    check_branches(c, contact, &contact->ivr.leads_to);
    check_branches(c, contact, &contact->ivr.wrong_choice);
    check_sum(c, contact, "ivr", "the shares of the menu", menu_shares(contact));
    check_transfers(c, &contact->transfer);
    check_transfers(c, &contact->conference);
    check_sum(c, contact, contact->transfer.n > 0 ? "transfer" : "conference",
              "the shares of transfers and conferences", talk_shares(contact));
    check_groups_of(c, &contact->resolved);
    for (uint32_t i = 0; i < contact->overflow.n; i++)
        check_overflow(c, contact, &contact->overflow.items[i]);
    for (int i = 0; i < OH_N_RETRIES; i++)
        for (uint32_t j = 0; j < contact->retry[i].to.n; j++)
            check_type(c, contact->retry[i].to.name[j], contact->retry[i].to.place[j]);
}

/* ---- types that nobody comes to ---- */

static bool leads_to(const struct oh_contact *from, const char *name) {
    for (uint32_t i = 0; i < from->ivr.leads_to.n; i++)
        if (strcmp(from->ivr.leads_to.items[i].name, name) == 0)
            return true;
    for (uint32_t i = 0; i < from->ivr.wrong_choice.n; i++)
        if (strcmp(from->ivr.wrong_choice.items[i].name, name) == 0)
            return true;
    for (uint32_t i = 0; i < from->transfer.n; i++)
        if (strcmp(from->transfer.items[i].name, name) == 0)
            return true;
    for (uint32_t i = 0; i < from->conference.n; i++)
        if (strcmp(from->conference.items[i].name, name) == 0)
            return true;
    for (int i = 0; i < OH_N_RETRIES; i++)
        for (uint32_t j = 0; j < from->retry[i].to.n; j++)
            if (strcmp(from->retry[i].to.name[j], name) == 0)
                return true;
    return false;
}

static void check_is_reached(struct checker *c, const struct oh_contact *contact) {
    if (contact->rate.form != OH_ABSENT || contact->gap.form != OH_ABSENT ||
        contact->rate.is_broken || contact->gap.is_broken ||
        oh_diag_errors(c->decoder->diagnostics) > 0)
        return;
    for (uint32_t i = 0; i < c->scenario->contacts.n; i++)
        if (leads_to(&c->scenario->contacts.items[i], contact->name))
            return;
    REPORT(c, NEVER_REACHED, contact->place, "add 'arrivals: {rate: 120/h}'",
           "nobody ever comes to '%s'", contact->name);
}

/* ---- money ---- */

struct currency {
    const char *word;
};

static void check_currency(struct checker *c, struct currency *first, const char *currency,
                           const char *path) {
    if (currency == NULL)
        return;
    if (first->word == NULL)
        first->word = currency;
    else if (strcmp(first->word, currency) != 0)
        REPORT(c, SEVERAL_CURRENCIES, oh_scenario_place(c->scenario, path), NULL, "both %s and %s",
               first->word, currency);
}

static void check_money(struct checker *c) {
    const struct oh_scenario *s = c->scenario;
    struct oh_arena *arena = c->decoder->arena;
    struct currency first = {NULL};
    for (uint32_t i = 0; i < s->contacts.n; i++) {
        const struct oh_contact *contact = &s->contacts.items[i];
        const struct {
            const char *key;
            const struct oh_price *price;
        } rows[] = {{"per_attempt", &contact->money.per_attempt},
                    {"per_minute", &contact->money.per_minute},
                    {"per_resolved", &contact->money.per_resolved},
                    {"per_lost_customer", &contact->money.per_lost_customer}};
        for (size_t j = 0; j < sizeof rows / sizeof rows[0]; j++)
            check_currency(
                c, &first, rows[j].price->currency,
                oh_arena_printf(arena, "contacts.%s.money.%s", contact->name, rows[j].key));
    }
    for (uint32_t i = 0; i < s->agents.n; i++)
        check_currency(c, &first, s->agents.items[i].cost.currency,
                       oh_arena_printf(arena, "agents.%s.cost", s->agents.items[i].name));
    check_currency(c, &first, s->line_cost.currency, "line_cost");
    if (s->line_cost.per != NULL && strcmp(s->line_cost.per, "contact") == 0)
        REPORT(c, BAD_MONEY, oh_scenario_place(s, "line_cost"), "see contacts.*.money.per_attempt",
               "lines cost per h, d or min, not per contact");
}

void oh_scenario_check_ways(struct oh_decoder *decoder, const struct oh_scenario *s) {
    struct checker c = {decoder, s};
    for (uint32_t i = 0; i < s->contacts.n; i++)
        check_contact(&c, &s->contacts.items[i]);
    for (uint32_t i = 0; i < s->contacts.n; i++)
        check_is_reached(&c, &s->contacts.items[i]);
    check_money(&c);
}
