#include "base/quantity.h"

#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"

static const char *const titles[OH_N_UNITS] = {
    [OH_UNIT_NUMBER] = "a number",     [OH_UNIT_COUNT] = "a whole number",
    [OH_UNIT_DURATION] = "a duration", [OH_UNIT_CLOCK] = "a clock time",
    [OH_UNIT_RATE] = "a rate",         [OH_UNIT_SHARE] = "a share",
};

const char *oh_unit_title(enum oh_unit unit) {
    OH_ARGUMENT((unsigned)unit < OH_N_UNITS);
    return titles[unit];
}

/* What each failure is called; "%s" is the title of what was due. */
static const struct {
    enum oh_message_id id;
    const char *format;
} failures[] = {
    [OH_PARSE_NOT_A_NUMBER] = {OH_MSG_NOT_A_QUANTITY, "expected %s, found '%.*s'"},
    [OH_PARSE_MISSING_UNIT] = {OH_MSG_MISSING_UNIT, "expected %s, but '%.*s' has no unit"},
    [OH_PARSE_WRONG_UNIT] = {OH_MSG_WRONG_UNIT, "expected %s, found '%.*s'"},
    [OH_PARSE_TRAILING] = {OH_MSG_TRAILING_TEXT, "%s ends before '%.*s'"},
    [OH_PARSE_RANGE] = {OH_MSG_TOO_LARGE, "%s of '%.*s' is beyond what can be simulated"},
    [OH_PARSE_THOUSANDS] = {OH_MSG_THOUSANDS_COMMA, "%s has no comma in it: '%.*s'"},
    [OH_PARSE_NOT_INTEGRAL] = {OH_MSG_NOT_INTEGRAL, "expected %s, found '%.*s'"},
};

/* "write 20s, 5min or 1h30m"; for a bare number, that number with the units one could mean. */
static const char *hint_of(enum oh_unit unit, enum oh_parse_status status, const char *text,
                           size_t length, char *buffer, size_t size) {
    static const char *const units[OH_N_UNITS][2] = {[OH_UNIT_DURATION] = {"s", "min"},
                                                     [OH_UNIT_RATE] = {"/h", "/min"},
                                                     [OH_UNIT_SHARE] = {"%", NULL},
                                                     [OH_UNIT_CLOCK] = {":00", NULL}};
    const char *const *unit_names = units[unit];
    double value = 0;
    bool is_fraction = unit == OH_UNIT_SHARE && oh_number_parse(text, length, &value) > 0 &&
                       value > 0 && value <= 1;
    if (status == OH_PARSE_MISSING_UNIT && is_fraction) {
        char percent[32];
        oh_number_print(value * 100, 12, percent, sizeof percent);
        snprintf(buffer, size, "write %s%%", percent);
    } else if (status == OH_PARSE_MISSING_UNIT && unit_names[0] != NULL && length < 24) {
        snprintf(buffer, size, unit_names[1] != NULL ? "write %.*s%s or %.*s%s" : "write %.*s%s",
                 (int)length, text, unit_names[0], (int)length, text, unit_names[1]);
    } else if (status == OH_PARSE_THOUSANDS) {
        snprintf(buffer, size, "write it without separators");
    } else if (unit == OH_UNIT_NUMBER || unit == OH_UNIT_COUNT) {
        snprintf(buffer, size, "write %s%s, such as %s", titles[unit],
                 status == OH_PARSE_NOT_INTEGRAL ? "" : " without a unit", oh_unit_example(unit));
    } else {
        snprintf(buffer, size, "write %s", oh_unit_example(unit));
    }
    return buffer;
}

bool oh_quantity_read(enum oh_unit unit, const char *text, size_t length, struct oh_place place,
                      double *value, struct oh_diagnostics *diagnostics) {
    struct oh_parse parse = oh_unit_parse(unit, text, length);
    *value = parse.value;
    if (parse.status == OH_PARSE_OK)
        return true;
    enum oh_parse_status status = parse.status;
    const char *shown = text;
    size_t shown_length = length, offset = 0;
    char hint[128];
    hint_of(unit, status, text, length, hint, sizeof hint);
    if (status == OH_PARSE_TRAILING) {
        while (text[parse.at] == ' ')
            parse.at++;
        shown += parse.at;
        shown_length -= parse.at;
        offset = oh_utf8_length(text, parse.at);
    }
    oh_diag_add(diagnostics, failures[status].id,
                oh_place_within(place, offset, oh_utf8_length(shown, shown_length)), hint,
                failures[status].format, titles[unit], (int)shown_length, shown);
    return false;
}
