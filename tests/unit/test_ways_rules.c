/* Random centres with ways: what must hold of the attempts in a trace, and of the attempts of one customer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "test_ways.h"

static void broken(const struct way_run *run, const struct oh_attempt *attempt, const char *rule) {
    fail_msg("%s: type %u, day %u, caller %u, attempt %u, %s: not so: %s", run->who,
             attempt->type_ix, attempt->day, attempt->caller, attempt->attempt,
             oh_outcome_name(attempt->outcome), rule);
}

/* Of `attempt`, in `run`. */
#define RULE(condition) ((condition) ? (void)0 : broken(run, attempt, #condition))

/* ---- times of one attempt ---- */

static bool is_open_at(const struct oh_plan *plan, int64_t t) {
    for (uint32_t i = 0; i < plan->n_openings; i++)
        if (plan->openings[i].open_us <= t && t < plan->openings[i].close_us)
            return true;
    return false;
}

/* Put off until an opening that comes after the run. */
static bool awaits_opening(const struct way_run *run, const struct oh_attempt *attempt) {
    return attempt->outcome == OH_UNFINISHED &&
           (run->plan->types[attempt->type_ix].way.uses & OH_USES_NEXT_OPENING);
}

static bool may_take(const struct oh_plan_type *type, uint32_t group_ix) {
    for (uint32_t i = 0; i < type->n_groups; i++)
        if (type->group_ix[i] == group_ix)
            return true;
    for (uint32_t i = 0; i < type->way.n_overflows; i++)
        if (type->way.overflows[i].group_ix == group_ix)
            return true;
    return false;
}

static void check_answered(const struct way_run *run, const struct oh_attempt *attempt) {
    RULE(attempt->answered_us >= attempt->arrived_us);
    RULE(may_take(&run->plan->types[attempt->type_ix], attempt->group_ix));
    RULE(attempt->agent < run->plan->groups[attempt->group_ix].most);
    RULE(attempt->talk_us >= 0);
    RULE(attempt->ended_us < 0 || attempt->ended_us >= attempt->answered_us);
    RULE(attempt->wrapped_up_us < 0 || attempt->wrapped_up_us >= attempt->ended_us);
    RULE(attempt->queued_us < 0 || attempt->queued_us >= attempt->arrived_us);
}

/* Turned away before the queue: at the door, or at the end of the menu. */
static void check_at_the_door(const struct way_run *run, const struct oh_attempt *attempt,
                              bool has_reason) {
    RULE(has_reason);
    RULE(attempt->wait_us == 0 && attempt->queued_us < 0);
}

static bool has_limit(const struct oh_plan *plan, const struct oh_plan_type *type) {
    return type->queue_limit >= 0 || type->queue_limit_per_agent >= 0 || plan->queue_limit >= 0 ||
           (type->way.uses & OH_USES_WAIT_LIMIT);
}

/* Who left the queue, having joined it once. */
static void check_left(const struct way_run *run, const struct oh_attempt *attempt) {
    const struct oh_plan_type *type = &run->plan->types[attempt->type_ix];
    bool hears = type->way.uses & OH_USES_ANNOUNCEMENT;
    RULE(attempt->queued_us >= attempt->arrived_us);
    RULE(attempt->wait_us == attempt->ended_us - attempt->queued_us);
    RULE(hears || attempt->wait_us <= attempt->patience_us);
    RULE(attempt->wait_us <= type->max_wait_us);
    if (attempt->outcome == OH_ABANDONED)
        RULE(hears || attempt->wait_us == attempt->patience_us);
    else
        RULE(attempt->wait_us == type->max_wait_us &&
             (attempt->outcome == OH_MESSAGE_LEFT) == (type->at_max_wait == OH_MAX_WAIT_MESSAGE));
}

