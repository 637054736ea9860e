/* Erlang B, C and A: M/M/n/n, M/M/n, M/M/n/n+r+M. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

enum { CALLS = 1600 }; /* a replication */

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* Takes over claims that a column of the file makes: cells may be empty. */
struct column {
    const char *name, *path;
};
static size_t claim_columns(const struct reference *table, size_t row, const struct column *columns,
                            size_t n_columns, struct claim *claims) {
    size_t n = 0;
    for (size_t i = 0; i < n_columns; i++)
        if (reference_has(table, row, columns[i].name))
            claims[n++] = (struct claim){columns[i].path, number(table, row, columns[i].name)};
    return n;
}

/* The columns that most files share: calls_per_hour, aht_s, n. */
static struct queue queue_of(struct oh_arena *arena, const struct reference *table, size_t row,
                             double talk, double patience_s) {
    struct queue queue = queue_init();
    double rate = number(table, row, "calls_per_hour"), aht_s = number(table, row, "aht_s");
    queue.agents = number(table, row, "n");
    queue.rate = oh_arena_printf(arena, "%.9f/h", rate);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * aht_s);
    if (isfinite(patience_s))
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", patience_s);
    queue_pace(&queue, rate / 3600, relaxation_s(rate / 3600, aht_s, queue.agents, patience_s),
               CALLS);
    return queue;
}

/* ---- Erlang A ---- */

static struct queue with_room(struct oh_arena *arena, const struct reference *table, size_t row,
                              double talk) {
    struct queue queue = queue_of(arena, table, row, talk, number(table, row, "patience_mean_s"));
    queue.room = number(table, row, "waiting_room");
    queue.when_full = "busy";
    queue.tails_s[queue.n_tails++] = 20;
    return queue;
}

static const char *compose_erlang_a(struct oh_arena *arena, const struct reference *table,
                                    size_t row, double talk) {
    struct queue queue = with_room(arena, table, row, talk);
    return queue_print(arena, &queue);
}

static const struct column averages_of_erlang_a[] = {
    {"mean_queue", "contacts.calls.queue_length.mean"},
    {"occupancy", "agents.team.occupancy"},
};
static const struct column attempts_of_erlang_a[] = {
    {"P_block", "total.blocking"},
    {"P_queue", "total.share.delayed"},
    {"P_abandon", "total.abandonment"},
    {"P_served", "contacts.calls.reached"},
    {"mean_wait_admitted_s", "total.wait_all.mean"},
    {"ASA_served_s", "contacts.calls.wait_answered.mean"},
    {"mean_wait_abandoned_s", "total.wait_abandoned.mean"},
    {"P_served_within_20s", "total.service_level.offered"},
    {"P_wait_gt_20s", "total.wait_all.over_20s"},
};

/* Where callers wait long, who still waits at the end weighs more than the limits: of those rows the averages over time
 * are judged here, the attempts below. */
static bool waits_are_long(const struct reference *table, size_t row) {
    return number(table, row, "patience_mean_s") > 1000;
}

static size_t claims_erlang_a(struct oh_arena *arena, const struct reference *table, size_t row,
                              struct claim *claims) {
    size_t n = claim_columns(table, row, averages_of_erlang_a, N_OF(averages_of_erlang_a), claims);
    if (waits_are_long(table, row))
        return n;
    return n +
           claim_columns(table, row, attempts_of_erlang_a, N_OF(attempts_of_erlang_a), claims + n);
}

static const struct theory erlang_a = {"erlang_a", compose_erlang_a, claims_erlang_a, NULL};

static const char *compose_to_the_end(struct oh_arena *arena, const struct reference *table,
                                      size_t row, double talk) {
    struct queue queue = with_room(arena, table, row, talk);
    queue.closes = true;
    return queue_print(arena, &queue);
}

static size_t claims_to_the_end(struct oh_arena *arena, const struct reference *table, size_t row,
                                struct claim *claims) {
    return claim_columns(table, row, attempts_of_erlang_a, N_OF(attempts_of_erlang_a), claims);
}

static bool waits_are_short(const struct reference *table, size_t row) {
    return !waits_are_long(table, row);
}

static const struct theory erlang_a_to_the_end = {"erlang_a", compose_to_the_end, claims_to_the_end,
                                                  waits_are_short};

/* ---- tails of Erlang A ---- */

static const char *compose_tail(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    struct queue queue = queue_of(arena, table, row, talk, number(table, row, "patience_s"));
    queue.tails_s[queue.n_tails++] = number(table, row, "t_s");
    return queue_print(arena, &queue);
}

static size_t claims_tail(struct oh_arena *arena, const struct reference *table, size_t row,
                          struct claim *claims) {
    const char *path =
        oh_arena_printf(arena, "total.wait_all.over_%ss", reference_text(table, row, "t_s"));
    claims[0] = (struct claim){path, number(table, row, "P_actual_wait_gt_t")};
    return 1;
}

static const struct theory erlang_a_tail = {"erlang_a_tail", compose_tail, claims_tail, NULL};

/* ---- Erlang B, by a queue that nobody may join and by the number of lines ---- */

enum { HANDLE_S = 180 };

static struct queue loss_system(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    struct queue queue = queue_init();
    double rate_per_s = number(table, row, "a_erlang") / HANDLE_S;
    queue.agents = number(table, row, "n");
    queue.rate = oh_arena_printf(arena, "%.9f/h", 3600 * rate_per_s);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * HANDLE_S);
    queue_pace(&queue, rate_per_s, HANDLE_S, 2 * CALLS);
    return queue;
}

