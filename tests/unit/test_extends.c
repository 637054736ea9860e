/* `extends`: a file laid on others is the same as all of it written in one file. */
#include "test_scenario_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

/* A directory with another inside, for the files of one test. */
struct folder {
    char path[64];
};

static void put(const struct folder *folder, const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct folder folder_create(void) {
    struct folder folder = {"/tmp/onhold-extends-XXXXXX"};
    assert_non_null(mkdtemp(folder.path));
    char below[80];
    snprintf(below, sizeof below, "%s/below", folder.path);
    assert_int_equal(mkdir(below, 0777), 0);
    return folder;
}

static void folder_remove(const struct folder *folder) {
    char command[96];
    snprintf(command, sizeof command, "rm -r '%s'", folder->path);
    assert_int_equal(system(command), 0);
}

static struct model load(const struct folder *folder, const char *name, const char *variant) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    struct model m = model_create();
    m.scenario = oh_scenario_load(m.arena, path, NULL, 0, variant, m.diagnostics);
    model_compile(&m, NULL);
    return m;
}

static struct model sound_file(const struct folder *folder, const char *name, const char *variant) {
    struct model m = load(folder, name, variant);
    if (m.plan == NULL) {
        oh_diag_print(m.diagnostics, stderr, false);
        fail_msg("%s is not sound", name);
    }
    return m;
}

static bool is_same(const struct model *a, const struct model *b) {
    char *plans[] = {printed_plan(a), printed_plan(b)}, *forms[] = {printed(a), printed(b)};
    /* The plan names its file. */
    bool is_equal = strcmp(strchr(plans[0], '\n'), strchr(plans[1], '\n')) == 0 &&
                    strcmp(forms[0], forms[1]) == 0 &&
                    strcmp(a->scenario->digest, b->scenario->digest) == 0;
    for (int i = 0; i < 2; i++) {
        free(plans[i]);
        free(forms[i]);
    }
    return is_equal;
}

static void put_chain(const struct folder *folder) {
    put(folder, "below/calls.csv", "calls,more\n12,15\n24,30\n");
    put(folder, "below/talk.csv", "seconds\n60\n90\n300\n");
    put(folder, "hours.yaml",
        "time: {open: 00:00, close: 24:00, days: 1}\n"
        "contacts: {mails: {priority: 2, talk: 5min, arrivals: {rate: {00:00: 5/h, 09:00: 7/h}}}}\n"
        "lines: 7\n");
    put(folder, "below/desk.yaml",
        "extends: ../hours.yaml\n"
        "contacts:\n"
        "  mails: {talk: 2min, arrivals: {rate: {06:00: 4/h}}}\n"
        "  calls:\n"
        "    arrivals: {rate: {file: calls.csv, column: calls, per: 12h}}\n"
        "    talk: empirical(file=talk.csv column=seconds)\n"
        "    queue: {limit: 5, when_full: busy}\n"
        "agents: {team: {count: 3, speed: 1.5}}\n"
        "variants:\n"
        "  more: {contacts.calls.arrivals.rate: {file: calls.csv, column: more, per: 12h}}\n"
        "  fewer: {agents.team.count: 1, agents: {team: {speed: absent}}}\n");
    put(folder, "year.yaml",
        "extends: below/desk.yaml\n"
        "contacts: {calls: {queue: {when_full: absent, max_wait: 3min}}}\n"
        "agents: {team: {speed: absent}, other: {count: 1, speed: absent}}\n"
        "lines: absent\n"
        "routing: {queue_limit: absent}\n"
        "variants: {fewer: {agents: {other: {count: 2}}}, quick: {contacts.calls.talk: 1min}}\n");
}

/* The same in one file, in the order of the merge. */
static void put_flat(const struct folder *folder, const char *talk_of_mails) {
    char text[2000];
    snprintf(text, sizeof text,
             "time: {open: 00:00, close: 24:00, days: 1}\n"
             "contacts:\n"
             "  mails: {priority: 2, talk: %s, arrivals: {rate: {06:00: 4/h}}}\n"
             "  calls:\n"
             "    arrivals: {rate: {file: below/calls.csv, column: calls, per: 12h}}\n"
             "    talk: empirical(file=below/talk.csv column=seconds)\n"
             "    queue: {limit: 5, max_wait: 3min}\n"
             "agents: {team: {count: 3}, other: {count: 1}}\n"
             "variants:\n"
             "  more: {contacts.calls.arrivals.rate: {file: below/calls.csv, column: more, per: "
             "12h}}\n"
             "  fewer: {agents.team.count: 1, agents: {team: {speed: absent}, other: {count: 2}}}\n"
             "  quick: {contacts.calls.talk: 1min}\n",
             talk_of_mails);
    put(folder, "flat.yaml", text);
}

