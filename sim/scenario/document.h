/* The document tree: what YAML text says, before anybody asks what it means.
 *
 * Every node keeps its place in the file. Scalars stay text: the schema decides what they are, so `no`, `on` and `1:30`
 * are never turned into something else. A tree is immutable, lives in an arena and may share parts with other trees
 * (aliases, merged documents); it is at most 64 levels deep, so that recursion over it is safe.
 *
 * Problems go to `diagnostics`. What YAML reads differently from what was meant (a comma inside parentheses in `{...}`,
 * `1,850`, `open:07:00`) is reported by name and mended in the tree, so that later checks find only what else is
 * wrong: a tree may come back although errors were added. NULL means that there is no tree to go on with.
 *
 * Limits: 8 MiB of text, 64 levels, 200,000 nodes with aliases expanded, 64 KiB for one scalar. */
#ifndef OH_SCENARIO_DOCUMENT_H
#define OH_SCENARIO_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

enum oh_node_kind { OH_SCALAR, OH_SEQUENCE, OH_MAPPING };

struct oh_node;

struct oh_entry {
    const struct oh_node *key; /* always a scalar */
    const struct oh_node *value;
};

struct oh_node {
    enum oh_node_kind kind;
    bool is_quoted; /* scalar: in quotes or a | or > block */
    /* Scalar: its content, without quotes. Mapping, sequence: where it starts, width 1. */
    struct oh_place place;

    const char *
        text; /* scalar: NUL-terminated, no NUL inside; "" for a value left out (`key:`). Else NULL */
    size_t length; /* bytes of text */

    size_t n;                             /* entries or items */
    const struct oh_entry *entries;       /* mapping, in the order of the file, keys distinct */
    const struct oh_node *const *items;   /* sequence */
    const struct oh_entry *const *by_key; /* of large mappings: entries sorted by key; private */
};

/* ---- reading ---- */

/* Reads a file. An empty one, or one with only comments, is an error. The source (node->place.source) lives in the
 * arena: keep the arena until the diagnostics are printed. */
const struct oh_node *oh_document_read(struct oh_arena *arena, const char *path,
                                       struct oh_diagnostics *diagnostics);

/* A text to parse, copied: `name` is shown before line and column ("--set"). */
const struct oh_source *oh_source_create(struct oh_arena *arena, const char *name, const char *text,
                                         size_t length);

/* Parses the source from byte `offset` on: of `--set agents.a.count=50` make the whole argument the source and start
 * behind the `=`. No text at all gives an empty scalar. */
const struct oh_node *oh_document_parse(struct oh_arena *arena, const struct oh_source *source,
                                        size_t offset, struct oh_diagnostics *diagnostics);

/* ---- looking ---- */

/* A value left out: plain and without text, as in `key:`. */
bool oh_node_is_empty(const struct oh_node *node);
/* A scalar with exactly this text, plain or quoted. */
bool oh_node_is_text(const struct oh_node *node, const char *text);
/* "text", "list" or "map", for messages. */
const char *oh_node_kind_name(enum oh_node_kind kind);
/* The (first) entry or the value of a key; NULL if absent or if `mapping` is no mapping. */
const struct oh_entry *oh_node_entry(const struct oh_node *mapping, const char *key);
const struct oh_node *oh_node_find(const struct oh_node *mapping, const char *key);
/* Of a plain text such as `open:07:00`, where a map may have been meant: bytes before the colon that lacks its blank,
 * else 0. For a decoder that wants a map and meets a text: report missing-space-after-colon. */
size_t oh_node_missing_space(const struct oh_node *node);
/* Equal in kind, text and order of items; entries in any order. Places do not count. */
bool oh_node_is_equal(const struct oh_node *a, const struct oh_node *b);

/* ---- building ---- */

/* Texts and arrays are copied, nodes are shared. Keys must be distinct. */
const struct oh_node *oh_node_scalar(struct oh_arena *arena, const char *text,
                                     struct oh_place place);
const struct oh_node *oh_node_sequence(struct oh_arena *arena, const struct oh_node *const *items,
                                       size_t n, struct oh_place place);
const struct oh_node *oh_node_mapping(struct oh_arena *arena, const struct oh_entry *entries,
                                      size_t n, struct oh_place place);

/* Where the merge stands: the keys from the root down, last first. NULL: the root. */
struct oh_step {
    const struct oh_step *up;
    const char *key;
};
/* Whether `over` takes the place of `base` as a whole although both are mappings (clock maps, say). */
typedef bool oh_is_whole(const struct oh_step *at, const struct oh_node *base,
                         const struct oh_node *over, void *context);

/* `over` laid on `base`: mappings merge by key (order of base, then what is new), everything else is replaced.
 * `is_whole` may be NULL: then mappings always merge. */
const struct oh_node *oh_node_merge(struct oh_arena *arena, const struct oh_node *base,
                                    const struct oh_node *over, oh_is_whole *is_whole,
                                    void *context);

/* `root` with the value at the path keys[0] … keys[n-1] replaced, added, or, for a NULL value, removed. Mappings on the
 * way that are missing are made, with the place of `value`. NULL if something on the way is not a mapping. */
const struct oh_node *oh_node_with(struct oh_arena *arena, const struct oh_node *root,
                                   const char *const *keys, size_t n, const struct oh_node *value);

/* ---- printing ---- */

/* A scalar as YAML that reads back to the same text in block and in flow context: plain if it can, else quoted. */
void oh_scalar_print(const char *text, struct oh_text *to);
/* A whole tree in flow style on one line: {a: 1, b: [x, y]}. Reading it gives an equal tree. */
void oh_node_print(const struct oh_node *node, struct oh_text *to);

#endif
