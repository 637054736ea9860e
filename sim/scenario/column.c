/* A CSV column as a value: {file: forecast.csv, column: calls, per: 30min, start: time, day: date}.
 *
 * Rows become courses, one for each day that the file tells apart. Problems of a cell are shown at file and row. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/assert.h"
#include "base/quantity.h"
#include "scenario/cells.h"
#include "scenario/extends.h"
#include "scenario/kinds.h"

enum { DAY_S = 86400, MOST_BAD_CELLS = 5, MOST_RUN_DAYS = 3660 };

bool oh_column_is_meant(const struct oh_node *mapping) {
    return oh_node_find(mapping, "file") != NULL || oh_node_find(mapping, "column") != NULL;
}

/* ---- the description ---- */

static const char column_hint[] =
    "{file: forecast.csv, column: calls, per: 30min, start: time, day: date}";

static bool decode_word(struct oh_decoder *d, const struct oh_node *value, const char **into) {
    if (!oh_expect_scalar(d, value, "a text"))
        return false;
    *into = value->text;
    return true;
}

static bool decode_time(struct oh_decoder *d, enum oh_unit unit, const struct oh_node *value,
                        double *into) {
    return oh_expect_scalar(d, value, oh_unit_title(unit)) &&
           oh_quantity_read(unit, value->text, value->length, value->place, into, d->diagnostics);
}

static bool decode_entry(struct oh_decoder *d, const struct oh_entry *entry,
                         struct oh_column *column) {
    static const char *const words[] = {"file", "column", "day", "start", "per", "from"};
    const char **texts[] = {&column->file, &column->column, &column->day, &column->start};
    size_t i = 0;
    while (i < 6 && strcmp(entry->key->text, words[i]) != 0)
        i++;
    if (i < 4)
        return decode_word(d, entry->value, texts[i]);
    if (i == 4)
        return decode_time(d, OH_UNIT_DURATION, entry->value, &column->per_s);
    if (i == 5)
        return decode_time(d, OH_UNIT_CLOCK, entry->value, &column->from_s);
    const char *hint = oh_did_you_mean(d->arena, entry->key->text, words, 6);
    oh_diag_add(d->diagnostics, OH_MSG_BAD_COLUMN, entry->key->place,
                hint != NULL ? hint : column_hint, "a CSV column has no '%s'", entry->key->text);
    return false;
}

static bool is_complete(struct oh_decoder *d, const struct oh_node *node,
                        const struct oh_column *column) {
    const char *problem = NULL;
    if (column->file == NULL)
        problem = "the CSV column lacks its 'file'";
    else if (column->column == NULL)
        problem = "the CSV file lacks its 'column'";
    else if (column->start != NULL && !isnan(column->from_s))
        problem = "'from' is for files without a 'start' column";
    else if (!isnan(column->per_s) && !(column->per_s >= 1 && column->per_s <= DAY_S))
        problem = "'per' is between 1s and a day";
    else if (column->start == NULL && isnan(column->per_s) && column->day == NULL)
        problem = "the CSV column needs 'per', 'start' or 'day' to tell its rows apart";
    if (problem == NULL)
        return true;
    oh_diag_add(d->diagnostics, OH_MSG_BAD_COLUMN, node->place, column_hint, "%s", problem);
    return false;
}

static struct oh_column *decode_description(struct oh_decoder *d, const struct oh_node *node) {
    struct oh_column *column = OH_NEW(d->arena, struct oh_column);
    *column = (struct oh_column){.per_s = NAN, .from_s = NAN, .first_weekday = -1};
    bool is_good = true;
    for (size_t i = 0; i < node->n; i++)
        is_good = decode_entry(d, &node->entries[i], column) && is_good;
    return is_good && is_complete(d, node, column) ? column : NULL;
}

/* ---- rows: what a day cell and a start cell say ---- */

struct row {
    enum oh_days days;
    uint32_t day; /* OH_DAY_OF_RUN */
    double start_s;
    union oh_cell cell;
};

