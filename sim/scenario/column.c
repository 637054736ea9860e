/* A CSV column as a value: {file: forecast.csv, column: calls, per: 30min, start: time, day: date}.
 *
 * Rows become courses, one for each day that the file tells apart. Problems of a cell are shown at file and row. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/quantity.h"
#include "random/csv_column.h"
#include "scenario/kinds.h"

enum { DAY_S = 86400, MOST_BAD_CELLS = 5, MOST_RUN_DAYS = 3660, MOST_ROWS = 500000 };

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

/* ---- the cells ---- */

struct cells {
    struct oh_arena *arena;
    const char **text;
    size_t n, capacity;
};

static bool keep_cell(const char *text, size_t length, size_t row, void *context) {
    struct cells *cells = context;
    if (cells->n == MOST_ROWS)
        return false;
    if (cells->n == cells->capacity) {
        size_t capacity = cells->capacity > 0 ? 2 * cells->capacity : 64;
        const char **grown = OH_NEW_ARRAY(cells->arena, capacity, const char *);
        if (cells->n > 0)
            memcpy(grown, cells->text, cells->n * sizeof *grown);
        cells->text = grown;
        cells->capacity = capacity;
    }
    cells->text[cells->n++] = oh_arena_strndup(cells->arena, text, length);
    return true;
}

static void report_file(struct oh_decoder *d, const struct oh_node *file_node,
                        const struct oh_node *column_node, const struct oh_csv_result *result) {
    const char *file = file_node->text, *column = column_node->text;
    struct oh_place place = file_node->place;
    const char *hint = result->nearest[0] != '\0'
                           ? oh_arena_printf(d->arena, "did you mean '%s'?", result->nearest)
                           : oh_arena_printf(d->arena, "its columns: %s", result->columns);
    if (result->status == OH_CSV_UNREADABLE)
        oh_diag_add(d->diagnostics, OH_MSG_FILE_UNREADABLE, place, NULL, "cannot read '%s': %s",
                    file, strerror(result->error));
    else if (result->status == OH_CSV_TOO_LARGE)
        oh_diag_add(d->diagnostics, OH_MSG_DATA_TOO_LARGE, place, NULL, "'%s' has more than %d MiB",
                    file, OH_CSV_LARGEST / 1024 / 1024);
    else if (result->status == OH_CSV_REFUSED)
        oh_diag_add(d->diagnostics, OH_MSG_DATA_TOO_LARGE, place, NULL,
                    "'%s' has more than %d rows", file, MOST_ROWS);
    else if (result->status == OH_CSV_NO_COLUMN)
        oh_diag_add(d->diagnostics, OH_MSG_COLUMN_MISSING, column_node->place, hint,
                    "'%s' has no column '%s'", file, column);
    else
        oh_diag_add(d->diagnostics, OH_MSG_DATA_INVALID, place, NULL,
                    result->status == OH_CSV_SHORT_ROW
                        ? "row %zu of '%s' ends before column '%s'"
                        : "row %zu of '%s' opens a quote that is never closed, in column '%s'",
                    result->row, file, column);
}

static bool read_cells(struct oh_decoder *d, const struct oh_node *node, const char *path,
                       const char *word, struct cells *cells) {
    *cells = (struct cells){.arena = d->arena};
    const struct oh_node *file = oh_node_find(node, "file"), *name_node = oh_node_find(node, word);
    if (name_node == NULL)
        return true;
    const char *name = name_node->text;
    struct oh_csv_result result = oh_csv_column_read(path, name, keep_cell, cells);
    if (result.status == OH_CSV_OK && cells->n > 0) {
        for (size_t i = 0; i < cells->n; i++)
            oh_decoder_digest(d, cells->text[i]);
        return true;
    }
    if (result.status == OH_CSV_OK)
        oh_diag_add(d->diagnostics, OH_MSG_DATA_EMPTY, file->place, NULL,
                    "'%s' has no values in column '%s'", file->text, name);
    else
        report_file(d, file, name_node, &result);
    return false;
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
    struct cells values, starts, days;
    struct row *rows;
    long first_date; /* day number of the first date */
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
                    "'%s' is no day of the run", text);
    return is_good;
}

