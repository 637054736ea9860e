/* Two agents with one customer: warm transfers and conferences, everything exponential, against Markov chains. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "space.h"
#include "trial.h"

enum { WINDOW = 1500, MOST = 25, PLACES_OF_B = 3 };

/* Type a is talked with by the first group; a share goes on to the second one. Rates per unit. */
struct centre {
    double lambda, first, second; /* agents of both groups */
    double theta[2];              /* of who waits for a; of who waits for b */
    double share, talk[2], together;
    double afterwards, wrap_up; /* rates of the ends of what follows a conference */
    double lambda_b;            /* calls of type b's own */
    bool skip;
};

/* ---- warm transfer: parts at a (waiting or talking), wait for b, with both, with b alone ---- */

static double talks_at_a(const void *model, struct state s) {
    const struct centre *c = model;
    return fmin(s.part[0], c->first - s.part[1] - s.part[2]);
}
static double waits_at_a(const void *model, struct state s) {
    return s.part[0] - talks_at_a(model, s);
}
static double part(const void *model, struct state s) {
    return s.part[*(const int *)model];
}
static double mean_of(const struct space *space, int which) {
    return space_mean(space, part, &which);
}

static void warm_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct centre *c = model;
    double talks = talks_at_a(c, s);
    bool is_free = s.part[2] + s.part[3] < c->second;
    if (s.part[0] < MOST)
        move_to(explorer, stepped(s, 0, 1), c->lambda);
    if (s.part[0] > 0) {
        struct state gone = stepped(s, 0, -1);
        move_to(explorer, gone, talks * c->talk[0] * (1 - c->share));
        move_to(explorer, gone, (s.part[0] - talks) * c->theta[0]);
        move_to(explorer, stepped(gone, is_free ? 2 : 1, 1), talks * c->talk[0] * c->share);
    }
    if (s.part[1] > 0)
        move_to(explorer, stepped(s, 1, -1), s.part[1] * c->theta[1]);
    if (s.part[2] > 0)
        move_to(explorer, stepped(stepped(s, 2, -1), 3, 1), s.part[2] * c->together);
    if (s.part[3] > 0) {
        struct state ended = stepped(s, 3, -1);
        if (s.part[1] > 0)
            ended = stepped(stepped(ended, 1, -1), 2, 1);
        move_to(explorer, ended, s.part[3] * c->talk[1]);
    }
}

static const struct centre warm = {.lambda = 2.2,
                                   .first = 3,
                                   .second = 2,
                                   .theta = {0.4, 0.3},
                                   .share = 0.5,
                                   .talk = {1.25, 0.8},
                                   .together = 4};

static const char *warm_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s,"
        " transfer: {b: {probability: 50%%, how: warm, together: %s}}}\n"
        "  b: {talk: %s, patience: %s}\n"
        "agents: {one: {count: 3, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, warm.lambda), exponential(arena, off / warm.talk[0]),
        exponential(arena, 1 / warm.theta[0]), exponential(arena, 1 / warm.together),
        exponential(arena, off / warm.talk[1]), exponential(arena, 1 / warm.theta[1]));
}

/* Without transfers, or with so many second agents that nobody waits for one, a is a queue that is known. */
static void limits_of_warm_transfers(void) {
    struct centre none = warm, short_of_none = warm;
    none.share = 0;
    struct space space = space_solve((struct state){0}, warm_moves, &none);
    struct exact alone =
        station_solve(&(struct station){warm.lambda, 3, warm.talk[0], warm.theta[0], 22});
    agree(space_mean(&space, waits_at_a, &none), alone.queue, "no transfers");
    space_fini(&space);
    short_of_none.second = 100;
    short_of_none.theta[0] = 0; /* nobody is lost, so busy = lambda x (talk + share x together) */
    short_of_none.lambda = 0.5;
    short_of_none.talk[1] = 8;
    space = space_solve((struct state){0}, warm_moves, &short_of_none);
    agree(mean_of(&space, 1), 0, "waits for b");
    agree(mean_of(&space, 2), 0.5 * 0.5 / 4, "with both");
    agree(mean_of(&space, 3), 0.5 * 0.5 / 8, "with b");
    space_fini(&space);
}

