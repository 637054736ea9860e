/* Exact values in CSV files: every row is recomputed and every column compared, and a control
 * recomputes it with one parameter 5% off and must fail. */
#ifndef TEST_THEORY_TABLE_H
#define TEST_THEORY_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table;

/* One row under comparison. */
struct row {
    const struct table *table;
    size_t ix;
    double off;       /* factor on the parameter that the control changes: 1 or 1.05 */
    double tolerance; /* relative */
    double noise;     /* absolute, besides */
    size_t wrong;     /* columns that differ */
};

/* A cell as text or number; "inf" is INFINITY, "nan" and "" are NAN. An unknown column fails the
 * test. */
const char *row_text(const struct row *row, const char *column);
double row_number(const struct row *row, const char *column);
/* The number times `off`: what the control changes. */
double row_varied(const struct row *row, const char *column);
/* Compares `value` with the cell (NAN with NAN, 0 with 0, an empty cell with anything); a
 * difference is counted, and printed unless it is the control's. */
void row_expect(struct row *row, const char *column, double value);

/* Every row of data/`file` agrees, and no row does in the control. The files print 10 digits, so
 * `tolerance` is 1e-9 unless they are worse; `noise` is 0 unless they lose tiny numbers by
 * subtraction. */
void table_compare(const char *file, double tolerance, double noise,
                   void (*compute)(struct row *row));

#endif
