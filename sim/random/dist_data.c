/* Distributions from data: recorded values (empirical), a measured hazard (hazard). */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "random/csv_column.h"
#include "random/dist_kind.h"

static double power(double x, int order) {
    return order == 1 ? x : x * x;
}

/* ---- empirical: file, column ----
 *
 * The distribution of the recorded values themselves, each equally likely: a step function, without interpolation
 * between them. Mean and variance are those of the values (dividing by n). */

struct values {
    enum oh_unit unit;
    double *value;
    size_t n, capacity;
    char refused[64]; /* the cell that is no value */
};

static bool read_value(const struct values *values, const char *text, size_t length,
                       double *value) {
    const struct oh_parse number = oh_unit_parse(OH_UNIT_NUMBER, text, length);
    const struct oh_parse parse =
        number.status == OH_PARSE_OK ? number : oh_unit_parse(values->unit, text, length);
    *value = parse.value;
    return parse.status == OH_PARSE_OK && parse.value >= 0 && parse.value <= 1e10;
}

static bool take_value(const char *text, size_t length, size_t row, void *context) {
    struct values *values = context;
    double value;
    if (!read_value(values, text, length, &value)) {
        const size_t shown = length < sizeof values->refused ? length : sizeof values->refused - 1;
        memcpy(values->refused, text, shown);
        return false;
    }
    if (values->n == values->capacity) {
        values->capacity = values->capacity > 0 ? values->capacity * 2 : 1024;
        values->value = oh_realloc_array(values->value, values->capacity, sizeof(double));
    }
    values->value[values->n++] = value;
    return true;
}

enum { FILE_ARGUMENT, COLUMN_ARGUMENT };

static void reject_file(const struct oh_dist_body *dist, struct oh_dist_maker *maker,
                        const struct oh_csv_result *result, const struct values *values) {
    char hint[320];
    switch (result->status) {
    case OH_CSV_OK:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_DATA_EMPTY, NULL,
                       "'%s' has no values in column '%s'", dist->file, dist->column);
        break;
    case OH_CSV_UNREADABLE:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_FILE_UNREADABLE, NULL, "cannot read '%s': %s",
                       dist->file, strerror(result->error));
        break;
    case OH_CSV_TOO_LARGE:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_DATA_TOO_LARGE, NULL,
                       "'%s' has more than %d MiB", dist->file, OH_CSV_LARGEST / 1024 / 1024);
        break;
    case OH_CSV_NO_COLUMN:
        if (result->nearest[0] != '\0')
            snprintf(hint, sizeof hint, "did you mean '%s'?", result->nearest);
        else
            snprintf(hint, sizeof hint, "its columns: %s", result->columns);
        oh_dist_reject(maker, COLUMN_ARGUMENT, OH_MSG_COLUMN_MISSING, hint,
                       "'%s' has no column '%s'", dist->file, dist->column);
        break;
    case OH_CSV_SHORT_ROW:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_DATA_INVALID, NULL,
                       "row %zu of '%s' ends before column '%s'", result->row, dist->file,
                       dist->column);
        break;
    case OH_CSV_BAD_QUOTE:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_DATA_INVALID, NULL,
                       "row %zu of '%s' has a quote that is not closed, or inside a cell",
                       result->row, dist->file);
        break;
    case OH_CSV_REFUSED:
        oh_dist_reject(maker, FILE_ARGUMENT, OH_MSG_DATA_INVALID,
                       "a column holds plain numbers of seconds, or durations with their unit",
                       "row %zu of '%s': '%s' in column '%s' is not %s", result->row, dist->file,
                       values->refused, dist->column,
                       dist->unit == OH_UNIT_DURATION ? "a duration of at least 0"
                                                      : "a number of at least 0");
        break;
    }
}

static int compare_values(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void empirical_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    struct values values = {.unit = dist->unit};
    const bool is_relative = dist->file[0] != '/' && maker->directory[0] != '\0';
    const char *path = is_relative
                           ? oh_arena_printf(maker->arena, "%s/%s", maker->directory, dist->file)
                           : dist->file;
    const struct oh_csv_result result = oh_csv_column_read(path, dist->column, take_value, &values);
    if (result.status != OH_CSV_OK || values.n == 0) {
        reject_file(dist, maker, &result, &values);
    } else {
        dist->n = values.n;
        dist->number[0] = OH_NEW_ARRAY(maker->arena, values.n, double);
        memcpy(dist->number[0], values.value, values.n * sizeof(double));
        qsort(dist->number[0], dist->n, sizeof(double), compare_values);
    }
    free(values.value);
}

static double first_value(const struct oh_dist_body *dist) {
    return dist->number[0][0];
}

