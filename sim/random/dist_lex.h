/* Cuts the text of a distribution into names, values and arguments; private to random/. A span is a part of the whole
 * text, in bytes, so that messages can point at it. */
#ifndef OH_RANDOM_DIST_LEX_H
#define OH_RANDOM_DIST_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct oh_span {
    size_t at, length;
};

static inline struct oh_span oh_span_between(size_t from, size_t to) {
    return (struct oh_span){from, to - from};
}
static inline size_t oh_span_end(struct oh_span span) {
    return span.at + span.length;
}

struct oh_argument {
    struct oh_span name; /* of length 0 if there is none */
    struct oh_span value;
};

struct oh_span oh_lex_trim(const char *text, struct oh_span span);

bool oh_lex_is_name_character(char c);
/* Where blanks, or the name that begins at `at`, end; `at` itself if there are none. */
size_t oh_lex_blanks(const char *text, size_t at, size_t end);
size_t oh_lex_name(const char *text, size_t at, size_t end);

/* Whether a quoted text begins at `at`. Quotes open only where a value can begin; elsewhere they are apostrophes. */
bool oh_lex_is_quote(const char *text, size_t at);

/* Behind the ')' that closes the '(' at `at`, or 0. */
size_t oh_lex_closing(const char *text, size_t at, size_t end);

/* The arguments between two parentheses that match. "20 s" and "90 %" are one value. */
struct oh_argument *oh_lex_arguments(struct oh_arena *arena, const char *text,
                                     struct oh_span inside, size_t *n);

#endif
