/* What the data files of all charts share. */
#include "report/chart.h"

#include <math.h>
#include <string.h>

#include "report/say.h"

enum { TITLE_WIDTH = 70, DIGITS = 7 };

static double number_of(const json_t *value) {
    return json_is_number(value) ? json_number_value(value) : NAN;
}

struct oh_estimate oh_chart_estimate(const json_t *scope, const char *id) {
    const json_t *metric = json_object_get(scope, id);
    return (struct oh_estimate){number_of(json_object_get(metric, "value")),
                                number_of(json_object_get(metric, "low")),
                                number_of(json_object_get(metric, "high"))};
}

double oh_chart_value(const json_t *scope, const char *id) {
    return oh_chart_estimate(scope, id).value;
}

/* gnuplot reads backslash escapes in quoted fields, and nothing ends a field but a quote. */
static void put_escaped(const char *text, size_t bytes, struct oh_text *to) {
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\\')
            oh_text_puts(to, "\\\\");
        else if (c == '"')
            oh_text_puts(to, "\\042");
        else
            oh_text_append(to, c < ' ' || c == 0x7F ? " " : &text[i], 1);
    }
}

static void put_field(const char *what, const char *text, size_t bytes, const char *end,
                      struct oh_text *to) {
    oh_text_printf(to, "\"%s\"\t\"", what);
    put_escaped(text, bytes, to);
    oh_text_printf(to, "%s\"\n", end);
}

void oh_chart_quote(const char *text, struct oh_text *to) {
    oh_text_puts(to, "\"");
    put_escaped(text, strlen(text), to);
    oh_text_puts(to, "\"");
}

void oh_chart_text(const char *what, const char *text, struct oh_text *to) {
    put_field(what, text, strlen(text), "", to);
}

/* Bytes of the longest start of at most `width` characters, up to a blank if there is one in its second half. */
static size_t break_at(const char *text, size_t width) {
    size_t bytes = strlen(text), at = 0, blank = 0;
    for (size_t n = 0; n < width && at < bytes; n++) {
        at++;
        while (at < bytes && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
        if (at < bytes && text[at] == ' ')
            blank = at;
    }
    return at < bytes && blank > at / 2 ? blank : at;
}

void oh_chart_titles(const json_t *result, const char *subtitle, struct oh_text *to) {
    const json_t *scenario = json_object_get(result, "scenario");
    const char *name = json_string_value(json_object_get(scenario, "name"));
    const char *variant = json_string_value(json_object_get(scenario, "variant"));
    struct oh_text title = {0};
    oh_text_printf(&title, "%s%s%s", name != NULL ? name : "", variant != NULL ? ", " : "",
                   variant != NULL ? variant : "");
    size_t first = break_at(title.data, TITLE_WIDTH);
    put_field("title", title.data, first, "", to);
    const char *rest = title.data + first + strspn(title.data + first, " ");
    size_t second = break_at(rest, TITLE_WIDTH - 1);
    put_field("title", rest, second, rest[second] != '\0' ? "\xE2\x80\xA6" : "", to);
    oh_chart_text("subtitle", subtitle, to);
    oh_text_fini(&title);
}

void oh_chart_numbers(const double *values, size_t n, struct oh_text *to) {
    char number[40];
    for (size_t i = 0; i < n; i++) {
        oh_text_puts(to, i > 0 ? "\t" : "");
        oh_text_puts(to, isfinite(values[i])
                             ? oh_number_print(values[i], DIGITS, number, sizeof number)
                             : "NaN");
    }
}

void oh_chart_end_block(struct oh_text *to) {
    oh_text_puts(to, "\n\n");
}

void oh_chart_headline(const json_t *result, struct oh_text *to) {
    const json_t *total = json_object_get(result, "total");
    struct oh_estimate reached = oh_chart_estimate(total, "reached");
    struct oh_estimate wait = oh_chart_estimate(total, "wait_answered.mean");
    oh_say_headline(&reached, &wait, oh_chart_value(total, "unfinished"),
                    oh_chart_value(total, "offered"), to);
}
