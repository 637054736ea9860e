/* What a user sees of a problem, to the last blank. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])
#define ELLIPSIS    "\xE2\x80\xA6"

static struct oh_source source_of(const char *text) {
    return (struct oh_source){.name = "irs.yaml", .text = text, .length = strlen(text)};
}

/* The printed text of all problems; freed by the caller. */
static char *printed(const struct oh_diagnostics *diagnostics, bool color) {
    static char *text; /* static, as gcc 12 thinks that a local one is used after its end */
    static size_t length;
    FILE *to = open_memstream(&text, &length);
    oh_diag_print(diagnostics, to, color);
    fclose(to);
    return text;
}

static void expect_printed(const struct oh_diagnostics *diagnostics, const char *expected) {
    char *text = printed(diagnostics, false);
    assert_string_equal(text, expected);
    free(text);
}

struct row {
    const char *text;
    uint32_t line, column, width;
    const char *hint, *expected;
};

static const struct row excerpts[] = {
    {"talk: lognormall(mean=11min cv=0.9)\n", 1, 7, 10, "did you mean 'lognormal'?",
     "irs.yaml:1:7: error: no good [yaml-syntax]\n"
     "    1 | talk: lognormall(mean=11min cv=0.9)\n"
     "      |       ^~~~~~~~~~ did you mean 'lognormal'?\n"},
    {"a: 1\nb: 2\nc: 3", 3, 4, 1, NULL,
     "irs.yaml:3:4: error: no good [yaml-syntax]\n"
     "    3 | c: 3\n"
     "      |    ^\n"},
    {"a: 1\r\nb: 2\r\n", 2, 1, 1, NULL,
     "irs.yaml:2:1: error: no good [yaml-syntax]\n"
     "    2 | b: 2\n"
     "      | ^\n"},
    {"a: 1\rb: 2\r", 2, 1, 1, NULL,
     "irs.yaml:2:1: error: no good [yaml-syntax]\n"
     "    2 | b: 2\n"
     "      | ^\n"},
    {"\ta:\t1", 1, 5, 1, NULL,
     "irs.yaml:1:5: error: no good [yaml-syntax]\n"
     "    1 |  a: 1\n"
     "      |     ^\n"},
    {"n: \xC3\xA9t\xC3\xA9 x", 1, 8, 1, NULL,
     "irs.yaml:1:8: error: no good [yaml-syntax]\n"
     "    1 | n: \xC3\xA9t\xC3\xA9 x\n"
     "      |        ^\n"},
    {"a: \x1B[31m\x07\xFF\xE2\x80\xAE!", 1, 4, 5, NULL, /* escape, bell, no UTF-8, right-to-left */
     "irs.yaml:1:4: error: no good [yaml-syntax]\n"
     "    1 | a: ?[31m?\?\?!\n"
     "      |    ^~~~~\n"},
    {"a: 12", 1, 4, 900, NULL, /* no wider than the line */
     "irs.yaml:1:4: error: no good [yaml-syntax]\n"
     "    1 | a: 12\n"
     "      |    ^~\n"},
    {"a: 1\n", 2, 1, 1, "the file ends here",
     "irs.yaml:2:1: error: no good [yaml-syntax]\n"
     "    2 | \n"
     "      | ^ the file ends here\n"},
    {"a: 1\n", 9, 1, 1, "a hint", /* a line that is not there */
     "irs.yaml:9:1: error: no good; a hint [yaml-syntax]\n"},
    {"a: 1\n", 0, 0, 0, "a hint", "irs.yaml: error: no good; a hint [yaml-syntax]\n"},
    {"a: 1\n", 0, 0, 0, NULL, "irs.yaml: error: no good [yaml-syntax]\n"},
};

static void each_problem_shows_its_line(void **state) {
    for (size_t i = 0; i < N_OF(excerpts); i++) {
        const struct row *row = &excerpts[i];
        struct oh_source source = source_of(row->text);
        struct oh_diagnostics *diagnostics = oh_diag_create();
        struct oh_place place = {&source, row->line, row->column, row->width};
        oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, place, row->hint, "no good");
        expect_printed(diagnostics, row->expected);
        oh_diag_destroy(diagnostics);
    }
}

static void places_without_text_have_no_excerpt(void **state) {
    struct oh_source source = {.name = "--set"};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, 1, 4, 1}, NULL, "bad");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){0}, NULL, "worse");
    expect_printed(diagnostics, "error: worse [yaml-syntax]\n"
                                "--set:1:4: error: bad [yaml-syntax]\n");
    oh_diag_destroy(diagnostics);
}

