/* The public library: load, override, run, read; and what is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <onhold/onhold.h>

static const char desk[] =
    "name: a desk\n"
    "time: {length: 10h}\n"
    "contacts:\n"
    "  calls: {arrivals: {rate: 60/h}, patience: exponential(2min), talk: exponential(4min)}\n"
    "agents: {desk: {count: 5}}\n"
    "run: {replications: 4}\n"
    "variants: {more: {agents.desk.count: 8}}\n";

static struct onhold_scenario *read_desk(void) {
    struct onhold_error *error = NULL;
    struct onhold_scenario *scenario =
        onhold_scenario_read("desk.yaml", desk, sizeof desk - 1, &error);
    assert_non_null(scenario);
    assert_null(error);
    assert_string_equal(onhold_scenario_warnings(scenario), "");
    return scenario;
}

static double occupancy(const struct onhold_scenario *scenario) {
    struct onhold_result *result = onhold_run(scenario, NULL, NULL);
    struct onhold_estimate estimate;
    assert_non_null(result);
    assert_true(onhold_result_find(result, "agents.desk.occupancy", &estimate));
    onhold_result_destroy(result);
    return estimate.value;
}

static void a_result_outlives_its_scenario(void **state) {
    struct onhold_scenario *scenario = read_desk();
    struct onhold_result *result = onhold_run(scenario, NULL, NULL);
    onhold_scenario_destroy(scenario);
    struct onhold_estimate reached;
    assert_true(onhold_result_find(result, "contacts.calls.reached", &reached));
    assert_true(reached.low < reached.value && reached.value < reached.high);
    assert_string_equal(reached.unit, "share");
    assert_int_equal(onhold_result_replications(result), 4);
    assert_true(onhold_result_is_complete(result));
    static const char *const formats[] = {"text", "json", "csv"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char *text = onhold_result_print(result, formats[i]);
        assert_non_null(strstr(text, "a desk"));
        free(text);
    }
    assert_null(onhold_result_print(result, "xml"));
    onhold_result_destroy(result);
}

static void metrics_are_listed_once_each(void **state) {
    struct onhold_scenario *scenario = read_desk();
    struct onhold_result *result = onhold_run(scenario, NULL, NULL);
    size_t n = 0;
    while (onhold_result_metric(result, n) != NULL)
        n++;
    assert_true(n > 40);
    assert_string_equal(onhold_result_metric(result, 0), "offered");
    struct onhold_estimate estimate = {.value = 42};
    assert_false(onhold_result_find(result, "total.nonsense", &estimate));
    assert_false(onhold_result_find(result, "contacts.nobody.reached", &estimate));
    assert_true(estimate.value == 42);
    onhold_result_destroy(result);
    onhold_scenario_destroy(scenario);
}

static void a_refused_override_leaves_the_scenario_as_it_was(void **state) {
    struct onhold_scenario *scenario = read_desk();
    double before = occupancy(scenario);
    struct onhold_error *error = NULL;
    assert_false(onhold_scenario_set(scenario, "agents.desk.cuont", "6", &error));
    assert_non_null(strstr(onhold_error_text(error), "did you mean"));
    onhold_error_destroy(error);
    assert_false(onhold_scenario_set(scenario, "agents.desk.count", "many", NULL));
    assert_false(onhold_scenario_use_variant(scenario, "fewer", NULL));
    assert_true(occupancy(scenario) == before);
    assert_true(onhold_scenario_set(scenario, "agents.desk.count", "10", NULL));
    assert_true(occupancy(scenario) < before);
    onhold_scenario_destroy(scenario);
}

static void overrides_hold_in_a_variant_too(void **state) {
    struct onhold_scenario *scenario = read_desk();
    double base = occupancy(scenario);
    assert_true(onhold_scenario_use_variant(scenario, "more", NULL));
    double more = occupancy(scenario);
    assert_true(more < base);
    assert_true(onhold_scenario_set(scenario, "contacts.calls.arrivals.rate", "30/h", NULL));
    assert_true(occupancy(scenario) < more);
    assert_true(onhold_scenario_use_variant(scenario, NULL, NULL));
    assert_true(occupancy(scenario) < base);
    onhold_scenario_destroy(scenario);
}

static void what_is_no_scenario_is_refused_with_its_places(void **state) {
    struct onhold_error *error = NULL;
    assert_null(onhold_scenario_read("bad.yaml", "contacts: 3\n", 12, &error));
    assert_non_null(strstr(onhold_error_text(error), "bad.yaml:1:"));
    onhold_error_destroy(error);
    assert_null(onhold_scenario_load("/nonexistent.yaml", NULL));
    assert_null(onhold_scenario_read("empty.yaml", NULL, 0, NULL));
    onhold_error_destroy(NULL);
    onhold_scenario_destroy(NULL);
    onhold_result_destroy(NULL);
}

static void count_calls(void *context, uint64_t done, uint64_t of) {
    unsigned *calls = context;
    (*calls)++;
    assert_true(done == *calls && of == 3);
}

static void options_choose_replications_threads_and_progress(void **state) {
    struct onhold_scenario *scenario = read_desk();
    unsigned calls = 0;
    struct onhold_run_options options = {
        .replications = 3, .threads = 2, .progress = count_calls, .progress_context = &calls};
    struct onhold_result *two = onhold_run(scenario, &options, NULL);
    assert_int_equal(calls, 3);
    calls = 0;
    options.threads = 1;
    struct onhold_result *one = onhold_run(scenario, &options, NULL);
    char *a = onhold_result_print(one, "json"), *b = onhold_result_print(two, "json");
    assert_string_equal(a, b);
    free(a);
    free(b);
    onhold_result_destroy(one);
    onhold_result_destroy(two);
    onhold_scenario_destroy(scenario);
}

static bool at_once(void *context) {
    (void)context;
    return true;
}

static void a_run_stopped_at_once_has_no_result(void **state) {
    struct onhold_scenario *scenario = read_desk();
    struct onhold_run_options options = {.stop = at_once};
    struct onhold_error *error = NULL;
    assert_null(onhold_run(scenario, &options, &error));
    assert_non_null(strstr(onhold_error_text(error), "stopped"));
    onhold_error_destroy(error);
    onhold_scenario_destroy(scenario);
}

/* ---- comparisons ---- */

