/* Aligned text tables: columns of plain text, left, and columns of numbers with a margin: values right, margins left.
 *
 *     Waits             answered        abandoned
 *       average   28 min 4 s ±9 s   12 min 3 s ±4 s
 *
 * Widths count characters of UTF-8. Nothing is cut. */
#ifndef OH_REPORT_TABLE_H
#define OH_REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct oh_cell {
    char *value, *margin; /* margin NULL: plain text */
};

struct oh_table {
    size_t columns, n, capacity;
    struct oh_cell *cells; /* row by row */
};

void oh_table_init(struct oh_table *table, size_t columns);
void oh_table_fini(struct oh_table *table);

/* The next cell of the current row; rows follow from the number of columns. Texts are copied. The first column of a
 * table is text; in any other one a margin of "" keeps the value aligned with numbers, NULL makes it free text. */
void oh_table_add(struct oh_table *table, const char *value, const char *margin);

/* Characters in the longest line. */
size_t oh_table_width(const struct oh_table *table);

/* Appends the table, each line starting with two blanks but for the first line when `is_headed`. The first line is
 * then printed between `bold` and `plain`. No trailing blanks. */
void oh_table_print(const struct oh_table *table, bool is_headed, const char *bold,
                    const char *plain, struct oh_text *to);

#endif
