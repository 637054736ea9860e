/* Sections of the text report on what only some centres have, each left out where there is nothing to tell: call-backs,
 * expected waits, transfers, what became of people, money. */
#include <math.h>
#include <stdio.h>

#include "report/text.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* ---- tables of values of the whole centre ---- */

struct fact {
    const char *id, *label;
    enum oh_metric_unit unit;
    enum { ALWAYS, IF_NOT_ZERO, IF_VERBOSE } when;
};

static bool is_told(const struct oh_text_report *report, const struct fact *fact) {
    double value = oh_text_total_value(report, fact->id);
    if (!oh_text_is_measured(report, &report->summary->total, fact->id))
        return false;
    return fact->when == ALWAYS || (fact->when == IF_NOT_ZERO && fabs(value) > 0) ||
           (fact->when == IF_VERBOSE && report->options->verbose && !isnan(value));
}

static void print_facts(struct oh_text_report *report, const char *heading, const char *column,
                        const struct fact *facts, size_t n) {
    struct oh_table table;
    oh_table_init(&table, 2);
    oh_table_add(&table, heading, NULL);
    oh_table_add(&table, column, "");
    for (size_t i = 0; i < n; i++) {
        if (!is_told(report, &facts[i]))
            continue;
        oh_table_add(&table, facts[i].label, NULL);
        oh_text_add(report, &table, &report->summary->total, facts[i].id, facts[i].unit);
    }
    oh_text_table(report, &table);
}

/* ---- call-backs ---- */

static const struct fact callback_facts[] = {
    {"callbacks", "accepted", OH_M_CONTACTS, ALWAYS},
    {"callback_share", "share of those who wanted a person", OH_M_SHARE, ALWAYS},
    {"callback_delay.mean", "from accepting to talking, average", OH_M_SECONDS, ALWAYS},
    {"callback_delay.p90", "from accepting to talking, 90% within", OH_M_SECONDS, ALWAYS},
    {"callback_delay.max", "longest", OH_M_SECONDS, IF_VERBOSE},
};

void oh_text_callbacks(struct oh_text_report *report) {
    if (oh_text_total_value(report, "callbacks") > 0)
        print_facts(report, "Call-backs", "", callback_facts, N_OF(callback_facts));
}

/* ---- expected waits ---- */

/* "Expected waits were 12 s too long on average; they were off by 41 s, either way." */
void oh_text_estimates(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    struct oh_estimate bias = oh_text_estimate(report, total, "estimate.bias");
    struct oh_estimate error = oh_text_estimate(report, total, "estimate.error");
    if (isnan(bias.value) || isnan(error.value))
        return;
    bool is_short = bias.value < 0;
    if (is_short)
        bias = (struct oh_estimate){-bias.value, -bias.high, -bias.low};
    struct oh_said by = oh_say(&bias, OH_M_SECONDS), off = oh_say(&error, OH_M_SECONDS);
    struct oh_text sentence = {0};
    oh_text_printf(&sentence, "On average they were %s too %s, and off by %s either way.", by.value,
                   is_short ? "short" : "long", off.value);
    oh_text_heading(report, "Expected waits");
    oh_text_sentence(report, sentence.data);
    oh_text_fini(&sentence);
}

/* ---- transfers ---- */

static const struct fact leg_columns[] = {
    {"transferred", "contacts", OH_M_CONTACTS, ALWAYS},
    {"leg_answered", "answered", OH_M_CONTACTS, ALWAYS},
    {"leg_abandoned", "left", OH_M_CONTACTS, ALWAYS},
    {"leg_blocked", "not let in", OH_M_CONTACTS, IF_NOT_ZERO},
    {"leg_wait.mean", "average wait", OH_M_SECONDS, ALWAYS},
    {"conferences", "conferences", OH_M_CONTACTS, IF_NOT_ZERO},
};

static bool has_legs(struct oh_text_report *report, const struct oh_scope *scope) {
    static const char *const ids[] = {"transferred", "leg_blocked", "conferences"};
    for (size_t i = 0; i < N_OF(ids); i++)
        if (oh_text_estimate(report, scope, ids[i]).value > 0)
            return true;
    return false;
}

