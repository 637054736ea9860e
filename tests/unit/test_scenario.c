/* The scenario language: what its values mean, how overrides are laid on it, how it is printed. */
#include "test_scenario_fixture.h"

#include "scenario/choices.h"
#include "scenario/document.h"
#include "scenario/schema.h"

static const char every_key[] = GOLDEN "/valid/03-every-key.yaml";

static const struct oh_scenario *load_file(struct model *m, const char *path) {
    m->scenario = oh_scenario_load(m->arena, path, NULL, 0, NULL, m->diagnostics);
    if (m->scenario == NULL) {
        oh_diag_print(m->diagnostics, stderr, false);
        fail_msg("'%s' is not sound", path);
    }
    return m->scenario;
}

/* ---- decoding ---- */

static void quantities_become_si_units(void **state) {
    struct model m = model_create();
    const struct oh_scenario *s = load_file(&m, every_key);
    const struct oh_contact *calls = &s->contacts.items[0];
    const struct oh_group *first = &s->agents.items[0];
    const struct {
        const char *what;
        double got, expected;
    } rows[] = {
        {"time.warm_up", s->time.warm_up_s, 86400},
        {"time.days", s->time.days, 14},
        {"time.start_day", s->time.start_day, 3},
        {"time.interval", s->time.interval_s, 900},
        {"time.at_close", s->time.at_close, OH_CLOSE_DROP},
        {"rate on tuesday", oh_value_on(&calls->rate, 0, 1)->number[0], 0.02},
        {"rate on sunday", oh_value_on(&calls->rate, 0, 6)->number[0], 300 / 86400.0},
        {"rate from 09:30", oh_value_on(&calls->rate, 0, 6)->start_s[0], 34200},
        {"priority", calls->priority, 2},
        {"limit per agent", calls->queue_limit.per_agent, 2.9},
        {"when_full", calls->when_full, OH_FULL_BUSY},
        {"max_wait", calls->max_wait_s, 1200},
        {"at_max_wait", calls->at_max_wait, OH_MAX_WAIT_MESSAGE},
        {"balk step", calls->balk.at[1], 900},
        {"balk share", calls->balk.share[1], 0.6},
        {"retry share", calls->retry[0].probability.share[2], 0.4},
        {"retry at_most", calls->retry[0].at_most, 8},
        {"retry delay", oh_dist_mean(calls->retry[0].delay), 2400},
        {"retry at_most of all", calls->retry_at_most, 20},
        {"answer_within", calls->answer_within_s, 80},
        {"formula", calls->formula, 5},
        {"short_abandon", calls->short_abandon_s, 10},
        {"tail", calls->tails.number[1], 1800},
        {"count at 12:00", oh_value_on(&first->count, 0, 0)->number[1], 12},
        {"shrinkage on monday", oh_value_on(&first->shrinkage, 0, 0)->number[0], 0.2},
        {"shrinkage_as", first->shrinkage_as, OH_SHRINK_ABSENCE},
        {"on_leave", first->on_leave, OH_LEAVE_REQUEUE},
        {"speed", first->speed, 1.25},
        {"cost", first->cost.amount, 41},
        {"own talk", oh_dist_mean(oh_value_on(&first->talk.items[1].dist, 0, 0)->dist[1]), 360},
        {"lines", s->lines, 100},
        {"routing.calls", s->routing.calls, OH_BY_LIST},
        {"menu share", calls->ivr.hung_up.share[1], 0.03},
        {"misrouted talk", oh_dist_mean(calls->misrouted.talk), 60},
        {"transfer by group", calls->transfer.items[0].probability.share[1], 0.05},
        {"conference together", oh_dist_mean(calls->conference.items[0].together), 120},
        {"call-back after", calls->callback.after_s, 120},
        {"announcement factor", calls->announcement.patience.share[0], 1.3},
        {"departure by wait", calls->departure.resolved.at[1], 1800},
        {"price of a lost customer", calls->money.per_lost_customer.amount, 150},
        {"line_cost", s->line_cost.amount, 0.6},
        {"routing.agents", s->routing.agents, OH_LONGEST_IDLE},
        {"routing.queue_limit", s->routing.queue_limit, 50},
        {"replications", s->run.replications, 7},
        {"seed", s->run.seed, 9007199254740992.0},
        {"confidence", s->run.confidence, 0.99},
    };
    for (size_t i = 0; i < N_OF(rows); i++)
        if (fabs(rows[i].got - rows[i].expected) > 1e-12 * fabs(rows[i].expected))
            fail_msg("%s is %g, not %g", rows[i].what, rows[i].got, rows[i].expected);
    assert_true(isnan(oh_value_on(&s->time.open, 0, 6)->number[0]));
    assert_null(oh_value_on(&s->time.close, 0, 6));
    assert_string_equal(calls->busyness.parts[1].shared, "weather");
    assert_string_equal(first->cost.currency, "USD");
    model_destroy(&m);
}