static struct onhold_comparison *compare_with_more(unsigned threads) {
    struct onhold_scenario *plain = read_desk(), *more = read_desk();
    assert_true(onhold_scenario_use_variant(more, "more", NULL));
    const struct onhold_scenario *both[] = {plain, more};
    struct onhold_run_options options = {.replications = 4, .threads = threads};
    struct onhold_comparison *comparison = onhold_compare(both, 2, &options, NULL);
    onhold_scenario_destroy(plain);
    onhold_scenario_destroy(more);
    return comparison;
}

static void scenarios_are_compared_on_the_same_callers(void **state) {
    struct onhold_comparison *comparison = compare_with_more(2);
    struct onhold_difference d = {.a = 42};
    assert_false(onhold_comparison_find(comparison, 0, 1, "total.nonsense", &d));
    assert_false(onhold_comparison_find(comparison, 0, 2, "total.reached", &d));
    assert_null(onhold_comparison_verdict(comparison, 1, 0, "total.reached"));
    assert_true(d.a == 42);
    assert_true(onhold_comparison_find(comparison, 0, 1, "total.occupancy", &d));
    assert_true(d.a > d.b && d.high < 0 && d.low <= d.difference && d.difference <= d.high);
    assert_string_equal(d.unit, "share");
    assert_true(onhold_comparison_find(comparison, 0, 1, "total.offered", &d));
    assert_true(d.a == d.b && d.difference == 0);
    char *verdict = onhold_comparison_verdict(comparison, 0, 1, "total.occupancy");
    assert_non_null(strstr(verdict, "with more agents are busy "));
    free(verdict);
    assert_true(onhold_comparison_is_complete(comparison));
    onhold_comparison_destroy(comparison);
    onhold_comparison_destroy(NULL);
}