/* How many of the ascending `list` are at most x. */
static size_t count_up_to(const double *list, size_t n, double x) {
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double empirical_cdf(const struct oh_dist_body *dist, double x) {
    return (double)count_up_to(dist->number[0], dist->n, x) / (double)dist->n;
}

static double empirical_partial(const struct oh_dist_body *dist, double x, int order) {
    double sum = 0;
    for (size_t i = 0; i < dist->n && dist->number[0][i] <= x; i++)
        sum += power(dist->number[0][i], order);
    return sum / (double)dist->n;
}

static double empirical_variance(const struct oh_dist_body *dist) {
    const double mean = empirical_partial(dist, INFINITY, 1);
    double sum = 0;
    for (size_t i = 0; i < dist->n; i++)
        sum += power(dist->number[0][i] - mean, 2);
    return sum / (double)dist->n;
}

static double empirical_inverse(const struct oh_dist_body *dist, double u) {
    const size_t ix = (size_t)(u * (double)dist->n);
    return dist->number[0][ix < dist->n ? ix : dist->n - 1];
}

/* The values of empirical, the times of hazard. */
static void listed_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    for (size_t i = 0; i < dist->n; i++)
        oh_dist_breaks_add(to, dist->number[0][i]);
}

const struct oh_dist_kind oh_dist_kind_empirical = {
    .prepare = empirical_prepare,
    .lower = first_value,
    .cdf = empirical_cdf,
    .partial = empirical_partial,
    .variance = empirical_variance,
    .inverse = empirical_inverse,
    .breaks = listed_breaks,
};

/* ---- hazard: times and rates ----
 *
 * The chance to end per time is rate[i] from time[i] until the next. After a last rate of 0 nothing ends any more: the
 * value is then infinite. */

static void hazard_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const double *time = dist->number[0], *rate = dist->number[1];
    if (time[0] != 0)
        oh_dist_reject(maker, 0, OH_MSG_PARAMETERS_DISAGREE, "begin with the rate from time 0",
                       "the first time of 'hazard' is not 0");
    for (size_t i = 1; i < dist->n; i++)
        if (time[i] <= time[i - 1])
            oh_dist_reject(maker, 2 * i, OH_MSG_PARAMETERS_DISAGREE, NULL,
                           "the times of 'hazard' must rise");
    dist->cumulative = OH_NEW_ARRAY(maker->arena, dist->n, double);
    for (size_t i = 1; i < dist->n; i++)
        dist->cumulative[i] = dist->cumulative[i - 1] + rate[i - 1] * (time[i] - time[i - 1]);
}

static double hazard_lower(const struct oh_dist_body *dist) {
    for (size_t i = 0; i < dist->n; i++)
        if (dist->number[1][i] > 0)
            return dist->number[0][i];
    return INFINITY;
}

static double hazard_until(const struct oh_dist_body *dist, double x) {
    const size_t i = count_up_to(dist->number[0], dist->n, x) - 1;
    return dist->cumulative[i] + dist->number[1][i] * (x - dist->number[0][i]);
}

static double hazard_survival(const struct oh_dist_body *dist, double x) {
    return oh_exp(-hazard_until(dist, x));
}

static double hazard_cdf(const struct oh_dist_body *dist, double x) {
    return -oh_expm1(-hazard_until(dist, x));
}

/* Within a step the density is that of an exponential that has survived so far; times count from its start. */
static double hazard_step_partial(double from, double width, double rate, double surviving,
                                  int order) {
    const double y = rate * width, ending = -oh_expm1(-y);
    const double left = isinf(y) ? 0.0 : oh_exp(-y);
    const double first = (ending - (left > 0 ? y * left : 0.0)) / rate;
    const double second = (2.0 * first - (left > 0 ? y * width * left : 0.0)) / rate;
    if (order == 1)
        return surviving * (from * ending + first);
    return surviving * (from * from * ending + 2.0 * from * first + second);
}

static double hazard_partial(const struct oh_dist_body *dist, double x, int order) {
    const double *time = dist->number[0], *rate = dist->number[1];
    if (x == INFINITY && rate[dist->n - 1] == 0)
        return INFINITY;
    double sum = 0;
    for (size_t i = 0; i < dist->n && time[i] < x; i++) {
        const double to = i + 1 < dist->n ? fmin(time[i + 1], x) : x;
        if (rate[i] > 0)
            sum += hazard_step_partial(time[i], to - time[i], rate[i], oh_exp(-dist->cumulative[i]),
                                       order);
    }
    return sum;
}

/* Rates of 0 leave flat steps: the first time at which the hazard is used up lies before them. */
static double hazard_inverse(const struct oh_dist_body *dist, double u) {
    const double used = -oh_log(1.0 - u);
    const size_t i = count_up_to(dist->cumulative, dist->n, used) - 1;
    const double rate = dist->number[1][i];
    return rate > 0 ? dist->number[0][i] + (used - dist->cumulative[i]) / rate : INFINITY;
}

const struct oh_dist_kind oh_dist_kind_hazard = {
    .prepare = hazard_prepare,
    .lower = hazard_lower,
    .cdf = hazard_cdf,
    .survival = hazard_survival,
    .partial = hazard_partial,
    .inverse = hazard_inverse,
    .breaks = listed_breaks,
};