/* Whether the rest of a pattern leads anywhere; `*` is any name. */
static bool is_written(const struct oh_node *node, const char *path) {
    char word[64];
    size_t length = strcspn(path, ".");
    bool is_last = path[length] == '\0';
    if (node->kind != OH_MAPPING)
        return false;
    snprintf(word, sizeof word, "%.*s", (int)length, path);
    for (size_t i = 0; i < node->n; i++)
        if ((strcmp(word, "*") == 0 || strcmp(word, node->entries[i].key->text) == 0) &&
            (is_last || is_written(node->entries[i].value, path + length + 1)))
            return true;
    return false;
}

/* But for `extends`, which has files of its own, a length, which does not go with days, and batches, which do not go
 * with opening hours. */
static void the_file_of_every_key_has_every_key(void **state) {
    struct model m = model_create();
    const struct oh_node *root = oh_document_read(m.arena, every_key, m.diagnostics);
    assert_non_null(root);
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        if (strcmp(keys[i].path, "extends") != 0 && strcmp(keys[i].path, "time.length") != 0 &&
            strcmp(keys[i].path, "run.batches") != 0 && !is_written(root, keys[i].path))
            fail_msg("%s is not in %s", keys[i].path, every_key);
    model_destroy(&m);
}

static void what_is_left_out_takes_its_default(void **state) {
    struct model m = sound(TYPE_AND_GROUP);
    const struct oh_scenario *s = m.scenario;
    const struct oh_contact *calls = &s->contacts.items[0];
    assert_true(isnan(s->time.length_s) && isnan(s->time.days) && isnan(s->lines));
    assert_true(oh_scenario_length_s(s) == 86400);
    assert_true(s->run.replications == 20 && s->run.seed == 1 && s->run.confidence == 0.95);
    assert_true(calls->answer_within_s == 20 && calls->short_abandon_s == 5 && calls->formula == 2);
    assert_true(oh_dist_is_never(calls->patience.courses[0].course.dist[0]));
    assert_true(oh_dist_mean(calls->wrap_up.courses[0].course.dist[0]) == 0);
    assert_true(isnan(calls->queue_limit.count) && isnan(calls->queue_limit.per_agent));
    assert_false(calls->retry[0].is_given);
    assert_false(s->agents.items[0].handles.is_given);
    assert_true(s->agents.items[0].speed == 1);
    model_destroy(&m);
}

/* Which course holds on a day is the narrowest that names it. */
static void a_day_goes_before_weekdays_and_these_before_other(void **state) {
    struct model m = sound("time: {days: 7}\n"
                           "contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"
                           "agents: {team: {count: {other: 1, weekend: 2, monday: 3, sunday: 4}}}");
    static const double expected[7] = {3, 1, 1, 1, 1, 2, 4};
    const struct oh_value *count = &m.scenario->agents.items[0].count;
    for (uint32_t weekday = 0; weekday < 7; weekday++)
        assert_true(oh_value_on(count, weekday, weekday)->number[0] == expected[weekday]);
    model_destroy(&m);
}

/* "contacts.*.talk" with names that the base below has in place of the stars. */
static char *concrete_path(const char *pattern) {
    struct oh_text path = {0};
    bool is_agents = strncmp(pattern, "agents", 6) == 0;
    const char *names[] = {"calls", "calls"};
    if (is_agents)
        names[0] = "team";
    else if (strncmp(pattern, "factors", 7) == 0)
        names[0] = "weather";
    else if (strncmp(pattern, "expect", 6) == 0)
        names[0] = "total.reached";
    for (size_t n = 0; *pattern != '\0'; pattern++)
        if (*pattern == '*')
            oh_text_puts(&path, names[n++]);
        else
            oh_text_append(&path, pattern, 1);
    return path.data;
}

