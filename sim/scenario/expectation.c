#include "scenario/expectation.h"

#include <math.h>
#include <string.h>

#include "base/names.h"
#include "base/quantity.h"

/* ---- a reader over the text of a condition ---- */

struct reader {
    const char *text;
    size_t at, end;
    struct oh_place place;
    struct oh_diagnostics *diagnostics;
};

static struct oh_place place_of(const struct reader *r, size_t at, size_t n) {
    return oh_place_within(r->place, oh_utf8_length(r->text, at), oh_utf8_length(r->text + at, n));
}

static void skip_blanks(struct reader *r) {
    while (r->at < r->end && (r->text[r->at] == ' ' || r->text[r->at] == '\t'))
        r->at++;
}

/* Takes `word` if it stands next; words of letters must end there. */
static bool take(struct reader *r, const char *word) {
    size_t n = strlen(word);
    skip_blanks(r);
    if (r->end - r->at < n || memcmp(r->text + r->at, word, n) != 0)
        return false;
    bool is_word = word[0] >= 'a' && word[0] <= 'z';
    if (is_word && r->at + n < r->end && r->text[r->at + n] != ' ')
        return false;
    r->at += n;
    return true;
}

static bool take_plus_minus(struct reader *r) {
    return take(r, "\xC2\xB1") || take(r, "+/-") || take(r, "+-");
}

/* Where the quantity that starts here ends: at a word of the condition, or at the end. */
static size_t quantity_end(const struct reader *r) {
    static const char *const stops[] = {"\xC2\xB1", "+/-", "+-", " and ", " relative"};
    size_t end = r->end;
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        const char *found = strstr(r->text + r->at, stops[i]);
        if (found != NULL && (size_t)(found - r->text) < end)
            end = (size_t)(found - r->text);
    }
    while (end > r->at && r->text[end - 1] == ' ')
        end--;
    return end;
}

/* The unit is what the literal shows. */
static enum oh_unit unit_shown(const char *text, size_t n) {
    static const enum oh_unit tried[] = {OH_UNIT_NUMBER, OH_UNIT_SHARE, OH_UNIT_DURATION,
                                         OH_UNIT_RATE};
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++)
        if (oh_unit_parse(tried[i], text, n).status == OH_PARSE_OK)
            return tried[i];
    return OH_N_UNITS;
}

static bool bad_condition(const struct reader *r, size_t at, size_t n, const char *what) {
    oh_diag_add(r->diagnostics, OH_MSG_BAD_CONDITION, place_of(r, at, n),
                "43% \xC2\xB1 1%, at least 40%, at most 5% or between 40% and 45%", "%s", what);
    return false;
}

/* Of " USD" at the end of an amount of money. */
static size_t currency_length(const char *text, size_t n) {
    size_t letters = 0;
    while (letters < n && text[n - 1 - letters] >= 'A' && text[n - 1 - letters] <= 'Z')
        letters++;
    if (letters != 3 || letters == n)
        return 0;
    while (letters < n && text[n - 1 - letters] == ' ')
        letters++;
    return letters;
}

static bool read_quantity(struct reader *r, enum oh_unit *unit, double *value) {
    skip_blanks(r);
    size_t end = quantity_end(r), n = end - r->at;
    n -= currency_length(r->text + r->at, n); /* all money of a scenario is in one */
    if (n == 0)
        return bad_condition(r, r->at, 0, "a value is missing");
    *unit = unit_shown(r->text + r->at, n);
    enum oh_unit read_as = *unit < OH_N_UNITS ? *unit : OH_UNIT_SHARE;
    if (*unit == OH_N_UNITS &&
        oh_unit_parse(read_as, r->text + r->at, n).status == OH_PARSE_WRONG_UNIT)
        read_as = OH_UNIT_DURATION;
    if (!oh_quantity_read(read_as, r->text + r->at, n, place_of(r, r->at, n), value,
                          r->diagnostics))
        return false;
    r->at = end;
    return true;
}

