#include "base/units.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"

/* 317 years: in microseconds far from the limit of the integer clock, even when thousands of them are added. */
static const double LONGEST_S = 1e10;
static const double LARGEST_COUNT = 9007199254740992.0; /* 2^53: integers above are not exact */

/* One row a spelling. A unit is `seconds` x 10^`exponent`: the power of ten goes into the reading of the decimal, so
 * that "250ms" is the double nearest to 0.25. */
struct time_unit {
    const char *name;
    double seconds;
    int exponent;
};
static const struct time_unit time_units[] = {
    {"us", 1, -6},       {"\xC2\xB5s", 1, -6}, {"microsecond", 1, -6}, {"microseconds", 1, -6},
    {"ms", 1, -3},       {"msec", 1, -3},      {"millisecond", 1, -3}, {"milliseconds", 1, -3},
    {"s", 1, 0},         {"sec", 1, 0},        {"secs", 1, 0},         {"second", 1, 0},
    {"seconds", 1, 0},   {"m", 60, 0},         {"min", 60, 0},         {"mins", 60, 0},
    {"minute", 60, 0},   {"minutes", 60, 0},   {"h", 3600, 0},         {"hr", 3600, 0},
    {"hrs", 3600, 0},    {"hour", 3600, 0},    {"hours", 3600, 0},     {"d", 86400, 0},
    {"day", 86400, 0},   {"days", 86400, 0},   {"w", 604800, 0},       {"week", 604800, 0},
    {"weeks", 604800, 0}};

const char *oh_time_unit_name(size_t i) {
    return i < sizeof time_units / sizeof time_units[0] ? time_units[i].name : NULL;
}

/* What is being read, and how far. */
struct reader {
    const char *text;
    size_t at, end;
};

static struct oh_parse result(enum oh_parse_status status, double value, size_t at, size_t width) {
    return (struct oh_parse){.status = status, .value = value, .at = at, .width = width};
}

static struct oh_parse failed(enum oh_parse_status status, const struct reader *in, size_t from) {
    return result(status, 0, from, in->end > from ? in->end - from : 0);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit_at(const struct reader *in, size_t at) {
    return at < in->end && in->text[at] >= '0' && in->text[at] <= '9';
}

static void skip_blanks(struct reader *in) {
    while (in->at < in->end && is_blank(in->text[in->at]))
        in->at++;
}

static struct reader reader_of(const char *text, size_t length) {
    struct reader in = {.text = text, .end = length};
    while (in.end > 0 && is_blank(text[in.end - 1]))
        in.end--;
    skip_blanks(&in);
    return in;
}

/* Bytes of a word: letters, and anything beyond ASCII, as in the Greek of microseconds. */
static size_t word_length(const struct reader *in) {
    size_t n = 0;
    while (in->at + n < in->end) {
        unsigned char c = (unsigned char)in->text[in->at + n];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c < 0x80)
            break;
        n++;
    }
    return n;
}

static bool is_word(const struct reader *in, size_t length, const char *word) {
    return strlen(word) == length && memcmp(in->text + in->at, word, length) == 0;
}

static const struct time_unit *find_time_unit(const struct reader *in, size_t length) {
    for (size_t i = 0; i < sizeof time_units / sizeof time_units[0]; i++)
        if (is_word(in, length, time_units[i].name))
            return &time_units[i];
    return NULL;
}

/* A comma and three digits right behind a number: a thousands separator. */
static bool is_thousands_comma(const struct reader *in) {
    size_t at = in->at;
    return at < in->end && in->text[at] == ',' && is_digit_at(in, at + 1) &&
           is_digit_at(in, at + 2) && is_digit_at(in, at + 3) && !is_digit_at(in, at + 4);
}

