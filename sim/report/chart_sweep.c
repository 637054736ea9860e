/* Charts of a sweep, one a metric: a curve over one value, a heat map over two, bars of a tornado. The metric is the
 * result's member "drawn", which plot.c adds: its place in the list of metrics. */
#include <math.h>
#include <string.h>

#include "report/chart.h"
#include "report/say.h"

enum { MOST_TICS = 16, MOST_BARS = 16, MOST_LABELS = 150, MOST_TITLE = 34 };

/* How a metric's numbers are shown. */
struct shown {
    const char *path, *title, *unit;
    int title_bytes;
    double factor;
};

static const json_t *metric_of(const json_t *result) {
    return json_array_get(json_object_get(result, "metrics"),
                          (size_t)json_integer_value(json_object_get(result, "drawn")));
}

/* The title up to what is said in brackets; one that is too long for an axis gives way to the path. */
static void name_axis(struct shown *shown, const char *title) {
    const char *bracket = title != NULL ? strstr(title, " (") : NULL;
    size_t bytes = title == NULL ? 0 : bracket != NULL ? (size_t)(bracket - title) : strlen(title);
    bool is_good = bytes > 0 && bytes <= MOST_TITLE;
    bool is_of_total = strncmp(shown->path, "total.", 6) == 0;
    shown->title = is_good ? title : is_of_total ? shown->path + 6 : shown->path;
    shown->title_bytes = (int)(is_good ? bytes : strlen(shown->title));
}

static struct shown show(const json_t *result, double largest) {
    const json_t *metric = metric_of(result);
    const char *unit = json_string_value(json_object_get(metric, "unit"));
    const char *title = json_string_value(json_object_get(metric, "title"));
    const char *path = json_string_value(json_object_get(metric, "path"));
    struct shown shown = {.path = path != NULL ? path : "", .unit = "", .factor = 1};
    name_axis(&shown, title);
    if (unit != NULL && strcmp(unit, "share") == 0) {
        shown.unit = ", %";
        shown.factor = 100;
    } else if (unit != NULL && strcmp(unit, "s") == 0) {
        bool is_long = largest >= 300;
        shown.unit = is_long ? ", min" : ", s";
        shown.factor = is_long ? 1.0 / 60 : 1;
    }
    return shown;
}

static size_t parameters_of(const json_t *result) {
    return json_array_size(json_object_get(result, "parameters"));
}

