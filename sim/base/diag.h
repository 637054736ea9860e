/* Diagnostics: problems of a user's input, each with its place, collected and printed all at once.
 *
 *   irs.yaml:14:15: error: unknown distribution 'lognormall' [unknown-distribution]
 *      14 |     talk: lognormall(mean=11min cv=0.9)
 *         |           ^~~~~~~~~~ did you mean 'lognormal'?
 *
 * Every kind of problem is a row of messages.def: a stable slug, a severity, an explanation. */
#ifndef OH_BASE_DIAG_H
#define OH_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

enum oh_severity { OH_ERROR, OH_WARNING };

#define OH_MESSAGE(id, slug, severity, explanation) OH_MSG_##id,
enum oh_message_id {
#include "base/messages.def"
    OH_N_MESSAGES
};
#undef OH_MESSAGE

struct oh_message {
    const char *slug;
    enum oh_severity severity;
    const char *explanation; /* what it means and how to cure it, a paragraph of plain text */
};
extern const struct oh_message oh_messages[OH_N_MESSAGES];
const struct oh_message *oh_message_find(const char *slug); /* NULL if there is none */

/* A text that places point into: a file, or an override such as --set. */
struct oh_source {
    const char *name; /* as the user wrote it, or "--set" */
    const char *text; /* NUL-terminated; may be NULL when the text is not at hand */
    size_t length;
};

/* A place in a source; lines and columns count from 1, columns in characters. line 0: the source as a whole. */
struct oh_place {
    const struct oh_source *source;
    uint32_t line, column, width;
};

/* The part of a scalar that starts `offset` characters after `place` and is `width` long. */
struct oh_place oh_place_within(struct oh_place place, size_t offset, size_t width);

struct oh_diagnostics;
struct oh_diagnostics *oh_diag_create(void);
void oh_diag_destroy(struct oh_diagnostics *diagnostics);

/* The first 1,000 errors and 1,000 warnings are kept, the rest only counted. The sources of the places must live until
 * the last look at the diagnostics. */

/* A source known by name only, which lives as long as the diagnostics do. */
const struct oh_source *oh_diag_source(struct oh_diagnostics *diagnostics, const char *name);

/* Adds a problem. `hint` (may be NULL) goes behind the caret: "did you mean 'lognormal'?".
 * The message starts in lower case and has no full stop. All strings are copied. */
__attribute__((format(printf, 5, 6))) void oh_diag_add(struct oh_diagnostics *diagnostics,
                                                       enum oh_message_id id, struct oh_place place,
                                                       const char *hint, const char *format, ...);

size_t oh_diag_errors(const struct oh_diagnostics *diagnostics);
size_t oh_diag_warnings(const struct oh_diagnostics *diagnostics);

/* Prints all problems, sorted by source, line and column, equal ones once. */
void oh_diag_print(const struct oh_diagnostics *diagnostics, FILE *to, bool color);

/* Read access in sorted order, for tests and for machine formats. */
struct oh_problem {
    enum oh_message_id id;
    struct oh_place place;
    const char *text, *hint;
};
const struct oh_problem *oh_diag_problem(const struct oh_diagnostics *diagnostics, size_t ix);

#endif
