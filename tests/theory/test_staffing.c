/* Least agents for a service level, Erlang C and Erlang A: the tables of workforce planners. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

enum { CALLS = 2000, PATIENCE_S = 180 };

static const char *compose(struct oh_arena *arena, const struct reference *table, size_t row,
                           const char *agents_column, double patience_s, double talk) {
    struct queue queue = queue_init();
    double rate = reference_number(table, row, "calls_per_hour");
    double aht_s = reference_number(table, row, "aht_s");
    queue.agents = reference_number(table, row, agents_column);
    queue.rate = oh_arena_printf(arena, "%.9f/h", rate);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * aht_s);
    queue.within_s = reference_number(table, row, "T_s");
    if (isfinite(patience_s))
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", patience_s);
    queue_pace(&queue, rate / 3600, relaxation_s(rate / 3600, aht_s, queue.agents, patience_s),
               CALLS);
    return queue_print(arena, &queue);
}

static const char *compose_c(struct oh_arena *arena, const struct reference *table, size_t row,
                             double talk) {
    return compose(arena, table, row, "n_erlangC", INFINITY, talk);
}

static const char *compose_a(struct oh_arena *arena, const struct reference *table, size_t row,
                             double talk) {
    return compose(arena, table, row, "n_erlangA_patience180", PATIENCE_S, talk);
}

static size_t claims_c(struct oh_arena *arena, const struct reference *table, size_t row,
                       struct claim *claims) {
    claims[0] = (struct claim){"total.service_level", reference_number(table, row, "SL_C")};
    claims[1] = (struct claim){"total.wait_answered.mean", reference_number(table, row, "ASA_C_s")};
    claims[2] = (struct claim){"total.occupancy", reference_number(table, row, "occ_C")};
    return 3;
}

static size_t claims_a(struct oh_arena *arena, const struct reference *table, size_t row,
                       struct claim *claims) {
    claims[0] = (struct claim){"total.service_level", reference_number(table, row, "SL_A")};
    claims[1] = (struct claim){"total.abandonment", reference_number(table, row, "Pab_A")};
    claims[2] = (struct claim){"total.wait_answered.mean", reference_number(table, row, "ASA_A_s")};
    claims[3] = (struct claim){"total.occupancy", reference_number(table, row, "occ_A")};
    return 4;
}

static bool is_large(const struct reference *table, size_t row) {
    return reference_number(table, row, "a_erlang") > 30;
}

static const struct theory erlang_c = {"staffing", compose_c, claims_c, is_large};
static const struct theory erlang_a = {"staffing", compose_a, claims_a, is_large};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {THEORY_TESTS(erlang_c), THEORY_TESTS(erlang_a)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
