/* From text to a distribution, with every problem at its place.
 *
 *   distribution = quantity | name [ "(" { argument } ")" ]
 *   argument     = [ name "=" ] ( quantity | distribution | text | quoted text )
 *
 * Arguments are separated by blanks or commas. */
#include <float.h>
#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "base/quantity.h"
#include "random/dist_kind.h"
#include "random/dist_lex.h"

enum { DEEPEST = 16 };

/* How many characters the first bytes of the text are. */
struct counted {
    size_t bytes, characters;
};

struct parser {
    struct oh_arena *arena;
    const char *text;
    enum oh_unit unit;
    struct oh_place place;
    const char *directory, *prefix;
    struct oh_diagnostics *diagnostics;
    struct counted *counted;
    int depth;
};

/* A call in the course of being read. */
struct call {
    const struct oh_dist_row *row;
    struct oh_span name;
    struct oh_argument *arguments;
    size_t n;
    const struct oh_dist_form *form;
};

/* Texts may be long and have thousands of arguments, so characters are counted on from the span before. */
static struct oh_place place_of(const struct parser *p, struct oh_span span) {
    struct counted *counted = p->counted;
    if (span.at < counted->bytes)
        *counted = (struct counted){0};
    counted->characters += oh_utf8_length(p->text + counted->bytes, span.at - counted->bytes);
    counted->bytes = span.at;
    return oh_place_within(p->place, counted->characters,
                           oh_utf8_length(p->text + span.at, span.length));
}

#define REPORT(p, id, span, hint, ...)                                                             \
    oh_diag_add((p)->diagnostics, id, place_of(p, span), hint, __VA_ARGS__)

static const char *text_of(const struct parser *p, struct oh_span span) {
    return oh_arena_strndup(p->arena, p->text + span.at, span.length);
}

static const char *instead(const struct parser *p, const struct oh_dist_row *row) {
    return oh_arena_printf(p->arena, "write %s", row->synopsis);
}

static const char *did_you_mean(const struct parser *p, const char *nearest) {
    return nearest ? oh_arena_printf(p->arena, "did you mean '%s'?", nearest) : NULL;
}

/* ---- which argument is which parameter ---- */

static bool is_called(const struct parser *p, struct oh_span span, const char *name) {
    return strlen(name) == span.length && memcmp(p->text + span.at, name, span.length) == 0;
}

/* The form's parameter of that name, or its number of parameters. */
static size_t find_parameter(const struct parser *p, const struct oh_dist_form *form,
                             struct oh_span name) {
    size_t j = 0;
    while (j < form->n && !is_called(p, name, form->parameters[j].name))
        j++;
    return j;
}

/* The first form that knows most of the names. */
static const struct oh_dist_form *choose_form(const struct parser *p, const struct call *call) {
    const struct oh_dist_form *best = call->row->forms;
    size_t best_known = 0;
    for (size_t f = 0; f < call->row->n_forms; f++) {
        const struct oh_dist_form *form = &call->row->forms[f];
        size_t known = 0;
        for (size_t i = 0; i < call->n; i++)
            known += call->arguments[i].name.length > 0 &&
                     find_parameter(p, form, call->arguments[i].name) < form->n;
        if (known > best_known) {
            best = form;
            best_known = known;
        }
    }
    return best;
}

static void report_name(const struct parser *p, const struct call *call, struct oh_span name) {
    const char *names[4 * OH_DIST_PARAMETERS];
    size_t n = 0;
    bool is_known = false;
    for (size_t f = 0; f < call->row->n_forms; f++) {
        const struct oh_dist_form *form = &call->row->forms[f];
        is_known = is_known || find_parameter(p, form, name) < form->n;
        for (size_t j = 0; j < form->n && n < sizeof names / sizeof names[0]; j++)
            names[n++] = form->parameters[j].name;
    }
    if (is_known) {
        REPORT(p, OH_MSG_MIXED_PARAMETERS, name, instead(p, call->row),
               "'%s' does not go with the other parameters of '%s'", text_of(p, name),
               call->row->name);
        return;
    }
    const char *nearest = oh_name_nearest(text_of(p, name), names, n);
    REPORT(p, OH_MSG_UNKNOWN_PARAMETER, name,
           nearest ? did_you_mean(p, nearest) : instead(p, call->row),
           "unknown parameter '%s' of '%s'", text_of(p, name), call->row->name);
}

static void report_too_many(const struct parser *p, const struct call *call, size_t ix) {
    const struct oh_span value = call->arguments[ix].value;
    const bool is_inside_number = value.at > 1 && p->text[value.at - 1] == ',' &&
                                  p->text[value.at] >= '0' && p->text[value.at] <= '9' &&
                                  p->text[value.at - 2] >= '0' && p->text[value.at - 2] <= '9';
    REPORT(p, OH_MSG_TOO_MANY_PARAMETERS, value,
           is_inside_number ? "numbers are written without a comma, 1.5 or 1850"
                            : instead(p, call->row),
           "'%s' is one value too many for '%s'", text_of(p, value), call->row->name);
}

