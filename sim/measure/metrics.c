/* The table of metrics. A new metric is one row: its definition is its formula (formula.h), made of the words in
 * words.c; everything that computes, prints, explains or documents it follows from the row. */
#include "measure/formula.h"

#define TOTAL     OH_IN_TOTAL
#define CONTACTS  (OH_IN_TOTAL | OH_IN_CONTACTS)
#define AGENTS    (OH_IN_TOTAL | OH_IN_AGENTS)
#define EVERY     (OH_IN_TOTAL | OH_IN_CONTACTS | OH_IN_AGENTS)
#define INTERVALS OH_IN_INTERVALS

#define FORMULA(name, of_unit, scope, what, formula)                                               \
    { .id = (name), .unit = (of_unit), .scopes = (scope), .title = (what), .definition = (formula) }
#define COUNT(name, scope, what)               FORMULA(name, OH_M_CONTACTS, scope, what, name)
#define CONTACT_NUMBER(name, scope, what, sum) FORMULA(name, OH_M_CONTACTS, scope, what, sum)
#define SHARE(name, scope, what, formula)      FORMULA(name, OH_M_SHARE, scope, what, formula)
#define SECONDS(name, scope, what, formula)    FORMULA(name, OH_M_SECONDS, scope, what, formula)
#define TIME_SHARE(name, scope, what, formula)                                                     \
    {                                                                                              \
        .id = (name), .unit = OH_M_SHARE, .scopes = (scope), .title = (what),                      \
        .definition = (formula), .trials = "answered"                                              \
    }
#define OF_LINES(name, scope, what, formula)                                                       \
    {                                                                                              \
        .id = (name), .unit = OH_M_CONTACTS, .scopes = (scope), .title = (what),                   \
        .definition = (formula), .needs = OH_HAS_LINES                                             \
    }
#define NEEDING(what_for, name, of_unit, scope, what, formula)                                     \
    {                                                                                              \
        .id = (name), .unit = (of_unit), .scopes = (scope), .title = (what),                       \
        .definition = (formula), .needs = (what_for)                                               \
    }
#define MONEY(name, scope, what, formula)                                                          \
    NEEDING(OH_HAS_MONEY, name, OH_M_MONEY, scope, what, formula)
#define PERCENTILES(name, what, of, formula)                                                       \
    {                                                                                              \
        .id = (name), .unit = OH_M_SECONDS, .scopes = CONTACTS, .title = (what),                   \
        .definition = (formula), .kind = OH_K_PERCENTILE, .family = OH_PERCENTILES,                \
        .distribution = (of)                                                                       \
    }
#define TAILS(name, what, formula)                                                                 \
    {                                                                                              \
        .id = (name), .unit = OH_M_SHARE, .scopes = CONTACTS, .title = (what),                     \
        .definition = (formula), .family = OH_TAILS                                                \
    }

