/* `extends: other.yaml`: this document laid on that of another file, which may extend a third. Maps of the schema merge by
 * key, everything else is replaced as a whole, `absent` removes. All of it happens before anybody decodes a value, so
 * every value keeps its place in the file that it comes from. */
#include "scenario/extends.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 16 };

/* ---- merging ---- */

static bool is_absent(const struct oh_node *node) {
    return oh_node_is_text(node, "absent") && !node->is_quoted;
}

static void report_nothing_to_remove(struct oh_decoder *d, const struct oh_node *base,
                                     const struct oh_node *key) {
    const char **names = OH_NEW_ARRAY(d->arena, base->n, const char *);
    for (size_t i = 0; i < base->n; i++)
        names[i] = base->entries[i].key->text;
    oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_PATH, key->place,
                oh_did_you_mean(d->arena, key->text, names, base->n),
                "there is no '%s' to remove in '%s'", key->text, base->place.source->name);
}

/* Whether a new key only removes what is not there. What the schema does not know stays, for decoding to tell. */
static bool is_dropped(struct oh_decoder *d, const struct oh_key *row, const struct oh_node *base,
                       const struct oh_entry *entry) {
    if (!is_absent(entry->value) || oh_schema_below(row, entry->key->text) == NULL)
        return false;
    if (row != NULL && row->kind == &oh_kind_map)
        report_nothing_to_remove(d, base, entry->key);
    return true;
}

static bool merges(const struct oh_key *row) {
    return row == NULL || oh_kind_is_container(row->kind) || row->kind == &oh_kind_overrides;
}

static struct oh_entry lay_entry(struct oh_decoder *d, const struct oh_key *row, bool is_variant,
                                 const struct oh_node *base, const struct oh_entry *over);

/* The rows of a variant's paths are counted from the root; there `absent` is a change like any other. */
static const struct oh_node *lay(struct oh_decoder *d, const struct oh_key *row, bool is_variant,
                                 const struct oh_node *base, const struct oh_node *over) {
    if (!merges(row) || base->kind != OH_MAPPING || over->kind != OH_MAPPING)
        return over;
    if (row != NULL && row->kind == &oh_kind_overrides) {
        is_variant = true;
        row = NULL;
    }
    const struct oh_node *nothing = oh_node_mapping(d->arena, NULL, 0, base->place);
    struct oh_entry *entries = OH_NEW_ARRAY(d->arena, base->n + over->n, struct oh_entry);
    size_t n = 0;
    for (size_t i = 0; i < base->n; i++) {
        const struct oh_entry *old = &base->entries[i];
        const struct oh_entry *laid = oh_node_entry(over, old->key->text);
        if (laid == NULL)
            entries[n++] = *old;
        else if (is_variant || !is_absent(laid->value))
            entries[n++] = lay_entry(d, row, is_variant, old->value, laid);
    }
    for (size_t i = 0; i < over->n; i++) {
        const struct oh_entry *new = &over->entries[i];
        bool is_new = oh_node_entry(base, new->key->text) == NULL;
        if (is_new && (is_variant || !is_dropped(d, row, base, new)))
            entries[n++] = lay_entry(d, row, is_variant, nothing, new);
    }
    return oh_node_mapping(d->arena, entries, n, over->place);
}

static struct oh_entry lay_entry(struct oh_decoder *d, const struct oh_key *row, bool is_variant,
                                 const struct oh_node *base, const struct oh_entry *over) {
    const struct oh_key *child = oh_schema_below(row, over->key->text);
    bool is_known = child != NULL;
    return (struct oh_entry){over->key,
                             is_known ? lay(d, child, is_variant, base, over->value) : over->value};
}

/* ---- the chain of files ---- */

/* A file on the way from the first one to the one that is being read. */
struct link {
    const struct link *up;
    const char *name;
    bool is_file; /* else it has no identity: a text from memory */
    dev_t device;
    ino_t inode;
};

static struct link link_to(const char *path, const struct link *up) {
    struct stat status;
    if (stat(path, &status) != 0)
        return (struct link){.up = up, .name = path};
    return (struct link){up, path, true, status.st_dev, status.st_ino};
}

static bool is_new(struct oh_decoder *d, const struct link *link, struct oh_place place) {
    const char *chain = link->name;
    size_t n = 0;
    for (const struct link *up = link->up; up != NULL; up = up->up, n++) {
        chain = oh_arena_printf(d->arena, "%s, %s", up->name, chain);
        if (!up->is_file || up->device != link->device || up->inode != link->inode)
            continue;
        oh_diag_add(d->diagnostics, OH_MSG_EXTENDS_CYCLE, place,
                    n > 0 ? oh_arena_printf(d->arena, "each extends the next: %s", chain) : NULL,
                    n > 0 ? "'%s' would extend itself in the end" : "'%s' would extend itself",
                    up->name);
        return false;
    }
    if (n <= DEEPEST)
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_EXTENDS_TOO_DEEP, place, NULL,
                "more than %d files in a row extend another", DEEPEST);
    return false;
}

