#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "report/baseline.h"
#include "report/json_parts.h"

#define FORMAT "onhold-baseline/1"

struct reader {
    const char *path;
    const struct oh_source *source;
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    const char *scenario; /* that is being read; NULL: none */
    const char *metric;   /* likewise */
};

static const char *const cure = "write it with 'onhold check SCENARIO --baseline FILE --update'";

static struct oh_place place_of(const struct reader *r, int line, int column) {
    return (struct oh_place){r->source, line > 0 ? (uint32_t)line : 0,
                             column > 0 ? (uint32_t)column : 0, 0};
}

/* What is wrong, with the scenario and the metric at which it is. */
static bool refuse(const struct reader *r, const char *what, const char *key) {
    struct oh_text where = {0};
    if (r->scenario != NULL)
        oh_text_printf(&where, " of '%s'", r->scenario);
    if (r->metric != NULL)
        oh_text_printf(&where, ", %s", r->metric);
    oh_diag_add(r->diagnostics, OH_MSG_BAD_BASELINE, place_of(r, 0, 0), cure, "'%s'%s %s", key,
                where.data != NULL ? where.data : "", what);
    oh_text_fini(&where);
    return false;
}

/* ---- members ---- */

static bool read_text(const struct reader *r, const json_t *in, const char *key, bool is_needed,
                      const char **into) {
    const json_t *value = json_object_get(in, key);
    *into = json_is_string(value) ? oh_arena_strdup(r->arena, json_string_value(value)) : NULL;
    bool is_good = *into != NULL || (!is_needed && (value == NULL || json_is_null(value)));
    return is_good || refuse(r, "is missing or no text", key);
}

static bool read_whole(const struct reader *r, const json_t *in, const char *key, uint64_t *into) {
    const json_t *value = json_object_get(in, key);
    double number = json_is_number(value) ? json_number_value(value) : -1;
    *into = json_is_integer(value) && number >= 0            ? (uint64_t)json_integer_value(value)
            : number >= 0 && number < 18446744073709551616.0 ? (uint64_t)number
                                                             : 0;
    return number >= 0 || refuse(r, "is missing or no whole number", key);
}

static bool read_number(const struct reader *r, const json_t *in, const char *key, double *into) {
    const json_t *value = json_object_get(in, key);
    *into = json_is_number(value) ? json_number_value(value) : NAN;
    return json_is_number(value) || json_is_null(value) ||
           refuse(r, "is missing or no number", key);
}

static bool read_values(const struct reader *r, const json_t *in, const char *key, uint64_t n,
                        const double **into) {
    const json_t *array = json_object_get(in, key), *value;
    size_t i;
    if (!json_is_array(array) || json_array_size(array) != n)
        return refuse(r, "does not hold a number of each replication", key);
    double *values = OH_NEW_ARRAY(r->arena, n, double);
    json_array_foreach(array, i, value) {
        if (!json_is_number(value))
            return refuse(r, "does not hold a number of each replication", key);
        values[i] = json_number_value(value);
    }
    *into = values;
    return true;
}

static bool read_unit(const struct reader *r, const json_t *in, enum oh_metric_unit *into) {
    const char *name;
    if (!read_text(r, in, "unit", true, &name))
        return false;
    for (int unit = OH_M_CONTACTS; unit <= OH_M_MONEY; unit++)
        if (strcmp(name, oh_metric_unit_name((enum oh_metric_unit)unit)) == 0) {
            *into = (enum oh_metric_unit)unit;
            return true;
        }
    return refuse(r, "is none that is known", "unit");
}

/* ---- scenarios ---- */

static bool read_metric(struct reader *r, const char *path, const json_t *in,
                        const struct oh_baseline_entry *entry, struct oh_baseline_metric *metric) {
    *metric = (struct oh_baseline_metric){.path = oh_arena_strdup(r->arena, path)};
    uint64_t n;
    r->metric = metric->path;
    bool is_good = read_text(r, in, "margin", true, &metric->margin) &&
                   read_unit(r, in, &metric->unit) && read_number(r, in, "value", &metric->value) &&
                   read_number(r, in, "standard_error", &metric->standard_error) &&
                   read_whole(r, in, "n", &n) &&
                   (n == entry->replications || refuse(r, "is not that of the run", "n")) &&
                   read_values(r, in, "x", n, &metric->series.x) &&
                   read_values(r, in, "y", n, &metric->series.y);
    metric->series.n = is_good ? n : 0;
    metric->series.stride = 1;
    metric->series.unit = metric->unit;
    r->metric = NULL;
    return is_good;
}