struct table {
    struct oh_decoder *d;
    const struct oh_key *key;
    struct oh_column *column;
    const struct oh_source *source; /* the CSV file, for places */
    struct oh_cells values, starts, days;
    struct row *rows;
    long first_date;    /* day number of the first date */
    double day_start_s; /* of the first row of the current day */
    size_t n_bad;
};

static struct oh_place place_of_row(const struct table *t, size_t i) {
    return (struct oh_place){t->source, (uint32_t)i + 2, 1, 1};
}

/* The day number of a date of the Gregorian calendar, 0 on a monday. */
static long day_number(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    long days = 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
    return days + 2; /* 1 March of the year 0 was a wednesday */
}

static bool parse_date(const char *text, long *number) {
    int year = 0, month = 0, day = 0, end = 0;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
        end != 10)
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    *number = day_number(year, month, day);
    long next_month = month < 12 ? day_number(year, month + 1, 1) : day_number(year + 1, 1, 1);
    return *number < next_month;
}

/* "Monday", "monday" and "Mon". */
static const struct oh_name *find_day_name(const char *text) {
    size_t n = strlen(text);
    for (const struct oh_name *row = oh_days_names; row->name != NULL; row++) {
        bool is_short = n == 3 && row->value <= OH_SUNDAY;
        if (is_short ? strncasecmp(text, row->name, 3) == 0 : strcasecmp(text, row->name) == 0)
            return row;
    }
    return NULL;
}

static bool read_day(struct table *t, size_t i, struct row *row) {
    const char *text = t->days.text[i];
    const struct oh_name *name = find_day_name(text);
    struct oh_parse number = oh_unit_parse(OH_UNIT_COUNT, text, strlen(text));
    long date = 0;
    if (name != NULL) {
        row->days = (enum oh_days)name->value;
        return true;
    }
    row->days = OH_DAY_OF_RUN;
    if (parse_date(text, &date)) {
        if (i == 0) {
            t->first_date = date;
            t->column->first_weekday = (int)(date % 7);
        }
        number =
            (struct oh_parse){.status = OH_PARSE_OK, .value = (double)(date - t->first_date + 1)};
    }
    bool is_good =
        number.status == OH_PARSE_OK && number.value >= 1 && number.value <= MOST_RUN_DAYS;
    row->day = is_good ? (uint32_t)number.value : 0;
    if (!is_good)
        oh_diag_add(t->d->diagnostics, OH_MSG_DATA_INVALID, place_of_row(t, i),
                    "a weekday, the number of a day, or a date such as 2015-01-31",
                    "'%s' in column '%s' is no day of the run", text, t->column->day);
    return is_good;
}

/* "07:00", and "07:00-07:30" for its start. */
static bool read_start(struct table *t, size_t i, struct row *row) {
    const char *text = t->starts.text[i];
    struct oh_parse clock = oh_unit_parse(OH_UNIT_CLOCK, text, strcspn(text, "-"));
    row->start_s = clock.value;
    if (clock.status != OH_PARSE_OK) {
        oh_diag_add(t->d->diagnostics, OH_MSG_DATA_INVALID, place_of_row(t, i),
                    "write 07:00 or 17:30", "'%s' in column '%s' is no clock time", text,
                    t->column->start);
        return false;
    }
    if (row->start_s < DAY_S)
        return true;
    oh_diag_add(t->d->diagnostics, OH_MSG_DATA_INVALID, place_of_row(t, i), NULL,
                "nothing starts at %s: the day is over", text);
    return false;
}

