/* Quantities: what is read, what is refused and where, and that print and parse are inverse. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/units.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct {
    enum oh_unit unit;
    const char *text;
    double value;
} readable[] = {
    {OH_UNIT_DURATION, "20s", 20},
    {OH_UNIT_DURATION, " 20 s ", 20},
    {OH_UNIT_DURATION, "1h30m", 5400},
    {OH_UNIT_DURATION, "1h30min", 5400},
    {OH_UNIT_DURATION, "1 h 30 min 15 s", 5415},
    {OH_UNIT_DURATION, "1.5h", 5400},
    {OH_UNIT_DURATION, "90min", 5400},
    {OH_UNIT_DURATION, "90 minutes", 5400},
    {OH_UNIT_DURATION, "250ms", 0.25},
    {OH_UNIT_DURATION, "4.3ms", 0.0043},
    {OH_UNIT_DURATION, "7us", 0.000007},
    {OH_UNIT_DURATION, "7\xC2\xB5s", 0.000007},
    {OH_UNIT_DURATION, "2d", 172800},
    {OH_UNIT_DURATION, "1 week", 604800},
    {OH_UNIT_DURATION, "1e3s", 1000},
    {OH_UNIT_DURATION, "-5min", -300},
    {OH_UNIT_DURATION, "-1h30m", -5400},
    {OH_UNIT_DURATION, "+5min", 300},
    {OH_UNIT_DURATION, "0s", 0},
    {OH_UNIT_DURATION, ".5s", 0.5},
    {OH_UNIT_DURATION, "10000000000s", 1e10},
    {OH_UNIT_CLOCK, "07:00", 25200},
    {OH_UNIT_CLOCK, "7:00", 25200},
    {OH_UNIT_CLOCK, "07:00:30", 25230},
    {OH_UNIT_CLOCK, "00:00", 0},
    {OH_UNIT_CLOCK, "24:00", 86400},
    {OH_UNIT_RATE, "120/h", 120.0 / 3600},
    {OH_UNIT_RATE, "120 / hour", 120.0 / 3600},
    {OH_UNIT_RATE, "120 per hour", 120.0 / 3600},
    {OH_UNIT_RATE, "2/min", 2.0 / 60},
    {OH_UNIT_RATE, "2/m", 2.0 / 60},
    {OH_UNIT_RATE, "0.5/s", 0.5},
    {OH_UNIT_RATE, "3000/d", 3000.0 / 86400},
    {OH_UNIT_RATE, "0.004/ms", 4},
    {OH_UNIT_SHARE, "43%", 0.43},
    {OH_UNIT_SHARE, "4.3%", 0.043},
    {OH_UNIT_SHARE, "43 %", 0.43},
    {OH_UNIT_SHARE, "43 percent", 0.43},
    {OH_UNIT_SHARE, "-1%", -0.01},
    {OH_UNIT_SHARE, "250%", 2.5},
    {OH_UNIT_NUMBER, "50", 50},
    {OH_UNIT_NUMBER, "0.9", 0.9},
    {OH_UNIT_NUMBER, "1e3", 1000},
    {OH_UNIT_NUMBER, "-1.5E-2", -0.015},
    {OH_UNIT_COUNT, "1850", 1850},
    {OH_UNIT_COUNT, "1e3", 1000},
    {OH_UNIT_COUNT, "-3", -3},
    {OH_UNIT_COUNT, "9007199254740992", 9007199254740992.0},
};

static void quantities_are_read_to_the_nearest_double(void **state) {
    for (size_t i = 0; i < N_OF(readable); i++) {
        const char *text = readable[i].text;
        struct oh_parse parse = oh_unit_parse(readable[i].unit, text, strlen(text));
        if (parse.status != OH_PARSE_OK || parse.value != readable[i].value)
            fail_msg("'%s': status %d, value %.17g, not %.17g", text, (int)parse.status,
                     parse.value, readable[i].value);
    }
}

static const struct {
    enum oh_unit unit;
    const char *text;
    enum oh_parse_status status;
    size_t at, width;
} refused[] = {
    {OH_UNIT_DURATION, "", OH_PARSE_NOT_A_NUMBER, 0, 0},
    {OH_UNIT_DURATION, "abc", OH_PARSE_NOT_A_NUMBER, 0, 3},
    {OH_UNIT_DURATION, "  abc", OH_PARSE_NOT_A_NUMBER, 2, 3},
    {OH_UNIT_DURATION, "20", OH_PARSE_MISSING_UNIT, 0, 2},
    {OH_UNIT_DURATION, "1h30", OH_PARSE_MISSING_UNIT, 2, 2},
    {OH_UNIT_DURATION, "20 parsecs", OH_PARSE_WRONG_UNIT, 3, 7},
    {OH_UNIT_DURATION, "20%", OH_PARSE_WRONG_UNIT, 2, 1},
    {OH_UNIT_DURATION, "20/h", OH_PARSE_WRONG_UNIT, 2, 2},
    {OH_UNIT_DURATION, "20S", OH_PARSE_WRONG_UNIT, 2, 1},
    {OH_UNIT_DURATION, "07:00", OH_PARSE_WRONG_UNIT, 2, 3},
    {OH_UNIT_DURATION, "0x10s", OH_PARSE_WRONG_UNIT, 1, 1},
    {OH_UNIT_DURATION, "30m1h", OH_PARSE_TRAILING, 3, 2},
    {OH_UNIT_DURATION, "1h1h", OH_PARSE_TRAILING, 2, 2},
    {OH_UNIT_DURATION, "1h-30m", OH_PARSE_TRAILING, 2, 4},
    {OH_UNIT_DURATION, "20s!", OH_PARSE_TRAILING, 3, 1},
    {OH_UNIT_DURATION, "1e400s", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_DURATION, "1e11s", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_DURATION, "inf", OH_PARSE_NOT_A_NUMBER, 0, 3},
    {OH_UNIT_DURATION, "nan s", OH_PARSE_NOT_A_NUMBER, 0, 5},
    {OH_UNIT_DURATION, "1,200s", OH_PARSE_THOUSANDS, 0, 6},
    {OH_UNIT_DURATION, "1,5min", OH_PARSE_TRAILING, 1, 5},
    {OH_UNIT_CLOCK, "7", OH_PARSE_MISSING_UNIT, 0, 1},
    {OH_UNIT_CLOCK, "7am", OH_PARSE_WRONG_UNIT, 1, 2},
    {OH_UNIT_CLOCK, "07:0", OH_PARSE_NOT_A_NUMBER, 0, 4},
    {OH_UNIT_CLOCK, "24:01", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_CLOCK, "25:00", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_CLOCK, "07:60", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_CLOCK, "07:00:60", OH_PARSE_RANGE, 0, 8},
    {OH_UNIT_CLOCK, "07:00:00:00", OH_PARSE_TRAILING, 8, 3},
    {OH_UNIT_CLOCK, "07:00 h", OH_PARSE_TRAILING, 5, 2},
    {OH_UNIT_CLOCK, "-7:00", OH_PARSE_NOT_A_NUMBER, 0, 5},
    {OH_UNIT_RATE, "120", OH_PARSE_MISSING_UNIT, 0, 3},
    {OH_UNIT_RATE, "120h", OH_PARSE_WRONG_UNIT, 3, 1},
    {OH_UNIT_RATE, "120/parsec", OH_PARSE_WRONG_UNIT, 3, 7},
    {OH_UNIT_RATE, "120/", OH_PARSE_WRONG_UNIT, 3, 1},
    {OH_UNIT_RATE, "120/h/h", OH_PARSE_TRAILING, 5, 2},
    {OH_UNIT_RATE, "17,600/h", OH_PARSE_THOUSANDS, 0, 8},
    {OH_UNIT_RATE, "1e306/ms", OH_PARSE_RANGE, 0, 8},
    {OH_UNIT_SHARE, "0.43", OH_PARSE_MISSING_UNIT, 0, 4},
    {OH_UNIT_SHARE, "43s", OH_PARSE_WRONG_UNIT, 2, 1},
    {OH_UNIT_SHARE, "43%%", OH_PARSE_TRAILING, 3, 1},
    {OH_UNIT_NUMBER, "50%", OH_PARSE_WRONG_UNIT, 2, 1},
    {OH_UNIT_NUMBER, "1,8500", OH_PARSE_TRAILING, 1, 5},
    {OH_UNIT_NUMBER, "50 (x)", OH_PARSE_TRAILING, 3, 3},
    {OH_UNIT_NUMBER, "1 2", OH_PARSE_TRAILING, 2, 1},
    {OH_UNIT_NUMBER, "1e999", OH_PARSE_RANGE, 0, 5},
    {OH_UNIT_NUMBER, "infinity", OH_PARSE_NOT_A_NUMBER, 0, 8},
    {OH_UNIT_COUNT, "1,850", OH_PARSE_THOUSANDS, 0, 5},
    {OH_UNIT_COUNT, "1.5", OH_PARSE_NOT_INTEGRAL, 0, 3},
    {OH_UNIT_COUNT, "9007199254740994", OH_PARSE_RANGE, 0, 16},
};

static void refusals_say_why_and_where(void **state) {
    for (size_t i = 0; i < N_OF(refused); i++) {
        const char *text = refused[i].text;
        struct oh_parse parse = oh_unit_parse(refused[i].unit, text, strlen(text));
        if (parse.status != refused[i].status || parse.at != refused[i].at ||
            parse.width != refused[i].width)
            fail_msg("'%s': status %d at %zu, %zu wide, not %d at %zu, %zu wide", text,
                     (int)parse.status, parse.at, parse.width, (int)refused[i].status,
                     refused[i].at, refused[i].width);
    }
}

static const struct {
    enum oh_unit unit;
    double value;
    const char *text;
} printed[] = {
    {OH_UNIT_DURATION, 90, "90s"},
    {OH_UNIT_DURATION, 5400, "1h30m"},
    {OH_UNIT_DURATION, 1680, "28min"},
    {OH_UNIT_DURATION, 3600, "1h"},
    {OH_UNIT_DURATION, 172800, "2d"},
    {OH_UNIT_DURATION, 0.25, "250ms"},
    {OH_UNIT_DURATION, 7.6, "7.6s"},
    {OH_UNIT_DURATION, 0, "0s"},
    {OH_UNIT_DURATION, -0.0, "0s"},
    {OH_UNIT_DURATION, -90, "-90s"},
    {OH_UNIT_CLOCK, 25200, "07:00"},
    {OH_UNIT_CLOCK, 25230, "07:00:30"},
    {OH_UNIT_CLOCK, 86400, "24:00"},
    {OH_UNIT_RATE, 120.0 / 3600, "120/h"},
    {OH_UNIT_RATE, 17600.0 / 3600, "17600/h"},
    {OH_UNIT_RATE, 0.5, "1800/h"},
    {OH_UNIT_SHARE, 0.43, "43%"},
    {OH_UNIT_SHARE, 0.043, "4.3%"},
    {OH_UNIT_SHARE, 1.0 / 3, "33.33333333333333%"},
    {OH_UNIT_SHARE, 0, "0%"},
    {OH_UNIT_NUMBER, 0.1, "0.1"},
    {OH_UNIT_COUNT, 1850, "1850"},
};

static void canonical_forms_are_short(void **state) {
    char buffer[48];
    for (size_t i = 0; i < N_OF(printed); i++)
        assert_string_equal(oh_unit_print(printed[i].unit, printed[i].value, buffer, sizeof buffer),
                            printed[i].text);
}

/* xorshift64*, enough to reach all magnitudes and all last digits */
static uint64_t next_random(uint64_t *x) {
    *x ^= *x >> 12;
    *x ^= *x << 25;
    *x ^= *x >> 27;
    return *x * UINT64_C(2685821657736338717);
}

