#include "random/dist_lex.h"

#include <string.h>

#include "base/units.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool oh_lex_is_name_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

size_t oh_lex_blanks(const char *text, size_t at, size_t end) {
    while (at < end && is_blank(text[at]))
        at++;
    return at;
}

struct oh_span oh_lex_trim(const char *text, struct oh_span span) {
    size_t end = oh_span_end(span), at = oh_lex_blanks(text, span.at, end);
    while (end > at && is_blank(text[end - 1]))
        end--;
    return oh_span_between(at, end);
}

size_t oh_lex_name(const char *text, size_t at, size_t end) {
    if (at < end && is_letter(text[at]))
        while (at < end && oh_lex_is_name_character(text[at]))
            at++;
    return at;
}

bool oh_lex_is_quote(const char *text, size_t at) {
    const char c = text[at], before = at > 0 ? text[at - 1] : ' ';
    return (c == '"' || c == '\'') && (is_blank(before) || strchr(",(=", before));
}

/* Behind the closing quote, or `end` if there is none. */
static size_t skip_quoted(const char *text, size_t at, size_t end) {
    const char *closing = memchr(text + at + 1, text[at], end - at - 1);
    return closing ? (size_t)(closing - text) + 1 : end;
}

size_t oh_lex_closing(const char *text, size_t at, size_t end) {
    size_t open = 0;
    while (at < end) {
        if (oh_lex_is_quote(text, at)) {
            at = skip_quoted(text, at, end);
            continue;
        }
        open += text[at] == '(';
        if (text[at++] == ')' && --open == 0)
            return at;
    }
    return 0;
}

/* One character, or all that is between quotes or parentheses. */
static size_t skip_character(const char *text, size_t at, size_t end) {
    if (oh_lex_is_quote(text, at))
        return skip_quoted(text, at, end);
    if (text[at] != '(')
        return at + 1;
    const size_t behind = oh_lex_closing(text, at, end);
    return behind > 0 ? behind : end;
}

/* A word up to a blank or comma outside of parentheses, together with parentheses that follow after blanks. */
static size_t skip_word(const char *text, size_t at, size_t end) {
    const size_t begin = at;
    while (at < end && !is_blank(text[at]) && text[at] != ',')
        at = skip_character(text, at, end);
    const size_t next = oh_lex_blanks(text, at, end);
    if (next < end && text[next] == '(' && oh_lex_name(text, begin, at) == at)
        return skip_character(text, next, end);
    return at;
}

/* "20 s" and "90 %" are one value: a number takes the next word along if that makes a quantity. */
static size_t skip_value(const char *text, size_t at, size_t end) {
    static const enum oh_unit units[] = {OH_UNIT_DURATION, OH_UNIT_SHARE, OH_UNIT_RATE};
    const size_t after = skip_word(text, at, end), next = oh_lex_blanks(text, after, end);
    const struct oh_parse number = oh_unit_parse(OH_UNIT_NUMBER, text + at, after - at);
    if (number.status != OH_PARSE_OK || next == end || text[next] == ',')
        return after;
    const size_t longer = skip_word(text, next, end);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (oh_unit_parse(units[i], text + at, longer - at).status == OH_PARSE_OK)
            return longer;
    return after;
}

static struct oh_argument read_argument(const char *text, size_t at, size_t end) {
    struct oh_argument argument = {{at, 0}, {at, 0}};
    const size_t name_end = oh_lex_name(text, at, end), equals = oh_lex_blanks(text, name_end, end);
    if (name_end > at && equals < end && text[equals] == '=') {
        argument.name = oh_span_between(at, name_end);
        at = oh_lex_blanks(text, equals + 1, end);
    }
    argument.value = oh_span_between(at, at < end ? skip_value(text, at, end) : at);
    return argument;
}

/* No two arguments share a byte, so half the length and one is room enough. */
struct oh_argument *oh_lex_arguments(struct oh_arena *arena, const char *text,
                                     struct oh_span inside, size_t *n) {
    const size_t end = oh_span_end(inside);
    struct oh_argument *arguments = OH_NEW_ARRAY(arena, inside.length / 2 + 1, struct oh_argument);
    *n = 0;
    for (size_t at = inside.at; at < end;) {
        if (is_blank(text[at]) || text[at] == ',') {
            at++;
            continue;
        }
        arguments[*n] = read_argument(text, at, end);
        at = oh_span_end(arguments[(*n)++].value);
    }
    return arguments;
}