/* The second line of the output, the excerpt, and the column of the caret in the third, both from behind the bar. */
static void excerpt_of(const char *text, uint32_t column, uint32_t width, char *line, size_t *caret,
                       size_t *tildes) {
    const struct oh_source source = source_of(text);
    struct oh_diagnostics *diagnostics = oh_diag_create();
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, 1, column, width}, NULL,
                "x");
    char *all = printed(diagnostics, false);
    char *excerpt = strchr(strchr(all, '\n'), '|') + 2;
    size_t length = strcspn(excerpt, "\n");
    memcpy(line, excerpt, length);
    line[length] = '\0';
    char *below = strchr(excerpt + length, '|') + 2;
    *caret = strspn(below, " ");
    *tildes = strspn(below + *caret + 1, "~");
    free(all);
    oh_diag_destroy(diagnostics);
}

/* 1,000 characters in which every hundred is recognisable: "…0123456789…" with a letter for each hundred at its start. */
static void fill_long_line(char line[1001]) {
    for (int i = 0; i < 1000; i++)
        line[i] = (char)(i % 100 == 0 ? 'A' + i / 100 : '0' + i % 10);
    line[1000] = '\0';
}

static void long_lines_are_cut_around_the_caret(void **state) {
    char text[1001], line[1200];
    fill_long_line(text);
    for (uint32_t column = 1; column <= 1001; column++) {
        size_t caret, tildes, before = strlen(ELLIPSIS);
        excerpt_of(text, column, 3, line, &caret, &tildes);
        bool is_cut_left = strncmp(line, ELLIPSIS, before) == 0;
        size_t bytes = strlen(line), cuts = (bytes - 100) / 2;
        assert_int_equal(bytes - 2 * cuts, 100);
        assert_int_equal(cuts, is_cut_left + (strcmp(line + bytes - before, ELLIPSIS) == 0));
        if (column <= 1000) {
            char under = line[caret + (is_cut_left ? before - 1 : 0)];
            if (under != text[column - 1])
                fail_msg("column %u: the caret is under '%c'", column, under);
            assert_int_equal(tildes, column <= 998 ? 2 : 1000 - column);
        }
    }
}

static void lines_of_hundred_columns_are_not_cut(void **state) {
    char text[1001], line[1200];
    size_t caret, tildes;
    fill_long_line(text);
    text[100] = '\0';
    excerpt_of(text, 100, 1, line, &caret, &tildes);
    assert_string_equal(line, text);
    assert_int_equal(caret, 99);
}

static void long_lines_of_other_scripts_are_cut_between_characters(void **state) {
    char text[3001] = "", line[1200], expected[400] = ELLIPSIS;
    size_t caret, tildes;
    for (int i = 0; i < 1000; i++)
        strcat(text, i == 500 ? "!" : "\xE2\x82\xAC");
    excerpt_of(text, 501, 1, line, &caret, &tildes);
    for (int i = 0; i < 98; i++)
        strcat(expected, i == 45 ? "!" : "\xE2\x82\xAC");
    strcat(expected, ELLIPSIS);
    assert_string_equal(line, expected);
    assert_int_equal(caret, 46);
}

static void problems_are_sorted_and_said_once(void **state) {
    struct oh_source b = {.name = "b.yaml"}, a = {.name = "a.yaml"};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    static const uint32_t lines[] = {3, 1, 2, 3, 1};
    for (size_t i = 0; i < N_OF(lines); i++)
        oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&b, lines[i], 1, 1}, NULL,
                    "line %u", lines[i]);
    oh_diag_add(diagnostics, OH_MSG_TEXT_CUT_BY_COMMENT, (struct oh_place){&a, 7, 2, 1}, NULL, "w");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&a, 7, 1, 1}, NULL, "first");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&a, 7, 1, 1}, NULL, "second");
    assert_int_equal(oh_diag_errors(diagnostics), 5);
    assert_int_equal(oh_diag_warnings(diagnostics), 1);
    expect_printed(diagnostics, "a.yaml:7:1: error: first [yaml-syntax]\n"
                                "a.yaml:7:1: error: second [yaml-syntax]\n"
                                "a.yaml:7:2: warning: w [text-cut-by-comment]\n"
                                "b.yaml:1:1: error: line 1 [yaml-syntax]\n"
                                "b.yaml:2:1: error: line 2 [yaml-syntax]\n"
                                "b.yaml:3:1: error: line 3 [yaml-syntax]\n");
    assert_string_equal(oh_diag_problem(diagnostics, 3)->text, "line 1");
    assert_null(oh_diag_problem(diagnostics, 6));
    oh_diag_destroy(diagnostics);
}

