/* What single values, lists and values of a form of their own look like in JSON Schema. */
#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"
#include "scenario/json_values.h"

#define CLOCK_OF_DAY "(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|[0-9]+"
#define CLOCK_START  "^(?:" CLOCK_OF_DAY ")$"
#define CLOCK_POINT                                                                                \
    "^(?:" CLOCK_OF_DAY "|24:00(?::00)?)$" /* of a line, which may end with the day */
/* Of a condition: what starts like a number; what it is a number of, the metric decides. */
#define VALUE      "\\s*[+-]?\\.?[0-9][^\xC2\xB1]*"
#define PLUS_MINUS "(?:\xC2\xB1|\\+-|\\+/-)"

json_t *oh_json_ref(const char *name) {
    char pointer[OH_JSON_LONGEST_NAME + 16];
    snprintf(pointer, sizeof pointer, "#/definitions/%s", name);
    return json_pack("{s:s}", "$ref", pointer);
}

json_t *oh_json_any_of(json_t *one, json_t *other) {
    return json_pack("{s:[o,o]}", "anyOf", one, other);
}

json_t *oh_json_pattern(const char *pattern, const char *what) {
    char message[256];
    snprintf(message, sizeof message, "expected %s", what);
    return json_pack("{s:s,s:s,s:s}", "type", "string", "pattern", pattern, "patternErrorMessage",
                     message);
}

static json_t *one_or_list(json_t *item) {
    return oh_json_any_of(item, json_pack("{s:s,s:O,s:i,s:i}", "type", "array", "items", item,
                                          "minItems", 1, "maxItems", OH_MOST_ITEMS));
}

/* Defines a form once; `made` is what it is. */
static json_t *shared(json_t *forms, const char *name, json_t *made) {
    if (json_object_get(forms, name) == NULL)
        json_object_set_new(forms, name, made);
    else
        json_decref(made);
    return oh_json_ref(name);
}

/* ---- single values ---- */

static void put_whole(struct oh_text *to, enum oh_unit unit, const char *others) {
    oh_text_puts(to, "^\\s*(?:");
    oh_unit_pattern(unit, to);
    oh_text_printf(to, "%s)\\s*$", others);
}

static json_t *quantity(enum oh_unit unit) {
    struct oh_text pattern = {0};
    char what[128];
    put_whole(&pattern, unit, "");
    snprintf(what, sizeof what, "%s, such as %s", oh_unit_title(unit), oh_unit_example(unit));
    json_t *made = oh_json_pattern(pattern.data, what);
    oh_text_fini(&pattern);
    if (unit == OH_UNIT_NUMBER || unit == OH_UNIT_COUNT)
        json_object_set_new(
            made, "type",
            json_pack("[s,s]", unit == OH_UNIT_COUNT ? "integer" : "number", "string"));
    return made;
}

/* 60 is what YAML 1.1 reads 1:00 as, 86400 is 24:00:00. */
static json_t *clock_time(const char *others) {
    struct oh_text pattern = {0};
    put_whole(&pattern, OH_UNIT_CLOCK, others);
    json_t *made = oh_json_pattern(pattern.data, "a clock time, such as 07:00 or 17:30");
    oh_text_fini(&pattern);
    json_object_set_new(made, "type", json_pack("[s,s]", "string", "integer"));
    json_object_set_new(made, "minimum", json_integer(60));
    json_object_set_new(made, "maximum", json_integer(86400));
    return made;
}

static json_t *distribution(enum oh_unit unit) {
    const struct oh_dist_row *rows;
    size_t n = oh_dist_rows(&rows);
    struct oh_text calls = {0}, pattern = {0};
    json_t *examples = json_array();
    for (size_t i = 0; i < n; i++) {
        oh_text_printf(&calls, "|%s%s", rows[i].name,
                       rows[i].n_forms > 0 ? "\\s*\\([\\s\\S]*\\)" : "");
        json_array_append_new(examples, json_string(rows[i].example));
    }
    put_whole(&pattern, unit, calls.data);
    json_t *made =
        oh_json_pattern(pattern.data, "a distribution, such as lognormal(mean=4min cv=1.2)");
    if (unit == OH_UNIT_DURATION)
        json_object_set(made, "examples", examples);
    else
        json_object_set_new(made, "type", json_pack("[s,s]", "string", "number"));
    json_decref(examples);
    oh_text_fini(&calls);
    oh_text_fini(&pattern);
    return made;
}

