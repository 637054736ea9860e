#include "test_theory_table.h"

#include <csv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

enum { COLUMNS_MAX = 32, ROWS_MAX = 128, CELL_MAX = 160 };

struct table {
    size_t n_rows; /* the first one names the columns */
    size_t n_columns[ROWS_MAX];
    char cell[ROWS_MAX][COLUMNS_MAX][CELL_MAX];
};

static void add_cell(void *data, size_t length, void *context) {
    struct table *table = context;
    assert_true(table->n_rows < ROWS_MAX && length < CELL_MAX);
    size_t *column = &table->n_columns[table->n_rows];
    assert_true(*column < COLUMNS_MAX);
    memcpy(table->cell[table->n_rows][(*column)++], data, length);
}

static void end_row(int c, void *context) {
    ((struct table *)context)->n_rows++;
}

static struct table *table_read(const char *file) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", TEST_DATA, file);
    FILE *from = fopen(path, "rb");
    if (from == NULL)
        fail_msg("cannot open %s", path);
    struct table *table = calloc(1, sizeof *table);
    struct csv_parser parser;
    assert_int_equal(csv_init(&parser, CSV_APPEND_NULL), 0);
    char line[4096];
    while (fgets(line, sizeof line, from) != NULL)
        if (line[0] != '#')
            csv_parse(&parser, line, strlen(line), add_cell, end_row, table);
    csv_fini(&parser, add_cell, end_row, table);
    csv_free(&parser);
    fclose(from);
    assert_true(table->n_rows >= 2);
    return table;
}

const char *row_text(const struct row *row, const char *column) {
    for (size_t i = 0; i < row->table->n_columns[0]; i++)
        if (strcmp(row->table->cell[0][i], column) == 0)
            return row->table->cell[row->ix][i];
    fail_msg("no column '%s'", column);
    return NULL;
}

double row_number(const struct row *row, const char *column) {
    const char *text = row_text(row, column);
    if (strcmp(text, "inf") == 0)
        return INFINITY;
    if (strcmp(text, "nan") == 0 || text[0] == '\0')
        return NAN;
    double value;
    if (oh_number_parse(text, strlen(text), &value) != strlen(text))
        fail_msg("'%s' in column '%s' is not a number", text, column);
    return value;
}

double row_varied(const struct row *row, const char *column) {
    return row_number(row, column) * row->off;
}

static bool is_near(const struct row *row, double expected, double value) {
    if (isnan(expected))
        return isnan(value);
    return fabs(value - expected) <= row->tolerance * fabs(expected) + row->noise;
}

void row_expect(struct row *row, const char *column, double value) {
    double expected = row_number(row, column);
    if (row_text(row, column)[0] == '\0' || is_near(row, expected, value))
        return;
    row->wrong++;
    if (row->off == 1)
        print_message("row %zu, %s: %.12g instead of %.12g\n", row->ix, column, value, expected);
}

void table_compare(const char *file, double tolerance, double noise,
                   void (*compute)(struct row *row)) {
    struct table *table = table_read(file);
    size_t wrong = 0;
    size_t unnoticed = 0;
    for (size_t ix = 1; ix < table->n_rows; ix++) {
        struct row row = {table, ix, 1, tolerance, noise, 0};
        compute(&row);
        wrong += row.wrong;
        struct row control = {table, ix, 1.05, tolerance, noise, 0};
        compute(&control);
        unnoticed += control.wrong == 0;
    }
    free(table);
    if (wrong > 0 || unnoticed > 0)
        fail_msg("%s: %zu wrong values; %zu rows where the control agrees", file, wrong, unnoticed);
}
