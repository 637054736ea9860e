/* libyaml's events to a tree. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/assert.h"
#include "scenario/reading.h"

#define uthash_fatal(message) oh_out_of_memory()
#include <uthash.h>

enum { LONGEST_SCALAR = 1 << 16, MOST_NODES = 200000, MOST_LEVELS = 64 };

/* ---- places ---- */

bool oh_is_line_end(const struct oh_source *source, size_t at) {
    return at >= source->length || source->text[at] == '\n' || source->text[at] == '\r';
}

/* A position that walks over the text, by characters as libyaml counts them. */
struct cursor {
    size_t at; /* bytes */
    size_t character;
    uint32_t line, column; /* from 1 */
};

static void cursor_step(const struct oh_source *source, struct cursor *c) {
    const char *text = source->text + c->at;
    bool ends_line = text[0] == '\n' || (text[0] == '\r' && text[1] != '\n');
    c->at += (unsigned char)text[0] < 0x80 ? 1 : oh_utf8_step(text, source->length - c->at);
    c->character++;
    c->line += ends_line;
    c->column = ends_line ? 1 : c->column + 1;
}

static void cursor_to_character(const struct oh_source *source, struct cursor *c,
                                size_t character) {
    while (c->character < character && c->at < source->length)
        cursor_step(source, c);
}

struct oh_place oh_place_at(const struct oh_source *source, size_t at, size_t width) {
    struct cursor c = {.line = 1, .column = 1};
    while (c.at < at && c.at < source->length)
        cursor_step(source, &c);
    return (struct oh_place){source, c.line, c.column, (uint32_t)width};
}

/* ---- the state of reading one document ---- */

/* A name given by `&name`; `node` is NULL while its value is being read. */
struct anchor {
    char *name;
    const struct oh_node *node;
    size_t n_nodes, height; /* what an alias costs */
    struct oh_place place;
    bool is_used;
    struct anchor *next; /* the one defined before */
    UT_hash_handle hh;
};

/* An open mapping or sequence. */
struct level {
    enum oh_node_kind kind;
    bool is_flow;
    size_t first_part, n_nodes_before, height, from;
    struct oh_place place;
    struct anchor *anchor;
};

struct parse {
    struct oh_reading reading;
    yaml_parser_t yaml;
    struct cursor at;      /* start of the latest event */
    struct oh_part *parts; /* values of all open levels, the innermost last */
    size_t n_parts, parts_capacity;
    struct level levels[MOST_LEVELS];
    size_t n_levels, n_nodes, n_documents;
    struct anchor *anchors_by_name, *anchors;
    struct oh_part root;
};

static struct oh_place place_of(const struct parse *p, const struct cursor *c, size_t width) {
    return (struct oh_place){p->reading.source, c->line, c->column, (uint32_t)width};
}