static void check_unanswered(const struct way_run *run, const struct oh_attempt *attempt) {
    const struct oh_plan *plan = run->plan;
    const struct oh_plan_type *type = &plan->types[attempt->type_ix];
    const struct oh_plan_way *way = &type->way;
    RULE(attempt->answered_us < 0 && attempt->group_ix == OH_NONE && attempt->agent == OH_NONE);
    RULE((attempt->outcome == OH_UNFINISHED) == (attempt->ended_us < 0));
    switch (attempt->outcome) {
    case OH_CLOSED:
        check_at_the_door(run, attempt, attempt->ended_us == attempt->arrived_us);
        break;
    case OH_HUNG_UP:
    case OH_SELF_SERVED:
        check_at_the_door(run, attempt, way->uses & OH_USES_MENU);
        break;
    case OH_BALKED:
        check_at_the_door(run, attempt,
                          type->balk.by != OH_CHANCE_NEVER || ((way->uses & OH_USES_ANNOUNCEMENT) &&
                                                               way->announcement.after_us == 0));
        break;
    case OH_BLOCKED:
        check_at_the_door(run, attempt,
                          plan->lines != OH_NONE ||
                              (type->when_full == OH_FULL_BUSY && has_limit(plan, type)));
        break;
    case OH_DISCONNECTED:
        check_at_the_door(run, attempt,
                          type->when_full == OH_FULL_DISCONNECT && has_limit(plan, type));
        break;
    case OH_ABANDONED:
    case OH_CUT_OFF:
    case OH_MESSAGE_LEFT:
        check_left(run, attempt);
        break;
    case OH_CALLBACK_LOST:
        RULE((way->uses & OH_USES_CALLBACK) && attempt->queued_us >= attempt->arrived_us);
        break;
    case OH_DROPPED:
        RULE(!is_open_at(plan, attempt->ended_us));
        break;
    case OH_UNFINISHED:
        break;
    default:
        RULE(!"an outcome that the model does not have");
    }
}

void way_check_attempts(const struct way_run *run) {
    const struct oh_plan *plan = run->plan;
    for (size_t i = 0; i < run->attempts.n; i++) {
        const struct oh_attempt *attempt = &run->attempts.items[i];
        bool is_turned_away =
            !is_open_at(plan, attempt->arrived_us) && !awaits_opening(run, attempt);
        RULE((attempt->outcome == OH_CLOSED) == is_turned_away);
        RULE(attempt->counted == (attempt->arrived_us >= plan->warm_up_us));
        RULE(plan->has_hours || attempt->ended_us < plan->end_us);
        RULE(attempt->wait_us >= 0);
        RULE(attempt->ended_us < 0 || attempt->wait_us <= attempt->ended_us - attempt->arrived_us);
        if (attempt->outcome == OH_ANSWERED)
            check_answered(run, attempt);
        else
            check_unanswered(run, attempt);
    }
}

/* ---- attempts of one customer ---- */

static int by_customer(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    if (x->source_ix != y->source_ix)
        return x->source_ix < y->source_ix ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->caller != y->caller)
        return x->caller < y->caller ? -1 : 1;
    return (x->attempt > y->attempt) - (x->attempt < y->attempt);
}

static bool is_same_customer(const struct oh_attempt *a, const struct oh_attempt *b) {
    return a->source_ix == b->source_ix && a->day == b->day && a->caller == b->caller;
}

/* What a customer whom no agent took may try again after; OH_N_CAUSES: nothing. */
static enum oh_cause cause_of(enum oh_outcome outcome) {
    switch (outcome) {
    case OH_ABANDONED:
    case OH_BALKED:
        return OH_AFTER_ABANDON;
    case OH_BLOCKED:
        return OH_AFTER_BUSY;
    case OH_DISCONNECTED:
    case OH_CUT_OFF:
        return OH_AFTER_DISCONNECT;
    case OH_CLOSED:
    case OH_DROPPED:
    case OH_CALLBACK_LOST: /* at closing time only */
        return OH_AFTER_CLOSED;
    default:
        return OH_N_CAUSES;
    }
}

static bool may_retry(const struct way_run *run, const struct oh_attempt *attempt) {
    if (attempt->ended_us < 0)
        return false;
    enum oh_cause cause = cause_of(attempt->outcome);
    return attempt->outcome == OH_ANSWERED ||
           (cause != OH_N_CAUSES &&
            run->plan->types[attempt->type_ix].retry[cause].chance.by != OH_CHANCE_NEVER);
}