/* Whether a problem says that the value itself cannot be read, and not that something else is missing or unknown. */
static bool is_about_value(const struct oh_problem *problem) {
    static const enum oh_message_id others[] = {
        OH_MSG_UNKNOWN_NAME, OH_MSG_NOT_HANDLED, OH_MSG_NO_EFFECT,
        OH_MSG_UNKNOWN_PATH, OH_MSG_MISSING_KEY, OH_MSG_OPEN_WITHOUT_CLOSE,
    };
    for (size_t i = 0; i < N_OF(others); i++)
        if (problem->id == others[i])
            return false;
    return problem->place.source != NULL && strcmp(problem->place.source->name, "--set") == 0;
}

static void examples_of_the_schema_are_values_of_their_keys(void **state) {
    static const char base[] = "factors: {weather: 1}\n"
                               "contacts:\n"
                               "  calls: {arrivals: {busyness: weather}, talk: 1min}\n"
                               "agents: {team: {count: 2}}\n";
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(keys[i].path, "variants", 8) == 0)
            continue;
        char *path = concrete_path(keys[i].path);
        struct model m = model_create();
        struct oh_override override = {"--set", path, keys[i].example};
        model_load(&m, base, &override, 1, NULL);
        const struct oh_problem *problem;
        for (size_t j = 0; (problem = oh_diag_problem(m.diagnostics, j)) != NULL; j++)
            if (is_about_value(problem))
                fail_msg("example of %s: %s", keys[i].path, problem->text);
        model_destroy(&m);
        free(path);
    }
}

/* ---- problems that only several keys make; the rest is in tests/golden ---- */

static void problems_of_a_file_come_all_at_once(void **state) {
    expect_slugs("time: {lenght: 8h, warm_up: 20}\n"
                 "contacts:\n"
                 "  calls: {arrivals: {rate: 120}, talk: exponentail(4min)}\n"
                 "agents: {team: {count: 1.5, handles: [cals]}}\n",
                 "unknown-key missing-unit missing-unit unknown-distribution not-integral "
                 "unknown-name");
}

static void what_cannot_be_read_makes_no_second_error(void **state) {
    expect_slugs("contacts: {calls: {arrivals: {rate: x}, talk: y}}\nagents: {team: {count: z}}\n",
                 "not-a-quantity unknown-distribution not-a-quantity");
    expect_slugs("time: {open: x, close: y, length: z, interval: 0}\n" TYPE_AND_GROUP,
                 "not-a-quantity not-a-quantity not-a-quantity missing-unit");
}

static void a_sound_scenario_has_no_problem(void **state) {
    expect_slugs("time: {open: 22:00, close: 24:00}\n"
                 "contacts: {calls: {arrivals: {rate: {22:00: 60/h}}, talk: 1min}}\n"
                 "agents: {team: {count: 2}}\n",
                 "");
    expect_slugs("time: {open: 22:00, close: 24:00}\n" TYPE_AND_GROUP, "outside-hours");
    expect_slugs("time: {length: 48h, open: {saturday: 09:00}, close: 12:00, start_day: friday}\n"
                 "contacts: {calls: {arrivals: {rate: {saturday: {09:00: 60/h, 12:00: 0/h}}}, "
                 "talk: {other: 1min}}}\n"
                 "agents: {team: {count: {saturday: 2}}}\n",
                 "");
    expect_slugs("contacts:\n"
                 "  calls:\n"
                 "    arrivals: {rate: 60/h}\n"
                 "    talk: 1min\n"
                 "    retry: {after_busy: {probability: 50%, delay: 0s, at_most: 3}}\n"
                 "agents: {team: {count: 2}}\n",
                 "");
}

/* ---- overrides ---- */

static const char two_types[] =
    "contacts:\n"
    "  calls:\n"
    "    arrivals: {rate: 60/h}\n"
    "    talk: 1min\n"
    "    queue: {limit: 5, when_full: busy, max_wait: 3min}\n"
    "    tails: [1min, 2min]\n"
    "  mails: {arrivals: {rate: {08:00: 5/h, 12:00: 9/h}}, talk: 2min}\n"
    "agents: {team: {count: 2, handles: [calls, mails]}}\n"
    "variants:\n"
    "  small: {contacts.calls.queue.limit: 1, agents: {team: {count: 1}}}\n"
    "  quiet: {contacts: {calls: {arrivals.rate: 1/h}}}\n";

static const struct oh_contact *contact(const struct model *m, uint32_t ix) {
    return &m->scenario->contacts.items[ix];
}