/* Names go to their parameters, values without a name to the free ones in order. The arguments in the order of the
 * form, or NULL. */
static const struct oh_argument *bind_parameters(const struct parser *p, const struct call *call) {
    const struct oh_dist_form *form = call->form;
    struct oh_argument *bound = OH_NEW_ARRAY(p->arena, form->n, struct oh_argument);
    bool is_bound[OH_DIST_PARAMETERS] = {false}, is_good = true;
    for (size_t i = 0; i < call->n; i++) {
        const struct oh_argument *argument = &call->arguments[i];
        if (argument->name.length == 0)
            continue;
        const size_t j = find_parameter(p, form, argument->name);
        is_good = is_good && j < form->n && !is_bound[j];
        if (j == form->n)
            report_name(p, call, argument->name);
        else if (is_bound[j])
            REPORT(p, OH_MSG_DOUBLED_PARAMETER, argument->name, NULL,
                   "parameter '%s' is given twice", text_of(p, argument->name));
        else {
            bound[j] = *argument;
            is_bound[j] = true;
        }
    }
    for (size_t i = 0, j = 0; i < call->n; i++) {
        if (call->arguments[i].name.length > 0)
            continue;
        while (j < form->n && is_bound[j])
            j++;
        if (j == form->n) {
            report_too_many(p, call, i);
            return NULL;
        }
        bound[j] = call->arguments[i];
        is_bound[j] = true;
    }
    for (size_t j = 0; is_good && j < form->n; j++)
        if (!is_bound[j]) {
            REPORT(p, OH_MSG_MISSING_PARAMETER, call->name, instead(p, call->row),
                   "'%s' needs '%s'", call->row->name, form->parameters[j].name);
            is_good = false;
        }
    return is_good ? bound : NULL;
}

/* Repeated parameters come without names, in whole groups. */
static const struct oh_argument *check_groups(const struct parser *p, const struct call *call) {
    const struct oh_dist_form *form = call->form;
    for (size_t i = 0; i < call->n; i++)
        if (call->arguments[i].name.length > 0) {
            REPORT(p, OH_MSG_UNKNOWN_PARAMETER, call->arguments[i].name, instead(p, call->row),
                   "'%s': '%s' takes no names", text_of(p, call->arguments[i].name),
                   call->row->name);
            return NULL;
        }
    if (call->n > 0 && call->n % form->n == 0)
        return call->arguments;
    REPORT(p, OH_MSG_MISSING_PARAMETER, call->name, instead(p, call->row),
           "'%s' needs pairs of '%s' and '%s'", call->row->name, form->parameters[0].name,
           form->parameters[1].name);
    return NULL;
}

/* ---- values ---- */

static const struct oh_dist *parse_span(struct parser *p, struct oh_span whole);

static void report_range(const struct parser *p, const struct oh_dist_parameter *parameter,
                         struct oh_span span, double value, enum oh_unit unit) {
    char low[64], high[64];
    oh_unit_print(unit, parameter->low, low, sizeof low);
    oh_unit_print(unit, parameter->high, high, sizeof high);
    const bool is_open = parameter->low == DBL_MIN;
    const bool has_one_value = is_open || strcmp(parameter->name, "cv") == 0;
    if (value > parameter->high)
        REPORT(p, OH_MSG_PARAMETER_OUT_OF_RANGE, span, NULL, "'%s' must be at most %s",
               parameter->name, high);
    else if (parameter->low == 0)
        REPORT(p, OH_MSG_PARAMETER_OUT_OF_RANGE, span, NULL, "'%s' must not be negative",
               parameter->name);
    else
        REPORT(p, OH_MSG_PARAMETER_OUT_OF_RANGE, span,
               value == 0 && has_one_value ? "for one value, write constant(...)" : NULL,
               "'%s' must be %s %s", parameter->name, is_open ? "above" : "at least",
               is_open ? "0" : low);
}

static bool read_number(const struct parser *p, const struct oh_dist_parameter *parameter,
                        struct oh_span span, double *value) {
    const enum oh_unit unit = oh_dist_unit_of(p->unit, parameter->value);
    if (!oh_quantity_read(unit, p->text + span.at, span.length, place_of(p, span), value,
                          p->diagnostics))
        return false;
    if (*value >= parameter->low && *value <= parameter->high)
        return true;
    report_range(p, parameter, span, *value, unit);
    return false;
}