static void the_first_agent_stays_until_the_second_answers(void **state) {
    limits_of_warm_transfers();
    struct space space = space_solve((struct state){0}, warm_moves, &warm);
    double talks = space_mean(&space, talks_at_a, &warm);
    double queue_a = space_mean(&space, waits_at_a, &warm);
    double queue_b = mean_of(&space, 1), both = mean_of(&space, 2), alone = mean_of(&space, 3);
    space_fini(&space);
    double transferred = talks * warm.talk[0] * warm.share, left = queue_b * warm.theta[1];
    agree(both * warm.together, transferred - left, "what flows to b");
    agree(alone * warm.talk[1], transferred - left, "what flows from b");
    const struct claim claims[] = {
        {"contacts.a.abandonment", warm.theta[0] * queue_a / warm.lambda},
        {"contacts.a.wait_all.mean", UNIT_S * queue_a / warm.lambda},
        {"contacts.a.queue_length.mean", queue_a},
        {"contacts.b.queue_length.mean", queue_b},
        {"contacts.b.leg_wait.mean", UNIT_S * queue_b / transferred},
        {"contacts.b.transferred", WINDOW * effort * transferred},
        {"contacts.b.leg_abandoned", WINDOW * effort * left},
        {"agents.one.busy_agents.mean", talks + queue_b + both},
        {"agents.two.busy_agents.mean", both + alone},
        {"agents.one.occupancy", (talks + queue_b + both) / warm.first},
    };
    trial("warm transfer", warm_text, claims, N_OF(claims));
}

/* ---- conference that waits: parts at a, wait for the second, both talk, the first goes on, the second wraps up ---- */

static double talks_before(const void *model, struct state s) {
    const struct centre *c = model;
    return fmin(s.part[0], c->first - s.part[1] - s.part[2] - s.part[3]);
}
static double waits_before(const void *model, struct state s) {
    return s.part[0] - talks_before(model, s);
}

static void wait_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct centre *c = model;
    double talks = talks_before(c, s);
    bool is_free = s.part[2] + s.part[4] < c->second;
    if (s.part[0] < MOST)
        move_to(explorer, stepped(s, 0, 1), c->lambda);
    if (s.part[0] > 0) {
        struct state gone = stepped(s, 0, -1);
        move_to(explorer, gone, talks * c->talk[0] * (1 - c->share));
        move_to(explorer, gone, (s.part[0] - talks) * c->theta[0]);
        move_to(explorer, stepped(gone, is_free ? 2 : 1, 1), talks * c->talk[0] * c->share);
    }
    if (s.part[2] > 0)
        move_to(explorer, stepped(stepped(stepped(s, 2, -1), 3, 1), 4, 1), s.part[2] * c->together);
    if (s.part[3] > 0)
        move_to(explorer, stepped(s, 3, -1), s.part[3] * c->afterwards);
    if (s.part[4] > 0) {
        struct state ended = stepped(s, 4, -1);
        if (s.part[1] > 0)
            ended = stepped(stepped(ended, 1, -1), 2, 1);
        move_to(explorer, ended, s.part[4] * c->wrap_up);
    }
}

static const struct centre meets = {.lambda = 2,
                                    .first = 4,
                                    .second = 1,
                                    .theta = {0.5},
                                    .share = 0.4,
                                    .talk = {1.25},
                                    .together = 2,
                                    .afterwards = 3,
                                    .wrap_up = 2.5};

static const char *wait_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s, conference: {b: {probability: 40%%,"
        " together: %s, if_none_free: wait, afterwards: %s}}}\n"
        "  b: {talk: 100s, wrap_up: %s}\n"
        "agents: {one: {count: 4, handles: [a]}, two: {count: 1, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, meets.lambda),
        exponential(arena, off / meets.talk[0]), exponential(arena, 1 / meets.theta[0]),
        exponential(arena, 1 / meets.together), exponential(arena, 1 / meets.afterwards),
        exponential(arena, 1 / meets.wrap_up));
}

static void a_conference_may_wait_for_the_second_agent(void **state) {
    struct space space = space_solve((struct state){0}, wait_moves, &meets);
    double talks = space_mean(&space, talks_before, &meets);
    double queue = space_mean(&space, waits_before, &meets);
    double waits = mean_of(&space, 1), both = mean_of(&space, 2), after = mean_of(&space, 3);
    double wraps_up = mean_of(&space, 4);
    space_fini(&space);
    double conferences = talks * meets.talk[0] * meets.share;
    agree(both * meets.together, conferences, "conferences");
    agree(after * meets.afterwards, conferences, "what follows for the first");
    agree(wraps_up * meets.wrap_up, conferences, "what follows for the second");
    const struct claim claims[] = {
        {"contacts.a.abandonment", meets.theta[0] * queue / meets.lambda},
        {"contacts.a.wait_all.mean", UNIT_S * queue / meets.lambda},
        {"contacts.b.conferences", WINDOW * effort * conferences},
        {"agents.one.busy_agents.mean", talks + waits + both + after},
        {"agents.two.busy_agents.mean", both + wraps_up},
        {"agents.two.occupancy", both + wraps_up},
    };
    trial("conference, wait", wait_text, claims, N_OF(claims));
}

/* ---- conference if somebody is free: parts at a, both talk, the first goes on, the second wraps up, own calls of b -- */

