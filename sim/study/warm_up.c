#include "study/warm_up.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "measure/interval.h"
#include "measure/series.h"

/* MSER-5: means of five intervals; single ones where there are few. */
enum { BATCH = 5, BATCHES_FROM = 50, LEAST_ROWS = 10 };

/* Asked of the difference, as the place where it is looked for was chosen to be the worst. */
static const double CONFIDENCE = 0.999;

uint32_t oh_mser(const double *values, uint32_t n) {
    uint32_t best = 0;
    double least = INFINITY, sum = 0, squares = 0;
    for (uint32_t d = n; d-- > 0;) { /* the values from d on */
        sum += values[d];
        squares += values[d] * values[d];
        double left = n - d, rest = fmax(0, squares - sum * sum / left) / (left * left);
        if (d <= n / 2 && rest <= least) {
            least = rest;
            best = d;
        }
    }
    return best;
}

/* Interval rows that follow one another, each of them once. */
static bool is_a_sequence(const struct oh_layout *layout) {
    for (uint32_t r = 0; r < layout->n_slots; r++) {
        const struct oh_layout_slot *slot = &layout->slots[r], *before = slot - 1;
        if (slot->occurrences > 1 ||
            (r > 0 && (slot->day < before->day ||
                       (slot->day == before->day && slot->start_s <= before->start_s))))
            return false;
    }
    return true;
}

static bool is_steady(const struct oh_plan *plan) {
    bool is = !plan->has_hours;
    for (uint32_t t = 0; t < plan->n_types; t++)
        is = is && plan->types[t].rate_per_s.n <= 1 && plan->types[t].rate_slope == NULL &&
             plan->types[t].patience.n <= 1;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        is = is && plan->groups[g].on_duty.n <= 1;
    return is;
}

/* Means over replications of `n` batches of `size` rows. */
static double *batch_means(const float *rows, uint64_t replications, uint32_t n_rows, uint32_t size,
                           uint32_t n) {
    double *means = oh_calloc(n, sizeof *means);
    for (uint64_t i = 0; i < replications; i++)
        for (uint32_t r = 0; r < n * size; r++)
            means[r / size] += (double)rows[i * n_rows + r];
    for (uint32_t b = 0; b < n; b++)
        means[b] /= (double)replications * size;
    return means;
}

static double mean_of(const float *rows, uint32_t first, uint32_t end) {
    double sum = 0;
    for (uint32_t r = first; r < end; r++)
        sum += (double)rows[r];
    return sum / (end - first);
}

/* Whether the first rows differ from the rest, replication by replication. */
static bool differs(const float *rows, uint64_t replications, uint32_t n_rows, uint32_t first) {
    struct oh_ratio ratio = {0};
    for (uint64_t i = 0; i < replications; i++) {
        const float *own = rows + i * n_rows;
        oh_ratio_add(&ratio, mean_of(own, 0, first) - mean_of(own, first, n_rows), 1,
                     oh_step_of(i + 1));
    }
    struct oh_level level = oh_level_of(replications, CONFIDENCE);
    struct oh_estimate difference = oh_ratio_estimate(&ratio, &level);
    return difference.low > 0 || difference.high < 0;
}

/* How many of the first rows should have been left out; 0: none. */
static uint32_t unsettled_rows(const float *rows, uint64_t replications, uint32_t n_rows) {
    uint32_t size = n_rows >= BATCHES_FROM ? BATCH : 1, n = n_rows / size;
    double *means = batch_means(rows, replications, n_rows, size, n);
    uint32_t first = oh_mser(means, n) * size;
    free(means);
    return first > 0 && differs(rows, replications, n_rows, first) ? first : 0;
}

void oh_warm_up_check(const struct oh_plan *plan, const struct oh_tally *tally,
                      struct oh_summary *summary) {
    const struct oh_layout *layout = &plan->layout;
    if (plan->warm_up_us == 0 || layout->n_slots < LEAST_ROWS || !is_steady(plan) ||
        !is_a_sequence(layout))
        return;
    uint64_t replications;
    const float *rows = oh_tally_queue_rows(tally, &replications);
    if (replications < 2)
        return;
    uint32_t first = unsettled_rows(rows, replications, layout->n_slots);
    if (first == 0)
        return;
    char warm_up[48], more[48], enough[48];
    double had_s = (double)plan->warm_up_us * 1e-6;
    double more_s = (double)layout->interval_us * 1e-6 * first;
    oh_summary_warn(
        summary,
        oh_arena_printf(summary->arena,
                        "the first %s that count differ from the rest in how many wait (MSER): the "
                        "warm-up of %s is too short, so that what the run began with still tells; "
                        "set time.warm_up to %s at least",
                        oh_duration_say(more_s, more, sizeof more),
                        oh_duration_say(had_s, warm_up, sizeof warm_up),
                        oh_duration_say(had_s + more_s, enough, sizeof enough)));
}
