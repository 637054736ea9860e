/* Kinds of values: how a value is read from the document into a struct, and written back. Private to scenario/. */
#ifndef OH_SCENARIO_KINDS_H
#define OH_SCENARIO_KINDS_H

#include "scenario/document.h"
#include "scenario/scenario.h"
#include "scenario/schema.h"

/* A file that the scenario extends. */
struct oh_layer {
    const struct oh_source *source;
    const char *prefix; /* its directory, seen from that of the scenario */
};

struct oh_decoder {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    const char *directory; /* that file names are relative to */
    uint64_t files_digest; /* of the data files read */
    bool is_overridden; /* a variant or the command line changed the file, or it extends another */
    size_t n_layers;
    const struct oh_layer *layers;
};

/* Makes a text of a data file part of the scenario's digest. */
void oh_decoder_digest(struct oh_decoder *decoder, const char *text);

struct oh_kind {
    const char *name; /* "text", "list of names"; NULL: the unit's */
    /* Fills in `into`, zeroed before. `node` NULL: not given and without default. Reports problems. */
    void (*decode)(struct oh_decoder *decoder, const struct oh_key *key, const struct oh_node *node,
                   void *into);
    /* The canonical form; NULL if not given. */
    const struct oh_node *(*encode)(struct oh_arena *arena, const struct oh_key *key,
                                    const void *from);
    const char *values; /* what may be written, in words; NULL: told by unit and choices */
};

/* Containers; decode.c walks them. */
extern const struct oh_kind oh_kind_section; /* keys that the schema names */
extern const struct oh_kind
    oh_kind_rule; /* the same; a bool at its offset tells whether it is there */
extern const struct oh_kind
    oh_kind_map; /* names that the user chooses: struct {uint32_t n; T *items;} */
bool oh_kind_is_container(const struct oh_kind *kind);

/* Plain values (kinds.c). */
extern const struct oh_kind oh_kind_text;         /* const char * */
extern const struct oh_kind oh_kind_choice;       /* int */
extern const struct oh_kind oh_kind_quantity;     /* double, or struct oh_value if it may change */
extern const struct oh_kind oh_kind_distribution; /* const struct oh_dist *, or struct oh_value */
extern const struct oh_kind oh_kind_opening;      /* struct oh_value of clocks; NAN: closed */

/* Lists (lists.c): one element may stand without brackets. */
extern const struct oh_kind oh_kind_names;      /* struct oh_names */
extern const struct oh_kind oh_kind_quantities; /* struct oh_numbers */
extern const struct oh_kind oh_kind_precisions; /* struct oh_precisions */
extern const struct oh_kind oh_kind_busyness;   /* struct oh_busyness */

/* Values of a form of their own (special.c). */
extern const struct oh_kind oh_kind_chance;      /* struct oh_chance */
extern const struct oh_kind oh_kind_price;       /* struct oh_price */
extern const struct oh_kind oh_kind_queue_limit; /* struct oh_queue_limit */
extern const struct oh_kind oh_kind_money;       /* struct oh_money */
extern const struct oh_kind oh_kind_expectation; /* struct oh_expectation */
extern const struct oh_kind oh_kind_overrides;   /* struct oh_variant's node */
extern const struct oh_kind oh_kind_extended;    /* nothing: extends.c has followed it */

/* ---- shared by the kinds ---- */

/* A single number or distribution, as it stands in a cell of a clock map. */
union oh_cell {
    double number;
    const struct oh_dist *dist;
};
bool oh_cell_decode(struct oh_decoder *decoder, const struct oh_key *key, const char *text,
                    size_t length, struct oh_place place, union oh_cell *cell);
const struct oh_node *oh_cell_encode(struct oh_arena *arena, const struct oh_key *key,
                                     const union oh_cell *cell);
bool oh_key_is_dist(const struct oh_key *key);
/* The forms of a chance beside a share and a list: a map of one key. */
struct oh_chance_form {
    const char *key; /* "by_wait" */
    enum oh_chance_by by;
    enum { OH_FORM_LIST, OH_FORM_STEPS, OH_FORM_NAMES } form;
    enum oh_unit unit; /* of steps */
    const char *example;
};
enum { OH_N_CHANCE_FORMS = 5 };
extern const struct oh_chance_form oh_chance_forms[];
bool oh_chance_may_depend(const struct oh_key *key, enum oh_chance_by by);
void oh_chance_print_values(const struct oh_key *key, struct oh_text *to);