static double talks_if_free(const void *model, struct state s) {
    const struct centre *c = model;
    return fmin(s.part[0], c->first - s.part[1] - s.part[2]);
}
static double waits_if_free(const void *model, struct state s) {
    return s.part[0] - talks_if_free(model, s);
}
static double own_talks(const void *model, struct state s) {
    const struct centre *c = model;
    return fmin(s.part[4], c->second - s.part[1] - s.part[3]);
}
static double own_waits(const void *model, struct state s) {
    return s.part[4] - own_talks(model, s);
}
static double meet_if_free(const void *model, struct state s) {
    const struct centre *c = model;
    bool is_free = s.part[1] + s.part[3] + s.part[4] < c->second;
    return is_free ? talks_if_free(model, s) * c->talk[0] * c->share : 0;
}

static void skip_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct centre *c = model;
    double talks = talks_if_free(c, s), meet = meet_if_free(c, s), own = own_talks(c, s);
    if (s.part[0] < MOST)
        move_to(explorer, stepped(s, 0, 1), c->lambda);
    if (s.part[0] > 0) {
        struct state gone = stepped(s, 0, -1);
        move_to(explorer, gone, talks * c->talk[0] - meet);
        move_to(explorer, gone, (s.part[0] - talks) * c->theta[0]);
        move_to(explorer, stepped(gone, 1, 1), meet);
    }
    if (s.part[1] > 0)
        move_to(explorer, stepped(stepped(stepped(s, 1, -1), 2, 1), 3, 1), s.part[1] * c->together);
    if (s.part[2] > 0)
        move_to(explorer, stepped(s, 2, -1), s.part[2] * c->afterwards);
    if (s.part[3] > 0)
        move_to(explorer, stepped(s, 3, -1), s.part[3] * c->wrap_up);
    if (own_waits(c, s) < PLACES_OF_B)
        move_to(explorer, stepped(s, 4, 1), c->lambda_b);
    if (s.part[4] > 0)
        move_to(explorer, stepped(s, 4, -1), own * c->talk[1]);
}

static double own_refused(const void *model, struct state s) {
    return own_waits(model, s) < PLACES_OF_B ? 0 : 1;
}

static struct centre skips(void) {
    struct centre centre = meets;
    centre.second = 2;
    centre.lambda_b = 1;
    centre.talk[1] = 0.8;
    return centre;
}

/* Calls of b have no wrap-up; a type of its own, which only conferences reach, has one. */
static const char *skip_text(struct oh_arena *arena, double off) {
    struct centre c = skips();
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s, conference: {help: {probability: 40%%,"
        " together: %s, if_none_free: skip, afterwards: %s}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, queue: {limit: 3, when_full: busy}}\n"
        "  help: {talk: 100s, wrap_up: %s}\n"
        "agents: {one: {count: 4, handles: [a]}, two: {count: 2, handles: [b, "
        "help]}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, c.lambda), exponential(arena, off / c.talk[0]),
        exponential(arena, 1 / c.theta[0]), exponential(arena, 1 / c.together),
        exponential(arena, 1 / c.afterwards), rate(arena, c.lambda_b),
        exponential(arena, off / c.talk[1]), exponential(arena, 1 / c.wrap_up));
}

static void a_conference_may_be_left_out_if_nobody_is_free(void **state) {
    struct centre c = skips();
    struct space space = space_solve((struct state){0}, skip_moves, &c);
    double talks = space_mean(&space, talks_if_free, &c);
    double queue = space_mean(&space, waits_if_free, &c), refused = 0;
    double conferences = space_mean(&space, meet_if_free, &c), own = 0, own_queue = 0;
    double both = mean_of(&space, 1), after = mean_of(&space, 2), wraps_up = mean_of(&space, 3);
    own = space_mean(&space, own_talks, &c);
    own_queue = space_mean(&space, own_waits, &c);
    refused = space_mean(&space, own_refused, &c);
    space_fini(&space);
    agree(both * c.together, conferences, "conferences");
    agree(wraps_up * c.wrap_up, conferences, "what follows for the second");
    agree(own * c.talk[1], c.lambda_b * (1 - refused), "calls of b");
    const struct claim claims[] = {
        {"contacts.a.abandonment", c.theta[0] * queue / c.lambda},
        {"contacts.help.conferences", WINDOW * effort * conferences},
        {"contacts.b.blocking", refused},
        {"contacts.b.queue_length.mean", own_queue},
        {"agents.one.busy_agents.mean", talks + both + after},
        {"agents.two.busy_agents.mean", both + wraps_up + own},
    };
    trial("conference, skip", skip_text, claims, N_OF(claims));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_agent_stays_until_the_second_answers),
        cmocka_unit_test(a_conference_may_wait_for_the_second_agent),
        cmocka_unit_test(a_conference_may_be_left_out_if_nobody_is_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
