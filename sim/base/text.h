/* Numbers and text for people and machines; the C locale always, whatever the environment says. */
#ifndef OH_BASE_TEXT_H
#define OH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Growing text buffer. */
struct oh_text {
    char *data; /* NUL-terminated; NULL while empty */
    size_t length, capacity;
};
void oh_text_fini(struct oh_text *text);
void oh_text_append(struct oh_text *text, const char *data, size_t length);
void oh_text_puts(struct oh_text *text, const char *string);
__attribute__((format(printf, 2, 3))) void oh_text_printf(struct oh_text *text, const char *format,
                                                          ...);
/* Text filled into lines of `width` columns, the cursor standing at `indent`, where further lines begin; ends the line. */
void oh_text_wrap(struct oh_text *to, const char *text, int indent, int width);

/* A finite double with `digits` significant digits, shortest form ("0.431", "1684", "1e-09"). */
const char *oh_number_print(double value, int digits, char *buffer, size_t size);
/* The shortest decimal that reads back to exactly `value`. */
const char *oh_number_exact(double value, char *buffer, size_t size);
/* strtod in the C locale; returns the number of bytes consumed, 0 if none. Does not know hex, inf and nan, but "1e999"
 * is infinite: the caller checks. */
size_t oh_number_parse(const char *text, size_t length, double *value);
/* The same for the number times 10^exponent, rounded once: "4.3" with -2 is the double nearest to 0.043. */
size_t oh_number_parse_scaled(const char *text, size_t length, int exponent, double *value);

/* Rounds to 12 significant digits: for what libm or GSL computed, whose last bits differ between machines. */
double oh_number_settle(double value);

/* For people: "28 min 4 s", "7.6 s", "1 h 5 min"; about three significant digits. */
const char *oh_duration_say(double seconds, char *buffer, size_t size);
/* For people: 12,345,678 with separators; fractions only below 100. */
const char *oh_count_say(double count, char *buffer, size_t size);

/* Length in characters of UTF-8 text; and whether bytes are valid UTF-8 (offset of the first bad byte in *at). */
size_t oh_utf8_length(const char *text, size_t bytes);
/* Bytes of the character at `text` (at least one byte left): 1 for a byte that is not UTF-8. */
size_t oh_utf8_step(const char *text, size_t bytes);
bool oh_utf8_is_valid(const char *text, size_t bytes, size_t *at);

#endif