static bool read_text(const struct parser *p, struct oh_span span, const char **text) {
    const bool is_quoted = oh_lex_is_quote(p->text, span.at);
    if (is_quoted && (span.length < 2 || p->text[oh_span_end(span) - 1] != p->text[span.at])) {
        REPORT(p, OH_MSG_DISTRIBUTION_SYNTAX, span, NULL, "the quote is never closed");
        return false;
    }
    *text = oh_arena_strndup(p->arena, p->text + span.at + is_quoted, span.length - 2 * is_quoted);
    return true;
}

static bool read_file_name(const struct parser *p, struct oh_span span, const char **file) {
    if (!read_text(p, span, file))
        return false;
    if ((*file)[0] != '/' && p->prefix[0] != '\0')
        *file = oh_arena_printf(p->arena, "%s%s", p->prefix, *file);
    return true;
}

/* Stores parameter `j` of repetition `i`. */
static bool read_value(struct parser *p, const struct call *call, struct oh_dist_body *dist,
                       size_t i, size_t j, struct oh_span span) {
    const struct oh_dist_parameter *parameter = &call->form->parameters[j];
    if (span.length == 0) {
        REPORT(p, OH_MSG_MISSING_PARAMETER, call->name, instead(p, call->row),
               "parameter '%s' of '%s' has no value", parameter->name, call->row->name);
        return false;
    }
    switch (parameter->value) {
    case OH_DIST_DISTRIBUTION:
        dist->part[i] = parse_span(p, span);
        return dist->part[i] != NULL;
    case OH_DIST_TEXT:
        return j == 0 ? read_file_name(p, span, &dist->file) : read_text(p, span, &dist->column);
    default:
        return read_number(p, parameter, span,
                           call->form->repeats ? &dist->number[j][i] : &dist->given[j]);
    }
}

/* ---- the whole ---- */

static const struct oh_dist *build(struct parser *p, struct call *call) {
    const struct oh_dist_form *form = call->form = choose_form(p, call);
    const struct oh_argument *arguments =
        form->repeats ? check_groups(p, call) : bind_parameters(p, call);
    if (!arguments)
        return NULL;

    const size_t n = form->repeats ? call->n / form->n : 1;
    struct oh_dist_body *dist = oh_dist_create(p->arena, call->row, p->unit);
    struct oh_place *places = OH_NEW_ARRAY(p->arena, n * form->n, struct oh_place);
    dist->form = form;
    dist->n = n;
    for (size_t j = 0; j < form->n; j++)
        if (form->parameters[j].value == OH_DIST_DISTRIBUTION)
            dist->part = OH_NEW_ARRAY(p->arena, n, const struct oh_dist *);
        else if (form->repeats)
            dist->number[j] = OH_NEW_ARRAY(p->arena, n, double);
    bool is_good = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < form->n; j++) {
            const size_t ix = i * form->n + j;
            places[ix] = place_of(p, arguments[ix].value);
            is_good = read_value(p, call, dist, i, j, arguments[ix].value) && is_good;
        }
    struct oh_dist_maker maker = {.arena = p->arena,
                                  .directory = p->directory,
                                  .diagnostics = p->diagnostics,
                                  .places = places};
    return is_good ? oh_dist_finish(dist, &maker) : NULL;
}

static const struct oh_dist *parse_constant(struct parser *p, struct oh_span span) {
    const struct oh_dist_row *row = oh_dist_row_find("constant");
    struct oh_dist_body *dist = oh_dist_create(p->arena, row, p->unit);
    return read_number(p, &row->forms[0].parameters[0], span, &dist->given[0])
               ? oh_dist_finish(dist, NULL)
               : NULL;
}