/* To the type itself, or by the menu of one. */
static bool may_come_by(const struct oh_plan *plan, const struct oh_plan_retry *retry,
                        uint32_t type_ix) {
    for (uint32_t i = 0; i < retry->n_to; i++)
        if (retry->to[i] == type_ix || plan->types[retry->to[i]].way.menu.n_branches > 0)
            return true;
    return false;
}

static void check_next(const struct way_run *run, const struct oh_attempt *before,
                       const struct oh_attempt *attempt, uint32_t *redials) {
    const struct oh_plan *plan = run->plan;
    RULE(attempt->attempt == before->attempt + 1);
    RULE(before->ended_us >= 0 && attempt->arrived_us >= before->ended_us);
    RULE(may_retry(run, before));
    if (before->outcome == OH_ANSWERED)
        return; /* the type that talked last is not in the trace */
    enum oh_cause cause = cause_of(before->outcome);
    const struct oh_plan_type *type = &plan->types[before->type_ix];
    const struct oh_plan_retry *retry = &type->retry[cause];
    RULE(++redials[cause] <= retry->at_most);
    RULE(attempt->attempt - 1 <= type->retry_at_most);
    RULE(may_come_by(plan, retry, attempt->type_ix));
}

/* Customers whose first attempt counts under a type, by their last attempt: reached, perhaps still trying (`may_try`), or
 * surely given up. */
struct fates {
    int64_t customers, reached, unfinished, may_try;
};

static void add_fate(const struct way_run *run, struct fates *fates, const struct oh_attempt *last,
                     bool is_reached) {
    fates->customers++;
    fates->reached += is_reached;
    if (is_reached)
        return;
    fates->unfinished += last->outcome == OH_UNFINISHED;
    fates->may_try += may_retry(run, last);
}

static void check_fates(const struct way_run *run, uint32_t type_ix, const struct fates *fates) {
    const int64_t *counts = run->contacts[type_ix];
    int64_t pending = counts[OH_C_CUSTOMERS_PENDING];
    if (counts[OH_C_CUSTOMERS] != fates->customers ||
        counts[OH_C_CUSTOMERS_REACHED] != fates->reached || pending < fates->unfinished ||
        pending > fates->unfinished + fates->may_try)
        fail_msg("%s: type %u: of %lld customers %lld were reached and %lld are pending; the trace "
                 "has %lld, %lld, and from %lld to %lld",
                 run->who, type_ix, (long long)counts[OH_C_CUSTOMERS],
                 (long long)counts[OH_C_CUSTOMERS_REACHED], (long long)pending,
                 (long long)fates->customers, (long long)fates->reached,
                 (long long)fates->unfinished, (long long)(fates->unfinished + fates->may_try));
}

/* All attempts of one customer. */
static void check_customer(const struct way_run *run, const struct oh_attempt *attempts, size_t n,
                           struct fates *fates) {
    const struct oh_attempt *attempt = &attempts[0];
    uint32_t redials[OH_N_CAUSES] = {0};
    bool is_reached = attempt->outcome == OH_ANSWERED;
    RULE(attempt->attempt == 1);
    for (size_t i = 1; i < n; i++) {
        check_next(run, &attempts[i - 1], &attempts[i], redials);
        is_reached |= attempts[i].outcome == OH_ANSWERED;
    }
    add_fate(run, &fates[attempt->type_ix], &attempts[n - 1], is_reached);
}

void way_check_customers(const struct way_run *run) {
    size_t n = run->attempts.n;
    struct oh_attempt *sorted = calloc(n + 1, sizeof sorted[0]);
    struct fates *fates = calloc(run->plan->n_types, sizeof fates[0]);
    for (size_t i = 0; i < n; i++)
        sorted[i] = run->attempts.items[i];
    qsort(sorted, n, sizeof sorted[0], by_customer);
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && is_same_customer(&sorted[from], &sorted[to]))
            to++;
        check_customer(run, &sorted[from], to - from, fates);
    }
    for (uint32_t t = 0; t < run->plan->n_types; t++)
        check_fates(run, t, &fates[t]);
    free(fates);
    free(sorted);
}
