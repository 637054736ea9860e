/* The record of one replication: what the engine counts and the metrics are computed from. Integers only, so sums do
 * not depend on the order of events.
 *
 * An attempt counts, whole, in the cell of the interval in which it arrived, under the type it first queued for; an
 * attempt that arrived outside the window goes to the cell OH_SLOT_OUTSIDE, so that invariants hold from time 0.
 * A customer counts in the cell of the first attempt. Times are microseconds. */
#ifndef OH_MEASURE_RECORD_H
#define OH_MEASURE_RECORD_H

#include <stdint.h>

#include "measure/histogram.h"
#include "measure/layout.h"

/* How an attempt ended. Exactly one each. The order is the order of reports. */
enum oh_outcome {
    OH_CLOSED,
    OH_BLOCKED,
    OH_HUNG_UP,
    OH_SELF_SERVED,
    OH_DISCONNECTED,
    OH_CUT_OFF,
    OH_BALKED,
    OH_ABANDONED,
    OH_MESSAGE_LEFT,
    OH_CALLBACK_LOST,
    OH_ANSWERED,
    OH_DROPPED,
    OH_UNFINISHED,
    OH_N_OUTCOMES
};
const char *oh_outcome_name(enum oh_outcome outcome); /* "cut_off" */

/* Counters of a contact type in an interval; the first OH_N_OUTCOMES are the outcomes themselves. */
enum oh_contact_count {
    OH_C_OFFERED = OH_N_OUTCOMES,
    OH_C_DELAYED,        /* queued (W > 0) before an agent took them or they left */
    OH_C_ANSWERED_IN_T,  /* answered with W <= T */
    OH_C_LEFT_IN_T,      /* left (abandoned, cut off, message, dropped) with W <= T */
    OH_C_ABANDONED_IN_S, /* abandoned with W <= S */
    OH_C_REDIALS,        /* attempts that are not the customer's first */
    OH_C_TRANSFERRED,    /* later legs that came to the type's queue */
    OH_C_W_ANSWERED_US,  /* summed W of answered */
    OH_C_W_ABANDONED_US,
    OH_C_W_LEFT_US,  /* of all that left, abandoned included */
    OH_C_W_TOTAL_US, /* queue time of all legs of answered attempts */
    OH_C_TALK_US,    /* drawn talk time of answered contacts */
    OH_C_WRAP_UP_US,
    OH_C_CUSTOMERS, /* first attempts */
    OH_C_CUSTOMERS_REACHED,
    OH_C_CUSTOMERS_PENDING, /* neither reached nor given up when the run ended */
    OH_C_TIME_TO_REACH_US,
    OH_C_LEG_ANSWERED,      /* later legs that an agent took */
    OH_C_LEG_ABANDONED,     /* later legs that left the queue unanswered */
    OH_C_LEG_BLOCKED,       /* later legs that were not let in */
    OH_C_LEG_WAIT_US,       /* time in the queue of all legs */
    OH_C_LATER_LEG_WAIT_US, /* of later legs */
    OH_C_CONFERENCE_LEGS,   /* conferences asked for and let into the queue */
    OH_C_CONFERENCES, /* second agents who joined a conversation, under the type they were asked for */
    OH_C_CUSTOMERS_OPEN, /* reached, and not done with the centre when the run ended */
    OH_C_CUSTOMERS_RESOLVED,
    OH_C_RESOLVED_AT_FIRST, /* customers resolved in their first answered attempt */
    OH_C_TIME_TO_RESOLUTION_US,
    OH_C_CUSTOMERS_LOST,
    OH_C_CALLBACKS, /* accepted */
    OH_C_CALLBACKS_ANSWERED,
    OH_C_CALLBACK_DELAY_US, /* from accepting until the customer talks, of those answered */
    OH_C_SL_EXCLUDED,       /* call-backs answered that the type leaves out of its service level */
    OH_C_ESTIMATES,         /* waits estimated of contacts answered after all */
    OH_C_ESTIMATE_BIAS_US,  /* estimate - W */
    OH_C_ESTIMATE_ERROR_US, /* |estimate - W| */
    OH_C_COST_MICRO, /* of attempts and minutes; millionths of the currency, as all money is (price.c) */
    OH_C_COST_LOST_MICRO, /* of customers lost */
    OH_C_REVENUE_MICRO,
    OH_C_QUEUE_US,     /* integral of queue length */
    OH_C_REDIALING_US, /* integral of customers waiting to redial */
    OH_N_CONTACT_COUNTS
};

/* Counters of an agent group in an interval. */
enum oh_agent_count {
    OH_A_ANSWERED,
    OH_A_TALK_US,
    OH_A_WRAP_UP_US,
    OH_A_AVAILABLE_US, /* on duty and idle */
    OH_A_BREAK_US,
    OH_A_OVERTIME_US,  /* past the end of the shift, within talk or wrap-up */
    OH_A_SCHEDULED_US, /* people scheduled, before shrinkage */
    OH_A_ON_DUTY_US,   /* talk + wrap-up + available */
    OH_A_BUSY_RUN_US,  /* longest busy run of each agent and day, summed */
    OH_A_BUSY_RUNS,    /* agents and days summed over */
    OH_A_ROW,          /* most contacts in a row of each agent and day, summed */
    OH_A_COST_MICRO,
    OH_N_AGENT_COUNTS
};

