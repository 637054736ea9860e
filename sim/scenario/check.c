/* What no single key can tell: whether the keys of a scenario fit together. Runs also after errors in single keys, so that
 * all problems of a file show in one go; a value that could not be read is absent or NAN here and offends nobody. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenario/choices.h"
#include "scenario/kinds.h"

enum { DAY_S = 86400, N_WEEKDAYS = 7 };

struct checker {
    struct oh_decoder *decoder;
    const struct oh_scenario *scenario;
    bool
        has_unknown_handles; /* some group handles what does not exist, perhaps a misspelled type */
};

/* ---- places ---- */

static const char *path_of(struct checker *c, const char *map, const char *name, const char *key) {
    return oh_arena_printf(c->decoder->arena, "%s.%s.%s", map, name, key);
}

static struct oh_place at(struct checker *c, const char *path) {
    return oh_scenario_place(c->scenario, path);
}

static struct oh_place at_contact(struct checker *c, const struct oh_contact *contact,
                                  const char *key) {
    return at(c, path_of(c, "contacts", contact->name, key));
}

static const struct oh_node *node_of(struct checker *c, const char *path) {
    const struct oh_node *node = c->scenario->root;
    while (node != NULL && *path != '\0') {
        size_t n = strcspn(path, ".");
        node = oh_node_find(node, oh_arena_strndup(c->decoder->arena, path, n));
        path += n + (path[n] == '.');
    }
    return node;
}

static bool has(struct checker *c, const char *path) {
    return node_of(c, path) != NULL;
}

static bool is_map(const struct oh_node *node) {
    return node != NULL && node->kind == OH_MAPPING;
}

static bool contact_has(struct checker *c, const struct oh_contact *contact, const char *key) {
    return has(c, path_of(c, "contacts", contact->name, key));
}

/* What is without effect is a slip in a file, but the purpose of many an override; and nothing to add to errors. */
#define WARN_NO_EFFECT(c, place, hint, ...)                                                        \
    do {                                                                                           \
        if (!(c)->decoder->is_overridden && oh_diag_errors((c)->decoder->diagnostics) == 0)        \
            REPORT(c, NO_EFFECT, place, hint, __VA_ARGS__);                                        \
    } while (0)

#define REPORT(c, id, place, hint, ...)                                                            \
    oh_diag_add((c)->decoder->diagnostics, OH_MSG_##id, (place), (hint), __VA_ARGS__)

/* ---- names ---- */

/* Elements of a map start with their name. */
static bool is_known(const void *items, uint32_t n, size_t size, const char *name) {
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(*(const char *const *)(const void *)((const char *)items + i * size), name) == 0)
            return true;
    return false;
}

bool oh_check_name(struct oh_decoder *decoder, const void *items, uint32_t n, size_t size,
                   const char *name, struct oh_place place, const char *what) {
    if (is_known(items, n, size, name))
        return true;
    const char **names = OH_NEW_ARRAY(decoder->arena, n, const char *);
    for (uint32_t i = 0; i < n; i++)
        names[i] = *(const char *const *)(const void *)((const char *)items + i * size);
    oh_diag_add(decoder->diagnostics, OH_MSG_UNKNOWN_NAME, place,
                oh_did_you_mean(decoder->arena, name, names, n), "no %s is called '%s'", what,
                name);
    return false;
}

static void check_type_name(struct checker *c, const char *name, struct oh_place place) {
    oh_check_name(c->decoder, c->scenario->contacts.items, c->scenario->contacts.n,
                  sizeof(struct oh_contact), name, place, "contact type");
}

bool oh_group_handles(const struct oh_group *group, const char *type) {
    for (uint32_t i = 0; i < group->handles.n; i++)
        if (strcmp(group->handles.name[i], type) == 0)
            return true;
    return !group->handles.is_given;
}

static const struct oh_group *find_group(const struct oh_scenario *s, const char *name) {
    for (uint32_t i = 0; i < s->agents.n; i++)
        if (strcmp(s->agents.items[i].name, name) == 0)
            return &s->agents.items[i];
    return NULL;
}

