/* The answer of `onhold erlang` for people: the headline, then what becomes of the contacts, waits, service levels and the
 * agents, as `onhold run` has them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "cli/erlang_model.h"
#include "measure/metric.h"
#include "report/table.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum part { CONTACTS, WAITS, SERVICE_LEVELS, AT_A_TIME };

/* Which metrics belong where, by the start of their ids; what is not named here is about the contacts. */
static const struct {
    const char *start;
    enum part part;
} parts[] = {
    {"wait_", WAITS},          {"service_level", SERVICE_LEVELS}, {"offered_load", AT_A_TIME},
    {"occupancy", AT_A_TIME},  {"busy_agents", AT_A_TIME},        {"queue_length", AT_A_TIME},
    {"lines_busy", AT_A_TIME},
};

static enum part part_of(const char *id) {
    for (size_t i = 0; i < N_OF(parts); i++)
        if (strncmp(id, parts[i].start, strlen(parts[i].start)) == 0)
            return parts[i].part;
    return CONTACTS;
}

/* ---- numbers ---- */

static double value_of(const struct oh_erlang_answer *answer, const char *id) {
    return oh_theory_metric_value(&answer->result, id);
}

static const char *say_share(double value, char *buffer, size_t size) {
    char number[32];
    snprintf(buffer, size, "%s%%", oh_number_print(100 * value, 4, number, sizeof number));
    return buffer;
}

static const char *say_value(const struct oh_theory_metric *metric, char *buffer, size_t size) {
    char number[32];
    if (strcmp(metric->unit, "s") == 0)
        return oh_duration_say(metric->value, buffer, size);
    if (strcmp(metric->unit, "share") == 0)
        return say_share(metric->value, buffer, size);
    snprintf(buffer, size, "%s %s", oh_number_print(metric->value, 5, number, sizeof number),
             metric->unit);
    return buffer;
}

/* Some numbers only theory has. */
static const char *title_of(const struct oh_theory_metric *metric, char *buffer, size_t size) {
    static const struct {
        const char *id, *title;
    } own[] = {{"offered_load", "work that arrives: rate times handle time"},
               {"share.delayed", "share that has to wait"}};
    for (size_t i = 0; i < N_OF(own); i++)
        if (strcmp(own[i].id, metric->id) == 0)
            return own[i].title;
    double parameter = 0;
    const struct oh_metric *known = oh_metric_find(metric->id, &parameter);
    return known != NULL ? oh_metric_print_title(known, parameter, buffer, size) : "";
}

/* ---- the first lines ---- */

static void put_goal(const struct oh_erlang_question *question, struct oh_text *to) {
    const struct oh_theory_goal *goal = &question->goal;
    char value[48];
    struct oh_theory_metric metric = {.unit = "1", .value = goal->value};
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    struct oh_theory_result nothing = {0};
    for (size_t n = oh_theory_metrics(&nothing, metrics); n > 0; n--)
        if (strcmp(metrics[n - 1].id, goal->metric) == 0)
            metric.unit = metrics[n - 1].unit;
    say_value(&metric, value, sizeof value);
    oh_text_printf(to, " are the fewest with %s at %s %s", goal->metric,
                   goal->at_least ? "least" : "most", value);
}

/* "51 agents: 94.1% reach a person, after 6.51 s on average" */
static void put_headline(const struct oh_erlang_answer *answer, struct oh_text *to) {
    const struct oh_erlang_question *question = &answer->question;
    double reached = value_of(answer, "reached"), wait = value_of(answer, "wait_answered.mean");
    char share[48], duration[48];
    oh_text_printf(to, "%d %s", question->model.agents, question->servers);
    if (!isfinite(reached)) {
        oh_text_puts(to, " cannot keep up: the queue grows without end\n");
        return;
    }
    if (question->is_search)
        put_goal(question, to);
    oh_text_printf(to, ": %s reach a person", say_share(reached, share, sizeof share));
    if (wait > 0)
        oh_text_printf(to, ", after %s on average",
                       oh_duration_say(wait, duration, sizeof duration));
    else
        oh_text_puts(to, " at once");
    oh_text_puts(to, "\n");
}

static void put_question(const struct oh_erlang_answer *answer, struct oh_text *to) {
    const struct oh_theory_model *model = &answer->question.model;
    char rate[48], handle[48], load[32];
    oh_text_printf(to, "\n%s (%s): %s, %s each, %s erlangs of work\n", answer->question.formula,
                   answer->model_name,
                   oh_unit_print(OH_UNIT_RATE, model->arrival_rate_per_s, rate, sizeof rate),
                   oh_duration_say(model->handle_time_s, handle, sizeof handle),
                   oh_number_print(answer->result.offered_load, 5, load, sizeof load));
}

