/* Random centres: what must be true of a trace, attempt by attempt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "test_engine_centres.h"

void attempts_take(void *context, const struct oh_attempt *attempt) {
    struct attempts *attempts = context;
    if (attempts->n == attempts->capacity) {
        attempts->capacity = attempts->capacity ? 2 * attempts->capacity : 4096;
        attempts->items = realloc(attempts->items, attempts->capacity * sizeof attempts->items[0]);
    }
    attempts->items[attempts->n++] = *attempt;
}

static int by_arrival(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    if (x->replication != y->replication)
        return x->replication < y->replication ? -1 : 1;
    return (x->arrived_us > y->arrived_us) - (x->arrived_us < y->arrived_us);
}

void attempts_sort(struct attempts *attempts) {
    if (attempts->n)
        qsort(attempts->items, attempts->n, sizeof attempts->items[0], by_arrival);
}

static void broken(const struct oh_attempt *attempt, const char *who, const char *rule) {
    fail_msg("%s: replication %u, type %u, day %u, caller %u, attempt %u: not so: %s", who,
             (unsigned)attempt->replication, attempt->type_ix, attempt->day, attempt->caller,
             attempt->attempt, rule);
}

/* Of `attempt`, in the centre `who`. */
#define RULE(condition) ((condition) ? (void)0 : broken(attempt, who, #condition))

/* ---- times of one attempt ---- */

static bool is_open_at(const struct oh_plan *plan, int64_t t) {
    for (uint32_t i = 0; i < plan->n_openings; i++)
        if (plan->openings[i].open_us <= t && t < plan->openings[i].close_us)
            return true;
    return false;
}

/* Taken by an agent who then went off duty in mid-call, perhaps at the same instant. */
static bool was_requeued(const struct oh_attempt *attempt) {
    return attempt->answered_us >= 0 && attempt->queued_us >= attempt->answered_us &&
           attempt->queued_us > attempt->arrived_us;
}

static bool group_handles(const struct oh_plan *plan, uint32_t group_ix, uint32_t type_ix) {
    const struct oh_plan_group *group = &plan->groups[group_ix];
    for (uint32_t i = 0; i < group->n_types; i++)
        if (group->type_ix[i] == type_ix)
            return true;
    return false;
}

static void check_answered(const struct oh_plan *plan, const struct oh_attempt *attempt,
                           const char *who) {
    const struct oh_plan_type *type = &plan->types[attempt->type_ix];
    int64_t wait = attempt->answered_us - attempt->arrived_us;
    RULE(attempt->answered_us >= attempt->arrived_us);
    RULE(group_handles(plan, attempt->group_ix, attempt->type_ix));
    RULE(attempt->agent < plan->groups[attempt->group_ix].most);
    RULE(wait <= type->max_wait_us);
    if (was_requeued(attempt))
        return;
    RULE(attempt->wait_us == wait);
    RULE(attempt->queued_us == (attempt->patience_us >= 0 ? attempt->arrived_us : -1));
    RULE(wait == 0 || wait <= attempt->patience_us);
    RULE(attempt->ended_us < 0 || attempt->ended_us == attempt->answered_us + attempt->talk_us);
    RULE(attempt->ended_us < 0 || attempt->wrapped_up_us >= attempt->ended_us);
}

static void check_unanswered(const struct oh_plan *plan, const struct oh_attempt *attempt,
                             const char *who) {
    const struct oh_plan_type *type = &plan->types[attempt->type_ix];
    int64_t wait = attempt->ended_us - attempt->arrived_us;
    RULE(attempt->answered_us < 0 && attempt->group_ix == OH_NONE && attempt->agent == OH_NONE);
    switch (attempt->outcome) {
    case OH_BALKED:
        RULE(type->balk.by != OH_CHANCE_NEVER);
        RULE(wait == 0 && attempt->queued_us < 0);
        break;
    case OH_BLOCKED:
        RULE(plan->lines != OH_NONE || type->when_full == OH_FULL_BUSY);
        RULE(wait == 0 && attempt->queued_us < 0);
        break;
    case OH_DISCONNECTED:
        RULE(type->when_full == OH_FULL_DISCONNECT);
        RULE(type->queue_limit >= 0 || type->queue_limit_per_agent >= 0 || plan->queue_limit >= 0);
        RULE(wait == 0 && attempt->queued_us < 0);
        break;
    case OH_CLOSED:
        RULE(wait == 0 && attempt->queued_us < 0);
        break;
    case OH_ABANDONED:
        RULE(wait == attempt->patience_us && wait == attempt->wait_us);
        RULE(wait < type->max_wait_us);
        break;
    case OH_CUT_OFF:
    case OH_MESSAGE_LEFT:
        RULE(wait == type->max_wait_us && wait <= attempt->patience_us);
        RULE((attempt->outcome == OH_MESSAGE_LEFT) == (type->at_max_wait == OH_MAX_WAIT_MESSAGE));
        break;
    case OH_DROPPED:
        RULE(!is_open_at(plan, attempt->ended_us) && wait <= attempt->patience_us);
        break;
    case OH_UNFINISHED:
        RULE(attempt->ended_us < 0 && !plan->has_hours);
        break;
    default:
        RULE(!"an outcome that the model does not have");
    }
}

