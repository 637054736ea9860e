/* The schema in words: `onhold explain KEY`, and the key reference. */
#include <string.h>

#include "base/quantity.h"
#include "scenario/kinds.h"

enum { WIDTH = 80, INDENT = 2 };

/* ---- what a row says ---- */

const char *oh_key_kind_name(const struct oh_key *key) {
    static const char *const units[OH_N_UNITS] = {
        [OH_UNIT_NUMBER] = "number",    [OH_UNIT_COUNT] = "count", [OH_UNIT_DURATION] = "duration",
        [OH_UNIT_CLOCK] = "clock time", [OH_UNIT_RATE] = "rate",   [OH_UNIT_SHARE] = "share"};
    return key->kind->name != NULL ? key->kind->name : units[key->unit];
}

static void put_choices(const struct oh_key *key, struct oh_text *to) {
    for (const struct oh_name *c = key->choices; c->name != NULL; c++)
        oh_text_printf(to, "%s%s",
                       c == key->choices   ? ""
                       : c[1].name != NULL ? ", "
                                           : " or ",
                       c->name);
}

static void put_bounds(const struct oh_key *key, struct oh_text *to) {
    char low[64], high[64];
    oh_unit_print(key->unit, key->least, low, sizeof low);
    oh_unit_print(key->unit, key->most, high, sizeof high);
    oh_text_printf(to, " from %s to %s", low, high);
}

static void put_distribution(const struct oh_key *key, struct oh_text *to) {
    oh_text_puts(to, key->unit == OH_UNIT_DURATION ? "a distribution of durations"
                                                   : "a distribution of factors");
    if (key->flags & OH_POSITIVE_MEAN)
        oh_text_puts(to, " with a finite mean above 0");
    else if (key->flags & OH_FINITE)
        oh_text_puts(to, " with a finite mean");
}

void oh_key_print_values(const struct oh_key *key, struct oh_text *to) {
    if (key->choices != NULL)
        put_choices(key, to);
    else if (key->kind == &oh_kind_distribution)
        put_distribution(key, to);
    else if (key->kind == &oh_kind_chance)
        oh_chance_print_values(key, to);
    else if (key->kind->values != NULL)
        oh_text_puts(to, key->kind->values);
    else {
        bool is_list = key->kind == &oh_kind_quantities;
        oh_text_puts(to, oh_unit_title(key->unit));
        put_bounds(key, to);
        if (is_list)
            oh_text_puts(to, ", or a list of them");
    }
}

static const char *default_of(const struct oh_key *key) {
    if (key->flags & OH_REQUIRED)
        return "none: it must be given";
    return key->fallback;
}

static const char *changes_of(const struct oh_key *key) {
    return key->unit == OH_UNIT_RATE
               ? "over the day and week, by a clock map, a line, a map of days or a CSV column"
               : "over the day and week, by a clock map, a map of days or a CSV column";
}

/* ---- explain ---- */

static void put_row(struct oh_text *to, const char *title, const char *text) {
    oh_text_printf(to, "%*s%-9s", INDENT, "", title);
    oh_text_wrap(to, text, INDENT + 9, WIDTH);
}

static void put_keys_inside(const struct oh_key *key, struct oh_text *to) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    struct oh_text list = {0};
    for (size_t i = 0; i < n; i++)
        if (oh_key_is_under(&keys[i], key))
            oh_text_printf(&list, "%s%s", list.length > 0 ? ", " : "", oh_key_word(&keys[i]));
    put_row(to, "keys:", list.data);
    oh_text_fini(&list);
}

static void explain(const struct oh_key *key, struct oh_text *to) {
    struct oh_text values = {0};
    oh_key_print_values(key, &values);
    oh_text_printf(to, "%s (%s)\n", key->path, oh_key_kind_name(key));
    oh_text_printf(to, "%*s", INDENT, "");
    oh_text_wrap(to, key->about, INDENT, WIDTH);
    if (oh_kind_is_container(key->kind) && key->kind != &oh_kind_map)
        put_keys_inside(key, to);
    else
        put_row(to, "value:", values.data);
    if (key->changes == OH_OVER_THE_DAY)
        put_row(to, "changes:", changes_of(key));
    if (default_of(key) != NULL)
        put_row(to, "default:", default_of(key));
    struct oh_text example = {0};
    oh_text_printf(&example, "%s: %s",
                   strcmp(oh_key_word(key), "*") == 0 ? "NAME" : oh_key_word(key), key->example);
    put_row(to, "example:", example.data);
    oh_text_fini(&example);
    oh_text_fini(&values);
}

