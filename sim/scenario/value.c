#include "scenario/value.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/quantity.h"
#include "scenario/kinds.h"

enum { N_WORKDAYS = 5 };

/* ---- looking up ---- */

static const struct oh_course *course_for(const struct oh_value *value, enum oh_days days,
                                          uint32_t day) {
    for (uint32_t i = 0; i < value->n; i++)
        if (value->courses[i].days == days &&
            (days != OH_DAY_OF_RUN || value->courses[i].day == day))
            return &value->courses[i].course;
    return NULL;
}

/* Days by number stand first and in order, so that long forecasts are found at once. */
static const struct oh_course *course_by_number(const struct oh_value *value, uint32_t day) {
    uint32_t low = 0, high = value->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (value->courses[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < value->n && value->courses[low].days == OH_DAY_OF_RUN &&
                    value->courses[low].day == day;
    return is_found ? &value->courses[low].course : NULL;
}

const struct oh_course *oh_value_on(const struct oh_value *value, uint32_t day, uint32_t weekday) {
    if (value->n > 0 && value->courses[0].days == OH_DAY_OF_RUN)
        return course_by_number(value, day + 1);
    const enum oh_days order[] = {(enum oh_days)weekday,
                                  weekday < N_WORKDAYS ? OH_WEEKDAYS : OH_WEEKEND, OH_OTHER,
                                  OH_EVERY_DAY};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        const struct oh_course *course = course_for(value, order[i], 0);
        if (course != NULL)
            return course;
    }
    return NULL;
}

/* ---- reading ---- */

static const char *what_is_due(const struct oh_key *key) {
    if (key->kind == &oh_kind_opening)
        return "a clock time or closed";
    return oh_key_is_dist(key) ? "a distribution" : oh_unit_title(key->unit);
}

struct oh_course oh_course_create(struct oh_arena *arena, const struct oh_key *key,
                                  const double *starts_s, const union oh_cell *cells, uint32_t n) {
    struct oh_course course = {.n = n, .start_s = starts_s};
    if (oh_key_is_dist(key)) {
        const struct oh_dist **dists = OH_NEW_ARRAY(arena, n, const struct oh_dist *);
        for (uint32_t i = 0; i < n; i++)
            dists[i] = cells[i].dist;
        course.dist = dists;
    } else {
        double *numbers = OH_NEW_ARRAY(arena, n, double);
        for (uint32_t i = 0; i < n; i++)
            numbers[i] = cells[i].number;
        course.number = numbers;
    }
    return course;
}

static bool decode_cell(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                        union oh_cell *cell) {
    if (!oh_expect_scalar(d, node, what_is_due(key)))
        return false;
    if (key->kind == &oh_kind_opening && oh_node_is_text(node, "closed")) {
        cell->number = NAN;
        return true;
    }
    return oh_cell_decode(d, key, node->text, node->length, node->place, cell);
}

static bool decode_constant(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, struct oh_course *course) {
    union oh_cell cell = {0};
    if (!decode_cell(d, key, node, &cell))
        return false;
    *course = oh_course_create(d->arena, key, OH_NEW_ARRAY(d->arena, 1, double), &cell, 1);
    course->is_constant = true;
    return true;
}

/* Days are found in any case: "Monday". */
static const struct oh_name *days_named(const struct oh_node *node) {
    for (const struct oh_name *row = oh_days_names; row->name != NULL; row++)
        if (strcasecmp(row->name, node->text) == 0)
            return row;
    return NULL;
}

static void report_mixed(struct oh_decoder *d, const struct oh_node *key_node) {
    oh_diag_add(d->diagnostics, OH_MSG_MIXED_MAP, key_node->place,
                "{monday: {09:00: ..., 17:00: ...}, other: ...}",
                "a map has days or clock times, not both");
}

enum { DAY_S = 86400 };

/* Values that step start within the day; the points of a line may end it, too. */
static bool decode_start(struct oh_decoder *d, const struct oh_node *key_node, bool is_linear,
                         double previous_s, double *start_s) {
    if (days_named(key_node) != NULL) {
        report_mixed(d, key_node);
        return false;
    }
    if (!oh_quantity_read(OH_UNIT_CLOCK, key_node->text, key_node->length, key_node->place, start_s,
                          d->diagnostics))
        return false;
    if (*start_s <= previous_s)
        oh_diag_add(d->diagnostics, OH_MSG_CLOCK_ORDER, key_node->place, NULL,
                    "%s does not come after the clock time before it", key_node->text);
    else if (*start_s >= DAY_S && !(is_linear && *start_s == DAY_S))
        oh_diag_add(d->diagnostics, OH_MSG_CLOCK_ORDER, key_node->place, NULL,
                    "nothing starts at %s: the day is over", key_node->text);
    else
        return true;
    return false;
}

static bool decode_clocks(struct oh_decoder *d, const struct oh_key *key,
                          const struct oh_node *node, bool is_linear, struct oh_course *course) {
    double *starts = OH_NEW_ARRAY(d->arena, node->n, double);
    union oh_cell *cells = OH_NEW_ARRAY(d->arena, node->n, union oh_cell);
    bool is_good = true;
    double previous_s = -1;
    for (size_t i = 0; i < node->n; i++) {
        const struct oh_entry *entry = &node->entries[i];
        is_good = decode_start(d, entry->key, is_linear, previous_s, &starts[i]) && is_good;
        is_good = decode_cell(d, key, entry->value, &cells[i]) && is_good;
        previous_s = starts[i] > previous_s ? starts[i] : previous_s;
    }
    if (is_good)
        *course = oh_course_create(d->arena, key, starts, cells, (uint32_t)node->n);
    course->is_linear = is_linear;
    return is_good;
}

static bool is_clock_like(const char *text) {
    return text[0] >= '0' && text[0] <= '9';
}

/* ---- {linear: {07:00: 0/h, 09:00: 200/h}} ---- */

static const char linear_word[] = "linear";

static bool is_line(const struct oh_node *node) {
    return oh_node_find(node, linear_word) != NULL;
}

static bool is_clock_map(const struct oh_node *node) {
    return node->kind == OH_MAPPING && node->n > 0 && is_clock_like(node->entries[0].key->text);
}

static bool decode_line(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                        struct oh_course *course) {
    const struct oh_entry *entry = oh_node_entry(node, linear_word);
    if (key->unit != OH_UNIT_RATE) {
        oh_diag_add(d->diagnostics, OH_MSG_LINEAR_NOT_HERE, entry->key->place,
                    "write {07:00: ..., 09:30: ...}", "only a rate can be linear");
        return false;
    }
    if (node->n > 1) {
        const struct oh_entry *other = &node->entries[&node->entries[0] == entry];
        oh_diag_add(d->diagnostics, OH_MSG_MIXED_MAP, other->key->place,
                    "{monday: {linear: {07:00: ..., 09:00: ...}}, other: ...}",
                    "'%s' does not go beside 'linear'", other->key->text);
        return false;
    }
    if (is_clock_map(entry->value))
        return decode_clocks(d, key, entry->value, true, course);
    oh_expect_failed(d, entry->value, "a clock map",
                     "such as {linear: {07:00: 0/h, 09:00: 200/h}}");
    return false;
}

/* A clock map, or a line between clock times. */
static bool is_by_clock(const struct oh_node *node) {
    return is_clock_map(node) || is_line(node);
}

static bool decode_by_clock(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, struct oh_course *course) {
    return is_line(node) ? decode_line(d, key, node, course)
                         : decode_clocks(d, key, node, false, course);
}

static bool decode_course(struct oh_decoder *d, const struct oh_key *key,
                          const struct oh_node *node, struct oh_course *course) {
    bool may_step = key->changes == OH_OVER_THE_DAY;
    if (node->kind == OH_SCALAR)
        return decode_constant(d, key, node, course);
    if (may_step && is_by_clock(node))
        return decode_by_clock(d, key, node, course);
    oh_expect_failed(d, node, what_is_due(key),
                     may_step ? "or a clock map such as {07:00: ..., 09:30: ...}" : NULL);
    return false;
}

/* What other programs and languages call days. */
static const char *days_hint(struct oh_decoder *d, const char *text) {
    static const char *const others[][2] = {
        {"monday-friday", "weekdays"}, {"mon-fri", "weekdays"},        {"mo-fr", "weekdays"},
        {"workdays", "weekdays"},      {"saturday-sunday", "weekend"}, {"sat-sun", "weekend"},
        {"weekends", "weekend"},       {"default", "other"},           {"others", "other"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcasecmp(text, others[i][0]) == 0)
            return oh_arena_printf(d->arena, "did you mean '%s'?", others[i][1]);
    size_t length = strlen(text), n = 0;
    const char *names[16];
    for (; oh_days_names[n].name != NULL; n++) {
        names[n] = oh_days_names[n].name;
        if (length >= 2 && n <= OH_SUNDAY && strncasecmp(text, names[n], length) == 0)
            return oh_arena_printf(d->arena, "did you mean '%s'?", names[n]);
    }
    const char *hint = oh_did_you_mean(d->arena, text, names, n);
    return hint != NULL ? hint : "monday to sunday, weekdays, weekend or other";
}

static const struct oh_name *find_days(struct oh_decoder *d, const struct oh_node *key_node) {
    const struct oh_name *days = days_named(key_node);
    if (days != NULL)
        return days;
    if (is_clock_like(key_node->text)) {
        report_mixed(d, key_node);
        return NULL;
    }
    oh_diag_add(d->diagnostics, OH_MSG_UNKNOWN_DAY, key_node->place, days_hint(d, key_node->text),
                "unknown day '%s'", key_node->text);
    return NULL;
}

/* "Monday" and "monday": the document alone cannot tell that they are the same. */
static bool has_days(const struct oh_day_course *courses, uint32_t n, enum oh_days days) {
    for (uint32_t i = 0; i < n; i++)
        if (courses[i].days == days)
            return true;
    return false;
}

static void decode_day_map(struct oh_decoder *d, const struct oh_key *key,
                           const struct oh_node *node, struct oh_value *into) {
    struct oh_day_course *courses = OH_NEW_ARRAY(d->arena, node->n, struct oh_day_course);
    uint32_t n = 0;
    for (size_t i = 0; i < node->n; i++) {
        const struct oh_name *days = find_days(d, node->entries[i].key);
        bool is_good = decode_course(d, key, node->entries[i].value, &courses[n].course);
        if (days == NULL || !is_good)
            continue;
        if (has_days(courses, n, (enum oh_days)days->value)) {
            oh_diag_add(d->diagnostics, OH_MSG_DUPLICATE_KEY, node->entries[i].key->place, NULL,
                        "'%s' is given twice", days->name);
            continue;
        }
        courses[n++].days = (enum oh_days)days->value;
    }
    into->form = OH_BY_DAY;
    into->courses = courses;
    into->n = n;
}

static const char *forms_hint(const struct oh_key *key) {
    return key->changes == OH_BY_WEEKDAY
               ? "or a map of days such as {weekdays: 07:00, weekend: closed}"
               : "or a clock map {07:00: ...}, a map of days {monday: ...}, a CSV column {file: "
                 "..., column: ...}";
}

static void decode_any_form(struct oh_decoder *d, const struct oh_key *key,
                            const struct oh_node *node, struct oh_value *into) {
    into->place = node->place;
    bool is_map = node->kind == OH_MAPPING && node->n > 0;
    bool is_clocks = key->changes == OH_OVER_THE_DAY ? is_by_clock(node) : is_clock_map(node);
    if (key->changes == OH_OVER_THE_DAY && oh_column_is_meant(node)) {
        oh_column_decode(d, key, node, into);
    } else if (is_map && !is_clocks) {
        decode_day_map(d, key, node, into);
    } else if (node->kind == OH_SCALAR && !oh_node_is_empty(node)) {
        struct oh_day_course *only = OH_NEW(d->arena, struct oh_day_course);
        only->days = OH_EVERY_DAY;
        if (!decode_constant(d, key, node, &only->course))
            return;
        *into =
            (struct oh_value){.form = OH_CONSTANT, .place = node->place, .n = 1, .courses = only};
    } else if (is_clocks && key->changes == OH_OVER_THE_DAY) {
        struct oh_day_course *only = OH_NEW(d->arena, struct oh_day_course);
        only->days = OH_EVERY_DAY;
        if (!decode_by_clock(d, key, node, &only->course))
            return;
        *into =
            (struct oh_value){.form = OH_BY_CLOCK, .place = node->place, .n = 1, .courses = only};
    } else {
        oh_expect_failed(d, node, what_is_due(key), forms_hint(key));
    }
}

void oh_value_decode(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                     struct oh_value *into) {
    size_t n_errors = oh_diag_errors(d->diagnostics);
    decode_any_form(d, key, node, into);
    into->is_broken = oh_diag_errors(d->diagnostics) > n_errors;
}

/* ---- writing ---- */

static const struct oh_node *encode_cell(struct oh_arena *arena, const struct oh_key *key,
                                         const struct oh_course *course, uint32_t i) {
    union oh_cell cell = {0};
    if (course->dist != NULL)
        cell.dist = course->dist[i];
    else if (isnan(course->number[i]))
        return oh_node_scalar(arena, "closed", (struct oh_place){0});
    else
        cell.number = course->number[i];
    return oh_cell_encode(arena, key, &cell);
}

static const struct oh_node *encode_course(struct oh_arena *arena, const struct oh_key *key,
                                           const struct oh_course *course) {
    if (course->is_constant)
        return encode_cell(arena, key, course, 0);
    struct oh_entry *entries = OH_NEW_ARRAY(arena, course->n, struct oh_entry);
    for (uint32_t i = 0; i < course->n; i++) {
        entries[i].key = oh_quantity_encode(arena, OH_UNIT_CLOCK, course->start_s[i]);
        entries[i].value = encode_cell(arena, key, course, i);
    }
    const struct oh_node *clocks = oh_node_mapping(arena, entries, course->n, (struct oh_place){0});
    if (!course->is_linear)
        return clocks;
    struct oh_entry line = {oh_node_scalar(arena, linear_word, (struct oh_place){0}), clocks};
    return oh_node_mapping(arena, &line, 1, (struct oh_place){0});
}

const struct oh_node *oh_value_encode(struct oh_arena *arena, const struct oh_key *key,
                                      const struct oh_value *value) {
    if (value->form == OH_ABSENT)
        return NULL;
    if (value->form == OH_BY_COLUMN)
        return oh_column_encode(arena, value->column);
    if (value->form != OH_BY_DAY)
        return encode_course(arena, key, &value->courses[0].course);
    struct oh_entry *entries = OH_NEW_ARRAY(arena, value->n, struct oh_entry);
    for (uint32_t i = 0; i < value->n; i++) {
        const char *days = oh_name_of(oh_days_names, value->courses[i].days);
        entries[i].key = oh_node_scalar(arena, days, (struct oh_place){0});
        entries[i].value = encode_course(arena, key, &value->courses[i].course);
    }
    return oh_node_mapping(arena, entries, value->n, (struct oh_place){0});
}

/* ---- opening hours: a value of clocks, by weekday ---- */

static void decode_opening(struct oh_decoder *d, const struct oh_key *key,
                           const struct oh_node *node, void *into) {
    if (node != NULL)
        oh_value_decode(d, key, node, into);
}

static const struct oh_node *encode_opening(struct oh_arena *arena, const struct oh_key *key,
                                            const void *from) {
    return oh_value_encode(arena, key, from);
}

const struct oh_kind oh_kind_opening = {
    "clock time", decode_opening, encode_opening,
    "a clock time, closed, or a map of days {weekdays: 07:00, sunday: closed}"};