/* ---- the parts ---- */

static void put_table(struct oh_table *table, struct oh_text *to) {
    if (table->n > table->columns) {
        oh_text_puts(to, "\n");
        oh_table_print(table, true, "", "", to);
    }
    oh_table_fini(table);
}

static void add_row(struct oh_table *table, const char *label,
                    const struct oh_theory_metric *metric) {
    char value[96], title[160];
    oh_table_add(table, label, NULL);
    oh_table_add(table, say_value(metric, value, sizeof value), "");
    oh_table_add(table, title_of(metric, title, sizeof title), NULL);
}

/* What never happens is left out. */
static void put_part(const struct oh_erlang_answer *answer, enum part part, const char *heading,
                     struct oh_text *to) {
    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, heading, NULL);
    oh_table_add(&table, "", "");
    oh_table_add(&table, "", NULL);
    for (size_t i = 0; i < answer->n_metrics; i++) {
        const struct oh_theory_metric *metric = &answer->metrics[i];
        if (part_of(metric->id) == part && isfinite(metric->value) && metric->value != 0)
            add_row(&table, metric->id, metric);
    }
    put_table(&table, to);
}

static void put_service_levels(const struct oh_erlang_answer *answer, struct oh_text *to) {
    const struct oh_theory_model *model = &answer->question.model;
    struct oh_table table;
    char duration[48], heading[96], label[96];
    snprintf(heading, sizeof heading, "Service level, within %s",
             oh_duration_say(model->answer_within_s, duration, sizeof duration));
    oh_table_init(&table, 3);
    oh_table_add(&table, heading, NULL);
    oh_table_add(&table, "", "");
    oh_table_add(&table, "(* chosen)", NULL);
    for (size_t i = 0; i < answer->n_metrics; i++) {
        const struct oh_theory_metric *metric = &answer->metrics[i];
        const char *dot = strchr(metric->id, '.');
        if (part_of(metric->id) != SERVICE_LEVELS || dot == NULL || !isfinite(metric->value))
            continue;
        bool is_chosen = strcmp(dot + 1, oh_theory_formula_names[model->formula]) == 0;
        snprintf(label, sizeof label, "%s %s", is_chosen ? "*" : " ", dot + 1);
        add_row(&table, label, metric);
    }
    put_table(&table, to);
}

static double value_in(const struct oh_erlang_answer *answer, const char *family,
                       const char *ending) {
    char id[64];
    snprintf(id, sizeof id, "%s.%s", family, ending);
    return value_of(answer, id);
}

static void put_waits(const struct oh_erlang_answer *answer, struct oh_text *to) {
    static const struct {
        const char *ending, *label;
    } rows[] = {{"mean", "average"},   {"p50", "50% within"}, {"p80", "80% within"},
                {"p90", "90% within"}, {"p95", "95% within"}, {"p99", "99% within"}};
    static const char *const families[][2] = {{"wait_answered", "answered"},
                                              {"wait_abandoned", "abandoned"},
                                              {"wait_all", "all"},
                                              {"wait_delayed", "who has to wait"}};
    const char *columns[N_OF(families)];
    struct oh_table table;
    char duration[48];
    size_t n = 0;
    for (size_t i = 0; i < N_OF(families); i++)
        if (isfinite(value_in(answer, families[i][0], "mean")))
            columns[n++] = families[i][0];
    oh_table_init(&table, 1 + n);
    oh_table_add(&table, "Waits", NULL);
    for (size_t i = 0; i < N_OF(families); i++)
        if (isfinite(value_in(answer, families[i][0], "mean")))
            oh_table_add(&table, families[i][1], "");
    for (size_t r = 0; r < N_OF(rows); r++) {
        oh_table_add(&table, rows[r].label, NULL);
        for (size_t c = 0; c < n; c++) {
            double value = value_in(answer, columns[c], rows[r].ending);
            oh_table_add(&table,
                         isfinite(value) ? oh_duration_say(value, duration, sizeof duration) : "",
                         "");
        }
    }
    put_table(&table, to);
}

void oh_erlang_print_text(const struct oh_erlang_answer *answer, FILE *stream) {
    struct oh_text text = {0};
    put_headline(answer, &text);
    put_question(answer, &text);
    put_part(answer, CONTACTS, "Contacts", &text);
    if (value_of(answer, "share.delayed") > 0) {
        put_waits(answer, &text);
        put_service_levels(answer, &text);
    }
    put_part(answer, AT_A_TIME, "At a time", &text);
    fputs(text.data, stream);
    oh_text_fini(&text);
}