static void a_chain_is_the_same_as_one_file(void **state) {
    struct folder folder = folder_create();
    static const char *const variants[] = {NULL, "more", "fewer", "quick"};
    put_chain(&folder);
    for (size_t i = 0; i < N_OF(variants); i++) {
        put_flat(&folder, "2min");
        struct model chain = sound_file(&folder, "year.yaml", variants[i]);
        struct model flat = sound_file(&folder, "flat.yaml", variants[i]);
        if (!is_same(&chain, &flat))
            fail_msg("variant %s differs", variants[i] != NULL ? variants[i] : "(none)");
        model_destroy(&flat);
        put_flat(&folder, "121s"); /* the control: the comparison sees a second */
        flat = sound_file(&folder, "flat.yaml", variants[i]);
        assert_false(is_same(&chain, &flat));
        model_destroy(&flat);
        model_destroy(&chain);
    }
    folder_remove(&folder);
}

static void what_is_printed_reads_back_to_the_same(void **state) {
    struct folder folder = folder_create();
    put_chain(&folder);
    struct model chain = sound_file(&folder, "year.yaml", NULL);
    char *text = printed(&chain);
    assert_null(strstr(text, "extends"));
    put(&folder, "again.yaml", text);
    struct model again = sound_file(&folder, "again.yaml", NULL);
    assert_true(is_same(&chain, &again));
    free(text);
    model_destroy(&again);
    model_destroy(&chain);
    folder_remove(&folder);
}

/* The digest tells when anything that the model is made of has changed, in whatever file. */
static void the_digest_covers_all_files(void **state) {
    static const struct {
        const char *name, *text;
        bool is_changed;
    } rows[] = {
        {"below/talk.csv", "seconds\n60\n90\n301\n", true},
        {"below/calls.csv", "calls,more\n12,15\n25,30\n", true},
        {"below/calls.csv", "calls,more\n12,16\n24,30\n", false}, /* another column */
        {"hours.yaml", "time: {open: 00:00, close: 24:00, days: 2}\ncontacts: {mails: {}}\n", true},
        {"hours.yaml",
         "# priority and time alone are left of it\nabout: something else\n"
         "time: {open: 00:00, close: 24:00, days: 1}\ncontacts: {mails: {priority: 2}}\n",
         false},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct folder folder = folder_create();
        put_chain(&folder);
        struct model before = sound_file(&folder, "year.yaml", NULL);
        put(&folder, rows[i].name, rows[i].text);
        struct model after = sound_file(&folder, "year.yaml", NULL);
        bool is_changed = strcmp(before.scenario->digest, after.scenario->digest) != 0;
        if (is_changed != rows[i].is_changed)
            fail_msg("row %zu: the digest %s", i, is_changed ? "changes" : "stays");
        model_destroy(&before);
        model_destroy(&after);
        folder_remove(&folder);
    }
}

static void put_row_of_files(const struct folder *folder, int n) {
    for (int i = 0; i < n; i++) {
        char name[32], text[32];
        snprintf(name, sizeof name, "%d.yaml", i);
        snprintf(text, sizeof text, "extends: %d.yaml\n", i + 1);
        put(folder, name, text);
    }
    char last[32];
    snprintf(last, sizeof last, "%d.yaml", n);
    put(folder, last, TYPE_AND_GROUP);
}

static void sixteen_in_a_row_are_enough(void **state) {
    for (int n = 16; n <= 17; n++) {
        struct folder folder = folder_create();
        put_row_of_files(&folder, n);
        struct model m = load(&folder, "0.yaml", NULL);
        assert_int_equal(m.plan != NULL, n == 16);
        const struct oh_problem *problem = oh_diag_problem(m.diagnostics, 0);
        assert_true(n == 16 ? problem == NULL : problem->id == OH_MSG_EXTENDS_TOO_DEEP);
        model_destroy(&m);
        folder_remove(&folder);
    }
}

static void a_cycle_is_found_by_the_file_and_not_by_its_name(void **state) {
    struct folder folder = folder_create();
    char target[128], link[128];
    put(&folder, "a.yaml", "extends: below/b.yaml\n");
    snprintf(target, sizeof target, "%s/a.yaml", folder.path);
    snprintf(link, sizeof link, "%s/below/b.yaml", folder.path);
    assert_int_equal(symlink(target, link), 0);
    struct model m = load(&folder, "a.yaml", NULL);
    assert_null(m.scenario);
    const struct oh_problem *problem = oh_diag_problem(m.diagnostics, 0);
    assert_int_equal(problem->id, OH_MSG_EXTENDS_CYCLE);
    assert_int_equal(problem->place.line, 1);
    assert_int_equal(problem->place.column, 10);
    model_destroy(&m);
    folder_remove(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_is_the_same_as_one_file),
        cmocka_unit_test(what_is_printed_reads_back_to_the_same),
        cmocka_unit_test(the_digest_covers_all_files),
        cmocka_unit_test(sixteen_in_a_row_are_enough),
        cmocka_unit_test(a_cycle_is_found_by_the_file_and_not_by_its_name),
    };
    return cmocka_run_group_tests_name("extends", tests, NULL, NULL);
}