/* A row a type that later legs come to. */
void oh_text_legs(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    const struct fact *columns[N_OF(leg_columns)];
    struct oh_table table;
    size_t n = 0;
    for (size_t c = 0; c < N_OF(leg_columns); c++)
        if (is_told(report, &leg_columns[c]))
            columns[n++] = &leg_columns[c];
    oh_table_init(&table, 1 + n);
    oh_table_add(&table, "Transfers to", NULL);
    for (size_t c = 0; c < n; c++)
        oh_table_add(&table, columns[c]->label, "");
    for (uint32_t t = 0; t < s->n_types; t++) {
        if (!has_legs(report, &s->types[t]))
            continue;
        oh_table_add(&table, s->types[t].name, NULL);
        for (size_t c = 0; c < n; c++)
            oh_text_add(report, &table, &s->types[t], columns[c]->id, columns[c]->unit);
    }
    oh_text_table(report, &table);
}

/* ---- people ---- */

static const struct fact people_facts[] = {
    {"customers", "customers", OH_M_CONTACTS, ALWAYS},
    {"reached_people", "reached a person in the end", OH_M_SHARE, ALWAYS},
    {"resolved_people", "had the matter settled", OH_M_SHARE, ALWAYS},
    {"first_contact_resolution", "of those reached, in the first talk", OH_M_SHARE, ALWAYS},
    {"lost_customers.share", "left for good", OH_M_SHARE, IF_NOT_ZERO},
    {"attempts_per_customer", "attempts per customer", OH_M_RATIO, ALWAYS},
    {"contacts_per_resolution", "answered contacts per matter settled", OH_M_RATIO, ALWAYS},
    {"redials", "redials among the contacts", OH_M_CONTACTS, ALWAYS},
    {"time_to_reach.mean", "first attempt to answer, average", OH_M_SECONDS, ALWAYS},
    {"time_to_reach.p90", "first attempt to answer, 90% within", OH_M_SECONDS, ALWAYS},
    {"time_to_resolution.mean", "first attempt to settled, average", OH_M_SECONDS, ALWAYS},
    {"time_to_resolution.p90", "first attempt to settled, 90% within", OH_M_SECONDS, ALWAYS},
    {"hold_time_per_customer", "time in queues per customer", OH_M_SECONDS, ALWAYS},
    {"customers_pending", "still trying when the run ended", OH_M_CONTACTS, IF_NOT_ZERO},
};

void oh_text_people(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    bool has_matter = oh_text_is_measured(report, total, "resolved_people");
    if (!(oh_text_total_value(report, "customers") > 0))
        return;
    if (oh_text_total_value(report, "redials") == 0 && !has_matter && !report->options->verbose) {
        oh_text_heading(report, "People");
        oh_text_sentence(report, "Nobody tried twice: customers are as many as contacts.");
        return;
    }
    print_facts(report, "People", "", people_facts, N_OF(people_facts));
}

/* ---- money ---- */

static const struct fact money_facts[] = {
    {"cost.agents", "agents", OH_M_MONEY, IF_NOT_ZERO},
    {"cost.lines", "lines", OH_M_MONEY, IF_NOT_ZERO},
    {"cost.contacts", "attempts and time in queues", OH_M_MONEY, IF_NOT_ZERO},
    {"cost.lost_customers", "customers who left for good", OH_M_MONEY, IF_NOT_ZERO},
    {"cost", "cost, in all", OH_M_MONEY, ALWAYS},
    {"revenue", "revenue", OH_M_MONEY, IF_NOT_ZERO},
};
static const struct fact money_per_facts[] = {
    {"profit", "profit", OH_M_MONEY, ALWAYS},
    {"cost_per_contact", "cost per contact answered", OH_M_MONEY, ALWAYS},
    {"cost_per_customer", "cost per customer", OH_M_MONEY, IF_VERBOSE},
    {"cost_per_resolution", "cost per matter settled", OH_M_MONEY, IF_NOT_ZERO},
};

void oh_text_money(struct oh_text_report *report) {
    struct fact facts[N_OF(money_facts) + N_OF(money_per_facts)];
    size_t n = 0;
    if (!oh_text_is_measured(report, &report->summary->total, "cost"))
        return;
    for (size_t i = 0; i < N_OF(money_facts); i++)
        facts[n++] = money_facts[i];
    bool has_revenue = oh_text_total_value(report, "revenue") > 0; /* else it is the cost again */
    for (size_t i = has_revenue ? 0 : 1; i < N_OF(money_per_facts); i++)
        facts[n++] = money_per_facts[i];
    char heading[40];
    snprintf(heading, sizeof heading, "Money, %s", oh_summary_unit(report->summary, OH_M_MONEY));
    print_facts(report, heading, report->summary->replications == 1 ? "" : "per replication", facts,
                n);
}
