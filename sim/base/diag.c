#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"

enum { LONGEST_MESSAGE = 600, EXCERPT_COLUMNS = 100, NUMBER_COLUMNS = 5, MOST_KEPT = 1000 };

#define OH_MESSAGE(id, slug, severity, explanation) {slug, severity, explanation},
const struct oh_message oh_messages[OH_N_MESSAGES] = {
#include "base/messages.def"
};
#undef OH_MESSAGE

const struct oh_message *oh_message_find(const char *slug) {
    for (size_t i = 0; i < OH_N_MESSAGES; i++)
        if (strcmp(oh_messages[i].slug, slug) == 0)
            return &oh_messages[i];
    return NULL;
}

struct oh_place oh_place_within(struct oh_place place, size_t offset, size_t width) {
    /* Escapes and folded lines make the text longer than it is wide; stay inside what is shown. */
    size_t last = place.width > 0 ? place.width - 1 : 0;
    size_t start = offset < last ? offset : last;
    size_t room = last + 1 - start;
    place.column += (uint32_t)start;
    place.width = (uint32_t)(width < room ? width : room);
    return place;
}

struct record {
    struct oh_problem problem;
    size_t source_ix; /* in order of first appearance */
    size_t serial;
};

struct oh_diagnostics {
    struct oh_arena *arena;
    struct record *records;
    size_t n, capacity, n_sorted, n_sources;
    size_t n_of[OH_WARNING + 1];
    uint32_t *buckets; /* hash of what is already there: index + 1 into `seen`, 0 if free */
    const struct oh_problem **seen;
    size_t n_buckets;
};

struct oh_diagnostics *oh_diag_create(void) {
    struct oh_diagnostics *d = oh_calloc(1, sizeof *d);
    d->arena = oh_arena_create();
    return d;
}

void oh_diag_destroy(struct oh_diagnostics *d) {
    if (d == NULL)
        return;
    oh_arena_destroy(d->arena);
    free(d->records);
    free(d->buckets);
    free(d->seen);
    free(d);
}

const struct oh_source *oh_diag_source(struct oh_diagnostics *d, const char *name) {
    struct oh_source *source = OH_NEW(d->arena, struct oh_source);
    source->name = oh_arena_strdup(d->arena, name);
    return source;
}

static bool is_equal(const struct oh_problem *a, const struct oh_problem *b) {
    return a->id == b->id && a->place.source == b->place.source && a->place.line == b->place.line &&
           a->place.column == b->place.column && strcmp(a->text, b->text) == 0;
}