static const json_t *parameter_of(const json_t *result, size_t ix) {
    return json_array_get(json_object_get(result, "parameters"), ix);
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static const char *value_text(const json_t *parameter, size_t ix) {
    const char *text = json_string_value(json_array_get(json_object_get(parameter, "values"), ix));
    return text != NULL ? text : "";
}

static size_t values_of(const json_t *parameter) {
    return json_array_size(json_object_get(parameter, "values"));
}

/* Where a value stands on the axis: at its number, or, where some are none, at its place in the list. */
static double position(const json_t *parameter, size_t ix) {
    const json_t *numbers = json_object_get(parameter, "numbers"), *number;
    size_t i;
    json_array_foreach(numbers, i, number) {
        if (!json_is_number(number))
            return (double)ix;
    }
    return json_number_value(json_array_get(numbers, ix));
}

static struct oh_estimate estimate_at(const json_t *result, size_t cell) {
    const json_t *cells = json_object_get(result, "cells");
    return oh_chart_estimate(json_object_get(json_array_get(cells, cell), "metrics"),
                             text_of(metric_of(result), "path"));
}

static size_t cells_of(const json_t *result) {
    return json_array_size(json_object_get(result, "cells"));
}

static double largest_value(const json_t *result) {
    double largest = -INFINITY;
    for (size_t c = 0; c < cells_of(result); c++)
        largest = fmax(largest, estimate_at(result, c).value);
    return largest;
}

static bool is_drawn(const json_t *goal, const char *path) {
    return json_is_object(goal) && strcmp(text_of(goal, "metric"), path) == 0;
}

static void put_subtitle(const json_t *result, struct oh_text *to) {
    const json_t *goal = json_object_get(result, "goal"), *run = json_object_get(result, "run");
    char number[40];
    if (is_drawn(goal, text_of(metric_of(result), "path"))) {
        oh_text_puts(to, text_of(goal, "verdict"));
        return;
    }
    double confidence = json_number_value(json_object_get(run, "confidence"));
    double by = json_number_value(json_object_get(json_object_get(result, "tornado"), "by"));
    if (by > 0)
        oh_text_printf(to, "each value made %s%% smaller and larger, ",
                       oh_number_print(100 * by, 6, number, sizeof number));
    oh_text_puts(to, "on the same callers");
    if (by > 0 || parameters_of(result) == 1)
        oh_text_printf(to, "; %s%% intervals",
                       oh_number_print(100 * confidence, 6, number, sizeof number));
    if (json_is_false(json_object_get(run, "complete")))
        oh_text_puts(to, "; stopped early");
}

/* Texts of any chart of a sweep: titles, axes. */
static void put_texts(const json_t *result, const struct shown *shown, const char *x_axis,
                      const char *y_axis, struct oh_text *to) {
    struct oh_text subtitle = {0};
    put_subtitle(result, &subtitle);
    oh_chart_titles(result, subtitle.data, to);
    oh_chart_text("x axis", x_axis, to);
    oh_chart_text("y axis", y_axis, to);
    struct oh_text metric = {0};
    oh_text_printf(&metric, "%.*s%s", shown->title_bytes, shown->title, shown->unit);
    oh_chart_text("metric", metric.data, to);
    oh_text_fini(&subtitle);
    oh_text_fini(&metric);
}

/* Position and text of as many values as an axis has room for. */
static void put_tics(const json_t *parameter, bool by_place, struct oh_text *to) {
    size_t n = values_of(parameter), step = (n + MOST_TICS - 1) / MOST_TICS;
    for (size_t i = 0; i < n; i += step) {
        double x = by_place ? (double)i : position(parameter, i);
        oh_chart_numbers(&x, 1, to);
        oh_text_puts(to, "\t");
        oh_chart_quote(value_text(parameter, i), to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
}

/* ---- one value ---- */

static void put_points(const json_t *result, const struct shown *shown, struct oh_text *to) {
    for (size_t c = 0; c < cells_of(result); c++) {
        struct oh_estimate e = estimate_at(result, c);
        if (isnan(e.value))
            continue;
        double f = shown->factor;
        double low = isnan(e.low) ? e.value : e.low, high = isnan(e.high) ? e.value : e.high;
        oh_chart_numbers(
            (double[]){position(parameter_of(result, 0), c), f * e.value, f * low, f * high}, 4,
            to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
}

const char *oh_chart_curve(const json_t *result, struct oh_text *to) {
    bool is_zipped = json_is_true(json_object_get(json_object_get(result, "run"), "zipped"));
    if (parameters_of(result) != 1 && !(is_zipped && parameters_of(result) > 1))
        return "not one value was varied";
    double largest = largest_value(result);
    if (isinf(largest))
        return "the metric has no value";
    struct shown shown = show(result, largest);
    const json_t *goal = json_object_get(result, "goal");
    double limit = is_drawn(goal, shown.path)
                       ? shown.factor * json_number_value(json_object_get(goal, "limit"))
                       : NAN;
    struct oh_text y_axis = {0};
    oh_text_printf(&y_axis, "%.*s%s", shown.title_bytes, shown.title, shown.unit);
    put_texts(result, &shown, text_of(parameter_of(result, 0), "path"), y_axis.data, to);
    oh_text_fini(&y_axis);
    oh_chart_text("goal", isnan(limit) ? "" : text_of(goal, "condition"), to);
    oh_chart_end_block(to);
    put_points(result, &shown, to);
    put_tics(parameter_of(result, 0), false, to);
    double drawn = isnan(limit) ? 0 : limit;
    oh_chart_numbers(&drawn, 1, to);
    oh_text_puts(to, "\n");
    oh_chart_end_block(to);
    return NULL;
}

/* ---- two values ---- */

static void put_fields(const json_t *result, const struct shown *shown, struct oh_text *to) {
    const char *unit = text_of(metric_of(result), "unit");
    size_t across = values_of(parameter_of(result, 1));
    bool has_labels = cells_of(result) <= MOST_LABELS;
    for (size_t c = 0; c < cells_of(result); c++) {
        struct oh_estimate e = estimate_at(result, c);
        enum oh_metric_unit said_as = strcmp(unit, "share") == 0 ? OH_M_SHARE
                                      : strcmp(unit, "s") == 0   ? OH_M_SECONDS
                                                                 : OH_M_RATIO;
        size_t row = c / across, column = c % across;
        oh_chart_numbers((double[]){(double)row, (double)column, shown->factor * e.value}, 3, to);
        oh_text_puts(to, "\t");
        oh_chart_quote(has_labels ? oh_say(&e, said_as).value : "", to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
}

const char *oh_chart_heat(const json_t *result, struct oh_text *to) {
    if (parameters_of(result) != 2 ||
        json_is_true(json_object_get(json_object_get(result, "run"), "zipped")))
        return "not two values were varied, each with each";
    double largest = largest_value(result);
    if (isinf(largest))
        return "the metric has no value";
    struct shown shown = show(result, largest);
    put_texts(result, &shown, text_of(parameter_of(result, 0), "path"),
              text_of(parameter_of(result, 1), "path"), to);
    oh_chart_end_block(to);
    put_fields(result, &shown, to);
    put_tics(parameter_of(result, 0), true, to);
    put_tics(parameter_of(result, 1), true, to);
    return NULL;
}

/* ---- tornado ---- */

static struct oh_estimate effect_of(const json_t *bar, const char *side, const char *path) {
    const json_t *effects = json_object_get(json_object_get(bar, side), "effects");
    const json_t *effect = json_object_get(effects, path);
    double number[3];
    static const char *const keys[] = {"difference", "low", "high"};
    for (size_t i = 0; i < 3; i++) {
        const json_t *value = json_object_get(effect, keys[i]);
        number[i] = json_is_number(value) ? json_number_value(value) : NAN;
    }
    return (struct oh_estimate){number[0], number[1], number[2]};
}

static double size_of(const json_t *bar, const char *path) {
    return fmax(fabs(effect_of(bar, "less", path).value), fabs(effect_of(bar, "more", path).value));
}

static void put_bar(const json_t *bar, size_t rank, const struct shown *shown, struct oh_text *to) {
    struct oh_estimate less = effect_of(bar, "less", shown->path),
                       more = effect_of(bar, "more", shown->path);
    double f = shown->factor;
    oh_chart_numbers((double[]){(double)rank, f * less.value, f * less.low, f * less.high,
                                f * more.value, f * more.low, f * more.high},
                     7, to);
    const char *const texts[] = {text_of(bar, "path"),
                                 text_of(json_object_get(bar, "less"), "value"),
                                 text_of(json_object_get(bar, "more"), "value")};
    for (size_t i = 0; i < 3; i++) {
        oh_text_puts(to, "\t");
        oh_chart_quote(texts[i], to);
    }
    oh_text_puts(to, "\n");
}

/* Bars of the drawn metric, largest first: as many as there is room for. */
static void put_bars(const json_t *bars, const struct shown *shown, struct oh_text *to) {
    size_t n = json_array_size(bars);
    for (size_t rank = 0, done = 0; rank < MOST_BARS && done < n; rank++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            const json_t *bar = json_array_get(bars, i);
            size_t before = 0;
            for (size_t k = 0; k < n; k++) {
                double other = size_of(json_array_get(bars, k), shown->path);
                double own = size_of(bar, shown->path);
                before += other > own || (other == own && k < i);
            }
            if (before == rank)
                best = i;
        }
        if (best == n)
            break;
        put_bar(json_array_get(bars, best), rank, shown, to);
        done++;
    }
    oh_chart_end_block(to);
}

const char *oh_chart_tornado(const json_t *result, struct oh_text *to) {
    const json_t *bars = json_object_get(json_object_get(result, "tornado"), "bars"), *bar;
    size_t i;
    double largest = 0;
    if (json_array_size(bars) == 0)
        return "it was no tornado";
    json_array_foreach(bars, i, bar) {
        largest = fmax(largest, size_of(bar, text_of(metric_of(result), "path")));
    }
    struct shown shown = show(result, largest);
    struct oh_text axis = {0};
    oh_text_printf(&axis, "change of %.*s%s", shown.title_bytes, shown.title,
                   strcmp(shown.unit, ", %") == 0 ? ", points" : shown.unit);
    put_texts(result, &shown, axis.data, "", to);
    oh_text_fini(&axis);
    oh_chart_end_block(to);
    put_bars(bars, &shown, to);
    return NULL;
}
