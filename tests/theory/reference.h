/* Tables of exact values: the CSV files in data/. Lines that start with # describe model and columns. */
#ifndef OH_TEST_REFERENCE_H
#define OH_TEST_REFERENCE_H

#include <stddef.h>

enum { REFERENCE_COLUMNS = 24, REFERENCE_ROWS = 96 };

struct reference {
    const char *file;
    size_t n_columns, n_rows;
    char *column[REFERENCE_COLUMNS];
    char *cell[REFERENCE_ROWS][REFERENCE_COLUMNS];
};

/* Fails the test if the file cannot be read or is empty. Free with reference_close. */
struct reference *reference_open(const char *file);
void reference_close(struct reference *table);

/* A cell; the test fails if there is no such column. */
const char *reference_text(const struct reference *table, size_t row, const char *column);
/* As a number: INFINITY for "inf", NAN for "nan". An empty cell or anything else fails the test. */
double reference_number(const struct reference *table, size_t row, const char *column);
/* Whether there is anything in the cell. */
int reference_has(const struct reference *table, size_t row, const char *column);

#endif
