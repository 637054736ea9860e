#include "measure/beside.h"

#include <math.h>

const struct oh_beside_name oh_beside_formulas[OH_N_BESIDE_FORMULAS] = {
    [OH_ERLANG_C] = {"erlang_c", "Erlang C"},
    [OH_ERLANG_A] = {"erlang_a", "Erlang A"},
    [OH_MMNG] = {"mmng", "M/M/n+G"},
};

const struct oh_beside_id oh_beside_metrics[OH_N_BESIDE_METRICS] = {
    [OH_BESIDE_SERVICE_LEVEL] = {"service_level", OH_M_SHARE},
    [OH_BESIDE_WAIT] = {"wait_answered.mean", OH_M_SECONDS},
    [OH_BESIDE_ABANDONMENT] = {"abandonment", OH_M_SHARE},
};

struct oh_estimate oh_beside_difference(const struct oh_beside_row *row,
                                        enum oh_beside_formula formula,
                                        enum oh_beside_metric metric) {
    const struct oh_estimate *simulated = &row->simulated[metric];
    double said = row->answers[formula].value[metric];
    return (struct oh_estimate){said - simulated->value, said - simulated->high,
                                said - simulated->low};
}

static struct oh_beside_gap gap_of(const struct oh_beside_part *part,
                                   enum oh_beside_formula formula, enum oh_beside_metric metric) {
    struct oh_beside_gap gap = {.mean = NAN, .at_worst = NAN};
    double sum = 0, weights = 0;
    for (uint32_t r = 0; r < part->n_rows; r++) {
        double difference = oh_beside_difference(&part->rows[r], formula, metric).value;
        if (isnan(difference))
            continue;
        sum += difference * part->rows[r].rate_per_s;
        weights += part->rows[r].rate_per_s;
        if (gap.n++ == 0 || fabs(difference) > fabs(gap.at_worst)) {
            gap.worst = r;
            gap.at_worst = difference;
        }
    }
    if (gap.n > 0)
        gap.mean = sum / weights;
    return gap;
}

void oh_beside_sum_up(struct oh_beside_part *part) {
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++) {
        for (int m = 0; m < OH_N_BESIDE_METRICS; m++)
            part->gaps[f][m] = gap_of(part, (enum oh_beside_formula)f, (enum oh_beside_metric)m);
        part->unstable[f] = 0;
        for (uint32_t r = 0; r < part->n_rows; r++)
            part->unstable[f] += part->rows[r].answers[f].is_unstable;
    }
}
