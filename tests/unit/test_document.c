/* YAML text to trees: what is in them, where it stands, and what is said of text that means something else to YAML. */
#include "test_document_fixture.h"

static struct reading parse_override(const char *text, size_t offset) {
    struct reading r = reading_create();
    const struct oh_source *source = oh_source_create(r.arena, "--set", text, strlen(text));
    r.root = oh_document_parse(r.arena, source, offset, r.diagnostics);
    return r;
}

struct row {
    const char *text, *problems, *tree;
};

static void expect_rows(const struct row *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        expect(read_text(rows[i].text), rows[i].text, rows[i].problems, rows[i].tree);
}

static const struct row sound[] = {
    {"a: 1\n", "", "{a: 1}"},
    {"---\na: 1\n...\n", "", "{a: 1}"},
    {"%YAML 1.1\n---\na: 1\n", "", "{a: 1}"},
    {"\xEF\xBB\xBF"
     "a: 1\r\nb: 2\r\n",
     "", "{a: 1, b: 2}"},
    {"a: no\nb: on\nc: 1:30\nd: 0x10\ne: ~\nf:\n", "",
     "{a: no, b: on, c: 1:30, d: 0x10, e: ~, f: \"\"}"},
    {"a: [1, {b: c}, []]\nd: {}\n", "", "{a: [1, {b: c}, []], d: {}}"},
    {"a:\n- 1\n- - 2\n  - 3\n", "", "{a: [1, [2, 3]]}"},
    {"talk: uniform(3min, 7min)\n", "", "{talk: \"uniform(3min, 7min)\"}"},
    {"talk: {of: uniform(3min 7min), b: 'f(a, b)'}\n", "",
     "{talk: {of: uniform(3min 7min), b: \"f(a, b)\"}}"},
    {"rate: {07:00: 120/h, 09:30:  200/h,10:00:30: 5/h}\n", "",
     "{rate: {07:00: 120/h, 09:30: 200/h, 10:00:30: 5/h}}"},
    {"07:00: 1\n08:00:\n  09:00\n10:00:\n  07:00:30\n", "",
     "{07:00: 1, 08:00: 09:00, 10:00: 07:00:30}"},
    {"a: [07:00:30, 08:00]\n", "", "{a: [07:00:30, 08:00]}"},
    {"a: [100, 850, 1200,\n  7]\n", "", "{a: [100, 850, 1200, 7]}"},
    {"a: [1,85, 0,850, 1,8500, x,850, 1.5,200]\n", "",
     "{a: [1, 85, 0, 850, 1, 8500, x, 850, 1.5, 200]}"},
    {"a: &x {b: 1}\nc: *x\n", "", "{a: {b: 1}, c: {b: 1}}"},
    {"about: |\n  two\n  lines: here\nb: >\n  folded\n  text\n", "",
     "{about: \"two\\nlines: here\\n\", b: \"folded text\\n\"}"},
    {"a: 1 # comment\nb: 2 #\nc: 3 ## x\nd: '#x' # y\ne: x#y\n", "",
     "{a: 1, b: 2, c: 3, d: \"#x\", e: x#y}"},
    {"source: https://example.org/x\nb: [https://example.org]\nc: a:b\n", "",
     "{source: https://example.org/x, b: [https://example.org], c: \"a:b\"}"},
    {"a: exponential(4min\nb: [exponential(4min, 5min]\nc: {d: f(a, e: 1}\n", "",
     "{a: exponential(4min, b: [exponential(4min, 5min], c: {d: f(a, e: 1}}"},
    {"\"a\": \"x\\ty\"\n'b': 'it''s'\n", "", "{a: \"x\\ty\", b: it's}"},
    {"? a\n: 1\n", "", "{a: 1}"},
    {"expect: {total.reached: 43% \xC2\xB1 1%}\n", "",
     "{expect: {total.reached: 43% \xC2\xB1 1%}}"},
};

