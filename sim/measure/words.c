/* The words that definitions are made of: each counter, and the sums that have a name. */
#include <string.h>

#include "base/assert.h"
#include "measure/formula.h"

#define CONTACT(count, name, meaning)                                                              \
    { name, meaning, OH_V_CONTACTS + (count), NULL }
#define AGENT(count, name, meaning)                                                                \
    { name, meaning, OH_V_AGENTS + (count), NULL }
#define CENTRE(count, name, meaning)                                                               \
    { name, meaning, OH_V_CENTRE + (count), NULL }
#define LARGEST(count, name, meaning)                                                              \
    { name, meaning, OH_V_MAXIMA + (count), NULL }
#define TAIL(count, name, meaning)                                                                 \
    { name, meaning, OH_V_TAILS + (count), NULL }
#define SUM(sum, name, meaning)                                                                    \
    { name, meaning, -1, sum }

static const struct oh_word table[] = {
    CONTACT(OH_C_OFFERED, "offered", "attempts that arrived in the window"),
    CONTACT(OH_CLOSED, "closed", "attempts outside opening hours"),
    CONTACT(OH_BLOCKED, "blocked", "attempts that found no line: busy signal"),
    CONTACT(OH_HUNG_UP, "hung_up", "attempts that left in the menu"),
    CONTACT(OH_SELF_SERVED, "self_served", "attempts that the menu served"),
    CONTACT(OH_DISCONNECTED, "disconnected",
            "attempts turned away on arrival: courtesy disconnect"),
    CONTACT(OH_CUT_OFF, "cut_off", "attempts disconnected by rule in the queue"),
    CONTACT(OH_BALKED, "balked", "attempts that did not join the queue"),
    CONTACT(OH_ABANDONED, "abandoned", "attempts that gave up in the queue"),
    CONTACT(OH_MESSAGE_LEFT, "message", "attempts that left the queue with a message"),
    CONTACT(OH_CALLBACK_LOST, "callback_lost", "accepted call-backs that reached nobody"),
    CONTACT(OH_ANSWERED, "answered", "attempts that an agent took"),
    CONTACT(OH_DROPPED, "dropped", "attempts still in the queue when the centre closed"),
    CONTACT(OH_UNFINISHED, "unfinished",
            "attempts still in menu, queue or awaiting a call-back when the run ended"),
    CONTACT(OH_C_DELAYED, "delayed", "attempts that waited (W > 0) for an agent, answered or not"),
    CONTACT(OH_C_ANSWERED_IN_T, "answered≤T", "answered with W ≤ T"),
    CONTACT(OH_C_LEFT_IN_T, "left≤T", "left with W ≤ T"),
    CONTACT(OH_C_ABANDONED_IN_S, "abandoned≤S", "abandoned with W ≤ S"),
    CONTACT(OH_C_REDIALS, "redials", "attempts that are not the customer's first"),
    CONTACT(OH_C_TRANSFERRED, "transferred",
            "contacts transferred to the type and let into its queue; each is a later leg of its "
            "attempt"),
    CONTACT(OH_C_W_ANSWERED_US, "sum of W of answered", "their waits added up"),
    CONTACT(OH_C_W_ABANDONED_US, "sum of W of abandoned", "their waits added up"),
    CONTACT(OH_C_W_LEFT_US, "sum of W of left", "their waits added up"),
    CONTACT(OH_C_W_TOTAL_US, "queue time of all legs of answered",
            "their time in all queues, before and after transfers, added up"),
    CONTACT(OH_C_TALK_US, "talk time of answered",
            "talk time of answered attempts, whole; of a group, what lies in the window"),
    CONTACT(OH_C_WRAP_UP_US, "wrap-up of answered",
            "their wrap-up time; of a group, what lies in the window"),
    CONTACT(OH_C_CUSTOMERS, "customers", "people whose first attempt arrived in the window"),
    CONTACT(OH_C_CUSTOMERS_REACHED, "customers_reached",
            "customers answered in one of their attempts"),
    CONTACT(OH_C_CUSTOMERS_PENDING, "customers_pending",
            "customers neither reached nor given up when the run ended"),
    CONTACT(OH_C_TIME_TO_REACH_US, "sum of times to reach",
            "from the first attempt until answered, added up over customers_reached"),
    CONTACT(OH_C_LEG_ANSWERED, "leg_answered",
            "contacts transferred to the type that an agent took"),
    CONTACT(OH_C_LEG_ABANDONED, "leg_abandoned",
            "contacts transferred to the type that left its queue unanswered"),
    CONTACT(OH_C_LEG_BLOCKED, "leg_blocked",
            "contacts to be transferred to the type that were not let into its queue"),
    CONTACT(OH_C_LEG_WAIT_US, "queue time of all legs",
            "first ones and transferred ones, under the type whose queue they stand in, added up"),
    CONTACT(OH_C_LATER_LEG_WAIT_US, "queue time of later legs",
            "time in the type's queue of contacts transferred to it, added up"),
    CONTACT(OH_C_CONFERENCE_LEGS, "conferences asked",
            "conferences for which an agent of the type was asked"),
    CONTACT(OH_C_CONFERENCES, "conferences",
            "second agents who joined a conversation, under the type they were asked for"),
    CONTACT(OH_C_CUSTOMERS_OPEN, "customers_open",
            "customers reached before, but not done with the centre when the run ended"),
    CONTACT(OH_C_CUSTOMERS_RESOLVED, "customers_resolved", "customers whose matter was settled"),
    CONTACT(OH_C_RESOLVED_AT_FIRST, "resolved at first",
            "customers resolved in their first answered attempt"),
    CONTACT(OH_C_TIME_TO_RESOLUTION_US, "sum of times to resolution",
            "from the first attempt until resolved, added up over customers_resolved"),
    CONTACT(OH_C_CUSTOMERS_LOST, "lost_customers", "customers who left for good"),
    CONTACT(OH_C_CALLBACKS, "callbacks", "attempts that accepted a call-back"),
    CONTACT(OH_C_CALLBACKS_ANSWERED, "callbacks answered", "call-backs that reached the customer"),
    CONTACT(OH_C_CALLBACK_DELAY_US, "sum of call-back delays",
            "from accepting the call-back until talking, added up over callbacks answered"),
    CONTACT(OH_C_SL_EXCLUDED, "excluded",
            "call-backs answered that the contact type leaves out of service levels"),
    CONTACT(
        OH_C_ESTIMATES, "estimated",
        "contacts that joined the queue, whose wait was estimated then, and that an agent took"),
    CONTACT(OH_C_ESTIMATE_BIAS_US, "sum of signed errors of estimates",
            "estimate less W, added up over estimated"),
    CONTACT(OH_C_ESTIMATE_ERROR_US, "sum of errors of estimates", "the same without the sign"),
    CONTACT(OH_C_COST_MICRO, "cost of contacts",
            "attempts, and time in the queue on a line (call-backs wait elsewhere), each times its "
            "price"),
    CONTACT(OH_C_COST_LOST_MICRO, "cost of lost customers", "lost_customers, times their price"),
    CONTACT(OH_C_REVENUE_MICRO, "revenue", "customers_resolved, times what each brings"),
    CONTACT(OH_C_QUEUE_US, "integral of queue length", "over the window time"),
    CONTACT(OH_C_REDIALING_US, "integral of waiting to redial", "over the window time"),

    AGENT(OH_A_TALK_US, "talk time", "agents' time in talk, hold included"),
    AGENT(OH_A_WRAP_UP_US, "wrap-up time", "agents' time in wrap-up"),
    AGENT(OH_A_AVAILABLE_US, "available time", "agents' time on duty and idle"),
    AGENT(OH_A_BREAK_US, "break time", "agents' time in breaks"),
    AGENT(OH_A_OVERTIME_US, "overtime",
          "agents' time past the end of the shift, until talk and wrap-up end"),
    AGENT(OH_A_SCHEDULED_US, "scheduled time", "people scheduled, before shrinkage, times hours"),
    AGENT(OH_A_ON_DUTY_US, "time on duty", "agents' time in talk, wrap-up or available"),
    AGENT(OH_A_BUSY_RUN_US, "sum of longest busy runs",
          "longest stretch of each agent and day without an available moment, added up"),
    AGENT(OH_A_BUSY_RUNS, "agents and days", "how many there are: agents times days on duty"),
    AGENT(OH_A_ROW, "sum of most contacts in a row",
          "of each agent and day without an available moment between, added up"),
    AGENT(OH_A_COST_MICRO, "cost of agents",
          "paid time, or contacts that they took, times its price"),

    CENTRE(OH_T_WINDOW_US, "window time",
           "time that counts, after the warm-up: opening hours, and then on until the last contact "
           "is finished"),
    CENTRE(OH_T_LINES_US, "integral of lines busy", "over the window time"),
    CENTRE(OH_T_COST_LINES_MICRO, "cost of lines", "time that lines are busy, times its price"),

    LARGEST(OH_MAX_QUEUE, "largest queue length", "in the window"),
    LARGEST(OH_MAX_LINES, "most lines busy", "in the window"),
    LARGEST(OH_MAX_BUSY, "most agents busy", "in the window"),
    LARGEST(OH_MAX_REDIALING, "most waiting to redial", "in the window"),
    LARGEST(OH_MAX_W_ANSWERED_US, "longest W of answered", "of a replication"),
    LARGEST(OH_MAX_W_ABANDONED_US, "longest W of abandoned", "of a replication"),
    LARGEST(OH_MAX_W_ALL_US, "longest W", "of all answered and left of a replication"),
    LARGEST(OH_MAX_W_TOTAL_US, "longest queue time of all legs", "of an answered attempt"),
    LARGEST(OH_MAX_TIME_TO_REACH_US, "longest time to reach", "of a customer"),
    LARGEST(OH_MAX_TIME_TO_RESOLUTION_US, "longest time to resolution", "of a customer"),
    LARGEST(OH_MAX_CALLBACK_DELAY_US, "longest call-back delay", "of a call-back answered"),

    TAIL(OH_TAIL_ANSWERED, "answered over <T>", "answered that waited longer"),
    TAIL(OH_TAIL_ABANDONED, "abandoned over <T>", "abandoned that waited longer"),
    TAIL(OH_TAIL_LEFT, "left over <T>", "left that waited longer"),
    TAIL(OH_TAIL_TOTAL, "answered over <T> in all legs",
         "answered with longer queue time of all legs"),

    SUM("offered - closed - hung_up - self_served - unfinished", "sought",
        "attempts that wanted a person"),
    SUM("abandoned + cut_off + message + dropped", "left",
        "attempts that queued and were not answered"),
    SUM("transferred + conferences asked", "later legs",
        "transfers and conferences that were let in"),
    SUM("answered + left + transferred + conferences asked", "legs",
        "contacts that came to the type's queue or were taken at once, and have been taken or have "
        "left; "
        "those transferred to the type included"),
    SUM("talk time + wrap-up time", "busy time", "agents' time in talk or wrap-up"),
    SUM("scheduled time + overtime", "paid time", "agents' paid time"),
    SUM("cost of agents + cost of lines + cost of contacts + cost of lost customers", "cost",
        "of agents, of lines, of contacts and of customers lost"),
};

size_t oh_words(const struct oh_word **words) {
    *words = table;
    return sizeof table / sizeof table[0];
}

const struct oh_word *oh_word_find(const char *text, size_t length) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, text, length) == 0)
            return &table[i];
    return NULL;
}

const char *oh_outcome_name(enum oh_outcome outcome) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].counter == OH_V_CONTACTS + (int)outcome)
            return table[i].name;
    oh_assert_failed("argument", "outcome < OH_N_OUTCOMES", __FILE__, __LINE__);
}
