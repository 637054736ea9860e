/* Charts over the time of day: contacts and staffing, and the queue. Rows of the same weekday and time are averaged; a
 * week stands day by day on one axis, without the hours at which nothing happens on any day. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/chart.h"
#include "report/say.h"
#include "report/writers.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { DAYS = 7, WORKING_DAYS = 5, MOST_TICS = 30 };

enum value {
    ANSWERED,
    ABANDONED,
    DISCONNECTED,
    BLOCKED,
    DROPPED,
    MESSAGE,
    OTHER,
    ON_DUTY,
    BUSY,
    QUEUE,
    QUEUE_LOW,
    QUEUE_HIGH,
    N_VALUES
};

static const struct {
    enum value value;
    const char *id; /* of row's total */
} sources[] = {
    {ANSWERED, "answered"},    {ABANDONED, "abandoned"},   {DISCONNECTED, "disconnected"},
    {DISCONNECTED, "cut_off"}, {BLOCKED, "blocked"},       {OTHER, "balked"},
    {MESSAGE, "message"},      {OTHER, "callback_lost"},   {DROPPED, "dropped"},
    {ON_DUTY, "on_duty"},      {BUSY, "busy_agents.mean"}, {QUEUE, "queue_length.mean"}};

/* An interval of a weekday. */
struct slot {
    uint32_t day; /* 0 for the weekday that the axis begins with */
    double start_h;
    double n; /* rows that it stands for */
    double values[N_VALUES];
};

struct week {
    struct slot *slots; /* by day, then by start */
    size_t n;
    double interval_h, first_h, span_h; /* of a day on the axis */
    double offset_h;                    /* where the first slot would stand */
    uint32_t days[DAYS];                /* present, in order */
    uint32_t n_days;
    uint32_t first_weekday;
    bool is_averaged; /* over several days with the same name */
};

static double hours_of(const char *clock) {
    unsigned hour = 0, minute = 0, second = 0;
    if (clock == NULL || sscanf(clock, "%2u:%2u:%2u", &hour, &minute, &second) < 2)
        return NAN;
    return hour + minute / 60.0 + second / 3600.0;
}

static uint32_t weekday_of(const json_t *row) {
    const char *name = json_string_value(json_object_get(row, "weekday"));
    for (uint32_t d = 0; name != NULL && d < DAYS; d++)
        if (strcmp(name, oh_weekday_name(d)) == 0)
            return d;
    double day = json_number_value(json_object_get(row, "day"));
    return day >= 1 && day < 1e9 ? (uint32_t)(day - 1) % DAYS : 0;
}

static struct slot read_slot(const json_t *row, uint32_t first_weekday) {
    struct slot slot = {.n = 1};
    const json_t *total = json_object_get(row, "total");
    slot.start_h = hours_of(json_string_value(json_object_get(row, "start")));
    slot.day = (weekday_of(row) + DAYS - first_weekday) % DAYS;
    for (size_t i = 0; i < N_OF(sources); i++) {
        double value = oh_chart_value(total, sources[i].id);
        slot.values[sources[i].value] += isnan(value) ? 0 : value;
    }
    const json_t *low = json_object_get(row, "queue_p10"),
                 *high = json_object_get(row, "queue_p90");
    slot.values[QUEUE_LOW] = json_is_number(low) ? json_number_value(low) : NAN;
    slot.values[QUEUE_HIGH] = json_is_number(high) ? json_number_value(high) : NAN;
    return slot;
}

static bool is_active(const struct slot *slot) {
    double contacts = 0;
    for (int v = ANSWERED; v <= OTHER; v++)
        contacts += slot->values[v];
    return contacts > 0 || slot->values[ON_DUTY] > 0 || slot->values[QUEUE] > 0;
}

static int by_time(const void *left, const void *right) {
    const struct slot *a = left, *b = right;
    int days = (a->day > b->day) - (a->day < b->day);
    return days != 0 ? days : (a->start_h > b->start_h) - (a->start_h < b->start_h);
}

/* Neighbours of one weekday and time become their average. */
static void average(struct week *week) {
    size_t n = 0;
    qsort(week->slots, week->n, sizeof *week->slots, by_time);
    for (size_t i = 0; i < week->n; i++) {
        struct slot *slot = &week->slots[i], *last = n > 0 ? &week->slots[n - 1] : NULL;
        if (last == NULL || by_time(last, slot) != 0) {
            week->slots[n++] = *slot;
            continue;
        }
        last->n++;
        for (int v = 0; v < N_VALUES; v++)
            last->values[v] += (slot->values[v] - last->values[v]) / last->n;
        week->is_averaged = true;
    }
    week->n = n;
}