const struct oh_metric oh_metric_table[] = {
    /* what happened to the contacts */
    COUNT("offered", CONTACTS | INTERVALS, "contacts offered"),
    COUNT("closed", CONTACTS | INTERVALS, "called outside opening hours"),
    COUNT("blocked", CONTACTS | INTERVALS, "got a busy signal"),
    COUNT("hung_up", CONTACTS | INTERVALS, "hung up in the menu"),
    COUNT("self_served", CONTACTS | INTERVALS, "served by the menu"),
    COUNT("disconnected", CONTACTS | INTERVALS, "turned away on arrival"),
    COUNT("cut_off", CONTACTS | INTERVALS, "disconnected in the queue"),
    COUNT("balked", CONTACTS | INTERVALS, "did not join the queue"),
    COUNT("abandoned", CONTACTS | INTERVALS, "gave up waiting"),
    COUNT("message", CONTACTS | INTERVALS, "left a message"),
    COUNT("callback_lost", CONTACTS | INTERVALS, "call-backs that reached nobody"),
    COUNT("answered", EVERY | INTERVALS, "answered by an agent"),
    COUNT("dropped", CONTACTS | INTERVALS, "dropped at close"),
    COUNT("unfinished", CONTACTS | INTERVALS, "unfinished when the run ended"),
    COUNT("delayed", CONTACTS | INTERVALS, "had to wait"),
    COUNT("redials", CONTACTS | INTERVALS, "redials"),
    NEEDING(OH_HAS_TRANSFERS, "transferred", OH_M_CONTACTS, CONTACTS | INTERVALS,
            "transferred to this type", "transferred"),
    SHARE("reached", CONTACTS | INTERVALS, "share of contacts that reached a person",
          "answered / sought"),
    SHARE("abandonment", CONTACTS | INTERVALS, "share that gave up waiting", "abandoned / sought"),
    SHARE("abandonment.after_short", CONTACTS, "share that gave up, short waits left out",
          "(abandoned - abandoned≤S) / (sought - abandoned≤S)"),
    SHARE("blocking", CONTACTS | INTERVALS, "share that got a busy signal", "blocked / sought"),
    SHARE("disconnection", CONTACTS | INTERVALS, "share disconnected by the centre",
          "(disconnected + cut_off) / sought"),
    SHARE("share.balked", CONTACTS, "share that did not join the queue", "balked / sought"),
    SHARE("share.message", CONTACTS, "share that left a message", "message / sought"),
    SHARE("share.callback_lost", CONTACTS, "share whose call-back reached nobody",
          "callback_lost / sought"),
    SHARE("share.dropped", CONTACTS, "share dropped at close", "dropped / sought"),
    SHARE("share.delayed", CONTACTS | INTERVALS, "share that had to wait", "delayed / sought"),

    /* waits */
    SECONDS("wait_answered.mean", CONTACTS | INTERVALS,
            "average wait of those answered (average speed of answer)",
            "sum of W of answered / answered"),
    PERCENTILES("wait_answered.p<NN>", "wait that <NN>% of those answered do not exceed",
                OH_D_ANSWERED, "percentile of W over answered"),
    SECONDS("wait_answered.max", CONTACTS, "longest wait of those answered",
            "longest W of answered, where answered > 0"),
    TAILS("wait_answered.over_<T>s", "share of those answered that waited longer than <T> s",
          "answered over <T> / answered"),
    SECONDS("wait_abandoned.mean", CONTACTS, "average wait of those who gave up",
            "sum of W of abandoned / abandoned"),
    PERCENTILES("wait_abandoned.p<NN>", "wait that <NN>% of those who gave up do not exceed",
                OH_D_ABANDONED, "percentile of W over abandoned"),
    SECONDS("wait_abandoned.max", CONTACTS, "longest wait of those who gave up",
            "longest W of abandoned, where abandoned > 0"),
    TAILS("wait_abandoned.over_<T>s", "share of those who gave up that waited longer than <T> s",
          "abandoned over <T> / abandoned"),
    SECONDS("wait_all.mean", CONTACTS, "average wait of all who queued, answered or not",
            "(sum of W of answered + sum of W of left) / (answered + left)"),
    PERCENTILES("wait_all.p<NN>", "wait that <NN>% of all who queued do not exceed", OH_D_ALL,
                "percentile of W over answered + left"),
    SECONDS("wait_all.max", CONTACTS, "longest wait of all who queued",
            "longest W, where (answered + left) > 0"),
    TAILS("wait_all.over_<T>s", "share of all who queued that waited longer than <T> s",
          "(answered over <T> + left over <T>) / (answered + left)"),
    SECONDS("wait_total.mean", CONTACTS, "average time of those answered in all queues",
            "queue time of all legs of answered / answered"),
    PERCENTILES("wait_total.p<NN>", "time in all queues that <NN>% of those answered do not exceed",
                OH_D_TOTAL, "percentile of queue time of all legs over answered"),
    SECONDS("wait_total.max", CONTACTS, "longest time of those answered in all queues",
            "longest queue time of all legs, where answered > 0"),
    TAILS("wait_total.over_<T>s",
          "share of those answered that spent longer than <T> s in all queues",
          "answered over <T> in all legs / answered"),
    SECONDS("longest_wait", CONTACTS, "longest wait", "longest W, where (answered + left) > 0"),

    /* service levels */
    {.id = "service_level",
     .unit = OH_M_SHARE,
     .scopes = CONTACTS | INTERVALS,
     .title = "service level",
     .definition = "the service_level.<formula> that the contact type chose",
     .kind = OH_K_CHOSEN},
    SHARE("service_level.answered_only", CONTACTS, "service level of those answered",
          "answered≤T / (answered - excluded)"),
    SHARE("service_level.offered", CONTACTS, "service level of all who wanted a person",
          "answered≤T / (sought - excluded)"),
    SHARE("service_level.abandons_negative", CONTACTS,
          "service level of all who queued; who left counts as missed",
          "answered≤T / (answered + left - excluded)"),
    SHARE("service_level.early_abandons_excluded", CONTACTS,
          "service level, those left out who left within the threshold",
          "answered≤T / (answered + left - left≤T - excluded)"),
    SHARE("service_level.abandons_positive", CONTACTS,
          "service level; who left within the threshold counts as met",
          "(answered≤T + left≤T) / (answered + left - excluded)"),
    SHARE("service_level.short_abandons_excluded", CONTACTS,
          "service level, those left out who gave up at once",
          "answered≤T / (answered + left - abandoned≤S - excluded)"),

    /* work */
    SECONDS("talk.mean", EVERY, "average talk time", "talk time of answered / answered"),
    SECONDS("wrap_up.mean", EVERY, "average wrap-up time", "wrap-up of answered / answered"),
    SECONDS("handle_time.mean", EVERY, "average handle time",
            "(talk time of answered + wrap-up of answered) / answered"),

    /* agents */
    TIME_SHARE("occupancy", AGENTS | INTERVALS, "share of their time on duty that agents are busy",
               "busy time / (busy time + available time)"),
    TIME_SHARE("utilization", AGENTS, "share of their paid time that agents are busy",
               "busy time / paid time"),
    SECONDS("talk_time", AGENTS, "agents' talk time", "talk time"),
    SECONDS("wrap_up_time", AGENTS, "agents' wrap-up time", "wrap-up time"),
    SECONDS("available_time", AGENTS, "agents' available time", "available time"),
    SECONDS("break_time", AGENTS, "agents' breaks", "break time"),
    SECONDS("overtime", AGENTS, "agents' overtime", "overtime"),
    SECONDS("paid_time", AGENTS, "agents' paid time", "paid time"),
    FORMULA("on_duty", OH_M_AGENTS, AGENTS | INTERVALS, "agents on duty, on average",
            "time on duty / window time"),
    FORMULA("scheduled", OH_M_AGENTS, AGENTS | INTERVALS, "people scheduled, on average",
            "scheduled time / window time"),
    SECONDS("longest_busy_run", AGENTS, "longest stretch without an available moment",
            "sum of longest busy runs / agents and days"),
    FORMULA("contacts_in_a_row", OH_M_CONTACTS, AGENTS,
            "most contacts of an agent in a day without an available moment between",
            "sum of most contacts in a row / agents and days"),
    CONTACT_NUMBER("busy_agents.mean", AGENTS | INTERVALS, "agents busy, on average",
                   "busy time / window time"),
    CONTACT_NUMBER("busy_agents.max", AGENTS, "most agents busy at once", "most agents busy"),

    /* the centre over time */
    CONTACT_NUMBER("queue_length.mean", CONTACTS | INTERVALS, "contacts waiting, on average",
                   "integral of queue length / window time"),
    CONTACT_NUMBER("queue_length.max", CONTACTS, "most contacts waiting at once",
                   "largest queue length"),
    OF_LINES("lines_busy.mean", TOTAL | INTERVALS, "lines busy, on average",
             "integral of lines busy / window time"),
    OF_LINES("lines_busy.max", TOTAL, "most lines busy at once", "most lines busy"),
    CONTACT_NUMBER("waiting_to_redial.mean", CONTACTS, "customers between attempts, on average",
                   "integral of waiting to redial / window time"),
    CONTACT_NUMBER("waiting_to_redial.max", CONTACTS, "most customers between attempts at once",
                   "most waiting to redial"),

    /* legs, under the type whose queue they stand in */
    CONTACT_NUMBER("queue.legs", CONTACTS,
                   "contacts that came to the queue, those transferred included", "legs"),
    CONTACT_NUMBER("queue.answered", CONTACTS, "of these, taken by an agent",
                   "answered + leg_answered"),
    CONTACT_NUMBER("queue.abandoned", CONTACTS, "of these, left unanswered",
                   "left + leg_abandoned"),
    SECONDS("queue.wait.mean", CONTACTS, "average wait in the queue, of those transferred too",
            "queue time of all legs / legs"),
    NEEDING(OH_HAS_TRANSFERS, "leg_answered", OH_M_CONTACTS, CONTACTS,
            "transferred to this type and answered", "leg_answered"),
    NEEDING(OH_HAS_TRANSFERS, "leg_abandoned", OH_M_CONTACTS, CONTACTS,
            "transferred to this type and left unanswered", "leg_abandoned"),
    NEEDING(OH_HAS_TRANSFERS, "leg_blocked", OH_M_CONTACTS, CONTACTS,
            "to be transferred to this type and not let in", "leg_blocked"),
    NEEDING(OH_HAS_TRANSFERS, "leg_wait.mean", OH_M_SECONDS, CONTACTS,
            "average wait of those transferred to this type",
            "queue time of later legs / later legs"),
    NEEDING(OH_HAS_TRANSFERS, "conferences", OH_M_CONTACTS, CONTACTS,
            "second agents who joined a conversation", "conferences"),

    /* people */
    COUNT("customers", CONTACTS | INTERVALS, "people who called"),
    COUNT("customers_reached", CONTACTS | INTERVALS, "people who reached a person"),
    COUNT("customers_pending", CONTACTS | INTERVALS, "people still trying when the run ended"),
    SHARE("reached_people", CONTACTS | INTERVALS, "share of people who ever reached a person",
          "customers_reached / (customers - customers_pending)"),
    FORMULA("attempts_per_customer", OH_M_RATIO, CONTACTS, "attempts per person",
            "offered / customers"),
    FORMULA("attempts_per_reached", OH_M_RATIO, CONTACTS,
            "attempts that it takes for every person who gets through",
            "sought / customers_reached"),
    SECONDS("time_to_reach.mean", CONTACTS,
            "average time from the first attempt until a person is reached",
            "sum of times to reach / customers_reached"),
    PERCENTILES("time_to_reach.p<NN>",
                "time to reach that <NN>% of the people reached do not exceed", OH_D_TIME_TO_REACH,
                "percentile of time to reach over customers_reached"),
    SECONDS("time_to_reach.max", CONTACTS, "longest time until a person was reached",
            "longest time to reach, where customers_reached > 0"),
    SECONDS("hold_time_per_customer", CONTACTS, "time in queues per person, all attempts together",
            "queue time of all legs / customers"),
    NEEDING(OH_HAS_MATTER, "customers_open", OH_M_CONTACTS, CONTACTS,
            "people reached whose matter was still open when the run ended", "customers_open"),
    NEEDING(OH_HAS_MATTER, "customers_resolved", OH_M_CONTACTS, CONTACTS,
            "people whose matter was settled", "customers_resolved"),
    NEEDING(OH_HAS_MATTER, "resolved_people", OH_M_SHARE, CONTACTS,
            "share of people whose matter was settled",
            "customers_resolved / (customers - customers_pending - customers_open)"),
    NEEDING(OH_HAS_MATTER, "first_contact_resolution", OH_M_SHARE, CONTACTS,
            "share of the people reached whose first talk settled the matter",
            "resolved at first / customers_reached"),
    NEEDING(OH_HAS_MATTER, "contacts_per_resolution", OH_M_RATIO, CONTACTS,
            "answered attempts per person resolved", "answered / customers_resolved"),
    NEEDING(OH_HAS_MATTER, "time_to_resolution.mean", OH_M_SECONDS, CONTACTS,
            "average time from the first attempt until the matter is settled",
            "sum of times to resolution / customers_resolved"),
    {.id = "time_to_resolution.p<NN>",
     .unit = OH_M_SECONDS,
     .scopes = CONTACTS,
     .title = "time to resolution that <NN>% of the people resolved do not exceed",
     .definition = "percentile of time to resolution over customers_resolved",
     .kind = OH_K_PERCENTILE,
     .family = OH_PERCENTILES,
     .distribution = OH_D_TIME_TO_RESOLUTION,
     .needs = OH_HAS_MATTER},
    NEEDING(OH_HAS_MATTER, "time_to_resolution.max", OH_M_SECONDS, CONTACTS,
            "longest time until a matter was settled",
            "longest time to resolution, where customers_resolved > 0"),
    NEEDING(OH_HAS_MATTER, "lost_customers", OH_M_CONTACTS, CONTACTS, "people who left for good",
            "lost_customers"),
    NEEDING(OH_HAS_MATTER, "lost_customers.share", OH_M_SHARE, CONTACTS,
            "share of people who left for good",
            "lost_customers / (customers - customers_pending - customers_open)"),

    /* call-backs and estimates */
    NEEDING(OH_HAS_CALLBACKS, "callbacks", OH_M_CONTACTS, CONTACTS, "call-backs accepted",
            "callbacks"),
    NEEDING(OH_HAS_CALLBACKS, "callback_share", OH_M_SHARE, CONTACTS,
            "share of those who wanted a person that accepted a call-back",
            "callbacks / (sought + unfinished)"),
    NEEDING(OH_HAS_CALLBACKS, "callback_delay.mean", OH_M_SECONDS, CONTACTS,
            "average time from accepting a call-back until talking",
            "sum of call-back delays / callbacks answered"),
    {.id = "callback_delay.p<NN>",
     .unit = OH_M_SECONDS,
     .scopes = CONTACTS,
     .title = "time until the call-back that <NN>% of those called back do not exceed",
     .definition = "percentile of call-back delay over callbacks answered",
     .kind = OH_K_PERCENTILE,
     .family = OH_PERCENTILES,
     .distribution = OH_D_CALLBACK_DELAY,
     .needs = OH_HAS_CALLBACKS},
    NEEDING(OH_HAS_CALLBACKS, "callback_delay.max", OH_M_SECONDS, CONTACTS,
            "longest time until a call-back",
            "longest call-back delay, where callbacks answered > 0"),
    NEEDING(OH_HAS_ESTIMATES, "estimate.bias", OH_M_SECONDS, CONTACTS,
            "how much too long the expected waits were, on average",
            "sum of signed errors of estimates / estimated"),
    NEEDING(OH_HAS_ESTIMATES, "estimate.error", OH_M_SECONDS, CONTACTS,
            "how far off the expected waits were, on average",
            "sum of errors of estimates / estimated"),

    /* money */
    MONEY("cost", TOTAL | INTERVALS, "what the centre costs",
          "cost of agents + cost of lines + cost of contacts + cost of lost customers"),
    MONEY("cost.agents", AGENTS | INTERVALS, "what agents cost", "cost of agents"),
    MONEY("cost.lines", TOTAL | INTERVALS, "what lines cost", "cost of lines"),
    MONEY("cost.contacts", CONTACTS | INTERVALS, "what attempts and time in queues cost",
          "cost of contacts"),
    MONEY("cost.lost_customers", CONTACTS | INTERVALS, "what customers cost who left for good",
          "cost of lost customers"),
    MONEY("revenue", CONTACTS | INTERVALS, "what customers bring whose matter is settled",
          "revenue"),
    MONEY("profit", TOTAL | INTERVALS, "revenue less cost", "revenue - cost"),
    MONEY("cost_per_contact", TOTAL, "cost per contact answered", "cost / answered"),
    MONEY("cost_per_customer", TOTAL, "cost per person who called", "cost / customers"),
    NEEDING(OH_HAS_MONEY | OH_HAS_MATTER, "cost_per_resolution", OH_M_MONEY, TOTAL,
            "cost per person whose matter was settled", "cost / customers_resolved"),
};

const size_t oh_n_metrics = sizeof oh_metric_table / sizeof oh_metric_table[0];