/* What a metric is compared with: no share is below 0% or above 100%. */
static bool read_limit(struct reader *r, enum oh_unit *unit, double *value) {
    skip_blanks(r);
    size_t start = r->at;
    if (!read_quantity(r, unit, value))
        return false;
    if (*unit != OH_UNIT_SHARE || (*value >= 0 && *value <= 1))
        return true;
    oh_diag_add(r->diagnostics, OH_MSG_OUT_OF_BOUNDS, place_of(r, start, r->at - start),
                *value < 0 ? "a share is at least 0%" : "a share is at most 100%",
                "'%.*s' is too %s for a share", (int)(r->at - start), r->text + start,
                *value < 0 ? "small" : "large");
    return false;
}

static bool at_end(struct reader *r) {
    skip_blanks(r);
    if (r->at >= r->end)
        return true;
    oh_diag_add(r->diagnostics, OH_MSG_TRAILING_TEXT, place_of(r, r->at, r->end - r->at), NULL,
                "the condition ends before '%.*s'", (int)(r->end - r->at), r->text + r->at);
    return false;
}

static struct reader reader_of(const char *text, struct oh_place place,
                               struct oh_diagnostics *diagnostics) {
    return (struct reader){text, 0, strlen(text), place, diagnostics};
}

/* ---- margins ---- */

static bool read_margin(struct reader *r, struct oh_margin *margin) {
    skip_blanks(r);
    size_t start = r->at;
    if (!read_quantity(r, &margin->unit, &margin->value))
        return false;
    margin->is_relative = take(r, "relative");
    if (margin->is_relative && margin->unit != OH_UNIT_SHARE)
        return bad_condition(r, start, r->at - start, "a relative margin is a percentage");
    if (!(margin->value > 0))
        return bad_condition(r, start, r->at - start, "a margin must be above 0");
    return true;
}

bool oh_margin_parse(const char *text, struct oh_place place, struct oh_margin *into,
                     struct oh_diagnostics *diagnostics) {
    struct reader r = reader_of(text, place, diagnostics);
    take_plus_minus(&r);
    return read_margin(&r, into) && at_end(&r);
}

double oh_margin_resolve(const struct oh_margin *margin, enum oh_unit unit, double target) {
    if (margin->unit == OH_UNIT_SHARE && (margin->is_relative || unit != OH_UNIT_SHARE))
        return margin->value * fabs(target);
    return margin->unit == unit ? margin->value : NAN;
}

/* ---- conditions ---- */

static bool read_about(struct reader *r, struct oh_expectation *e) {
    size_t start = r->at;
    if (!read_limit(r, &e->unit, &e->target))
        return false;
    if (!take_plus_minus(r))
        return bad_condition(r, start, r->end - start, "the condition has no margin");
    skip_blanks(r);
    size_t margin_at = r->at;
    if (!read_margin(r, &e->margin))
        return false;
    double half = oh_margin_resolve(&e->margin, e->unit, e->target);
    if (isnan(half))
        return bad_condition(r, margin_at, r->at - margin_at,
                             "the margin has another unit than the value");
    e->low = e->target - half;
    e->high = e->target + half;
    return true;
}

static bool read_between(struct reader *r, struct oh_expectation *e) {
    enum oh_unit unit;
    skip_blanks(r);
    size_t start = r->at;
    if (!read_limit(r, &e->unit, &e->low))
        return false;
    if (!take(r, "and"))
        return bad_condition(r, start, r->end - start, "'between' lacks its 'and'");
    skip_blanks(r);
    size_t high_at = r->at;
    if (!read_limit(r, &unit, &e->high))
        return false;
    if (unit != e->unit)
        return bad_condition(r, high_at, r->at - high_at, "the two limits differ in unit");
    if (!(e->low <= e->high))
        return bad_condition(r, start, r->at - start, "the lower limit is above the upper one");
    return true;
}