/* The form of a single value of the key, as it stands in a cell of a clock map. */
static const char *cell_name(const struct oh_key *key) {
    static const char *const units[OH_N_UNITS] = {
        [OH_UNIT_NUMBER] = "type.number",     [OH_UNIT_COUNT] = "type.count",
        [OH_UNIT_DURATION] = "type.duration", [OH_UNIT_CLOCK] = "type.clock",
        [OH_UNIT_RATE] = "type.rate",         [OH_UNIT_SHARE] = "type.share"};
    if (key->kind == &oh_kind_opening)
        return "type.opening";
    if (oh_key_is_dist(key))
        return key->unit == OH_UNIT_DURATION ? "type.times" : "type.factors";
    return units[key->unit];
}

static json_t *cell(json_t *forms, const struct oh_key *key) {
    json_t *made = key->kind == &oh_kind_opening ? clock_time("|closed")
                   : oh_key_is_dist(key)         ? distribution(key->unit)
                   : key->unit == OH_UNIT_CLOCK  ? clock_time("")
                                                 : quantity(key->unit);
    return shared(forms, cell_name(key), made);
}

/* ---- values that change ---- */

static json_t *clock_map(json_t *forms, const struct oh_key *key) {
    char name[OH_JSON_LONGEST_NAME];
    snprintf(name, sizeof name, "%s.by-clock", cell_name(key));
    return shared(forms, name,
                  json_pack("{s:s,s:i,s:{s:o},s:b}", "type", "object", "minProperties", 1,
                            "patternProperties", CLOCK_START, cell(forms, key),
                            "additionalProperties", 0));
}

/* {linear: {07:00: 0/h, 09:00: 200/h}} */
static json_t *line(json_t *forms, const struct oh_key *key) {
    char name[OH_JSON_LONGEST_NAME];
    snprintf(name, sizeof name, "%s.linear", cell_name(key));
    json_t *points =
        json_pack("{s:s,s:i,s:{s:o},s:b}", "type", "object", "minProperties", 1,
                  "patternProperties", CLOCK_POINT, cell(forms, key), "additionalProperties", 0);
    return shared(forms, name,
                  json_pack("{s:s,s:{s:o},s:[s],s:b}", "type", "object", "properties", "linear",
                            points, "required", "linear", "additionalProperties", 0));
}

/* What holds on a day. */
static json_t *course(json_t *forms, const struct oh_key *key) {
    json_t *made = json_pack("[o,o]", cell(forms, key), clock_map(forms, key));
    if (key->unit == OH_UNIT_RATE)
        json_array_append_new(made, line(forms, key));
    return made;
}

/* Days are known in any case; "[Mm][Oo][Nn]..." since ECMAScript has no (?i). */
static void put_days(struct oh_text *to) {
    oh_text_puts(to, "^(?:");
    for (const struct oh_name *row = oh_days_names; row->name != NULL; row++) {
        oh_text_puts(to, row == oh_days_names ? "" : "|");
        for (const char *c = row->name; *c != '\0'; c++)
            oh_text_printf(to, "[%c%c]", toupper((unsigned char)*c), *c);
    }
    oh_text_puts(to, ")$");
}