/* The whole path, or its last words. */
static bool ends_in(const char *path, const char *words) {
    size_t n = strlen(path), m = strlen(words);
    return m <= n && strcmp(path + n - m, words) == 0 && (m == n || path[n - m - 1] == '.');
}

size_t oh_explain_key(const char *topic, struct oh_text *to) {
    const struct oh_key *keys, *exact = oh_schema_find(topic);
    size_t n = oh_schema_rows(&keys), found = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_meant = exact != NULL && strchr(topic, '.') != NULL ? &keys[i] == exact
                                                                    : ends_in(keys[i].path, topic);
        if (!is_meant || strcmp(topic, "*") == 0)
            continue;
        if (found++ > 0)
            oh_text_puts(to, "\n");
        explain(&keys[i], to);
    }
    return found;
}

/* ---- the key reference ---- */

static const char values_text[] =
    "A value that may change over the day (marked *changes*) is one of\n\n"
    "| form | example | holds |\n"
    "|---|---|---|\n"
    "| constant | `120/h` | always |\n"
    "| clock map | `{07:00: 120/h, 09:30: 200/h, 19:00: 0/h}` | each from its clock time to the "
    "next, the last to "
    "midnight, the same every day |\n"
    "| line | `{linear: {07:00: 0/h, 09:00: 200/h, 19:00: 0/h}}` | rates only: changes evenly from "
    "each clock time to the next, the last (at most 24:00) holds to midnight |\n"
    "| map of days | `{monday: 200/h, weekdays: 150/h, other: 0/h}` | on those days; each is a "
    "constant, a clock map or a line. A day "
    "by its name goes before `weekdays` and `weekend`, these before `other`. Every day of the run "
    "on which the centre is open "
    "needs a value |\n"
    "| CSV column | `{file: forecast.csv, column: calls, per: 30min, start: time, day: date}` | "
    "row by row, see below |\n\n"
    "Before the first clock time of a day a rate, a count or a share is 0; a distribution is the "
    "first one of the day "
    "already.\n\n"
    "A CSV file has the names of its columns in the first row, and is looked for in the scenario's "
    "directory. `per` is how "
    "long one row lasts: plain numbers in a column of rates are counts per row then, and outside "
    "the rows rates, counts and "
    "shares are 0. Without `per` a row holds until the next. `start` names the column with the "
    "clock time of each row; "
    "without it the rows follow one another from midnight, or from the clock time `from`. `day` "
    "names the column with the "
    "day: a weekday (as in a map of days), the number of the day in the run, or a date, the first "
    "date being the first day "
    "of the run. Without it the rows of one day are for every day, and rows that go on past "
    "midnight are for one day after "
    "another.\n";

static void put_reference_row(const struct oh_key *key, struct oh_text *to) {
    struct oh_text values = {0};
    oh_key_print_values(key, &values);
    oh_text_printf(to, "| `%s` | %s%s | %s%s%s | %s | `%s` |\n", key->path,
                   oh_kind_is_container(key->kind) ? "map" : values.data,
                   key->changes == OH_OVER_THE_DAY ? "; *changes*" : "",
                   key->fallback != NULL ? "`" : "",
                   key->flags & OH_REQUIRED ? "must be given"
                   : key->fallback != NULL  ? key->fallback
                                            : "",
                   key->fallback != NULL ? "`" : "", key->about, key->example);
    oh_text_fini(&values);
}

static bool is_in_section(const struct oh_key *key, const struct oh_key *top) {
    size_t n = strlen(top->path);
    return strncmp(key->path, top->path, n) == 0 && (key->path[n] == '.' || key->path[n] == '\0');
}

void oh_schema_reference(struct oh_text *to) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    static const char head[] =
        "| key | value | default | what it is | example |\n|---|---|---|---|---|\n";
    oh_text_printf(to, "%s\n%s", values_text, head);
    for (size_t i = 0; i < n; i++)
        if (oh_key_is_under(&keys[i], NULL) && !oh_kind_is_container(keys[i].kind))
            put_reference_row(&keys[i], to);
    for (size_t top = 0; top < n; top++) {
        if (!oh_key_is_under(&keys[top], NULL) || !oh_kind_is_container(keys[top].kind))
            continue;
        oh_text_printf(to, "\n### %s\n%s\n\n%s", keys[top].path, keys[top].about, head);
        for (size_t i = top + 1; i < n; i++)
            if (is_in_section(&keys[i], &keys[top]))
                put_reference_row(&keys[i], to);
    }
}
