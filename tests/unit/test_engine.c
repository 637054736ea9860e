/* Hundreds of random centres, every feature on at random. Whatever a centre is, its trace must keep the rules of the
 * model, and its summary must be what counting the trace gives. (The engine's own invariants run along: people, agents'
 * time, queue integrals.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate.h"
#include "test_engine_centres.h"

enum { CENTRES = 400 };

/* How much was seen of everything: rules that never apply show nothing. */
static uint64_t seen[OH_N_OUTCOMES], seen_redials, seen_requeued, seen_runs;

static void count_seen(const struct attempts *attempts) {
    for (size_t i = 0; i < attempts->n; i++) {
        const struct oh_attempt *attempt = &attempts->items[i];
        seen[attempt->outcome]++;
        seen_redials += attempt->attempt > 1;
        seen_requeued += attempt->answered_us >= 0 && attempt->queued_us > attempt->answered_us;
    }
    seen_runs++;
}

static void check_centre(uint64_t number) {
    struct oh_text yaml = {0};
    struct model model;
    struct attempts attempts = {0};
    char who[32];
    snprintf(who, sizeof who, "centre %u", (unsigned)number);
    centre_write(number, &yaml);
    model_init(&model, yaml.data);
    const struct oh_run_options options = {.trace = attempts_take, .trace_context = &attempts};
    struct oh_summary *summary = oh_run(model.plan, &options);
    attempts_sort(&attempts);
    check_times(model.plan, &attempts, who);
    check_redials(model.plan, &attempts, who);
    check_queues(model.plan, &attempts, who);
    check_agents(model.plan, &attempts, who);
    check_summary(model.plan, &attempts, summary, who);
    count_seen(&attempts);
    oh_summary_destroy(summary);
    model_fini(&model);
    free(attempts.items);
    oh_text_fini(&yaml);
}

static void random_centres_keep_the_rules(void **state) {
    for (uint64_t number = 0; number < CENTRES * effort; number++)
        check_centre(number);
}

static void every_way_to_end_was_seen(void **state) {
    const enum oh_outcome possible[] = {OH_CLOSED,  OH_BLOCKED,   OH_DISCONNECTED, OH_CUT_OFF,
                                        OH_BALKED,  OH_ABANDONED, OH_MESSAGE_LEFT, OH_ANSWERED,
                                        OH_DROPPED, OH_UNFINISHED};
    for (size_t i = 0; i < sizeof possible / sizeof possible[0]; i++)
        if (seen[possible[i]] < 200)
            fail_msg("only %u of %s", (unsigned)seen[possible[i]], oh_outcome_name(possible[i]));
    assert_true(seen_redials > 10000);
    assert_true(seen_requeued > 200);
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    if (argc > 2) { /* one centre, to look into: its text on stdout */
        struct oh_text yaml = {0};
        centre_write(strtoull(argv[2], NULL, 10), &yaml);
        puts(yaml.data);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_centres_keep_the_rules),
        cmocka_unit_test(every_way_to_end_was_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
