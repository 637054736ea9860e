/* Random centres in which contacts go every way the language knows: menus, transfers, conferences, call-backs and all
 * else on at random. What must hold of their traces and of what the engine counts. */
#ifndef OH_TEST_WAYS_H
#define OH_TEST_WAYS_H

#include <stdint.h>

#include "base/text.h"
#include "engine/engine.h"
#include "plan/plan.h"
#include "test_engine_centres.h"

/* The text of centre `number`: the same number gives the same text. */
void way_write(uint64_t number, struct oh_text *to);

/* One replication: its trace, and its counters summed over all cells, window or not. */
struct way_run {
    const struct oh_plan *plan;
    const char *who;
    const struct oh_record *record;
    struct attempts attempts;
    int64_t (*contacts)[OH_N_CONTACT_COUNTS]; /* [n_types] */
    int64_t (*agents)[OH_N_AGENT_COUNTS];     /* [n_groups] */
};

/* Each fails the test where a rule is broken. */
void way_check_attempts(const struct way_run *run);  /* times of one attempt */
void way_check_customers(const struct way_run *run); /* attempts of one customer */
void way_check_trace(const struct way_run *run);     /* counters against the trace */
void way_check_counts(const struct way_run *run);    /* counters against each other */

/* How much was seen of everything, over all runs: rules that never apply show nothing. */
enum way_seen {
    SEEN_REDIALS = OH_N_OUTCOMES,
    SEEN_TRANSFERRED,
    SEEN_LEG_ABANDONED,
    SEEN_LEG_BLOCKED,
    SEEN_CONFERENCES,
    SEEN_CALLBACKS_ANSWERED,
    SEEN_RESOLVED,
    SEEN_UNRESOLVED,
    SEEN_LOST,
    SEEN_ESTIMATES,
    N_SEEN
};
void way_count_seen(const struct way_run *run, uint64_t seen[N_SEEN]);

#endif