/* "07:00", and "07:00-07:30" for its start. */
static bool read_start(struct table *t, size_t i, struct row *row) {
    const char *text = t->starts.text[i];
    size_t n = strcspn(text, "-");
    if (!oh_quantity_read(OH_UNIT_CLOCK, text, n, place_of_row(t, i), &row->start_s,
                          t->d->diagnostics))
        return false;
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

static void derive_day(const struct table *t, size_t i, struct row *row) {
    row->days = OH_DAY_OF_RUN;
    row->day = 1;
    if (i > 0)
        row->day = t->rows[i - 1].day + (row->start_s <= t->rows[i - 1].start_s);
}

static bool read_value(struct table *t, size_t i, struct row *row) {
    const char *text = t->values.text[i];
    bool counts = t->key->unit == OH_UNIT_RATE && !isnan(t->column->per_s);
    struct oh_parse count = oh_unit_parse(OH_UNIT_NUMBER, text, strlen(text));
    if (!counts || count.status != OH_PARSE_OK)
        return oh_cell_decode(t->d, t->key, text, strlen(text), place_of_row(t, i), &row->cell);
    row->cell.number = count.value / t->column->per_s;
    if (row->cell.number >= t->key->least && row->cell.number <= t->key->most)
        return true;
    oh_diag_add(t->d->diagnostics, OH_MSG_OUT_OF_BOUNDS, place_of_row(t, i), NULL,
                "'%s' is out of bounds for %s", text, oh_key_word(t->key));
    return false;
}

/* The same day and a later start, or a later day. */
static bool is_in_order(const struct table *t, size_t i) {
    const struct row *row = &t->rows[i], *previous = i > 0 ? &t->rows[i - 1] : NULL;
    if (row->start_s >= DAY_S)
        return false;
    if (previous == NULL)
        return true;
    if (previous->days == row->days && previous->day == row->day)
        return row->start_s > previous->start_s;
    if (row->days == OH_DAY_OF_RUN)
        return previous->days == OH_DAY_OF_RUN && row->day > previous->day;
    for (size_t j = 0; j < i; j++)
        if (t->rows[j].days == row->days || t->rows[j].days == OH_DAY_OF_RUN)
            return false;
    return true;
}

static bool read_row(struct table *t, size_t i) {
    struct row *row = &t->rows[i];
    bool is_good = t->column->day == NULL || read_day(t, i, row);
    if (t->column->start == NULL)
        derive_start(t, i, row);
    else
        is_good = read_start(t, i, row) && is_good;
    if (t->column->day == NULL)
        derive_day(t, i, row);
    is_good = read_value(t, i, row) && is_good;
    if (is_good && !is_in_order(t, i)) {
        oh_diag_add(t->d->diagnostics, OH_MSG_DATA_ORDER, place_of_row(t, i), NULL, "%s",
                    row->start_s >= DAY_S ? "the rows go on past midnight"
                                          : "the row does not come after the one before it");
        is_good = false;
    }
    return is_good;
}

static bool read_rows(struct table *t) {
    t->rows = OH_NEW_ARRAY(t->d->arena, t->values.n, struct row);
    for (size_t i = 0; i < t->values.n && t->n_bad < MOST_BAD_CELLS; i++)
        t->n_bad += !read_row(t, i);
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
    const char *path = column->file[0] == '/'
                           ? column->file
                           : oh_arena_printf(d->arena, "%s%s", d->directory, column->file);
    struct oh_source *source = OH_NEW(d->arena, struct oh_source);
    source->name = path;
    struct table t = {.d = d, .key = key, .column = column, .source = source};
    bool is_read = read_cells(d, node, path, "column", &t.values);
    is_read = read_cells(d, node, path, "start", &t.starts) && is_read;
    is_read = read_cells(d, node, path, "day", &t.days) && is_read;
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