#define REPORT(p, id, place, ...)                                                                  \
    oh_diag_add((p)->reading.diagnostics, OH_MSG_##id, (place), __VA_ARGS__)

/* ---- anchors and aliases ---- */

/* NOLINTNEXTLINE(readability-function-size): the size is that of uthash's macros */
static struct anchor *define_anchor(struct parse *p, const yaml_char_t *name) {
    if (name == NULL)
        return NULL;
    struct anchor *anchor = OH_NEW(p->reading.arena, struct anchor);
    anchor->name = oh_arena_strdup(p->reading.arena, (const char *)name);
    anchor->place = place_of(p, &p->at, strlen(anchor->name) + 1);
    anchor->next = p->anchors;
    p->anchors = anchor;
    struct anchor *old = NULL;
    HASH_REPLACE_STR(p->anchors_by_name, name, anchor, old);
    return anchor;
}

static void report_unused_anchors(struct parse *p) {
    for (struct anchor *a = p->anchors; a != NULL; a = a->next)
        if (!a->is_used)
            REPORT(p, UNUSED_ANCHOR, a->place, "quote the value if the '&' belongs to it",
                   "YAML takes '&%s' away as an anchor, and no alias uses it", a->name);
}

/* ---- building ---- */

/* Counts a value of `n` nodes and `height` levels; false when it is too much. */
static bool may_add(struct parse *p, size_t n, size_t height, struct oh_place place) {
    p->n_nodes += n;
    if (p->n_nodes > MOST_NODES) {
        REPORT(p, TOO_MANY_NODES, place, NULL, "more than %d values, with aliases expanded",
               MOST_NODES);
        return false;
    }
    if (p->n_levels + height > MOST_LEVELS) {
        REPORT(p, NESTED_TOO_DEEP, place, NULL, "nested deeper than %d levels", MOST_LEVELS);
        return false;
    }
    if (p->n_levels > 0 && p->levels[p->n_levels - 1].height < height)
        p->levels[p->n_levels - 1].height = height;
    return true;
}

static void add_part(struct parse *p, struct oh_part part) {
    if (p->n_levels == 0) {
        p->root = part;
        return;
    }
    if (p->n_parts == p->parts_capacity) {
        p->parts_capacity *= 2;
        p->parts = oh_realloc_array(p->parts, p->parts_capacity, sizeof *p->parts);
    }
    p->parts[p->n_parts++] = part;
}

static bool is_usable_key(const struct oh_reading *r, const struct oh_part *key) {
    struct oh_place place = key->node->place;
    if (key->node->kind != OH_SCALAR) {
        oh_diag_add(r->diagnostics, OH_MSG_KEY_NOT_TEXT, place,
                    "quote the whole value if this was meant as text", "a key cannot be a %s",
                    oh_node_kind_name(key->node->kind));
        return false;
    }
    if (oh_node_is_empty(key->node)) {
        oh_diag_add(r->diagnostics, OH_MSG_KEY_NOT_TEXT, place, NULL,
                    "a key is missing before the colon");
        return false;
    }
    if (oh_node_is_text(key->node, "<<") && !key->node->is_quoted) {
        oh_diag_add(r->diagnostics, OH_MSG_MERGE_KEY, place,
                    "'extends' takes over another file, 'variants' name changes",
                    "the merge key '<<' is not known here");
        return false;
    }
    return true;
}

/* Reports every entry whose key stood before, and leaves the first of each. */
static size_t drop_second_keys(const struct oh_reading *r, const struct oh_node *mapping,
                               struct oh_entry *kept) {
    size_t n = 0;
    for (size_t i = 0; i < mapping->n; i++) {
        const struct oh_entry *entry = &mapping->entries[i];
        const struct oh_entry *first = oh_node_entry(mapping, entry->key->text);
        if (first == entry) {
            kept[n++] = *entry;
            continue;
        }
        char *hint = oh_arena_printf(r->arena, "first in line %" PRIu32, first->key->place.line);
        oh_diag_add(r->diagnostics, OH_MSG_DUPLICATE_KEY, entry->key->place, hint,
                    "the key '%s' stands here a second time", entry->key->text);
    }
    return n;
}

const struct oh_node *oh_build_mapping(const struct oh_reading *r, const struct oh_part *parts,
                                       size_t n, struct oh_place place) {
    struct oh_entry *entries = oh_calloc(n / 2, sizeof *entries);
    size_t n_entries = 0;
    for (size_t i = 0; i + 1 < n; i += 2)
        if (is_usable_key(r, &parts[i]))
            entries[n_entries++] = (struct oh_entry){parts[i].node, parts[i + 1].node};
    const struct oh_node *mapping = oh_node_mapping(r->arena, entries, n_entries, place);
    size_t n_distinct = drop_second_keys(r, mapping, entries);
    if (n_distinct < n_entries)
        mapping = oh_node_mapping(r->arena, entries, n_distinct, place);
    free(entries);
    return mapping;
}

static const struct oh_node *build_sequence(const struct oh_reading *r, const struct oh_part *parts,
                                            size_t n, struct oh_place place) {
    const struct oh_node **items = oh_calloc(n, sizeof(const struct oh_node *));
    for (size_t i = 0; i < n; i++)
        items[i] = parts[i].node;
    const struct oh_node *sequence = oh_node_sequence(r->arena, items, n, place);
    free(items);
    return sequence;
}

/* ---- events ---- */

static void report_tag(struct parse *p, const yaml_char_t *tag, struct oh_place place) {
    if (tag != NULL)
        REPORT(p, YAML_TAG, place, "quote the value",
               "a value cannot start with '!': YAML reads a tag");
}

static bool open_level(struct parse *p, const yaml_event_t *event) {
    bool is_mapping = event->type == YAML_MAPPING_START_EVENT;
    struct oh_place place = place_of(p, &p->at, 1);
    struct anchor *anchor = define_anchor(p, is_mapping ? event->data.mapping_start.anchor
                                                        : event->data.sequence_start.anchor);
    report_tag(p, is_mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag,
               place);
    size_t n_nodes_before = p->n_nodes;
    if (!may_add(p, 1, 1, place))
        return false;
    p->levels[p->n_levels++] = (struct level){
        .kind = is_mapping ? OH_MAPPING : OH_SEQUENCE,
        .is_flow = is_mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                              : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
        .first_part = p->n_parts,
        .n_nodes_before = n_nodes_before,
        .from = p->at.at,
        .place = place,
        .anchor = anchor};
    return true;
}

static bool close_level(struct parse *p, const yaml_event_t *event) {
    (void)event;
    OH_INVARIANT(p->n_levels > 0);
    struct level level = p->levels[--p->n_levels];
    size_t n = p->n_parts - level.first_part;
    OH_INVARIANT(p->parts != NULL);
    struct oh_part *parts = p->parts + level.first_part;
    bool is_mapping = level.kind == OH_MAPPING;
    n = (is_mapping ? oh_mend_mapping : oh_mend_sequence)(&p->reading, parts, n, level.is_flow);
    const struct oh_node *node =
        (is_mapping ? oh_build_mapping : build_sequence)(&p->reading, parts, n, level.place);
    p->n_parts = level.first_part;

    if (level.anchor != NULL) {
        level.anchor->node = node;
        level.anchor->n_nodes = p->n_nodes - level.n_nodes_before;
        level.anchor->height = level.height + 1;
    }
    if (p->n_levels > 0 && p->levels[p->n_levels - 1].height < level.height + 1)
        p->levels[p->n_levels - 1].height = level.height + 1;
    add_part(p, (struct oh_part){.node = node, .from = level.from, .to = p->at.at});
    return true;
}

static bool add_alias(struct parse *p, const yaml_event_t *event) {
    const char *name = (const char *)event->data.alias.anchor;
    struct oh_place place = place_of(p, &p->at, strlen(name) + 1);
    struct anchor *anchor = NULL;
    HASH_FIND_STR(p->anchors_by_name, name, anchor);
    struct oh_part part = {.from = p->at.at, .to = p->at.at + strlen(name) + 1};
    if (anchor != NULL && anchor->node != NULL) {
        anchor->is_used = true;
        part.node = anchor->node;
        add_part(p, part);
        return may_add(p, anchor->n_nodes, anchor->height, place);
    }
    if (anchor != NULL)
        anchor->is_used = true;
    REPORT(p, UNKNOWN_ALIAS, place, "quote the value if the '*' belongs to it",
           anchor != NULL ? "'*%s' stands inside the value that it repeats"
                          : "'*%s' is an alias in YAML, and nothing above is named '&%s'",
           name, name);
    part.node =
        oh_node_scalar(p->reading.arena, oh_arena_printf(p->reading.arena, "*%s", name), place);
    add_part(p, part);
    return may_add(p, 1, 0, place);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Moves over `&anchor`, `!tag` and comments before a scalar, which libyaml counts as part of it, at most to `end`. */
static void skip_properties(const struct oh_source *source, struct cursor *c, size_t end) {
    while (c->character < end && strchr("&!#", source->text[c->at]) != NULL) {
        bool is_comment = source->text[c->at] == '#';
        while (c->character < end &&
               (is_comment ? !oh_is_line_end(source, c->at) : !is_space(source->text[c->at])))
            cursor_step(source, c);
        while (c->character < end && is_space(source->text[c->at]))
            cursor_step(source, c);
    }
}

/* Characters from `from` to `to`, at most to the end of the line. */
static size_t width_of(const struct oh_source *source, size_t from, size_t to) {
    size_t end = from;
    while (end < to && !oh_is_line_end(source, end))
        end++;
    return oh_utf8_length(source->text + from, end - from);
}

/* Escapes in double quotes can make characters that no name or title should hold. */
static bool is_clean(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] < 0x20 && strchr("\t\n\r", text[i]) == NULL) || text[i] == '\0')
            return false;
    return true;
}

