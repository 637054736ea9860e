/* Trees: looked through, merged, changed, built by hand, printed and read back. */
#include "test_document_fixture.h"

static bool is_clock_map(const struct oh_step *at, const struct oh_node *base,
                         const struct oh_node *over, void *context) {
    ++*(int *)context;
    return at != NULL && strcmp(at->key, "rate") == 0 && at->up != NULL &&
           strcmp(at->up->key, "a") == 0;
}

static void maps_merge_and_all_else_is_replaced(void **state) {
    static const struct {
        const char *base, *over, *merged;
    } rows[] = {
        {"{a: 1, b: 2}", "{b: 3, c: 4}", "{a: 1, b: 3, c: 4}"},
        {"{a: {b: 1, c: 2}}", "{a: {c: 3}}", "{a: {b: 1, c: 3}}"},
        {"{a: [1, 2]}", "{a: [3]}", "{a: [3]}"},
        {"{a: {b: 1}}", "{a: x}", "{a: x}"},
        {"{a: x}", "{a: {b: 1}}", "{a: {b: 1}}"},
        {"{a: {rate: {07:00: 1, 08:00: 2}}}", "{a: {rate: {09:00: 3}}}", "{a: {rate: {09:00: 3}}}"},
        {"{b: {rate: {07:00: 1}}}", "{b: {rate: {09:00: 3}}}", "{b: {rate: {07:00: 1, 09:00: 3}}}"},
        {"x", "{a: 1}", "{a: 1}"},
    };
    struct reading r = reading_create();
    for (size_t i = 0; i < N_OF(rows); i++) {
        int calls = 0;
        const struct oh_node *base = tree(&r, rows[i].base), *over = tree(&r, rows[i].over);
        expect_tree(oh_node_merge(r.arena, base, over, is_clock_map, &calls), rows[i].merged);
        expect_tree(base, rows[i].base);
    }
    reading_destroy(&r);
}

static void values_are_set_by_path(void **state) {
    struct reading r = reading_create();
    const struct oh_node *root = tree(&r, "{a: {b: 1, c: 2}, d: x, e: }"), *five = tree(&r, "5");
    const char *const abq[] = {"a", "b", "q"};
    expect_tree(oh_node_with(r.arena, root, abq, 2, five), "{a: {b: 5, c: 2}, d: x, e: \"\"}");
    expect_tree(oh_node_with(r.arena, root, abq, 1, five), "{a: 5, d: x, e: \"\"}");
    expect_tree(oh_node_with(r.arena, root, abq, 2, NULL), "{a: {c: 2}, d: x, e: \"\"}");
    assert_null(oh_node_with(r.arena, root, abq, 3, five));
    const char *const ef[] = {"e", "f"}, *const xyz[] = {"x", "y", "z"};
    expect_tree(oh_node_with(r.arena, root, ef, 2, five), "{a: {b: 1, c: 2}, d: x, e: {f: 5}}");
    expect_tree(oh_node_with(r.arena, root, xyz, 3, five),
                "{a: {b: 1, c: 2}, d: x, e: \"\", x: {y: {z: 5}}}");
    assert_ptr_equal(oh_node_with(r.arena, root, xyz, 3, NULL), root);
    expect_tree(root, "{a: {b: 1, c: 2}, d: x, e: \"\"}");
    reading_destroy(&r);
}

static void keys_are_found_in_small_and_large_maps(void **state) {
    struct reading r = reading_create();
    for (int n = 0; n < 40; n++) {
        char *text = repeated("{", "k%d: v, ", n, "z: 1}");
        const struct oh_node *map = tree(&r, text);
        assert_int_equal(map->n, n + 1);
        for (int i = 0; i < n; i++) {
            char key[10];
            snprintf(key, sizeof key, "k%d", i);
            assert_ptr_equal(oh_node_entry(map, key), &map->entries[i]);
        }
        assert_true(oh_node_is_text(oh_node_find(map, "z"), "1"));
        assert_null(oh_node_find(map, "k"));
        assert_null(oh_node_find(map, "zz"));
        assert_null(oh_node_find(map, ""));
        free(text);
    }
    assert_null(oh_node_find(tree(&r, "[a]"), "a"));
    assert_null(oh_node_find(NULL, "a"));
    reading_destroy(&r);
}

static void equality_knows_no_places(void **state) {
    static const struct {
        const char *a, *b;
        bool is_equal;
    } rows[] = {{"{a: 1, b: [x]}", "b: ['x']\na: 1", true},
                {"{a: 1}", "{a: 2}", false},
                {"{a: 1}", "{a: 1, b: 1}", false},
                {"[1, 2]", "[2, 1]", false},
                {"[1]", "1", false},
                {"{a: 1}", "{b: 1}", false},
                {"[]", "{}", false}};
    struct reading r = reading_create();
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_int_equal(oh_node_is_equal(tree(&r, rows[i].a), tree(&r, rows[i].b)),
                         rows[i].is_equal);
    reading_destroy(&r);
}

