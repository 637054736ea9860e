/* YAML's silent misreadings: text that is valid YAML and means something else than its author thought. */
#include <string.h>

#include "scenario/reading.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           c == '-' || c == '.';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t count_digits(const char *text) {
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

/* The first line of a text, at most 40 characters, for a message. */
static const char *shown(const struct oh_reading *r, const char *text) {
    enum { SHOWN = 40 };
    size_t length = strcspn(text, "\r\n"), at = 0;
    for (int i = 0; i < SHOWN && at < length; i++)
        at += oh_utf8_step(text + at, length - at);
    return oh_arena_printf(r->arena, "%.*s%s", (int)at, text,
                           text[at] != '\0' ? "\xE2\x80\xA6" : "");
}

/* ---- a colon without its blank ---- */

/* Bytes of a name or dotted path at the start of a text. */
static size_t name_length(const char *text) {
    size_t n = 0;
    if (is_digit(text[0]) || text[0] == '-' || text[0] == '.')
        return 0;
    while (is_name_character(text[n]))
        n++;
    return n;
}

/* Bytes of "07:00" at the start of a text. */
static size_t clock_length(const char *text) {
    size_t hours = count_digits(text);
    bool is_clock = hours >= 1 && hours <= 2 && text[hours] == ':' && is_digit(text[hours + 1]) &&
                    is_digit(text[hours + 2]);
    return is_clock ? hours + 3 : 0;
}

/* Whether `n` bytes of key are followed by a colon that touches the value; "//" makes it an address. */
static bool is_touching(const char *text, size_t n) {
    return n > 0 && text[n] == ':' && text[n + 1] != '\0' && !is_blank(text[n + 1]) &&
           text[n + 1] != '\n' && text[n + 1] != '\r' && strncmp(text + n + 1, "//", 2) != 0;
}

static size_t missing_after_name(const char *text) {
    size_t n = name_length(text);
    return is_touching(text, n) ? n : 0;
}

static size_t missing_after_clock(const char *text) {
    size_t n = clock_length(text);
    return is_touching(text, n) ? n : 0;
}

/* "07:00:30" is a clock time and lacks nothing. */
static bool is_long_clock(const char *text) {
    size_t n = clock_length(text);
    return n > 0 && text[n] == ':' && count_digits(text + n + 1) == 2 && text[n + 3] == '\0';
}

static size_t missing_space(const char *text) {
    size_t n = missing_after_name(text);
    return n == 0 && !is_long_clock(text) ? missing_after_clock(text) : n;
}

size_t oh_node_missing_space(const struct oh_node *node) {
    return node->kind == OH_SCALAR && !node->is_quoted ? missing_space(node->text) : 0;
}

static void report_missing_space(const struct oh_reading *r, struct oh_place colon,
                                 const char *text, size_t key_length) {
    const char *value = shown(r, text + key_length + 1);
    char *hint = oh_arena_printf(r->arena, "write '%.*s: %s'", (int)key_length, text, value);
    oh_diag_add(r->diagnostics, OH_MSG_MISSING_SPACE_AFTER_COLON, colon, hint,
                "a blank is missing after the colon of '%.*s'", (int)key_length, text);
}

static struct oh_part part_of_text(const struct oh_reading *r, const struct oh_part *whole,
                                   size_t start, size_t length) {
    struct oh_place place = whole->node->place;
    size_t before = oh_utf8_length(whole->node->text, start);
    char *text = oh_arena_strndup(r->arena, whole->node->text + start, length);
    place = oh_place_within(place, before, oh_utf8_length(text, length));
    return (struct oh_part){.node = oh_node_scalar(r->arena, text, place),
                            .from = whole->from + start,
                            .to = whole->from + start + length,
                            .is_plain = true};
}

/* Splits `open:07:00` into a key and a value. */
static void split_at_colon(const struct oh_reading *r, struct oh_part whole, size_t key_length,
                           struct oh_part parts[2]) {
    size_t rest = key_length + 1;
    parts[0] = part_of_text(r, &whole, 0, key_length);
    parts[1] = part_of_text(r, &whole, rest, whole.node->length - rest);
}

/* A key that has swallowed its colon. Without a value it is split; with one, nobody knows what was meant: dropped. */
static size_t mend_key(const struct oh_reading *r, struct oh_part pair[2]) {
    const struct oh_node *key = pair[0].node;
    bool is_alone = oh_node_is_empty(pair[1].node);
    if (!pair[0].is_plain)
        return 2;
    size_t n = missing_after_name(key->text);
    if (n == 0 && is_alone)
        n = missing_after_clock(key->text);
    if (n == 0)
        return 2;
    report_missing_space(r, oh_place_within(key->place, n, 1), key->text, n);
    if (!is_alone)
        return 0;
    split_at_colon(r, pair[0], n, pair);
    return 2;
}

