/* libyaml's complaints in words for people who never heard of scanners, tokens and simple keys. */
#include <string.h>
#include <yaml.h>

#include "scenario/reading.h"

enum where { AT_PROBLEM, AT_CONTEXT };

/* The first row whose two texts occur in libyaml's problem and context is taken. In our text %c is the character at the
 * place. */
static const struct row {
    const char *problem, *context;
    enum oh_message_id id;
    enum where where;
    const char *text, *hint;
} rows[] = {
    {"", "tag", OH_MSG_YAML_TAG, AT_CONTEXT, "a value cannot start with '!': YAML reads a tag",
     "quote the value"},
    {"tag handle", "", OH_MSG_YAML_TAG, AT_CONTEXT,
     "a value cannot start with '!': YAML reads a tag", "quote the value"},
    {"", "directive", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "a line that starts with '%' is a YAML directive, and this one is unknown", "remove the line"},
    {"%YAML", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM, "this YAML directive cannot be followed",
     "remove the line"},
    {"incompatible YAML", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM, "this version of YAML is not known",
     "remove the line, or write %YAML 1.1"},
    {"%TAG", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM, "this YAML directive cannot be followed",
     "remove the line"},
    {"tab character", "", OH_MSG_TAB_INDENTATION, AT_PROBLEM, "a tab where blanks indent",
     "YAML indents with blanks only"},
    {"", "anchor", OH_MSG_YAML_SYNTAX, AT_CONTEXT,
     "a value cannot start with '&': YAML reads an anchor", "quote the value"},
    {"", "alias", OH_MSG_YAML_SYNTAX, AT_CONTEXT,
     "a value cannot start with '*': YAML reads an alias", "quote the value"},
    {"", "block scalar", OH_MSG_YAML_SYNTAX, AT_CONTEXT,
     "a value cannot start with '>' or '|': YAML reads a block of text",
     "quote the value; limits are also written 'at least 40%', 'at most 5%'"},
    {"unexpected end of stream", "quoted", OH_MSG_YAML_SYNTAX, AT_CONTEXT,
     "this quote is never closed", NULL},
    {"document indicator", "quoted", OH_MSG_YAML_SYNTAX, AT_CONTEXT, "this quote is never closed",
     NULL},
    {"", "quoted", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "in double quotes a backslash starts an escape, and this one is unknown",
     "double the backslash, or use single quotes"},
    {"could not find expected ':'", "", OH_MSG_YAML_SYNTAX, AT_CONTEXT,
     "here a key and its ':' are expected", "write 'key: value'"},
    {"mapping values are not allowed", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "a ':' is not expected here",
     "indent the keys of one map alike; quote a text that holds a colon and a blank"},
    {"block sequence entries are not allowed", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "a list item is not expected here", "put items on lines of their own, or write [a, b]"},
    {"mapping keys are not allowed", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "a value cannot start with '? '", "quote the value"},
    {"cannot start any token", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM, "a value cannot start with '%c'",
     "quote the value"},
    {"did not find expected key", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "here a key of the map above is expected", "indent the keys of one map alike"},
    {"expected '-'", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "here an item of the list above is expected", "indent the items of one list alike"},
    {"expected node content", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM, "here a value is expected", NULL},
    {"expected <document start>", "", OH_MSG_YAML_SYNTAX, AT_PROBLEM,
     "the text goes on where its value has already ended", NULL},
};

static bool contains(const char *text, const char *part) {
    return part[0] == '\0' || (text != NULL && strstr(text, part) != NULL);
}

static bool has_only_blanks_from(const struct oh_source *source, size_t at) {
    return at >= source->length || at + strspn(source->text + at, " \t\r\n") >= source->length;
}

static void report_never_closed(const struct oh_reading *r, size_t open) {
    oh_diag_add(r->diagnostics, OH_MSG_YAML_SYNTAX, oh_place_at(r->source, open, 1), NULL,
                "this '%c' is never closed", r->source->text[open]);
}

/* Something between two entries of an open { or [ is amiss. */
static void report_missing_comma(const struct oh_reading *r, size_t problem, size_t open) {
    char bracket = r->source->text[open], closing = bracket == '{' ? '}' : ']';
    struct oh_place place = oh_place_at(r->source, open, 1);
    char *hint = oh_arena_printf(r->arena, "the '%c' of line %u, column %u is still open", bracket,
                                 place.line, place.column);
    oh_diag_add(r->diagnostics, OH_MSG_YAML_SYNTAX, oh_place_at(r->source, problem, 1), hint,
                "here a comma or '%c' is expected", closing);
}

/* A tab among the blanks that indent the line of `at`. */
static bool report_tab(const struct oh_reading *r, size_t at) {
    size_t start = at;
    while (start > 0 && !oh_is_line_end(r->source, start - 1))
        start--;
    size_t blanks = strspn(r->source->text + start, " ");
    bool is_here = at < r->source->length && r->source->text[at] == '\t';
    if (!is_here && r->source->text[start + blanks] != '\t')
        return false;
    oh_diag_add(r->diagnostics, OH_MSG_TAB_INDENTATION,
                oh_place_at(r->source, is_here ? at : start + blanks, 1),
                "YAML indents with blanks only", "a tab where blanks indent");
    return true;
}

static bool may_lack_space(const char *problem) {
    return contains(problem, "could not find expected ':'") ||
           contains(problem, "mapping values are not allowed") ||
           contains(problem, "did not find expected key");
}

static void report_row(const struct oh_reading *r, const struct row *row, size_t problem,
                       size_t context) {
    size_t at = row->where == AT_CONTEXT ? context : problem;
    const char *c = strstr(row->text, "%c");
    char *text = oh_arena_strdup(r->arena, row->text);
    if (c != NULL)
        text = oh_arena_printf(r->arena, "%.*s%c%s", (int)(c - row->text), row->text,
                               r->source->text[at], c + 2);
    oh_diag_add(r->diagnostics, row->id, oh_place_at(r->source, at, 1), row->hint, "%s", text);
}

void oh_report_yaml_error(const struct oh_reading *r, const yaml_parser_t *parser, size_t problem,
                          size_t context, size_t open) {
    const char *said = parser->problem != NULL ? parser->problem : "no reason";
    if (contains(said, "found unexpected ':'")) {
        oh_diag_add(r->diagnostics, OH_MSG_MISSING_SPACE_AFTER_COLON,
                    oh_place_at(r->source, problem, 1), "write a blank after it",
                    "a blank is missing after this colon");
        return;
    }
    if (may_lack_space(said) && (oh_report_missing_space(r, problem) ||
                                 (parser->context != NULL && oh_report_missing_space(r, context))))
        return;
    if (open != OH_NO_BRACKET && has_only_blanks_from(r->source, problem)) {
        report_never_closed(r, open);
        return;
    }
    if (open != OH_NO_BRACKET && contains(said, "',' or")) {
        report_missing_comma(r, problem, open);
        return;
    }
    if (report_tab(r, problem))
        return;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (contains(said, rows[i].problem) && contains(parser->context, rows[i].context)) {
            report_row(r, &rows[i], problem, parser->context != NULL ? context : problem);
            return;
        }
    char *hint = oh_arena_printf(r->arena, "the YAML reader says: %s", said);
    oh_diag_add(r->diagnostics, OH_MSG_YAML_SYNTAX, oh_place_at(r->source, problem, 1), hint,
                "this cannot be read as YAML");
}
