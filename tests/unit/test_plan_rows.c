/* The frame of a plan: opening hours, interval rows, what the command line says; and that the canonical form of a
 * scenario gives the same plan. */
#include <dirent.h>

#include "test_scenario_fixture.h"

#define H ((int64_t)3600 * OH_US_PER_S)

/* ---- opening hours and the end ---- */

static void the_run_ends_with_the_last_day(void **state) {
    struct model m = sound("time: {open: 07:00, close: {weekdays: 19:00, saturday: 12:00}, days: "
                           "7, start_day: friday}\n" TYPE_AND_GROUP);
    const struct oh_plan *plan = m.plan;
    assert_true(plan->has_hours);
    assert_int_equal(plan->n_openings, 6);
    assert_true(plan->openings[1].open_us == 31 * H && plan->openings[1].close_us == 36 * H);
    assert_int_equal(plan->openings[2].day, 3);
    assert_true(plan->end_us == 7 * 24 * H);
    model_destroy(&m);
}

static void days_that_meet_at_midnight_are_one_opening(void **state) {
    struct model m = sound(
        "time: {open: 00:00, close: {weekdays: 24:00, saturday: 12:00}, days: 8}\n" TYPE_AND_GROUP);
    assert_int_equal(m.plan->n_openings, 2);
    assert_true(m.plan->openings[0].open_us == 0 &&
                m.plan->openings[0].close_us == (5 * 24 + 12) * H);
    assert_true(m.plan->openings[1].open_us == 7 * 24 * H && m.plan->end_us == 8 * 24 * H);
    model_destroy(&m);
}

static void without_opening_hours_it_is_one_stretch(void **state) {
    struct model m = sound("time: {length: 60h, warm_up: 10h}\n" TYPE_AND_GROUP);
    assert_false(m.plan->has_hours);
    assert_int_equal(m.plan->n_openings, 1);
    assert_true(m.plan->end_us == 60 * H && m.plan->warm_up_us == 10 * H);
    assert_true(m.plan->openings[0].close_us == 60 * H);
    model_destroy(&m);
}

/* ---- interval rows ---- */

static double occurrences(const struct oh_plan *plan) {
    double sum = 0;
    for (uint32_t i = 0; i < plan->layout.n_slots; i++)
        sum += plan->layout.slots[i].occurrences;
    return sum;
}

static const struct oh_layout_slot *slot_at(const struct oh_plan *plan, int64_t t) {
    uint32_t cell = plan->cell_of_interval[t / plan->layout.interval_us];
    assert_true(cell < plan->layout.n_slots);
    return &plan->layout.slots[cell];
}

static void rows_are_one_for_each_interval_of_a_weekday(void **state) {
    struct model m = sound("time: {open: 07:10, close: 18:50, days: 14}\n" TYPE_AND_GROUP);
    const struct oh_plan *plan = m.plan;
    assert_int_equal(plan->layout.n_slots, 7 * 24);
    assert_true(occurrences(plan) == 14 * 24);
    assert_true(slot_at(plan, 8 * H) == slot_at(plan, (7 * 24 + 8) * H));
    assert_true(slot_at(plan, 8 * H) != slot_at(plan, (24 + 8) * H));
    assert_int_equal(slot_at(plan, (24 + 8) * H)->start_s, 8 * 3600);
    assert_int_equal(slot_at(plan, (24 + 8) * H)->weekday, 1);
    assert_int_equal(plan->cell_of_interval[0], OH_SLOT_AFTER_HOURS(&plan->layout));
    assert_int_equal(plan->cell_of_interval[13], OH_SLOT_AFTER_HOURS(&plan->layout));
    assert_int_equal(plan->cell_of_interval[14], 0);
    model_destroy(&m);
}

static void the_window_cuts_rows(void **state) {
    struct model m = sound("time: {length: 25h15m, warm_up: 9h40m}\n" TYPE_AND_GROUP);
    const struct oh_plan *plan = m.plan;
    assert_int_equal(plan->n_intervals, 51);
    assert_int_equal(plan->cell_of_interval[18], OH_SLOT_OUTSIDE(&plan->layout));
    assert_true(fabs(slot_at(plan, 9 * H + H / 2)->occurrences - 2 / 3.0) < 1e-12);
    assert_true(fabs(slot_at(plan, 25 * H)->occurrences - 0.5) < 1e-12);
    assert_true(slot_at(plan, 24 * H)->occurrences == 1);
    assert_true(fabs(occurrences(plan) * 0.5 - (25.25 - 9 - 2 / 3.0)) < 1e-9);
    model_destroy(&m);
}

/* Rows go by weekday from the start day, even where the warm-up cuts the first week. */
static void rows_are_in_the_order_of_the_week(void **state) {
    struct model m = sound("time: {days: 15, start_day: wednesday, warm_up: 30h}\n" TYPE_AND_GROUP);
    const struct oh_layout *layout = &m.plan->layout;
    assert_int_equal(layout->n_slots, 7 * 48);
    for (uint32_t i = 0; i < layout->n_slots; i++) {
        assert_int_equal(layout->slots[i].weekday, (2 + i / 48) % 7);
        assert_int_equal(layout->slots[i].start_s, i % 48 * 1800);
    }
    assert_int_equal(layout->slots[0].day, 8);
    assert_int_equal(layout->slots[3 * 48].day, 4);
    model_destroy(&m);
}