static bool read_metrics(struct reader *r, json_t *in, struct oh_baseline_entry *entry) {
    const char *path;
    json_t *value;
    if (!json_is_object(in))
        return refuse(r, "is missing", "metrics");
    struct oh_baseline_metric *metrics =
        OH_NEW_ARRAY(r->arena, json_object_size(in), struct oh_baseline_metric);
    entry->metrics = metrics;
    json_object_foreach(in, path, value) {
        if (!read_metric(r, path, value, entry, &metrics[entry->n_metrics++]))
            return false;
    }
    return true;
}

static bool read_entry(struct reader *r, const json_t *in, struct oh_baseline_entry *entry) {
    const json_t *scenario = json_object_get(in, "scenario"), *run = json_object_get(in, "run");
    bool is_good = read_text(r, scenario, "file", true, &entry->file);
    r->scenario = entry->file;
    is_good = is_good && read_text(r, scenario, "name", true, &entry->name) &&
              read_text(r, scenario, "digest", true, &entry->digest) &&
              read_text(r, scenario, "variant", false, &entry->variant) &&
              read_text(r, scenario, "overrides", false, &entry->overrides) &&
              read_whole(r, run, "replications", &entry->replications) &&
              read_whole(r, run, "seed", &entry->seed) &&
              read_number(r, run, "confidence", &entry->confidence) &&
              read_text(r, run, "version", true, &entry->version) &&
              read_text(r, run, "result", true, &entry->result) &&
              read_metrics(r, json_object_get(in, "metrics"), entry);
    r->scenario = NULL;
    return is_good;
}

static struct oh_baseline *read_root(struct reader *r, const json_t *root) {
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *list = json_object_get(root, "scenarios"), *entry;
    size_t i;
    if (format == NULL || strcmp(format, FORMAT) != 0) {
        oh_diag_add(r->diagnostics, OH_MSG_BAD_BASELINE, place_of(r, 0, 0), cure,
                    "not a baseline: its format is %s%s%s, not '" FORMAT "'",
                    format != NULL ? "'" : "", format != NULL ? format : "not stated",
                    format != NULL ? "'" : "");
        return NULL;
    }
    struct oh_baseline *baseline = OH_NEW(r->arena, struct oh_baseline);
    *baseline = (struct oh_baseline){.file = oh_arena_strdup(r->arena, r->path)};
    if (!json_is_array(list)) {
        refuse(r, "is missing", "scenarios");
        return NULL;
    }
    baseline->entries = OH_NEW_ARRAY(r->arena, json_array_size(list), struct oh_baseline_entry);
    json_array_foreach(list, i, entry) {
        baseline->entries[i] = (struct oh_baseline_entry){0};
        if (!read_entry(r, entry, &baseline->entries[i]))
            return NULL;
        baseline->n_entries++;
    }
    return baseline;
}

static json_t *load(const struct reader *r) {
    json_error_t error;
    struct stat status;
    FILE *file = fopen(r->path, "re");
    if (file != NULL && fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(file);
        file = NULL;
        errno = EISDIR;
    }
    if (file == NULL) {
        oh_diag_add(r->diagnostics, OH_MSG_FILE_UNREADABLE, place_of(r, 0, 0),
                    errno == ENOENT ? "'--update' writes it" : NULL, "cannot read '%s': %s",
                    r->path, strerror(errno));
        return NULL;
    }
    json_t *root = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
    fclose(file);
    if (root == NULL)
        oh_diag_add(r->diagnostics, OH_MSG_BAD_BASELINE, place_of(r, error.line, error.column),
                    NULL, "not JSON: %s", error.text);
    return root;
}

struct oh_baseline *oh_baseline_read(const char *path, struct oh_arena *arena,
                                     struct oh_diagnostics *diagnostics) {
    struct reader r = {path, oh_diag_source(diagnostics, path), arena, diagnostics, NULL, NULL};
    json_t *root = load(&r);
    struct oh_baseline *baseline = root != NULL ? read_root(&r, root) : NULL;
    json_decref(root);
    return baseline;
}