static void sound_text_is_read_without_a_word(void **state) {
    expect_rows(sound, N_OF(sound));
}

/* Silent misreadings, in block, flow mapping and flow sequence: reported and mended. */
static const struct row misread[] = {
    /* a comma inside parentheses */
    {"a: {t: f(x, y), u: 1}\n", "split-by-comma@1:8+7", "{a: {t: \"f(x, y)\", u: 1}}"},
    {"a: {t: f(x,y , z)}\n", "split-by-comma@1:8+10", "{a: {t: \"f(x,y , z)\"}}"},
    {"a: {u: 1, t: m(10% c(0s), 90% e(1s))}\n", "split-by-comma@1:14+23",
     "{a: {u: 1, t: \"m(10% c(0s), 90% e(1s))\"}}"},
    {"a: {t: f(x,\n  y), u: 1}\n", "split-by-comma@1:8+3", "{a: {t: \"f(x, y)\", u: 1}}"},
    {"a: {t: f(x, y, u: 1}\n", "split-by-comma@1:8+6", "{a: {t: \"f(x, y\", u: 1}}"},
    {"a: {t: f(x, y), u: f(x, y)}\n", "split-by-comma@1:8+7 split-by-comma@1:20+7",
     "{a: {t: \"f(x, y)\", u: \"f(x, y)\"}}"},
    {"a: [f(x, y), 1]\n", "split-by-comma@1:5+7", "{a: [\"f(x, y)\", 1]}"},
    {"a: [t: f(x, y), 1]\n", "split-by-comma@1:8+7", "{a: [{t: \"f(x, y)\"}, 1]}"},
    {"a:\n- {t: f(x, y)}\n", "split-by-comma@2:7+7", "{a: [{t: \"f(x, y)\"}]}"},
    {"{t: f(x, y)}\n", "split-by-comma@1:5+7", "{t: \"f(x, y)\"}"},
    /* thousands */
    {"a: {n: 1,850, u: 1}\n", "thousands-comma@1:8+5", "{a: {n: 1850, u: 1}}"},
    {"a: {n: 17,600/h}\n", "thousands-comma@1:8+8", "{a: {n: 17600/h}}"},
    {"a: {n: -1,234,567.5}\n", "thousands-comma@1:8+12", "{a: {n: -1234567.5}}"},
    {"a: {07:00: 1,200/h, 08:00: 2/h}\n", "thousands-comma@1:12+7",
     "{a: {07:00: 1200/h, 08:00: 2/h}}"},
    {"a: [1,850]\n", "thousands-comma@1:5+5", "{a: [1850]}"},
    {"a: [7, 1,850, 9]\n", "thousands-comma@1:8+5", "{a: [7, 1850, 9]}"},
    {"a: [n: 1,850]\n", "thousands-comma@1:8+5", "{a: [{n: 1850}]}"},
    {"a: {n: 1,5min}\n", "decimal-comma@1:8+6", "{a: {n: 1.5min}}"},
    /* no blank after a colon */
    {"a: {open:07:00, close: 19:00}\n", "missing-space-after-colon@1:9+1",
     "{a: {open: 07:00, close: 19:00}}"},
    {"a: {n:5}\n", "missing-space-after-colon@1:6+1", "{a: {n: 5}}"},
    {"a: {n:1,850}\n", "missing-space-after-colon@1:6+1 thousands-comma@1:7+5", "{a: {n: 1850}}"},
    {"a: {07:00:120/h, 08:00:50}\n",
     "missing-space-after-colon@1:10+1 missing-space-after-colon@1:23+1",
     "{a: {07:00: 120/h, 08:00: 50}}"},
    {"a: {b:{c: 1}}\n", "missing-space-after-colon@1:6+1", "nothing"},
    {"a: [open:07:00]\n", "missing-space-after-colon@1:9+1", "{a: [{open: 07:00}]}"},
    {"a:\n  open:07:00\n", "missing-space-after-colon@2:7+1", "{a: {open: 07:00}}"},
    {"a:\n  open:07:00\n\n  close:x y\n   z\nb: 1\n",
     "missing-space-after-colon@2:7+1 missing-space-after-colon@4:8+1",
     "{a: {open: 07:00, close: x y z}, b: 1}"},
    {"a:\n  open:07:00\n  close: 19:00\n", "missing-space-after-colon@2:7+1", "nothing"},
    {"a:\n  x:1\n\n  y:2\n  close: 19:00\n",
     "missing-space-after-colon@2:4+1 missing-space-after-colon@4:4+1", "nothing"},
    {"a:\n  close: 19:00\n  open:07:00\n", "missing-space-after-colon@3:7+1", "nothing"},
    {"a:\n  07:00:120/h\n  08:00: 5/h\n", "missing-space-after-colon@2:8+1", "nothing"},
    {"open:07:00\n", "missing-space-after-colon@1:5+1", "{open: 07:00}"},
    {"time:{open: 07:00}\n", "missing-space-after-colon@1:5+1", "{}"},
    {"a:\n  b:1\n  b:2\n",
     "missing-space-after-colon@2:4+1 duplicate-key@3:3+1 missing-space-after-colon@3:4+1",
     "{a: {b: 1}}"},
    /* a comment in the middle of a text */
    {"a: the #1 complaint\n", "text-cut-by-comment@1:8+2", "{a: the}"},
    {"a: {b: the #1\n  , c: 1}\n", "text-cut-by-comment@1:12+2", "{a: {b: the, c: 1}}"},
    {"a: [the #1\n  , c]\n", "text-cut-by-comment@1:9+2", "{a: [the, c]}"},
    {"a: #1 complaint\nb: 1\n", "text-cut-by-comment@1:4+2", "{a: \"\", b: 1}"},
    {"a:\n- M\xC3\xBCller  #1\n", "text-cut-by-comment@2:11+2", "{a: [M\xC3\xBCller]}"},
    {"a:\n  two\n  lines #1\n", "text-cut-by-comment@3:9+2", "{a: two lines}"},
    /* tags, anchors, aliases, merge keys */
    {"a: !closed\n", "yaml-tag@1:4+1", "{a: \"\"}"},
    {"a: != 5%\n", "yaml-tag@1:4+1", "{a: 5%}"},
    {"a: {b: !closed x, c: != 5%}\n", "yaml-tag@1:8+1 yaml-tag@1:22+1", "{a: {b: x, c: 5%}}"},
    {"a: [!closed x, !x [1]]\n", "yaml-tag@1:5+1 yaml-tag@1:16+1", "{a: [x, [1]]}"},
    {"a: !<x\n", "yaml-tag@1:4+1", "nothing"},
    {"a: !b!c d\n", "yaml-tag@1:4+1", "nothing"},
    {"a: !!int 5\n", "yaml-tag@1:4+1", "{a: 5}"},
    {"a: &big centre\n", "unused-anchor@1:4+4", "{a: centre}"},
    {"a: {b: &c d}\ne: [&f g]\n", "unused-anchor@1:8+2 unused-anchor@2:5+2", "{a: {b: d}, e: [g]}"},
    {"a: &x 1\nb: &x 2\nc: *x\n", "unused-anchor@1:4+2", "{a: 1, b: 2, c: 2}"},
    {"a: *x\n", "unknown-alias@1:4+2", "{a: \"*x\"}"},
    {"a: {b: *x}\nc: [*x]\n", "unknown-alias@1:8+2 unknown-alias@2:5+2",
     "{a: {b: \"*x\"}, c: [\"*x\"]}"},
    {"a: &x [*x]\n", "unknown-alias@1:8+2", "{a: [\"*x\"]}"},
    {"a: &x {b: 1}\nc:\n  <<: *x\n", "merge-key@3:3+2", "{a: {b: 1}, c: {}}"},
    {"a: &x {b: 1}\nc: {<<: *x, d: 1}\n", "merge-key@2:5+2", "{a: {b: 1}, c: {d: 1}}"},
    {"a: {'<<': 1}\n", "", "{a: {\"<<\": 1}}"},
    /* keys */
    {"a: 1\nb: 2\na: 3\n", "duplicate-key@3:1+1", "{a: 1, b: 2}"},
    {"a: {b: 1, 'b': 2, b: 3}\n", "duplicate-key@1:12+1 duplicate-key@1:19+1", "{a: {b: 1}}"},
    {"{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, c: 0, a: 0}\n",
     "duplicate-key@1:56+1 duplicate-key@1:62+1",
     "{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9}"},
    {"{[a]: 1, b: 2}\n", "key-not-text@1:2+1", "{b: 2}"},
    {"a: {{x}}\n", "key-not-text@1:5+1", "{a: {}}"},
};

