/* Shared by the files that read documents; for nobody else. */
#ifndef OH_SCENARIO_READING_H
#define OH_SCENARIO_READING_H

#include <stdint.h>

#include "scenario/document.h"

/* Where a document is read to and what it is read from. */
struct oh_reading {
    struct oh_arena *arena;
    const struct oh_source *source;
    struct oh_diagnostics *diagnostics;
};

/* A node on its way into a collection, with the bytes of the source that it came from. */
struct oh_part {
    const struct oh_node *node;
    size_t from, to;
    bool is_plain; /* a scalar without quotes that stands here itself, not by an alias */
};

/* A line ends at \n, \r or the end of the text. */
bool oh_is_line_end(const struct oh_source *source, size_t at);
/* A place by its byte, found by counting from the start of the source: for single problems. */
struct oh_place oh_place_at(const struct oh_source *source, size_t at, size_t width);

/* ---- events.c ---- */

/* The value of the text from byte `offset` on, which must be readable text. root.node is NULL if it could not be read
 * (reported) or if there is none (then *n_documents is 0). */
struct oh_part oh_parse_events(const struct oh_reading *reading, size_t offset,
                               size_t *n_documents);

/* A mapping of keys and values in turn. Keys that are no texts, `<<` and second keys are reported and left out. */
const struct oh_node *oh_build_mapping(const struct oh_reading *reading,
                                       const struct oh_part *parts, size_t n,
                                       struct oh_place place);

/* ---- misreading.c: what YAML reads differently from what was meant ---- */

/* Reports and mends the parts of a collection before it is built. Of a mapping keys and values alternate. Returns how
 * many parts are left. */
size_t oh_mend_mapping(const struct oh_reading *reading, struct oh_part *parts, size_t n,
                       bool is_flow);
size_t oh_mend_sequence(const struct oh_reading *reading, struct oh_part *parts, size_t n,
                        bool is_flow);
/* A plain text that stands where only a map makes sense, `open:07:00`: reported and made a map. Else it comes back. */
const struct oh_node *oh_mend_text(const struct oh_reading *reading, const struct oh_part *part);

/* Warns when a comment starts right behind a plain text and looks as if it belonged to it: `the #1 complaint`. */
void oh_warn_cut_text(const struct oh_reading *reading, const struct oh_part *part,
                      struct oh_place end);

/* Looks for keys without the blank after their colon in the line of byte `at` and in those above; reports them. */
bool oh_report_missing_space(const struct oh_reading *reading, size_t at);

/* ---- yaml_error.c ---- */

#define OH_NO_BRACKET SIZE_MAX
/* Says in our words what libyaml could not read; `problem` and `context` are bytes of the source, `open` is that of the
 * innermost { or [ still open. */
struct yaml_parser_s;
void oh_report_yaml_error(const struct oh_reading *reading, const struct yaml_parser_s *parser,
                          size_t problem, size_t context, size_t open);

#endif