/* Without a start column the rows follow one another, without a day column through the days. */
static void derive_start(const struct table *t, size_t i, struct row *row) {
    const struct row *previous = i > 0 ? &t->rows[i - 1] : NULL;
    double from_s = isnan(t->column->from_s) ? 0 : t->column->from_s;
    bool is_new_day = t->column->day != NULL && previous != NULL &&
                      (previous->days != row->days || previous->day != row->day);
    if (previous == NULL || is_new_day)
        row->start_s = from_s;
    else
        row->start_s = previous->start_s + (isnan(t->column->per_s) ? 0 : t->column->per_s);
    if (t->column->day == NULL && row->start_s >= DAY_S && from_s == 0)
        row->start_s = 0;
}

/* Without a day column the next day begins where the clock goes back to when the day began, or before: but a single row
 * given twice is a slip, unless a row lasts for the whole day. */
static void derive_day(struct table *t, size_t i, struct row *row) {
    const struct row *previous = i > 0 ? &t->rows[i - 1] : NULL;
    row->days = OH_DAY_OF_RUN;
    bool is_slip = previous != NULL && row->start_s == previous->start_s &&
                   t->column->start != NULL && !(t->column->per_s >= DAY_S);
    bool is_new = previous != NULL && row->start_s <= t->day_start_s && !is_slip;
    if (previous == NULL || is_new)
        t->day_start_s = row->start_s;
    row->day = previous == NULL ? 1 : previous->day + is_new;
}

static void report_cell(const struct table *t, size_t i, bool counts, bool is_number) {
    const char *hint = NULL;
    if (counts)
        hint = "write how many arrive in the row's time, such as 32";
    else if (is_number && t->key->unit == OH_UNIT_RATE)
        hint = "say how long a row lasts, 'per: 30min', and cells are counts per row";
    oh_diag_add(t->d->diagnostics, OH_MSG_DATA_INVALID, place_of_row(t, i), hint,
                "'%s' in column '%s' is not %s", t->values.text[i], t->column->column,
                counts ? "a number" : oh_unit_title(t->key->unit));
}

static bool read_value(struct table *t, size_t i, struct row *row) {
    const char *text = t->values.text[i];
    bool counts = t->key->unit == OH_UNIT_RATE && !isnan(t->column->per_s);
    struct oh_parse count = oh_unit_parse(OH_UNIT_NUMBER, text, strlen(text));
    if (!oh_key_is_dist(t->key) && !(counts && count.status == OH_PARSE_OK) &&
        oh_unit_parse(t->key->unit, text, strlen(text)).status != OH_PARSE_OK) {
        report_cell(t, i, counts, count.status == OH_PARSE_OK);
        return false;
    }
    if (!counts || count.status != OH_PARSE_OK)
        return oh_cell_decode(t->d, t->key, text, strlen(text), place_of_row(t, i), &row->cell);
    row->cell.number = count.value / t->column->per_s;
    if (row->cell.number >= t->key->least && row->cell.number <= t->key->most)
        return true;
    oh_diag_add(t->d->diagnostics, OH_MSG_OUT_OF_BOUNDS, place_of_row(t, i), NULL,
                "'%s' in column '%s' is out of bounds for %s", text, t->column->column,
                oh_key_word(t->key));
    return false;
}

static bool is_same_day(const struct row *a, const struct row *b) {
    return a->days == b->days && a->day == b->day;
}

/* A day of its own behind all others; days by number rise. */
static bool is_later_day(const struct table *t, size_t i) {
    const struct row *row = &t->rows[i], *previous = &t->rows[i - 1];
    if (row->days == OH_DAY_OF_RUN)
        return previous->days == OH_DAY_OF_RUN && row->day > previous->day;
    for (size_t j = 0; j < i; j++)
        if (t->rows[j].days == row->days || t->rows[j].days == OH_DAY_OF_RUN)
            return false;
    return true;
}

