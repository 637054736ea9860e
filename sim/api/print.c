#include "api/print.h"

#include <stdio.h>

char *oh_content_print(const struct oh_content *content, const char *format) {
    const struct oh_writer *writer = oh_writer_find(format);
    char *text = NULL;
    size_t length = 0;
    FILE *stream = writer != NULL ? open_memstream(&text, &length) : NULL;
    if (stream == NULL)
        return NULL;
    oh_content_write(writer, content, stream, &(struct oh_report_options){0});
    fclose(stream);
    return text;
}
