/* Random centres: valid scenarios with every feature switched on at random, and what must be true of their traces. */
#ifndef OH_TEST_ENGINE_CENTRES_H
#define OH_TEST_ENGINE_CENTRES_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "engine/engine.h"
#include "measure/summary.h"
#include "plan/plan.h"

/* The text of centre `number`: the same number gives the same text. */
void centre_write(uint64_t number, struct oh_text *to);

/* All attempts of a run, in order of replication, then arrival. */
struct attempts {
    size_t n, capacity;
    struct oh_attempt *items;
};
void attempts_take(void *attempts, const struct oh_attempt *attempt); /* an oh_trace_fn */
void attempts_sort(struct attempts *attempts);

/* Each fails the test where the trace breaks a rule of the model. `who` names the centre. */
void check_times(const struct oh_plan *plan, const struct attempts *attempts, const char *who);
void check_redials(const struct oh_plan *plan, const struct attempts *attempts, const char *who);
void check_queues(const struct oh_plan *plan, const struct attempts *attempts, const char *who);
void check_agents(const struct oh_plan *plan, const struct attempts *attempts, const char *who);
/* The summary against numbers counted from the trace. */
void check_summary(const struct oh_plan *plan, const struct attempts *attempts,
                   const struct oh_summary *summary, const char *who);

#endif
