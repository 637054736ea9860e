#include "report/json_parts.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Real numbers with 12 significant digits; Jansson prints them in no locale but C. */
#define FLAGS (JSON_ENCODE_ANY | JSON_REAL_PRECISION(12))

void oh_out_put(json_t *value, FILE *to) {
    json_dumpf(value, to, FLAGS);
    json_decref(value);
}

void oh_out_put_key(const char *key, FILE *to) {
    oh_out_put(json_string(key), to);
    fputs(": ", to);
}

/* Between two members: before the first one only a line end. */
void oh_out_put_comma(bool *is_first, const char *gap, FILE *to) {
    bool is_wanted = !*is_first || gap[0] == '\n';
    fputs(*is_first ? "" : ",", to);
    fputs(is_wanted ? gap : "", to);
    *is_first = false;
}

json_t *oh_out_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

/* Bytes that are no UTF-8 (names of files may be any) become U+FFFD. */
json_t *oh_out_text(const char *value) {
    if (value == NULL)
        return json_null();
    struct oh_text safe = {0};
    size_t left = strlen(value), at;
    while (!oh_utf8_is_valid(value, left, &at)) {
        oh_text_append(&safe, value, at);
        oh_text_puts(&safe, "\xEF\xBF\xBD");
        value += at + 1;
        left -= at + 1;
    }
    oh_text_append(&safe, value, left);
    json_t *string = json_string(safe.data);
    oh_text_fini(&safe);
    return string;
}

json_t *oh_out_lines(const char *value) {
    json_t *array = json_array();
    for (const char *line = value; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n");
        struct oh_text one = {0};
        oh_text_append(&one, line, length);
        json_array_append_new(array, oh_out_text(one.data));
        oh_text_fini(&one);
        line += length + (line[length] != '\0');
    }
    return array;
}

json_t *oh_out_integer(uint64_t value) {
    return value <= INT64_MAX ? json_integer((json_int_t)value) : json_real((double)value);
}

static const char *const endings[] = {[OH_ENDED_ENOUGH] = "enough",
                                      [OH_ENDED_AT_MOST] = "max_replications",
                                      [OH_ENDED_BY_TIME] = "max_time",
                                      [OH_ENDED_INTERRUPTED] = "interrupted"};

const char *oh_out_ending(enum oh_ending ending) {
    return endings[ending];
}

void oh_out_put_precisions(const struct oh_precision_result *precisions, uint32_t n,
                           const char *currency, FILE *to) {
    bool is_first = true;
    fputs("[", to);
    for (uint32_t i = 0; i < n; i++) {
        const struct oh_precision_result *p = &precisions[i];
        oh_out_put_comma(&is_first, "\n  ", to);
        oh_out_put(
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:b}", "path", oh_out_text(p->path),
                      "target", oh_out_text(p->asked), "value", oh_out_number(p->estimate.value),
                      "low", oh_out_number(p->estimate.low), "high",
                      oh_out_number(p->estimate.high), "unit", oh_metric_unit_in(p->unit, currency),
                      "half_width", oh_out_number(oh_half_width(&p->estimate)), "wanted",
                      oh_out_number(p->wanted), "reached", p->reached),
            to);
    }
    fputs("]", to);
}
