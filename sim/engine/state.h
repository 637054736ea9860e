/* The engine's state, private to engine/. Small records in pools, linked by 32-bit indices; integer time only.
 *
 * Event owners are numbered: the clock, one source of arrivals a type, the agents, then the contacts. */
#ifndef OH_ENGINE_STATE_H
#define OH_ENGINE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/engine.h"
#include "engine/heap.h"
#include "engine/supply.h"
#include "routing/routing.h"

/* Order of events at one instant: an agent free at t serves a caller whose patience ends at t. */
enum oh_event {
    OH_EVENT_TALK_END,
    OH_EVENT_TOGETHER_END, /* of two agents on one contact */
    OH_EVENT_WRAP_UP_END,
    OH_EVENT_CLOCK,   /* staffing, opening, closing, interval rows */
    OH_EVENT_WAITING, /* overflow, an offered call-back, an announcement */
    OH_EVENT_CUT_OFF,
    OH_EVENT_ABANDON,
    OH_EVENT_CALLBACK, /* the next try is due */
    OH_EVENT_REDIAL,
    OH_EVENT_MENU_END,
    OH_EVENT_ARRIVAL
};

enum oh_contact_state {
    OH_CONTACT_FREE,
    OH_CONTACT_QUEUED,
    OH_CONTACT_TALKING,
    OH_CONTACT_REDIALING,
    OH_CONTACT_MOVED, /* to the next opening */
    OH_CONTACT_MENU,
    OH_CONTACT_CALLBACK, /* in the list of the queue, but not on the line */
    OH_CONTACT_AWAITING  /* the next try of a call-back */
};

/* A customer with the attempt that is under way (or awaited: OH_CONTACT_REDIALING). Two cache lines: what a queue needs,
 * then the rest. */
struct oh_contact {
    uint32_t next, prev; /* in the queue; next also in the free list */
    int64_t queued_us;   /* when the present leg joined the queue; -1: it did not */
    int64_t arrived_us;  /* of the attempt; FIFO goes by it, so a requeued contact is at the head */
    oh_key key;          /* stream of the type and day of the first attempt */
    uint32_t caller;
    uint16_t type_ix, attempt;
    uint32_t cell;       /* of the attempt */
    uint32_t first_cell; /* of the customer */
    int64_t first_arrived_us;
    uint32_t agent_ix; /* who answered last */
    uint8_t state;     /* enum oh_contact_state */
    uint8_t leg;       /* queue entries of this attempt so far */
    bool reached;      /* the customer has been answered */
    bool answered;     /* the attempt has */

    double talk_uniform;  /* luck of the next conversation, drawn with the arrival; < 0: draw it */
    int64_t talk_left_us; /* of a talk that was broken off; -1: none */
    int64_t waited_us;    /* queue time of the attempt's legs so far */
    int64_t answered_us, patience_us, talk_us; /* for the trace */
    uint32_t day;
    uint16_t conversation; /* conversations begun */
    uint16_t redials[OH_N_CAUSES];
};
_Static_assert(sizeof(struct oh_contact) == 128, "a contact fills two cache lines");

/* What two agents, or an agent without a caller, are at. */
enum oh_stage {
    OH_STAGE_PLAIN,
    OH_STAGE_SEEKING,    /* the first agent stays while a second is sought */
    OH_STAGE_TOGETHER,   /* both talk */
    OH_STAGE_AFTERWARDS, /* the first agent goes on after a conference */
    OH_STAGE_DIALING     /* in vain */
};

/* What plans with ways (plan/way.h) know of a contact besides; a parallel array that other plans do not have. */
struct oh_journey {
    uint16_t attempt_type; /* under which the attempt counts: first queued for */
    uint16_t source_type;  /* whose arrivals the customer is of */
    uint16_t first_type;   /* of the customer's first attempt */
    uint16_t wanted_type;  /* by a contact that was misrouted; OH_NO_TYPE */
    uint16_t from_type;    /* that the first agent serves */
    uint16_t from_conversation;
    uint16_t answered_attempts; /* of the customer */
    uint16_t talks;             /* ended, of the attempt */
    uint8_t stage;              /* enum oh_stage */
    uint8_t tries;              /* of the call-back */
    bool is_later_leg;
    bool is_leg_open; /* a later leg that nobody has answered */
    uint32_t first_agent;
    uint32_t answered_by;                    /* the first agent of the attempt, for the trace */
    const struct oh_plan_transfer *transfer; /* under way */
    int64_t order_us;        /* joined the list at, for first come, first served across queues */
    int64_t patience_end_us; /* absolute */
    int64_t accepted_us;     /* a call-back; -1 */
    int64_t estimate_us;     /* of the wait, made when it joined; -1 */
    int64_t dial_us;         /* of a call-back being answered; 0 */
    int64_t held_us;         /* the customer's time in queues */
};
#define OH_NO_TYPE UINT16_MAX
enum { OH_MOST_CONVERSATIONS = 1000 /* of one customer; then the contact is lost */ };

enum oh_agent_state {
    OH_AGENT_OFF,
    OH_AGENT_IDLE,
    OH_AGENT_TALKING,
    OH_AGENT_HOLDING, /* talking, until something else ends it */
    OH_AGENT_WRAPPING
};