static void drop_idle(struct week *week) {
    double first = INFINITY, last = -INFINITY;
    bool has_day[DAYS] = {false};
    for (size_t i = 0; i < week->n; i++) {
        if (!is_active(&week->slots[i]))
            continue;
        first = fmin(first, week->slots[i].start_h);
        last = fmax(last, week->slots[i].start_h + week->interval_h);
        has_day[week->slots[i].day] = true;
    }
    size_t n = 0;
    for (size_t i = 0; i < week->n; i++) {
        const struct slot *slot = &week->slots[i];
        if (has_day[slot->day] && slot->start_h >= first && slot->start_h < last)
            week->slots[n++] = *slot;
    }
    week->n = n;
    week->first_h = first;
    week->span_h = fmin(last, 24) - first;
    for (uint32_t d = 0; d < DAYS; d++)
        if (has_day[d])
            week->days[week->n_days++] = d;
}

static double position(const struct week *week, const struct slot *slot) {
    uint32_t d = 0;
    while (week->days[d] != slot->day)
        d++;
    return d * week->span_h + slot->start_h - week->first_h - week->offset_h;
}

/* A week begins on Monday; fewer days stand in the order in which they come. */
static uint32_t first_weekday_of(const json_t *rows) {
    const json_t *row;
    size_t i;
    uint32_t days = 0;
    json_array_foreach(rows, i, row) {
        days |= 1u << weekday_of(row);
    }
    bool is_week = __builtin_popcount(days) >= WORKING_DAYS;
    return is_week ? 0 : weekday_of(json_array_get(rows, 0));
}

/* false if there is nothing to draw. The caller frees week->slots. */
static bool read_week(const json_t *result, struct week *week) {
    const json_t *rows = json_object_get(result, "intervals"), *row;
    const json_t *run = json_object_get(result, "run");
    size_t i, n = json_array_size(rows);
    *week = (struct week){.interval_h = json_number_value(json_object_get(run, "interval")) / 3600};
    if (n == 0 || !(week->interval_h > 0))
        return false;
    week->slots = oh_malloc(n * sizeof *week->slots);
    week->first_weekday = first_weekday_of(rows);
    json_array_foreach(rows, i, row) {
        week->slots[week->n] = read_slot(row, week->first_weekday);
        week->n += !isnan(week->slots[week->n].start_h);
    }
    average(week);
    drop_idle(week);
    if (week->n > 0)
        week->offset_h = position(week, &week->slots[0]);
    return week->n > 0;
}

static double end_position(const struct week *week, const struct slot *slot) {
    double left =
        week->first_h + week->span_h - slot->start_h; /* the last one may be cut by midnight */
    return position(week, slot) + fmin(week->interval_h, left);
}

/* A single day has room for longer labels. */
static int tic_step(const struct week *week) {
    static const int steps[] = {1, 2, 3, 4, 6, 8, 12};
    int most = week->n_days > 1 ? MOST_TICS : MOST_TICS / 2;
    size_t i = 0;
    while (i + 1 < N_OF(steps) && week->n_days * ceil(week->span_h / steps[i]) > most)
        i++;
    return steps[i];
}

static double right_end(const struct week *week) {
    return end_position(week, &week->slots[week->n - 1]);
}

static void put_tics(const struct week *week, struct oh_text *to) {
    int step = tic_step(week);
    bool is_week = week->n_days > 1;
    double right = right_end(week);
    for (uint32_t d = 0; d < week->n_days; d++) {
        double end = week->first_h + week->span_h;
        int first = (int)ceil(week->first_h / step) * step;
        for (int hour = first; hour < end || (!is_week && hour <= end); hour += step) {
            double x = d * week->span_h + hour - week->first_h - week->offset_h;
            if (x < 0 || x > right)
                continue;
            oh_chart_numbers(&x, 1, to);
            oh_text_printf(to, is_week ? "\t\"%d\"\n" : "\t\"%02d:00\"\n", hour);
        }
    }
    oh_chart_end_block(to);
}

