/* Comparisons against exact values: Erlang A with 47, 50 and 53 agents, whose exact values differ by known amounts. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "simulate.h"
#include "study/compare.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { MOST_MODELS = 4 };

/* Some centres alike but for agents and talk. */
struct centres {
    size_t n;
    struct model models[MOST_MODELS];
    struct oh_plan *plans[MOST_MODELS];
    const char *labels[MOST_MODELS];
};

static void add_centre(struct centres *centres, int agents, double talk_s, int replications) {
    static const char *const labels[MOST_MODELS] = {"a", "b", "c", "d"};
    char yaml[512];
    snprintf(yaml, sizeof yaml,
             "time: {length: 4h, warm_up: 1h, interval: 1h}\n"
             "contacts:\n"
             "  calls:\n"
             "    arrivals: {rate: 600/h}\n"
             "    talk: exponential(%gs)\n"
             "    patience: exponential(120s)\n"
             "agents: {team: {count: %d}}\n"
             "run: {replications: %d, seed: 7, confidence: 99.9999%%}\n",
             talk_s, agents, replications);
    struct model *model = &centres->models[centres->n];
    model_init(model, yaml);
    centres->plans[centres->n] = model->plan;
    centres->labels[centres->n] = labels[centres->n];
    centres->n++;
}

static void centres_fini(struct centres *centres) {
    for (size_t i = 0; i < centres->n; i++)
        model_fini(&centres->models[i]);
}

static struct oh_comparison *compare(const struct centres *centres,
                                     const struct oh_compare_options *options) {
    return oh_compare(centres->plans, centres->labels, (uint32_t)centres->n, options);
}

/* The exact values that a run has beside its own. */
static struct oh_summary *exact_of(const struct model *model) {
    struct oh_summary *summary = oh_run(model->plan, &(struct oh_run_options){.replications = 2});
    assert_true(summary->n_theory > 20);
    return summary;
}

/* How many exact differences lie outside of their interval. */
static size_t broken(const struct oh_comparison *comparison, uint32_t a_ix, uint32_t b_ix,
                     const struct oh_summary *a, const struct oh_summary *b, size_t *compared) {
    size_t n = 0;
    *compared = 0;
    for (uint32_t t = 0; t < a->n_theory; t++) {
        char path[80];
        snprintf(path, sizeof path, "total.%s", a->theory[t].id);
        const struct oh_pair *pair = oh_comparison_find(comparison, a_ix, b_ix, path);
        if (pair == NULL) /* a percentile */
            continue;
        double exact = b->theory[t].value - a->theory[t].value;
        const struct oh_estimate *d = &pair->paired.difference;
        assert_string_equal(b->theory[t].id, a->theory[t].id);
        n += !(d->low <= exact && exact <= d->high);
        ++*compared;
    }
    return n;
}

