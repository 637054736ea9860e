/* Redials: attempts against people, after a busy signal and after giving up. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "reference.h"
#include "simulate.h"

#define UNIT_S 100.0

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* Long against the orbit's own time, so that people still trying at the end weigh little. */
static double window_units(const struct reference *table, size_t row) {
    return ceil(effort * 10000 / number(table, row, "attempt_rate"));
}

static void put_rule(struct oh_text *to, const char *cause, double probability, double rate) {
    if (probability > 0)
        oh_text_printf(to, "%s%s: {probability: %.9f%%, delay: exponential(%.9fs)}",
                       to->length ? ", " : "", cause, 100 * probability, UNIT_S / rate);
}

static const char *compose(struct oh_arena *arena, const struct reference *table, size_t row,
                           double talk) {
    struct queue queue = queue_init();
    double theta = number(table, row, "theta"), nu = number(table, row, "nu_retry_rate");
    queue.agents = number(table, row, "n");
    queue.rate =
        oh_arena_printf(arena, "%.9f/h", number(table, row, "lambda_first") * 3600 / UNIT_S);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * UNIT_S);
    queue.room = number(table, row, "waiting_room");
    queue.when_full = "busy";
    if (theta > 0)
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", UNIT_S / theta);
    struct oh_text rules = {0};
    put_rule(&rules, "after_busy", number(table, row, "P_redial_after_block"), nu);
    put_rule(&rules, "after_abandon", number(table, row, "P_redial_after_abandon"), nu);
    queue.retry = oh_arena_printf(arena, "{%s}", rules.data);
    oh_text_fini(&rules);
    queue.warm_up_s = 1000 * UNIT_S;
    queue.window_s = window_units(table, row) * UNIT_S;
    return queue_print(arena, &queue);
}

static size_t claims(struct oh_arena *arena, const struct reference *table, size_t row,
                     struct claim *claims) {
    double attempts = number(table, row, "attempt_rate") * window_units(table, row);
    double people = number(table, row, "lambda_first") * window_units(table, row);
    claims[0] = (struct claim){"total.waiting_to_redial.mean", number(table, row, "mean_orbit")};
    claims[1] = (struct claim){"total.queue_length.mean", number(table, row, "mean_queue")};
    claims[2] = (struct claim){"total.occupancy", number(table, row, "occupancy")};
    claims[3] = (struct claim){"total.offered", attempts};
    claims[4] = (struct claim){"total.customers", people};
    claims[5] = (struct claim){"total.redials", attempts - people};
    claims[6] = (struct claim){"total.blocking", number(table, row, "blocked_per_attempt")};
    claims[7] = (struct claim){"total.abandonment", number(table, row, "abandoned_per_attempt")};
    claims[8] = (struct claim){"total.reached", number(table, row, "served_per_attempt")};
    claims[9] = (struct claim){"total.reached_people", number(table, row, "served_per_first_call")};
    claims[10] = (struct claim){"total.attempts_per_customer",
                                number(table, row, "attempts_per_first_call")};
    return 11;
}

static const struct theory redial = {"redial", compose, claims, NULL};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {THEORY_TESTS(redial)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
