/* What things cost and bring, from the scenario to the layout that records are priced by. */
#include <math.h>
#include <string.h>

#include "plan/rows.h"

#define MICRO 1e6

static struct oh_price_rate rate_of(double amount, double per) {
    return (struct oh_price_rate){isnan(amount) ? 0 : amount * MICRO, per};
}

static double us_per(const char *time) {
    return (double)(strcmp(time, "d") == 0   ? OH_US_PER_DAY
                    : strcmp(time, "h") == 0 ? 3600 * OH_US_PER_S
                                             : 60 * OH_US_PER_S);
}

static bool is_per_contact(const struct oh_money *money) {
    return !isnan(money->amount) && strcmp(money->per, "contact") == 0;
}

static struct oh_price_rate per_time(const struct oh_money *money) {
    bool is_given = !isnan(money->amount) && !is_per_contact(money);
    return is_given ? rate_of(money->amount, us_per(money->per)) : rate_of(NAN, 1);
}

static struct oh_type_prices prices_of_type(const struct oh_contact *contact) {
    return (struct oh_type_prices){
        .attempt = rate_of(contact->money.per_attempt.amount, 1),
        .queue_time = rate_of(contact->money.per_minute.amount, us_per("min")),
        .resolved = rate_of(contact->money.per_resolved.amount, 1),
        .lost_customer = rate_of(contact->money.per_lost_customer.amount, 1),
    };
}

static struct oh_group_prices prices_of_group(const struct oh_group *group) {
    return (struct oh_group_prices){
        .paid_time = per_time(&group->cost),
        .contact = rate_of(is_per_contact(&group->cost) ? group->cost.amount : NAN, 1),
    };
}

/* All amounts are in one: that has been checked. NULL: there is no money. */
static const char *currency_of(const struct oh_scenario *s) {
    const char *currency = s->line_cost.currency;
    for (uint32_t i = 0; i < s->agents.n && currency == NULL; i++)
        currency = s->agents.items[i].cost.currency;
    for (uint32_t i = 0; i < s->contacts.n && currency == NULL; i++) {
        const struct oh_price *const prices[] = {&s->contacts.items[i].money.per_attempt,
                                                 &s->contacts.items[i].money.per_minute,
                                                 &s->contacts.items[i].money.per_resolved,
                                                 &s->contacts.items[i].money.per_lost_customer};
        for (size_t j = 0; j < sizeof prices / sizeof prices[0] && currency == NULL; j++)
            currency = prices[j]->currency;
    }
    return currency;
}

void oh_prices_compile(struct oh_compiler *c) {
    const struct oh_scenario *s = c->scenario;
    const char *currency = currency_of(s);
    if (currency == NULL)
        return;
    struct oh_prices *prices = OH_NEW(c->arena, struct oh_prices);
    struct oh_type_prices *types = OH_NEW_ARRAY(c->arena, s->contacts.n, struct oh_type_prices);
    struct oh_group_prices *groups = OH_NEW_ARRAY(c->arena, s->agents.n, struct oh_group_prices);
    for (uint32_t i = 0; i < s->contacts.n; i++)
        types[i] = prices_of_type(&s->contacts.items[i]);
    for (uint32_t i = 0; i < s->agents.n; i++)
        groups[i] = prices_of_group(&s->agents.items[i]);
    *prices = (struct oh_prices){currency, types, groups, per_time(&s->line_cost)};
    c->plan->layout.prices = prices;
    c->plan->layout.has |= OH_HAS_MONEY;
}