/* ---- values that a comma has cut in pieces ---- */

static int open_parentheses(const char *text) {
    int open = 0;
    for (; *text != '\0'; text++)
        open += (*text == '(') - (*text == ')');
    return open;
}

/* The run of parts behind parts[0] that may belong to it: plain, and in a mapping keys without a value. `stride` is 2
 * in a mapping, where parts[0] is a value. */
static bool may_go_on(const struct oh_part *parts, size_t n, size_t next, size_t stride) {
    if (next + stride > n || !parts[next].is_plain)
        return false;
    return stride == 1 || oh_node_is_empty(parts[next + 1].node);
}

/* How many parts behind parts[0] close its parentheses; in a mapping, where such keys make no sense anyway, also how
 * many there are if they never do. */
static size_t split_by_comma(const struct oh_part *parts, size_t n, size_t stride) {
    enum {
        MOST_PIECES = 64
    }; /* a list of a hundred thousand open parentheses is not searched again and again */
    int open = open_parentheses(parts[0].node->text);
    if (open <= 0)
        return 0;
    size_t next = 1;
    for (int i = 0; i < MOST_PIECES && open > 0 && may_go_on(parts, n, next, stride); i++) {
        open += open_parentheses(parts[next].node->text);
        next += stride;
    }
    return open <= 0 || stride == 2 ? next - 1 : 0;
}

static bool is_adjacent(const struct oh_reading *r, const struct oh_part *left,
                        const struct oh_part *right) {
    return right->from == left->to + 1 && r->source->text[left->to] == ',';
}

/* One to three digits, not starting with 0: what may stand before a separator. */
static bool is_leading_group(const char *text) {
    if (text[0] == '-' || text[0] == '+')
        text++;
    size_t n = count_digits(text);
    return n >= 1 && n <= 3 && text[0] != '0' && text[n] == '\0';
}

static size_t split_by_thousands(const struct oh_reading *r, const struct oh_part *parts, size_t n,
                                 size_t stride) {
    if (!is_leading_group(parts[0].node->text))
        return 0;
    size_t next = 1;
    const struct oh_part *left = &parts[0];
    while (may_go_on(parts, n, next, stride) && count_digits(parts[next].node->text) == 3 &&
           is_adjacent(r, left, &parts[next])) {
        left = &parts[next];
        next += stride;
        if (left->node->text[3] != '\0')
            break;
    }
    return next - 1;
}

/* `{cv: 1,5}`: in a list the same is two numbers. */
static size_t split_by_decimal(const struct oh_reading *r, const struct oh_part *parts, size_t n,
                               size_t stride) {
    const char *text = parts[0].node->text;
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t digits = count_digits(text + sign);
    bool is_split = stride == 2 && digits > 0 && text[sign + digits] == '\0' &&
                    may_go_on(parts, n, 1, stride) && is_digit(parts[1].node->text[0]) &&
                    is_adjacent(r, &parts[0], &parts[1]);
    return is_split ? stride : 0;
}

/* The source from the first part to the last, with `glue` for each comma and line ends made blanks. */
static const struct oh_node *join(const struct oh_reading *r, const struct oh_part *first,
                                  const struct oh_part *last, const char *glue) {
    struct oh_text text = {0};
    for (size_t at = first->from; at < last->to; at++) {
        if (oh_is_line_end(r->source, at)) {
            oh_text_puts(&text, " ");
            while (at + 1 < last->to && strchr(" \t\r\n", r->source->text[at + 1]) != NULL)
                at++;
        } else if (r->source->text[at] == ',') {
            oh_text_puts(&text, glue);
        } else {
            oh_text_append(&text, &r->source->text[at], 1);
        }
    }
    struct oh_place place = first->node->place;
    if (last->node->place.line == place.line)
        place.width = last->node->place.column + last->node->place.width - place.column;
    const struct oh_node *node = oh_node_scalar(r->arena, text.data, place);
    oh_text_fini(&text);
    return node;
}