/* from, middle, name, to; no name where there is but one day, or too little of it for the name. */
static void put_days(const struct week *week, struct oh_text *to) {
    for (uint32_t d = 0; d < week->n_days; d++) {
        double from = fmax(0, d * week->span_h - week->offset_h);
        double end = fmin(right_end(week), (d + 1) * week->span_h - week->offset_h);
        const char *name = oh_weekday_name(week->first_weekday + week->days[d]);
        oh_chart_numbers((double[]){from, (from + end) / 2}, 2, to);
        oh_text_puts(to, "\t\"");
        if (week->n_days > 1 && (end - from) * DAYS > right_end(week) * 0.7)
            oh_text_printf(to, "%c%s", name[0] - 'a' + 'A', name + 1);
        oh_text_puts(to, "\"\t");
        oh_chart_numbers(&end, 1, to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
}

static const char *x_axis(const struct week *week) {
    if (week->n_days == 1)
        return week->is_averaged ? "time of day, average of all days" : "time of day";
    return week->is_averaged ? "hour of the day, average of each weekday" : "hour of the day";
}

static void put_texts(const json_t *result, const struct week *week, const char *subtitle,
                      const char *y_axis, struct oh_text *to) {
    oh_chart_titles(result, subtitle, to);
    oh_chart_text("x axis", x_axis(week), to);
    oh_chart_text("y axis", y_axis, to);
}

/* The last row only ends the staircase. */
static void put_contacts(const struct week *week, struct oh_text *to) {
    double end = 0;
    for (size_t i = 0; i <= week->n; i++) {
        const struct slot *slot = &week->slots[i < week->n ? i : week->n - 1];
        double from = i < week->n ? position(week, slot) : end;
        oh_chart_numbers(&from, 1, to);
        oh_text_puts(to, "\t");
        oh_chart_numbers(slot->values, BUSY + 1, to);
        oh_text_puts(to, "\n");
        end = end_position(week, slot);
    }
    oh_chart_end_block(to);
}

const char *oh_chart_day(const json_t *result, struct oh_text *to) {
    struct week week;
    if (!read_week(result, &week)) {
        free(week.slots);
        return "there are no interval rows with contacts or agents";
    }
    struct oh_text headline = {0}, per = {0};
    char duration[40];
    oh_chart_headline(result, &headline);
    oh_text_printf(&per, "contacts per %s",
                   oh_duration_say(week.interval_h * 3600, duration, sizeof duration));
    put_texts(result, &week, headline.data, per.data, to);
    oh_chart_text("y axis of agents", "agents", to);
    oh_chart_end_block(to);
    put_contacts(&week, to);
    put_tics(&week, to);
    put_days(&week, to);
    oh_text_fini(&headline);
    oh_text_fini(&per);
    free(week.slots);
    return NULL;
}

static void put_queue(const struct week *week, struct oh_text *to) {
    for (size_t i = 0; i < week->n; i++) {
        const struct slot *slot = &week->slots[i];
        if (i > 0 && slot->day != slot[-1].day)
            oh_text_puts(to, "\n");
        double row[] = {0.5 * (position(week, slot) + end_position(week, slot)),
                        slot->values[QUEUE], slot->values[QUEUE_LOW], slot->values[QUEUE_HIGH]};
        oh_chart_numbers(row, N_OF(row), to);
        oh_text_puts(to, "\n");
    }
    oh_chart_end_block(to);
}

static void put_queue_subtitle(const json_t *result, struct oh_text *to) {
    const json_t *total = json_object_get(result, "total");
    struct oh_estimate mean = {oh_chart_value(total, "queue_length.mean"), NAN, NAN};
    struct oh_estimate most = {oh_chart_value(total, "queue_length.max"), NAN, NAN};
    oh_text_printf(to, "%s waiting on average, %s at most", oh_say(&mean, OH_M_CONTACTS).value,
                   oh_say(&most, OH_M_CONTACTS).value);
}

const char *oh_chart_queue(const json_t *result, struct oh_text *to) {
    struct week week;
    if (oh_chart_value(json_object_get(result, "total"), "queue_length.max") == 0)
        return "nobody waited";
    if (!read_week(result, &week)) {
        free(week.slots);
        return "there are no interval rows with contacts or agents";
    }
    struct oh_text subtitle = {0};
    put_queue_subtitle(result, &subtitle);
    put_texts(result, &week, subtitle.data, "contacts waiting", to);
    oh_chart_text("line", "average", to);
    bool has_band = !isnan(week.slots[0].values[QUEUE_LOW]);
    oh_chart_text("band", has_band ? "middle 80% of replications" : "", to);
    oh_chart_end_block(to);
    put_queue(&week, to);
    put_tics(&week, to);
    put_days(&week, to);
    oh_text_fini(&subtitle);
    free(week.slots);
    return NULL;
}
