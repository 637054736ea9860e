/* Sections of the text report by agent group, contact type and interval. A few parts are columns, each number with its
 * margin; many parts are rows of a table with fewer numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/text.h"
#include "report/writers.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { LINE_WIDTH = 100 };

enum as { AS_UNIT, AS_HOURS };

struct line {
    const char *id, *label;
    enum oh_metric_unit unit;
    enum as as;
    enum { ALWAYS, IF_NOT_ZERO, IF_VERBOSE } when;
    const char *column; /* heading where parts are many and are rows; NULL: not shown then */
};

static const struct line agent_lines[] = {
    {"on_duty", "on duty", OH_M_AGENTS, AS_UNIT, ALWAYS, "on duty"},
    {"occupancy", "occupancy", OH_M_SHARE, AS_UNIT, ALWAYS, "occupancy"},
    {"utilization", "utilization", OH_M_SHARE, AS_UNIT, ALWAYS, "utilization"},
    {"answered", "contacts answered", OH_M_CONTACTS, AS_UNIT, ALWAYS, "answered"},
    {"handle_time.mean", "handle time, average", OH_M_SECONDS, AS_UNIT, ALWAYS, NULL},
    {"talk_time", "talk", OH_M_SECONDS, AS_HOURS, IF_VERBOSE, NULL},
    {"wrap_up_time", "wrap-up", OH_M_SECONDS, AS_HOURS, IF_VERBOSE, NULL},
    {"available_time", "available", OH_M_SECONDS, AS_HOURS, IF_VERBOSE, NULL},
    {"break_time", "breaks", OH_M_SECONDS, AS_HOURS, IF_VERBOSE, NULL},
    {"overtime", "overtime", OH_M_SECONDS, AS_HOURS, IF_NOT_ZERO, NULL},
    {"paid_time", "paid", OH_M_SECONDS, AS_HOURS, ALWAYS, "paid"},
    {"longest_busy_run", "longest without a pause", OH_M_SECONDS, AS_UNIT, ALWAYS, NULL},
    {"contacts_in_a_row", "most contacts without one", OH_M_CONTACTS, AS_UNIT, IF_VERBOSE, NULL},
    {"cost.agents", "cost", OH_M_MONEY, AS_UNIT, IF_NOT_ZERO, "cost"},
};

static const struct line type_lines[] = {
    {"offered", "offered", OH_M_CONTACTS, AS_UNIT, ALWAYS, "offered"},
    {"reached", "reached a person", OH_M_SHARE, AS_UNIT, ALWAYS, "reached"},
    {"abandonment", "abandoned", OH_M_SHARE, AS_UNIT, ALWAYS, "abandoned"},
    {"blocking", "blocked", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"disconnection", "disconnected", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"share.balked", "balked", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"share.message", "left a message", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"share.dropped", "dropped at close", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"callback_share", "accepted a call-back", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"service_level", "service level", OH_M_SHARE, AS_UNIT, ALWAYS, "service level"},
    {"wait_answered.mean", "wait of answered, average", OH_M_SECONDS, AS_UNIT, ALWAYS,
     "average wait"},
    {"wait_answered.p90", "wait of answered, 90% within", OH_M_SECONDS, AS_UNIT, ALWAYS, NULL},
    {"queue_length.mean", "waiting, average", OH_M_CONTACTS, AS_UNIT, IF_NOT_ZERO, NULL},
    {"reached_people", "people reached in the end", OH_M_SHARE, AS_UNIT, ALWAYS, NULL},
    {"attempts_per_customer", "attempts per customer", OH_M_RATIO, AS_UNIT, IF_VERBOSE, NULL},
    {"resolved_people", "people with the matter settled", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"lost_customers.share", "people who left for good", OH_M_SHARE, AS_UNIT, IF_NOT_ZERO, NULL},
    {"cost.contacts", "cost of contacts", OH_M_MONEY, AS_UNIT, IF_NOT_ZERO, NULL},
    {"cost.lost_customers", "cost of customers lost", OH_M_MONEY, AS_UNIT, IF_NOT_ZERO, NULL},
    {"revenue", "revenue", OH_M_MONEY, AS_UNIT, IF_NOT_ZERO, NULL},
};

/* The centre as a whole, then its parts. */
struct parts {
    const char *heading;
    const struct oh_scope *total; /* NULL: the only part is the whole */
    const struct oh_scope *scopes;
    size_t n;
    const struct line *lines;
    size_t n_lines;
    bool is_types;
};

