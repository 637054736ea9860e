/* The choices of the language: what a key may be set to by name. One name table each serves reading, printing, "did you
 * mean" and documentation. */
#ifndef OH_SCENARIO_CHOICES_H
#define OH_SCENARIO_CHOICES_H

#include "base/names.h"

enum oh_at_close { OH_CLOSE_FINISH, OH_CLOSE_DROP };
enum oh_full { OH_FULL_DISCONNECT, OH_FULL_BUSY };
enum oh_at_max_wait { OH_MAX_WAIT_DISCONNECT, OH_MAX_WAIT_MESSAGE };
enum oh_shrinkage_as { OH_SHRINK_FIXED, OH_SHRINK_ABSENCE };
enum oh_on_leave { OH_LEAVE_FINISH, OH_LEAVE_REQUEUE };
enum oh_order { /* which waiting contact a free agent takes */
                OH_BY_PRIORITY,
                OH_FIFO,
                OH_BY_LIST
};
enum oh_agent_choice { /* which free agent takes an arrival */
                       OH_GROUP_ORDER,
                       OH_LONGEST_IDLE
};

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
