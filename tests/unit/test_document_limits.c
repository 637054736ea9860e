/* Large and hostile documents, and files that are none. */
#include "test_document_fixture.h"

#include <time.h>

/* Processor time, so that a busy machine does not matter. */
static double seconds_now(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static const struct {
    const char *head, *piece;
    int times;
    const char *tail, *slug; /* of the first problem; NULL: none */
} floods[] = {
    {"", "[", 200000, "", "nested-too-deep"},
    {"", "[", 8000000, "", "nested-too-deep"},
    {"", "{", 200000, "", "nested-too-deep"},
    {"", "[{", 4000000, "", "nested-too-deep"},
    {"", "- ", 4000000, "", "nested-too-deep"},
    {"", "? ", 4000000, "", "nested-too-deep"},
    {"[", "a,", 4000000, "", "too-many-nodes"},
    {"", "- a\n", 2000000, "", "too-many-nodes"},
    {"", "k%d: 1\n", 99999, "", NULL},
    {"", "k%d: 1\n", 100000, "", "too-many-nodes"},
    {"", "k: 1\n", 90000, "", "duplicate-key"},
    {"", "k%d:1\n", 300000, "", "text-too-long"},
    {"", "- &a%d x\n", 90000, "", "unused-anchor"},
    {"- &a x\n", "- *a\n", 190000, "", NULL},
    {"", "- *a\n", 150000, "", "unknown-alias"},
    {"", "- !a b\n", 90000, "", "yaml-tag"},
    {"", "- a #b\n", 90000, "", "text-cut-by-comment"},
    {"[", "f(a,", 190000, "]", NULL},
    {"{a: f(a,", "f(a%d,", 90000, "}", "split-by-comma"},
    {"[", "850,", 190000, "]", "thousands-comma"},
    {"{", "k%d:1,", 90000, "}", "missing-space-after-colon"},
    {"{", "k%d: f(a, b), ", 40000, "}", "split-by-comma"},
    {"", "%%TAG !a%d! b\n", 400000, "", "yaml-syntax"},
    {"", "# comment\n", 800000, "", "empty-file"},
    {"", "\t", 8000000, "", "tab-indentation"},
    {"a: '", "x", 8000000, "'", "text-too-long"},
    {"a: ", "x", 65536, "", NULL},
    {"a: ", "x", 65537, "", "text-too-long"},
    {"a:\n", "  x:1\n", 10000, "  y: 1\n", "missing-space-after-colon"},
    {"a: ", "x", 8388606, "", "file-too-large"},
};

static void floods_end_soon_with_a_clear_word(void **state) {
    const double limit_s = 5; /* generous, as sanitizers slow it down ten times; usual are 0.1 s */
    for (size_t i = 0; i < N_OF(floods); i++) {
        char *text = repeated(floods[i].head, floods[i].piece, floods[i].times, floods[i].tail);
        double start = seconds_now();
        struct reading r = read_text(text);
        double spent_s = seconds_now() - start;
        const struct oh_problem *problem = oh_diag_problem(r.diagnostics, 0);
        const char *slug = problem != NULL ? oh_messages[problem->id].slug : "nothing";
        const char *expected = floods[i].slug != NULL ? floods[i].slug : "nothing";
        if (strcmp(slug, expected) != 0 || spent_s > limit_s)
            fail_msg("%d times '%s': %s after %.3f s, not %s", floods[i].times, floods[i].piece,
                     slug, spent_s, expected);
        reading_destroy(&r);
        free(text);
    }
}

static void sixty_four_levels_are_the_limit(void **state) {
    for (int levels = 64; levels <= 65; levels++) {
        char *open = repeated("", "[", levels, ""), *both = repeated(open, "]", levels, "\n");
        struct reading r = read_text(both);
        assert_int_equal(r.root != NULL, levels == 64);
        assert_int_equal(oh_diag_errors(r.diagnostics), levels - 64);
        reading_destroy(&r);
        free(open);
        free(both);
    }
}

static void aliases_count_with_all_that_they_repeat(void **state) {
    char bomb[2000] = "a: &a [1,1,1,1,1,1,1,1,1,1]\n";
    for (char c = 'b'; c <= 'i'; c++)
        sprintf(bomb + strlen(bomb), "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c,
                c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    struct reading r = read_text(bomb);
    assert_null(r.root);
    assert_int_equal(oh_diag_problem(r.diagnostics, 0)->id, OH_MSG_TOO_MANY_NODES);
    assert_int_equal(oh_diag_problem(r.diagnostics, 0)->place.line, 6);
    reading_destroy(&r);

    struct oh_text chain = {0};
    oh_text_puts(&chain, "- &a0 [x]\n");
    for (int i = 1; i < 70; i++)
        oh_text_printf(&chain, "- &a%d [*a%d]\n", i, i - 1);
    r = read_text(chain.data);
    assert_int_equal(oh_diag_problem(r.diagnostics, 0)->id, OH_MSG_NESTED_TOO_DEEP);
    assert_int_equal(oh_diag_problem(r.diagnostics, 0)->place.line, 64);
    reading_destroy(&r);
    oh_text_fini(&chain);
}

static void files_that_are_none_are_refused(void **state) {
    static const char *const paths[] = {"/no/such/file.yaml", "/tmp", "/dev/null", "/dev/zero"};
    static const char *const slugs[] = {"file-unreadable", "file-unreadable", "empty-file",
                                        "file-too-large"};
    for (size_t i = 0; i < N_OF(paths); i++) {
        struct reading r = reading_create();
        assert_null(oh_document_read(r.arena, paths[i], r.diagnostics));
        const struct oh_problem *problem = oh_diag_problem(r.diagnostics, 0);
        assert_string_equal(oh_messages[problem->id].slug, slugs[i]);
        assert_string_equal(problem->place.source->name, paths[i]);
        assert_int_equal(problem->place.line, 0);
        reading_destroy(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_FILE(floods_end_soon_with_a_clear_word),
        WITH_FILE(sixty_four_levels_are_the_limit),
        WITH_FILE(aliases_count_with_all_that_they_repeat),
        cmocka_unit_test(files_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