static json_t *day_map(json_t *forms, const struct oh_key *key, json_t *of_day) {
    char name[OH_JSON_LONGEST_NAME];
    struct oh_text days = {0};
    json_t *lower = json_object();
    put_days(&days);
    for (const struct oh_name *row = oh_days_names; row->name != NULL; row++)
        json_object_set(lower, row->name, of_day);
    snprintf(name, sizeof name, "%s.by-day", cell_name(key));
    json_t *made =
        json_pack("{s:s,s:i,s:o,s:{s:o},s:b}", "type", "object", "minProperties", 1, "properties",
                  lower, "patternProperties", days.data, of_day, "additionalProperties", 0);
    oh_text_fini(&days);
    return shared(forms, name, made);
}

static json_t *csv_column(json_t *forms) {
    static const struct oh_key per = {.kind = &oh_kind_quantity, .unit = OH_UNIT_DURATION},
                               from = {.kind = &oh_kind_quantity, .unit = OH_UNIT_CLOCK};
    json_t *text = json_pack("{s:s}", "type", "string");
    json_t *made = json_pack(
        "{s:s,s:s,s:{s:O,s:O,s:O,s:O,s:o,s:o},s:[s,s],s:[{s:[s]},{s:[s]},{s:[s]}],s:b}",
        "description",
        "A column of a CSV file: per is how long a row lasts, start and day are the columns that "
        "say when it begins.",
        "type", "object", "properties", "file", text, "column", text, "start", text, "day", text,
        "per", cell(forms, &per), "from", cell(forms, &from), "required", "file", "column", "anyOf",
        "required", "per", "required", "start", "required", "day", "additionalProperties", 0);
    json_decref(text);
    return shared(forms, "type.csv-column", made);
}

static json_t *value(json_t *forms, const struct oh_key *key) {
    if (key->changes == OH_STAYS)
        return json_pack("{s:[o]}", "allOf", cell(forms, key));
    if (key->changes == OH_BY_WEEKDAY)
        return oh_json_any_of(cell(forms, key), day_map(forms, key, cell(forms, key)));
    json_t *any = course(forms, key);
    json_array_append_new(any,
                          day_map(forms, key, json_pack("{s:o}", "anyOf", course(forms, key))));
    json_array_append_new(any, csv_column(forms));
    return json_pack("{s:o}", "anyOf", any);
}

/* Bounds of what YAML takes for a number. */
static json_t *bounded(json_t *forms, const struct oh_key *key) {
    json_t *made = value(forms, key);
    if (key->unit == OH_UNIT_NUMBER || key->unit == OH_UNIT_COUNT) {
        json_object_set_new(made, "minimum", json_real(key->least));
        json_object_set_new(made, "maximum", json_real(key->most));
    }
    return made;
}

/* ---- the other kinds ---- */

static json_t *text(json_t *forms, const struct oh_key *key) {
    return json_pack("{s:[s,s,s]}", "type", "string", "number", "boolean");
}

static json_t *choice(json_t *forms, const struct oh_key *key) {
    json_t *names = json_array();
    for (const struct oh_name *row = key->choices; row->name != NULL; row++)
        json_array_append_new(names, json_string(row->name));
    return json_pack("{s:o}", "enum", names);
}

/* A group may be called `no`, which YAML 1.1 takes for a truth value. */
static json_t *names(json_t *forms, const struct oh_key *key) {
    json_t *name = oh_json_pattern("^" OH_JSON_NAME "$", "a name");
    json_object_set_new(name, "type", json_pack("[s,s]", "string", "boolean"));
    return one_or_list(name);
}

static json_t *quantities(json_t *forms, const struct oh_key *key) {
    return one_or_list(cell(forms, key));
}

static json_t *precisions(json_t *forms, const struct oh_key *key) {
    return one_or_list(oh_json_pattern("^(?:[^=]+=\\s*" PLUS_MINUS "?" VALUE ")+$",
                                       "such as total.reached=\xC2\xB1"
                                       "0.5%"));
}

static json_t *busyness(json_t *forms, const struct oh_key *key) {
    return one_or_list(
        oh_json_any_of(oh_json_pattern("^" OH_JSON_NAME "$", "a name"), cell(forms, key)));
}

