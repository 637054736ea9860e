/* One column of a CSV file, cell by cell; quoting by libcsv. The first row names the columns. */
#ifndef OH_RANDOM_CSV_COLUMN_H
#define OH_RANDOM_CSV_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

enum oh_csv_status {
    OH_CSV_OK,
    OH_CSV_UNREADABLE, /* cannot be opened or read: `error` is the errno */
    OH_CSV_TOO_LARGE,  /* more than OH_CSV_LARGEST bytes */
    OH_CSV_NO_COLUMN,  /* no column of that name: `nearest` may be meant, `columns` are there */
    OH_CSV_SHORT_ROW,  /* `row` ends before the column */
    OH_CSV_BAD_QUOTE,  /* a quote in `row` or behind is not closed, or stands inside a cell */
    OH_CSV_REFUSED     /* the callback refused the cell in `row` */
};
enum { OH_CSV_LARGEST = 64 * 1024 * 1024 };

struct oh_csv_result {
    enum oh_csv_status status;
    int error;
    size_t row; /* rows count from 1, the row of names included, empty lines not */
    char nearest[96];
    char columns[256]; /* "a, b, c", cut if there are many */
};

/* A cell of the column, blanks around it removed; not NUL-terminated. false stops the reading. */
typedef bool oh_csv_cell(const char *text, size_t length, size_t row, void *context);

/* Reads `column` of the file at `path`. The file may be a pipe. */
struct oh_csv_result oh_csv_column_read(const char *path, const char *column, oh_csv_cell *cell,
                                        void *context);

#endif