/* A number; on success `in` stands behind it and OH_PARSE_OK is returned. */
static struct oh_parse read_number(struct reader *in) {
    size_t start = in->at;
    double value = 0;
    size_t n = oh_number_parse(in->text + in->at, in->end - in->at, &value);
    if (n == 0)
        return failed(OH_PARSE_NOT_A_NUMBER, in, start);
    in->at += n;
    if (is_thousands_comma(in))
        return failed(OH_PARSE_THOUSANDS, in, start);
    if (!isfinite(value))
        return result(OH_PARSE_RANGE, 0, start, n);
    return result(OH_PARSE_OK, value, start, n);
}

/* What is left over: a unit of another kind, or anything else. */
static struct oh_parse leftover(struct reader *in) {
    bool is_unit = word_length(in) > 0 || in->text[in->at] == '%' || in->text[in->at] == '/' ||
                   in->text[in->at] == ':';
    return failed(is_unit ? OH_PARSE_WRONG_UNIT : OH_PARSE_TRAILING, in, in->at);
}

static struct oh_parse parse_number(struct reader *in) {
    struct oh_parse number = read_number(in);
    if (number.status != OH_PARSE_OK)
        return number;
    skip_blanks(in);
    return in->at < in->end ? leftover(in) : number;
}

static struct oh_parse parse_count(struct reader *in) {
    struct oh_parse number = parse_number(in);
    if (number.status != OH_PARSE_OK)
        return number;
    if (fabs(number.value) > LARGEST_COUNT)
        return result(OH_PARSE_RANGE, 0, number.at, number.width);
    if (number.value != floor(number.value))
        return result(OH_PARSE_NOT_INTEGRAL, 0, number.at, number.width);
    return number;
}

/* Terms from the largest unit down: "1h30m", "2 min 30 s"; only the first may have a sign. */
static struct oh_parse parse_duration(struct reader *in) {
    size_t start = in->at;
    double sum = 0, previous_s = INFINITY;
    bool is_negative = false;
    do {
        struct oh_parse number = read_number(in);
        bool has_sign = in->text[number.at] == '-' || in->text[number.at] == '+';
        if (number.at > start && (number.status == OH_PARSE_NOT_A_NUMBER || has_sign))
            return failed(OH_PARSE_TRAILING, in, number.at);
        if (number.status != OH_PARSE_OK)
            return number;
        is_negative = is_negative || in->text[number.at] == '-';
        skip_blanks(in);
        size_t n = word_length(in);
        if (n == 0 && in->at == in->end)
            return failed(OH_PARSE_MISSING_UNIT, in, number.at);
        const struct time_unit *unit = find_time_unit(in, n);
        if (unit == NULL)
            return n > 0 ? result(OH_PARSE_WRONG_UNIT, 0, in->at, n) : leftover(in);
        double unit_s = unit->seconds * pow(10, unit->exponent);
        if (unit_s >= previous_s)
            return failed(OH_PARSE_TRAILING, in, number.at);
        previous_s = unit_s;
        double term = 0;
        oh_number_parse_scaled(in->text + number.at, number.width, unit->exponent, &term);
        sum += fabs(term) * unit->seconds;
        in->at += n;
        skip_blanks(in);
    } while (in->at < in->end);
    if (!(sum <= LONGEST_S))
        return failed(OH_PARSE_RANGE, in, start);
    return result(OH_PARSE_OK, is_negative ? -sum : sum, start, in->end - start);
}

/* One part of a clock time, 1 or 2 digits; -1 if it is not one. */
static int clock_part(struct reader *in, size_t least_digits) {
    int value = 0;
    size_t digits = 0;
    for (; is_digit_at(in, in->at) && digits < 3; in->at++, digits++)
        value = value * 10 + (in->text[in->at] - '0');
    return digits >= least_digits && digits <= 2 ? value : -1;
}