static void exact_differences_lie_in_their_intervals(void **state) {
    struct centres centres = {0};
    size_t compared;
    for (int agents = 47; agents <= 53; agents += 3)
        add_centre(&centres, agents, 300, 200);
    struct oh_comparison *comparison =
        compare(&centres, &(struct oh_compare_options){.all_pairs = true});
    struct oh_summary *exact[3];
    for (size_t i = 0; i < 3; i++)
        exact[i] = exact_of(&centres.models[i]);
    assert_int_equal(comparison->n_comparisons, 3);
    for (uint32_t a = 0; a < 3; a++)
        for (uint32_t b = a + 1; b < 3; b++) {
            assert_int_equal(broken(comparison, a, b, exact[a], exact[b], &compared), 0);
            assert_true(compared > 15);
        }
    for (size_t i = 0; i < 3; i++)
        oh_summary_destroy(exact[i]);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static void talk_that_is_longer_in_one_is_noticed(void **state) {
    struct centres centres = {0}, said = {0};
    size_t compared;
    add_centre(&centres, 50, 300, 200);
    add_centre(&centres, 50, 300 * 1.05, 200);
    add_centre(&said, 50, 300, 200);
    struct oh_comparison *comparison = compare(&centres, &(struct oh_compare_options){0});
    struct oh_summary *exact = exact_of(&said.models[0]);
    assert_true(broken(comparison, 0, 1, exact, exact, &compared) > 5);
    oh_summary_destroy(exact);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
    centres_fini(&said);
}

/* ---- what a pair has in common with two runs ---- */

static double half_of(const struct oh_estimate *e) {
    return (e->high - e->low) / 2;
}

static void values_are_those_of_runs_and_the_gain_is_that_of_their_intervals(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 47, 300, 40);
    add_centre(&centres, 50, 300, 40);
    static const char *const paths[] = {"total.offered", "total.reached", "total.occupancy",
                                        "contacts.calls.wait_answered.mean"};
    struct oh_comparison *comparison = compare(&centres, &(struct oh_compare_options){0});
    struct oh_summary *a = oh_run(centres.plans[0], &(struct oh_run_options){0});
    struct oh_summary *b = oh_run(centres.plans[1], &(struct oh_run_options){0});
    for (size_t i = 0; i < N_OF(paths); i++) {
        const struct oh_pair *pair = oh_comparison_find(comparison, 0, 1, paths[i]);
        struct oh_estimate of_a = estimate_of(a, paths[i]), of_b = estimate_of(b, paths[i]);
        assert_non_null(pair);
        assert_true(fabs(pair->paired.a - of_a.value) <= 1e-12 * of_a.value);
        assert_true(fabs(pair->paired.b - of_b.value) <= 1e-12 * of_b.value);
        if (i == 0) {
            assert_true(pair->paired.difference.low == 0 && pair->paired.difference.high == 0);
            continue;
        }
        double half = half_of(&pair->paired.difference);
        double gain =
            (half_of(&of_a) * half_of(&of_a) + half_of(&of_b) * half_of(&of_b)) / (half * half);
        assert_true(fabs(pair->paired.gain / gain - 1) < 1e-6);
        assert_true(gain > 2);
    }
    oh_summary_destroy(a);
    oh_summary_destroy(b);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static void a_centre_does_not_differ_from_itself(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 50, 300, 10);
    centres.plans[1] = centres.plans[0];
    centres.labels[1] = "again";
    struct oh_comparison *comparison =
        oh_compare(centres.plans, centres.labels, 2, &(struct oh_compare_options){0});
    assert_true(comparison->n_pairs > 50 && comparison->n_rows > 0);
    for (uint32_t i = 0; i < comparison->n_pairs; i++) {
        const struct oh_paired *paired = &comparison->pairs[i].paired;
        if (isnan(paired->a))
            continue;
        assert_true(paired->difference.value == 0 && isnan(paired->gain));
        assert_int_equal(oh_paired_change(paired), OH_CHANGE_NONE);
        bool is_share = comparison->pairs[i].unit == OH_M_SHARE;
        assert_true(is_share == (paired->difference.high > 0));
        assert_true(paired->difference.high < 0.02);
    }
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static void plans_keep_their_seed_and_confidence(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 47, 300, 3);
    add_centre(&centres, 50, 300, 3);
    centres.plans[1]->seed = 99;
    centres.plans[1]->layout.confidence = centres.plans[1]->confidence = 0.5;
    struct oh_comparison *comparison = compare(&centres, &(struct oh_compare_options){0});
    assert_int_equal(comparison->seed, 7);
    assert_true(comparison->confidence > 0.99999);
    assert_int_equal(centres.plans[1]->seed, 99);
    assert_true(centres.plans[1]->confidence == 0.5 && centres.plans[1]->layout.confidence == 0.5);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

/* ---- how long ---- */

static void a_precision_is_one_of_differences(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 47, 300, 3);
    add_centre(&centres, 50, 300, 3);
    const struct oh_goal goal = {"total.reached", "0.5%", 0.005, false};
    struct oh_comparison *comparison =
        compare(&centres, &(struct oh_compare_options){.run = {.goals = {1, &goal}}});
    const struct oh_pair *pair = oh_comparison_find(comparison, 0, 1, goal.path);
    struct oh_summary *run =
        oh_run(centres.plans[0], &(struct oh_run_options){.goals = {1, &goal}});
    assert_true(comparison->precisions[0].reached && half_of(&pair->paired.difference) <= 0.005);
    assert_true(comparison->replications >= OH_LEAST_FOR_PRECISION);
    assert_true(run->replications > comparison->replications); /* differences are known sooner */
    oh_summary_destroy(run);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static const struct oh_best_question most_reached = {
    .path = "total.reached", .sense = OH_MORE_IS_BETTER, .indifference = 0.001};

static void the_best_is_found_and_those_behind_get_no_more_replications(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 40, 300, 3);
    add_centre(&centres, 53, 301, 3);
    add_centre(&centres, 53, 300, 3);
    add_centre(&centres, 47, 300, 3);
    struct oh_comparison *comparison =
        compare(&centres, &(struct oh_compare_options){.best = &most_reached});
    const struct oh_best *best = comparison->best;
    assert_true(best->is_decided && comparison->complete);
    assert_int_equal(best->best_ix, 2);
    assert_true(best->of[0].is_dropped && best->of[1].is_dropped && best->of[3].is_dropped);
    assert_int_equal(best->of[0].replications, OH_LEAST_FOR_PRECISION);
    assert_true(best->of[2].replications > OH_LEAST_FOR_PRECISION);
    assert_int_equal(comparison->replications, OH_LEAST_FOR_PRECISION);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static void the_smallest_is_best_where_less_is_better_and_equals_end_too(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 53, 300, 3);
    add_centre(&centres, 47, 300, 3);
    add_centre(&centres, 53, 300, 3);
    const struct oh_best_question least = {.path = "total.abandonment",
                                           .sense = OH_LESS_IS_BETTER,
                                           .indifference = 0.02,
                                           .is_relative = true};
    struct oh_comparison *comparison =
        compare(&centres, &(struct oh_compare_options){.best = &least});
    assert_true(comparison->best->is_decided && comparison->best->best_ix == 0);
    assert_true(comparison->best->of[1].is_dropped && !comparison->best->of[2].is_dropped);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

static void the_most_replications_leave_it_undecided(void **state) {
    struct centres centres = {0};
    add_centre(&centres, 52, 300, 3);
    add_centre(&centres, 53, 300, 3);
    struct oh_best_question fine = most_reached;
    fine.indifference = 1e-6;
    struct oh_comparison *comparison = compare(
        &centres, &(struct oh_compare_options){.run = {.max_replications = 30}, .best = &fine});
    assert_false(comparison->best->is_decided);
    assert_int_equal(comparison->ending, OH_ENDED_AT_MOST);
    assert_int_equal(comparison->best->best_ix, 1);
    oh_comparison_destroy(comparison);
    centres_fini(&centres);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_differences_lie_in_their_intervals),
        cmocka_unit_test(talk_that_is_longer_in_one_is_noticed),
        cmocka_unit_test(values_are_those_of_runs_and_the_gain_is_that_of_their_intervals),
        cmocka_unit_test(a_centre_does_not_differ_from_itself),
        cmocka_unit_test(plans_keep_their_seed_and_confidence),
        cmocka_unit_test(a_precision_is_one_of_differences),
        cmocka_unit_test(the_best_is_found_and_those_behind_get_no_more_replications),
        cmocka_unit_test(the_smallest_is_best_where_less_is_better_and_equals_end_too),
        cmocka_unit_test(the_most_replications_leave_it_undecided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