/* ---- time ---- */

static double clock_on(const struct oh_value *value, uint32_t weekday) {
    const struct oh_course *course = oh_value_on(value, 0, weekday);
    return course != NULL ? course->number[0] : NAN;
}

static bool names_day(const struct oh_value *value, uint32_t weekday) {
    return oh_value_on(value, 0, weekday) != NULL;
}

static bool closes_before_it_opens(const struct oh_time *time, uint32_t weekday) {
    return clock_on(&time->close, weekday) <= clock_on(&time->open, weekday);
}

enum hours_problem { HOURS_ARE_GOOD, CLOSES_FIRST, NEVER_CLOSES, NEVER_OPENS, N_HOURS_PROBLEMS };

static enum hours_problem hours_problem_on(const struct oh_time *time, uint32_t weekday) {
    double open_s = clock_on(&time->open, weekday), close_s = clock_on(&time->close, weekday);
    bool are_maps = time->open.form == OH_BY_DAY && time->close.form == OH_BY_DAY;
    if (closes_before_it_opens(time, weekday))
        return CLOSES_FIRST;
    if (are_maps && !isnan(open_s) && !names_day(&time->close, weekday))
        return NEVER_CLOSES;
    if (are_maps && !isnan(close_s) && !names_day(&time->open, weekday))
        return NEVER_OPENS;
    return HOURS_ARE_GOOD;
}

/* "weekdays", "monday, sunday". */
static const char *names_of_days(struct checker *c, const bool *is_meant) {
    const char *names = "";
    uint32_t weekday = 0;
    while (weekday < OH_WEEKDAYS && is_meant[weekday])
        weekday++;
    bool are_weekdays = weekday >= 5;
    if (are_weekdays)
        names = "weekdays";
    for (weekday = are_weekdays ? 5 : 0; weekday < N_WEEKDAYS; weekday++)
        if (is_meant[weekday])
            names =
                oh_arena_printf(c->decoder->arena, "%s%s%s", names, names[0] != '\0' ? ", " : "",
                                oh_name_of(oh_weekday_names, (int)weekday));
    return names;
}

/* One message for all days that have the same problem. */
static void check_hours_by_day(struct checker *c) {
    bool has[N_HOURS_PROBLEMS][N_WEEKDAYS] = {{false}};
    const char *names[N_HOURS_PROBLEMS];
    for (uint32_t weekday = 0; weekday < N_WEEKDAYS; weekday++)
        has[hours_problem_on(&c->scenario->time, weekday)][weekday] = true;
    for (int i = 0; i < N_HOURS_PROBLEMS; i++)
        names[i] = names_of_days(c, has[i]);
    if (names[CLOSES_FIRST][0] != '\0')
        REPORT(c, CLOSE_BEFORE_OPEN, at(c, "time.close"), "hours end at 24:00 at the latest",
               "on %s it closes before it opens", names[CLOSES_FIRST]);
    if (names[NEVER_CLOSES][0] != '\0')
        REPORT(c, OPEN_WITHOUT_CLOSE, at(c, "time.open"), "name the day in time.close",
               "on %s it opens but never closes", names[NEVER_CLOSES]);
    if (names[NEVER_OPENS][0] != '\0')
        REPORT(c, OPEN_WITHOUT_CLOSE, at(c, "time.close"), "name the day in time.open",
               "on %s it closes but never opens", names[NEVER_OPENS]);
}

static void check_hours(struct checker *c) {
    const struct oh_time *time = &c->scenario->time;
    bool has_open = has(c, "time.open"), has_close = has(c, "time.close");
    if (has_open != has_close)
        REPORT(c, OPEN_WITHOUT_CLOSE, at(c, has_open ? "time.open" : "time.close"), NULL,
               "there is %s",
               has_open ? "an opening time without a closing time"
                        : "a closing time without an opening time");
    if (time->open.form == OH_ABSENT || time->close.form == OH_ABSENT || time->open.is_broken ||
        time->close.is_broken)
        return;
    bool are_constant = time->open.form == OH_CONSTANT && time->close.form == OH_CONSTANT;
    if (are_constant && closes_before_it_opens(time, 0))
        REPORT(c, CLOSE_BEFORE_OPEN, at(c, "time.close"), "hours end at 24:00 at the latest",
               "it closes before it opens");
    if (!are_constant)
        check_hours_by_day(c);
}

