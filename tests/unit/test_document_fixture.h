/* Reads YAML text from a file of the test's own, and says in a line what came of it. */
#ifndef TEST_DOCUMENT_FIXTURE_H
#define TEST_DOCUMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/document.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* The file that the reading functions write first; made and removed around each test. */
extern char document_path[64];
int make_file(void **state);
int remove_file(void **state);
#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, make_file, remove_file)

/* One reading, with everything it allocates. */
struct reading {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    const struct oh_node *root;
};
struct reading reading_create(void);
void reading_destroy(struct reading *r);

struct reading read_bytes(const char *bytes, size_t length);
struct reading read_text(const char *text);
/* A sound text as a tree of the reading's arena. */
const struct oh_node *tree(struct reading *r, const char *text);

/* Problems must be "slug@line:column+width slug@..." and the printed tree `expected`, or "nothing" if there is none.
 * Destroys the reading. */
void expect(struct reading r, const char *text, const char *problems, const char *expected);
void expect_tree(const struct oh_node *node, const char *expected);

/* `head`, then `piece` as often as told (%d in it counts), then `tail`; the caller frees it. */
char *repeated(const char *head, const char *piece, int times, const char *tail);

#endif