/* Content of a scalar, without quotes, and where its end stands. A block's content begins somewhere below its sign:
 * only the sign is shown. */
static struct oh_part scalar_part(const struct parse *p, const yaml_event_t *event,
                                  struct oh_place *place, struct oh_place *end_place) {
    const struct oh_source *source = p->reading.source;
    yaml_scalar_style_t style = event->data.scalar.style;
    struct cursor start = p->at;
    if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL)
        skip_properties(source, &start, event->end_mark.index);
    struct cursor end = start;
    cursor_to_character(source, &end, event->end_mark.index);
    struct oh_part part = {
        .from = start.at, .to = end.at, .is_plain = style == YAML_PLAIN_SCALAR_STYLE};
    *end_place = place_of(p, &end, 1);

    bool is_block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    bool has_quotes = !part.is_plain && !is_block && end.at >= start.at + 2;
    if (has_quotes)
        cursor_step(source, &start);
    size_t width = is_block ? 1 : width_of(source, start.at, end.at - has_quotes);
    *place = place_of(p, &start, width);
    return part;
}

static bool add_scalar(struct parse *p, const yaml_event_t *event) {
    struct oh_place place, end;
    struct oh_part part = scalar_part(p, event, &place, &end);
    struct anchor *anchor = define_anchor(p, event->data.scalar.anchor);
    report_tag(p, event->data.scalar.tag, place_of(p, &p->at, 1));

    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (length > LONGEST_SCALAR) {
        REPORT(p, TEXT_TOO_LONG, place, NULL, "a single value of %zu bytes; %d are enough", length,
               LONGEST_SCALAR);
        return false;
    }
    if (!is_clean(text, length)) {
        REPORT(p, CONTROL_CHARACTER, place, NULL, "an escape makes a control character");
        length = 0;
    }
    struct oh_node *node = OH_NEW(p->reading.arena, struct oh_node);
    *node = (struct oh_node){.kind = OH_SCALAR,
                             .is_quoted = !part.is_plain,
                             .place = place,
                             .text = oh_arena_strndup(p->reading.arena, text, length),
                             .length = length};
    part.node = node;
    if (part.is_plain)
        oh_warn_cut_text(&p->reading, &part, end);
    if (anchor != NULL) {
        anchor->node = node;
        anchor->n_nodes = 1;
    }
    add_part(p, part);
    return may_add(p, 1, 0, place);
}

