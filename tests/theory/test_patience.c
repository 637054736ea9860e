/* M/M/n+G: patience of every shape, and a maximum wait set by the centre. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

enum { CALLS = 1500 };
#define UNIT_S 100.0 /* of files whose unit of time is the mean talk */

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* ---- the files' names of distributions, in the language ---- */

struct shape {
    const char *as_in_file; /* scanned: up to three numbers */
    const char *in_language;
    const char *
        is_time; /* by number, as many as are printed: t a time, s a share in percent, n a number */
};

static const struct shape shapes[] = {
    {"exp(%lf)", "exponential(%.9fs)", "t"},
    {"det(%lf)", "constant(%.9fs)", "t"},
    {"uniform(%lf,%lf)", "uniform(low=%.9fs high=%.9fs)", "tt"},
    {"erlang2(%lf)", "erlang(k=2 mean=%.9fs)", "t"},
    {"lognormal(%lf,cv2=%lf)", "lognormal(mean=%.9fs cv=%.12f)", "tr"},
    {"h2(%lf,%lf,%lf)", "hyperexponential(%.7f%% %.9fs %.7f%% %.9fs)", "stot"},
    {"weibull(k=%lf,scale=%lf)", "weibull(shape=%.9f scale=%.9fs)", "nt"},
    {"min(exp(%lf),%lf)", "capped(exponential(%.9fs) at=%.9fs)", "tt"},
};

static const char *in_language(struct oh_arena *arena, const char *patience, double unit_s) {
    for (size_t i = 0; i < N_OF(shapes); i++) {
        double given[3] = {0}, printed[4] = {0};
        int n = sscanf(patience, shapes[i].as_in_file, &given[0], &given[1], &given[2]);
        const char *kinds = shapes[i].is_time;
        if (n < 1 || (size_t)n < strlen(kinds) - (strchr(kinds, 'o') != NULL) ||
            strncmp(patience, shapes[i].as_in_file, strcspn(shapes[i].as_in_file, "%")) != 0)
            continue;
        for (size_t k = 0, g = 0; kinds[k] != '\0'; k++) {
            if (kinds[k] == 'o') /* the other share */
                printed[k] = 100 - printed[0];
            else {
                double scale = kinds[k] == 't' ? unit_s : kinds[k] == 's' ? 100 : 1;
                printed[k] = kinds[k] == 'r' ? sqrt(given[g]) : scale * given[g];
                g++;
            }
        }
        return oh_arena_printf(arena, shapes[i].in_language, printed[0], printed[1], printed[2],
                               printed[3]);
    }
    fail_msg("no shape %s", patience);
    return NULL;
}

/* How long M/M/n+G takes to forget: where nobody leaves early, the queue wanders between 0 and the patience. */
static double forgets_after_s(double rate_per_s, double handle_s, double agents, double patience_s,
                              const char *patience) {
    double diffusion = rate_per_s * handle_s * handle_s / agents / agents;
    double wander = patience_s * patience_s / (9.87 * diffusion);
    bool is_sharp = strncmp(patience, "det", 3) == 0 || strncmp(patience, "min", 3) == 0;
    return fmax(fmax(handle_s, patience_s), is_sharp ? wander : 0);
}

/* ---- calls per hour and seconds ---- */

static struct queue queue_of(struct oh_arena *arena, const struct reference *table, size_t row,
                             double talk) {
    struct queue queue = queue_init();
    double rate = number(table, row, "calls_per_hour"), aht_s = number(table, row, "aht_s");
    const char *patience = reference_text(table, row, "patience");
    queue.agents = number(table, row, "n");
    queue.rate = oh_arena_printf(arena, "%.9f/h", rate);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * aht_s);
    queue.patience = in_language(arena, patience, 1);
    queue.tails_s[queue.n_tails++] = 20;
    queue_pace(&queue, rate / 3600,
               forgets_after_s(rate / 3600, aht_s, queue.agents,
                               number(table, row, "patience_mean_s"), patience),
               CALLS);
    return queue;
}

static const char *compose_mmn_g(struct oh_arena *arena, const struct reference *table, size_t row,
                                 double talk) {
    struct queue queue = queue_of(arena, table, row, talk);
    return queue_print(arena, &queue);
}

