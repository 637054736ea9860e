/* Reads a result, writes data files and scripts, and has gnuplot draw. */
#include "report/plot.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"
#include "report/chart.h"
#include "report/gnuplot.h"

enum { MOST_MEMBERS = 6 };

/* What can be drawn, and which members it must have. */
struct format {
    const char *name, *command;
    const char *objects[MOST_MEMBERS], *arrays[MOST_MEMBERS];
};
static const struct format of_run = {"onhold-result/1",
                                     "run",
                                     {"scenario", "run", "total", "contacts", "agents"},
                                     {"intervals", "distributions"}};
static const struct format of_sweep = {
    "onhold-sweep/1", "sweep", {"scenario", "run"}, {"parameters", "metrics", "cells"}};
static const struct format of_compare = {
    "onhold-compare/1", "compare", {"run"}, {"scenarios", "pairs", "intervals"}};
static const struct format *const formats[] = {&of_run, &of_compare, &of_sweep};

enum { DONE = 0, BAD_RESULT = 3, FAILED = 4 };

/* A new kind of chart is a function that writes its data, a script in plots/ and a row. */
struct oh_plot_kind {
    const char *name, *about;
    oh_chart_fn *write;
    const struct format *format;
    bool by_metric; /* a chart for each of the result's metrics */
};
static const struct oh_plot_kind kinds[] = {
    {"wait", "distribution of waits, answered and abandoned, with percentiles", oh_chart_wait,
     &of_run, false},
    {"day", "contacts by interval and what became of them, with the agents on duty", oh_chart_day,
     &of_run, false},
    {"outcomes", "what became of the contacts, in all, by type, and of the people behind them",
     oh_chart_outcomes, &of_run, false},
    {"queue", "contacts waiting over the day, with a band of replications", oh_chart_queue, &of_run,
     false},
    {"compare", "differences between scenarios, with their intervals", oh_chart_compare,
     &of_compare, false},
    {"curve", "of a sweep over one value: each metric with its interval, and the goal",
     oh_chart_curve, &of_sweep, true},
    {"heat", "of a sweep over two values: each metric as a map", oh_chart_heat, &of_sweep, true},
    {"tornado", "of a tornado: what each value does to each metric, largest first",
     oh_chart_tornado, &of_sweep, true},
};

size_t oh_plot_kinds(void) {
    return sizeof kinds / sizeof kinds[0];
}

const struct oh_plot_kind *oh_plot_kind_row(size_t ix) {
    return &kinds[ix];
}