static bool read_condition(struct reader *r, struct oh_expectation *e) {
    skip_blanks(r);
    if (take(r, "at least") || take(r, ">=")) {
        e->kind = OH_EXPECT_AT_LEAST;
        e->high = INFINITY;
        return read_limit(r, &e->unit, &e->low);
    }
    if (take(r, "at most") || take(r, "<=")) {
        e->kind = OH_EXPECT_AT_MOST;
        e->low = -INFINITY;
        return read_limit(r, &e->unit, &e->high);
    }
    if (take(r, "between")) {
        e->kind = OH_EXPECT_BETWEEN;
        return read_between(r, e);
    }
    if (r->at < r->end && (r->text[r->at] == '<' || r->text[r->at] == '>'))
        return bad_condition(r, r->at, r->end - r->at,
                             "a limit is included: use at least or at most");
    e->kind = OH_EXPECT_ABOUT;
    return read_about(r, e);
}

bool oh_expectation_parse(const char *text, struct oh_place place, struct oh_expectation *into,
                          struct oh_diagnostics *diagnostics) {
    struct reader r = reader_of(text, place, diagnostics);
    *into = (struct oh_expectation){0};
    return read_condition(&r, into) && at_end(&r);
}

/* ---- printing ---- */

static void print_quantity(enum oh_unit unit, double value, struct oh_text *to) {
    char text[64];
    oh_text_puts(to, oh_unit_print(unit, value, text, sizeof text));
}

void oh_margin_print(const struct oh_margin *margin, struct oh_text *to) {
    oh_text_puts(to, "\xC2\xB1");
    print_quantity(margin->unit, margin->value, to);
    if (margin->is_relative)
        oh_text_puts(to, " relative");
}

static void print_about(const struct oh_expectation *e, struct oh_text *to) {
    print_quantity(e->unit, e->target, to);
    oh_text_puts(to, " \xC2\xB1 ");
    print_quantity(e->margin.unit, e->margin.value, to);
    if (e->margin.is_relative)
        oh_text_puts(to, " relative");
}

void oh_expectation_print(const struct oh_expectation *e, struct oh_text *to) {
    if (e->kind == OH_EXPECT_ABOUT) {
        print_about(e, to);
        return;
    }
    static const char *const starts[] = {[OH_EXPECT_AT_LEAST] = "at least ",
                                         [OH_EXPECT_AT_MOST] = "at most ",
                                         [OH_EXPECT_BETWEEN] = "between "};
    oh_text_puts(to, starts[e->kind]);
    print_quantity(e->unit, e->kind == OH_EXPECT_AT_MOST ? e->high : e->low, to);
    if (e->kind == OH_EXPECT_BETWEEN) {
        oh_text_puts(to, " and ");
        print_quantity(e->unit, e->high, to);
    }
}

/* ---- precisions: METRIC=±X ---- */

size_t oh_precision_length(const char *text) {
    size_t n = strcspn(text, ",");
    while (text[n] != '\0') {
        const char *next = text + n + 1;
        size_t length = strcspn(next, ",");
        if (memchr(next, '=', length) != NULL)
            return n;
        n += 1 + length;
    }
    return n;
}

bool oh_precision_parse(struct oh_arena *arena, const char *text, struct oh_place place,
                        struct oh_precision *into, struct oh_diagnostics *diagnostics) {
    size_t n = strcspn(text, "=");
    size_t name = n;
    while (name > 0 && text[name - 1] == ' ')
        name--;
    if (text[n] == '\0' || name == 0) {
        oh_diag_add(diagnostics, OH_MSG_BAD_PRECISION, place,
                    "such as total.reached=\xC2\xB1"
                    "0.5%",
                    "a precision is METRIC=\xC2\xB1X, not '%s'", text);
        return false;
    }
    *into = (struct oh_precision){.metric = oh_arena_strndup(arena, text, name),
                                  .place = oh_place_within(place, 0, oh_utf8_length(text, name))};
    size_t start = n + 1 + strspn(text + n + 1, " ");
    size_t offset = oh_utf8_length(text, start);
    return oh_margin_parse(
        text + start,
        oh_place_within(place, offset, oh_utf8_length(text + start, strlen(text + start))),
        &into->margin, diagnostics);
}

void oh_precision_print(const struct oh_precision *precision, struct oh_text *to) {
    oh_text_printf(to, "%s=", precision->metric);
    oh_margin_print(&precision->margin, to);
}
