/* Numbers and text, in the C locale and in one with a decimal comma. */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/names.h"
#include "base/text.h"
#include "base/units.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static char buffer[512];

static void numbers_take_the_shortest_form(void **state) {
    static const struct {
        double value;
        int digits;
        const char *text;
    } rows[] = {{0.431, 12, "0.431"},  {1684, 12, "1684"}, {1e-9, 12, "1e-09"},
                {1.0 / 3, 3, "0.333"}, {-0.0, 12, "0"},    {-2.5, 12, "-2.5"},
                {1e15, 12, "1e+15"},   {99.996, 4, "100"}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_string_equal(oh_number_print(rows[i].value, rows[i].digits, buffer, sizeof buffer),
                            rows[i].text);
}

static void exact_numbers_read_back(void **state) {
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.1, "0.1"},       {0.1 + 0.2, "0.30000000000000004"},   {1.0 / 3, "0.3333333333333333"},
        {5e-324, "5e-324"}, {DBL_MAX, "1.7976931348623157e+308"}, {-123456789, "-123456789"}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_string_equal(oh_number_exact(rows[i].value, buffer, sizeof buffer), rows[i].text);
}

static void numbers_are_read_as_far_as_they_go(void **state) {
    static const struct {
        const char *text;
        size_t consumed;
        double value;
    } rows[] = {{"1.5", 3, 1.5},
                {"1.5x", 3, 1.5},
                {"-2e3s", 4, -2000},
                {"2e", 1, 2},
                {"2e+", 1, 2},
                {".5", 2, 0.5},
                {"5.", 2, 5},
                {"0x10", 1, 0},
                {"1,5", 1, 1},
                {"+7", 2, 7},
                {"", 0, 0},
                {".", 0, 0},
                {"-", 0, 0},
                {"inf", 0, 0},
                {"nan", 0, 0},
                {"e5", 0, 0},
                {" 1", 0, 0},
                {"1e-999", 6, 0},
                {"1e999", 5, HUGE_VAL},
                {"1e99999999999999999999", 22, HUGE_VAL}};
    for (size_t i = 0; i < N_OF(rows); i++) {
        double value = 0;
        size_t n = oh_number_parse(rows[i].text, strlen(rows[i].text), &value);
        if (n != rows[i].consumed || value != rows[i].value)
            fail_msg("'%s': %zu bytes, %.17g", rows[i].text, n, value);
    }
}

static void long_numbers_are_read_too(void **state) {
    char digits[5000];
    memset(digits, '0', sizeof digits);
    memcpy(digits, "0.", 2);
    memcpy(digits + sizeof digits - 6, "1e4992", 6); /* the 1 is decimal 4993 */
    double value = 0;
    assert_int_equal(oh_number_parse(digits, sizeof digits, &value), sizeof digits);
    assert_true(value == 0.1);
}