static size_t n_scopes(const struct parts *parts) {
    return parts->n + (parts->total != NULL ? 1 : 0);
}

static const struct oh_scope *scope_at(const struct parts *parts, size_t i) {
    if (parts->total != NULL && i == 0)
        return parts->total;
    return &parts->scopes[i - (parts->total != NULL ? 1 : 0)];
}

static const char *name_at(const struct parts *parts, size_t i) {
    return parts->total != NULL && i == 0 ? "all" : scope_at(parts, i)->name;
}

/* A group that is the only one is the centre: the total is told by it. */
static const struct oh_scope *scope_of_line(const struct oh_text_report *report,
                                            const struct parts *parts, size_t i,
                                            const struct line *line) {
    const struct oh_scope *total = &report->summary->total;
    bool is_only = !parts->is_types && parts->n == 1;
    return is_only && oh_text_is_measured(report, total, line->id) ? total : scope_at(parts, i);
}

static bool is_wanted(struct oh_text_report *report, const struct parts *parts,
                      const struct line *line) {
    bool is_measured = false, is_some = false;
    for (size_t i = 0; i < n_scopes(parts); i++) {
        const struct oh_scope *scope = scope_of_line(report, parts, i, line);
        struct oh_estimate e = oh_text_estimate(report, scope, line->id);
        is_measured = is_measured || oh_text_is_measured(report, scope, line->id);
        is_some = is_some || e.value > 0;
    }
    if (line->when == IF_NOT_ZERO)
        return is_some;
    return is_measured && (line->when == ALWAYS || report->options->verbose);
}

/* Utilization that reads the same as occupancy everywhere tells nothing. */
static bool is_repeated(struct oh_text_report *report, const struct parts *parts,
                        const struct line *line) {
    if (strcmp(line->id, "utilization") != 0 || report->options->verbose)
        return false;
    for (size_t i = 0; i < n_scopes(parts); i++) {
        const struct oh_scope *scope = scope_of_line(report, parts, i, line);
        struct oh_estimate own = oh_text_estimate(report, scope, line->id);
        struct oh_estimate occupancy = oh_text_estimate(report, scope, "occupancy");
        if (strcmp(oh_say(&own, line->unit).value, oh_say(&occupancy, line->unit).value) != 0)
            return false;
    }
    return true;
}

static void add_line_value(struct oh_text_report *report, struct oh_table *table,
                           const struct parts *parts, size_t i, const struct line *line) {
    const struct oh_scope *scope = scope_of_line(report, parts, i, line);
    struct oh_estimate estimate = oh_text_estimate(report, scope, line->id);
    if (!oh_text_is_measured(report, scope, line->id))
        oh_table_add(table, "", "");
    else
        oh_text_add_said(table, line->as == AS_HOURS ? oh_say_hours(&estimate)
                                                     : oh_say(&estimate, line->unit));
}

/* Types may differ in what their service level means. */
static void add_threshold_lines(struct oh_table *table, const struct parts *parts) {
    char duration[40];
    oh_table_add(table, "  answered within", NULL);
    for (size_t i = 0; i < n_scopes(parts); i++) {
        double within = scope_at(parts, i)->answer_within_s;
        oh_table_add(table, within >= 0 ? oh_duration_say(within, duration, sizeof duration) : "",
                     "");
    }
    oh_table_add(table, "  formula", NULL);
    for (size_t i = 0; i < n_scopes(parts); i++) {
        const struct oh_scope *scope = scope_at(parts, i);
        oh_table_add(table, scope->has_formula ? oh_formula_name(scope->formula) : "", NULL);
    }
}

static void fill_columns(struct oh_text_report *report, struct oh_table *table,
                         const struct parts *parts) {
    oh_table_init(table, 1 + n_scopes(parts));
    oh_table_add(table, parts->heading, NULL);
    for (size_t i = 0; i < n_scopes(parts); i++)
        oh_table_add(table, name_at(parts, i), "");
    for (size_t l = 0; l < parts->n_lines; l++) {
        const struct line *line = &parts->lines[l];
        if (!is_wanted(report, parts, line) || is_repeated(report, parts, line))
            continue;
        oh_table_add(table, line->label, NULL);
        for (size_t i = 0; i < n_scopes(parts); i++)
            add_line_value(report, table, parts, i, line);
        if (parts->is_types && strcmp(line->id, "service_level") == 0)
            add_threshold_lines(table, parts);
    }
}

