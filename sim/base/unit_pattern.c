/* What units.c reads, as regular expressions that ECMAScript and Python agree on: for the schema that editors check
 * with. Nothing that the language measures is negative. */
#include "base/units.h"

#include "base/assert.h"

#define NUMBER "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?"

static void put_time_units(struct oh_text *to) {
    const char *name;
    for (size_t i = 0; (name = oh_time_unit_name(i)) != NULL; i++)
        oh_text_printf(to, "%s%s", i == 0 ? "(?:" : "|", name);
    oh_text_puts(to, ")");
}

static void put_number(struct oh_text *to) {
    oh_text_puts(to, "\\+?" NUMBER);
}

static void put_duration(struct oh_text *to) {
    oh_text_puts(to, "\\+?" NUMBER "\\s*");
    put_time_units(to);
    oh_text_puts(to, "(?:\\s*" NUMBER "\\s*");
    put_time_units(to);
    oh_text_puts(to, ")*");
}

static void put_clock(struct oh_text *to) {
    oh_text_puts(to, "(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|24:00(?::00)?");
}

static void put_rate(struct oh_text *to) {
    oh_text_puts(to, "\\+?" NUMBER "\\s*(?:/|(?:per|an|a)\\s)\\s*");
    put_time_units(to);
}

static void put_share(struct oh_text *to) {
    oh_text_puts(to, "\\+?" NUMBER "\\s*(?:%|percent)");
}

void oh_unit_pattern(enum oh_unit unit, struct oh_text *to) {
    static void (*const patterns[OH_N_UNITS])(struct oh_text * to) = {
        [OH_UNIT_NUMBER] = put_number,     [OH_UNIT_COUNT] = put_number,
        [OH_UNIT_DURATION] = put_duration, [OH_UNIT_CLOCK] = put_clock,
        [OH_UNIT_RATE] = put_rate,         [OH_UNIT_SHARE] = put_share};
    OH_ARGUMENT((unsigned)unit < OH_N_UNITS);
    patterns[unit](to);
}