static struct oh_parse parse_clock(struct reader *in) {
    size_t start = in->at;
    int part[3] = {0, 0, 0};
    for (int i = 0; i < 3; i++) {
        part[i] = clock_part(in, i == 0 ? 1 : 2);
        if (part[i] < 0)
            return failed(OH_PARSE_NOT_A_NUMBER, in, start);
        if (in->at >= in->end || in->text[in->at] != ':') {
            if (i == 0)
                return in->at >= in->end ? failed(OH_PARSE_MISSING_UNIT, in, start) : leftover(in);
            break;
        }
        if (i < 2)
            in->at++;
    }
    if (in->at < in->end)
        return failed(OH_PARSE_TRAILING, in, in->at);
    int seconds = part[0] * 3600 + part[1] * 60 + part[2];
    if (part[1] > 59 || part[2] > 59 || seconds > 86400)
        return failed(OH_PARSE_RANGE, in, start);
    return result(OH_PARSE_OK, seconds, start, in->end - start);
}

static bool skip_per(struct reader *in) {
    if (in->at < in->end && in->text[in->at] == '/') {
        in->at++;
    } else {
        size_t n = word_length(in);
        if (!is_word(in, n, "per") && !is_word(in, n, "an") && !is_word(in, n, "a"))
            return false;
        in->at += n;
    }
    skip_blanks(in);
    return true;
}

static struct oh_parse parse_rate(struct reader *in) {
    struct oh_parse number = read_number(in);
    if (number.status != OH_PARSE_OK)
        return number;
    skip_blanks(in);
    if (in->at >= in->end)
        return failed(OH_PARSE_MISSING_UNIT, in, number.at);
    size_t per = in->at;
    if (!skip_per(in))
        return leftover(in);
    size_t n = word_length(in);
    const struct time_unit *unit = find_time_unit(in, n);
    if (unit == NULL)
        return failed(OH_PARSE_WRONG_UNIT, in, per);
    in->at += n;
    if (in->at < in->end)
        return failed(OH_PARSE_TRAILING, in, in->at);
    double scaled = 0;
    oh_number_parse_scaled(in->text + number.at, number.width, -unit->exponent, &scaled);
    double rate_per_s = scaled / unit->seconds;
    if (!isfinite(rate_per_s))
        return failed(OH_PARSE_RANGE, in, number.at);
    return result(OH_PARSE_OK, rate_per_s, number.at, in->end - number.at);
}

static struct oh_parse parse_share(struct reader *in) {
    struct oh_parse number = read_number(in);
    if (number.status != OH_PARSE_OK)
        return number;
    skip_blanks(in);
    if (in->at >= in->end)
        return failed(OH_PARSE_MISSING_UNIT, in, number.at);
    size_t n = in->text[in->at] == '%' ? 1 : word_length(in);
    if (!is_word(in, n, "%") && !is_word(in, n, "percent"))
        return leftover(in);
    in->at += n;
    if (in->at < in->end)
        return failed(OH_PARSE_TRAILING, in, in->at);
    double share = 0;
    oh_number_parse_scaled(in->text + number.at, number.width, -2, &share);
    return result(OH_PARSE_OK, share, number.at, in->end - number.at);
}

static void append(char *buffer, size_t size, const char *unit) {
    size_t length = strlen(buffer);
    snprintf(buffer + length, size - length, "%s", unit);
}

/* `value` = text x 10^-exponent, for the shortest text that reads back. */
static void print_scaled(double value, int exponent, char *buffer, size_t size) {
    double scaled = value;
    char exact[32];
    oh_number_exact(value, exact, sizeof exact);
    oh_number_parse_scaled(exact, strlen(exact), exponent, &scaled);
    for (int digits = 15; digits <= 17; digits++) {
        double again = NAN;
        oh_number_print(scaled, digits, buffer, size);
        oh_number_parse_scaled(buffer, strlen(buffer), -exponent, &again);
        if (again == value)
            return;
    }
    /* No double times 10^exponent is near enough: move the exponent of the exact text itself. */
    char *e = strchr(exact, 'e');
    long old = 0;
    if (e != NULL) {
        old = strtol(e + 1, NULL, 10);
        *e = '\0';
    }
    snprintf(buffer, size, "%se%ld", exact, old + exponent);
}