static void fill_rows(struct oh_text_report *report, struct oh_table *table,
                      const struct parts *parts) {
    const struct line *wanted[16];
    size_t n = 0;
    for (size_t l = 0; l < parts->n_lines; l++)
        if (parts->lines[l].column != NULL && is_wanted(report, parts, &parts->lines[l]) &&
            !is_repeated(report, parts, &parts->lines[l]))
            wanted[n++] = &parts->lines[l];
    oh_table_init(table, 1 + n);
    oh_table_add(table, parts->heading, NULL);
    for (size_t l = 0; l < n; l++)
        oh_table_add(table, wanted[l]->column, "");
    for (size_t i = 0; i < n_scopes(parts); i++) {
        oh_table_add(table, name_at(parts, i), NULL);
        for (size_t l = 0; l < n; l++)
            add_line_value(report, table, parts, i, wanted[l]);
    }
}

static void print_parts(struct oh_text_report *report, const struct parts *parts) {
    struct oh_table table;
    fill_columns(report, &table, parts);
    if (oh_table_width(&table) > LINE_WIDTH) {
        oh_table_fini(&table);
        fill_rows(report, &table, parts);
    }
    oh_text_table(report, &table);
}

void oh_text_agents(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct parts parts = {"Agents",    s->n_groups > 1 ? &s->total : NULL,
                          s->groups,   s->n_groups,
                          agent_lines, N_OF(agent_lines),
                          false};
    if (s->n_groups > 0)
        print_parts(report, &parts);
}

void oh_text_types(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct parts parts = {"By contact type", NULL, s->types, s->n_types, type_lines,
                          N_OF(type_lines),  true};
    if (s->n_types > 1)
        print_parts(report, &parts);
}

/* ---- intervals ---- */

static const struct {
    const char *id, *label;
    enum oh_metric_unit unit;
    bool with_margin; /* only where it matters most: a row must fit a line */
} row_lines[] = {
    {"offered", "offered", OH_M_CONTACTS, false},
    {"reached", "reached", OH_M_SHARE, false},
    {"abandonment", "abandoned", OH_M_SHARE, false},
    {"service_level", "service level", OH_M_SHARE, true},
    {"wait_answered.mean", "average wait", OH_M_SECONDS, true},
    {"queue_length.mean", "waiting", OH_M_CONTACTS, false},
    {"occupancy", "occupancy", OH_M_SHARE, false},
    {"on_duty", "on duty", OH_M_AGENTS, false},
};

static void add_row(struct oh_text_report *report, struct oh_table *table,
                    const struct oh_row *row) {
    char day[40], start[16];
    const char *weekday = oh_weekday_name(row->weekday);
    if (report->summary->each_day)
        snprintf(day, sizeof day, "day %u, %.3s", row->day, weekday);
    else
        snprintf(day, sizeof day, "%s", weekday);
    oh_table_add(table, day, NULL);
    oh_table_add(table, oh_clock_print(row->start_s, start, sizeof start), "");
    for (size_t l = 0; l < N_OF(row_lines); l++) {
        struct oh_estimate e = oh_text_estimate(report, &row->total, row_lines[l].id);
        struct oh_said said = oh_say(&e, row_lines[l].unit);
        oh_table_add(table, said.value, row_lines[l].with_margin ? said.margin : "");
    }
}

static bool is_empty(const struct oh_text_report *report, const struct oh_row *row) {
    int offered = oh_summary_use(report->summary, "offered");
    int on_duty = oh_summary_use(report->summary, "on_duty");
    return (offered < 0 || !(row->total.estimates[offered].value > 0)) &&
           (on_duty < 0 || !(row->total.estimates[on_duty].value > 0));
}

void oh_text_rows(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    if (!report->options->rows || s->n_rows == 0)
        return;
    struct oh_table table;
    oh_table_init(&table, 2 + N_OF(row_lines));
    oh_table_add(&table, "Intervals", NULL);
    oh_table_add(&table, "", "");
    for (size_t l = 0; l < N_OF(row_lines); l++)
        oh_table_add(&table, row_lines[l].label, "");
    for (uint32_t r = 0; r < s->n_rows; r++)
        if (!is_empty(report, &s->rows[r]))
            add_row(report, &table, &s->rows[r]);
    oh_text_table(report, &table);
}