/* What else distributions are called; NULL: nothing known. */
static const char *other_name(const char *text) {
    static const char *const others[][2] = {{"infinite", "never"},
                                            {"infinity", "never"},
                                            {"inf", "never"},
                                            {"exp", "exponential"},
                                            {"poisson", "exponential"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(text, others[i][0]) == 0)
            return others[i][1];
    return NULL;
}

static const struct oh_dist_row *find_row(const struct parser *p, struct oh_span name) {
    const struct oh_dist_row *rows;
    const size_t n = oh_dist_rows(&rows);
    const char *names[64], *known = "known are";
    const char *text = text_of(p, name);
    const struct oh_dist_row *row = oh_dist_row_find(text);
    if (row)
        return row;
    for (size_t i = 0; i < n; i++) {
        names[i] = rows[i].name;
        known = oh_arena_printf(p->arena, "%s%s %s", known, i > 0 ? "," : "", names[i]);
    }
    const char *nearest = other_name(text);
    if (!nearest)
        nearest = oh_name_nearest(text, names, n);
    REPORT(p, OH_MSG_UNKNOWN_DISTRIBUTION, name, nearest ? did_you_mean(p, nearest) : known,
           "unknown distribution '%s'", text);
    return NULL;
}

/* Letters of other alphabets belong to a name, too, for the message that it is unknown. */
static struct oh_span name_at(const struct parser *p, size_t at, size_t end) {
    size_t to = oh_lex_name(p->text, at, end);
    while (to < end && (unsigned char)p->text[to] >= 0x80) {
        to += oh_utf8_step(p->text + to, end - to);
        while (to < end && oh_lex_is_name_character(p->text[to]))
            to++;
    }
    return oh_span_between(at, to);
}

/* The part between the parentheses behind a name; they must close and end the span. */
static bool find_inside(const struct parser *p, const struct call *call, size_t open, size_t end,
                        struct oh_span *inside) {
    if (p->text[open] != '(') {
        const bool is_closing = p->text[open] == ')';
        REPORT(p, is_closing ? OH_MSG_UNBALANCED_PARENTHESES : OH_MSG_DISTRIBUTION_SYNTAX,
               oh_span_between(open, end), instead(p, call->row), "'%s' behind '%s'",
               text_of(p, oh_span_between(open, end)), call->row->name);
        return false;
    }
    const size_t close = oh_lex_closing(p->text, open, end);
    if (close == 0) {
        REPORT(p, OH_MSG_UNBALANCED_PARENTHESES, oh_span_between(open, open + 1),
               "inside {...} and [...] separate parameters by blanks, not commas",
               "the '(' of '%s' is never closed", call->row->name);
        return false;
    }
    const struct oh_span rest = oh_lex_trim(p->text, oh_span_between(close, end));
    if (rest.length > 0) {
        const bool is_closing = p->text[rest.at] == ')';
        REPORT(p, is_closing ? OH_MSG_UNBALANCED_PARENTHESES : OH_MSG_TRAILING_TEXT, rest, NULL,
               "'%s' behind the end of '%s'", text_of(p, rest), call->row->name);
        return false;
    }
    *inside = oh_span_between(open + 1, close - 1);
    return true;
}

static const struct oh_dist *parse_call(struct parser *p, struct oh_span span) {
    const size_t end = oh_span_end(span);
    struct call call = {.name = name_at(p, span.at, end)};
    call.row = find_row(p, call.name);
    if (!call.row)
        return NULL;
    const size_t open = oh_lex_blanks(p->text, oh_span_end(call.name), end);
    struct oh_span inside = {open, 0};
    if (open < end && !find_inside(p, &call, open, end, &inside))
        return NULL;
    call.arguments = oh_lex_arguments(p->arena, p->text, inside, &call.n);
    if (call.row->n_forms > 0)
        return build(p, &call);
    if (call.n > 0) {
        report_too_many(p, &call, 0);
        return NULL;
    }
    return oh_dist_finish(oh_dist_create(p->arena, call.row, p->unit), NULL);
}

static const struct oh_dist *parse_span(struct parser *p, struct oh_span whole) {
    const struct oh_span span = oh_lex_trim(p->text, whole);
    if (span.length == 0) {
        REPORT(p, OH_MSG_DISTRIBUTION_SYNTAX, whole,
               "write exponential(mean=4min), or a constant such as 20s",
               "a distribution is missing");
        return NULL;
    }
    const char first = p->text[span.at];
    if ((first >= '0' && first <= '9') || strchr("+-.", first))
        return parse_constant(p, span);
    if (oh_lex_name(p->text, span.at, oh_span_end(span)) == span.at) {
        REPORT(p, OH_MSG_DISTRIBUTION_SYNTAX, span,
               "write exponential(mean=4min), or a constant such as 20s",
               "'%s' is not a distribution", text_of(p, span));
        return NULL;
    }
    if (p->depth == DEEPEST) {
        REPORT(p, OH_MSG_DISTRIBUTION_TOO_DEEP, span, NULL,
               "distributions may be nested %d levels deep", DEEPEST);
        return NULL;
    }
    p->depth++;
    const struct oh_dist *dist = parse_call(p, span);
    p->depth--;
    return dist;
}

const struct oh_dist *oh_dist_parse(struct oh_arena *arena, const char *text, enum oh_unit unit,
                                    struct oh_place place, const char *directory,
                                    const char *prefix, struct oh_diagnostics *diagnostics) {
    struct counted counted = {0};
    struct parser parser = {.arena = arena,
                            .text = text,
                            .unit = unit,
                            .place = place,
                            .directory = directory,
                            .prefix = prefix,
                            .diagnostics = diagnostics,
                            .counted = &counted};
    return parse_span(&parser, oh_span_between(0, strlen(text)));
}