static bool is_whole(double value) {
    return value == floor(value);
}

static void print_duration(double value, char *buffer, size_t size) {
    double s = fabs(value);
    const char *sign = value < 0 ? "-" : "";
    if (s > LONGEST_S || !is_whole(s)) {
        bool is_short = s < 1;
        print_scaled(value, is_short ? 3 : 0, buffer, size);
        append(buffer, size, is_short ? "ms" : "s");
        return;
    }
    long whole = (long)s;
    if (whole % 60 != 0 || whole == 0)
        snprintf(buffer, size, "%s%lds", sign, whole);
    else if (whole % 86400 == 0)
        snprintf(buffer, size, "%s%ldd", sign, whole / 86400);
    else if (whole % 3600 == 0)
        snprintf(buffer, size, "%s%ldh", sign, whole / 3600);
    else if (whole > 3600)
        snprintf(buffer, size, "%s%ldh%ldm", sign, whole / 3600, whole % 3600 / 60);
    else
        snprintf(buffer, size, "%s%ldmin", sign, whole / 60);
}

static void print_clock(double value, char *buffer, size_t size) {
    long s = lround(value);
    if (s % 60 == 0)
        snprintf(buffer, size, "%02ld:%02ld", s / 3600, s / 60 % 60);
    else
        snprintf(buffer, size, "%02ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

/* Per hour if that reads back to the same double, else per second, which always does. */
static void print_rate(double value, char *buffer, size_t size) {
    for (int digits = 12; digits <= 17 && isfinite(value * 3600); digits++) {
        oh_number_print(value * 3600, digits, buffer, size);
        append(buffer, size, "/h");
        struct oh_parse again = oh_unit_parse(OH_UNIT_RATE, buffer, strlen(buffer));
        if (again.status == OH_PARSE_OK && again.value == value)
            return;
    }
    oh_number_exact(value, buffer, size);
    append(buffer, size, "/s");
}

static void print_share(double value, char *buffer, size_t size) {
    print_scaled(value, 2, buffer, size);
    append(buffer, size, "%");
}

static void print_number(double value, char *buffer, size_t size) {
    oh_number_exact(value, buffer, size);
}

static void print_count(double value, char *buffer, size_t size) {
    snprintf(buffer, size, "%.0f", value);
}

static const struct {
    struct oh_parse (*parse)(struct reader *in);
    void (*print)(double value, char *buffer, size_t size);
    const char *example;
} kinds[OH_N_UNITS] = {
    [OH_UNIT_NUMBER] = {parse_number, print_number, "0.9 or 50"},
    [OH_UNIT_COUNT] = {parse_count, print_count, "50"},
    [OH_UNIT_DURATION] = {parse_duration, print_duration, "20s, 5min or 1h30m"},
    [OH_UNIT_CLOCK] = {parse_clock, print_clock, "07:00 or 17:30"},
    [OH_UNIT_RATE] = {parse_rate, print_rate, "120/h, 2/min or 0.5/s"},
    [OH_UNIT_SHARE] = {parse_share, print_share, "43%"},
};

struct oh_parse oh_unit_parse(enum oh_unit unit, const char *text, size_t length) {
    OH_ARGUMENT((unsigned)unit < OH_N_UNITS);
    struct reader in = reader_of(text, length);
    // cppcheck-suppress returnDanglingLifetime ; the result holds no pointer
    return kinds[unit].parse(&in);
}

const char *oh_unit_example(enum oh_unit unit) {
    OH_ARGUMENT((unsigned)unit < OH_N_UNITS);
    return kinds[unit].example;
}

const char *oh_unit_print(enum oh_unit unit, double value, char *buffer, size_t size) {
    OH_ARGUMENT((unsigned)unit < OH_N_UNITS && isfinite(value) && size >= 48);
    kinds[unit].print(value == 0 ? 0.0 : value, buffer, size);
    return buffer;
}
