#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "theory/theory.h"

#define AT(member) offsetof(struct oh_theory_result, member)
#define WAITS(group)                                                                               \
    {#group ".mean", "s", AT(group.mean)}, {#group ".p50", "s", AT(group.p50)},                    \
        {#group ".p80", "s", AT(group.p80)}, {#group ".p90", "s", AT(group.p90)},                  \
        {#group ".p95", "s", AT(group.p95)}, {#group ".p99", "s", AT(group.p99)}, {                \
#group ".over_", "share", AT(group.over)                                                   \
    }
#define LEVEL(name, formula)                                                                       \
    { "service_level." #name, "share", AT(service_levels[formula]) }

static const struct {
    const char *id; /* ending in '_': one metric for each tail, the seconds follow */
    const char *unit;
    size_t offset;
} rows[] = {
    {"offered_load", "erlangs", AT(offered_load)},
    {"reached", "share", AT(reached)},
    {"abandonment", "share", AT(abandonment)},
    {"abandonment.after_short", "share", AT(abandonment_after_short)},
    {"blocking", "share", AT(blocking)},
    {"disconnection", "share", AT(disconnection)},
    {"delayed_share", "share", AT(delayed_share)},
    WAITS(wait_answered),
    WAITS(wait_abandoned),
    WAITS(wait_all),
    {"wait_delayed.mean", "s", AT(wait_delayed_mean)},
    {"service_level", "share", AT(service_level)},
    LEVEL(answered_only, OH_THEORY_ANSWERED_ONLY),
    LEVEL(offered, OH_THEORY_OFFERED),
    LEVEL(abandons_negative, OH_THEORY_ABANDONS_NEGATIVE),
    LEVEL(early_abandons_excluded, OH_THEORY_EARLY_ABANDONS_EXCLUDED),
    LEVEL(abandons_positive, OH_THEORY_ABANDONS_POSITIVE),
    LEVEL(short_abandons_excluded, OH_THEORY_SHORT_ABANDONS_EXCLUDED),
    {"occupancy", "share", AT(occupancy)},
    {"busy_agents.mean", "contacts", AT(busy_agents_mean)},
    {"queue_length.mean", "contacts", AT(queue_length_mean)},
    {"lines_busy.mean", "contacts", AT(lines_busy_mean)},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

static bool is_tail(size_t row) {
    return rows[row].id[strlen(rows[row].id) - 1] == '_';
}

size_t oh_theory_metrics(const struct oh_theory_result *result,
                         struct oh_theory_metric out[OH_THEORY_METRICS_MAX]) {
    size_t n = 0;
    for (size_t row = 0; row < N_ROWS; row++) {
        const double *values = (const double *)((const char *)result + rows[row].offset);
        size_t n_values = is_tail(row) ? result->n_tails : 1;
        for (size_t i = 0; i < n_values; i++) {
            struct oh_theory_metric *metric = &out[n++];
            metric->unit = rows[row].unit;
            metric->value = values[i];
            char seconds[24] = "";
            if (is_tail(row))
                oh_number_print(result->tails_s[i], 12, seconds, sizeof seconds);
            snprintf(metric->id, sizeof metric->id, "%s%s%s", rows[row].id, seconds,
                     is_tail(row) ? "s" : "");
        }
    }
    return n;
}

double oh_theory_metric_value(const struct oh_theory_result *result, const char *id) {
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(result, metrics);
    for (size_t i = 0; i < n; i++)
        if (strcmp(metrics[i].id, id) == 0)
            return metrics[i].value;
    return NAN;
}
