#include "reference.h"

#include <csv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct reading {
    struct reference *table;
    size_t column, line;
};

static void take_field(void *field, size_t length, void *context) {
    struct reading *reading = context;
    struct reference *table = reading->table;
    if (reading->column >= REFERENCE_COLUMNS || reading->line > REFERENCE_ROWS)
        fail_msg("%s is larger than the test can hold", table->file);
    char **cell = reading->line == 0 ? &table->column[reading->column]
                                     : &table->cell[reading->line - 1][reading->column];
    *cell = strndup(field, length);
    reading->column++;
}

static void take_line(int separator, void *context) {
    struct reading *reading = context;
    struct reference *table = reading->table;
    if (reading->line == 0)
        table->n_columns = reading->column;
    else if (reading->column != table->n_columns)
        fail_msg("%s: row %zu has %zu columns", table->file, reading->line, reading->column);
    reading->line++;
    reading->column = 0;
}

struct reference *reference_open(const char *file) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.csv", OH_TEST_DATA, file);
    FILE *from = fopen(path, "r");
    if (!from)
        fail_msg("cannot read %s", path);
    struct reference *table = calloc(1, sizeof *table);
    table->file = file;
    struct reading reading = {.table = table};
    struct csv_parser parser;
    csv_init(&parser, CSV_APPEND_NULL);
    char line[4096];
    while (fgets(line, sizeof line, from))
        if (line[0] != '#')
            csv_parse(&parser, line, strlen(line), take_field, take_line, &reading);
    csv_fini(&parser, take_field, take_line, &reading);
    csv_free(&parser);
    fclose(from);
    table->n_rows = reading.line ? reading.line - 1 : 0;
    if (table->n_rows == 0)
        fail_msg("%s has no rows", path);
    return table;
}

void reference_close(struct reference *table) {
    for (size_t c = 0; c < table->n_columns; c++) {
        free(table->column[c]);
        for (size_t r = 0; r < table->n_rows; r++)
            free(table->cell[r][c]);
    }
    free(table);
}

const char *reference_text(const struct reference *table, size_t row, const char *column) {
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c], column) == 0)
            return table->cell[row][c];
    fail_msg("%s has no column %s", table->file, column);
    return "";
}

double reference_number(const struct reference *table, size_t row, const char *column) {
    const char *text = reference_text(table, row, column);
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end != '\0')
        fail_msg("%s: row %zu: %s is '%s'", table->file, row + 1, column, text);
    return number;
}

int reference_has(const struct reference *table, size_t row, const char *column) {
    return *reference_text(table, row, column) != '\0';
}