static void comparisons_are_printed_the_same_for_any_number_of_threads(void **state) {
    struct onhold_comparison *one = compare_with_more(1), *three = compare_with_more(3);
    static const char *const formats[] = {"text", "json", "csv"};
    for (size_t i = 0; i < 3; i++) {
        char *a = onhold_comparison_print(one, formats[i]);
        char *b = onhold_comparison_print(three, formats[i]);
        assert_true(strlen(a) > 500);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    assert_null(onhold_comparison_print(one, "xml"));
    onhold_comparison_destroy(one);
    onhold_comparison_destroy(three);
}

static void one_scenario_is_no_comparison(void **state) {
    const struct onhold_scenario *plain = read_desk();
    struct onhold_error *error = NULL;
    assert_null(onhold_compare(&plain, 1, NULL, &error));
    assert_non_null(strstr(onhold_error_text(error), "two scenarios"));
    onhold_error_destroy(error);
    const struct onhold_scenario *both[] = {plain, plain};
    assert_null(onhold_compare(both, 2, &(struct onhold_run_options){.stop = at_once}, NULL));
    onhold_scenario_destroy((struct onhold_scenario *)plain);
}

/* ---- sweeps ---- */

static struct onhold_sweep *sweep_desk(const struct onhold_parameter *parameter,
                                       const struct onhold_sweep_options *options,
                                       struct onhold_error **error) {
    struct onhold_scenario *scenario = read_desk();
    struct onhold_sweep *sweep = onhold_sweep(scenario, parameter, 1, options, error);
    onhold_scenario_destroy(scenario);
    return sweep;
}

static void cells_of_a_sweep_are_runs(void **state) {
    const struct onhold_parameter count = {"agents.desk.count", "3..7..2"};
    struct onhold_sweep *sweep =
        sweep_desk(&count, &(struct onhold_sweep_options){.run = {.replications = 4}}, NULL);
    assert_int_equal(onhold_sweep_cells(sweep), 3);
    for (size_t cell = 0; cell < 3; cell++) {
        static const char *const counts[] = {"3", "5", "7"};
        struct onhold_scenario *scenario = read_desk();
        struct onhold_estimate in_sweep = {0}, in_run = {0};
        assert_string_equal(onhold_sweep_setting(sweep, cell, 0), counts[cell]);
        assert_true(onhold_scenario_set(scenario, "agents.desk.count", counts[cell], NULL));
        struct onhold_result *result =
            onhold_run(scenario, &(struct onhold_run_options){.replications = 4}, NULL);
        assert_true(onhold_sweep_find(sweep, cell, "total.reached", &in_sweep));
        assert_true(onhold_result_find(result, "total.reached", &in_run));
        assert_true(in_sweep.value == in_run.value && in_sweep.low == in_run.low);
        onhold_result_destroy(result);
        onhold_scenario_destroy(scenario);
    }
    struct onhold_estimate e;
    size_t found;
    assert_false(onhold_sweep_find(sweep, 3, "total.reached", &e));
    assert_false(onhold_sweep_find(sweep, 0, "total.nonsense", &e));
    assert_null(onhold_sweep_setting(sweep, 0, 1));
    assert_false(onhold_sweep_goal(sweep, &found));
    assert_null(onhold_sweep_verdict(sweep));
    assert_null(onhold_sweep_print(sweep, "xml"));
    assert_true(onhold_sweep_is_complete(sweep));
    char *text = onhold_sweep_print(sweep, "csv");
    assert_non_null(strstr(text, "\n7,total.reached,"));
    free(text);
    onhold_sweep_destroy(sweep);
    onhold_sweep_destroy(NULL);
}

static void a_goal_is_found_by_the_library(void **state) {
    const struct onhold_parameter count = {"agents.desk.count", "1..30"};
    struct onhold_sweep *sweep =
        sweep_desk(&count, &(struct onhold_sweep_options){.goal = "reached >= 90%"}, NULL);
    size_t cell = 0;
    struct onhold_estimate e = {0}, before = {0};
    assert_true(onhold_sweep_goal(sweep, &cell) && cell > 0);
    assert_true(onhold_sweep_find(sweep, cell, "total.reached", &e) && e.low >= 0.9);
    assert_true(onhold_sweep_find(sweep, cell - 1, "total.reached", &before) && before.high < 0.9);
    char *verdict = onhold_sweep_verdict(sweep);
    assert_non_null(strstr(verdict, "are the fewest with which reached >= 90%"));
    free(verdict);
    onhold_sweep_destroy(sweep);
}

static void what_makes_no_sweep_is_refused(void **state) {
    static const struct {
        struct onhold_parameter parameter;
        const char *goal, *why;
    } wrong[] = {{{"agents.desk.count", "3..1..1"}, NULL, "goes up"},
                 {{"agents.dsk.count", "3"}, NULL, "did you mean 'desk'"},
                 {{"agents.desk.count", "3,4"}, "reachd >= 90%", "unknown metric"},
                 {{"agents.desk.count", "4,3"}, "reached >= 90%", "go up"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct onhold_error *error = NULL;
        assert_null(sweep_desk(&wrong[i].parameter,
                               &(struct onhold_sweep_options){.goal = wrong[i].goal}, &error));
        assert_non_null(strstr(onhold_error_text(error), wrong[i].why));
        onhold_error_destroy(error);
    }
    const struct onhold_parameter count = {"agents.desk.count", "3"};
    assert_null(sweep_desk(&count, &(struct onhold_sweep_options){.run = {.stop = at_once}}, NULL));
}

/* ---- calibrations ---- */

static void unknowns_are_found_and_can_be_set(void **state) {
    struct onhold_scenario *scenario = read_desk();
    const char *const free_texts[] = {"contacts.calls.arrivals.rate=40/h..90/h",
                                      "contacts.calls.patience=exponential({1min..9min})"};
    const char *const targets[] = {"reached=85% +- 0.5%", "wait_answered.mean=50s +- 2s"};
    struct onhold_calibration *found =
        onhold_calibrate(scenario, free_texts, 2, targets, 2, 0, NULL, NULL);
    assert_non_null(found);
    assert_true(onhold_calibration_is_met(found) && onhold_calibration_is_complete(found));
    assert_int_equal(onhold_calibration_open(found), 0);
    struct onhold_estimate rate = onhold_calibration_value(found, 0);
    struct onhold_estimate reached = onhold_calibration_target(found, 0);
    assert_true(rate.low < rate.value && rate.value < rate.high && rate.value < 90 / 3600.0);
    assert_true(fabs(reached.value - 0.85) <= 0.005);
    assert_string_equal(reached.unit, "share");
    /* Its texts give what it says. */
    assert_true(onhold_scenario_set(scenario, "contacts.calls.arrivals.rate",
                                    onhold_calibration_text(found, 0), NULL));
    assert_true(onhold_scenario_set(scenario, "contacts.calls.patience",
                                    onhold_calibration_text(found, 1), NULL));
    struct onhold_result *result = onhold_run(scenario, NULL, NULL);
    struct onhold_estimate again;
    assert_true(onhold_result_find(result, "total.reached", &again));
    assert_true(again.value == reached.value && again.low == reached.low);
    onhold_result_destroy(result);
    static const char *const formats[] = {"text", "json", "csv"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char *text = onhold_calibration_print(found, formats[i]);
        assert_non_null(strstr(text, "contacts.calls.patience"));
        free(text);
    }
    assert_null(onhold_calibration_print(found, "xml"));
    onhold_calibration_destroy(found);
    onhold_scenario_destroy(scenario);
}

static void what_is_no_calibration_is_refused(void **state) {
    struct onhold_scenario *scenario = read_desk();
    const char *const rate[] = {"contacts.calls.arrivals.rate=40/h..90/h"};
    const char *const nowhere[] = {"agents.dsk.count=3..9"}, *const target[] = {"reached=85%"};
    const char *const slip[] = {"reachd=85%"};
    struct onhold_error *error = NULL;
    assert_null(onhold_calibrate(scenario, rate, 1, target, 0, 0, NULL, &error));
    assert_non_null(strstr(onhold_error_text(error), "--target"));
    onhold_error_destroy(error);
    assert_null(onhold_calibrate(scenario, nowhere, 1, target, 1, 0, NULL, &error));
    assert_non_null(strstr(onhold_error_text(error), "did you mean 'desk'?"));
    onhold_error_destroy(error);
    assert_null(onhold_calibrate(scenario, rate, 1, slip, 1, 0, NULL, &error));
    assert_non_null(strstr(onhold_error_text(error), "did you mean 'total.reached'?"));
    onhold_error_destroy(error);
    assert_null(onhold_calibrate(scenario, rate, 1, target, 1, 0,
                                 &(struct onhold_run_options){.stop = at_once}, NULL));
    onhold_scenario_destroy(scenario);
}

/* ---- checks ---- */

static enum onhold_verdict check_reached(const char *condition, struct onhold_check_item *item) {
    struct onhold_scenario *scenario = read_desk();
    assert_true(onhold_scenario_set(scenario, "expect", "absent", NULL));
    assert_true(onhold_scenario_set(scenario, "expect.total.reached", condition, NULL));
    struct onhold_check *check = onhold_check(scenario, NULL, NULL, NULL);
    assert_non_null(check);
    assert_true(onhold_check_item(check, 0, item));
    assert_false(onhold_check_item(check, 1, item));
    char *text = onhold_check_print(check, "text"), *junit = onhold_check_print(check, "junit");
    assert_non_null(strstr(text, "total.reached is "));
    assert_non_null(strstr(junit, "<testsuites "));
    assert_null(onhold_check_print(check, "nonsense"));
    assert_false(item->is_difference || !(item->low <= item->value && item->value <= item->high));
    free(text);
    free(junit);
    enum onhold_verdict verdict = onhold_check_verdict(check);
    onhold_check_destroy(check);
    onhold_scenario_destroy(scenario);
    return verdict;
}

static void expectations_are_checked(void **state) {
    struct onhold_check_item item;
    assert_int_equal(check_reached("at least 1%", &item), ONHOLD_PASS);
    assert_int_equal(check_reached("at most 1%", &item), ONHOLD_FAIL);
}

static void a_baseline_is_written_and_compared_with(void **state) {
    char path[] = "/tmp/onhold-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct onhold_scenario *scenario = read_desk();
    struct onhold_error *error = NULL;
    struct onhold_check_options options = {.baseline = path, .exact = true};
    assert_null(onhold_check(scenario, &options, NULL, &error));
    assert_non_null(strstr(onhold_error_text(error), "[bad-baseline]"));
    onhold_error_destroy(error);
    assert_true(onhold_baseline_write(scenario, path, "reached=±2%", NULL, NULL));
    assert_false(onhold_baseline_write(scenario, "/no/such/file", NULL, NULL, NULL));
    for (int i = 0; i < 2; i++) {
        options.exact = i == 0;
        struct onhold_check *check = onhold_check(scenario, &options, NULL, NULL);
        assert_non_null(check);
        assert_int_equal(onhold_check_verdict(check), ONHOLD_PASS);
        onhold_check_destroy(check);
    }
    onhold_check_destroy(NULL);
    onhold_scenario_destroy(scenario);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expectations_are_checked),
        cmocka_unit_test(a_baseline_is_written_and_compared_with),
        cmocka_unit_test(a_result_outlives_its_scenario),
        cmocka_unit_test(metrics_are_listed_once_each),
        cmocka_unit_test(a_refused_override_leaves_the_scenario_as_it_was),
        cmocka_unit_test(overrides_hold_in_a_variant_too),
        cmocka_unit_test(what_is_no_scenario_is_refused_with_its_places),
        cmocka_unit_test(options_choose_replications_threads_and_progress),
        cmocka_unit_test(a_run_stopped_at_once_has_no_result),
        cmocka_unit_test(scenarios_are_compared_on_the_same_callers),
        cmocka_unit_test(comparisons_are_printed_the_same_for_any_number_of_threads),
        cmocka_unit_test(one_scenario_is_no_comparison),
        cmocka_unit_test(cells_of_a_sweep_are_runs),
        cmocka_unit_test(a_goal_is_found_by_the_library),
        cmocka_unit_test(what_makes_no_sweep_is_refused),
        cmocka_unit_test(unknowns_are_found_and_can_be_set),
        cmocka_unit_test(what_is_no_calibration_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