void check_times(const struct oh_plan *plan, const struct attempts *attempts, const char *who) {
    for (size_t i = 0; i < attempts->n; i++) {
        const struct oh_attempt *attempt = &attempts->items[i];
        RULE((attempt->outcome == OH_CLOSED) == !is_open_at(plan, attempt->arrived_us));
        RULE(attempt->counted == (attempt->arrived_us >= plan->warm_up_us));
        RULE(plan->has_hours || attempt->ended_us < plan->end_us);
        if (attempt->outcome == OH_ANSWERED)
            check_answered(plan, attempt, who);
        else
            check_unanswered(plan, attempt, who);
    }
}

/* ---- attempts of one customer ---- */

static int by_customer(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    if (x->replication != y->replication)
        return x->replication < y->replication ? -1 : 1;
    if (x->type_ix != y->type_ix)
        return x->type_ix < y->type_ix ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->caller != y->caller)
        return x->caller < y->caller ? -1 : 1;
    return (x->attempt > y->attempt) - (x->attempt < y->attempt);
}

static bool is_same_customer(const struct oh_attempt *a, const struct oh_attempt *b) {
    return a->replication == b->replication && a->type_ix == b->type_ix && a->day == b->day &&
           a->caller == b->caller;
}

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
        return OH_AFTER_CLOSED;
    default:
        return OH_N_CAUSES; /* nobody calls again after that */
    }
}

void check_redials(const struct oh_plan *plan, const struct attempts *attempts, const char *who) {
    struct oh_attempt *sorted = calloc(attempts->n + 1, sizeof sorted[0]);
    uint32_t redials[OH_N_CAUSES] = {0};
    for (size_t i = 0; i < attempts->n; i++)
        sorted[i] = attempts->items[i];
    qsort(sorted, attempts->n, sizeof sorted[0], by_customer);
    for (size_t i = 0; i < attempts->n; i++) {
        const struct oh_attempt *attempt = &sorted[i];
        if (i == 0 || !is_same_customer(attempt, &sorted[i - 1])) {
            RULE(attempt->attempt == 1);
            for (uint32_t cause = 0; cause < OH_N_CAUSES; cause++)
                redials[cause] = 0;
            continue;
        }
        const struct oh_plan_type *type = &plan->types[attempt->type_ix];
        enum oh_cause cause = cause_of(sorted[i - 1].outcome);
        RULE(attempt->attempt == sorted[i - 1].attempt + 1);
        RULE(attempt->arrived_us >= sorted[i - 1].ended_us);
        if (sorted[i - 1].outcome == OH_ANSWERED) { /* broken off, and then not answered again */
            RULE(sorted[i - 1].wrapped_up_us < 0);
            continue;
        }
        RULE(cause < OH_N_CAUSES && type->retry[cause].chance.by != OH_CHANCE_NEVER);
        RULE(++redials[cause] <= type->retry[cause].at_most);
        RULE(attempt->attempt - 1 <= type->retry_at_most);
    }
    free(sorted);
}

/* ---- who waits and talks at the same time ---- */

struct change {
    int64_t at_us;
    int by;
};
struct changes {
    size_t n;
    struct change *items;
};

/* Ends before starts at the same instant, as the clock has it. */
static int by_instant(const void *a, const void *b) {
    const struct change *x = a, *y = b;
    if (x->at_us != y->at_us)
        return x->at_us < y->at_us ? -1 : 1;
    return x->by - y->by;
}

static void add_stay(struct changes *changes, int64_t from_us, int64_t to_us) {
    if (to_us == from_us)
        return;
    changes->items[changes->n++] = (struct change){from_us, +1};
    changes->items[changes->n++] = (struct change){to_us < 0 ? OH_FOREVER : to_us, -1};
}

static int64_t most_at_once(struct changes *changes) {
    int64_t now = 0, most = 0;
    qsort(changes->items, changes->n, sizeof changes->items[0], by_instant);
    for (size_t i = 0; i < changes->n; i++) {
        now += changes->items[i].by;
        most = now > most ? now : most;
    }
    changes->n = 0;
    return most;
}

