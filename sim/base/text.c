#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"

/* The C locale for this thread only: users of the library may have called setlocale, and other threads go on meanwhile.
 * In glibc the "C" locale object is static, so this neither allocates nor fails. */
struct locale_guard {
    locale_t mine, previous;
};

static struct locale_guard c_locale_enter(void) {
    struct locale_guard guard = {.mine = newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    guard.previous = uselocale(guard.mine);
    return guard;
}

static void c_locale_leave(struct locale_guard guard) {
    uselocale(guard.previous);
    if (guard.mine != (locale_t)0)
        freelocale(guard.mine);
}

void oh_text_fini(struct oh_text *text) {
    free(text->data);
    *text = (struct oh_text){0};
}

static void reserve(struct oh_text *text, size_t more) {
    OH_ARGUMENT(more < SIZE_MAX / 4 && text->length < SIZE_MAX / 4);
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity > 0 ? text->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    text->data = oh_realloc_array(text->data, capacity, 1);
    text->capacity = capacity;
}

void oh_text_append(struct oh_text *text, const char *data, size_t length) {
    reserve(text, length);
    if (length > 0)
        memcpy(text->data + text->length, data, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void oh_text_puts(struct oh_text *text, const char *string) {
    oh_text_append(text, string, strlen(string));
}

void oh_text_printf(struct oh_text *text, const char *format, ...) {
    OH_ARGUMENT(format != NULL);
    struct locale_guard guard = c_locale_enter();
    va_list measure, print;
    va_start(measure, format);
    va_copy(print, measure);
    int length = vsnprintf(NULL, 0, format, measure);
    va_end(measure);
    OH_INVARIANT(length >= 0);
    reserve(text, (size_t)length);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, print);
    va_end(print);
    text->length += (size_t)length;
    c_locale_leave(guard);
}

void oh_text_wrap(struct oh_text *to, const char *text, int indent, int width) {
    for (int at = indent; *text != '\0';) {
        size_t length = strcspn(text, " \n");
        int columns = (int)oh_utf8_length(text, length);
        if (at > indent && at + 1 + columns > width) {
            oh_text_printf(to, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            oh_text_puts(to, " ");
            at++;
        }
        oh_text_append(to, text, length);
        at += columns;
        text += length;
        text += strspn(text, " \n");
    }
    oh_text_puts(to, "\n");
}

__attribute__((format(printf, 3, 4))) static void c_print(char *buffer, size_t size,
                                                          const char *format, ...) {
    struct locale_guard guard = c_locale_enter();
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    c_locale_leave(guard);
    OH_ARGUMENT(length >= 0 && (size_t)length < size);
}

const char *oh_number_print(double value, int digits, char *buffer, size_t size) {
    OH_ARGUMENT(isfinite(value) && digits >= 1 && digits <= 17);
    c_print(buffer, size, "%.*g", digits, value == 0 ? 0.0 : value);
    return buffer;
}

const char *oh_number_exact(double value, char *buffer, size_t size) {
    /* 15 digits that read back are the shortest, as trailing zeros are dropped; subnormal numbers may need fewer. */
    int digits = fabs(value) < DBL_MIN ? 1 : 15;
    for (; digits <= 17; digits++) {
        double again = NAN;
        oh_number_print(value, digits, buffer, size);
        oh_number_parse(buffer, strlen(buffer), &again);
        if (again == value)
            break;
    }
    return buffer;
}

static bool is_digit(const char *text, size_t length, size_t at) {
    return at < length && text[at] >= '0' && text[at] <= '9';
}

static size_t skip_digits(const char *text, size_t length, size_t at) {
    while (is_digit(text, length, at))
        at++;
    return at;
}

/* Bytes of [+-]digits[.digits], 0 if there is no digit. */
static size_t mantissa_length(const char *text, size_t length) {
    size_t start = length > 0 && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    size_t end = skip_digits(text, length, start), digits = end - start;
    if (end < length && text[end] == '.') {
        size_t after = skip_digits(text, length, end + 1);
        digits += after - end - 1;
        end = after;
    }
    return digits > 0 ? end : 0;
}

/* Reads e[+-]digits at `at`, if complete; large exponents saturate, they give 0 or infinity anyway. */
static size_t exponent_parse(const char *text, size_t length, size_t at, long *exponent) {
    *exponent = 0;
    if (at >= length || (text[at] != 'e' && text[at] != 'E'))
        return at;
    size_t digit = at + 1;
    bool negative = digit < length && text[digit] == '-';
    if (digit < length && (text[digit] == '-' || text[digit] == '+'))
        digit++;
    if (!is_digit(text, length, digit))
        return at;
    for (; is_digit(text, length, digit); digit++)
        if (*exponent < 100000000)
            *exponent = *exponent * 10 + (text[digit] - '0');
    if (negative)
        *exponent = -*exponent;
    return digit;
}

size_t oh_number_parse_scaled(const char *text, size_t length, int exponent, double *value) {
    size_t mantissa = mantissa_length(text, length);
    if (mantissa == 0)
        return 0;
    long written;
    size_t end = exponent_parse(text, length, mantissa, &written);

    enum { ROOM_FOR_EXPONENT = 24 };
    char small[128];
    size_t size = mantissa + ROOM_FOR_EXPONENT;
    char *copy = size <= sizeof small ? small : oh_malloc(size);
    memcpy(copy, text, mantissa);
    snprintf(copy + mantissa, ROOM_FOR_EXPONENT, "e%ld", written + exponent);
    struct locale_guard guard = c_locale_enter();
    *value = strtod(copy, NULL);
    c_locale_leave(guard);
    if (copy != small)
        free(copy);
    return end;
}

size_t oh_number_parse(const char *text, size_t length, double *value) {
    return oh_number_parse_scaled(text, length, 0, value);
}

double oh_number_settle(double value) {
    if (!isfinite(value))
        return value;
    char digits[48];
    oh_number_print(value, 12, digits, sizeof digits);
    double settled = value;
    oh_number_parse(digits, strlen(digits), &settled);
    return settled;
}

/* Two neighbouring units, the smaller left out when it is zero. */
static void say_pair(char *buffer, size_t size, const char *sign, double seconds, double large,
                     const char *large_name, double small, const char *small_name) {
    double units = round(seconds / small), per_large = large / small;
    double whole = floor(units / per_large), rest = units - whole * per_large;
    if (rest > 0)
        c_print(buffer, size, "%s%.0f %s %.0f %s", sign, whole, large_name, rest, small_name);
    else
        c_print(buffer, size, "%s%.0f %s", sign, whole, large_name);
}

const char *oh_duration_say(double seconds, char *buffer, size_t size) {
    const double minute = 60, hour = 3600, day = 86400;
    const char *sign = seconds < 0 ? "-" : "";
    double s = fabs(seconds);
    if (isnan(s))
        c_print(buffer, size, "unknown");
    else if (isinf(s))
        c_print(buffer, size, "%sfor ever", sign);
    else if (s < 0.0005)
        c_print(buffer, size, "0 s");
    else if (s < 0.0995)
        c_print(buffer, size, "%s%.2g ms", sign, s * 1000);
    else if (s < 59.95)
        c_print(buffer, size, "%s%.3g s", sign, s);
    else if (s < hour - 0.5)
        say_pair(buffer, size, sign, s, minute, "min", 1, "s");
    else if (s < day - minute / 2)
        say_pair(buffer, size, sign, s, hour, "h", minute, "min");
    else
        say_pair(buffer, size, sign, s, day, "d", hour, "h");
    return buffer;
}

const char *oh_count_say(double count, char *buffer, size_t size) {
    if (!isfinite(count)) {
        c_print(buffer, size, "%s",
                isnan(count) ? "unknown"
                : count > 0  ? "infinite"
                             : "-infinite");
        return buffer;
    }
    if (fabs(count) < 99.95)
        return oh_number_print(count, 3, buffer, size);

    char digits[DBL_MAX_10_EXP + 16];
    c_print(digits, sizeof digits, "%.0f", fabs(count));
    size_t n = strlen(digits), at = 0;
    OH_ARGUMENT(n + n / 3 + 2 < size);
    if (count < 0)
        buffer[at++] = '-';
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buffer[at++] = ',';
        buffer[at++] = digits[i];
    }
    buffer[at] = '\0';
    return buffer;
}

/* Table 3-7 of the Unicode standard: neither overlong forms nor surrogates nor beyond U+10FFFF. 0 if ill-formed. */
static size_t well_formed(const unsigned char *s, size_t bytes) {
    static const struct {
        unsigned char first, last, second_low, second_high;
        size_t length;
    } rows[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        if (s[0] < rows[r].first || s[0] > rows[r].last)
            continue;
        if (rows[r].length > bytes)
            return 0;
        if (rows[r].length > 1 && (s[1] < rows[r].second_low || s[1] > rows[r].second_high))
            return 0;
        for (size_t i = 2; i < rows[r].length; i++)
            if (s[i] < 0x80 || s[i] > 0xBF)
                return 0;
        return rows[r].length;
    }
    return 0;
}

size_t oh_utf8_step(const char *text, size_t bytes) {
    size_t length = well_formed((const unsigned char *)text, bytes);
    return length > 0 ? length : 1;
}

size_t oh_utf8_length(const char *text, size_t bytes) {
    size_t characters = 0;
    for (size_t at = 0; at < bytes; at += oh_utf8_step(text + at, bytes - at))
        characters++;
    return characters;
}

bool oh_utf8_is_valid(const char *text, size_t bytes, size_t *at) {
    for (size_t i = 0, step; i < bytes; i += step) {
        step = well_formed((const unsigned char *)text + i, bytes - i);
        if (step == 0) {
            *at = i;
            return false;
        }
    }
    return true;
}