/* What is wrong with the time of a row on the same day as the one before it; NULL: nothing. */
static const char *clock_problem(const struct table *t, size_t i) {
    const struct row *row = &t->rows[i], *previous = row - 1;
    struct oh_arena *arena = t->d->arena;
    if (t->column->start == NULL)
        return row->start_s > previous->start_s
                   ? NULL
                   : oh_arena_printf(arena, "'%s' stands twice in column '%s'", t->days.text[i],
                                     t->column->day);
    const char *text = t->starts.text[i], *before = t->starts.text[i - 1];
    if (row->start_s == previous->start_s)
        return oh_arena_printf(arena, "%s stands twice in column '%s'", text, t->column->start);
    if (row->start_s < previous->start_s)
        return oh_arena_printf(arena, "%s comes behind %s in column '%s'", text, before,
                               t->column->start);
    if (row->start_s - previous->start_s < t->column->per_s - 1e-6)
        return oh_arena_printf(arena, "%s in column '%s' is before the row of %s ends", text,
                               t->column->start, before);
    return NULL;
}

static const char *order_problem(const struct table *t, size_t i) {
    if (t->rows[i].start_s >= DAY_S)
        return "the rows go on past midnight";
    if (i == 0)
        return NULL;
    if (is_same_day(&t->rows[i], &t->rows[i - 1]))
        return clock_problem(t, i);
    if (t->column->day == NULL || is_later_day(t, i))
        return NULL;
    return oh_arena_printf(t->d->arena, "'%s' in column '%s' comes too late", t->days.text[i],
                           t->column->day);
}

static const char *order_hint(const struct table *t, size_t i) {
    if (i == 0 || t->column->start == NULL)
        return NULL;
    if (is_same_day(&t->rows[i], &t->rows[i - 1]) && t->rows[i].start_s > t->rows[i - 1].start_s)
        return "'per' says how long a row lasts";
    return t->column->day == NULL
               ? "rows of several days need a 'day' column, or days that start alike"
               : NULL;
}

/* Rows that are all shorter than the distance between them leave holes that nobody meant. */
static void warn_of_gaps(const struct table *t) {
    double least_s = INFINITY;
    size_t n = 0, first = 0;
    for (size_t i = 1; i < t->values.n; i++) {
        if (!is_same_day(&t->rows[i], &t->rows[i - 1]))
            continue;
        least_s = fmin(least_s, t->rows[i].start_s - t->rows[i - 1].start_s);
        first = n++ == 0 ? i : first;
    }
    if (n < 2 || t->column->start == NULL || oh_key_is_dist(t->key) ||
        !(least_s > t->column->per_s + 1e-6))
        return;
    int share = (int)lround(100 * (1 - t->column->per_s / least_s));
    oh_diag_add(t->d->diagnostics, OH_MSG_DATA_GAPS, place_of_row(t, first),
                "make 'per' the distance between rows",
                "rows end before the next in column '%s' starts: for %d%% of the time '%s' is 0",
                t->column->start, share, t->column->column);
}

static bool read_row(struct table *t, size_t i) {
    OH_INVARIANT(t->rows != NULL);
    struct row *row = &t->rows[i];
    bool is_good = t->column->day == NULL || read_day(t, i, row);
    if (t->column->start == NULL)
        derive_start(t, i, row);
    else
        is_good = read_start(t, i, row) && is_good;
    if (t->column->day == NULL)
        derive_day(t, i, row);
    is_good = read_value(t, i, row) && is_good;
    const char *problem = is_good ? order_problem(t, i) : NULL;
    if (problem != NULL)
        oh_diag_add(t->d->diagnostics, OH_MSG_DATA_ORDER, place_of_row(t, i), order_hint(t, i),
                    "%s", problem);
    return is_good && problem == NULL;
}

static bool read_rows(struct table *t) {
    t->rows = OH_NEW_ARRAY(t->d->arena, t->values.n, struct row);
    for (size_t i = 0; i < t->values.n && t->n_bad < MOST_BAD_CELLS; i++)
        t->n_bad += !read_row(t, i);
    if (t->n_bad == 0)
        warn_of_gaps(t);
    return t->n_bad == 0;
}

/* ---- courses ---- */