static bool divides(double part, double whole) {
    return fabs(whole / part - round(whole / part)) < 1e-9;
}

double oh_scenario_length_s(const struct oh_scenario *s) {
    if (!isnan(s->time.days))
        return s->time.days * DAY_S;
    return isnan(s->time.length_s) ? DAY_S : s->time.length_s;
}

static void check_time(struct checker *c) {
    const struct oh_time *time = &c->scenario->time;
    check_hours(c);
    if (has(c, "time.at_close") && !has(c, "time.open") && !has(c, "time.close"))
        WARN_NO_EFFECT(c, at(c, "time.at_close"), "opening hours are time.open and time.close",
                       "at_close has no effect: the centre never closes");
    if (has(c, "time.length") && has(c, "time.days"))
        REPORT(c, LENGTH_AND_DAYS, at(c, "time.days"), "give one of them",
               "both a length and a number of days");
    else if (has(c, "time.open") && !isnan(time->length_s) && !divides(DAY_S, time->length_s))
        REPORT(c, LENGTH_UNEVEN, at(c, "time.length"), "give time.days",
               "with opening hours the length is a whole number of days");
    if (time->warm_up_s >= oh_scenario_length_s(c->scenario))
        REPORT(c, WARM_UP_TOO_LONG, at(c, "time.warm_up"),
               "the warm-up is the first part of the length",
               "the warm-up leaves nothing to count");
    if (time->interval_s > 0 && INT64_C(86400000000) % llround(time->interval_s * 1e6) != 0)
        REPORT(c, INTERVAL_UNEVEN, at(c, "time.interval"), "15min, 30min or 1h",
               "a day is not a whole number of intervals");
}

/* ---- contacts ---- */

static void check_arrivals(struct checker *c, const struct oh_contact *contact) {
    bool has_rate = contact_has(c, contact, "arrivals.rate");
    bool has_gap = contact_has(c, contact, "arrivals.gap");
    if (has_rate && has_gap)
        REPORT(c, RATE_AND_GAP, at_contact(c, contact, "arrivals.gap"), "give one of them",
               "both a rate and a gap");
    else if (!has_rate && !has_gap &&
             is_map(node_of(c, path_of(c, "contacts", contact->name, "arrivals"))))
        REPORT(c, NO_ARRIVALS, at_contact(c, contact, "arrivals"), "add 'rate: 120/h'",
               "neither a rate nor a gap");
    if (has_gap && contact->volume != 1)
        WARN_NO_EFFECT(c, at_contact(c, contact, "arrivals.volume"), "change the gap",
                       "volume has no effect: the arrivals have a gap, not a rate");
    for (uint32_t i = 0; i < contact->busyness.n; i++) {
        const struct oh_busyness_part *part = &contact->busyness.parts[i];
        if (part->shared != NULL)
            oh_check_name(c->decoder, c->scenario->factors.items, c->scenario->factors.n,
                          sizeof(struct oh_factor), part->shared, part->place, "factor");
    }
}

static void check_groups(struct checker *c, const struct oh_contact *contact) {
    const struct oh_scenario *s = c->scenario;
    for (uint32_t i = 0; i < contact->groups.n; i++) {
        const char *name = contact->groups.name[i];
        const struct oh_group *group = find_group(s, name);
        oh_check_name(c->decoder, s->agents.items, s->agents.n, sizeof(struct oh_group), name,
                      contact->groups.place[i], "agent group");
        if (group != NULL && !oh_group_handles(group, contact->name))
            REPORT(c, NOT_HANDLED, contact->groups.place[i], NULL,
                   "group '%s' does not handle '%s'", name, contact->name);
    }
    bool is_handled = s->agents.n == 0 || c->has_unknown_handles || contact->overflow.n > 0 ||
                      oh_menu_takes_all(contact);
    for (uint32_t i = 0; i < s->agents.n && !is_handled; i++)
        is_handled = oh_group_handles(&s->agents.items[i], contact->name);
    if (!is_handled)
        REPORT(
            c, NO_AGENTS_HANDLE, contact->place,
            oh_arena_printf(c->decoder->arena, "add '%s' to the handles of a group", contact->name),
            "no agent group handles '%s'", contact->name);
}