/* Counters of the centre in an interval. */
enum oh_centre_count {
    OH_T_WINDOW_US, /* time that counts: open or finishing, within the window */
    OH_T_LINES_US,  /* integral of lines busy */
    OH_T_COST_LINES_MICRO,
    OH_N_CENTRE_COUNTS
};

/* Largest values within the window, of a type and (once more, tracked on their own) of the whole centre. */
enum oh_maximum {
    OH_MAX_QUEUE,
    OH_MAX_LINES, /* centre only */
    OH_MAX_BUSY,  /* groups and centre */
    OH_MAX_REDIALING,
    OH_MAX_W_ANSWERED_US,
    OH_MAX_W_ABANDONED_US,
    OH_MAX_W_ALL_US,
    OH_MAX_W_TOTAL_US,
    OH_MAX_TIME_TO_REACH_US,
    OH_MAX_TIME_TO_RESOLUTION_US,
    OH_MAX_CALLBACK_DELAY_US,
    OH_N_MAXIMA
};

enum oh_histogram_id {
    OH_H_W_ANSWERED,
    OH_H_W_ABANDONED,
    OH_H_W_LEFT_OTHERWISE, /* cut off, message, dropped */
    OH_H_W_TOTAL,
    OH_H_TIME_TO_REACH,
    OH_H_TIME_TO_RESOLUTION,
    OH_H_CALLBACK_DELAY,
    OH_N_HISTOGRAMS
};

/* Exact counts of W > tail, per type and tail. */
enum oh_tail_count {
    OH_TAIL_ANSWERED,
    OH_TAIL_ABANDONED,
    OH_TAIL_LEFT, /* all that left, abandoned included */
    OH_TAIL_TOTAL, /* answered, by the queue time of all legs (where there is one leg: as OH_TAIL_ANSWERED) */
    OH_N_TAIL_COUNTS
};

struct oh_record {
    const struct oh_layout *layout;
    uint64_t replication;
    uint64_t attempts; /* simulated, window or not */
    int64_t *contacts; /* [type][cell][OH_N_CONTACT_COUNTS] */
    int64_t *agents;   /* [group][cell][OH_N_AGENT_COUNTS] */
    int64_t *centre;   /* [cell][OH_N_CENTRE_COUNTS] */
    int64_t *maxima;   /* [n_types + n_groups + 1][OH_N_MAXIMA]: types, groups, the centre */
    int64_t *tails;    /* per type: [n_tails][OH_N_TAIL_COUNTS], from tail_offset[type] on */
    uint32_t *tail_offset;
    struct oh_histogram *histograms; /* [type][OH_N_HISTOGRAMS] */
};

static inline int64_t *oh_record_contact_cell(const struct oh_record *record, uint32_t type_ix,
                                              uint32_t cell) {
    return record->contacts +
           ((uint64_t)type_ix * OH_N_CELLS(record->layout) + cell) * OH_N_CONTACT_COUNTS;
}
static inline int64_t *oh_record_agent_cell(const struct oh_record *record, uint32_t group_ix,
                                            uint32_t cell) {
    return record->agents +
           ((uint64_t)group_ix * OH_N_CELLS(record->layout) + cell) * OH_N_AGENT_COUNTS;
}
static inline int64_t *oh_record_centre_cell(const struct oh_record *record, uint32_t cell) {
    return record->centre + (uint64_t)cell * OH_N_CENTRE_COUNTS;
}

static inline int64_t *oh_record_maxima(const struct oh_record *record, uint32_t row) {
    return record->maxima + (uint64_t)row * OH_N_MAXIMA;
}
static inline int64_t *oh_record_tail(const struct oh_record *record, uint32_t type_ix,
                                      uint32_t tail_ix) {
    return record->tails + record->tail_offset[type_ix] + (uint64_t)tail_ix * OH_N_TAIL_COUNTS;
}
static inline struct oh_histogram *oh_record_histogram(const struct oh_record *record,
                                                       uint32_t type_ix, enum oh_histogram_id id) {
    return record->histograms + (uint64_t)type_ix * OH_N_HISTOGRAMS + id;
}

/* The record keeps a pointer to the layout, which must outlive it. All counters start at 0. */
void oh_record_init(struct oh_record *record, const struct oh_layout *layout);
void oh_record_reset(struct oh_record *record, uint64_t replication); /* all counters to 0 */
void oh_record_fini(struct oh_record *record);

/* Fills the counters of money from all others, at the end of a replication (price.c). */
void oh_record_price(struct oh_record *record);

#endif