/* Rows that last for so long leave nothing behind their end: there a rate, count or share is 0. */
static bool has_gap_behind(const struct table *t, const struct row *row, bool is_last) {
    double end_s = row->start_s + t->column->per_s;
    return !oh_key_is_dist(t->key) && end_s < DAY_S && (is_last || end_s < row[1].start_s);
}

static struct oh_course course_of(const struct table *t, const struct row *rows, size_t n) {
    struct oh_arena *arena = t->d->arena;
    double *starts = OH_NEW_ARRAY(arena, 2 * n, double);
    union oh_cell *cells = OH_NEW_ARRAY(arena, 2 * n, union oh_cell);
    uint32_t n_cells = 0;
    for (size_t i = 0; i < n; i++) {
        starts[n_cells] = rows[i].start_s;
        cells[n_cells++] = rows[i].cell;
        if (has_gap_behind(t, &rows[i], i + 1 == n))
            starts[n_cells++] = rows[i].start_s + t->column->per_s; /* the cell is 0 */
    }
    return oh_course_create(arena, t->key, starts, cells, n_cells);
}

static void store_courses(const struct table *t, struct oh_value *into) {
    size_t n_rows = t->values.n;
    struct oh_day_course *courses = OH_NEW_ARRAY(t->d->arena, n_rows, struct oh_day_course);
    uint32_t n = 0;
    for (size_t first = 0, next; first < n_rows; first = next) {
        const struct row *row = &t->rows[first];
        for (next = first + 1; next < n_rows; next++)
            if (t->rows[next].days != row->days || t->rows[next].day != row->day)
                break;
        courses[n++] = (struct oh_day_course){row->days, row->day, course_of(t, row, next - first)};
    }
    if (n == 1 && t->column->day == NULL)
        courses[0].days = OH_EVERY_DAY;
    into->form = OH_BY_COLUMN;
    into->courses = courses;
    into->n = n;
    into->column = t->column;
}

void oh_column_decode(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                      struct oh_value *into) {
    struct oh_column *column = decode_description(d, node);
    if (column == NULL)
        return;
    column->file = oh_decoder_file(d, oh_node_find(node, "file")->place, column->file);
    const char *path = oh_decoder_path(d, column->file);
    struct table t = {.d = d, .key = key, .column = column, .source = oh_cells_source(d, path)};
    bool is_read = oh_cells_read(d, node, path, "column", &t.values);
    is_read = oh_cells_read(d, node, path, "start", &t.starts) && is_read;
    is_read = oh_cells_read(d, node, path, "day", &t.days) && is_read;
    if (is_read && read_rows(&t))
        store_courses(&t, into);
}

/* ---- writing ---- */

static void add_entry(struct oh_arena *arena, struct oh_entry *entries, size_t *n, const char *key,
                      const struct oh_node *value) {
    entries[*n].key = oh_node_scalar(arena, key, (struct oh_place){0});
    entries[(*n)++].value = value;
}

const struct oh_node *oh_column_encode(struct oh_arena *arena, const struct oh_column *column) {
    const struct oh_place nowhere = {0};
    struct oh_entry entries[6];
    size_t n = 0;
    add_entry(arena, entries, &n, "file", oh_node_scalar(arena, column->file, nowhere));
    add_entry(arena, entries, &n, "column", oh_node_scalar(arena, column->column, nowhere));
    if (!isnan(column->per_s))
        add_entry(arena, entries, &n, "per",
                  oh_quantity_encode(arena, OH_UNIT_DURATION, column->per_s));
    if (column->start != NULL)
        add_entry(arena, entries, &n, "start", oh_node_scalar(arena, column->start, nowhere));
    if (column->day != NULL)
        add_entry(arena, entries, &n, "day", oh_node_scalar(arena, column->day, nowhere));
    if (!isnan(column->from_s))
        add_entry(arena, entries, &n, "from",
                  oh_quantity_encode(arena, OH_UNIT_CLOCK, column->from_s));
    return oh_node_mapping(arena, entries, n, nowhere);
}
