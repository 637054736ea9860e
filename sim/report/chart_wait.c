/* The distribution of waits, and what became of the contacts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/say.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* ---- wait ---- */

static const json_t *curve_of(const json_t *result, const char *metric) {
    const json_t *curves = json_object_get(result, "distributions"), *curve;
    size_t i;
    json_array_foreach(curves, i, curve) {
        const char *type = json_string_value(json_object_get(curve, "type"));
        const char *id = json_string_value(json_object_get(curve, "metric"));
        size_t n = json_array_size(json_object_get(curve, "share"));
        if (type != NULL && id != NULL && strcmp(type, "total") == 0 && strcmp(id, metric) == 0 &&
            n > 0 && json_array_size(json_object_get(curve, "edges")) == n + 1)
            return curve;
    }
    return NULL;
}

static double at(const json_t *curve, const char *member, size_t i) {
    return json_number_value(json_array_get(json_object_get(curve, member), i));
}

static double or_zero(double value) {
    return isnan(value) ? 0 : value;
}

static double n_queued(const json_t *total) {
    static const char *const queued[] = {"answered", "abandoned", "cut_off", "message", "dropped"};
    double sum = 0;
    for (size_t i = 0; i < N_OF(queued); i++)
        sum += or_zero(oh_chart_value(total, queued[i]));
    return sum;
}

/* Who left is answered by nobody, so those who did not wait at all were answered at once. */
static double share_at_once(const json_t *total) {
    double share =
        (n_queued(total) - oh_chart_value(total, "delayed")) / oh_chart_value(total, "answered");
    return share > 0 ? fmin(share, 1) : 0;
}

struct unit {
    const char *name;
    double seconds, up_to_s; /* used for axes up to this */
};
static const struct unit units[] = {
    {"seconds", 1, 300}, {"minutes", 60, 3 * 3600}, {"hours", 3600, INFINITY}};

static const struct unit *unit_for(double right_s) {
    const struct unit *unit = units;
    while (right_s > unit->up_to_s)
        unit++;
    return unit;
}

static void put_wait_subtitle(const json_t *result, double at_once, struct oh_text *to) {
    oh_chart_headline(result, to);
    if (at_once < 0.0005)
        return;
    struct oh_estimate e = {at_once, at_once - 0.001, at_once + 0.001}; /* to a tenth of a point */
    oh_text_printf(to, "; %s of those answered had no wait (not drawn)",
                   oh_say(&e, OH_M_SHARE).value);
}

static void put_wait_texts(const json_t *result, double at_once, double bin_s,
                           const struct unit *unit, struct oh_text *to) {
    struct oh_text text = {0};
    char duration[40];
    put_wait_subtitle(result, at_once, &text);
    oh_chart_titles(result, text.data, to);
    oh_text_fini(&text);
    oh_text_printf(&text, "wait in the queue (%s)", unit->name);
    oh_chart_text("x axis", text.data, to);
    oh_text_fini(&text);
    const char *bin = oh_duration_say(bin_s, duration, sizeof duration);
    oh_text_printf(&text, "share of those who queued, per %s",
                   bin + (strncmp(bin, "1 ", 2) == 0 ? 2 : 0));
    oh_chart_text("y axis", text.data, to);
    oh_text_fini(&text);
    oh_chart_text("answered", "answered", to);
    oh_chart_text("abandoned", "abandoned", to);
    oh_chart_end_block(to);
}

static void put_percentiles(const json_t *total, double right_s, const struct unit *unit,
                            struct oh_text *to) {
    static const struct {
        const char *id, *share;
    } marks[] = {{"wait_answered.p50", "50%"}, {"wait_answered.p90", "90%"}};
    const char *of = " of those answered"; /* said once */
    for (size_t i = 0; i < N_OF(marks); i++) {
        struct oh_estimate e = oh_chart_estimate(total, marks[i].id);
        if (!(e.value > 0) || e.value > right_s)
            continue;
        double x = e.value / unit->seconds;
        oh_chart_numbers(&x, 1, to);
        oh_text_printf(to, "\t\"%s%s within %s\"\n", marks[i].share, of,
                       oh_say(&e, OH_M_SECONDS).value);
        of = "";
    }
    oh_text_puts(to, "-1\t\"\"\n"); /* off the axis: the block is there even when no mark is */
    oh_chart_end_block(to);
}

/* The first bin holds those who did not wait; they would hide all others. */
static double bin_share(const json_t *curve, size_t i, double at_once) {
    return fmax(0, at(curve, "share", i) - (i == 0 ? at_once : 0));
}

