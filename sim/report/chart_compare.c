/* The chart of a comparison: differences with their intervals, shares in points and waits in a unit of time. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart.h"
#include "report/say.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { MOST_ROWS = 24 };

/* What is drawn, panel by panel, from the top. */
static const struct {
    const char *path, *name;
    enum oh_metric_unit unit;
} metrics[] = {
    {"total.reached", "reached a person", OH_M_SHARE},
    {"total.service_level", "service level", OH_M_SHARE},
    {"total.abandonment", "abandoned", OH_M_SHARE},
    {"total.blocking", "busy signal", OH_M_SHARE},
    {"total.disconnection", "disconnected", OH_M_SHARE},
    {"total.wait_answered.mean", "average wait", OH_M_SECONDS},
    {"total.time_to_reach.mean", "time to reach", OH_M_SECONDS},
};

/* The differences to draw. */
struct rows {
    size_t n, more; /* more: not drawn for want of room */
    struct {
        size_t metric;
        const json_t *pair;
    } row[MOST_ROWS];
};

static double number_of(const json_t *pair, const char *key) {
    const json_t *value = json_object_get(pair, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *text_of(const json_t *pair, const char *key) {
    const char *text = json_string_value(json_object_get(pair, key));
    return text != NULL ? text : "";
}

/* Nobody is blocked where there is no limit of lines: not worth a row. */
static bool is_worth(const json_t *pair) {
    double a = number_of(pair, "value_a"), b = number_of(pair, "value_b");
    return !isnan(number_of(pair, "difference")) && (a != 0 || b != 0);
}

/* Where nobody tries again the time to reach a person is the wait. */
static bool is_told(const struct rows *rows, const json_t *pair) {
    for (size_t i = 0; i < rows->n; i++) {
        const json_t *other = rows->row[i].pair;
        if (strcmp(text_of(other, "a"), text_of(pair, "a")) == 0 &&
            strcmp(text_of(other, "b"), text_of(pair, "b")) == 0 &&
            strcmp(text_of(other, "unit"), text_of(pair, "unit")) == 0 &&
            number_of(other, "value_a") == number_of(pair, "value_a") &&
            number_of(other, "value_b") == number_of(pair, "value_b"))
            return true;
    }
    return false;
}

static void find_rows(const json_t *result, struct rows *rows) {
    const json_t *pairs = json_object_get(result, "pairs"), *pair;
    size_t i;
    for (size_t m = 0; m < N_OF(metrics); m++)
        json_array_foreach(pairs, i, pair) {
            if (strcmp(text_of(pair, "metric"), metrics[m].path) != 0 || !is_worth(pair) ||
                is_told(rows, pair))
                continue;
            if (rows->n == MOST_ROWS) {
                rows->more++;
                continue;
            }
            rows->row[rows->n].metric = m;
            rows->row[rows->n++].pair = pair;
        }
}

/* ---- texts ---- */

static size_t scenarios_of(const json_t *result) {
    return json_array_size(json_object_get(result, "scenarios"));
}

static bool is_against_first(const json_t *result) {
    const json_t *scenarios = json_object_get(result, "scenarios"), *pair;
    const char *first = text_of(json_array_get(scenarios, 0), "label");
    size_t i;
    json_array_foreach(json_object_get(result, "pairs"), i, pair) {
        if (strcmp(text_of(pair, "a"), first) != 0)
            return false;
    }
    return true;
}

static void print_title(const json_t *result, struct oh_text *to) {
    const json_t *scenarios = json_object_get(result, "scenarios");
    const char *first = text_of(json_array_get(scenarios, 0), "label");
    if (scenarios_of(result) == 2)
        oh_text_printf(to, "%s against %s", text_of(json_array_get(scenarios, 1), "label"), first);
    else if (is_against_first(result))
        oh_text_printf(to, "%zu scenarios against %s", scenarios_of(result) - 1, first);
    else
        oh_text_printf(to, "%zu scenarios, each against each", scenarios_of(result));
}

static void print_subtitle(const json_t *result, const struct rows *rows, struct oh_text *to) {
    const json_t *run = json_object_get(result, "run");
    double replications = number_of(run, "replications");
    char count[40], percent[40];
    oh_text_printf(to, "%s replication%s on the same callers",
                   oh_count_say(replications, count, sizeof count), replications == 1 ? "" : "s");
    if (replications > 1)
        oh_text_printf(
            to, ", %s%% intervals%s",
            oh_number_print(100 * number_of(run, "confidence"), 6, percent, sizeof percent),
            number_of(run, "comparisons") > 1 ? " that hold for all comparisons together" : "");
    if (rows->more > 0)
        oh_text_printf(to, "; %zu more differences are not drawn", rows->more);
}

/* The unit in which the longest wait reads well. */
struct time_unit {
    const char *name;
    double seconds;
};

static struct time_unit unit_of(const struct rows *rows) {
    static const struct time_unit units[] = {{"hours", 3600}, {"minutes", 60}};
    double most = 0;
    for (size_t i = 0; i < rows->n; i++)
        if (metrics[rows->row[i].metric].unit == OH_M_SECONDS)
            most = fmax(most, fabs(number_of(rows->row[i].pair, "difference")));
    for (size_t u = 0; u < N_OF(units); u++)
        if (most >= 2 * units[u].seconds)
            return units[u];
    return (struct time_unit){"seconds", 1};
}

static void put_texts(const json_t *result, const struct rows *rows, struct oh_text *to) {
    struct oh_text title = {0}, subtitle = {0}, axis = {0};
    print_title(result, &title);
    print_subtitle(result, rows, &subtitle);
    oh_text_printf(&axis, "%s more or less", unit_of(rows).name);
    json_t *named = json_pack("{s:{s:s}}", "scenario", "name", title.data);
    oh_chart_titles(named, subtitle.data, to);
    json_decref(named);
    oh_chart_text("x axis of shares", "percentage points more or less", to);
    oh_chart_text("x axis of times", axis.data, to);
    oh_chart_end_block(to);
    oh_text_fini(&title);
    oh_text_fini(&subtitle);
    oh_text_fini(&axis);
}

/* ---- rows ---- */

static void print_name(const json_t *result, const struct rows *rows, size_t i,
                       struct oh_text *to) {
    const json_t *pair = rows->row[i].pair;
    oh_text_puts(to, metrics[rows->row[i].metric].name);
    if (scenarios_of(result) > 2)
        oh_text_printf(to, ", %s", text_of(pair, "b"));
    if (!is_against_first(result))
        oh_text_printf(to, " against %s", text_of(pair, "a"));
}

/* 1 better, -1 worse, 0 no difference shown, 2 neither good nor bad. */
static double colour_of(const json_t *pair) {
    const json_t *better = json_object_get(pair, "better");
    const char *change = text_of(pair, "change");
    if (json_is_boolean(better))
        return json_is_true(better) ? 1 : -1;
    return strcmp(change, "more") == 0 || strcmp(change, "less") == 0 ? 2 : 0;
}

static void put_row(const json_t *result, const struct rows *rows, size_t i, double panel,
                    double place, struct oh_text *to) {
    const json_t *pair = rows->row[i].pair;
    enum oh_metric_unit unit = metrics[rows->row[i].metric].unit;
    double scale = unit == OH_M_SHARE ? 100 : 1 / unit_of(rows).seconds;
    struct oh_estimate d = {number_of(pair, "difference"), number_of(pair, "low"),
                            number_of(pair, "high")};
    bool has_limits = !isnan(d.low) && !isnan(d.high);
    double values[] = {panel,
                       place,
                       scale * d.value,
                       scale * (has_limits ? d.low : d.value),
                       scale * (has_limits ? d.high : d.value),
                       colour_of(pair)};
    struct oh_text name = {0}, said = {0};
    print_name(result, rows, i, &name);
    oh_text_puts(&said, d.value < 0 ? "\xE2\x88\x92" : "+");
    oh_say_size(d.value, (d.high - d.low) / 2, unit, &said);
    char *points = strstr(said.data, " points");
    if (points != NULL)
        *points = '\0';
    oh_chart_numbers(values, N_OF(values), to);
    oh_text_puts(to, "\t");
    oh_chart_quote(name.data, to);
    oh_text_puts(to, "\t");
    oh_chart_quote(said.data, to);
    oh_text_puts(to, "\n");
    oh_text_fini(&name);
    oh_text_fini(&said);
}

const char *oh_chart_compare(const json_t *result, struct oh_text *to) {
    struct rows rows = {0};
    find_rows(result, &rows);
    if (rows.n == 0)
        return "no two scenarios were compared by what it shows";
    put_texts(result, &rows, to);
    double place = 0;
    for (size_t i = 0; i < rows.n; i++) {
        enum oh_metric_unit unit = metrics[rows.row[i].metric].unit;
        if (i > 0 && unit != metrics[rows.row[i - 1].metric].unit)
            place = 0;
        put_row(result, &rows, i, unit == OH_M_SHARE ? 0 : 1, place++, to);
    }
    return NULL;
}