static void misreadings_are_named_and_mended(void **state) {
    expect_rows(misread, N_OF(misread));
}

static const struct row broken[] = {
    {"", "empty-file@0:0+0", "nothing"},
    {"\xEF\xBB\xBF", "empty-file@0:0+0", "nothing"},
    {"\n  \n", "empty-file@0:0+0", "nothing"},
    {"# only this\n", "empty-file@0:0+0", "nothing"},
    {"---\n", "empty-file@0:0+0", "nothing"},
    {"a: 1\n---\nb: 2\n", "several-documents@2:1+3", "{a: 1}"},
    {"a: 1\n...\nb: 2\n", "yaml-syntax@3:1+1", "nothing"},
    {"a:\n\tb: 1\n", "tab-indentation@2:1+1", "nothing"},
    {"a:\n  b: 1\n\tc: 1\n", "tab-indentation@3:1+1", "nothing"},
    {"a:\n  - b\n \t- c\n", "tab-indentation@3:2+1", "nothing"},
    {"a:\n-\tb: 1\n", "tab-indentation@2:2+1", "nothing"},
    {"a: {b: 1\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: [b,\n\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: {b: [1, 2}\n", "yaml-syntax@1:13+1", "nothing"},
    {"a: {b: 1\nc: 2\n", "yaml-syntax@2:2+1", "nothing"},
    {"{a: 1 b: 2}\n", "yaml-syntax@1:8+1", "nothing"},
    {"a: {b: {c: 1, d", "yaml-syntax@1:8+1", "nothing"},
    {"a: \"x\nb: 2\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: 'x\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: \"\\q\"\n", "yaml-syntax@1:5+1", "nothing"},
    {"a: \"x\\0y\"\n", "control-character@1:5+4", "{a: \"\"}"},
    {"a: \"\\e[31m\"\n", "control-character@1:5+6", "{a: \"\"}"},
    {"a: >= 40%\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: * b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: & b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: @b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: %b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: b: c\n", "yaml-syntax@1:5+1", "nothing"},
    {"a: 1\n  b: 2\n", "yaml-syntax@2:4+1", "nothing"},
    {"a:\n    b: 1\n  c: 2\n", "yaml-syntax@3:3+1", "nothing"},
    {"a:\n  - b\n  c: 2\n", "yaml-syntax@3:3+1", "nothing"},
    {"a: 1\nbcd\nc: 2\n", "yaml-syntax@2:1+1", "nothing"},
    {"a: - b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: ? b\n", "yaml-syntax@1:4+1", "nothing"},
    {"a: }\n", "yaml-syntax@1:4+1", "nothing"},
    {"{a: 1,, b: 2}\n", "yaml-syntax@1:7+1", "nothing"},
    {"%FOO bar\n---\na: 1\n", "yaml-syntax@1:5+1", "nothing"},
    {"%YAML 2.0\n---\na: 1\n", "yaml-syntax@1:1+1", "nothing"},
    {"a: M\xFCller\n", "invalid-utf8@1:5+1", "nothing"},
    {"\xFF\xFE"
     "a",
     "invalid-utf8@1:1+1", "nothing"},
    {"a: 1\n\xEF\xBB\xBF"
     "b: 1\n",
     "control-character@2:1+1", "nothing"},
    {"a: \x1B[0m\n", "control-character@1:4+1", "nothing"},
    {"a: \x7F\n", "control-character@1:4+1", "nothing"},
    /* what was found before the text broke off is reported all the same */
    {"a: {n: 1,850}\nb: {c: f(x, y)\n", "thousands-comma@1:8+5 yaml-syntax@2:4+1", "nothing"},
};

