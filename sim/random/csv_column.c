#include "random/csv_column.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <csv.h>

#include "base/arena.h"
#include "base/names.h"

struct reader {
    const char *column;
    oh_csv_cell *cell;
    void *context;
    struct oh_csv_result result;
    struct oh_arena *names_arena;
    const char *names[64]; /* the first columns', for messages */
    size_t n_names;
    size_t column_ix; /* SIZE_MAX until found */
    size_t field_ix;  /* in the current row */
    size_t bytes;
};

static void fail(struct reader *reader, enum oh_csv_status status) {
    if (reader->result.status == OH_CSV_OK)
        reader->result.status = status;
}

static void take_name(struct reader *reader, size_t ix, const char *text, size_t length) {
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (ix == 0 && length >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (reader->column_ix == SIZE_MAX && strlen(reader->column) == length &&
        memcmp(reader->column, text, length) == 0)
        reader->column_ix = ix;
    if (reader->n_names < sizeof reader->names / sizeof reader->names[0])
        reader->names[reader->n_names++] =
            oh_arena_strndup(reader->names_arena, text, length < 80 ? length : 80);
}

static void take_field(void *field, size_t length, void *context) {
    struct reader *reader = context;
    const size_t ix = reader->field_ix++;
    if (reader->result.status != OH_CSV_OK)
        return;
    const char *text = field ? field : "";
    if (reader->result.row == 1)
        take_name(reader, ix, text, length);
    else if (ix == reader->column_ix &&
             !reader->cell(text, length, reader->result.row, reader->context))
        fail(reader, OH_CSV_REFUSED);
}

/* Which names there are, for the message. */
static void describe_names(struct reader *reader) {
    struct oh_csv_result *result = &reader->result;
    const char *nearest = oh_name_nearest(reader->column, reader->names, reader->n_names);
    if (nearest)
        snprintf(result->nearest, sizeof result->nearest, "%s", nearest);
    size_t used = 0;
    for (size_t i = 0; i < reader->n_names && used < sizeof result->columns; i++)
        used += (size_t)snprintf(result->columns + used, sizeof result->columns - used, "%s%s",
                                 i > 0 ? ", " : "", reader->names[i]);
}

static void take_row_end(int end, void *context) {
    struct reader *reader = context;
    if (reader->result.status != OH_CSV_OK)
        return;
    if (reader->column_ix == SIZE_MAX)
        fail(reader, OH_CSV_NO_COLUMN);
    else if (reader->field_ix <= reader->column_ix)
        fail(reader, OH_CSV_SHORT_ROW);
    else {
        reader->result.row++;
        reader->field_ix = 0;
    }
}

static void parse_stream(struct reader *reader, struct csv_parser *parser, FILE *stream) {
    char block[16384];
    size_t n;
    while (reader->result.status == OH_CSV_OK && (n = fread(block, 1, sizeof block, stream)) > 0) {
        reader->bytes += n;
        if (reader->bytes > OH_CSV_LARGEST)
            fail(reader, OH_CSV_TOO_LARGE);
        else if (csv_parse(parser, block, n, take_field, take_row_end, reader) != n) {
            if (csv_error(parser) == CSV_ENOMEM)
                oh_out_of_memory();
            fail(reader, OH_CSV_BAD_QUOTE);
        }
    }
    if (ferror(stream)) {
        reader->result.error = errno;
        fail(reader, OH_CSV_UNREADABLE);
    }
    if (reader->result.status == OH_CSV_OK &&
        csv_fini(parser, take_field, take_row_end, reader) != 0)
        fail(reader, OH_CSV_BAD_QUOTE);
}

struct oh_csv_result oh_csv_column_read(const char *path, const char *column, oh_csv_cell *cell,
                                        void *context) {
    struct reader reader = {.column = column,
                            .cell = cell,
                            .context = context,
                            .result = {.row = 1},
                            .column_ix = SIZE_MAX};
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        reader.result.status = OH_CSV_UNREADABLE;
        reader.result.error = errno;
        return reader.result;
    }
    reader.names_arena = oh_arena_create();
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI); /* fails only without a parser */
    csv_set_blk_size(&parser, 4096);
    parse_stream(&reader, &parser, stream);
    csv_free(&parser);
    fclose(stream);
    if (reader.result.status == OH_CSV_OK && reader.column_ix == SIZE_MAX)
        fail(&reader, OH_CSV_NO_COLUMN); /* not even names */
    if (reader.result.status == OH_CSV_NO_COLUMN)
        describe_names(&reader);
    oh_arena_destroy(reader.names_arena);
    return reader.result;
}