/* Joins parts[0] with the pieces behind it that a comma cut off. Returns how many parts it took in. */
static size_t mend_pieces(const struct oh_reading *r, struct oh_part *parts, size_t n,
                          size_t stride) {
    if (!parts[0].is_plain)
        return 0;
    enum oh_message_id id = OH_MSG_SPLIT_BY_COMMA;
    const char *glue = ",", *hint = "separate the parameters by blanks, or quote the whole";
    size_t taken = split_by_comma(parts, n, stride);
    if (taken == 0) {
        id = OH_MSG_THOUSANDS_COMMA;
        glue = "";
        hint = "write the number without a comma";
        if (stride == 1)
            hint = "write one number without a comma, or two with a blank after it";
        taken = split_by_thousands(r, parts, n, stride);
    }
    if (taken == 0) {
        id = OH_MSG_DECIMAL_COMMA;
        glue = ".";
        hint = "write a decimal point";
        taken = split_by_decimal(r, parts, n, stride);
    }
    if (taken == 0)
        return 0;
    const struct oh_part *last = &parts[taken - (stride - 1)];
    struct oh_part whole = {.node = join(r, &parts[0], last, glue),
                            .from = parts[0].from,
                            .to = last->to,
                            .is_plain = true};
    const struct oh_node *as_written = join(r, &parts[0], last, ",");
    oh_diag_add(r->diagnostics, id, as_written->place, hint,
                "inside {...} and [...] YAML splits '%s' at the comma", shown(r, as_written->text));
    parts[0] = whole;
    return taken;
}

/* ---- collections ---- */

/* Whether a value stands on a later line than its key. */
static bool is_below(const struct oh_part *key, const struct oh_part *value) {
    return value->node->place.line > key->node->place.line;
}

size_t oh_mend_mapping(const struct oh_reading *r, struct oh_part *parts, size_t n, bool is_flow) {
    size_t kept = 0;
    for (size_t i = 0; i + 1 < n; i += 2) {
        struct oh_part pair[2] = {parts[i], parts[i + 1]};
        if (mend_key(r, pair) == 0)
            continue;
        parts[i + 1] = pair[1];
        if (!is_flow && pair[1].is_plain && is_below(&pair[0], &pair[1]))
            parts[i + 1].node = oh_mend_text(r, &pair[1]);
        size_t taken = is_flow ? mend_pieces(r, &parts[i + 1], n - i - 1, 2) : 0;
        parts[kept++] = pair[0];
        parts[kept++] = parts[i + 1];
        i += taken;
    }
    return kept;
}

/* `[talk: exponential(a, b)]`: here YAML makes a map of one pair, without braces, and the rest of its value is the next
 * item. The pair's value is mended as if it stood in the list itself. */
static size_t mend_bare_pair(const struct oh_reading *r, struct oh_part *parts, size_t n) {
    const struct oh_node *pair = parts[0].node;
    if (pair->kind != OH_MAPPING || pair->n != 1 || r->source->text[parts[0].from] == '{')
        return 0;
    const struct oh_node *value = pair->entries[0].value;
    size_t length = value->length;
    if (value->kind != OH_SCALAR || value->is_quoted || length > parts[0].to ||
        memcmp(r->source->text + parts[0].to - length, value->text, length) != 0)
        return 0;
    struct oh_part whole = parts[0];
    parts[0] = (struct oh_part){value, whole.to - length, whole.to, true};
    size_t taken = mend_pieces(r, parts, n, 1);
    struct oh_entry entry = {pair->entries[0].key, parts[0].node};
    whole.to = parts[0].to;
    if (taken > 0)
        whole.node = oh_node_mapping(r->arena, &entry, 1, pair->place);
    parts[0] = whole;
    return taken;
}

size_t oh_mend_sequence(const struct oh_reading *r, struct oh_part *parts, size_t n, bool is_flow) {
    if (!is_flow)
        return n;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct oh_part *item = &parts[i];
        i += item->is_plain ? mend_pieces(r, item, n - i, 1) : mend_bare_pair(r, item, n - i);
        if (item->is_plain && missing_after_name(item->node->text) > 0 &&
            strpbrk(item->node->text, " (") == NULL)
            item->node = oh_mend_text(r, item);
        parts[kept++] = *item;
    }
    return kept;
}

/* ---- whole lines ---- */

static size_t line_end(const struct oh_source *source, size_t at, size_t limit) {
    while (at < limit && !oh_is_line_end(source, at))
        at++;
    return at;
}

static size_t skip(const struct oh_source *source, size_t at, size_t limit, const char *what) {
    while (at < limit && source->text[at] != '\0' && strchr(what, source->text[at]) != NULL)
        at++;
    return at;
}