/* A quantity within the key's bounds. */
bool oh_quantity_decode(struct oh_decoder *decoder, const struct oh_key *key, enum oh_unit unit,
                        const char *text, size_t length, struct oh_place place, double *into);
const struct oh_node *oh_quantity_encode(struct oh_arena *arena, enum oh_unit unit, double value);

/* The forms of a changing value (value.c); `key` tells what a cell is. */
void oh_value_decode(struct oh_decoder *decoder, const struct oh_key *key,
                     const struct oh_node *node, struct oh_value *into);
const struct oh_node *oh_value_encode(struct oh_arena *arena, const struct oh_key *key,
                                      const struct oh_value *value);

/* A day's course of `n` cells; `starts_s` is kept, `cells` are copied. */
struct oh_course oh_course_create(struct oh_arena *arena, const struct oh_key *key,
                                  const double *starts_s, const union oh_cell *cells, uint32_t n);

/* A CSV column as a value (column.c). */
bool oh_column_is_meant(const struct oh_node *mapping);
void oh_column_decode(struct oh_decoder *decoder, const struct oh_key *key,
                      const struct oh_node *node, struct oh_value *into);
const struct oh_node *oh_column_encode(struct oh_arena *arena, const struct oh_column *column);

/* A node must be a scalar; says what is wrong if it is not, or is empty. */
bool oh_expect_scalar(struct oh_decoder *decoder, const struct oh_node *node, const char *what);
/* At most so many items or entries; says so if there are more. */
bool oh_expect_few(struct oh_decoder *decoder, const struct oh_node *node, size_t most);
enum { OH_MOST_ITEMS = 1000 /* of lists, steps and changes */ };
/* "expected X, found Y", for whatever else does not fit. */
void oh_expect_failed(struct oh_decoder *decoder, const struct oh_node *node, const char *what,
                      const char *hint);
/* "did you mean 'X'?" in the arena, or NULL. */
const char *oh_did_you_mean(struct oh_arena *arena, const char *text, const char *const *candidates,
                            size_t n);
/* The last word of a path. */
const char *oh_key_word(const struct oh_key *key);

/* ---- the walk over schema and document (decode.c) ---- */

void oh_scenario_decode(struct oh_decoder *decoder, const struct oh_node *root,
                        struct oh_scenario *scenario);
/* What to say about a key that `section` (NULL: top level) does not have. */
const char *oh_unknown_key_hint(struct oh_decoder *decoder, const struct oh_key *section,
                                const char *word);
/* Back to a document. `without`: flags of rows to leave out. */
const struct oh_node *oh_scenario_encode(struct oh_arena *arena, const struct oh_scenario *scenario,
                                         unsigned without);

/* Whether everybody leaves the menu by another way than the type's own queue. */
bool oh_menu_takes_all(const struct oh_contact *contact);

/* Checks what no single key can tell (check.c). */
void oh_scenario_check(struct oh_decoder *decoder, const struct oh_scenario *scenario);

/* Whether one of `items`, elements of a map of `size` bytes each, has the name; if not that is reported, with what may
 * have been meant. `what`: "contact type". */
bool oh_check_name(struct oh_decoder *decoder, const void *items, uint32_t n, size_t size,
                   const char *name, struct oh_place place, const char *what);

/* What keys together say of menus, transfers, call-backs and what else is on a contact's way (check_way.c). */
void oh_scenario_check_ways(struct oh_decoder *decoder, const struct oh_scenario *scenario);

/* Variant and overrides applied to a document (override.c); what does not fit is reported and left out. */
const struct oh_node *oh_override_apply(struct oh_decoder *decoder, const struct oh_node *root,
                                        const char *variant, const struct oh_override *overrides,
                                        size_t n_overrides);

/* ---- rows (schema.c) ---- */

/* The row of `word` under `above` (NULL: top level); of a map, its elements' row is the word "*". */
const struct oh_key *oh_schema_child(const struct oh_key *above, const char *word);
/* The row of a path below `above` (NULL: top level); NULL if there is none. */
const struct oh_key *oh_schema_below(const struct oh_key *above, const char *path);
/* Whether `key` stands directly under `above`. */
bool oh_key_is_under(const struct oh_key *key, const struct oh_key *above);

#endif