const char *oh_chart_wait(const json_t *result, struct oh_text *to) {
    const json_t *total = json_object_get(result, "total");
    const json_t *answered = curve_of(result, "wait_answered");
    const json_t *abandoned = curve_of(result, "wait_abandoned");
    const json_t *any = answered != NULL ? answered : abandoned;
    if (any == NULL)
        return "nobody queued";
    if (oh_chart_value(total, "wait_all.max") == 0)
        return "nobody waited";
    double n_answered = or_zero(oh_chart_value(total, "answered"));
    double n_abandoned = or_zero(oh_chart_value(total, "abandoned"));
    double all = n_queued(total), at_once = share_at_once(total);
    if (!(all > 0))
        return "nobody queued";
    size_t n = json_array_size(json_object_get(any, "share"));
    double right_s = at(any, "edges", n), bin_s = at(any, "edges", 1) - at(any, "edges", 0);
    const struct unit *unit = unit_for(right_s);

    put_wait_texts(result, at_once, bin_s, unit, to);
    for (size_t i = 0; i <= n; i++) { /* the last row only ends the staircase */
        size_t bin = i < n ? i : n - 1;
        double of_answered = answered != NULL ? bin_share(answered, bin, at_once) : 0;
        double of_abandoned = abandoned != NULL ? bin_share(abandoned, bin, 0) : 0;
        double row[] = {at(any, "edges", i) / unit->seconds, 100 * of_answered * n_answered / all,
                        100 * of_abandoned * n_abandoned / all};
        oh_chart_numbers(row, N_OF(row), to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
    put_percentiles(total, right_s, unit, to);
    return NULL;
}

/* ---- outcomes ---- */

enum { MOST_BARS = 10 };

/* Columns of a bar; an outcome that is no metric of its own is the sum of what is named. */
static const char *const columns[][3] = {
    {"answered"}, {"abandoned"}, {"disconnected", "cut_off"}, {"blocked"}, {"dropped"},
    {"balked"},   {"message"},   {"callback_lost"},
};

static double sum_of(const json_t *scope, const char *const *ids, size_t most) {
    double sum = 0;
    for (size_t i = 0; i < most && ids[i] != NULL; i++)
        sum += or_zero(oh_chart_value(scope, ids[i]));
    return sum;
}

static double sought_of(const json_t *scope) {
    double sum = 0;
    for (size_t c = 0; c < N_OF(columns); c++)
        sum += sum_of(scope, columns[c], N_OF(columns[c]));
    return sum;
}

static void put_bar(unsigned bar, const char *name, const double *percents, struct oh_text *to) {
    oh_text_printf(to, "%u\t", bar);
    oh_chart_quote(name, to);
    oh_text_puts(to, "\t");
    oh_chart_numbers(percents, N_OF(columns) + 1, to);
    oh_text_puts(to, "\n");
}

static bool put_outcomes(unsigned bar, const char *name, const json_t *scope, struct oh_text *to) {
    double percents[N_OF(columns) + 1] = {0}, sought = sought_of(scope);
    if (!(sought > 0))
        return false;
    for (size_t c = 0; c < N_OF(columns); c++)
        percents[c] = 100 * sum_of(scope, columns[c], N_OF(columns[c])) / sought;
    put_bar(bar, name, percents, to);
    return true;
}

static void put_people(unsigned bar, const json_t *total, struct oh_text *to) {
    double percents[N_OF(columns) + 1] = {0};
    percents[0] = 100 * oh_chart_value(total, "reached_people");
    percents[N_OF(columns)] = 100 - percents[0];
    if (!isnan(percents[0]))
        put_bar(bar, "people", percents, to);
}

struct member {
    const char *name;
    const json_t *scope;
    double size;
};

static int by_size(const void *left, const void *right) {
    const struct member *a = left, *b = right;
    return (a->size < b->size) - (a->size > b->size);
}

/* All types, or the largest where there are too many for a slide. */
static unsigned put_types(unsigned bar, json_t *types, struct oh_text *to) {
    size_t n = 0;
    struct member *members = oh_calloc(json_object_size(types) + 1, sizeof *members);
    const char *name;
    json_t *scope;
    json_object_foreach(types, name, scope) {
        members[n++] = (struct member){name, scope, sought_of(scope)};
    }
    if (n > MOST_BARS)
        qsort(members, n, sizeof *members, by_size);
    for (size_t i = 0; i < n && i < MOST_BARS; i++)
        bar += put_outcomes(bar, members[i].name, members[i].scope, to);
    free(members);
    return bar;
}

const char *oh_chart_outcomes(const json_t *result, struct oh_text *to) {
    const json_t *total = json_object_get(result, "total");
    json_t *types = json_object_get(result, "contacts");
    if (!(sought_of(total) > 0))
        return "no contact wanted a person";
    struct oh_text text = {0};
    oh_chart_headline(result, &text);
    oh_chart_titles(result, text.data, to);
    oh_text_fini(&text);
    bool has_types = json_object_size(types) > 1;
    bool has_people = oh_chart_value(total, "redials") > 0;
    oh_chart_text("x axis",
                  has_people ? "share of the contacts that wanted a person; below, of the people"
                             : "share of the contacts that wanted a person",
                  to);
    oh_chart_end_block(to);

    unsigned bar = put_outcomes(0, has_types ? "all contacts" : "contacts", total, to);
    if (has_types)
        bar = put_types(bar, types, to);
    if (has_people)
        put_people(bar, total, to);
    oh_chart_end_block(to);
    return NULL;
}
