#include "scenario/cells.h"

#include <errno.h>
#include <string.h>

#include "random/csv_column.h"

enum { MOST_ROWS = 500000 };

const struct oh_source *oh_cells_source(struct oh_decoder *d, const char *path) {
    size_t n = oh_diag_errors(d->diagnostics) + oh_diag_warnings(d->diagnostics);
    for (size_t i = 0; i < n; i++) {
        const struct oh_problem *problem = oh_diag_problem(d->diagnostics, i);
        const struct oh_source *source = problem != NULL ? problem->place.source : NULL;
        if (source != NULL && strcmp(source->name, path) == 0)
            return source;
    }
    return oh_diag_source(d->diagnostics, path);
}

static bool keep_cell(const char *text, size_t length, size_t row, void *context) {
    struct oh_cells *cells = context;
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

/* What is wrong with the file as a whole is shown at its first line, so that it is said once, however many columns of it
 * the scenario uses. */
static bool report_whole_file(struct oh_decoder *d, const char *path,
                              const struct oh_csv_result *result) {
    struct oh_place place = {oh_cells_source(d, path), 1, 1, 1};
    const char *separator = strpbrk(result->columns, ";\t|");
    if (result->status == OH_CSV_OK)
        oh_diag_add(d->diagnostics, OH_MSG_DATA_EMPTY, place, NULL,
                    "the file has a row of names, but no rows of values");
    else if (result->status == OH_CSV_NO_COLUMN && result->columns[0] == '\0')
        oh_diag_add(d->diagnostics, OH_MSG_DATA_EMPTY, place, NULL, "the file is empty");
    else if (result->status == OH_CSV_NO_COLUMN && separator != NULL && *separator == '\t')
        oh_diag_add(d->diagnostics, OH_MSG_COLUMN_MISSING, place, NULL,
                    "columns seem to be separated by tabs; commas are needed");
    else if (result->status == OH_CSV_NO_COLUMN && separator != NULL)
        oh_diag_add(d->diagnostics, OH_MSG_COLUMN_MISSING, place, NULL,
                    "columns seem to be separated by '%c'; commas are needed", *separator);
    else
        return false;
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

bool oh_cells_read(struct oh_decoder *d, const struct oh_node *node, const char *path,
                   const char *word, struct oh_cells *cells) {
    *cells = (struct oh_cells){.arena = d->arena};
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
    if (!report_whole_file(d, path, &result))
        report_file(d, file, name_node, &result);
    return false;
}