static void trees_are_built_by_hand(void **state) {
    struct reading r = reading_create();
    struct oh_place place = {NULL, 1, 2, 3};
    const struct oh_node *items[] = {oh_node_scalar(r.arena, "x", place),
                                     oh_node_scalar(r.arena, "a, b", place)};
    const struct oh_node *list = oh_node_sequence(r.arena, items, 2, place);
    struct oh_entry entry = {items[0], list};
    const struct oh_node *map = oh_node_mapping(r.arena, &entry, 1, place);
    expect_tree(map, "{x: [x, \"a, b\"]}");
    assert_int_equal(map->place.width, 3);
    expect_tree(oh_node_mapping(r.arena, NULL, 0, place), "{}");
    assert_true(oh_node_is_empty(oh_node_scalar(r.arena, "", place)));
    assert_string_equal(oh_node_kind_name(map->kind), "map");
    reading_destroy(&r);
}

static void a_text_may_be_a_map_without_blanks(void **state) {
    static const struct {
        const char *text;
        size_t n;
    } rows[] = {{"open:07:00", 4}, {"a.b:1", 3},    {"07:00:120/h", 5}, {"7:00:x", 4},
                {"07:00", 0},      {"07:00:30", 0}, {"http://x", 0},    {"a b:c", 0},
                {"'a:b'", 0},      {"x", 0},        {"[a]", 0},         {"-a:b", 0}};
    struct reading r = reading_create();
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_int_equal(oh_node_missing_space(tree(&r, rows[i].text)), rows[i].n);
    reading_destroy(&r);
}

/* What is printed is read back the same: as a value in a block, in a flow map, in a flow list, as a key. */
static void printed_texts_read_back(void **state) {
    static const char *const texts[] = {"",
                                        " ",
                                        "a",
                                        "a b",
                                        " a",
                                        "a ",
                                        "a: b",
                                        "a:b",
                                        "a:",
                                        "a #b",
                                        "#a",
                                        "a#b",
                                        "- a",
                                        "-",
                                        "-5min",
                                        "--",
                                        "---",
                                        "...",
                                        "?",
                                        "? a",
                                        "a, b",
                                        "[a]",
                                        "{a",
                                        "a}",
                                        "1,850",
                                        "&a",
                                        "*a",
                                        "!a",
                                        "|",
                                        ">= 40%",
                                        "'a'",
                                        "it's",
                                        "\"",
                                        "a\"b\\c",
                                        "%a",
                                        "@a",
                                        "`a",
                                        "<<",
                                        "~",
                                        "null",
                                        "no",
                                        "07:00",
                                        "07:00:30",
                                        "a\nb",
                                        "a\tb",
                                        "\n",
                                        "43% \xC2\xB1 1%",
                                        "M\xC3\xBCller",
                                        "\xC2\x85",
                                        "\xE2\x80\xA8",
                                        "\xEF\xBB\xBFx",
                                        "f(a b)",
                                        "http://x",
                                        "=",
                                        "open:07:00",
                                        "\r\n"};
    struct reading r = reading_create();
    for (size_t i = 0; i < N_OF(texts); i++) {
        static const char *const frames[] = {"k: %s\n", "{k: %s, l: m}", "{k: {%s: x}}", "[%s, x]",
                                             "- %s\n"};
        struct oh_text printed = {0};
        oh_scalar_print(texts[i], &printed);
        for (size_t f = 0; f < N_OF(frames); f++) {
            if (f == 2 && texts[i][0] == '\0')
                continue;
            const struct oh_node *root =
                tree(&r, oh_arena_printf(r.arena, frames[f], printed.data));
            const struct oh_node *value =
                root->kind == OH_SEQUENCE ? root->items[0] : oh_node_find(root, "k");
            if (f == 2)
                value = value->entries[0].key;
            if (!oh_node_is_text(value, texts[i]) || oh_diag_problem(r.diagnostics, 0) != NULL)
                fail_msg("text %zu, '%s', printed %s, in '%s'", i, texts[i], printed.data,
                         frames[f]);
        }
        oh_text_fini(&printed);
    }
    reading_destroy(&r);
}

static void printed_trees_read_back(void **state) {
    struct reading r = reading_create();
    struct oh_text printed = {0};
    char *text = repeated("{? \"", "k", 2000, "\": [{}, [], '', {a: [b]}], c: 1}");
    const struct oh_node *root = tree(&r, text);
    oh_node_print(root, &printed);
    assert_true(oh_node_is_equal(root, tree(&r, printed.data)));
    oh_text_fini(&printed);
    free(text);
    reading_destroy(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_merge_and_all_else_is_replaced),
        cmocka_unit_test(values_are_set_by_path),
        cmocka_unit_test(keys_are_found_in_small_and_large_maps),
        cmocka_unit_test(equality_knows_no_places),
        cmocka_unit_test(trees_are_built_by_hand),
        cmocka_unit_test(a_text_may_be_a_map_without_blanks),
        cmocka_unit_test(printed_texts_read_back),
        cmocka_unit_test(printed_trees_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