static void maps_merge_by_key(void **state) {
    struct model m = sound_with(two_types, "contacts.calls", "{queue: {limit: 7}, priority: 2}");
    assert_true(contact(&m, 0)->queue_limit.count == 7);
    assert_true(contact(&m, 0)->max_wait_s == 180);
    assert_true(contact(&m, 0)->priority == 2);
    model_destroy(&m);
}

static void everything_else_is_replaced_as_a_whole(void **state) {
    struct model m = sound_with(two_types, "contacts.mails.arrivals.rate", "{10:00: 1/h}");
    const struct oh_course *course = oh_value_on(&contact(&m, 1)->rate, 0, 0);
    assert_int_equal(course->n, 1);
    assert_true(course->start_s[0] == 36000);
    model_destroy(&m);
    m = sound_with(two_types, "contacts.calls.tails", "[9min]");
    assert_int_equal(contact(&m, 0)->tails.n, 1);
    model_destroy(&m);
}

static void absent_removes_a_key(void **state) {
    struct model m = sound_with(two_types, "contacts.calls.queue", "absent");
    assert_true(isnan(contact(&m, 0)->queue_limit.count) && isnan(contact(&m, 0)->max_wait_s));
    model_destroy(&m);
}

static void a_variant_is_laid_before_the_command_line(void **state) {
    struct model m = model_create();
    struct oh_override override = {"--set", "agents.team.count", "9"};
    model_load(&m, two_types, &override, 1, "small");
    assert_non_null(m.scenario);
    assert_true(contact(&m, 0)->queue_limit.count == 1);
    assert_true(m.scenario->agents.items[0].count.courses[0].course.number[0] == 9);
    assert_string_equal(m.scenario->variant, "small");
    model_destroy(&m);
}

static void paths_may_go_on_inside_nested_maps(void **state) {
    struct model m = model_create();
    model_load(&m, two_types, NULL, 0, "quiet");
    assert_non_null(m.scenario);
    assert_true(contact(&m, 0)->rate.courses[0].course.number[0] == 1 / 3600.0);
    model_destroy(&m);
}

/* Paths of metrics have dots of their own; they may be added, changed and removed. */
static void expectations_are_overridden_by_their_whole_path(void **state) {
    static const char text[] = TYPE_AND_GROUP "expect:\n"
                                              "  total.reached: at least 10%\n"
                                              "  contacts.calls.reached: at least 20%\n"
                                              "variants:\n"
                                              "  other:\n"
                                              "    expect.total.reached: absent\n"
                                              "    expect: {contacts.calls.reached: at least 30%}\n"
                                              "    expect.total.blocking: at most 1%\n";
    struct model m = model_create();
    model_load(&m, text, NULL, 0, "other");
    assert_non_null(m.scenario);
    assert_int_equal(m.scenario->expect.n, 2);
    assert_string_equal(m.scenario->expect.items[0].name, "contacts.calls.reached");
    assert_true(m.scenario->expect.items[0].condition.low == 0.3);
    assert_string_equal(m.scenario->expect.items[1].name, "total.blocking");
    model_destroy(&m);
}

/* It is a slip in a file, and the purpose of an override. */
static void what_an_override_makes_useless_is_no_warning(void **state) {
    struct model m =
        sound_with("contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min, priority: 2}}\n"
                   "agents: {team: {count: 2}}\n",
                   "routing.calls", "fifo");
    assert_int_equal(oh_diag_warnings(m.diagnostics), 0);
    model_destroy(&m);
}

static void errors_in_an_override_point_into_it(void **state) {
    struct model m = model_create();
    struct oh_override override = {"--set", "agents.team.count", "many"};
    model_load(&m, two_types, &override, 1, NULL);
    assert_null(m.scenario);
    const struct oh_problem *problem = oh_diag_problem(m.diagnostics, 0);
    assert_string_equal(problem->place.source->name, "--set");
    assert_int_equal(problem->place.column, 19);
    model_destroy(&m);
}

/* ---- digest ---- */

static void digest(const char *text, const char *path, const char *value, char into[17]) {
    struct model m = sound_with(text, path, value);
    strcpy(into, m.scenario->digest);
    model_destroy(&m);
}