struct oh_agent {
    uint32_t next, prev; /* in the idle list; next also in the list of those off duty */
    uint32_t contact_ix; /* while talking */
    uint16_t group_ix;
    uint8_t state;               /* enum oh_agent_state */
    bool worked;                 /* on duty at some time of this day */
    int64_t since_us;            /* idle or busy since */
    int64_t talk_since_us;       /* start of the present talk */
    int64_t longest_us;          /* busy run of this day */
    uint32_t row, most_in_a_row; /* contacts without an available moment; the most of this day */
};

/* A contact type's queue and its integrals since the last flush. */
struct oh_queue {
    uint32_t head, tail, length; /* length: of those on the line */
    uint32_t callbacks;          /* in the list, not on the line */
    uint32_t redialing;
    int64_t last_wait_us; /* of whoever was last taken from the queue */
    int64_t touched_us;
    int64_t queue_us, redialing_us; /* integrals over the time that counts */
    int64_t closed_us;              /* integral of the length over other time */
    int64_t waited_us;      /* summed over all who left the queue, from time 0: an invariant */
    int64_t queue_total_us; /* flushed queue_us, from time 0 */
};

struct oh_group {
    uint32_t idle_head, idle_tail, idle;
    uint32_t off_head;
    uint32_t first_agent, n_agents;
    uint32_t talking, wrapping;
    uint32_t seeking;   /* of those talking: on hold until a second agent answers */
    uint32_t target;    /* on duty by plan, now */
    uint32_t scheduled; /* people paid now */
    uint32_t leaving;   /* busy agents beyond the target: they go when done */
    uint32_t step, shrinkage_step, scheduled_step; /* cursors into the plan's steps */
    int64_t touched_us;
    int64_t talk_us, wrap_up_us, available_us, overtime_us, scheduled_us; /* integrals */
    int64_t busy_total_us, paid_total_us, held_us; /* from time 0: invariants */
};

struct oh_engine {
    const struct oh_plan *plan;
    struct oh_routing *routing;
    struct oh_heap heap;
    struct oh_record *record;
    int64_t now;
    uint32_t cell;        /* of attempts that arrive now */
    bool open, finishing; /* finishing: closed, with the queue still being served */
    bool ended;           /* past the last closing: nobody arrives or redials any more */
    bool active;          /* open or finishing: time counts */
    uint32_t opening_ix;  /* the present or next one */
    uint32_t day;         /* calendar day of busy runs */
    uint32_t tick_ix, n_ticks;
    int64_t *ticks; /* all moments at which the clock acts, ascending */
    uint64_t attempts;

    struct oh_queue *queues; /* [n_types] */
    struct oh_supply *supplies;
    double *mean_handle_s, *mean_patience_s; /* [n_types] for the expected wait */
    uint32_t waiting;                        /* in all queues */
    uint32_t callbacks;                      /* in the lists of the queues, not on the line */
    struct oh_group *groups;
    struct oh_agent *agents;
    uint32_t n_agents, busy;

    uint32_t lines_busy;
    int64_t centre_touched_us, lines_us, window_us;
    uint32_t redialing;

    struct oh_contact *contacts;
    struct oh_journey *journeys; /* NULL: the plan has no ways */
    uint32_t n_contacts, contact_capacity, free_contact, first_contact_owner;

    oh_key root;
    oh_trace_fn *trace;
    void *trace_context;
};

#define OH_CLOCK_OWNER 0u
static inline uint32_t oh_source_owner(uint32_t type_ix) {
    return 1 + type_ix;
}
static inline uint32_t oh_agent_owner(const struct oh_engine *engine, uint32_t agent_ix) {
    return 1 + engine->plan->n_types + agent_ix;
}
static inline uint32_t oh_contact_owner(const struct oh_engine *engine, uint32_t contact_ix) {
    return engine->first_contact_owner + contact_ix;
}

static inline int64_t *oh_counts(const struct oh_engine *engine, uint32_t type_ix, uint32_t cell) {
    return oh_record_contact_cell(engine->record, type_ix, cell);
}

/* Maxima: of types, of groups, then of the centre. */
static inline void oh_raise(int64_t *maximum, int64_t value) {
    if (value > *maximum)
        *maximum = value;
}
static inline int64_t *oh_type_maxima(const struct oh_engine *engine, uint32_t type_ix) {
    return engine->record->maxima + (uint64_t)type_ix * OH_N_MAXIMA;
}
static inline int64_t *oh_group_maxima(const struct oh_engine *engine, uint32_t group_ix) {
    return oh_type_maxima(engine, engine->plan->n_types + group_ix);
}
static inline int64_t *oh_centre_maxima(const struct oh_engine *engine) {
    return oh_type_maxima(engine, engine->plan->n_types + engine->plan->n_groups);
}
static inline bool oh_in_window(const struct oh_engine *engine) {
    return engine->now >= engine->plan->warm_up_us;
}

/* Seconds to microseconds, rounded once; what is longer than any run is forever. */
static inline int64_t oh_microseconds(double seconds) {
    return seconds < 4e12 ? (int64_t)(seconds * 1e6 + 0.5) : OH_FOREVER;
}
/* now + duration, forever if that is past the end of time. */
static inline int64_t oh_later(int64_t now, int64_t duration) {
    return duration >= OH_FOREVER - now ? OH_FOREVER : now + duration;
}

void oh_ticks_compile(struct oh_engine *engine);
bool oh_run_plain(struct oh_engine *engine, uint64_t replication, struct oh_stop stop,
                  struct oh_record *record);
bool oh_run_ways(struct oh_engine *engine, uint64_t replication, struct oh_stop stop,
                 struct oh_record *record);

#endif
