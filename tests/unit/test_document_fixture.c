#include "test_document_fixture.h"

#include <unistd.h>

char document_path[64];

int make_file(void **state) {
    strcpy(document_path, "/tmp/onhold-document-XXXXXX");
    int fd = mkstemp(document_path);
    return fd < 0 || close(fd) != 0;
}

int remove_file(void **state) {
    return unlink(document_path);
}

struct reading reading_create(void) {
    return (struct reading){.arena = oh_arena_create(), .diagnostics = oh_diag_create()};
}

void reading_destroy(struct reading *r) {
    oh_diag_destroy(r->diagnostics);
    oh_arena_destroy(r->arena);
}

struct reading read_bytes(const char *bytes, size_t length) {
    FILE *file = fopen(document_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    struct reading r = reading_create();
    r.root = oh_document_read(r.arena, document_path, r.diagnostics);
    return r;
}

struct reading read_text(const char *text) {
    return read_bytes(text, strlen(text));
}

/* "slug@line:column+width slug@..." of all problems, then the tree. */
static void describe(const struct reading *r, struct oh_text *problems, struct oh_text *tree) {
    const struct oh_problem *problem;
    oh_text_puts(problems, "");
    for (size_t i = 0; (problem = oh_diag_problem(r->diagnostics, i)) != NULL; i++)
        oh_text_printf(problems, "%s%s@%u:%u+%u", i > 0 ? " " : "", oh_messages[problem->id].slug,
                       problem->place.line, problem->place.column, problem->place.width);
    if (r->root != NULL)
        oh_node_print(r->root, tree);
    else
        oh_text_puts(tree, "nothing");
}

void expect(struct reading r, const char *text, const char *problems, const char *tree) {
    struct oh_text found_problems = {0}, found_tree = {0};
    describe(&r, &found_problems, &found_tree);
    if (strcmp(found_problems.data, problems) != 0 || strcmp(found_tree.data, tree) != 0)
        fail_msg("\n'%s'\ngives  '%s'\n  and  '%s'\nnot    '%s'\n  and  '%s'", text,
                 found_problems.data, found_tree.data, problems, tree);
    oh_text_fini(&found_problems);
    oh_text_fini(&found_tree);
    reading_destroy(&r);
}

const struct oh_node *tree(struct reading *r, const char *text) {
    const struct oh_source *source = oh_source_create(r->arena, "test", text, strlen(text));
    const struct oh_node *node = oh_document_parse(r->arena, source, 0, r->diagnostics);
    assert_non_null(node);
    return node;
}

void expect_tree(const struct oh_node *node, const char *expected) {
    struct oh_text text = {0};
    oh_node_print(node, &text);
    assert_string_equal(text.data, expected);
    oh_text_fini(&text);
}

char *repeated(const char *head, const char *piece, int times, const char *tail) {
    struct oh_text text = {0};
    oh_text_puts(&text, head);
    bool counts = strchr(piece, '%') != NULL;
    for (int i = 0; i < times; i++)
        if (counts)
            oh_text_printf(&text, piece, i);
        else
            oh_text_puts(&text, piece);
    oh_text_puts(&text, tail);
    return text.data;
}