static void broken_text_is_placed_and_never_crashes(void **state) {
    expect_rows(broken, N_OF(broken));
    expect(read_bytes("a: 1\0b", 6), "NUL", "control-character@1:5+1", "nothing");
}

/* Nobody should have to know what a scanner or a block mapping is. */
static void libyaml_is_never_heard_alone(void **state) {
    for (size_t i = 0; i < N_OF(broken); i++) {
        struct reading r = read_text(broken[i].text);
        const struct oh_problem *problem = oh_diag_problem(r.diagnostics, 0);
        static const char *const theirs[] = {
            "did not find", "could not find",         "found ",
            "not allowed",  "cannot start any token", "YAML reader says"};
        for (size_t t = 0; t < N_OF(theirs); t++)
            if (strstr(problem->text, theirs[t]) != NULL ||
                (problem->hint != NULL && strstr(problem->hint, theirs[t]) != NULL))
                fail_msg("'%s' gives '%s', '%s'", broken[i].text, problem->text, problem->hint);
        reading_destroy(&r);
    }
}

static const struct {
    const char *argument;
    size_t offset;
    const char *problems, *tree;
} overrides[] = {
    {"exponential(4min)", 0, "", "exponential(4min)"},
    {"talk=uniform(3min, 7min)", 5, "", "\"uniform(3min, 7min)\""},
    {"a={a: 1}", 2, "", "{a: 1}"},
    {"a=", 2, "", "\"\""},
    {"a=  ", 2, "", "\"\""},
    {"a=43% \xC2\xB1 1%", 2, "", "43% \xC2\xB1 1%"},
    {"t={t: f(x, y), u: 1}", 2, "split-by-comma@1:7+7", "{t: \"f(x, y)\", u: 1}"},
    {"t=[f(x, y)]", 2, "split-by-comma@1:4+7", "[\"f(x, y)\"]"},
    {"n={n: 1,850}", 2, "thousands-comma@1:7+5", "{n: 1850}"},
    {"n=[1,850]", 2, "thousands-comma@1:4+5", "[1850]"},
    {"n=1,850", 2, "", "\"1,850\""},
    {"time={open:07:00}", 5, "missing-space-after-colon@1:11+1", "{open: 07:00}"},
    {"time=open:07:00", 5, "", "\"open:07:00\""},
    {"about=the #1 complaint", 6, "text-cut-by-comment@1:11+2", "the"},
    {"about=#1", 6, "text-cut-by-comment@1:7+1", "\"\""},
    {"a=!closed", 2, "yaml-tag@1:3+1", "\"\""},
    {"a=!= 5%", 2, "yaml-tag@1:3+1", "5%"},
    {"a=&x y", 2, "unused-anchor@1:3+2", "y"},
    {"a=*x", 2, "unknown-alias@1:3+2", "\"*x\""},
    {"a={<<: 1}", 2, "merge-key@1:4+2", "{}"},
    {"a={b: 1, b: 2}", 2, "duplicate-key@1:10+1", "{b: 1}"},
    {"a={b: 1", 2, "yaml-syntax@1:3+1", "nothing"},
    {"\xC3\xA4=[1] 2", 3, "yaml-syntax@1:7+1", "nothing"},
    {"a=>= 40%", 2, "yaml-syntax@1:3+1", "nothing"},
    {"a=x\xFF", 2, "invalid-utf8@1:4+1", "nothing"},
};

