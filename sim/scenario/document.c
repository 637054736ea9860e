/* Text from files and overrides: what must hold of it before anybody parses it. */
#include "scenario/document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "scenario/reading.h"

enum {
    LARGEST_TEXT = 8 << 20, /* bytes */
    MOST_DIRECTIVES = 8     /* libyaml looks each one up among those before */
};

/* ---- the text as a whole ---- */

/* What libyaml's reader takes: no control characters, no byte order mark in the middle, no non-characters. */
static bool is_allowed(const char *text, size_t step) {
    unsigned char c = (unsigned char)text[0];
    if (step == 1)
        return c >= 0x20 ? c != 0x7F : strchr("\t\n\r", c) != NULL && c != '\0';
    if (step == 2)
        return c != 0xC2 || (unsigned char)text[1] >= 0xA0 || (unsigned char)text[1] == 0x85;
    return memcmp(text, "\xEF\xBB\xBF", 3) != 0 && memcmp(text, "\xEF\xBF\xBE", 3) != 0 &&
           memcmp(text, "\xEF\xBF\xBF", 3) != 0;
}

static bool has_valid_bytes(const struct oh_reading *r) {
    const struct oh_source *s = r->source;
    size_t bad = 0;
    if (!oh_utf8_is_valid(s->text, s->length, &bad)) {
        oh_diag_add(r->diagnostics, OH_MSG_INVALID_UTF8, oh_place_at(s, bad, 1),
                    "save the file as UTF-8", "the byte 0x%02X is not UTF-8 text",
                    (unsigned)(unsigned char)s->text[bad]);
        return false;
    }
    for (size_t at = 0, step; at < s->length; at += step) {
        step = (unsigned char)s->text[at] < 0x80 ? 1 : oh_utf8_step(s->text + at, s->length - at);
        if (is_allowed(s->text + at, step))
            continue;
        oh_diag_add(r->diagnostics, OH_MSG_CONTROL_CHARACTER, oh_place_at(s, at, 1), NULL,
                    step > 1 ? "a character that cannot be seen does not belong here"
                             : "a control character, byte 0x%02X, does not belong here",
                    (unsigned)(unsigned char)s->text[at]);
        return false;
    }
    return true;
}

static bool has_few_directives(const struct oh_reading *r) {
    const struct oh_source *s = r->source;
    size_t n = 0;
    for (size_t at = 0; at < s->length; at++) {
        bool starts_line = at == 0 || oh_is_line_end(s, at - 1);
        if (starts_line && s->text[at] == '%' && ++n > MOST_DIRECTIVES) {
            oh_diag_add(r->diagnostics, OH_MSG_YAML_SYNTAX, oh_place_at(s, at, 1), NULL,
                        "more than %d lines start with '%%', which YAML reads as directives",
                        MOST_DIRECTIVES);
            return false;
        }
    }
    return true;
}

static bool is_readable(const struct oh_reading *r) {
    struct oh_place whole = {.source = r->source};
    if (r->source->length > LARGEST_TEXT) {
        oh_diag_add(r->diagnostics, OH_MSG_FILE_TOO_LARGE, whole,
                    "keep tables in CSV files beside the scenario",
                    "larger than %d MiB, the most that a scenario may have", LARGEST_TEXT >> 20);
        return false;
    }
    return has_valid_bytes(r) && has_few_directives(r);
}

/* ---- files ---- */

struct bytes {
    char *data;
    size_t length, capacity;
};

/* Reads at most one byte more than a scenario may have; false on failure, errno set. */
static bool read_bytes(int fd, struct bytes *bytes) {
    while (bytes->length <= LARGEST_TEXT) {
        if (bytes->length == bytes->capacity) {
            bytes->capacity = bytes->capacity > 0 ? bytes->capacity * 2 : 16384;
            bytes->data = oh_realloc_array(bytes->data, bytes->capacity, 1);
        }
        size_t room = bytes->capacity - bytes->length;
        ssize_t n = read(fd, bytes->data + bytes->length, room);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        bytes->length += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool read_file(const char *path, struct bytes *bytes) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    bool is_read = read_bytes(fd, bytes);
    int error = errno;
    close(fd);
    errno = error;
    return is_read;
}

const struct oh_source *oh_source_create(struct oh_arena *arena, const char *name, const char *text,
                                         size_t length) {
    struct oh_source *source = OH_NEW(arena, struct oh_source);
    source->name = oh_arena_strdup(arena, name);
    source->text = oh_arena_strndup(arena, text, length);
    source->length = length;
    return source;
}

/* The text of a file without its byte order mark; NULL if it cannot be read. */
static const struct oh_source *source_of_file(struct oh_arena *arena, const char *path,
                                              struct oh_diagnostics *diagnostics) {
    struct bytes bytes = {0};
    const struct oh_source *source = NULL;
    if (read_file(path, &bytes)) {
        bool has_mark = bytes.length >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0;
        size_t skipped = has_mark ? 3 : 0;
        source = oh_source_create(arena, path, bytes.data + skipped, bytes.length - skipped);
    } else {
        struct oh_source *nameless = OH_NEW(arena, struct oh_source);
        nameless->name = oh_arena_strdup(arena, path);
        oh_diag_add(diagnostics, OH_MSG_FILE_UNREADABLE, (struct oh_place){.source = nameless},
                    NULL, "cannot be read: %s", strerror(errno));
    }
    free(bytes.data);
    return source;
}

const struct oh_node *oh_document_read(struct oh_arena *arena, const char *path,
                                       struct oh_diagnostics *diagnostics) {
    struct oh_reading r = {arena, source_of_file(arena, path, diagnostics), diagnostics};
    if (r.source == NULL || !is_readable(&r))
        return NULL;
    size_t n_documents = 0;
    struct oh_part root = oh_parse_events(&r, 0, &n_documents);
    bool is_empty = root.node == NULL ? n_documents == 0 : oh_node_is_empty(root.node);
    if (is_empty && oh_diag_errors(diagnostics) == 0) {
        oh_diag_add(diagnostics, OH_MSG_EMPTY_FILE, (struct oh_place){.source = r.source}, NULL,
                    "nothing is in this file");
        return NULL;
    }
    return root.node != NULL ? oh_mend_text(&r, &root) : NULL;
}

/* An override without a value: nothing, or a comment that was meant as text. */
static const struct oh_node *empty_value(const struct oh_reading *r, size_t offset) {
    size_t blanks = strspn(r->source->text + offset, " \t\r\n");
    struct oh_place place = oh_place_at(r->source, offset + blanks, 1);
    if (r->source->text[offset + blanks] == '#')
        oh_diag_add(r->diagnostics, OH_MSG_TEXT_CUT_BY_COMMENT, place, "quote the value",
                    "a '#' starts a comment: no value is left");
    return oh_node_scalar(r->arena, "", place);
}

const struct oh_node *oh_document_parse(struct oh_arena *arena, const struct oh_source *source,
                                        size_t offset, struct oh_diagnostics *diagnostics) {
    OH_ARGUMENT(offset <= source->length);
    struct oh_reading r = {arena, source, diagnostics};
    if (!is_readable(&r))
        return NULL;
    size_t n_documents = 0, errors = oh_diag_errors(diagnostics);
    struct oh_part root = oh_parse_events(&r, offset, &n_documents);
    if (root.node == NULL && n_documents == 0 && oh_diag_errors(diagnostics) == errors)
        return empty_value(&r, offset);
    return root.node;
}