static double random_value(enum oh_unit unit, uint64_t *x) {
    double fraction = (double)(next_random(x) >> 11) * 0x1p-53;
    if (unit == OH_UNIT_CLOCK)
        return floor(fraction * 86400);
    if (unit == OH_UNIT_COUNT)
        return floor(fraction * 1e12);
    double value = fraction * pow(10, (double)(next_random(x) % 16) - 6);
    uint64_t kind = next_random(x) % 4; /* as drawn, whole, two decimals, negative */
    value = kind == 1 ? floor(value) : kind == 2 ? floor(value * 100) / 100 : value;
    return kind == 3 ? -value : value;
}

static void reading_back_gives_the_same_double(void **state) {
    char buffer[48];
    uint64_t x = 2015;
    for (int i = 0; i < 60000; i++) {
        enum oh_unit unit = (enum oh_unit)(i % OH_N_UNITS);
        double value = random_value(unit, &x);
        oh_unit_print(unit, value, buffer, sizeof buffer);
        struct oh_parse parse = oh_unit_parse(unit, buffer, strlen(buffer));
        if (parse.status != OH_PARSE_OK || parse.value != value)
            fail_msg("%.17g is printed '%s' and read %.17g", value, buffer, parse.value);
    }
}

static void examples_parse(void **state) {
    for (int unit = 0; unit < OH_N_UNITS; unit++) {
        const char *example = oh_unit_example((enum oh_unit)unit);
        size_t first = strcspn(example, ", ");
        assert_int_equal(oh_unit_parse((enum oh_unit)unit, example, first).status, OH_PARSE_OK);
    }
}

static void text_behind_the_length_is_not_read(void **state) {
    assert_int_equal(oh_unit_parse(OH_UNIT_DURATION, "20sec", 3).status, OH_PARSE_OK);
    assert_float_equal(oh_unit_parse(OH_UNIT_NUMBER, "1234", 2).value, 12, 0);
    assert_int_equal(oh_unit_parse(OH_UNIT_CLOCK, "07:00", 4).status, OH_PARSE_NOT_A_NUMBER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_are_read_to_the_nearest_double),
        cmocka_unit_test(refusals_say_why_and_where),
        cmocka_unit_test(canonical_forms_are_short),
        cmocka_unit_test(reading_back_gives_the_same_double),
        cmocka_unit_test(examples_parse),
        cmocka_unit_test(text_behind_the_length_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
