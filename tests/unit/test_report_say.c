/* Numbers with their intervals, as people read them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "report/say.h"

struct row {
    enum oh_metric_unit unit;
    struct oh_estimate estimate;
    const char *value, *margin;
};

#define NONE NAN, NAN

static const struct row rows[] = {
    /* the interval decides how many digits are worth reading */
    {OH_M_SHARE, {0.431, 0.429, 0.433}, "43.1%", "±0.2"},
    {OH_M_SHARE, {0.43123, 0.43093, 0.43153}, "43.12%", "±0.03"},
    {OH_M_SHARE, {0.431, 0.411, 0.451}, "43.1%", "±2.0"},
    {OH_M_SECONDS, {1684, 1675, 1693}, "28 min 4 s", "±9 s"},
    {OH_M_SECONDS, {7.58, 7.37, 7.79}, "7.6 s", "±0.2 s"},
    {OH_M_SECONDS, {17.4524, 17.4214, 17.4834}, "17.45 s", "±0.03 s"},
    {OH_M_SECONDS, {137.42, 137.12, 137.72}, "2 min 17.4 s", "±0.3 s"},
    {OH_M_SECONDS, {119.97, 119.67, 120.27}, "2 min 0.0 s", "±0.3 s"},
    {OH_M_SECONDS, {59.7, 57.6, 61.8}, "1 min", "±2 s"},
    {OH_M_SECONDS, {59.7, 59.4, 60.0}, "59.7 s", "±0.3 s"},
    {OH_M_SECONDS, {60.97, 60.0, 61.94}, "1 min 1 s", "±1 s"},
    {OH_M_SECONDS, {3900, 3600, 4200}, "1 h 5 min", "±5 min"},
    {OH_M_SECONDS, {0.0342, 0.0339, 0.0345}, "0.0342 s", "±0.0003 s"},
    {OH_M_CONTACTS, {1001200, 998977, 1003423}, "1,001,200", "±2,223"},
    {OH_M_CONTACTS, {12.345, 12.045, 12.645}, "12.3", "±0.3"},
    {OH_M_CONTACTS, {1234, 1233.7, 1234.3}, "1,234", "±0.3"},
    {OH_M_AGENTS, {10, 10, 10}, "10", "±0"},
    {OH_M_RATIO, {1.567, 1.563, 1.571}, "1.567", "±0.004"},
    /* the wider side of an interval that is not even */
    {OH_M_SECONDS, {100, 99, 104}, "1 min 40 s", "±4 s"},
    /* an interval is never shown as nothing */
    {OH_M_SHARE, {0.431, 0.431 - 1e-9, 0.431 + 1e-9}, "43.1000%", "±<0.0001"},
    /* nothing, or nothing but events: a bound */
    {OH_M_SHARE, {0, 0, 0.0021}, "0%", "≤0.3%"},
    {OH_M_SHARE, {1, 0.9979, 1}, "100%", "≥99.7%"},
    {OH_M_SHARE, {0, 0, 3.7e-9}, "0%", "≤0.0001%"},
    {OH_M_CONTACTS, {0, 0, 0.18}, "0", "≤0.2"},
    /* near 0 and near 1 is not 0 and not 1 */
    {OH_M_SHARE, {0.0004, 0, 0.0024}, "0.04%", "±0.20"},
    {OH_M_SHARE, {0.9997, 0.9977, 1}, "99.97%", "±0.20"},
    /* one replication: no interval */
    {OH_M_SHARE, {0.43123, NONE}, "43.1%", ""},
    {OH_M_SHARE, {0, NONE}, "0%", ""},
    {OH_M_SECONDS, {1684.3, NONE}, "28 min 4 s", ""},
    {OH_M_SECONDS, {7.584, NONE}, "7.58 s", ""},
    {OH_M_SECONDS, {0, NONE}, "0 s", ""},
    {OH_M_CONTACTS, {41, NONE}, "41", ""},
    /* no such value */
    {OH_M_SHARE, {NAN, NONE}, "–", ""},
    {OH_M_SECONDS, {NAN, NONE}, "–", ""},
    {OH_M_SECONDS, {INFINITY, NONE}, "for ever", ""},
};

static void a_number_shows_what_its_interval_is_worth(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct oh_said said = oh_say(&rows[i].estimate, rows[i].unit);
        print_message("%g: %s %s\n", rows[i].estimate.value, said.value, said.margin);
        assert_string_equal(said.value, rows[i].value);
        assert_string_equal(said.margin, rows[i].margin);
    }
}

static void sums_of_agents_time_are_hours(void **state) {
    (void)state;
    struct oh_said said = oh_say_hours(&(struct oh_estimate){399600000, 399240000, 399960000});
    assert_string_equal(said.value, "111,000 h");
    assert_string_equal(said.margin, "±100 h");
    said = oh_say_hours(&(struct oh_estimate){NAN, NAN, NAN});
    assert_string_equal(said.value, "–");
}

static void the_headline_is_a_sentence(void **state) {
    (void)state;
    static const struct {
        struct oh_estimate reached, wait;
        const char *sentence;
        double unfinished, offered;
    } headlines[] = {
        {{0.431, 0.429, 0.433},
         {1684, 1675, 1693},
         "43.1% reached a person, after 28 min 4 s on average",
         5,
         1000},
        {{1, 0.999, 1},
         {17160, 16000, 18000},
         "100% reached a person, after 4 h 46 min on average; 40.0% were still waiting when the "
         "run ended",
         962,
         2402},
        {{NAN, NAN, NAN},
         {NAN, NAN, NAN},
         "nobody reached a person; 100% were still waiting when the run ended",
         3,
         3},
        {{0.85, 0.84, 0.86}, {0, 0, 0}, "85.0% reached a person, without waiting", NAN, NAN},
        {{0, 0, 0.01}, {NAN, NAN, NAN}, "nobody reached a person", 0, 9},
        {{NAN, NAN, NAN}, {NAN, NAN, NAN}, "no contact asked for a person", 0, 0},
    };
    for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
        struct oh_text text = {0};
        oh_say_headline(&headlines[i].reached, &headlines[i].wait, headlines[i].unfinished,
                        headlines[i].offered, &text);
        assert_string_equal(text.data, headlines[i].sentence);
        oh_text_fini(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_shows_what_its_interval_is_worth),
        cmocka_unit_test(sums_of_agents_time_are_hours),
        cmocka_unit_test(the_headline_is_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