static const struct oh_node *read_base(struct oh_decoder *d, const char *path,
                                       const struct oh_node *name, const struct link *link) {
    errno = 0;
    if (access(path, R_OK) != 0) {
        oh_diag_add(d->diagnostics, OH_MSG_FILE_UNREADABLE, name->place, NULL,
                    "cannot read '%s': %s", name->text, strerror(errno));
        return NULL;
    }
    if (!is_new(d, link, name->place))
        return NULL;
    const struct oh_node *base = oh_document_read(d->arena, path, d->diagnostics);
    if (base == NULL || base->kind == OH_MAPPING)
        return base;
    oh_expect_failed(d, base, "a map of keys", "a scenario starts with keys such as 'contacts:'");
    return NULL;
}

static void add_layer(struct oh_decoder *d, const struct oh_node *root, const char *file) {
    struct oh_layer *layers = OH_NEW_ARRAY(d->arena, d->n_layers + 1, struct oh_layer);
    for (size_t i = 0; i < d->n_layers; i++)
        layers[i] = d->layers[i];
    layers[d->n_layers++] = (struct oh_layer){root->place.source, oh_directory_of(d->arena, file)};
    d->layers = layers;
}

static const struct oh_node *resolve(struct oh_decoder *d, const struct oh_node *root,
                                     const struct link *up) {
    static const char *const key[] = {"extends"};
    const struct oh_node *name = oh_node_find(root, key[0]);
    if (name == NULL)
        return root;
    if (!oh_expect_scalar(d, name, "the path of a scenario"))
        return NULL;
    const char *file = oh_decoder_file(d, name->place, name->text);
    const char *path = oh_decoder_path(d, file);
    struct link link = link_to(path, up);
    const struct oh_node *base = read_base(d, path, name, &link);
    if (base == NULL)
        return NULL;
    add_layer(d, base, file);
    base = resolve(d, base, &link);
    return base != NULL ? lay(d, NULL, false, base, oh_node_with(d->arena, root, key, 1, NULL))
                        : NULL;
}

const struct oh_node *oh_extends_resolve(struct oh_decoder *d, const struct oh_node *root,
                                         const char *file) {
    struct link first = link_to(file, NULL);
    return resolve(d, root, &first);
}

/* ---- names of files ---- */

const char *oh_directory_of(struct oh_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "" : oh_arena_strndup(arena, path, (size_t)(slash - path) + 1);
}

const char *oh_decoder_prefix(const struct oh_decoder *d, struct oh_place place) {
    for (size_t i = 0; i < d->n_layers; i++)
        if (d->layers[i].source == place.source)
            return d->layers[i].prefix;
    return "";
}

const char *oh_decoder_file(struct oh_decoder *d, struct oh_place place, const char *file) {
    const char *prefix = oh_decoder_prefix(d, place);
    return file[0] == '/' || prefix[0] == '\0' ? file
                                               : oh_arena_printf(d->arena, "%s%s", prefix, file);
}

const char *oh_decoder_path(struct oh_decoder *d, const char *file) {
    return file[0] == '/' ? file : oh_arena_printf(d->arena, "%s%s", d->directory, file);
}

/* ---- changes of a variant, which are printed as they stand ---- */

/* A distribution with data may be a duration or a number; its canonical text names the file anew. */
static const struct oh_node *moved_text(struct oh_decoder *d, const struct oh_node *node) {
    if (strstr(node->text, "empirical") == NULL)
        return node;
    const enum oh_unit units[] = {OH_UNIT_DURATION, OH_UNIT_NUMBER};
    struct oh_diagnostics *none = oh_diag_create();
    const struct oh_dist *dist = NULL;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && dist == NULL; i++)
        dist = oh_dist_parse(d->arena, node->text, units[i], node->place, d->directory,
                             oh_decoder_prefix(d, node->place), none);
    oh_diag_destroy(none);
    struct oh_text text = {0};
    if (dist != NULL)
        oh_dist_print(dist, &text);
    const struct oh_node *moved =
        dist != NULL ? oh_node_scalar(d->arena, text.data, node->place) : node;
    oh_text_fini(&text);
    return moved;
}

static const struct oh_node *moved_map(struct oh_decoder *d, const struct oh_node *node) {
    struct oh_entry *entries = OH_NEW_ARRAY(d->arena, node->n, struct oh_entry);
    bool is_column = oh_column_is_meant(node);
    for (size_t i = 0; i < node->n; i++) {
        const struct oh_node *value = node->entries[i].value;
        bool is_file = is_column && value->kind == OH_SCALAR &&
                       strcmp(node->entries[i].key->text, "file") == 0;
        entries[i].key = node->entries[i].key;
        entries[i].value =
            is_file ? oh_node_scalar(d->arena, oh_decoder_file(d, value->place, value->text),
                                     value->place)
                    : oh_files_moved(d, value);
    }
    return oh_node_mapping(d->arena, entries, node->n, node->place);
}

const struct oh_node *oh_files_moved(struct oh_decoder *d, const struct oh_node *node) {
    if (d->n_layers == 0)
        return node;
    if (node->kind == OH_MAPPING)
        return moved_map(d, node);
    if (node->kind == OH_SCALAR)
        return oh_decoder_prefix(d, node->place)[0] != '\0' ? moved_text(d, node) : node;
    const struct oh_node **items = OH_NEW_ARRAY(d->arena, node->n, const struct oh_node *);
    for (size_t i = 0; i < node->n; i++)
        items[i] = oh_files_moved(d, node->items[i]);
    return oh_node_sequence(d->arena, items, node->n, node->place);
}