static void the_digest_is_that_of_the_model(void **state) {
    char base[17], other[17];
    digest(two_types, "run.seed", "1", base);
    static const char *const same[][2] = {{"run.seed", "5"},
                                          {"run.replications", "3"},
                                          {"name", "another"},
                                          {"contacts.calls.talk", "60s"},
                                          {"contacts.calls.patience", "never"},
                                          {"expect", "{total.reached: at least 5%}"}};
    for (size_t i = 0; i < N_OF(same); i++) {
        digest(two_types, same[i][0], same[i][1], other);
        if (strcmp(base, other) != 0)
            fail_msg("%s changes the digest", same[i][0]);
    }
    static const char *const changed[][2] = {{"agents.team.count", "3"},
                                             {"time.length", "25h"},
                                             {"contacts.calls.talk", "61s"},
                                             {"agents.team.cost", "41 USD/h"},
                                             {"lines", "10"}};
    for (size_t i = 0; i < N_OF(changed); i++) {
        digest(two_types, changed[i][0], changed[i][1], other);
        if (strcmp(base, other) == 0)
            fail_msg("%s does not change the digest", changed[i][0]);
    }
}

/* ---- schema ---- */

static void every_key_is_explained(void **state) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++) {
        struct oh_text text = {0};
        assert_true(oh_explain_key(keys[i].path, &text) >= 1);
        assert_true(strlen(keys[i].about) > 10 && strlen(keys[i].example) > 0);
        assert_ptr_equal(oh_schema_find(keys[i].path), &keys[i]);
        oh_text_fini(&text);
    }
    assert_null(oh_schema_find("contacts.calls.nothing"));
    assert_null(oh_schema_find("contacts..talk"));
    assert_null(oh_schema_find(""));
    struct oh_text none = {0};
    assert_int_equal(oh_explain_key("nothing", &none), 0);
    assert_int_equal(oh_explain_key("queue.limit", &none), 1);
    oh_text_fini(&none);
}

/* ---- conditions ---- */

static void conditions_are_decoded(void **state) {
    static const struct {
        const char *text;
        double low, high;
        const char *canonical;
    } rows[] = {
        {"43% \xC2\xB1 1%", 0.42, 0.44, "43% \xC2\xB1 1%"},
        {"43%+-1%", 0.42, 0.44, "43% \xC2\xB1 1%"},
        {"43% +/- 10% relative", 0.387, 0.473, "43% \xC2\xB1 10% relative"},
        {"28min \xC2\xB1 50%", 840, 2520, "28min \xC2\xB1 50%"},
        {"28min \xC2\xB1 1min", 1620, 1740, "28min \xC2\xB1 1min"},
        {"1h30m \xC2\xB1 30s", 5370, 5430, "1h30m \xC2\xB1 30s"},
        {"100 \xC2\xB1 2%", 98, 102, "100 \xC2\xB1 2%"},
        {"100 \xC2\xB1 5", 95, 105, "100 \xC2\xB1 5"},
        {"at least 40%", 0.4, INFINITY, "at least 40%"},
        {">= 40%", 0.4, INFINITY, "at least 40%"},
        {">=40%", 0.4, INFINITY, "at least 40%"},
        {"at most 5%", -INFINITY, 0.05, "at most 5%"},
        {"<= 20s", -INFINITY, 20, "at most 20s"},
        {"between 40% and 45%", 0.4, 0.45, "between 40% and 45%"},
        {" between  1min  and  2min ", 60, 120, "between 1min and 2min"},
    };
    struct oh_diagnostics *diagnostics = oh_diag_create();
    for (size_t i = 0; i < N_OF(rows); i++) {
        struct oh_expectation e;
        struct oh_text text = {0};
        if (!oh_expectation_parse(rows[i].text, (struct oh_place){0}, &e, diagnostics))
            fail_msg("'%s' is refused", rows[i].text);
        bool is_low = isinf(rows[i].low) ? e.low == rows[i].low : fabs(e.low - rows[i].low) < 1e-9;
        bool is_high =
            isinf(rows[i].high) ? e.high == rows[i].high : fabs(e.high - rows[i].high) < 1e-9;
        if (!is_low || !is_high)
            fail_msg("'%s' is from %g to %g", rows[i].text, e.low, e.high);
        oh_expectation_print(&e, &text);
        assert_string_equal(text.data, rows[i].canonical);
        oh_text_fini(&text);
    }
    oh_diag_destroy(diagnostics);
}