struct column {
    const char *name, *path;
};
static size_t claim_columns(const struct reference *table, size_t row, const struct column *columns,
                            size_t n, struct claim *claims) {
    for (size_t i = 0; i < n; i++)
        claims[i] = (struct claim){columns[i].path, number(table, row, columns[i].name)};
    return n;
}

static size_t claims_mmn_g(struct oh_arena *arena, const struct reference *table, size_t row,
                           struct claim *claims) {
    static const struct column columns[] = {
        {"P_wait", "total.share.delayed"},
        {"P_abandon", "total.abandonment"},
        {"mean_wait_all_s", "total.wait_all.mean"},
        {"ASA_served_s", "total.wait_answered.mean"},
        {"mean_wait_abandoned_s", "total.wait_abandoned.mean"},
        {"occupancy", "agents.team.occupancy"},
        {"P_served_within_20s", "total.service_level.offered"},
        {"P_wait_gt_20s", "total.wait_all.over_20s"},
    };
    return claim_columns(table, row, columns, N_OF(columns), claims);
}

static const struct theory mmn_g = {"mmn_g", compose_mmn_g, claims_mmn_g, NULL};

/* The rows with a cap or a constant once more: the centre ends the wait at that length. Only then do both kinds of
 * leaving differ, so the claims are on their sum. */
static const char *compose_cut(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue = queue_of(arena, table, row, talk);
    const char *patience = reference_text(table, row, "patience");
    double mean = 0;
    if (sscanf(patience, "min(exp(%lf),%lf)", &mean, &queue.max_wait_s) == 2)
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", mean);
    else if (sscanf(patience, "det(%lf)", &queue.max_wait_s) == 1)
        queue.patience = "never";
    return queue_print(arena, &queue);
}

static size_t claims_cut(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    static const struct column columns[] = {
        {"P_wait", "total.share.delayed"},
        {"mean_wait_all_s", "total.wait_all.mean"},
        {"ASA_served_s", "total.wait_answered.mean"},
        {"P_served_within_20s", "total.service_level.offered"},
        {"P_wait_gt_20s", "total.wait_all.over_20s"},
    };
    size_t n = claim_columns(table, row, columns, N_OF(columns), claims);
    double left = number(table, row, "P_abandon");
    claims[n++] = (struct claim){"total.reached", 1 - left};
    if (strncmp(reference_text(table, row, "patience"), "det", 3) == 0)
        claims[n++] = (struct claim){"total.disconnection", left};
    return n;
}

static bool has_no_cut(const struct reference *table, size_t row) {
    const char *patience = reference_text(table, row, "patience");
    return strncmp(patience, "min", 3) != 0 && strncmp(patience, "det", 3) != 0;
}

static const struct theory mmn_g_by_max_wait = {"mmn_g", compose_cut, claims_cut, has_no_cut};

/* ---- a hundred agents, in units of the mean talk ---- */

static const char *compose_100(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue = queue_init();
    double rate_per_s = number(table, row, "lambda") / UNIT_S;
    const char *patience = reference_text(table, row, "patience_mean1");
    queue.agents = number(table, row, "n");
    queue.rate = oh_arena_printf(arena, "%.9f/h", 3600 * rate_per_s);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * UNIT_S);
    queue.patience = in_language(arena, patience, UNIT_S);
    queue.within_s = 0.1 * UNIT_S;
    queue_pace(&queue, rate_per_s,
               forgets_after_s(rate_per_s, UNIT_S, queue.agents, UNIT_S, patience), 2 * CALLS);
    return queue_print(arena, &queue);
}

static const struct column waits_of_100[] = {
    {"E_wait_given_served", "total.wait_answered.mean"},
    {"E_wait_given_abandon", "total.wait_abandoned.mean"},
    {"mean_wait_all", "total.wait_all.mean"},
};
static const struct column averages_of_100[] = {
    {"P_abandon", "total.abandonment"},
    {"mean_queue", "total.queue_length.mean"},
    {"occupancy", "agents.team.occupancy"},
};
static const struct column shares_of_100[] = {
    {"P_wait", "total.share.delayed"},
    {"P_served_within_0.1", "total.service_level.offered"},
};

