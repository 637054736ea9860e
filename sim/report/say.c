#include "report/say.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define NOTHING   "\xE2\x80\x93" /* – */
#define PLUSMINUS "\xC2\xB1"     /* ± */
#define AT_MOST   "\xE2\x89\xA4" /* ≤ */
#define AT_LEAST  "\xE2\x89\xA5" /* ≥ */

#define ALMOST 1e-9 /* of a digit: 0.01 is 0.01 whatever its last bit */

enum { MOST_DECIMALS = 6 };

/* Decimals at which the half-width has one digit; three significant digits where there is no interval. `small` is the
 * distance from the nearest value that must not be mistaken for it (0 of a count, 0 and 1 of a share). */
static int decimals_of(double value, double half, double small, int least, int most) {
    double decimals = 0;
    if (half > 0) {
        decimals = ceil(-log10(half) - ALMOST);
        decimals -= round(half * pow(10, decimals)) >= 10; /* 0.097 is 0.1, not 0.10 */
    } else if (value != 0)
        decimals = 2 - floor(log10(fabs(value)));
    if (small > 0)
        decimals = fmax(decimals, ceil(-log10(small) - ALMOST));
    return (int)fmin(fmax(decimals, least), most);
}

static const double powers[MOST_DECIMALS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

/* Fixed decimals through integers, which no locale touches; thousands separated. */
static void print_fixed(double value, int decimals, char *buffer, size_t size) {
    double scaled = round(fabs(value) * powers[decimals]);
    if (scaled >= 1e15) {
        oh_number_print(value, 6, buffer, size);
        return;
    }
    double whole = floor(scaled / powers[decimals]);
    double rest = (scaled - whole * powers[decimals]) * powers[MOST_DECIMALS - decimals];
    char digits[32], fraction[24];
    oh_count_say(whole, digits, sizeof digits);
    snprintf(fraction, sizeof fraction, "%06lld", (long long)rest); /* MOST_DECIMALS digits */
    const char *sign = value < 0 && scaled > 0 ? "-" : "";
    snprintf(buffer, size, "%s%s%s%.*s", sign, digits, decimals > 0 ? "." : "", decimals, fraction);
}

/* A half-width above 0 is never shown as 0. */
static void print_margin(double half, int decimals, const char *unit, char *buffer, size_t size) {
    char number[40];
    double least = 1 / powers[decimals];
    bool is_hidden = half > 0 && half < least / 2;
    print_fixed(is_hidden ? least : half, decimals, number, sizeof number);
    snprintf(buffer, size, "%s%s%s%s", PLUSMINUS, is_hidden ? "<" : "", number, unit);
}

static struct oh_said say_share(const struct oh_estimate *e) {
    struct oh_said said = {"", ""};
    double half = oh_half_width(e);
    bool is_edge = e->value <= 0 || e->value >= 1;
    int decimals =
        decimals_of(e->value * 100, half * 100, 100 * fmin(e->value, 1 - e->value), 1, 4);
    char number[40];
    print_fixed(e->value * 100, is_edge ? 0 : decimals, number, sizeof number);
    snprintf(said.value, sizeof said.value, "%s%%", number);
    if (isnan(half))
        return said;
    if (!is_edge) {
        print_margin(half * 100, decimals, "", said.margin, sizeof said.margin);
        return said;
    }
    bool is_none = e->value <= 0;
    double scaled = 100 * powers[decimals] * (is_none ? e->high : e->low);
    double outward = is_none ? ceil(scaled - ALMOST) : floor(scaled + ALMOST);
    print_fixed(outward / powers[decimals], decimals, number, sizeof number);
    snprintf(said.margin, sizeof said.margin, "%s%s%%", is_none ? AT_MOST : AT_LEAST, number);
    return said;
}

/* Plain numbers; whole ones above 100. */
static struct oh_said say_number(double value, double half, int least, int most, const char *unit) {
    struct oh_said said = {"", ""};
    bool is_whole = !(half > 0) && value == floor(value) && least == 0;
    int decimals = is_whole || fabs(value) >= 99.95 ? 0 : decimals_of(value, half, 0, least, most);
    char number[40];
    print_fixed(value, decimals, number, sizeof number);
    snprintf(said.value, sizeof said.value, "%s%s", number, unit);
    if (isnan(half))
        return said;
    int margin_decimals = half > 0 && half < 0.95 && decimals == 0 ? 1 : decimals;
    print_margin(half, half > 0 ? margin_decimals : 0, unit, said.margin, sizeof said.margin);
    return said;
}

/* Nothing was seen: how much there may be. */
static struct oh_said say_none(double high, int most, const char *unit) {
    struct oh_said said = {"0", ""};
    char number[40];
    print_fixed(high, high >= 99.95 ? 0 : decimals_of(high, high, 0, 0, most), number,
                sizeof number);
    snprintf(said.margin, sizeof said.margin, "%s%s%s", AT_MOST, number, unit);
    return said;
}

static void print_margin_seconds(double half, int decimals, char *buffer, size_t size) {
    if (half < 59.95) {
        print_margin(half, half == 0 ? 0 : decimals, " s", buffer, size);
        return;
    }
    char duration[40];
    snprintf(buffer, size, PLUSMINUS "%s", oh_duration_say(half, duration, sizeof duration));
}

/* Below ten minutes with decimals, where the interval is worth it. */
static void print_seconds(double value, int decimals, char *buffer, size_t size) {
    char number[24];
    double rounded = round(value * powers[decimals]) / powers[decimals];
    int minutes = (int)(rounded / 60);
    print_fixed(rounded - 60 * minutes, decimals, number, sizeof number);
    if (minutes > 0)
        snprintf(buffer, size, "%d min %s s", minutes, number);
    else
        snprintf(buffer, size, "%s s", number);
}

static struct oh_said with_minus(struct oh_said said) {
    memmove(said.value + 1, said.value, sizeof said.value - 2);
    said.value[0] = '-';
    return said;
}

static struct oh_said say_seconds(double value, double half) {
    struct oh_said said = {"", ""};
    if (value < 0)
        return with_minus(say_seconds(-value, half));
    double size = fabs(value);
    int decimals = decimals_of(value, half, 0, size < 9.95 ? 1 : 0, 4);
    bool is_short = round(size * powers[decimals]) < 60 * powers[decimals];
    if (value == 0 && !(half > 0)) {
        snprintf(said.value, sizeof said.value, "0 s");
    } else if (is_short || (value > 0 && size < 600 && half < 0.95)) {
        print_seconds(value, decimals, said.value, sizeof said.value);
    } else {
        oh_duration_say(round(value), said.value, sizeof said.value);
        decimals = decimals_of(half, half, 0, 0, 4);
    }
    if (!isnan(half))
        print_margin_seconds(half, decimals, said.margin, sizeof said.margin);
    return said;
}

struct oh_said oh_say(const struct oh_estimate *e, enum oh_metric_unit unit) {
    if (isnan(e->value))
        return (struct oh_said){NOTHING, ""};
    if (isinf(e->value))
        return (struct oh_said){"for ever", ""};
    switch (unit) {
    case OH_M_SHARE:
        return say_share(e);
    case OH_M_SECONDS:
        return say_seconds(e->value, oh_half_width(e));
    case OH_M_MONEY:
        if (e->value == 0 && !(oh_half_width(e) > 0))
            return (struct oh_said){"0", ""};
        return say_number(e->value, oh_half_width(e), 2, 4, "");
    case OH_M_RATIO:
        return say_number(e->value, oh_half_width(e), 2, 4, "");
    case OH_M_CONTACTS:
    case OH_M_AGENTS:
        break;
    }
    if (e->value == 0 && e->low >= 0 && e->high > 0)
        return say_none(e->high, 4, "");
    return say_number(e->value, oh_half_width(e), 0, 3, "");
}

static struct oh_said say_size(double size, double half, enum oh_metric_unit unit,
                               const char *points) {
    switch (unit) {
    case OH_M_SHARE:
        return say_number(100 * size, 100 * half, 1, 4, points);
    case OH_M_SECONDS:
        return say_seconds(size, half);
    case OH_M_RATIO:
    case OH_M_MONEY:
        return say_number(size, half, 2, 4, "");
    case OH_M_CONTACTS:
    case OH_M_AGENTS:
        break;
    }
    return say_number(size, half, 0, 3, "");
}

void oh_say_size(double size, double half, enum oh_metric_unit unit, struct oh_text *to) {
    oh_text_puts(to, say_size(fabs(size), half, unit, " points").value);
}

void oh_say_limits(double low, double high, enum oh_metric_unit unit, struct oh_text *to) {
    double half = (high - low) / 2;
    oh_text_printf(to, "%s%s to ", low < 0 ? "-" : "", say_size(fabs(low), half, unit, "").value);
    oh_text_printf(to, "%s%s", high < 0 ? "-" : "", say_size(fabs(high), half, unit, "").value);
}

struct oh_said oh_say_hours(const struct oh_estimate *e) {
    if (isnan(e->value))
        return (struct oh_said){NOTHING, ""};
    return say_number(e->value / 3600, oh_half_width(e) / 3600, 1, 3, " h");
}

static void say_unfinished(double share, struct oh_text *to) {
    struct oh_estimate e = {share, share - 0.01, share + 0.01}; /* to a tenth of a point */
    oh_text_printf(to, "; %s were still waiting when the run ended", oh_say(&e, OH_M_SHARE).value);
}

void oh_say_headline(const struct oh_estimate *reached, const struct oh_estimate *wait,
                     double unfinished, double offered, struct oh_text *to) {
    struct oh_said share = oh_say(reached, OH_M_SHARE), duration = oh_say(wait, OH_M_SECONDS);
    bool is_much = unfinished > OH_MUCH_UNFINISHED * offered;
    if (isnan(reached->value) && !is_much) {
        oh_text_puts(to, "no contact asked for a person");
        return;
    }
    if (!(reached->value > 0))
        oh_text_puts(to, "nobody reached a person");
    else
        oh_text_printf(to, "%s reached a person", share.value);
    if (wait->value > 0)
        oh_text_printf(to, ", after %s on average", duration.value);
    else if (wait->value == 0)
        oh_text_puts(to, ", without waiting");
    if (is_much)
        say_unfinished(unfinished / offered, to);
}