static const char *const retry_words[OH_N_RETRIES] = {
    "after_abandon", "after_busy", "after_disconnect", "after_closed", "after_unresolved"};

static void check_retry(struct checker *c, const struct oh_contact *contact, int cause) {
    const struct oh_retry *retry = &contact->retry[cause];
    const struct oh_chance *probability = &retry->probability;
    bool has_talk = cause == 4; /* between one attempt and the next */
    if (has_talk || !retry->is_given || retry->delay == NULL || probability->by == OH_CHANCE_NEVER)
        return;
    const char *key = oh_arena_printf(c->decoder->arena, "retry.%s.delay", retry_words[cause]);
    bool is_unlimited = isnan(retry->at_most) && isnan(contact->retry_at_most);
    if (is_unlimited && oh_dist_mean(retry->delay) <= 0 &&
        probability->share[probability->n - 1] > 0)
        REPORT(c, ENDLESS_REDIAL, at_contact(c, contact, key), "give a delay, or at_most",
               "redials without delay and without limit never end");
}

static void check_unused(struct checker *c, const struct oh_contact *contact) {
    const struct oh_scenario *s = c->scenario;
    if (contact_has(c, contact, "queue.at_max_wait") && !contact_has(c, contact, "queue.max_wait"))
        WARN_NO_EFFECT(c, at_contact(c, contact, "queue.at_max_wait"), "add max_wait",
                       "at_max_wait without max_wait has no effect");
    if (contact_has(c, contact, "queue.when_full") && !contact_has(c, contact, "queue.limit") &&
        !contact_has(c, contact, "queue.max_expected_wait") && !has(c, "routing.queue_limit"))
        WARN_NO_EFFECT(c, at_contact(c, contact, "queue.when_full"), "add limit",
                       "when_full without a limit has no effect");
    if (contact->retry[3].is_given && s->time.open.form == OH_ABSENT && !has(c, "time.open"))
        WARN_NO_EFFECT(c, at_contact(c, contact, "retry.after_closed"),
                       "opening hours are time.open and time.close",
                       "after_closed has no effect: the centre never closes");
    if (contact_has(c, contact, "priority") && s->routing.calls != OH_BY_PRIORITY &&
        !contact_has(c, contact, "interrupts"))
        WARN_NO_EFFECT(c, at_contact(c, contact, "priority"), NULL,
                       "priority has no effect: routing.calls is %s",
                       oh_name_of(oh_order_names, s->routing.calls));
}

static void check_contact(struct checker *c, const struct oh_contact *contact) {
    check_arrivals(c, contact);
    check_groups(c, contact);
    for (int cause = 0; cause < OH_N_RETRIES; cause++)
        check_retry(c, contact, cause);
    check_unused(c, contact);
}

/* ---- agents ---- */

static bool overflows_to(const struct oh_scenario *s, const char *type, const char *group) {
    for (uint32_t i = 0; i < s->contacts.n; i++)
        for (uint32_t j = 0; j < s->contacts.items[i].overflow.n; j++)
            if (strcmp(s->contacts.items[i].name, type) == 0 &&
                strcmp(s->contacts.items[i].overflow.items[j].name, group) == 0)
                return true;
    return false;
}