static void durations_are_said_for_people(void **state) {
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {
        {1684, "28 min 4 s"}, {7.6, "7.6 s"},          {3900, "1 h 5 min"}, {0, "0 s"},
        {0.0043, "4.3 ms"},   {0.43, "0.43 s"},        {59.94, "59.9 s"},   {59.96, "1 min"},
        {60, "1 min"},        {3599.4, "59 min 59 s"}, {3599.7, "1 h"},     {86340, "23 h 59 min"},
        {86380, "1 d"},       {6480000, "75 d"},       {-9, "-9 s"},        {INFINITY, "for ever"},
        {NAN, "unknown"}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_string_equal(oh_duration_say(rows[i].seconds, buffer, sizeof buffer), rows[i].text);
}

static void counts_are_said_with_separators(void **state) {
    static const struct {
        double count;
        const char *text;
    } rows[] = {{12345678, "12,345,678"}, {1234.5, "1,234"}, {999.6, "1,000"}, {100, "100"},
                {43.21, "43.2"},          {7, "7"},          {0, "0"},         {-12345, "-12,345"},
                {99.96, "100"},           {NAN, "unknown"}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_string_equal(oh_count_say(rows[i].count, buffer, sizeof buffer), rows[i].text);
}

static void buffers_grow(void **state) {
    struct oh_text text = {0};
    for (int i = 0; i < 1000; i++)
        oh_text_printf(&text, "%d,", i);
    oh_text_puts(&text, "end");
    oh_text_append(&text, "!?", 1);
    assert_int_equal(text.length, 3894);
    assert_int_equal(strlen(text.data), text.length);
    assert_string_equal(text.data + text.length - 8, "999,end!");
    oh_text_fini(&text);
    assert_null(text.data);
}

static void utf8_is_told_from_other_bytes(void **state) {
    static const struct {
        const char *text;
        size_t characters;
        int bad_at; /* -1: none */
    } rows[] = {{"abc", 3, -1},
                {"\xC2\xB1 1%", 4, -1},
                {"\xE2\x82\xAC", 1, -1},
                {"\xF0\x9F\x98\x80", 1, -1},
                {"\xF4\x8F\xBF\xBF", 1, -1},
                {"", 0, -1},
                {"M\xFC", 2, 1},
                {"\xC0\x80", 2, 0},     /* overlong */
                {"\xE0\x9F\xBF", 3, 0}, /* overlong */
                {"\xED\xA0\x80", 3, 0}, /* surrogate */
                {"\xF4\x90\x80\x80", 4, 0},
                {"\xF8\x88\x80\x80\x80", 5, 0},
                {"ab\xE2\x82", 4, 2},
                {"\x80", 1, 0}};
    for (size_t i = 0; i < N_OF(rows); i++) {
        size_t at = 0, bytes = strlen(rows[i].text);
        bool is_valid = oh_utf8_is_valid(rows[i].text, bytes, &at);
        if (is_valid != (rows[i].bad_at < 0) || (!is_valid && (int)at != rows[i].bad_at))
            fail_msg("row %zu: valid %d, at %zu", i, is_valid, at);
        assert_int_equal(oh_utf8_length(rows[i].text, bytes), rows[i].characters);
    }
}

static void names_near_enough_are_proposed(void **state) {
    static const char *const candidates[] = {"lognormal", "exponential", "never", "uniform", "k"};
    static const struct {
        const char *text, *nearest;
    } rows[] = {{"lognormall", "lognormal"},
                {"logmornal", "lognormal"},
                {"exponetial", "exponential"},
                {"nevre", "never"},
                {"unfirom", "uniform"},
                {"gamma", NULL},
                {"q", NULL},
                {"kk", "k"},
                {"", NULL},
                {"never", "never"}};
    for (size_t i = 0; i < N_OF(rows); i++) {
        const char *nearest = oh_name_nearest(rows[i].text, candidates, N_OF(candidates));
        if ((nearest == NULL) != (rows[i].nearest == NULL) ||
            (nearest != NULL && strcmp(nearest, rows[i].nearest) != 0))
            fail_msg("'%s' gives '%s'", rows[i].text, nearest != NULL ? nearest : "nothing");
    }
    char endless[4000];
    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_null(oh_name_nearest(endless, candidates, N_OF(candidates)));
    static const char *const equals[] = {"abd", "abe"};
    assert_ptr_equal(oh_name_nearest("abc", equals, 2), equals[0]);
}

static void name_tables_serve_both_ways(void **state) {
    static const struct oh_name table[] = {{"finish", 3}, {"drop", 5}, {NULL, 0}};
    assert_int_equal(oh_name_find(table, "dropped", 4)->value, 5);
    assert_null(oh_name_find(table, "dropped", 7));
    assert_null(oh_name_find(table, "dro", 3));
    assert_string_equal(oh_name_of(table, 3), "finish");
    assert_null(oh_name_of(table, 4));
}

static void names_have_rules(void **state) {
    static const struct {
        const char *text;
        bool is_valid;
    } rows[] = {{"taxpayer", true}, {"a", true},    {"A-b_9", true},
                {"", false},        {"9a", false},  {"-a", false},
                {"a b", false},     {"a.b", false}, {"\xC3\xA4", false}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_int_equal(oh_name_is_valid(rows[i].text, strlen(rows[i].text)), rows[i].is_valid);
    char longest[66];
    memset(longest, 'a', sizeof longest);
    assert_true(oh_name_is_valid(longest, 64));
    assert_false(oh_name_is_valid(longest, 65));
}

static void arenas_give_zeroed_aligned_distinct_blocks(void **state) {
    struct oh_arena *arena = oh_arena_create();
    char *previous = NULL;
    for (size_t i = 0; i < 3000; i++) {
        size_t size = i * 7 % 3000;
        char *block = oh_arena_alloc(arena, size);
        assert_ptr_not_equal(block, previous);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        for (size_t b = 0; b < size; b++)
            assert_int_equal(block[b], 0);
        memset(block, 0xA5, size);
        previous = block;
    }
    assert_string_equal(oh_arena_printf(arena, "%s-%d", "a", 7), "a-7");
    assert_string_equal(oh_arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(oh_arena_strdup(arena, ""), "");
    double *row = OH_NEW_ARRAY(arena, 200000, double);
    row[199999] = 1;
    oh_arena_destroy(arena);
    oh_arena_destroy(NULL);
}

static bool has_comma(const char *locale) {
    return setlocale(LC_ALL, locale) != NULL && localeconv()->decimal_point[0] == ',';
}

static bool make_comma_locale(void) {
    char directory[] = "/tmp/onhold-locale-XXXXXX", command[200];
    if (mkdtemp(directory) == NULL)
        return false;
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >/dev/null 2>&1",
             directory);
    setenv("LOCPATH", directory, 1);
    bool is_made = system(command) == 0 && has_comma("de_DE.UTF-8");
    unsetenv("LOCPATH");
    snprintf(command, sizeof command, "rm -rf %s", directory);
    return system(command) == 0 && is_made;
}

/* A locale with a decimal comma: one of the system's, or one made for this test. False if there is neither. */
static bool enter_comma_locale(void) {
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "pl_PL.UTF-8"};
    for (size_t i = 0; i < N_OF(names); i++)
        if (has_comma(names[i]))
            return true;
    return make_comma_locale();
}

static void a_decimal_comma_changes_nothing(void **state) {
    if (!enter_comma_locale())
        skip();
    snprintf(buffer, sizeof buffer, "%.1f", 1.5);
    assert_string_equal(buffer, "1,5"); /* the locale is what it should be */
    numbers_take_the_shortest_form(state);
    exact_numbers_read_back(state);
    numbers_are_read_as_far_as_they_go(state);
    durations_are_said_for_people(state);
    counts_are_said_with_separators(state);
    struct oh_text text = {0};
    oh_text_printf(&text, "%.2f", 0.25);
    assert_string_equal(text.data, "0.25");
    oh_text_fini(&text);
    assert_string_equal(oh_unit_print(OH_UNIT_SHARE, 0.043, buffer, sizeof buffer), "4.3%");
    assert_true(oh_unit_parse(OH_UNIT_DURATION, "7.6s", 4).value == 7.6);
    snprintf(buffer, sizeof buffer, "%.1f", 1.5);
    assert_string_equal(buffer, "1,5"); /* and the caller still has it */
    setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_take_the_shortest_form),
        cmocka_unit_test(exact_numbers_read_back),
        cmocka_unit_test(numbers_are_read_as_far_as_they_go),
        cmocka_unit_test(long_numbers_are_read_too),
        cmocka_unit_test(durations_are_said_for_people),
        cmocka_unit_test(counts_are_said_with_separators),
        cmocka_unit_test(buffers_grow),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
        cmocka_unit_test(names_near_enough_are_proposed),
        cmocka_unit_test(name_tables_serve_both_ways),
        cmocka_unit_test(names_have_rules),
        cmocka_unit_test(arenas_give_zeroed_aligned_distinct_blocks),
        cmocka_unit_test(a_decimal_comma_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