const struct oh_plot_kind *oh_plot_kind_find(const char *name) {
    for (size_t i = 0; i < oh_plot_kinds(); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

const char *oh_plot_kind_name(const struct oh_plot_kind *kind) {
    return kind->name;
}

const char *oh_plot_kind_about(const struct oh_plot_kind *kind) {
    return kind->about;
}

/* One call of oh_plot. */
struct job {
    const struct oh_plot_options *options;
    struct oh_diagnostics *diagnostics;
    FILE *listing, *messages;
    const char *scripts; /* directory */
    const struct oh_source *source;
    bool is_gnuplot_missing;
};

/* ---- reading ---- */

static struct oh_place place_of(const struct job *job, int line, int column) {
    return (struct oh_place){job->source, line > 0 ? (uint32_t)line : 0,
                             column > 0 ? (uint32_t)column : 0, 1};
}

static json_t *load(struct job *job) {
    json_error_t error;
    bool is_standard_input = strcmp(job->options->result, "-") == 0;
    FILE *file = is_standard_input ? stdin : fopen(job->options->result, "re");
    struct stat status;
    if (file != NULL && fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(file);
        file = NULL;
        errno = EISDIR;
    }
    if (file == NULL) {
        oh_diag_add(job->diagnostics, OH_MSG_FILE_UNREADABLE, place_of(job, 0, 0), NULL,
                    "cannot read '%s': %s", job->options->result, strerror(errno));
        return NULL;
    }
    json_t *root = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
    if (!is_standard_input)
        fclose(file);
    if (root == NULL)
        oh_diag_add(job->diagnostics, OH_MSG_RESULT_NOT_JSON,
                    place_of(job, error.line, error.column), NULL, "not JSON: %s", error.text);
    return root;
}

static const struct format *format_of(const json_t *result) {
    const char *name = json_string_value(json_object_get(result, "format"));
    for (size_t i = 0; i < sizeof formats / sizeof formats[0] && name != NULL; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

static const char *missing_from(const json_t *result, const struct format *format) {
    for (size_t i = 0; i < MOST_MEMBERS && format->objects[i] != NULL; i++)
        if (!json_is_object(json_object_get(result, format->objects[i])))
            return format->objects[i];
    for (size_t i = 0; i < MOST_MEMBERS && format->arrays[i] != NULL; i++)
        if (!json_is_array(json_object_get(result, format->arrays[i])))
            return format->arrays[i];
    return NULL;
}

/* Names all that can be drawn. */
static void complain_of_format(const struct job *job, const char *name) {
    struct oh_text commands = {0}, names = {0};
    size_t n = sizeof formats / sizeof formats[0];
    for (size_t i = 0; i < n; i++) {
        const char *between = i == 0 ? "" : i + 1 < n ? ", " : " or ";
        oh_text_printf(&commands, "%s'onhold %s'", between, formats[i]->command);
        oh_text_printf(&names, "%s'%s'", between, formats[i]->name);
    }
    oh_diag_add(job->diagnostics, OH_MSG_RESULT_WRONG_FORMAT, place_of(job, 0, 0),
                "write one with 'onhold run SCENARIO --format json --output RESULT.json'",
                "not a result of %s: its format is %s%s%s, not %s", commands.data,
                name != NULL ? "'" : "", name != NULL ? name : "not stated",
                name != NULL ? "'" : "", names.data);
    oh_text_fini(&commands);
    oh_text_fini(&names);
}

static bool is_result(const struct job *job, const json_t *result) {
    const struct format *format = format_of(result);
    if (format == NULL) {
        complain_of_format(job, json_string_value(json_object_get(result, "format")));
        return false;
    }
    const char *missing = missing_from(result, format);
    if (missing != NULL)
        oh_diag_add(job->diagnostics, OH_MSG_RESULT_INCOMPLETE, place_of(job, 0, 0), NULL,
                    "'%s' is missing from the result, or is not what it should be", missing);
    return missing == NULL;
}

static bool are_results(const struct job *job, const json_t *root) {
    const json_t *result;
    size_t i;
    if (!json_is_array(root))
        return is_result(job, root);
    if (json_array_size(root) == 0)
        oh_diag_add(job->diagnostics, OH_MSG_RESULT_INCOMPLETE, place_of(job, 0, 0), NULL,
                    "the file holds no result");
    json_array_foreach(root, i, result) {
        if (!is_result(job, result))
            return false;
    }
    return json_array_size(root) > 0;
}

/* ---- files ---- */

static int complain(const struct job *job, const char *what, const char *path) {
    fprintf(job->messages, "onhold: %s '%s': %s\n", what, path, strerror(errno));
    return FAILED;
}

static int write_file(const struct job *job, const char *path, const struct oh_text *data) {
    struct oh_output *output = oh_output_open(path);
    if (output == NULL)
        return complain(job, "cannot write", path);
    fwrite(data->data, 1, data->length, oh_output_stream(output));
    return oh_output_commit(output) ? DONE : complain(job, "cannot write", path);
}

static bool read_file(const char *path, struct oh_text *text) {
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    char buffer[4096];
    size_t n;
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
        oh_text_append(text, buffer, n);
    bool is_good = !ferror(file);
    fclose(file);
    return is_good;
}

/* Where the scripts are: where the environment says; else with the sources while the program runs from the directory
 * that it was built in; else where they were installed. */
static const char *scripts_directory(void) {
    const char *named = getenv("ONHOLD_PLOTS");
    if (named != NULL && named[0] != '\0')
        return named;
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);
    size_t root = strlen(OH_BUILD_ROOT);
    bool is_build = n > (ssize_t)root && strncmp(program, OH_BUILD_ROOT, root) == 0;
    return is_build && program[root] == '/' ? OH_PLOTS_SOURCE : OH_PLOTS_DIR;
}

/* A copy of the script beside the data. */
static int copy_script(const struct job *job, const char *directory, const char *name) {
    struct oh_text from = {0}, to = {0}, script = {0};
    oh_text_printf(&from, "%s/%s.gp", job->scripts, name);
    oh_text_printf(&to, "%s/%s.gp", directory, name);
    struct stat a, b;
    int status = DONE;
    bool is_same = stat(from.data, &a) == 0 && stat(to.data, &b) == 0 && a.st_dev == b.st_dev &&
                   a.st_ino == b.st_ino;
    if (!is_same && !read_file(from.data, &script))
        status = complain(job, "cannot read the script", from.data);
    else if (!is_same)
        status = write_file(job, to.data, &script);
    oh_text_fini(&from);
    oh_text_fini(&to);
    oh_text_fini(&script);
    return status;
}

/* ---- drawing ---- */

static int draw(struct job *job, const char *script, const char *data, const char *stem,
                const char *format) {
    struct oh_text path = {0};
    oh_text_printf(&path, "%s.%s", stem, format);
    int result = FAILED;
    struct oh_output *output = oh_output_open(path.data);
    if (output == NULL) {
        complain(job, "cannot write", path.data);
        oh_text_fini(&path);
        return FAILED;
    }
    errno = 0;
    enum oh_gnuplot_status status = oh_gnuplot_draw(script, data, format, oh_output_stream(output));
    job->is_gnuplot_missing = status == OH_GNUPLOT_MISSING;
    if (status == OH_GNUPLOT_DONE) {
        result = oh_output_commit(output) ? DONE : complain(job, "cannot write", path.data);
    } else {
        if (status == OH_GNUPLOT_FAILED)
            fprintf(job->messages, "onhold: gnuplot could not draw '%s'\n", path.data);
        oh_output_abandon(output);
    }
    if (result == DONE && job->listing != NULL)
        fprintf(job->listing, "%s\n", path.data);
    oh_text_fini(&path);
    return result;
}

static int worse(int a, int b) {
    return a > b ? a : b;
}

/* Data, script and pictures of one chart. */
static int plot_chart(struct job *job, const struct oh_plot_kind *kind, const char *directory,
                      const char *name, const struct oh_text *data) {
    struct oh_text stem = {0}, data_path = {0}, script = {0};
    oh_text_printf(&stem, "%s/%s", directory, name);
    oh_text_printf(&data_path, "%s.dat", stem.data);
    oh_text_printf(&script, "%s/%s.gp", directory, kind->name);
    int status = write_file(job, data_path.data, data);
    status = worse(status, copy_script(job, directory, kind->name));
    if (status == DONE && !job->is_gnuplot_missing)
        status = draw(job, script.data, data_path.data, stem.data, "png");
    if (status == DONE && !job->is_gnuplot_missing)
        status = draw(job, script.data, data_path.data, stem.data, "svg");
    oh_text_fini(&stem);
    oh_text_fini(&data_path);
    oh_text_fini(&script);
    return status;
}

/* A kind that was asked for must be drawn; of all kinds, those are that can be. */
static int plot_kind(struct job *job, const struct oh_plot_kind *kind, const json_t *result,
                     const char *directory, const char *name) {
    struct oh_text data = {0};
    int status = DONE;
    if (kind->format != format_of(result)) {
        oh_diag_add(job->diagnostics, OH_MSG_RESULT_WITHOUT_CHART, place_of(job, 0, 0), NULL,
                    "there is nothing to draw as '%s': it is drawn from a result of 'onhold %s'",
                    kind->name, kind->format->command);
        return DONE;
    }
    const char *why_not = kind->write(result, &data);
    if (why_not == NULL)
        status = plot_chart(job, kind, directory, name, &data);
    else if (job->options->kind != NULL)
        oh_diag_add(job->diagnostics, OH_MSG_RESULT_WITHOUT_CHART, place_of(job, 0, 0), NULL,
                    "there is nothing to draw as '%s': %s", kind->name, why_not);
    else if (!kind->by_metric)
        fprintf(job->messages, "onhold: no chart '%s': %s\n", kind->name, why_not);
    oh_text_fini(&data);
    return status;
}

/* "service_level" of "total.service_level"; other scopes stay. */
static const char *short_path(const json_t *metric) {
    const char *path = json_string_value(json_object_get(metric, "path"));
    bool is_of_total = path != NULL && strncmp(path, "total.", 6) == 0;
    return path == NULL || strchr(path, '/') != NULL ? "metric" : is_of_total ? path + 6 : path;
}

static int plot_metrics(struct job *job, const struct oh_plot_kind *kind, const json_t *result,
                        const char *directory, const char *base) {
    const json_t *metrics = json_object_get(result, "metrics");
    int status = DONE;
    for (size_t i = 0; i < json_array_size(metrics); i++) {
        struct oh_text name = {0};
        json_t *view = json_copy((json_t *)result);
        json_object_set_new(view, "drawn", json_integer((json_int_t)i));
        oh_text_printf(&name, "%s-%s-%s", base, kind->name, short_path(json_array_get(metrics, i)));
        status = worse(status, plot_kind(job, kind, view, directory, name.data));
        json_decref(view);
        oh_text_fini(&name);
    }
    return status;
}

static int plot_result(struct job *job, const json_t *result, const char *directory,
                       const char *base) {
    const struct format *format = format_of(result);
    int status = DONE;
    for (size_t i = 0; i < oh_plot_kinds(); i++) {
        const struct oh_plot_kind *kind = &kinds[i];
        if (job->options->kind != NULL ? job->options->kind != kind : kind->format != format)
            continue;
        if (kind->by_metric && kind->format == format) {
            status = worse(status, plot_metrics(job, kind, result, directory, base));
            continue;
        }
        struct oh_text name = {0};
        oh_text_printf(&name, "%s-%s", base, kind->name);
        status = worse(status, plot_kind(job, kind, result, directory, name.data));
        oh_text_fini(&name);
    }
    return oh_diag_errors(job->diagnostics) > 0 ? worse(status, BAD_RESULT) : status;
}

/* "irs" of "results/irs.json". */
static void print_base(const char *result, struct oh_text *base) {
    const char *slash = strrchr(result, '/'), *name = slash != NULL ? slash + 1 : result;
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".json") == 0)
        length -= 5;
    bool is_named = strcmp(result, "-") != 0 && length > 0;
    oh_text_append(base, is_named ? name : "result", is_named ? length : strlen("result"));
}

static int plot_all(struct job *job, const json_t *root, const char *directory) {
    struct oh_text base = {0};
    print_base(job->options->result, &base);
    int status = copy_script(job, directory, "style");
    if (!json_is_array(root) && status == DONE)
        status = plot_result(job, root, directory, base.data);
    size_t length = base.length;
    for (size_t i = 0; i < json_array_size(root) && (status == DONE || job->is_gnuplot_missing);
         i++) {
        base.length = length;
        oh_text_printf(&base, "-%zu", i + 1);
        status = worse(status, plot_result(job, json_array_get(root, i), directory, base.data));
    }
    oh_text_fini(&base);
    return status;
}

/* The directory in a form that gnuplot takes for nothing else. */
static int make_directory(const struct job *job, struct oh_text *directory) {
    const char *name = job->options->directory != NULL ? job->options->directory : ".";
    oh_text_printf(directory, "%s%s", name[0] == '/' || name[0] == '.' ? "" : "./", name);
    while (directory->length > 1 && directory->data[directory->length - 1] == '/')
        directory->data[--directory->length] = '\0';
    struct stat status;
    if (stat(directory->data, &status) == 0 || mkdir(directory->data, 0777) == 0)
        return DONE;
    return complain(job, "cannot make the directory", directory->data);
}

int oh_plot(const struct oh_plot_options *options, struct oh_diagnostics *diagnostics,
            FILE *listing, FILE *messages) {
    struct job job = {.options = options,
                      .diagnostics = diagnostics,
                      .listing = listing,
                      .messages = messages,
                      .scripts = scripts_directory(),
                      .source = oh_diag_source(diagnostics, options->result)};
    json_t *root = load(&job);
    if (root == NULL)
        return BAD_RESULT;
    struct oh_text directory = {0};
    int status = BAD_RESULT;
    if (are_results(&job, root)) {
        status = make_directory(&job, &directory);
        if (status == DONE)
            status = plot_all(&job, root, directory.data);
    }
    if (job.is_gnuplot_missing)
        fprintf(
            messages,
            "onhold: gnuplot is not installed (Debian: apt install gnuplot-nox), so nothing was "
            "drawn; data and scripts are in '%s', 'gnuplot -c KIND.gp DATA.dat OUT.png' draws "
            "them\n",
            directory.data);
    json_decref(root);
    oh_text_fini(&directory);
    return status;
}