/* The text of one line of a plain scalar as a part; `line` lines below the scalar's first. */
static struct oh_part part_of_line(const struct oh_reading *r, const struct oh_part *whole,
                                   size_t from, uint32_t line) {
    size_t to = line_end(r->source, from, whole->to), start = from;
    while (to > from && is_blank(r->source->text[to - 1]))
        to--;
    struct oh_place place = whole->node->place;
    if (line > 0) {
        while (start > 0 && !oh_is_line_end(r->source, start - 1))
            start--;
        place.line += line;
        place.column = (uint32_t)oh_utf8_length(r->source->text + start, from - start) + 1;
    }
    place.width = (uint32_t)oh_utf8_length(r->source->text + from, to - from);
    char *text = oh_arena_strndup(r->arena, r->source->text + from, to - from);
    return (struct oh_part){oh_node_scalar(r->arena, text, place), from, to, true};
}

/* Lines of `key:value`, folded by YAML into one text, as keys and values; a line without a key goes on with the value
 * above. Returns how many parts there are, at most `room`. */
static size_t parts_of_lines(const struct oh_reading *r, const struct oh_part *whole,
                             struct oh_part *parts, size_t room) {
    size_t n = 0;
    uint32_t line = 0;
    for (size_t at = whole->from; at < whole->to && n + 2 <= room; line++) {
        struct oh_part text = part_of_line(r, whole, at, line);
        size_t key_length = missing_space(text.node->text);
        if (key_length > 0) {
            split_at_colon(r, text, key_length, &parts[n]);
            report_missing_space(r, oh_place_within(text.node->place, key_length, 1),
                                 text.node->text, key_length);
            n += 2;
        } else if (n > 0 && text.node->length > 0) {
            parts[n - 1].node = oh_node_scalar(
                r->arena,
                oh_arena_printf(r->arena, "%s %s", parts[n - 1].node->text, text.node->text),
                parts[n - 1].node->place);
        }
        at = line_end(r->source, at, whole->to);
        if (at < whole->to && r->source->text[at] == '\r' && r->source->text[at + 1] == '\n')
            at++;
        at = skip(r->source, at + 1, whole->to, " \t");
    }
    return n;
}

const struct oh_node *oh_mend_text(const struct oh_reading *r, const struct oh_part *part) {
    enum { ROOM = 64 };
    struct oh_part parts[ROOM];
    if (!part->is_plain || missing_space(part->node->text) == 0)
        return part->node;
    size_t n = parts_of_lines(r, part, parts, ROOM);
    return oh_build_mapping(r, parts, n, part->node->place);
}

void oh_warn_cut_text(const struct oh_reading *r, const struct oh_part *part, struct oh_place end) {
    const char *text = r->source->text + part->to;
    size_t blanks = strspn(text, " \t");
    if (blanks == 0 || text[blanks] != '#' || strchr(" \t\r\n#-=*", text[blanks + 1]) != NULL)
        return;
    size_t word = strcspn(text + blanks, " \t\r\n");
    end.column += (uint32_t)blanks;
    end.width = (uint32_t)oh_utf8_length(text + blanks, word);
    oh_diag_add(r->diagnostics, OH_MSG_TEXT_CUT_BY_COMMENT, end,
                "quote the whole text if this belongs to it, else put a blank after '#'",
                "the text ends here: a '#' after a blank starts a comment");
}

/* The line at `from` without its indentation, list dashes and opening braces: where a key may stand. */
static size_t key_start(const struct oh_source *source, size_t from) {
    return skip(source, from, source->length, " \t-{[");
}

static size_t line_start(const struct oh_source *source, size_t at) {
    while (at > 0 && !oh_is_line_end(source, at - 1))
        at--;
    return at;
}

static bool report_line(const struct oh_reading *r, size_t from) {
    size_t start = key_start(r->source, from), end = line_end(r->source, start, r->source->length);
    char *text = oh_arena_strndup(r->arena, r->source->text + start, end - start);
    size_t key_length = missing_space(text);
    if (key_length == 0)
        return false;
    report_missing_space(r, oh_place_at(r->source, start + key_length, 1), text, key_length);
    return true;
}

bool oh_report_missing_space(const struct oh_reading *r, size_t at) {
    enum { LINES = 20 };
    size_t from = line_start(r->source, at);
    bool is_found = report_line(r, from);
    for (int i = 0; i < LINES && from > 0; i++) {
        from = line_start(r->source, from - 1);
        bool is_empty = oh_is_line_end(r->source, skip(r->source, from, r->source->length, " \t"));
        if (!is_empty && !report_line(r, from))
            break;
        is_found = is_found || !is_empty;
    }
    return is_found;
}
