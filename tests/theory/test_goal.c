/* The fewest agents for a service level, sought by simulation, against those of exact formulas; and a control. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"
#include "study/threshold.h"

enum { CALLS = 2000, PATIENCE_S = 180, BESIDE = 4, MOST_REPLICATIONS = 1500 };

/* A row of the file: agents from so many below the exact answer to so many above it. */
struct staffing {
    const struct reference *table;
    size_t row;
    const char *agents_column;
    double patience_s, talk;
    int first;
    struct oh_arena *arena;
    struct model model;
};

static int exact_of(const struct staffing *staffing) {
    return (int)reference_number(staffing->table, staffing->row, staffing->agents_column);
}

static struct oh_plan *open_plan(void *context, uint32_t ix) {
    struct staffing *staffing = context;
    struct queue queue = queue_init();
    double rate = reference_number(staffing->table, staffing->row, "calls_per_hour");
    double aht_s = reference_number(staffing->table, staffing->row, "aht_s");
    queue.agents = staffing->first + (int)ix;
    queue.rate = oh_arena_printf(staffing->arena, "%.9f/h", rate);
    queue.talk = oh_arena_printf(staffing->arena, "exponential(%.9fs)", staffing->talk * aht_s);
    queue.within_s = reference_number(staffing->table, staffing->row, "T_s");
    if (isfinite(staffing->patience_s))
        queue.patience =
            oh_arena_printf(staffing->arena, "exponential(%.9fs)", staffing->patience_s);
    queue_pace(&queue, rate / 3600,
               relaxation_s(rate / 3600, aht_s, exact_of(staffing), staffing->patience_s), CALLS);
    model_init(&staffing->model, queue_print(staffing->arena, &queue));
    return staffing->model.plan;
}

static void close_plan(void *context, uint32_t ix, const struct oh_summary *summary) {
    model_fini(&((struct staffing *)context)->model);
}

/* What is found: 0 undecided. */
static int seek(struct staffing *staffing) {
    int exact = exact_of(staffing), least = exact - BESIDE;
    staffing->first = least > 1 ? least : 1;
    enum oh_judged judged[2 * BESIDE + 1] = {OH_NOT_JUDGED};
    struct oh_row_of_plans row = {(uint32_t)(exact + BESIDE - staffing->first + 1), open_plan,
                                  close_plan, staffing};
    struct oh_threshold_question question = {
        "total.service_level", reference_number(staffing->table, staffing->row, "SL_target"),
        INFINITY, 0.999999};
    struct oh_threshold found = oh_threshold_find(
        &row, &question,
        &(struct oh_run_options){.replications = 30, .max_replications = MOST_REPLICATIONS},
        judged);
    if (found.found == OH_FOUND) {
        assert_true(found.is_smallest && found.neighbour_ix + 1 == found.value_ix);
        return staffing->first + (int)found.value_ix;
    }
    assert_int_equal(found.found, OH_FOUND_UNDECIDED);
    return 0;
}

struct tried {
    size_t found, undecided, wrong;
};

static struct tried try_rows(const char *agents_column, double patience_s, double talk) {
    struct tried tried = {0};
    struct reference *table = reference_open("staffing");
    for (size_t row = 0; row < table->n_rows; row++) {
        if (reference_number(table, row, "a_erlang") > 20)
            continue;
        struct staffing staffing = {.table = table,
                                    .row = row,
                                    .agents_column = agents_column,
                                    .patience_s = patience_s,
                                    .talk = talk,
                                    .arena = oh_arena_create()};
        int n = seek(&staffing);
        tried.found += n > 0;
        tried.undecided += n == 0;
        tried.wrong += n > 0 && n != exact_of(&staffing);
        oh_arena_destroy(staffing.arena);
    }
    print_message("%zu found, %zu undecided, %zu wrong\n", tried.found, tried.undecided,
                  tried.wrong);
    reference_close(table);
    return tried;
}

static void the_fewest_agents_of_erlang_a_are_found(void **state) {
    struct tried tried = try_rows("n_erlangA_patience180", PATIENCE_S, 1);
    assert_int_equal(tried.wrong, 0);
    assert_true(tried.found >= 4 * tried.undecided && tried.found > 3);
}

static void the_fewest_agents_of_erlang_c_are_found(void **state) {
    struct tried tried = try_rows("n_erlangC", INFINITY, 1);
    assert_int_equal(tried.wrong, 0);
    assert_true(tried.found >= 4 * tried.undecided && tried.found > 3);
}

static void longer_talk_takes_more_agents(void **state) {
    assert_true(try_rows("n_erlangA_patience180", PATIENCE_S, 1.1).wrong > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_agents_of_erlang_a_are_found),
        cmocka_unit_test(the_fewest_agents_of_erlang_c_are_found),
        cmocka_unit_test(longer_talk_takes_more_agents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