static bool leaves_callers(const struct oh_plan *plan) {
    for (uint32_t g = 0; g < plan->n_groups; g++)
        if (plan->groups[g].on_leave == OH_LEAVE_REQUEUE)
            return true;
    return false;
}

/* Lines are held from arrival to the end of the talk; at most that many at once in attempts [from, to). */
static void check_lines(const struct oh_plan *plan, const struct attempts *attempts, size_t from,
                        size_t to, struct changes *changes, const char *who) {
    const struct oh_attempt *attempt = &attempts->items[from];
    for (size_t i = from; i < to; i++)
        add_stay(changes, attempts->items[i].arrived_us, attempts->items[i].ended_us);
    int64_t most = most_at_once(changes);
    RULE(plan->lines == OH_NONE || most <= plan->lines);
}

/* Waiting contacts of one type, or of all (OH_NONE), against a limit. */
static void check_waiting(const struct attempts *attempts, size_t from, size_t to, uint32_t type_ix,
                          int64_t limit, struct changes *changes, const char *who) {
    const struct oh_attempt *attempt = &attempts->items[from];
    for (size_t i = from; i < to; i++) {
        const struct oh_attempt *each = &attempts->items[i];
        if (type_ix == OH_NONE || each->type_ix == type_ix)
            add_stay(changes, each->arrived_us,
                     each->answered_us >= 0 ? each->answered_us : each->ended_us);
    }
    int64_t most = most_at_once(changes);
    RULE(limit < 0 || most <= limit);
}

/* Of one type, who comes first is answered first. */
static void check_order(const struct attempts *attempts, size_t from, size_t to, uint32_t type_ix,
                        const char *who) {
    int64_t arrived = -1, answered = -1;
    for (size_t i = from; i < to; i++) {
        const struct oh_attempt *attempt = &attempts->items[i];
        if (attempt->type_ix != type_ix || attempt->answered_us < 0)
            continue;
        RULE(attempt->arrived_us == arrived || attempt->answered_us >= answered);
        arrived = attempt->arrived_us;
        answered = attempt->answered_us;
    }
}

void check_queues(const struct oh_plan *plan, const struct attempts *attempts, const char *who) {
    struct changes changes = {0, calloc(2 * attempts->n + 1, sizeof changes.items[0])};
    for (size_t from = 0, to; from < attempts->n; from = to) {
        to = from;
        while (to < attempts->n &&
               attempts->items[to].replication == attempts->items[from].replication)
            to++;
        check_lines(plan, attempts, from, to, &changes, who);
        if (leaves_callers(plan))
            continue; /* who comes back to the queue needs no room, and stands at its head */
        check_waiting(attempts, from, to, OH_NONE, plan->queue_limit, &changes, who);
        for (uint32_t t = 0; t < plan->n_types; t++) {
            check_waiting(attempts, from, to, t, plan->types[t].queue_limit, &changes, who);
            check_order(attempts, from, to, t, who);
        }
    }
    free(changes.items);
}

/* ---- agents ---- */

/* When the agent is free again; at the end of the run some never are. */
static int64_t busy_until(const struct oh_attempt *attempt) {
    return attempt->wrapped_up_us < 0 ? OH_FOREVER : attempt->wrapped_up_us;
}

static int by_agent(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    if (x->replication != y->replication)
        return x->replication < y->replication ? -1 : 1;
    if (x->group_ix != y->group_ix)
        return x->group_ix < y->group_ix ? -1 : 1;
    if (x->agent != y->agent)
        return x->agent < y->agent ? -1 : 1;
    if (x->answered_us != y->answered_us)
        return x->answered_us < y->answered_us ? -1 : 1;
    return (busy_until(x) > busy_until(y)) - (busy_until(x) < busy_until(y));
}

/* Nobody does two things at a time. */
void check_agents(const struct oh_plan *plan, const struct attempts *attempts, const char *who) {
    struct oh_attempt *served = calloc(attempts->n + 1, sizeof served[0]);
    size_t n = 0;
    for (size_t i = 0; i < attempts->n; i++)
        if (attempts->items[i].answered_us >= 0 && !was_requeued(&attempts->items[i]))
            served[n++] = attempts->items[i];
    qsort(served, n, sizeof served[0], by_agent);
    for (size_t i = 1; i < n; i++) {
        const struct oh_attempt *attempt = &served[i], *before = &served[i - 1];
        if (attempt->replication == before->replication && attempt->group_ix == before->group_ix &&
            attempt->agent == before->agent)
            RULE(busy_until(before) <= attempt->answered_us);
    }
    free(served);
}
