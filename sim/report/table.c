#include "report/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"

enum { GAP = 3, INDENT = 2 };

void oh_table_init(struct oh_table *table, size_t columns) {
    OH_ARGUMENT(columns > 0);
    *table = (struct oh_table){.columns = columns};
}

void oh_table_fini(struct oh_table *table) {
    for (size_t i = 0; i < table->n; i++) {
        free(table->cells[i].value);
        free(table->cells[i].margin);
    }
    free(table->cells);
    *table = (struct oh_table){0};
}

static char *copy(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(oh_malloc(size), text, size);
}

void oh_table_add(struct oh_table *table, const char *value, const char *margin) {
    if (table->n == table->capacity) {
        table->capacity = table->capacity > 0 ? table->capacity * 2 : 64;
        table->cells = oh_realloc_array(table->cells, table->capacity, sizeof *table->cells);
    }
    table->cells[table->n++] = (struct oh_cell){copy(value), margin != NULL ? copy(margin) : NULL};
}

static size_t length(const char *text) {
    return oh_utf8_length(text, strlen(text));
}

struct widths {
    size_t value, margin, text;
};

/* Free text may be as wide as value, blank and margin together. */
static struct widths column_widths(const struct oh_table *table, size_t column) {
    struct widths w = {0};
    for (size_t i = column; i < table->n; i += table->columns) {
        const struct oh_cell *cell = &table->cells[i];
        size_t *width = cell->margin != NULL ? &w.value : &w.text;
        size_t n = length(cell->value);
        *width = n > *width ? n : *width;
        if (cell->margin != NULL && (n = length(cell->margin)) > w.margin)
            w.margin = n;
    }
    return w;
}

static size_t column_width(struct widths w) {
    size_t numbers = w.value + (w.margin > 0 ? w.margin + 1 : 0);
    return numbers > w.text ? numbers : w.text;
}

size_t oh_table_width(const struct oh_table *table) {
    size_t width = INDENT;
    for (size_t c = 0; c < table->columns; c++)
        width += column_width(column_widths(table, c)) + (c > 0 ? GAP : 0);
    return width;
}

static void pad(struct oh_text *to, size_t n) {
    while (n-- > 0)
        oh_text_append(to, " ", 1);
}

/* Appends one cell; blanks are owed, not written, so that no line ends in one. Returns what is owed behind it. */
static size_t print_cell(const struct oh_cell *cell, struct widths w, size_t owed,
                         struct oh_text *to) {
    size_t total = column_width(w), used = length(cell->value);
    size_t ahead = cell->margin != NULL && w.value > used ? w.value - used : 0;
    if (used == 0 && (cell->margin == NULL || cell->margin[0] == '\0'))
        return owed + total;
    pad(to, owed + ahead);
    oh_text_puts(to, cell->value);
    used += ahead;
    if (cell->margin != NULL && cell->margin[0] != '\0') {
        oh_text_append(to, " ", 1);
        oh_text_puts(to, cell->margin);
        used += 1 + length(cell->margin);
    }
    return total - used;
}

static void print_row(const struct oh_table *table, size_t row, const struct widths *widths,
                      bool is_head, struct oh_text *to) {
    size_t owed = is_head ? 0 : INDENT;
    for (size_t c = 0; c < table->columns; c++) {
        struct widths w = widths[c];
        if (c == 0 && is_head)
            w.text += INDENT;
        size_t gap = c > 0 ? GAP : 0;
        owed = print_cell(&table->cells[row * table->columns + c], w, owed + gap, to);
    }
}

void oh_table_print(const struct oh_table *table, bool is_headed, const char *bold,
                    const char *plain, struct oh_text *to) {
    OH_ARGUMENT(table->n % table->columns == 0);
    struct widths *widths = oh_malloc(table->columns * sizeof *widths);
    for (size_t c = 0; c < table->columns; c++)
        widths[c] = column_widths(table, c);
    for (size_t row = 0; row < table->n / table->columns; row++) {
        bool is_head = is_headed && row == 0;
        oh_text_puts(to, is_head ? bold : "");
        print_row(table, row, widths, is_head, to);
        oh_text_puts(to, is_head ? plain : "");
        oh_text_append(to, "\n", 1);
    }
    free(widths);
}
