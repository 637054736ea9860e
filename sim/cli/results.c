#include "cli/results.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/signals.h"

static bool is_standard(const char *path) {
    return strcmp(path, "-") == 0;
}

int oh_complain_unwritable(const char *path) {
    if (is_standard(path))
        oh_complain(errno, "cannot write to standard output");
    else
        oh_complain(errno, "cannot write '%s'", path);
    return OH_EXIT_FAILURE;
}

static bool is_directory(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_regular(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool oh_make_directory(const char *path) {
    if (is_directory(path) || mkdir(path, 0777) == 0)
        return true;
    oh_complain(errno, "cannot make the directory '%s'", path);
    return false;
}

static char *join(const char *directory, const char *name, const char *extension) {
    struct oh_text text = {0};
    size_t length = strlen(directory);
    bool has_slash = length > 0 && directory[length - 1] == '/';
    oh_text_printf(&text, "%s%s%s.%s", directory, has_slash ? "" : "/", name, extension);
    return text.data;
}

static char *copy(const char *text) {
    char *made = oh_malloc(strlen(text) + 1);
    return strcpy(made, text);
}

/* Takes `path`, which is freed with the destination. */
static int add(struct oh_results *results, char *path, const struct oh_writer *writer) {
    struct oh_destination *destination = &results->list[results->n++];
    *destination = (struct oh_destination){.path = path, .writer = writer};
    destination->existed = !is_standard(path) && is_regular(path);
    destination->output = oh_output_open(path);
    return destination->output != NULL ? OH_EXIT_DONE : oh_complain_unwritable(path);
}

/* report.txt for people, result.EXT for programs. */
static const char *base_name(const struct oh_writer *writer) {
    return strcmp(writer->name, "text") == 0 ? "report" : "result";
}

static int add_directory(struct oh_results *results, const char *directory) {
    if (!oh_make_directory(directory))
        return OH_EXIT_FAILURE;
    const struct oh_writer *writers;
    size_t n = oh_writers(&writers);
    for (size_t i = 0; i < n && results->n < OH_MAX_DESTINATIONS; i++) {
        int code = add(results, join(directory, base_name(&writers[i]), writers[i].extension),
                       &writers[i]);
        if (code != OH_EXIT_DONE)
            return code;
    }
    return OH_EXIT_DONE;
}

/* The writer whose files end so; NULL if there is none. */
static const struct oh_writer *find_by_ending(const char *ending) {
    const struct oh_writer *writers;
    size_t n = oh_writers(&writers);
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(ending, writers[i].extension) == 0)
            return &writers[i];
    return NULL;
}

/* What stands behind the last dot of a file's name; NULL if there is none. A device has no format of its own. */
static const char *ending_of(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return strncmp(path, "/dev/", 5) == 0 || dot == NULL || dot == name || dot[1] == '\0' ? NULL
                                                                                          : dot + 1;
}

static const struct oh_writer *refuse_ending(const struct oh_request *request, const char *path,
                                             const char *ending) {
    const struct oh_writer *writers;
    size_t n = oh_writers(&writers);
    struct oh_text known = {0};
    for (size_t i = 0; i < n; i++)
        oh_text_printf(&known, "%s.%s",
                       i == 0      ? ""
                       : i + 1 < n ? ", "
                                   : " or ",
                       writers[i].extension);
    oh_complain(0,
                "no format is known for '%s': a name that ends in '.%s' needs --format; others end "
                "in %s",
                path, ending, known.data);
    fprintf(stderr, "Try 'onhold %s --help'.\n", request->command->name);
    oh_text_fini(&known);
    return NULL;
}

const struct oh_writer *oh_choose_writer(const struct oh_request *request, const char *path) {
    const char *ending = ending_of(path);
    if (request->format != NULL)
        return oh_writer_find(request->format);
    if (ending == NULL)
        return oh_writer_find("text");
    const struct oh_writer *writer = find_by_ending(ending);
    return writer != NULL ? writer : refuse_ending(request, path, ending);
}

static int add_plot_data(struct oh_results *results, const char *directory) {
    if (!oh_make_directory(directory))
        return OH_EXIT_FAILURE;
    const struct oh_writer *json = oh_writer_find("json");
    char *path = join(directory, "result", json->extension);
    for (size_t i = 0; i < results->n; i++) {
        if (strcmp(results->list[i].path, path) == 0) {
            free(path);
            return OH_EXIT_DONE;
        }
    }
    return add(results, path, json);
}

int oh_results_open(struct oh_results *results, const struct oh_request *request,
                    const char *plot_directory) {
    oh_signals_hold_interrupt(); /* from the first file on, there is something to be tidy about */
    *results = (struct oh_results){0};
    const char *path = request->output != NULL ? request->output : "-";
    size_t length = strlen(path);
    bool wants_directory =
        !is_standard(path) && (is_directory(path) || (length > 0 && path[length - 1] == '/'));
    const struct oh_writer *writer = wants_directory ? NULL : oh_choose_writer(request, path);
    if (!wants_directory && writer == NULL)
        return OH_EXIT_USAGE;
    int code = wants_directory ? add_directory(results, path) : add(results, copy(path), writer);
    if (code == OH_EXIT_DONE && plot_directory != NULL)
        code = add_plot_data(results, plot_directory);
    return code;
}

/* An interrupted run may not replace a whole result. */
static bool divert(struct oh_destination *destination) {
    struct oh_text path = {0};
    oh_text_printf(&path, "%s.partial", destination->path);
    oh_output_abandon(destination->output);
    free(destination->path);
    destination->path = path.data;
    destination->output = oh_output_open(path.data);
    if (destination->output != NULL)
        oh_complain(0, "partial results are in '%s'", path.data);
    return destination->output != NULL;
}

static bool write_one(struct oh_destination *destination, const struct oh_request *request,
                      const struct oh_content *content) {
    FILE *stream = oh_output_stream(destination->output);
    bool is_screen = is_standard(destination->path);
    struct oh_report_options options = {.color = is_screen && oh_wants_color(request, stdout),
                                        .verbose = request->verbose,
                                        .rows = request->intervals == OH_INTERVALS_AVERAGE ||
                                                request->intervals == OH_INTERVALS_EACH};
    oh_content_write(destination->writer, content, stream, &options);
    bool ok = oh_output_commit(destination->output);
    destination->output = NULL;
    return ok;
}

int oh_results_write(struct oh_results *results, const struct oh_request *request,
                     const struct oh_content *content, bool is_partial) {
    int code = OH_EXIT_DONE;
    for (size_t i = 0; i < results->n; i++) {
        struct oh_destination *destination = &results->list[i];
        bool is_open = !(is_partial && destination->existed) || divert(destination);
        if (!is_open || !write_one(destination, request, content))
            code = oh_complain_unwritable(destination->path);
    }
    return code;
}

void oh_results_abandon(struct oh_results *results) {
    for (size_t i = 0; i < results->n; i++) {
        oh_output_abandon(results->list[i].output);
        free(results->list[i].path);
    }
    *results = (struct oh_results){0};
}

bool oh_results_show_text(const struct oh_results *results) {
    for (size_t i = 0; i < results->n; i++)
        if (is_standard(results->list[i].path) &&
            strcmp(results->list[i].writer->name, "text") == 0)
            return true;
    return false;
}