static void problems_of_one_source_stay_together(void **state) {
    struct oh_source first = {.name = "--set"}, second = {.name = "--set"};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&first, 1, 9, 1}, NULL, "a");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&second, 1, 1, 1}, NULL, "b");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&first, 1, 2, 1}, NULL, "c");
    static const char *const texts[] = {"c", "a", "b"};
    for (size_t i = 0; i < N_OF(texts); i++)
        assert_string_equal(oh_diag_problem(diagnostics, i)->text, texts[i]);
    oh_diag_destroy(diagnostics);
}

static void a_flood_is_counted_but_not_kept(void **state) {
    struct oh_source source = {.name = "x"};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    for (uint32_t i = 1; i <= 5000; i++)
        oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, i, 1, 1}, NULL,
                    "e");
    oh_diag_add(diagnostics, OH_MSG_TEXT_CUT_BY_COMMENT, (struct oh_place){&source, 1, 1, 1}, NULL,
                "w");
    assert_int_equal(oh_diag_errors(diagnostics), 5000);
    assert_null(oh_diag_problem(diagnostics, 1001));
    char *text = printed(diagnostics, false);
    assert_non_null(strstr(text, "\n... and 4000 more that are not shown\n"));
    assert_non_null(strstr(text, "warning: w"));
    free(text);
    oh_diag_destroy(diagnostics);
}

static void user_text_in_messages_is_harmless(void **state) {
    char endless[5000];
    memset(endless, 'x', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    struct oh_source source = {.name = "a\nb\x1B"};
    struct oh_diagnostics *diagnostics = oh_diag_create();
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, 1, 1, 1}, "h\r",
                "not '%s'", "\x1B[2J\n");
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, 2, 1, 1}, NULL, "%s",
                endless);
    assert_true(strlen(oh_diag_problem(diagnostics, 1)->text) < 700);
    char *text = printed(diagnostics, false);
    const char *start = "a?b?:1:1: error: not '?[2J?'; h? [yaml-syntax]\n";
    assert_int_equal(strncmp(text, start, strlen(start)), 0);
    free(text);
    oh_diag_destroy(diagnostics);
}

static void color_is_given_when_asked_for(void **state) {
    struct oh_source source = source_of("a: 1");
    struct oh_diagnostics *diagnostics = oh_diag_create();
    oh_diag_add(diagnostics, OH_MSG_YAML_SYNTAX, (struct oh_place){&source, 1, 4, 1}, "h", "bad");
    char *text = printed(diagnostics, true);
    assert_string_equal(text,
                        "\033[1mirs.yaml:1:4: \033[0m\033[1;31merror:\033[0m bad [yaml-syntax]\n"
                        "    1 | a: 1\n"
                        "      |    \033[1;32m^ h\033[0m\n");
    free(text);
    oh_diag_destroy(diagnostics);
}

static void parts_of_a_place_stay_inside_it(void **state) {
    struct oh_place place = {NULL, 3, 10, 5};
    struct oh_place part = oh_place_within(place, 2, 2);
    assert_int_equal(part.column, 12);
    assert_int_equal(part.width, 2);
    part = oh_place_within(place, 3, 9);
    assert_int_equal(part.column, 13);
    assert_int_equal(part.width, 2);
    part = oh_place_within(place, 99, 1);
    assert_int_equal(part.column, 14);
}

static void every_message_is_complete_and_found_by_its_slug(void **state) {
    for (size_t i = 0; i < OH_N_MESSAGES; i++) {
        const struct oh_message *message = &oh_messages[i];
        assert_ptr_equal(oh_message_find(message->slug), message);
        assert_int_equal(strspn(message->slug, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(message->slug));
        size_t length = strlen(message->explanation);
        if (length < 20 || strchr(".)?", message->explanation[length - 1]) == NULL)
            fail_msg("the explanation of %s is no sentence", message->slug);
    }
    assert_null(oh_message_find("no-such-thing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_problem_shows_its_line),
        cmocka_unit_test(places_without_text_have_no_excerpt),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(lines_of_hundred_columns_are_not_cut),
        cmocka_unit_test(long_lines_of_other_scripts_are_cut_between_characters),
        cmocka_unit_test(problems_are_sorted_and_said_once),
        cmocka_unit_test(problems_of_one_source_stay_together),
        cmocka_unit_test(a_flood_is_counted_but_not_kept),
        cmocka_unit_test(user_text_in_messages_is_harmless),
        cmocka_unit_test(color_is_given_when_asked_for),
        cmocka_unit_test(parts_of_a_place_stay_inside_it),
        cmocka_unit_test(every_message_is_complete_and_found_by_its_slug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
