#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "theory/theory.h"

/* A row of waits stands for one metric for each row of wait_rows; a row that ends in '_' for one for
 * each tail, whose seconds follow. */
struct metric_row {
    const char *id;
    const char *unit; /* NULL: a row of waits */
    size_t offset;
};

#define AT(member)      offsetof(struct oh_theory_result, member)
#define AT_LEVEL(index) (AT(service_levels) + (index) * sizeof(double))

static const struct metric_row rows[] = {
    {"offered_load", "erlangs", AT(offered_load)},
    {"reached", "share", AT(reached)},
    {"abandonment", "share", AT(abandonment)},
    {"abandonment.after_short", "share", AT(abandonment_after_short)},
    {"blocking", "share", AT(blocking)},
    {"disconnection", "share", AT(disconnection)},
    {"share.delayed", "share", AT(delayed_share)},
    {"wait_answered", NULL, AT(wait_answered)},
    {"wait_abandoned", NULL, AT(wait_abandoned)},
    {"wait_all", NULL, AT(wait_all)},
    {"wait_delayed.mean", "s", AT(wait_delayed_mean)},
    {"service_level", "share", AT(service_level)},
    {"service_level.answered_only", "share", AT_LEVEL(OH_THEORY_ANSWERED_ONLY)},
    {"service_level.offered", "share", AT_LEVEL(OH_THEORY_OFFERED)},
    {"service_level.abandons_negative", "share", AT_LEVEL(OH_THEORY_ABANDONS_NEGATIVE)},
    {"service_level.early_abandons_excluded", "share", AT_LEVEL(OH_THEORY_EARLY_ABANDONS_EXCLUDED)},
    {"service_level.abandons_positive", "share", AT_LEVEL(OH_THEORY_ABANDONS_POSITIVE)},
    {"service_level.short_abandons_excluded", "share", AT_LEVEL(OH_THEORY_SHORT_ABANDONS_EXCLUDED)},
    {"occupancy", "share", AT(occupancy)},
    {"busy_agents.mean", "contacts", AT(busy_agents_mean)},
    {"queue_length.mean", "contacts", AT(queue_length_mean)},
    {"lines_busy.mean", "contacts", AT(lines_busy_mean)},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

static const struct metric_row wait_rows[] = {
    {".mean", "s", offsetof(struct oh_theory_waits, mean)},
    {".p50", "s", offsetof(struct oh_theory_waits, p50)},
    {".p80", "s", offsetof(struct oh_theory_waits, p80)},
    {".p90", "s", offsetof(struct oh_theory_waits, p90)},
    {".p95", "s", offsetof(struct oh_theory_waits, p95)},
    {".p99", "s", offsetof(struct oh_theory_waits, p99)},
    {".over_", "share", offsetof(struct oh_theory_waits, over)},
};
enum { N_WAIT_ROWS = sizeof wait_rows / sizeof *wait_rows };

struct list {
    const struct oh_theory_result *result;
    struct oh_theory_metric *out;
    size_t n;
};

static void add(struct list *list, const char *group, const struct metric_row *row, size_t offset,
                const char *ending) {
    struct oh_theory_metric *metric = &list->out[list->n++];
    snprintf(metric->id, sizeof metric->id, "%s%s%s", group, row->id, ending);
    metric->unit = row->unit;
    memcpy(&metric->value, (const char *)list->result + offset, sizeof metric->value);
}

static void add_tails(struct list *list, const char *group, const struct metric_row *row,
                      size_t offset) {
    for (size_t i = 0; i < list->result->n_tails; i++) {
        char seconds[24], ending[28];
        oh_number_print(list->result->tails_s[i], 12, seconds, sizeof seconds);
        snprintf(ending, sizeof ending, "%ss", seconds);
        add(list, group, row, offset + i * sizeof(double), ending);
    }
}

static void add_waits(struct list *list, const struct metric_row *group) {
    for (size_t i = 0; i < N_WAIT_ROWS; i++) {
        const struct metric_row *row = &wait_rows[i];
        bool is_tail = row->id[strlen(row->id) - 1] == '_';
        if (is_tail)
            add_tails(list, group->id, row, group->offset + row->offset);
        else
            add(list, group->id, row, group->offset + row->offset, "");
    }
}

size_t oh_theory_metrics(const struct oh_theory_result *result,
                         struct oh_theory_metric out[OH_THEORY_METRICS_MAX]) {
    struct list list = {result, out, 0};
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].unit == NULL)
            add_waits(&list, &rows[i]);
        else
            add(&list, "", &rows[i], rows[i].offset, "");
    }
    return list.n;
}

double oh_theory_metric_value(const struct oh_theory_result *result, const char *id) {
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(result, metrics);
    for (size_t i = 0; i < n; i++)
        if (strcmp(metrics[i].id, id) == 0)
            return metrics[i].value;
    return NAN;
}