/* A short wait happens once in many thousand times the mean talk, but then to a hundred callers at once. */
static bool short_waits_are_rare(const struct reference *table, size_t row) {
    double share = number(table, row, "P_served_within_0.1");
    return share > 1e-9 && share < 1e-3;
}
static bool short_waits_are_common(const struct reference *table, size_t row) {
    return !short_waits_are_rare(table, row);
}

static size_t claims_100(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    size_t n = claim_columns(table, row, waits_of_100, N_OF(waits_of_100), claims);
    for (size_t i = 0; i < n; i++)
        claims[i].exact *= UNIT_S;
    n += claim_columns(table, row, averages_of_100, N_OF(averages_of_100), claims + n);
    if (short_waits_are_common(table, row))
        n += claim_columns(table, row, shares_of_100, N_OF(shares_of_100), claims + n);
    return n;
}

static const struct theory mmn_g_100 = {"mmn_g_100", compose_100, claims_100, NULL};

/* Long enough to see some hundred such times. */
static const char *compose_rare(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    double usual = effort;
    effort = short_waits_are_rare(table, row) ? 100 : 0.1;
    const char *yaml = compose_100(arena, table, row, talk);
    effort = usual;
    return yaml;
}

static size_t claims_rare(struct oh_arena *arena, const struct reference *table, size_t row,
                          struct claim *claims) {
    if (short_waits_are_common(table, row))
        return 0;
    return claim_columns(table, row, shares_of_100, N_OF(shares_of_100), claims);
}

static const struct theory mmn_g_100_rare = {"mmn_g_100", compose_rare, claims_rare, NULL};

/* ---- a maximum wait over exponential patience ---- */

static struct queue capped(struct oh_arena *arena, const struct reference *table, size_t row,
                           double talk) {
    struct queue queue = queue_init();
    double rate = number(table, row, "calls_per_hour"), aht_s = number(table, row, "aht_s");
    double patience_s = number(table, row, "patience_s");
    queue.agents = number(table, row, "n");
    queue.rate = oh_arena_printf(arena, "%.9f/h", rate);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * aht_s);
    queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", patience_s);
    queue.max_wait_s = number(table, row, "cutoff_s");
    queue_pace(&queue, rate / 3600, fmax(aht_s, patience_s), 2 * CALLS);
    return queue;
}

/* Waits of an hour: judged with nobody left waiting at the end. */
static const char *compose_cap(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue = capped(arena, table, row, talk);
    queue.closes = true;
    return queue_print(arena, &queue);
}

static size_t claims_cap(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    static const struct column columns[] = {
        {"P_wait", "total.share.delayed"},     {"P_served", "total.reached"},
        {"P_abandon", "total.abandonment"},    {"P_cut_off", "total.disconnection"},
        {"ASA_s", "total.wait_answered.mean"}, {"mean_wait_all_s", "total.wait_all.mean"},
    };
    return claim_columns(table, row, columns, N_OF(columns), claims);
}

static const struct theory wait_cap = {"wait_cap", compose_cap, claims_cap, NULL};

static const char *compose_cap_for_ever(struct oh_arena *arena, const struct reference *table,
                                        size_t row, double talk) {
    struct queue queue = capped(arena, table, row, talk);
    return queue_print(arena, &queue);
}

static size_t claims_cap_averages(struct oh_arena *arena, const struct reference *table, size_t row,
                                  struct claim *claims) {
    double rate_per_s = number(table, row, "calls_per_hour") / 3600;
    claims[0] = (struct claim){"total.occupancy", number(table, row, "occupancy")};
    claims[1] = (struct claim){"total.queue_length.mean",
                               rate_per_s * number(table, row, "mean_wait_all_s")};
    return 2;
}

static const struct theory wait_cap_averages = {"wait_cap", compose_cap_for_ever,
                                                claims_cap_averages, NULL};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        THEORY_TESTS(mmn_g),    THEORY_TESTS(mmn_g_by_max_wait), THEORY_TESTS(mmn_g_100),
        THEORY_TESTS(wait_cap), THEORY_TESTS(wait_cap_averages),
    };
    const struct CMUnitTest long_tests[] = {THEORY_TESTS(mmn_g_100_rare)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return effort > 1 ? failed + cmocka_run_group_tests(long_tests, NULL, NULL) : failed;
}