static void a_margin_means_points_on_a_share_and_is_relative_elsewhere(void **state) {
    struct oh_diagnostics *diagnostics = oh_diag_create();
    struct oh_margin margin;
    assert_true(oh_margin_parse("\xC2\xB1"
                                "1%",
                                (struct oh_place){0}, &margin, diagnostics));
    assert_true(oh_margin_resolve(&margin, OH_UNIT_SHARE, 0.4) == 0.01);
    assert_true(oh_margin_resolve(&margin, OH_UNIT_DURATION, 200) == 2);
    assert_true(oh_margin_parse("2% relative", (struct oh_place){0}, &margin, diagnostics));
    assert_true(oh_margin_resolve(&margin, OH_UNIT_SHARE, 0.4) == 0.008);
    assert_true(oh_margin_parse("10s", (struct oh_place){0}, &margin, diagnostics));
    assert_true(oh_margin_resolve(&margin, OH_UNIT_DURATION, 200) == 10);
    assert_true(isnan(oh_margin_resolve(&margin, OH_UNIT_SHARE, 0.4)));
    assert_int_equal(oh_diag_errors(diagnostics), 0);
    oh_diag_destroy(diagnostics);
}

/* ---- nothing that a file holds may crash the reader ---- */

static void try_text(const char *text, size_t length) {
    struct model m = model_create();
    m.scenario =
        oh_scenario_load_text(m.arena, every_key, text, length, NULL, 0, "nested", m.diagnostics);
    model_compile(&m, NULL);
    assert_true(m.plan != NULL || oh_diag_errors(m.diagnostics) > 0);
    model_destroy(&m);
}

static void a_file_cut_anywhere_is_read_or_refused(void **state) {
    char *text = file_text(every_key);
    for (size_t n = 0; n < strlen(text); n += 13)
        try_text(text, n);
    free(text);
}

static void a_file_with_one_character_wrong_is_read_or_refused(void **state) {
    static const char wrong[] = "{}[]:,#-%&*!|>'\"@` \n0ax\t";
    char *text = file_text(every_key);
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i += 5) {
        char kept = text[i];
        text[i] = wrong[i % (sizeof wrong - 1)];
        try_text(text, length);
        text[i] = kept;
    }
    free(text);
}

/* A whole line moved to another depth, so that keys stand where they do not belong. */
static void a_file_with_a_line_indented_wrongly_is_read_or_refused(void **state) {
    char *text = file_text(every_key);
    for (char *line = text; (line = strchr(line, '\n')) != NULL && line[1] != '\0'; line++) {
        struct oh_text moved = {0};
        oh_text_append(&moved, text, (size_t)(line - text) + 1);
        oh_text_puts(&moved, "  ");
        oh_text_puts(&moved, line + 1);
        try_text(moved.data, moved.length);
        oh_text_fini(&moved);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_become_si_units),
        cmocka_unit_test(the_file_of_every_key_has_every_key),
        cmocka_unit_test(what_is_left_out_takes_its_default),
        cmocka_unit_test(a_day_goes_before_weekdays_and_these_before_other),
        cmocka_unit_test(examples_of_the_schema_are_values_of_their_keys),
        cmocka_unit_test(problems_of_a_file_come_all_at_once),
        cmocka_unit_test(what_cannot_be_read_makes_no_second_error),
        cmocka_unit_test(a_sound_scenario_has_no_problem),
        cmocka_unit_test(maps_merge_by_key),
        cmocka_unit_test(everything_else_is_replaced_as_a_whole),
        cmocka_unit_test(absent_removes_a_key),
        cmocka_unit_test(a_variant_is_laid_before_the_command_line),
        cmocka_unit_test(paths_may_go_on_inside_nested_maps),
        cmocka_unit_test(expectations_are_overridden_by_their_whole_path),
        cmocka_unit_test(what_an_override_makes_useless_is_no_warning),
        cmocka_unit_test(errors_in_an_override_point_into_it),
        cmocka_unit_test(the_digest_is_that_of_the_model),
        cmocka_unit_test(every_key_is_explained),
        cmocka_unit_test(conditions_are_decoded),
        cmocka_unit_test(a_margin_means_points_on_a_share_and_is_relative_elsewhere),
        cmocka_unit_test(a_file_cut_anywhere_is_read_or_refused),
        cmocka_unit_test(a_file_with_one_character_wrong_is_read_or_refused),
        cmocka_unit_test(a_file_with_a_line_indented_wrongly_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