static void rows_can_be_each_days_or_none(void **state) {
    struct model m = sound("time: {open: 07:00, close: 19:00, days: 14}\n" TYPE_AND_GROUP);
    oh_plan_destroy(m.plan);
    model_compile(&m, &(struct oh_plan_options){.intervals = OH_INTERVALS_EACH});
    assert_int_equal(m.plan->layout.n_slots, 14 * 24);
    assert_int_equal(slot_at(m.plan, (13 * 24 + 8) * H)->day, 14);
    assert_true(m.plan->layout.each_day);
    oh_plan_destroy(m.plan);
    model_compile(&m, &(struct oh_plan_options){.intervals = OH_INTERVALS_NONE});
    assert_int_equal(m.plan->layout.n_slots, 0);
    assert_int_equal(m.plan->layout.interval_us, 0);
    model_destroy(&m);
}

static void options_go_before_the_scenario(void **state) {
    struct model m = sound("run: {replications: 5, seed: 6, confidence: 90%}\n" TYPE_AND_GROUP);
    assert_int_equal(m.plan->replications, 5);
    assert_int_equal(m.plan->seed, 6);
    oh_plan_destroy(m.plan);
    model_compile(&m, &(struct oh_plan_options){
                          .replications = 7, .has_seed = true, .seed = 0, .confidence = 0.99});
    assert_int_equal(m.plan->replications, 7);
    assert_int_equal(m.plan->seed, 0);
    assert_true(m.plan->confidence == 0.99 && m.plan->layout.confidence == 0.99);
    model_destroy(&m);
}

static void what_is_not_limited_has_the_plans_words_for_it(void **state) {
    struct model m = sound(TYPE_AND_GROUP);
    const struct oh_plan_type *calls = &m.plan->types[0];
    assert_true(calls->max_wait_us == OH_FOREVER && calls->queue_limit == -1);
    assert_true(calls->queue_limit_per_agent < 0 && calls->retry_at_most == OH_NONE);
    assert_true(m.plan->lines == OH_NONE && m.plan->queue_limit == -1);
    assert_int_equal(calls->retry[OH_AFTER_BUSY].chance.by, OH_CHANCE_NEVER);
    assert_int_equal(calls->balk.by, OH_CHANCE_NEVER);
    model_destroy(&m);
}

static void tails_rise_and_are_distinct(void **state) {
    struct model m = sound_with(TYPE_AND_GROUP, "contacts.calls.tails", "[30min, 10min, 600s]");
    const struct oh_layout_type *calls = &m.plan->layout.types[0];
    assert_int_equal(calls->n_tails, 2);
    assert_true(calls->tail_us[0] == 600 * OH_US_PER_S && calls->tail_us[1] == 1800 * OH_US_PER_S);
    model_destroy(&m);
}

/* ---- the canonical form gives the same plan ---- */

static void expect_same_plan(const char *path) {
    struct model m = model_create();
    m.scenario = oh_scenario_load(m.arena, path, NULL, 0, NULL, m.diagnostics);
    model_compile(&m, NULL);
    if (m.plan == NULL)
        fail_msg("'%s' is not sound", path);
    char *text = printed(&m), *plan = printed_plan(&m);

    struct model again = model_create();
    again.scenario = oh_scenario_load_text(again.arena, path, text, strlen(text), NULL, 0, NULL,
                                           again.diagnostics);
    model_compile(&again, NULL);
    if (again.plan == NULL) {
        oh_diag_print(again.diagnostics, stderr, false);
        fail_msg("the canonical form of '%s' is not sound:\n%s", path, text);
    }
    char *text_again = printed(&again), *plan_again = printed_plan(&again);
    assert_string_equal(text, text_again);
    assert_string_equal(plan, plan_again);
    assert_string_equal(m.scenario->digest, again.scenario->digest);
    free(text);
    free(plan);
    free(text_again);
    free(plan_again);
    model_destroy(&again);
    model_destroy(&m);
}

static size_t expect_same_plans_in(const char *folder) {
    size_t n = 0;
    DIR *files = opendir(folder);
    for (struct dirent *file; files != NULL && (file = readdir(files)) != NULL;) {
        char path[4096];
        const char *suffix = strrchr(file->d_name, '.');
        if (suffix == NULL || strcmp(suffix, ".yaml") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        expect_same_plan(path);
        n++;
    }
    if (files != NULL)
        closedir(files);
    return n;
}

static void the_canonical_form_gives_the_same_plan(void **state) {
    assert_true(expect_same_plans_in(GOLDEN "/valid") >= 9);
    static const char *const folders[] = {"cases", "tutorial", "stories", "features"};
    for (size_t i = 0; i < N_OF(folders); i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/../../scenarios/%s", GOLDEN, folders[i]);
        expect_same_plans_in(path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_ends_with_the_last_day),
        cmocka_unit_test(days_that_meet_at_midnight_are_one_opening),
        cmocka_unit_test(without_opening_hours_it_is_one_stretch),
        cmocka_unit_test(rows_are_one_for_each_interval_of_a_weekday),
        cmocka_unit_test(the_window_cuts_rows),
        cmocka_unit_test(rows_are_in_the_order_of_the_week),
        cmocka_unit_test(rows_can_be_each_days_or_none),
        cmocka_unit_test(options_go_before_the_scenario),
        cmocka_unit_test(what_is_not_limited_has_the_plans_words_for_it),
        cmocka_unit_test(tails_rise_and_are_distinct),
        cmocka_unit_test(the_canonical_form_gives_the_same_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
