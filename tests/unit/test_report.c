/* Reports of samples, byte for byte as tests/golden/report/ has them. After a change that is meant, run with OH_BLESS=1
 * in the environment and read the difference before committing it. */
#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "report/report.h"
#include "test_report_samples.h"

static char *render(const char *format, const char *const *names, size_t n,
                    const struct oh_report_options *options) {
    struct oh_summary *summaries[4];
    char *data = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&data, &size);
    for (size_t i = 0; i < n; i++)
        summaries[i] = sample_make(names[i]);
    assert_true(
        oh_writer_find(format)->write((const struct oh_summary *const *)summaries, n, to, options));
    fclose(to);
    for (size_t i = 0; i < n; i++)
        oh_arena_destroy(summaries[i]->arena);
    return data;
}

static char *render_one(const char *format, const char *name) {
    return render(format, &name, 1, &(struct oh_report_options){0});
}

static char *read_golden(const char *file) {
    FILE *from = fopen(file, "re");
    if (from == NULL)
        fail_msg("cannot read %s: %s", file, strerror(errno));
    struct oh_text text = {0};
    char buffer[4096];
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, from)) > 0)
        oh_text_append(&text, buffer, n);
    fclose(from);
    return text.data;
}

static void compare(const char *name, const char *extension, const char *actual) {
    char file[512];
    snprintf(file, sizeof file, "%s/%s.%s", GOLDEN, name, extension);
    if (getenv("OH_BLESS") != NULL) {
        FILE *to = fopen(file, "we");
        assert_non_null(to);
        fputs(actual, to);
        fclose(to);
        return;
    }
    char *expected = read_golden(file);
    if (strcmp(actual, expected) != 0)
        fail_msg("%s differs from this:\n%s", file, actual);
    free(expected);
}

static void text_reports_are_as_they_were(void **state) {
    (void)state;
    static const char *const names[] = {"overload", "stopped",     "one_replication", "erlang_c",
                                        "loss",     "three_types", "many_types",      "nothing",
                                        "two_rows", "whole_way"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *text = render_one("text", names[i]);
        compare(names[i], "txt", text);
        free(text);
    }
}

static void warm_up_is_advised_only_where_there_is_none(void **state) {
    (void)state;
    for (int has_warm_up = 0; has_warm_up < 2; has_warm_up++) {
        struct oh_summary *summary = sample_make("erlang_c");
        summary->has_warm_up = has_warm_up;
        const struct oh_summary *one = summary;
        char *data = NULL;
        size_t size = 0;
        FILE *to = open_memstream(&data, &size);
        assert_true(oh_writer_find("text")->write(&one, 1, to, &(struct oh_report_options){0}));
        fclose(to);
        assert_non_null(strstr(data, "by chance alone about 1 in 20 is."));
        assert_int_equal(strstr(data, "warm_up") == NULL, has_warm_up);
        free(data);
        oh_arena_destroy(summary->arena);
    }
}

static void interval_rows_are_told_when_asked_for(void **state) {
    (void)state;
    const char *name = "three_types";
    char *text = render("text", &name, 1, &(struct oh_report_options){.rows = true});
    compare("three_types-rows", "txt", text);
    free(text);
}

static void color_only_adds_escapes(void **state) {
    (void)state;
    const char *name = "stopped";
    char *plain = render_one("text", name);
    char *colored = render("text", &name, 1, &(struct oh_report_options){.color = true});
    assert_null(strchr(plain, '\033'));
    assert_non_null(strchr(colored, '\033'));
    size_t kept = 0;
    for (const char *c = colored; *c != '\0'; c++) {
        if (*c == '\033')
            c = strchr(c, 'm');
        else
            colored[kept++] = *c;
    }
    colored[kept] = '\0';
    assert_string_equal(colored, plain);
    free(plain);
    free(colored);
}

static void verbose_tells_every_value_of_the_total(void **state) {
    (void)state;
    const char *name = "overload";
    char *text = render("text", &name, 1, &(struct oh_report_options){.verbose = true});
    static const char *const some[] = {"95% within", "talk ", "Also measured", "time_to_reach.p99",
                                       "customers_reached"};
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++)
        assert_non_null(strstr(text, some[i]));
    free(text);
}

static void csv_is_as_it_was(void **state) {
    (void)state;
    char *csv = render_one("csv", "two_rows");
    compare("two_rows", "csv", csv);
    free(csv);
}

static void csv_quotes_what_rfc_4180_says(void **state) {
    (void)state;
    static const char *const names[][2] = {
        {"plain", "\nplain,total,,,,"},
        {"two, parts", "\n\"two, parts\",total,,,,"},
        {"a \"word\"", "\n\"a \"\"word\"\"\",total,,,,"},
        {"two\nlines", "\n\"two\nlines\",total,,,,"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct oh_summary *summary = sample_make("two_rows");
        summary->scenario_name = names[i][0];
        const struct oh_summary *one = summary;
        char *data = NULL;
        size_t size = 0;
        FILE *to = open_memstream(&data, &size);
        assert_true(oh_writer_find("csv")->write(&one, 1, to, &(struct oh_report_options){0}));
        fclose(to);
        assert_ptr_equal(strstr(data, names[i][1]), strchr(data, '\n'));
        free(data);
        oh_arena_destroy(summary->arena);
    }
}

/* Definitions belong to the table of metrics and come last: they may change without this test, as may the version. */
static void json_is_as_it_was(void **state) {
    (void)state;
    char *json = render_one("json", "two_rows");
    char *definitions = strstr(json, ",\n \"definitions\"");
    assert_non_null(definitions);
    definitions[0] = '\n';
    definitions[1] = '\0';
    char *version = strstr(json, "\"" OH_VERSION "\"");
    assert_non_null(version);
    memset(version + 1, 'x', strlen(OH_VERSION));
    compare("two_rows", "json", json);
    free(json);
}

static json_t *parse(char *json) {
    json_error_t error;
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        fail_msg("%d:%d: %s", error.line, error.column, error.text);
    free(json);
    return root;
}

static void every_sample_is_valid_json_with_the_contract_s_keys_in_order(void **state) {
    (void)state;
    static const char *const keys[] = {"format",   "scenario", "run",       "total",
                                       "contacts", "agents",   "intervals", "theory"};
    for (const struct sample *sample = samples; sample->name != NULL; sample++) {
        json_t *root = parse(render_one("json", sample->name));
        void *member = json_object_iter(root);
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            assert_string_equal(json_object_iter_key(member), keys[i]);
            member = json_object_iter_next(root, member);
        }
        json_decref(root);
    }
}