static const char *compose_no_room(struct oh_arena *arena, const struct reference *table,
                                   size_t row, double talk) {
    struct queue queue = loss_system(arena, table, row, talk);
    queue.room = 0;
    queue.when_full = "busy";
    return queue_print(arena, &queue);
}

static const char *compose_few_lines(struct oh_arena *arena, const struct reference *table,
                                     size_t row, double talk) {
    struct queue queue = loss_system(arena, table, row, talk);
    queue.lines = queue.agents;
    queue.agents += 3;
    return queue_print(arena, &queue);
}

static size_t claims_no_room(struct oh_arena *arena, const struct reference *table, size_t row,
                             struct claim *claims) {
    double rate_per_s = number(table, row, "a_erlang") / HANDLE_S;
    double window_s = ceil(effort * 2 * CALLS / rate_per_s);
    double overflow = number(table, row, "overflow_erlang");
    claims[0] = (struct claim){"total.blocking", number(table, row, "B")};
    claims[1] = (struct claim){"total.blocked", overflow / HANDLE_S * window_s};
    claims[2] = (struct claim){"total.wait_answered.mean", 0};
    claims[3] = (struct claim){"total.wait_abandoned.mean", NAN};
    claims[4] = (struct claim){"agents.team.occupancy", number(table, row, "occupancy")};
    return 5;
}

static size_t claims_few_lines(struct oh_arena *arena, const struct reference *table, size_t row,
                               struct claim *claims) {
    double busy = number(table, row, "occupancy") * number(table, row, "n");
    size_t n = claims_no_room(arena, table, row, claims);
    claims[n - 1] = (struct claim){"total.busy_agents.mean", busy};
    claims[n++] = (struct claim){"total.lines_busy.mean", busy};
    return n;
}

static const struct theory erlang_b = {"erlang_b", compose_no_room, claims_no_room, NULL};
static const struct theory erlang_b_by_lines = {"erlang_b", compose_few_lines, claims_few_lines,
                                                NULL};

/* ---- Erlang C ---- */

static const char *compose_erlang_c(struct oh_arena *arena, const struct reference *table,
                                    size_t row, double talk) {
    struct queue queue = queue_of(arena, table, row, talk, INFINITY);
    queue.within_s = number(table, row, "T_s");
    return queue_print(arena, &queue);
}

static size_t claims_erlang_c(struct oh_arena *arena, const struct reference *table, size_t row,
                              struct claim *claims) {
    static const struct column columns[] = {
        {"occupancy", "agents.team.occupancy"}, {"P_wait", "total.share.delayed"},
        {"ASA_s", "total.wait_answered.mean"},  {"mean_queue", "total.queue_length.mean"},
        {"SL_within_T", "total.service_level"}, {"wait_90pct_s", "total.wait_all.p90"},
    };
    return claim_columns(table, row, columns, N_OF(columns), claims);
}

static bool is_large(const struct reference *table, size_t row) {
    return number(table, row, "calls_per_hour") > 5000;
}

static const struct theory erlang_c = {"erlang_c", compose_erlang_c, claims_erlang_c, is_large};

/* ---- the service-level formulas; each row chooses another as its service_level ---- */

static const struct column formulas[] = {
    {"SL1_answered_only", "answered_only"},
    {"SL2_abandons_negative", "offered"},
    {"SL2_abandons_negative", "abandons_negative"},
    {"SL3_abandons_le_T_excluded", "early_abandons_excluded"},
    {"SL4_abandons_positive", "abandons_positive"},
    {"SL5_short_abandons_le_5s_excluded", "short_abandons_excluded"},
};

static const char *compose_variants(struct oh_arena *arena, const struct reference *table,
                                    size_t row, double talk) {
    struct queue queue = queue_of(arena, table, row, talk, number(table, row, "patience_s"));
    queue.within_s = number(table, row, "T_s");
    queue.formula = formulas[row % N_OF(formulas)].path;
    return queue_print(arena, &queue);
}

static size_t claims_variants(struct oh_arena *arena, const struct reference *table, size_t row,
                              struct claim *claims) {
    static const struct column columns[] = {
        {"P_answered", "total.reached"},
        {"P_abandoned", "total.abandonment"},
        {"ASA_s", "total.wait_answered.mean"},
        {"mean_wait_all_s", "total.wait_all.mean"},
        {"abandon_rate", "contacts.calls.abandonment"},
        {"abandon_rate_excl_short5", "total.abandonment.after_short"},
    };
    size_t n = claim_columns(table, row, columns, N_OF(columns), claims);
    for (size_t i = 0; i < N_OF(formulas); i++)
        claims[n++] = (struct claim){
            oh_arena_printf(arena, "total.service_level.%s", formulas[i].path),
            number(table, row, formulas[i].name),
        };
    claims[n++] = (struct claim){"contacts.calls.service_level",
                                 number(table, row, formulas[row % N_OF(formulas)].name)};
    return n;
}

static const struct theory sl_variants = {"sl_variants", compose_variants, claims_variants, NULL};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        THEORY_TESTS(erlang_a),    THEORY_TESTS(erlang_a_to_the_end), THEORY_TESTS(erlang_a_tail),
        THEORY_TESTS(erlang_b),    THEORY_TESTS(erlang_b_by_lines),   THEORY_TESTS(erlang_c),
        THEORY_TESTS(sl_variants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