static void overrides_are_read_like_files(void **state) {
    for (size_t i = 0; i < N_OF(overrides); i++)
        expect(parse_override(overrides[i].argument, overrides[i].offset), overrides[i].argument,
               overrides[i].problems, overrides[i].tree);
}

static void places_are_of_the_content(void **state) {
    static const struct {
        const char *key;
        uint32_t line, column, width;
    } rows[] = {{"plain", 1, 8, 7},   {"\xC3\xA4", 2, 4, 1},   {"quoted", 3, 10, 3},
                {"single", 4, 10, 5}, {"block", 5, 8, 1},      {"flow", 7, 7, 1},
                {"map", 9, 3, 1},     {"anchored", 10, 14, 2}, {"multi", 12, 3, 3},
                {"empty", 14, 7, 0},  {"spread", 16, 3, 1}};
    struct reading r = read_text("plain: 20s and # x\n"
                                 "\xC3\xA4: \xE2\x82\xAC\n"
                                 "quoted: \"abc\"\n"
                                 "single: 'it''s'\n"
                                 "block: |\n"
                                 "  text\n"
                                 "flow: [1]\n"
                                 "map:\n"
                                 "  a: 1\n"
                                 "anchored: &x ab\n"
                                 "multi:\n"
                                 "  abc\n"
                                 "  def\n"
                                 "empty:\n"
                                 "spread: &y # comment\n"
                                 "  a\n"
                                 "use: [*x, *y]\n");
    assert_int_equal(oh_diag_errors(r.diagnostics), 0);
    for (size_t i = 0; i < N_OF(rows); i++) {
        const struct oh_node *node = oh_node_find(r.root, rows[i].key);
        assert_non_null(node);
        if (node->place.line != rows[i].line || node->place.column != rows[i].column ||
            node->place.width != rows[i].width)
            fail_msg("%s: %u:%u+%u", rows[i].key, node->place.line, node->place.column,
                     node->place.width);
    }
    assert_true(oh_node_find(r.root, "quoted")->is_quoted);
    assert_true(oh_node_find(r.root, "block")->is_quoted);
    assert_false(oh_node_find(r.root, "plain")->is_quoted);
    assert_string_equal(r.root->place.source->name, document_path);
    reading_destroy(&r);
}