static void every_metric_of_the_total_has_unit_and_definition(void **state) {
    (void)state;
    json_t *root = parse(render_one("json", "overload")), *metric;
    json_t *definitions = json_object_get(root, "definitions");
    const char *id;
    json_object_foreach(json_object_get(root, "total"), id, metric) {
        assert_true(json_is_string(json_object_get(metric, "unit")));
        assert_true(json_string_length(json_object_get(definitions, id)) > 0);
    }
    json_decref(root);
}

static void what_does_not_exist_is_null(void **state) {
    (void)state;
    json_t *root = parse(render_one("json", "one_replication"));
    json_t *reached = json_object_get(json_object_get(root, "total"), "reached");
    assert_true(json_is_real(json_object_get(reached, "value")));
    assert_true(json_is_null(json_object_get(reached, "low")));
    assert_true(json_is_null(json_object_get(reached, "high")));
    assert_true(json_is_null(json_object_get(root, "theory")));
    json_decref(root);
}

static void several_scenarios_are_an_array(void **state) {
    (void)state;
    const char *names[] = {"loss", "erlang_c"};
    json_t *root = parse(render("json", names, 2, &(struct oh_report_options){0}));
    assert_int_equal(json_array_size(root), 2);
    json_t *scenario = json_object_get(json_array_get(root, 1), "scenario");
    assert_string_equal(json_string_value(json_object_get(scenario, "name")), "A simple queue");
    json_decref(root);
}

static void a_file_name_that_is_no_utf_8_still_makes_json(void **state) {
    (void)state;
    struct oh_summary *summary = sample_make("loss");
    summary->scenario_file = "caf\xE9.yaml";
    char *data = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&data, &size);
    const struct oh_summary *one = summary;
    assert_true(oh_writer_find("json")->write(&one, 1, to, &(struct oh_report_options){0}));
    fclose(to);
    json_t *root = parse(data);
    json_t *file = json_object_get(json_object_get(root, "scenario"), "file");
    assert_string_equal(json_string_value(file), "caf\xEF\xBF\xBD.yaml");
    json_decref(root);
    oh_arena_destroy(summary->arena);
}

static void a_full_disk_is_noticed(void **state) {
    (void)state;
    const struct oh_writer *rows;
    size_t n = oh_writers(&rows);
    struct oh_summary *summary = sample_make("loss");
    const struct oh_summary *one = summary;
    for (size_t i = 0; i < n; i++) {
        FILE *full = fopen("/dev/full", "we");
        assert_non_null(full);
        assert_false(rows[i].write(&one, 1, full, &(struct oh_report_options){0}));
        fclose(full);
    }
    oh_arena_destroy(summary->arena);
}

/* Wherever a locale with a decimal comma is installed, it changes nothing. */
static void the_locale_does_not_matter(void **state) {
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE",
                                          "nl_NL.UTF-8"};
    const char *comma = NULL;
    char *before[3];
    static const char *const formats[] = {"text", "json", "csv"};
    for (size_t i = 0; i < 3; i++)
        before[i] = render_one(formats[i], "two_rows");
    for (size_t i = 0; i < sizeof locales / sizeof locales[0] && comma == NULL; i++)
        comma = setlocale(LC_ALL, locales[i]);
    for (size_t i = 0; i < 3; i++) {
        char *after = render_one(formats[i], "two_rows");
        assert_string_equal(after, before[i]);
        free(after);
        free(before[i]);
    }
    setlocale(LC_ALL, "C");
    if (comma == NULL)
        print_message("no locale with a decimal comma is installed\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_reports_are_as_they_were),
        cmocka_unit_test(warm_up_is_advised_only_where_there_is_none),
        cmocka_unit_test(interval_rows_are_told_when_asked_for),
        cmocka_unit_test(color_only_adds_escapes),
        cmocka_unit_test(verbose_tells_every_value_of_the_total),
        cmocka_unit_test(csv_is_as_it_was),
        cmocka_unit_test(csv_quotes_what_rfc_4180_says),
        cmocka_unit_test(json_is_as_it_was),
        cmocka_unit_test(every_sample_is_valid_json_with_the_contract_s_keys_in_order),
        cmocka_unit_test(every_metric_of_the_total_has_unit_and_definition),
        cmocka_unit_test(what_does_not_exist_is_null),
        cmocka_unit_test(several_scenarios_are_an_array),
        cmocka_unit_test(a_file_name_that_is_no_utf_8_still_makes_json),
        cmocka_unit_test(a_full_disk_is_noticed),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