/* {by_wait: {2min: 10%}}: a map of one word. */
static json_t *chance_form(json_t *forms, const struct oh_key *key,
                           const struct oh_chance_form *form) {
    json_t *share = cell(forms, key);
    struct oh_text at = {0};
    json_t *inner;
    if (form->form == OH_FORM_NAMES)
        oh_text_puts(&at, "^" OH_JSON_NAME "$");
    else
        put_whole(&at, form->unit, "");
    if (form->form == OH_FORM_LIST)
        inner = one_or_list(share);
    else
        inner = json_pack("{s:s,s:i,s:{s:o},s:b}", "type", "object", "minProperties", 1,
                          "patternProperties", at.data, share, "additionalProperties", 0);
    oh_text_fini(&at);
    return json_pack("{s:s,s:{s:o},s:[s],s:b}", "type", "object", "properties", form->key, inner,
                     "required", form->key, "additionalProperties", 0);
}

static json_t *chance(json_t *forms, const struct oh_key *key) {
    json_t *any = json_pack("[o]", oh_chance_may_depend(key, OH_CHANCE_BY_ORDINAL)
                                       ? one_or_list(cell(forms, key))
                                       : cell(forms, key));
    for (size_t i = 0; i < OH_N_CHANCE_FORMS; i++)
        if (oh_chance_may_depend(key, oh_chance_forms[i].by))
            json_array_append_new(any, chance_form(forms, key, &oh_chance_forms[i]));
    return json_pack("{s:o}", "anyOf", any);
}

static json_t *queue_limit(json_t *forms, const struct oh_key *key) {
    struct oh_text pattern = {0};
    put_whole(&pattern, OH_UNIT_NUMBER, "(?:\\s*per +agent)?");
    json_t *made = oh_json_pattern(pattern.data, key->kind->values);
    oh_text_fini(&pattern);
    json_object_set_new(made, "type", json_pack("[s,s]", "integer", "string"));
    json_object_set_new(made, "minimum", json_real(key->least));
    return made;
}

static json_t *money(json_t *forms, const struct oh_key *key) {
    struct oh_text pattern = {0};
    put_whole(&pattern, OH_UNIT_NUMBER, " *[A-Z]{3} */ *[a-z]+");
    json_t *made = oh_json_pattern(pattern.data, key->kind->values);
    oh_text_fini(&pattern);
    return made;
}

static json_t *price(json_t *forms, const struct oh_key *key) {
    struct oh_text pattern = {0};
    put_whole(&pattern, OH_UNIT_NUMBER, " *[A-Z]{3}");
    json_t *made = oh_json_pattern(pattern.data, key->kind->values);
    oh_text_fini(&pattern);
    return made;
}

static json_t *condition(json_t *forms, const struct oh_key *key) {
    return oh_json_pattern("^\\s*(?:(?:at least|at most|>=|<=)" VALUE "|between" VALUE "and" VALUE
                           "|" VALUE PLUS_MINUS VALUE ")$",
                           key->kind->values);
}

/* One row a kind. */
static const struct {
    const struct oh_kind *kind;
    json_t *(*shape)(json_t *forms, const struct oh_key *key);
} shapes[] = {
    {&oh_kind_text, text},
    {&oh_kind_extended, text},
    {&oh_kind_choice, choice},
    {&oh_kind_quantity, bounded},
    {&oh_kind_distribution, value},
    {&oh_kind_opening, value},
    {&oh_kind_names, names},
    {&oh_kind_quantities, quantities},
    {&oh_kind_precisions, precisions},
    {&oh_kind_busyness, busyness},
    {&oh_kind_chance, chance},
    {&oh_kind_queue_limit, queue_limit},
    {&oh_kind_money, money},
    {&oh_kind_price, price},
    {&oh_kind_expectation, condition},
};

json_t *oh_json_value(json_t *forms, const struct oh_key *key) {
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (shapes[i].kind == key->kind)
            return shapes[i].shape(forms, key);
    return json_pack("{s:s}", "$comment", "any value");
}
