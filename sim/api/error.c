#include "api/error.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct onhold_error {
    char *text;
};

static void set_owned(struct onhold_error **error, char *text) {
    *error = oh_malloc(sizeof **error);
    (*error)->text = text;
}

void oh_error_set(struct onhold_error **error, const char *text) {
    if (error == NULL)
        return;
    char *copy = oh_malloc(strlen(text) + 1);
    set_owned(error, strcpy(copy, text));
}

void oh_error_set_problems(struct onhold_error **error, const struct oh_diagnostics *diagnostics) {
    if (error != NULL)
        set_owned(error, oh_problems_print(diagnostics));
}

char *oh_problems_print(const struct oh_diagnostics *diagnostics) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        return oh_calloc(1, 1);
    oh_diag_print(diagnostics, stream, false);
    fclose(stream);
    return text;
}

const char *onhold_error_text(const struct onhold_error *error) {
    return error->text;
}

void onhold_error_destroy(struct onhold_error *error) {
    if (error == NULL)
        return;
    free(error->text);
    free(error);
}
