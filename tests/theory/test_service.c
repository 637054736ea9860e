/* Handle times and arrivals that are not exponential: M/G/1, GI/M/1, M/D/n, M/PH/n. */
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

/* The files' unit of time. */
#define UNIT_S 100.0

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* ---- service times by the files' names ---- */

/* Hyperexponential with balanced means, mean 1 and squared coefficient of variation 4. */
static const char *balanced(struct oh_arena *arena, double talk) {
    double p = (1 + sqrt(3.0 / 5)) / 2;
    return oh_arena_printf(arena, "hyperexponential(%.8f%% %.9fs %.8f%% %.9fs)", 100 * p,
                           talk * UNIT_S / (2 * p), 100 - 100 * p, talk * UNIT_S / (2 * (1 - p)));
}

static const char *service(struct oh_arena *arena, const char *name, double talk, double *cv2) {
    double unit_s = talk * UNIT_S;
    if (strcmp(name, "det") == 0)
        return *cv2 = 0, oh_arena_printf(arena, "constant(%.9fs)", unit_s);
    if (strcmp(name, "exp") == 0)
        return *cv2 = 1, oh_arena_printf(arena, "exponential(%.9fs)", unit_s);
    if (strncmp(name, "erlang2", 7) == 0)
        return *cv2 = 0.5, oh_arena_printf(arena, "erlang(k=2 mean=%.9fs)", unit_s);
    if (strcmp(name, "uniform(0,2)") == 0)
        return *cv2 = 1.0 / 3, oh_arena_printf(arena, "uniform(low=0s high=%.9fs)", 2 * unit_s);
    if (sscanf(name, "lognormal_cv2=%lf", cv2) == 1)
        return oh_arena_printf(arena, "lognormal(mean=%.9fs cv=%.12f)", unit_s, sqrt(*cv2));
    if (strncmp(name, "h2 balanced means", 17) == 0)
        return *cv2 = 4, balanced(arena, talk);
    if (strncmp(name, "talk exp(.75)", 13) == 0)
        return *cv2 = 0.625, oh_arena_printf(arena, "exponential(%.9fs)", 0.75 * unit_s);
    fail_msg("no service %s", name);
    return NULL;
}

/* One queue that forgets in about 2 (1 + cv2) / (1 - rho)^2 service times, shared by its agents. */
static struct queue queue_of(struct oh_arena *arena, double lambda, double agents, const char *name,
                             double talk, double calls) {
    double cv2, rho = fmin(lambda / agents, 0.95);
    struct queue queue = queue_init();
    queue.agents = agents;
    queue.rate = oh_arena_printf(arena, "%.9f/h", 3600 * lambda / UNIT_S);
    queue.talk = service(arena, name, talk, &cv2);
    double relaxation = UNIT_S * (1 + 2 * (1 + cv2) / (1 - rho) / (1 - rho) / agents);
    queue_pace(&queue, lambda / UNIT_S, relaxation, calls);
    return queue;
}

/* ---- M/G/1 ---- */

static const char *compose_mg1(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue = queue_of(arena, number(table, row, "lambda"), 1,
                                  reference_text(table, row, "service"), talk, 3000);
    return queue_print(arena, &queue);
}

static size_t claims_mg1(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    double wait = number(table, row, "Wq_mean"), rho = number(table, row, "rho");
    claims[0] = (struct claim){"total.wait_all.mean", UNIT_S * wait};
    claims[1] = (struct claim){"total.queue_length.mean", number(table, row, "Lq")};
    claims[2] = (struct claim){"total.busy_agents.mean", rho};
    claims[3] = (struct claim){"total.share.delayed", rho};
    return 4;
}

static const struct theory mg1 = {"mg1", compose_mg1, claims_mg1, NULL};

/* The standard deviation of the wait: sums of W^2 - E[W^2] over a replication's calls have mean 0. */
struct square {
    double expected;
    uint64_t replication;
    double sum;
    struct sample sample;
};

static void add_square(void *context, const struct oh_attempt *attempt) {
    struct square *square = context;
    if (attempt->replication != square->replication) {
        sample_add(&square->sample, square->sum);
        square->sum = 0;
        square->replication = attempt->replication;
    }
    double wait = (double)attempt->wait_us * 1e-6 / UNIT_S;
    if (attempt->counted && attempt->outcome == OH_ANSWERED)
        square->sum += wait * wait - square->expected;
}

static bool wait_sd_holds(struct oh_arena *arena, const struct reference *table, size_t row,
                          double talk, const char *label) {
    double mean = number(table, row, "Wq_mean"), sd = number(table, row, "Wq_sd");
    struct square square = {.expected = mean * mean + sd * sd};
    oh_summary_destroy(simulate_traced(compose_mg1(arena, table, row, talk), add_square, &square));
    sample_add(&square.sample, square.sum);
    return sample_holds(&square.sample, 0, label);
}

