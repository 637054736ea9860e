#include "api/vary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* Of a step: that the last value of a range is reached although it is not exact. */
#define ALMOST 1e-9

enum { DIGITS = 12 };

/* Values of unknown number, in the arena once they are known. */
struct values {
    struct oh_arena *arena;
    struct oh_text *problem;
    const char **texts;
    size_t n, room;
};

static bool refuse(struct values *values, const char *what, const char *text) {
    oh_text_printf(values->problem, "%s: '%s'", what, text);
    return false;
}

static bool add(struct values *values, const char *text) {
    if (values->n == OH_MOST_VALUES)
        return refuse(values, "more than 10000 values", text);
    if (values->n == values->room) {
        values->room = 2 * values->room + 16;
        values->texts = oh_realloc_array(values->texts, values->room, sizeof *values->texts);
    }
    values->texts[values->n++] = text;
    return true;
}

/* ---- quantities ---- */

static enum oh_unit unit_of(const char *text, double *value) {
    static const enum oh_unit tried[] = {OH_UNIT_NUMBER, OH_UNIT_SHARE, OH_UNIT_DURATION,
                                         OH_UNIT_RATE, OH_UNIT_CLOCK};
    for (size_t i = 0; i < N_OF(tried); i++) {
        struct oh_parse parse = oh_unit_parse(tried[i], text, strlen(text));
        if (parse.status != OH_PARSE_OK)
            continue;
        *value = parse.value;
        return tried[i];
    }
    return OH_N_UNITS;
}

double oh_vary_number(const char *text) {
    double value = NAN;
    return unit_of(text, &value) < OH_N_UNITS ? value : NAN;
}

/* ---- ranges ---- */

enum { LOW, HIGH, STEP, N_PARTS };

struct range {
    const char *parts[N_PARTS];
    double in_si[N_PARTS];
    enum oh_unit unit;
    double plain[N_PARTS]; /* the numbers as written, if all have the same unit behind them */
    const char *suffix;    /* that; NULL: they differ */
};

/* "30min" is the number 30 and the suffix "min"; "1h30m" and "07:00" are not of that kind. */
static const char *read_plain(const char *text, double *number) {
    size_t used = oh_number_parse(text, strlen(text), number);
    const char *suffix = text + used;
    return used > 0 && strpbrk(suffix, "0123456789:") == NULL ? suffix : NULL;
}

static void find_suffix(struct range *range) {
    range->suffix = read_plain(range->parts[LOW], &range->plain[LOW]);
    for (int i = HIGH; i < N_PARTS && range->suffix != NULL; i++) {
        const char *suffix = read_plain(range->parts[i], &range->plain[i]);
        if (suffix == NULL || strcmp(suffix, range->suffix) != 0)
            range->suffix = NULL;
    }
}

/* Clock times go up by durations, all else by its own kind. */
static bool read_range(struct values *values, const char *text, struct range *range) {
    range->unit = unit_of(range->parts[LOW], &range->in_si[LOW]);
    enum oh_unit high = unit_of(range->parts[HIGH], &range->in_si[HIGH]);
    enum oh_unit step = unit_of(range->parts[STEP], &range->in_si[STEP]);
    enum oh_unit due = range->unit == OH_UNIT_CLOCK ? OH_UNIT_DURATION : range->unit;
    if (range->unit == OH_N_UNITS || high != range->unit || step != due)
        return refuse(values, "a range is LO..HI..STEP, three quantities of one kind, not", text);
    if (!(range->in_si[STEP] > 0) || range->in_si[HIGH] < range->in_si[LOW])
        return refuse(values, "a range goes up from LO to HI by a STEP above 0", text);
    find_suffix(range);
    return true;
}

static const char *value_at(const struct range *range, double i, struct oh_arena *arena) {
    char number[64];
    if (range->suffix != NULL) {
        oh_number_print(range->plain[LOW] + i * range->plain[STEP], DIGITS, number, sizeof number);
        return oh_arena_printf(arena, "%s%s", number, range->suffix);
    }
    double value = oh_number_settle(range->in_si[LOW] + i * range->in_si[STEP]);
    return oh_arena_strdup(arena, oh_unit_print(range->unit, value, number, sizeof number));
}

static bool add_range(struct values *values, const char *text, struct range *range) {
    if (!read_range(values, text, range))
        return false;
    double steps = floor((range->in_si[HIGH] - range->in_si[LOW]) / range->in_si[STEP] + ALMOST);
    if (steps >= OH_MOST_VALUES)
        return refuse(values, "more than 10000 values", text);
    for (double i = 0; i <= steps; i++)
        if (!add(values, value_at(range, i, values->arena)))
            return false;
    return true;
}

/* Splits "LO..HI..STEP", or "LO..HI" of whole numbers; false if it is no range. */
static bool split_range(const char *text, struct oh_arena *arena, struct range *range) {
    if (strpbrk(text, "([{\"'") != NULL)
        return false;
    *range = (struct range){.parts = {NULL, NULL, "1"}};
    int n = 0;
    for (const char *at = text; n < N_PARTS; n++) {
        const char *dots = strstr(at, "..");
        range->parts[n] = dots != NULL ? oh_arena_strndup(arena, at, (size_t)(dots - at)) : at;
        if (dots == NULL)
            return n > 0;
        at = dots + 2;
    }
    return true; /* with too many parts: the last one is no quantity */
}

/* ---- lists ---- */

/* Where the value ends: at a comma outside of brackets and quotes, or at the end. */
static size_t value_end(const char *text) {
    int depth = 0;
    char quote = '\0';
    size_t i = 0;
    for (; text[i] != '\0'; i++) {
        char c = text[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (strchr("([{", c) != NULL)
            depth++;
        else if (strchr(")]}", c) != NULL)
            depth--;
        else if (c == ',' && depth <= 0)
            break;
    }
    return i;
}

static const char *trimmed(struct oh_arena *arena, const char *text, size_t n) {
    while (n > 0 && text[0] == ' ') {
        text++;
        n--;
    }
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return oh_arena_strndup(arena, text, n);
}

static bool add_part(struct values *values, const char *text) {
    struct range range;
    if (*text == '\0')
        return refuse(values, "a value is missing", "");
    return split_range(text, values->arena, &range) ? add_range(values, text, &range)
                                                    : add(values, text);
}

static bool add_parts(struct values *values, const char *text) {
    for (;;) {
        size_t n = value_end(text);
        if (!add_part(values, trimmed(values->arena, text, n)))
            return false;
        if (text[n] == '\0')
            return true;
        text += n + 1;
    }
}

bool oh_vary_values(const char *text, struct oh_arena *arena, struct oh_varied *into,
                    struct oh_text *problem) {
    struct values values = {.arena = arena, .problem = problem};
    bool ok = add_parts(&values, text);
    const char **texts = OH_NEW_ARRAY(arena, values.n, const char *);
    double *numbers = OH_NEW_ARRAY(arena, values.n, double);
    for (size_t i = 0; i < values.n; i++) {
        texts[i] = values.texts[i];
        numbers[i] = oh_vary_number(texts[i]);
    }
    into->n = (uint32_t)values.n;
    into->texts = texts;
    into->numbers = numbers;
    free(values.texts);
    return ok;
}

bool oh_vary_read(const char *text, struct oh_arena *arena, struct oh_varied *into,
                  struct oh_text *problem) {
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        oh_text_printf(problem, "PATH=VALUES, not '%s'", text);
        return false;
    }
    into->path = trimmed(arena, text, (size_t)(equals - text));
    return oh_vary_values(equals + 1, arena, into, problem);
}
