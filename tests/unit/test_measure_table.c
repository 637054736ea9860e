/* The table of metrics: ids, words, paths, explanations. */
#include "base/arena.h"
#include "measure/formula.h"
#include "test_measure_fixture.h"

static void ids_are_unique_and_read_back(void **state) {
    const double *percentiles;
    size_t n = oh_metric_percentiles(&percentiles);
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const struct oh_metric *metric = oh_metric_row(i);
        static const double tails[] = {600, 0.5, 86400, 1.25, 1e6};
        const double none = 0, *parameters = &none;
        size_t n_parameters = 1;
        if (oh_metric_family_of(metric) == OH_PERCENTILES) {
            parameters = percentiles;
            n_parameters = n;
        } else if (oh_metric_family_of(metric) == OH_TAILS) {
            parameters = tails;
            n_parameters = sizeof tails / sizeof tails[0];
        }
        for (size_t p = 0; p < n_parameters; p++) {
            char id[56];
            double read;
            oh_metric_print_id(metric, parameters[p], id, sizeof id);
            assert_ptr_equal(oh_metric_find(id, &read), metric);
            assert_true(read == parameters[p]);
        }
    }
}

static void an_id_that_is_nearly_right_is_not_found(void **state) {
    static const char *const wrong[] = {
        "",
        "reached ",
        "Reached",
        "wait_answered.p<NN>",
        "wait_answered.p090",
        "wait_answered.p9",
        "wait_answered.over_s",
        "wait_answered.over_600",
        "wait_answered.over_600.0s",
        "wait_answered.over_1e3s",
        "wait_answered.over_0600s",
        "wait_answered.over_600ss",
        "wait_answered.over_<T>s",
        "wait_answered.over_nans",
        "wait_answered.over_99999999999999999999999999999999999999s",
        "service_level.",
        "service_level.nonsense"};
    double parameter;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (oh_metric_find(wrong[i], &parameter) != NULL)
            fail_msg("'%s' should not be an id", wrong[i]);
}

static void every_word_of_definitions_means_something(void **state) {
    const struct oh_word *words;
    size_t n = oh_words(&words);
    for (size_t i = 0; i < n; i++) {
        assert_true(words[i].meaning[0] != '\0');
        assert_ptr_equal(oh_word_find(words[i].name, strlen(words[i].name)), &words[i]);
        assert_int_equal(oh_word_length(words[i].name), strlen(words[i].name));
        assert_true((words[i].counter >= 0) == (words[i].sum == NULL));
    }
    for (int counter = 0; counter < OH_N_COUNTERS; counter++) {
        int named = 0;
        for (size_t i = 0; i < n; i++)
            named += words[i].counter == counter;
        assert_int_equal(named, counter == OH_V_AGENTS + OH_A_ANSWERED ? 0 : 1);
    }
}

static void paths_tell_why_they_do_not_exist(void **state) {
    static const struct {
        const char *path;
        enum oh_path_status status;
    } rows[] = {
        {"total.reached", OH_PATH_OK},
        {"contacts.care.wait_answered.p90", OH_PATH_OK},
        {"contacts.sales.wait_answered.over_600s", OH_PATH_OK},
        {"agents.back.occupancy", OH_PATH_OK},
        {"reached", OH_PATH_NO_SCOPE},
        {"contacts.sale.reached", OH_PATH_NO_SCOPE},
        {"agents.sales.occupancy", OH_PATH_NO_SCOPE},
        {"total", OH_PATH_NO_SCOPE},
        {"total.", OH_PATH_NO_METRIC},
        {"total.reach", OH_PATH_NO_METRIC},
        {"contacts.sales.occupancy", OH_PATH_NOT_HERE},
        {"agents.desk.reached", OH_PATH_NOT_HERE},
        {"contacts.sales.lines_busy.mean", OH_PATH_NOT_HERE},
        {"total.lines_busy.mean", OH_PATH_NOT_FED},
        {"contacts.care.wait_answered.over_600s", OH_PATH_NO_TAIL},
        {"total.wait_answered.over_600s", OH_PATH_NO_TAIL},
        {"total.wait_answered.over_60s", OH_PATH_OK},
        {"total.service_level", OH_PATH_MIXED},
        {"contacts.sales.service_level", OH_PATH_OK},
    };
    struct centre centre;
    centre_init(&centre);
    centre.layout.has = 0;
    centre.types[CARE].formula = OH_SL_OFFERED;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct oh_metric_path found;
        if (oh_metric_path(rows[i].path, &centre.layout, &found) != rows[i].status)
            fail_msg("wrong status of %s", rows[i].path);
    }
}

static void explanations_say_formula_words_and_thresholds(void **state) {
    struct centre centre;
    centre_init(&centre);
    struct oh_arena *arena = oh_arena_create();
    double parameter;
    const struct oh_metric *metric =
        oh_metric_find("service_level.short_abandons_excluded", &parameter);
    assert_string_equal(
        oh_metric_explain(metric, parameter, &centre.layout, arena),
        "service_level.short_abandons_excluded (share): service level, those left out who gave up "
        "at once\n"
        "= answered≤T / (answered + left - abandoned≤S), each summed over all replications\n"
        "  answered≤T: answered with W ≤ T\n"
        "  answered: attempts that an agent took\n"
        "  left: attempts that queued and were not answered: abandoned + cut_off + message + "
        "dropped\n"
        "  abandoned≤S: abandoned with W ≤ S\n"
        "  W: time in queue until an agent takes the attempt or it leaves the queue\n"
        "  T: answer_within of the contact type: sales 20 s, care 1 min 30 s\n"
        "  S: short_abandon of the contact type: sales 5 s, care 10 s\n");
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        metric = oh_metric_row(i);
        const char *general = oh_metric_explain(metric, 0, NULL, arena);
        assert_true(strstr(general, oh_metric_id(metric)) == general);
        assert_true(strstr(general, oh_metric_definition(metric)) != NULL);
        assert_true(strstr(oh_metric_explain(metric, 0.9, &centre.layout, arena), "<NN>") == NULL);
    }
    centre.layout.has |= OH_HAS_EXCLUSIONS;
    metric = oh_metric_find("service_level.answered_only", &parameter);
    assert_non_null(strstr(oh_metric_explain(metric, 0, &centre.layout, arena),
                           "= answered≤T / (answered - excluded), each"));
    centre.layout.has &= ~(unsigned)OH_HAS_EXCLUSIONS;
    assert_non_null(strstr(oh_metric_explain(metric, 0, &centre.layout, arena),
                           "= answered≤T / answered, each"));
    metric = oh_metric_find("cost", &parameter);
    assert_non_null(strstr(oh_metric_explain(metric, 0, &centre.layout, arena),
                           "cost (USD): what the centre costs\n= cost of agents + "));
    metric = oh_metric_find("service_level", &parameter);
    assert_true(strstr(oh_metric_explain(metric, 0, &centre.layout, arena),
                       "care: abandons_negative\n= answered≤T / (answered + left)") != NULL);
    oh_arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_unique_and_read_back),
        cmocka_unit_test(an_id_that_is_nearly_right_is_not_found),
        cmocka_unit_test(every_word_of_definitions_means_something),
        cmocka_unit_test(paths_tell_why_they_do_not_exist),
        cmocka_unit_test(explanations_say_formula_words_and_thresholds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