static void standard_deviation_of_the_wait_holds(void **state) {
    struct oh_arena *arena = oh_arena_create();
    struct reference *table = reference_open("mg1");
    bool is_noticed = false;
    for (size_t row = 0; row < table->n_rows; row++) {
        assert_true(wait_sd_holds(arena, table, row, 1, reference_text(table, row, "service")));
        is_noticed = is_noticed || !wait_sd_holds(arena, table, row, 1.05, NULL);
    }
    assert_true(is_noticed);
    reference_close(table);
    oh_arena_destroy(arena);
}

/* ---- M/D/1: the distribution of the wait ---- */

static const char *compose_md1(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue = queue_of(arena, number(table, row, "lambda"), 1, "det", talk, 2500);
    queue.tails_s[queue.n_tails++] = UNIT_S * number(table, row, "t");
    return queue_print(arena, &queue);
}

static size_t claims_md1(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    const char *path =
        oh_arena_printf(arena, "total.wait_answered.over_%.0fs", UNIT_S * number(table, row, "t"));
    claims[0] = (struct claim){path, 1 - number(table, row, "P_Wq_le_t")};
    return 1;
}

static const struct theory md1_cdf = {"md1_cdf", compose_md1, claims_md1, NULL};

/* ---- GI/M/1: renewal arrivals ---- */

static const double gim1_tails[] = {1, 4};

static const char *compose_gim1(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    double rho = number(table, row, "rho");
    const char *gap = reference_text(table, row, "interarrival");
    struct queue queue = queue_of(arena, rho, 1, "exp", talk, 5000);
    queue.gap = oh_arena_printf(
        arena, strcmp(gap, "D") == 0 ? "constant(%.9fs)" : "erlang(k=4 mean=%.9fs)", UNIT_S / rho);
    for (size_t i = 0; i < N_OF(gim1_tails); i++)
        queue.tails_s[queue.n_tails++] = UNIT_S * gim1_tails[i];
    return queue_print(arena, &queue);
}

static size_t claims_gim1(struct oh_arena *arena, const struct reference *table, size_t row,
                          struct claim *claims) {
    double sigma = number(table, row, "sigma");
    claims[0] =
        (struct claim){"total.wait_all.mean", UNIT_S * number(table, row, "Wq_in_service_times")};
    claims[1] = (struct claim){"total.share.delayed", number(table, row, "P_wait")};
    claims[2] = (struct claim){"total.occupancy", number(table, row, "rho")};
    size_t n = 3;
    for (size_t i = 0; i < N_OF(gim1_tails); i++) {
        const char *path =
            oh_arena_printf(arena, "total.wait_all.over_%.0fs", UNIT_S * gim1_tails[i]);
        claims[n++] = (struct claim){path, sigma * exp(-(1 - sigma) * gim1_tails[i])};
    }
    return n;
}

static const struct theory gim1 = {"gim1", compose_gim1, claims_gim1, NULL};

/* ---- M/D/n ---- */

static const char *compose_mdn(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct queue queue =
        queue_of(arena, number(table, row, "lambda"), number(table, row, "n"), "det", talk, 5000);
    return queue_print(arena, &queue);
}

static size_t claims_mdn(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    claims[0] = (struct claim){"total.wait_all.mean", UNIT_S * number(table, row, "Wq")};
    claims[1] = (struct claim){"total.share.delayed", number(table, row, "P_wait")};
    claims[2] = (struct claim){"total.occupancy", number(table, row, "rho")};
    return 3;
}

static const struct theory mdn = {"mdn", compose_mdn, claims_mdn, NULL};

/* ---- M/PH/n(+M): Erlang and hyperexponential talk; talk, then wrap-up ---- */

static const char *compose_mphn(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    const char *name = reference_text(table, row, "service");
    double theta = number(table, row, "theta");
    struct queue queue =
        queue_of(arena, number(table, row, "lambda"), number(table, row, "n"), name, talk, 5000);
    if (strncmp(name, "talk", 4) == 0)
        queue.wrap_up = oh_arena_printf(arena, "exponential(%.9fs)", 0.25 * UNIT_S);
    if (theta > 0)
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", UNIT_S / theta);
    return queue_print(arena, &queue);
}

static size_t claims_mphn(struct oh_arena *arena, const struct reference *table, size_t row,
                          struct claim *claims) {
    double wait = number(table, row, "mean_wait_all");
    claims[0] = (struct claim){"total.wait_all.mean", UNIT_S * wait};
    claims[1] = (struct claim){"total.share.delayed", number(table, row, "P_wait")};
    claims[2] = (struct claim){"total.occupancy", number(table, row, "occupancy")};
    claims[3] = (struct claim){"total.abandonment", wait * number(table, row, "theta")};
    return 4;
}

static const struct theory mphn = {"mphn", compose_mphn, claims_mphn, NULL};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        THEORY_TESTS(mg1),     cmocka_unit_test(standard_deviation_of_the_wait_holds),
        THEORY_TESTS(md1_cdf), THEORY_TESTS(gim1),
        THEORY_TESTS(mdn),     THEORY_TESTS(mphn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