static bool start_document(struct parse *p, const yaml_event_t *event) {
    (void)event;
    if (p->n_documents++ == 0)
        return true;
    REPORT(p, SEVERAL_DOCUMENTS, place_of(p, &p->at, 3), "one file holds one scenario",
           "a second YAML document starts here");
    return false;
}

typedef bool event_handler(struct parse *p, const yaml_event_t *event);
static event_handler *const handlers[] = {[YAML_DOCUMENT_START_EVENT] = start_document,
                                          [YAML_ALIAS_EVENT] = add_alias,
                                          [YAML_SCALAR_EVENT] = add_scalar,
                                          [YAML_SEQUENCE_START_EVENT] = open_level,
                                          [YAML_SEQUENCE_END_EVENT] = close_level,
                                          [YAML_MAPPING_START_EVENT] = open_level,
                                          [YAML_MAPPING_END_EVENT] = close_level};

static void report_error(struct parse *p, struct cursor start) {
    if (p->yaml.error == YAML_MEMORY_ERROR)
        oh_out_of_memory();
    struct cursor problem = start, context = start;
    cursor_to_character(p->reading.source, &problem, p->yaml.problem_mark.index);
    cursor_to_character(p->reading.source, &context, p->yaml.context_mark.index);
    const struct level *inner = p->n_levels > 0 ? &p->levels[p->n_levels - 1] : NULL;
    size_t open = inner != NULL && inner->is_flow ? inner->from : OH_NO_BRACKET;
    oh_report_yaml_error(&p->reading, &p->yaml, problem.at, context.at, open);
}

/* All events up to the end or the first that is too much; false if libyaml gave up. */
static bool read_events(struct parse *p) {
    const struct cursor start = p->at;
    for (bool goes_on = true; goes_on;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&p->yaml, &event)) {
            report_error(p, start);
            return false;
        }
        cursor_to_character(p->reading.source, &p->at, event.start_mark.index);
        event_handler *handle =
            event.type < sizeof handlers / sizeof handlers[0] ? handlers[event.type] : NULL;
        goes_on = event.type != YAML_STREAM_END_EVENT;
        if (handle != NULL && !handle(p, &event))
            goes_on = false;
        else if (!goes_on)
            report_unused_anchors(p);
        yaml_event_delete(&event);
    }
    return true;
}

/* The value of the text from byte `offset` on. root.node is NULL if there is none or if it could not be read. */
struct oh_part oh_parse_events(const struct oh_reading *reading, size_t offset,
                               size_t *n_documents) {
    const struct oh_source *source = reading->source;
    struct parse *p = oh_calloc(1, sizeof *p);
    p->reading = *reading;
    p->parts_capacity = 64;
    p->parts = oh_calloc(p->parts_capacity, sizeof *p->parts);
    p->at = (struct cursor){.line = 1, .column = 1};
    while (p->at.at < offset)
        cursor_step(source, &p->at);
    p->at.character = 0;

    if (!yaml_parser_initialize(&p->yaml))
        oh_out_of_memory();
    yaml_parser_set_encoding(&p->yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p->yaml, (const unsigned char *)source->text + offset,
                                 source->length - offset);
    bool is_read = read_events(p);
    yaml_parser_delete(&p->yaml);
    HASH_CLEAR(hh, p->anchors_by_name);
    struct oh_part root = is_read ? p->root : (struct oh_part){0};
    *n_documents = p->n_documents;
    free(p->parts);
    free(p);
    return root;
}