static void hints_tell_the_cure(void **state) {
    static const struct {
        const char *text, *message, *hint;
    } rows[] = {
        {"a: {t: f(x, y)}", "inside {...} and [...] YAML splits 'f(x, y)' at the comma",
         "separate the parameters by blanks, or quote the whole"},
        {"a: {open:07:00}", "a blank is missing after the colon of 'open'", "write 'open: 07:00'"},
        {"a: 1\nb: 1\na: 2", "the key 'a' stands here a second time", "first in line 1"},
        {"a: {b: 1\nc: 2", "here a comma or '}' is expected",
         "the '{' of line 1, column 4 is still open"},
        {"a: @b", "a value cannot start with '@'", "quote the value"},
        {"a: \xFF", "the byte 0xFF is not UTF-8 text", "save the file as UTF-8"},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct reading r = read_text(rows[i].text);
        assert_string_equal(oh_diag_problem(r.diagnostics, 0)->text, rows[i].message);
        assert_string_equal(oh_diag_problem(r.diagnostics, 0)->hint, rows[i].hint);
        reading_destroy(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_FILE(sound_text_is_read_without_a_word),
        WITH_FILE(misreadings_are_named_and_mended),
        WITH_FILE(broken_text_is_placed_and_never_crashes),
        WITH_FILE(libyaml_is_never_heard_alone),
        cmocka_unit_test(overrides_are_read_like_files),
        WITH_FILE(places_are_of_the_content),
        WITH_FILE(hints_tell_the_cure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
