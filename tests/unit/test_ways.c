/* Random centres in which contacts go every way there is, all at once. Whatever a centre is, its trace must keep the rules
 * of the model, what is counted must agree with the trace, and nobody may be lost on the way. The engine's own invariants
 * run along: people, agents' time, queue integrals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate.h"
#include "test_ways.h"

enum { CENTRES = 500 };

static uint64_t seen[N_SEEN];

static void sum_cells(const int64_t *cells, uint32_t n_cells, uint32_t n_counts, int64_t *sums) {
    for (uint32_t cell = 0; cell < n_cells; cell++)
        for (uint32_t i = 0; i < n_counts; i++)
            sums[i] += cells[(size_t)cell * n_counts + i];
}

static void sum_up(struct way_run *run) {
    const struct oh_layout *layout = &run->plan->layout;
    run->contacts = calloc(layout->n_types, sizeof run->contacts[0]);
    run->agents = calloc(layout->n_groups, sizeof run->agents[0]);
    for (uint32_t t = 0; t < layout->n_types; t++)
        sum_cells(oh_record_contact_cell(run->record, t, 0), OH_N_CELLS(layout),
                  OH_N_CONTACT_COUNTS, run->contacts[t]);
    for (uint32_t g = 0; g < layout->n_groups; g++)
        sum_cells(oh_record_agent_cell(run->record, g, 0), OH_N_CELLS(layout), OH_N_AGENT_COUNTS,
                  run->agents[g]);
}

static void check_run(const struct oh_plan *plan, struct oh_engine *engine,
                      struct oh_record *record, uint64_t replication, const char *who) {
    struct way_run run = {.plan = plan, .who = who, .record = record};
    oh_engine_trace(engine, attempts_take, &run.attempts);
    assert_true(oh_engine_run(engine, replication, (struct oh_stop){NULL, NULL}, record));
    attempts_sort(&run.attempts);
    sum_up(&run);
    way_check_attempts(&run);
    way_check_customers(&run);
    way_check_trace(&run);
    way_check_counts(&run);
    way_count_seen(&run, seen);
    free(run.attempts.items);
    free(run.contacts);
    free(run.agents);
}

/* The last replication once more, by an engine that has run nothing else: who was there before must not show. */
static void check_alone(const struct oh_plan *plan, struct oh_engine *before,
                        struct oh_record *record, const char *who) {
    struct attempts traces[2] = {{0}, {0}};
    struct oh_engine *fresh = oh_engine_create(plan);
    struct oh_engine *engines[2] = {before, fresh};
    for (int i = 0; i < 2; i++) {
        oh_engine_trace(engines[i], attempts_take, &traces[i]);
        assert_true(oh_engine_run(engines[i], plan->replications - 1, (struct oh_stop){NULL, NULL},
                                  record));
    }
    if (traces[0].n != traces[1].n)
        fail_msg("%s: %zu attempts after others, %zu alone", who, traces[0].n, traces[1].n);
    for (size_t i = 0; i < traces[0].n; i++)
        if (!attempts_are_equal(&traces[0].items[i], &traces[1].items[i]))
            fail_msg("%s: attempt %zu is another one alone", who, i);
    oh_engine_destroy(fresh);
    free(traces[0].items);
    free(traces[1].items);
}

static void check_centre(uint64_t number) {
    struct oh_text yaml = {0};
    struct model model;
    struct oh_record record;
    char who[48];
    way_write(number, &yaml);
    model_init(&model, yaml.data);
    oh_record_init(&record, &model.plan->layout);
    struct oh_engine *engine = oh_engine_create(model.plan);
    for (uint64_t i = 0; i < model.plan->replications; i++) {
        snprintf(who, sizeof who, "centre %u, replication %u", (unsigned)number, (unsigned)i);
        check_run(model.plan, engine, &record, i, who);
    }
    check_alone(model.plan, engine, &record, who);
    oh_engine_destroy(engine);
    oh_record_fini(&record);
    model_fini(&model);
    oh_text_fini(&yaml);
}

static void random_ways_keep_the_rules(void **state) {
    for (uint64_t number = 0; number < CENTRES * effort; number++)
        check_centre(number);
}

static void every_way_was_seen(void **state) {
    for (uint32_t i = 0; i < N_SEEN; i++)
        if (seen[i] < 200)
            fail_msg("only %u of %s", (unsigned)seen[i],
                     i < OH_N_OUTCOMES ? oh_outcome_name(i) : "a count that is no outcome");
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    if (argc > 2) { /* one centre, to look into: its text on stdout */
        struct oh_text yaml = {0};
        way_write(strtoull(argv[2], NULL, 10), &yaml);
        puts(yaml.data);
        if (argc > 3)
            check_centre(strtoull(argv[2], NULL, 10));
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_ways_keep_the_rules),
        cmocka_unit_test(every_way_was_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