static uint64_t hash_bytes(uint64_t hash, const void *data, size_t length) {
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

static uint64_t hash_problem(const struct oh_problem *p) { /* FNV-1a */
    uint64_t hash = UINT64_C(14695981039346656037);
    hash = hash_bytes(hash, &p->id, sizeof p->id);
    hash = hash_bytes(hash, &p->place.line, sizeof p->place.line);
    hash = hash_bytes(hash, &p->place.column, sizeof p->place.column);
    return hash_bytes(hash, p->text, strlen(p->text));
}

/* The bucket that holds an equal problem, or the free one where it belongs. */
static size_t bucket_of(const struct oh_diagnostics *d, const struct oh_problem *p) {
    size_t at = hash_problem(p) & (d->n_buckets - 1);
    while (d->buckets[at] != 0 && !is_equal(d->seen[d->buckets[at] - 1], p))
        at = (at + 1) & (d->n_buckets - 1);
    return at;
}

static void grow(struct oh_diagnostics *d) {
    d->capacity = d->capacity > 0 ? d->capacity * 2 : 16;
    d->records = oh_realloc_array(d->records, d->capacity, sizeof *d->records);
    d->seen = oh_realloc_array(d->seen, d->capacity, sizeof(const struct oh_problem *));
    free(d->buckets);
    d->n_buckets = d->capacity * 2;
    d->buckets = oh_calloc(d->n_buckets, sizeof *d->buckets);
    for (size_t i = 0; i < d->n; i++)
        d->buckets[bucket_of(d, d->seen[i])] = (uint32_t)i + 1;
}

static size_t source_ix(struct oh_diagnostics *d, const struct oh_source *source) {
    for (size_t i = d->n; i-- > 0;)
        if (d->records[i].problem.place.source == source)
            return d->records[i].source_ix;
    return d->n_sources++;
}

/* User's text inside a message may be long: only its start is of use. */
static char *message_text(struct oh_arena *arena, const char *format, va_list arguments) {
    char text[LONGEST_MESSAGE];
    int length = vsnprintf(text, sizeof text, format, arguments);
    OH_INVARIANT(length >= 0);
    if ((size_t)length < sizeof text)
        return oh_arena_strdup(arena, text);
    size_t cut = sizeof text - 8;
    while (cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut--;
    return oh_arena_printf(arena, "%.*s\xE2\x80\xA6", (int)cut, text);
}

void oh_diag_add(struct oh_diagnostics *d, enum oh_message_id id, struct oh_place place,
                 const char *hint, const char *format, ...) {
    OH_ARGUMENT((unsigned)id < OH_N_MESSAGES);
    enum oh_severity severity = oh_messages[id].severity;
    if (d->n_of[severity] >= MOST_KEPT) {
        d->n_of[severity]++;
        return;
    }
    if (d->n == d->capacity)
        grow(d);
    va_list arguments;
    va_start(arguments, format);
    char *text = message_text(d->arena, format, arguments);
    va_end(arguments);
    struct oh_problem problem = {.id = id, .place = place, .text = text};
    size_t bucket = bucket_of(d, &problem);
    if (d->buckets[bucket] != 0)
        return;
    if (hint != NULL)
        problem.hint = oh_arena_printf(d->arena, "%.*s", LONGEST_MESSAGE, hint);

    struct oh_problem *kept = OH_NEW(d->arena, struct oh_problem);
    *kept = problem;
    d->seen[d->n] = kept;
    d->records[d->n] = (struct record){
        .problem = problem, .source_ix = source_ix(d, place.source), .serial = d->n};
    d->n++;
    d->buckets[bucket] = (uint32_t)d->n;
    d->n_of[severity]++;
}

size_t oh_diag_errors(const struct oh_diagnostics *d) {
    return d->n_of[OH_ERROR];
}

size_t oh_diag_warnings(const struct oh_diagnostics *d) {
    return d->n_of[OH_WARNING];
}

static const char *source_name(const struct oh_source *source) {
    return source != NULL && source->name != NULL ? source->name : "";
}

static int order_of(size_t a, size_t b) {
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right) {
    const struct record *a = left, *b = right;
    const struct oh_place *p = &a->problem.place, *q = &b->problem.place;
    int order = strcmp(source_name(p->source), source_name(q->source));
    if (order == 0)
        order = order_of(a->source_ix, b->source_ix);
    if (order == 0)
        order = order_of(p->line, q->line);
    if (order == 0)
        order = order_of(p->column, q->column);
    return order != 0 ? order : order_of(a->serial, b->serial);
}

/* Sorting is put off until somebody looks; to the caller nothing changes. */
static void sort(const struct oh_diagnostics *diagnostics) {
    struct oh_diagnostics *d = (struct oh_diagnostics *)diagnostics;
    if (d->n_sorted == d->n)
        return;
    qsort(d->records, d->n, sizeof *d->records, compare);
    d->n_sorted = d->n;
}

const struct oh_problem *oh_diag_problem(const struct oh_diagnostics *d, size_t ix) {
    if (ix >= d->n)
        return NULL;
    sort(d);
    return &d->records[ix].problem;
}

/* Characters that would move the cursor, reverse the text or cannot be seen. */
static bool is_unprintable(uint32_t c) {
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x200B, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

static uint32_t code_point(const char *text, size_t length) {
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t c = (unsigned char)text[0] & mask[length];
    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)text[i] & 0x3F);
    return c;
}

/* Prints at most `columns` characters, one column each, harmless to a terminal. */
static void print_safe(FILE *to, const char *text, size_t length, size_t columns) {
    for (size_t at = 0, step; at < length && columns > 0; at += step, columns--) {
        step = oh_utf8_step(text + at, length - at);
        bool is_broken = step == 1 && (unsigned char)text[at] >= 0x80;
        if (text[at] == '\t')
            fputc(' ', to);
        else if (is_broken || is_unprintable(code_point(text + at, step)))
            fputc('?', to);
        else
            fwrite(text + at, 1, step, to);
    }
}

static void print_safe_string(FILE *to, const char *text) {
    print_safe(to, text, strlen(text), SIZE_MAX);
}

struct colors {
    const char *strong, *severity[OH_WARNING + 1], *caret, *off;
};
static const struct colors plain = {"", {"", ""}, "", ""};
static const struct colors ansi = {
    "\033[1m", {"\033[1;31m", "\033[1;35m"}, "\033[1;32m", "\033[0m"};

/* A position in the text that only moves forward: problems come sorted, so a file is read once. */
struct cursor {
    const struct oh_source *source;
    size_t line_at, at; /* bytes */
    uint32_t line;
    size_t column; /* characters from 0, of `at` */
};

static bool is_line_end(const struct oh_source *source, size_t at) {
    return at >= source->length || source->text[at] == '\n' || source->text[at] == '\r';
}

static size_t next_line(const struct oh_source *source, size_t at) {
    while (!is_line_end(source, at))
        at++;
    if (at < source->length && source->text[at] == '\r')
        at++;
    if (at < source->length && source->text[at] == '\n')
        at++;
    return at;
}

static size_t step_at(const struct oh_source *source, size_t at) {
    return oh_utf8_step(source->text + at, source->length - at);
}

/* Bytes of the character that ends before `at`. */
static size_t step_before(const struct oh_source *source, size_t at, size_t line_at) {
    for (size_t n = 4; n > 1; n--)
        if (at >= line_at + n && step_at(source, at - n) == n)
            return n;
    return 1;
}

/* Moves to a place; false if the text does not have that line. A column behind the end is the end. */
static bool cursor_move(struct cursor *c, const struct oh_place *place) {
    bool is_behind =
        c->line > place->line || (c->line == place->line && c->column + 1 > place->column);
    if (c->source != place->source || is_behind)
        *c = (struct cursor){.source = place->source, .line = 1};
    for (; c->line < place->line; c->line++) {
        size_t next = next_line(c->source, c->line_at);
        if (next >= c->source->length && c->line + 1 < place->line)
            return false;
        *c = (struct cursor){c->source, next, next, c->line, 0};
    }
    while (c->column + 1 < place->column && !is_line_end(c->source, c->at)) {
        c->at += step_at(c->source, c->at);
        c->column++;
    }
    return true;
}

/* The part of a line that is shown, in bytes, and where in it the caret stands. */
struct window {
    size_t from, to;
    size_t caret, columns;
    bool is_cut_left, is_cut_right;
};

static struct window window_around(const struct cursor *c) {
    enum { BEFORE_CARET = 45 };
    struct window w = {.from = c->line_at, .caret = c->column};
    size_t room = EXCERPT_COLUMNS, rest = 0;
    for (size_t at = c->at; rest <= room && !is_line_end(c->source, at); rest++)
        at += step_at(c->source, at);

    if (c->column + rest > room && c->column > BEFORE_CARET) {
        w.is_cut_left = true;
        w.caret = rest < room - BEFORE_CARET ? room - rest - 1 : BEFORE_CARET;
        w.from = c->at;
        for (size_t i = 0; i < w.caret; i++)
            w.from -= step_before(c->source, w.from, c->line_at);
        room--;
    }
    w.is_cut_right = w.caret + rest > room;
    if (w.is_cut_right)
        room--;
    w.to = w.from;
    for (; w.columns < room && !is_line_end(c->source, w.to); w.columns++)
        w.to += step_at(c->source, w.to);
    return w;
}

static void print_excerpt(FILE *to, const struct oh_problem *problem, const struct cursor *c,
                          const struct colors *colors) {
    const char *cut = "\xE2\x80\xA6";
    struct window w = window_around(c);
    int digits = fprintf(to, "%*u", NUMBER_COLUMNS, problem->place.line);
    fprintf(to, " | %s", w.is_cut_left ? cut : "");
    print_safe(to, c->source->text + w.from, w.to - w.from, SIZE_MAX);
    fprintf(to, "%s\n%*s | ", w.is_cut_right ? cut : "", digits, "");

    size_t width = problem->place.width > 1 ? problem->place.width : 1;
    if (w.caret + width > w.columns)
        width = w.columns > w.caret ? w.columns - w.caret : 1;
    fprintf(to, "%*s%s^", (int)(w.caret + w.is_cut_left), "", colors->caret);
    for (size_t i = 1; i < width; i++)
        fputc('~', to);
    if (problem->hint != NULL) {
        fputc(' ', to);
        print_safe_string(to, problem->hint);
    }
    fprintf(to, "%s\n", colors->off);
}

static void print_problem(FILE *to, const struct oh_problem *problem, struct cursor *cursor,
                          const struct colors *colors) {
    static const char *const words[] = {[OH_ERROR] = "error", [OH_WARNING] = "warning"};
    const struct oh_message *message = &oh_messages[problem->id];
    const struct oh_place *place = &problem->place;
    bool has_excerpt = place->source != NULL && place->source->text != NULL && place->line > 0 &&
                       cursor_move(cursor, place);

    fputs(colors->strong, to);
    print_safe_string(to, source_name(place->source));
    if (place->source != NULL && place->line > 0)
        fprintf(to, ":%u:%u", place->line, place->column);
    fprintf(to, "%s%s%s%s:%s ", place->source != NULL ? ": " : "", colors->off,
            colors->severity[message->severity], words[message->severity], colors->off);
    print_safe_string(to, problem->text);
    if (problem->hint != NULL && !has_excerpt) {
        fputs("; ", to);
        print_safe_string(to, problem->hint);
    }
    fprintf(to, " [%s]\n", message->slug);
    if (has_excerpt)
        print_excerpt(to, problem, cursor, colors);
}

void oh_diag_print(const struct oh_diagnostics *d, FILE *to, bool color) {
    struct cursor cursor = {0};
    sort(d);
    for (size_t i = 0; i < d->n; i++)
        print_problem(to, &d->records[i].problem, &cursor, color ? &ansi : &plain);
    size_t n_more = d->n_of[OH_ERROR] + d->n_of[OH_WARNING] - d->n;
    if (n_more > 0)
        fprintf(to, "... and %zu more that are not shown\n", n_more);
}