static void check_overrides_of(struct checker *c, const struct oh_group *group,
                               const struct oh_for_types *times) {
    for (uint32_t i = 0; i < times->n; i++) {
        const struct oh_for_type *item = &times->items[i];
        check_type_name(c, item->name, item->place);
        if (is_known(c->scenario->contacts.items, c->scenario->contacts.n,
                     sizeof(struct oh_contact), item->name) &&
            !oh_group_handles(group, item->name) &&
            !overflows_to(c->scenario, item->name, group->name))
            REPORT(c, NOT_HANDLED, item->place, NULL, "group '%s' does not handle '%s'",
                   group->name, item->name);
    }
}

static bool has_unknown_type(const struct oh_scenario *s, const struct oh_group *group) {
    for (uint32_t i = 0; i < group->handles.n; i++)
        if (!is_known(s->contacts.items, s->contacts.n, sizeof(struct oh_contact),
                      group->handles.name[i]))
            return true;
    return false;
}

static void check_group(struct checker *c, const struct oh_group *group) {
    for (uint32_t i = 0; i < group->handles.n; i++)
        check_type_name(c, group->handles.name[i], group->handles.place[i]);
    check_overrides_of(c, group, &group->talk);
    check_overrides_of(c, group, &group->wrap_up);
}

static bool is_factor_used(const struct oh_scenario *s, const char *name) {
    for (uint32_t i = 0; i < s->contacts.n; i++)
        for (uint32_t j = 0; j < s->contacts.items[i].busyness.n; j++) {
            const char *shared = s->contacts.items[i].busyness.parts[j].shared;
            if (shared != NULL && strcmp(shared, name) == 0)
                return true;
        }
    return false;
}

static bool is_empty_map(struct checker *c, const char *path) {
    const struct oh_node *node = node_of(c, path);
    return is_map(node) && node->n == 0;
}

/* The intervals that count; batches are made of whole ones. */
static double intervals_counted(const struct oh_scenario *s) {
    return floor((oh_scenario_length_s(s) - s->time.warm_up_s) / s->time.interval_s);
}

static void check_batches(struct checker *c) {
    const struct oh_scenario *s = c->scenario;
    if (isnan(s->run.batches))
        return;
    if (has(c, "time.open") || has(c, "time.close"))
        REPORT(c, BAD_BATCHES, at(c, "run.batches"), "days are independent: use replications",
               "batches are for runs without opening hours");
    else if (s->run.precision.n > 0)
        REPORT(c, BAD_BATCHES, at(c, "run.batches"), "use replications instead of batches",
               "a precision takes replications, not one run in batches");
    else if (has(c, "run.replications") && s->run.replications > 1)
        REPORT(c, BAD_BATCHES, at(c, "run.batches"), "give one of them",
               "batches are parts of one run, not of several replications");
    else if (intervals_counted(s) < s->run.batches)
        REPORT(c, BAD_BATCHES, at(c, "run.batches"),
               "make time.interval shorter, or the run longer",
               "there are fewer intervals than batches");
}

void oh_scenario_check(struct oh_decoder *decoder, const struct oh_scenario *s) {
    struct checker c = {decoder, s, false};
    for (uint32_t i = 0; i < s->agents.n; i++)
        c.has_unknown_handles = c.has_unknown_handles || has_unknown_type(s, &s->agents.items[i]);
    check_time(&c);
    check_batches(&c);
    if (is_empty_map(&c, "contacts"))
        REPORT(&c, NOTHING_TO_SIMULATE, at(&c, "contacts"), NULL, "there is no contact type");
    if (is_empty_map(&c, "agents"))
        REPORT(&c, NOTHING_TO_SIMULATE, at(&c, "agents"), NULL, "there is no agent group");
    for (uint32_t i = 0; i < s->contacts.n; i++)
        check_contact(&c, &s->contacts.items[i]);
    for (uint32_t i = 0; i < s->agents.n; i++)
        check_group(&c, &s->agents.items[i]);
    oh_scenario_check_ways(decoder, s);
    for (uint32_t i = 0; i < s->factors.n; i++)
        if (!is_factor_used(s, s->factors.items[i].name))
            WARN_NO_EFFECT(&c, s->factors.items[i].place, "name it in a busyness",
                           "no contact type uses the factor '%s'", s->factors.items[i].name);
}
