/* The choices of the language: what a key may be set to by name. One name table each serves reading, printing, "did you
 * mean" and documentation. */
#ifndef OH_SCENARIO_CHOICES_H
#define OH_SCENARIO_CHOICES_H

#include "base/names.h"

enum oh_at_close { OH_CLOSE_FINISH, OH_CLOSE_DROP, OH_CLOSE_KEEP, OH_CLOSE_AS_CENTRE };
enum oh_when_closed { OH_CLOSED_TURNED_AWAY, OH_CLOSED_NEXT_OPENING, OH_CLOSED_JOIN };
enum oh_full { OH_FULL_DISCONNECT, OH_FULL_BUSY };
enum oh_at_max_wait { OH_MAX_WAIT_DISCONNECT, OH_MAX_WAIT_MESSAGE };
enum oh_shrinkage_as { OH_SHRINK_FIXED, OH_SHRINK_ABSENCE };
enum oh_on_leave { OH_LEAVE_FINISH, OH_LEAVE_REQUEUE };
enum oh_order { /* which waiting contact a free agent takes */
                OH_BY_PRIORITY,
                OH_FIFO,
                OH_BY_LIST,
                OH_BY_URGENCY
};
enum oh_agent_choice { /* which free agent takes an arrival */
                       OH_GROUP_ORDER,
                       OH_LONGEST_IDLE
};

enum oh_estimator { /* of the wait that somebody who joins a queue has ahead */
                    OH_ESTIMATE_IF_NEEDED, /* as queue, where something goes by it */
                    OH_ESTIMATE_QUEUE,
                    OH_ESTIMATE_HEAD_OF_LINE,
                    OH_ESTIMATE_LAST_TO_ENTER_SERVICE,
                    OH_ESTIMATE_ERLANG_A
};
enum oh_handover { OH_HANDOVER_COLD, OH_HANDOVER_WARM, OH_HANDOVER_CONFERENCE, OH_HANDOVER_REFUSE };
enum oh_refused { OH_REFUSED_LOST, OH_REFUSED_BACK, OH_REFUSED_MESSAGE };
enum oh_none_free { OH_NONE_FREE_WAIT, OH_NONE_FREE_SKIP };
enum oh_interrupts { OH_INTERRUPTS_NEVER, OH_INTERRUPTS_RESUME, OH_INTERRUPTS_RESTART };
enum oh_callback_place { OH_PLACE_KEEP, OH_PLACE_LAST };
enum oh_callbacks_count { OH_CALLBACKS_COUNT_DELAY, OH_CALLBACKS_EXCLUDE };

/* What a chance may depend on. */
enum oh_chance_by {
    OH_CHANCE_NEVER,       /* not given */
    OH_CHANCE_ALWAYS_DRAW, /* one share for all */
    OH_CHANCE_BY_ORDINAL,  /* a list: the first time, the second, ...; its last entry holds on */
    OH_CHANCE_BY_ATTEMPT,  /* the same by the number of the attempt */
    OH_CHANCE_BY_WAIT,     /* steps by seconds waited */
    OH_CHANCE_BY_QUEUE,    /* steps by contacts waiting ahead */
    OH_CHANCE_BY_EXPECTED_WAIT, /* steps by seconds expected */
    OH_CHANCE_BY_GROUP          /* by the group of the agent who talks */
};

extern const struct oh_name oh_when_closed_names[];
extern const struct oh_name oh_estimator_names[];
extern const struct oh_name oh_handover_names[];  /* of transfers: cold, warm */
extern const struct oh_name oh_misrouted_names[]; /* and refuse */
extern const struct oh_name oh_refused_names[];
extern const struct oh_name oh_none_free_names[];
extern const struct oh_name oh_interrupts_names[];
extern const struct oh_name oh_callback_place_names[];
extern const struct oh_name oh_callbacks_count_names[];
extern const struct oh_name oh_type_at_close_names[]; /* of a contact type */
extern const struct oh_name oh_at_close_names[];
extern const struct oh_name oh_when_full_names[];
extern const struct oh_name oh_at_max_wait_names[];
extern const struct oh_name oh_shrinkage_as_names[];
extern const struct oh_name oh_on_leave_names[];
extern const struct oh_name oh_order_names[];
extern const struct oh_name oh_agent_choice_names[];
extern const struct oh_name
    oh_formula_names[]; /* values are those of enum oh_formula, measure/layout.h */

#endif
