/* Simulation against exact values: a scenario as TEXT goes the whole way (language, plan, engine, numbers), and an exact
 * value must lie within the interval that the program reports for it.
 *
 * Scenarios ask for 99.9999% confidence, so the limits are the two-sided Student quantile at 1e-6; seeds are fixed and
 * nothing is tried twice. */
#ifndef OH_TEST_SIMULATE_H
#define OH_TEST_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "measure/summary.h"
#include "study/run.h"

enum { REPLICATIONS = 200 };
#define RUN_AS_TESTS_DO "run: {replications: 200, seed: 7, confidence: 99.9999%}\n"
#define RUN_IN_FORMAT   "run: {replications: 200, seed: 7, confidence: 99.9999%%}\n" /* for printf */

/* How much longer than usual to simulate: 1, or the first argument of the test program. */
extern double effort;
void effort_from(int argc, char **argv);

/* ---- running ---- */

/* A scenario, read and compiled; the test fails, with the messages shown, if it has an error. */
struct model {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    struct oh_plan *plan;
};
void model_init(struct model *model, const char *yaml);
void model_init_each(struct model *model, const char *yaml); /* each day has rows of its own */
void model_fini(struct model *model);

/* Runs all replications; oh_summary_destroy the result. */
struct oh_summary *simulate(const char *yaml);

/* The same, with every attempt handed to `trace`. */
struct oh_summary *simulate_traced(const char *yaml, oh_trace_fn *trace, void *context);

/* Whether two attempts are the same in everything. */
bool attempts_are_equal(const struct oh_attempt *a, const struct oh_attempt *b);

/* ---- claims about a summary ---- */

struct claim {
    const char *path; /* "total.abandonment" */
    double exact;     /* NAN: the metric must not exist */
};
enum { MOST_CLAIMS = 32 };

struct oh_estimate estimate_of(const struct oh_summary *summary, const char *path);

/* How many of the claims do not hold; with a `label` each one that does not is printed. `worst` (may be NULL) becomes
 * the largest distance in standard errors. */
size_t claims_broken(const struct oh_summary *summary, const struct claim *claims, size_t n,
                     const char *label, double *worst);
/* Fails the test if one does not hold. */
void assert_claims(const struct oh_summary *summary, const struct claim *claims, size_t n,
                   const char *label);

/* ---- own samples, one value a replication ---- */

struct sample {
    uint64_t n;
    double mean, squares; /* Welford's sums */
};
void sample_add(struct sample *sample, double value);
struct oh_estimate sample_estimate(const struct sample *sample);
/* Fails the test if the exact value lies outside of the mean's interval. */
void assert_sample(const struct sample *sample, double exact, const char *label);
bool sample_holds(const struct sample *sample, double exact, const char *label);

/* Runs the replications one by one: each gives a summary of its own. */
typedef void each_fn(void *context, uint64_t replication, const struct oh_summary *summary);
void simulate_each(const struct model *model, uint64_t replications, each_fn *take, void *context);

/* ---- one queue, one team ---- */

/* Texts are values of the scenario language; NULL and negative numbers: left out. */
struct queue {
    const char *rate, *gap, *talk, *wrap_up, *patience;
    double agents;
    double room, lines;
    const char *when_full;
    double max_wait_s;
    const char *at_max_wait;
    double within_s, short_abandon_s;
    const char *formula;
    size_t n_tails;
    double tails_s[8];
    const char *balk, *retry;
    double warm_up_s, window_s;
    bool
        closes; /* open until the end, then everybody who waits is served or leaves: no attempt stays without an end,
                    but time averages hold the emptying too; lasts whole days */
};
/* One agent, nothing else given. */
struct queue queue_init(void);
/* Its YAML, in the arena. */
const char *queue_print(struct oh_arena *arena, const struct queue *queue);

/* Lengths: a warm-up of 8 relaxation times, and a window with so many calls a replication. */
void queue_pace(struct queue *queue, double rate_per_s, double relaxation_s, double calls);
/* Relaxation time of M/M/n+M; patience INFINITY: M/M/n. */
double relaxation_s(double rate_per_s, double handle_s, double agents, double patience_s);

/* ---- files of rows ---- */

struct reference;

/* One file of exact values. `compose` writes the scenario of a row, with talk times multiplied by `talk`; `claims` fills
 * in what must hold and returns how many. A row that `is_long` (may be NULL) is left to efforts of more than 1. */
struct theory {
    const char *file;
    const char *(*compose)(struct oh_arena *arena, const struct reference *table, size_t row,
                           double talk);
    size_t (*claims)(struct oh_arena *arena, const struct reference *table, size_t row,
                     struct claim *claims);
    bool (*is_long)(const struct reference *table, size_t row);
};

/* Tests for cmocka_unit_test_prestate with a struct theory. */
void every_row_holds(void **state);
/* The control: with talk 5% longer a row of the file must break its limits. */
void longer_talk_is_noticed(void **state);

#define THEORY_TESTS(theory)                                                                       \
    {#theory ": every row holds", every_row_holds, NULL, NULL, (void *)&(theory)}, {               \
#theory ": talk 5% longer is noticed", longer_talk_is_noticed, NULL, NULL,                 \
            (void *)&(theory)                                                                      \
    }

#endif
