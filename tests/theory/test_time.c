/* Everything that changes over the day: rates, staff, patience, talk; random busyness and absence. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_randist.h>

#include "base/text.h"
#include "reference.h"
#include "simulate.h"

#define DAY_S       86400
#define ROW_S       1800 /* rows of reports */
#define STEPS       288  /* of a day: what holds for 5 minutes stands for a curve */
#define N_OF(array) (sizeof(array) / sizeof(array)[0])
/* With how many replications. */
#define TEST_RUN "run: {replications: %.0f, seed: 7, confidence: 99.9999%%}\n"

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* ---- a sinusoidal rate ---- */

/* lambda(t) = mean + amplitude sin(g t); time in the file's units, of which `period` are a day. */
struct wave {
    double mean, amplitude, mu, period;
};

static double frequency(const struct wave *wave) {
    return 2 * M_PI / wave->period;
}

static double rate_integral(const struct wave *wave, double t) {
    double g = frequency(wave);
    return wave->mean * t - wave->amplitude / g * cos(g * t);
}

/* The load m(t) of M_t/M/oo that has run for ever (Eick, Massey, Whitt 1993), and its integral. */
static double load(const struct wave *wave, double t) {
    double g = frequency(wave), mu = wave->mu;
    return wave->mean / mu +
           wave->amplitude * (mu * sin(g * t) - g * cos(g * t)) / (mu * mu + g * g);
}

static double load_integral(const struct wave *wave, double t) {
    double g = frequency(wave), mu = wave->mu;
    return wave->mean / mu * t -
           wave->amplitude * (mu / g * cos(g * t) + sin(g * t)) / (mu * mu + g * g);
}

static double unit_s(const struct wave *wave) {
    return DAY_S / wave->period;
}

/* A clock map of the rate: each step holds the curve's average, so that only its shape within 5 minutes is lost. That
 * moves m(t) by less than amplitude g (5 min)^2 / 8: below a hundredth of any limit here. */
static void put_rate(struct oh_text *to, const struct wave *wave) {
    double step = wave->period / STEPS;
    for (int i = 0; i < STEPS; i++) {
        double rate = (rate_integral(wave, (i + 1) * step) - rate_integral(wave, i * step)) / step;
        oh_text_printf(to, "%s%02d:%02d: %.9f/h", i ? ", " : "", i / 12, i % 12 * 5,
                       rate * 3600 / unit_s(wave));
    }
}

/* ---- M_t/M/oo ---- */

enum { WARM_UP_DAYS = 4, WINDOW_DAYS = 2 };

static const char *compose_endless(struct oh_arena *arena, const struct wave *wave, double talk) {
    struct oh_text to = {0};
    oh_text_printf(&to, "time: {days: %d, warm_up: %dh}\ncontacts:\n  calls:\n",
                   WARM_UP_DAYS + WINDOW_DAYS, 24 * WARM_UP_DAYS);
    oh_text_printf(&to, "    talk: exponential(%.9fs)\n    arrivals:\n      rate: {",
                   talk * unit_s(wave) / wave->mu);
    put_rate(&to, wave);
    oh_text_puts(&to, "}\nagents: {endless: {count: 1000}}\n");
    oh_text_printf(&to, TEST_RUN, 400 * effort);
    const char *yaml = oh_arena_strdup(arena, to.data);
    oh_text_fini(&to);
    return yaml;
}

static double seconds_of(const struct oh_row *row) {
    return row->start_s;
}

static double value_in_row(const struct oh_summary *summary, const struct oh_row *row,
                           const char *metric, struct oh_estimate *found) {
    int use = oh_summary_use(summary, metric);
    assert_true(use >= 0);
    *found = row->total.estimates[use];
    return found->value;
}

/* Whether the exact value lies in the row's interval. */
static bool row_holds(const struct oh_summary *summary, const struct oh_row *row,
                      const char *metric, double exact, bool is_loud) {
    struct oh_estimate found;
    double value = value_in_row(summary, row, metric, &found);
    bool holds = found.low <= exact && exact <= found.high;
    if (!holds && is_loud)
        print_error("%s on weekday %u at %.2f h: %.9g [%.9g, %.9g], exactly %.9g\n", metric,
                    row->weekday, seconds_of(row) / 3600, value, found.low, found.high, exact);
    return holds;
}

static size_t busy_rows_broken(const struct wave *wave, double talk) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(compose_endless(arena, wave, talk));
    size_t broken = 0;
    assert_int_equal(summary->n_rows, WINDOW_DAYS * DAY_S / ROW_S);
    for (uint32_t i = 0; i < summary->n_rows; i++) {
        double from = seconds_of(&summary->rows[i]) / unit_s(wave);
        double to = from + ROW_S / unit_s(wave);
        double exact = (load_integral(wave, to) - load_integral(wave, from)) / (to - from);
        broken += !row_holds(summary, &summary->rows[i], "busy_agents.mean", exact, talk <= 1);
    }
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
    return broken;
}

static struct wave wave_of(const struct reference *table, size_t row) {
    return (struct wave){number(table, row, "lambda_mean"), number(table, row, "amplitude"),
                         number(table, row, "mu"), number(table, row, "period")};
}

static void busy_agents_follow_the_load_of_mtminf(void **state) {
    struct reference *table = reference_open("mtminf");
    struct wave last = {0};
    for (size_t row = 0; row < table->n_rows; row++) {
        struct wave wave = wave_of(table, row);
        double t = number(table, row, "t");
        assert_true(fabs(load(&wave, t) / number(table, row, "offered_load_m_t") - 1) < 1e-8);
        if (memcmp(&wave, &last, sizeof wave) == 0)
            continue;
        assert_int_equal(busy_rows_broken(&wave, 1), 0);
        assert_int_not_equal(busy_rows_broken(&wave, 1.05), 0);
        last = wave;
    }
    reference_close(table);
}

/* ---- patience like talk: the number in system is Poisson whatever the staff, if a caller whose agent leaves stays ---- */

static double staff_at(const struct wave *wave, double beta, double t) {
    return ceil(load(wave, t) + beta * sqrt(load(wave, t)) - 1e-6);
}

static const char *compose_staffed(struct oh_arena *arena, const struct wave *wave, double beta,
                                   double talk) {
    struct oh_text to = {0};
    oh_text_printf(&to,
                   "time: {days: 5, warm_up: 72h}\ncontacts:\n  calls:\n"
                   "    talk: exponential(%.9fs)\n    patience: exponential(%.9fs)\n"
                   "    arrivals:\n      rate: {",
                   talk * unit_s(wave), unit_s(wave));
    put_rate(&to, wave);
    oh_text_puts(&to, "}\nagents:\n  team:\n    on_leave: requeue\n    count: {");
    for (int hour = 0; hour < 24; hour++)
        oh_text_printf(&to, "%s%02d:00: %.0f", hour ? ", " : "", hour,
                       staff_at(wave, beta, hour * 3600 / unit_s(wave)));
    oh_text_puts(&to, "}\n");
    oh_text_printf(&to, TEST_RUN, 400 * effort);
    const char *yaml = oh_arena_strdup(arena, to.data);
    oh_text_fini(&to);
    return yaml;
}

/* Of a Poisson number N of contacts and s agents: mean waiting, mean busy, chance that all are busy. */
struct crowd {
    double waiting, busy, delayed;
};

static struct crowd crowd_of(double mean, double staff) {
    struct crowd crowd = {0};
    double p = exp(-mean);
    for (int n = 0; n < 400; p *= mean / ++n) {
        crowd.waiting += p * fmax(n - staff, 0);
        crowd.busy += p * fmin(n, staff);
        crowd.delayed += n >= staff ? p : 0;
    }
    return crowd;
}

/* Averages over a row, by Simpson's rule; those of callers weighted by the rate. */
static struct crowd crowd_over(const struct wave *wave, double staff, double from, double to) {
    enum { PANELS = 6 };
    struct crowd sum = {0};
    double callers = 0;
    for (int i = 0; i <= 2 * PANELS; i++) {
        double t = from + (to - from) * i / (2 * PANELS);
        double weight = (i == 0 || i == 2 * PANELS ? 1 : i % 2 ? 4 : 2) / (6.0 * PANELS);
        double rate = wave->mean + wave->amplitude * sin(frequency(wave) * t);
        struct crowd crowd = crowd_of(load(wave, t), staff);
        sum.waiting += weight * crowd.waiting;
        sum.busy += weight * crowd.busy;
        sum.delayed += weight * rate * crowd.delayed;
        callers += weight * rate;
    }
    sum.delayed /= callers;
    return sum;
}

static size_t staffed_rows_broken(const struct wave *wave, double beta, double talk) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(compose_staffed(arena, wave, beta, talk));
    size_t broken = 0;
    double waiting = 0;
    bool is_loud = talk <= 1;
    assert_int_equal(summary->n_rows, 2 * DAY_S / ROW_S);
    for (uint32_t i = 0; i < summary->n_rows; i++) {
        const struct oh_row *row = &summary->rows[i];
        double from = seconds_of(row) / unit_s(wave), to = from + ROW_S / unit_s(wave);
        double hour = floor(seconds_of(row) / 3600) * 3600 / unit_s(wave);
        double staff = staff_at(wave, beta, hour);
        struct crowd exact = crowd_over(wave, staff, from, to);
        waiting += exact.waiting / summary->n_rows;
        if (beta < 1)
            broken += !row_holds(summary, row, "queue_length.mean", exact.waiting, is_loud);
        broken += !row_holds(summary, row, "busy_agents.mean", exact.busy, is_loud);
        broken += !row_holds(summary, row, "occupancy", exact.busy / staff, is_loud);
        if (i < DAY_S / ROW_S) /* at the end of the run, who still waits counts for nothing */
            broken += !row_holds(summary, row, "share.delayed", exact.delayed, is_loud);
    }
    /* Where queues are rare, half an hour's are too skewed for Student's limits; those of all the days are not. */
    const struct claim claim = {"total.queue_length.mean", waiting};
    broken += claims_broken(summary, &claim, 1, is_loud ? "all rows" : NULL, NULL);
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
    return broken;
}

static const struct wave table_wave = {100, 20, 1, 2 * M_PI};

/* The file's instants are what the averages above are made of. */
static void check_instant(const struct reference *table, size_t row) {
    double t = number(table, row, "t"), staff = number(table, row, "staff");
    double m = load(&table_wave, t);
    struct crowd crowd = crowd_of(m, staff);
    assert_true(fabs(m / number(table, row, "m_t") - 1) < 1e-8);
    assert_true(staff == staff_at(&table_wave, number(table, row, "beta"), t));
    assert_true(fabs(crowd.delayed / number(table, row, "P_delay") - 1) < 1e-6);
    assert_true(fabs(crowd.waiting / number(table, row, "mean_queue") - 1) < 1e-6);
    assert_true(fabs(crowd.busy / staff / number(table, row, "occupancy") - 1) < 1e-6);
}

static void number_in_system_is_poisson_whatever_the_staff(void **state) {
    struct reference *table = reference_open("tv_theta_eq_mu");
    double last = NAN;
    for (size_t row = 0; row < table->n_rows; row++) {
        double beta = number(table, row, "beta");
        check_instant(table, row);
        if (beta != last)
            assert_int_equal(staffed_rows_broken(&table_wave, beta, 1), 0);
        last = beta;
    }
    assert_int_not_equal(staffed_rows_broken(&table_wave, 0, 1.05), 0);
    reference_close(table);
}

/* ---- counts of days with random busyness ---- */

enum { MOST_DAYS = 4000, HALVES = 2, MOST_TYPES = 3 };

struct counts {
    double n[MOST_TYPES][HALVES][MOST_DAYS];
};

static void count_attempt(void *context, const struct oh_attempt *attempt) {
    struct counts *counts = context;
    counts
        ->n[attempt->type_ix][attempt->arrived_us >= INT64_C(43200000000)][attempt->replication]++;
}

static double day_count(const struct counts *counts, size_t type, size_t day) {
    return counts->n[type][0][day] + counts->n[type][1][day];
}

/* The mean of s^2 over batches of 20 days. */
static struct sample variance_of(const struct counts *counts, size_t type) {
    struct sample variances = {0};
    for (size_t first = 0; first < MOST_DAYS; first += 20) {
        struct sample batch = {0};
        for (size_t day = first; day < first + 20; day++)
            sample_add(&batch, day_count(counts, type, day));
        sample_add(&variances, batch.squares / 19);
    }
    return variances;
}

static void put_day(struct oh_text *to) {
    oh_text_puts(to, "time: {days: 1, interval: 24h}\nagents: {endless: {count: 5000}}\n");
    oh_text_printf(to, TEST_RUN, (double)MOST_DAYS);
}

/* Of a row of the file; `rate` and `shape` multiply what it says. */
static bool gamma_poisson_holds(const struct reference *table, size_t row, double rate,
                                double shape, bool is_loud) {
    double m = number(table, row, "mean"), k = number(table, row, "gamma_shape");
    double v = number(table, row, "variance");
    static struct counts counts;
    struct oh_text yaml = {0};
    put_day(&yaml);
    oh_text_printf(&yaml,
                   "contacts: {calls: {talk: 1s, arrivals: {rate: %.9f/d, busyness: gamma(mean=1 "
                   "cv=%.12f)}}}\n",
                   m * rate, 1 / sqrt(k * shape));
    memset(&counts, 0, sizeof counts);
    struct oh_summary *summary = simulate_traced(yaml.data, count_attempt, &counts);
    struct sample both = {0}, days = {0}, variance = variance_of(&counts, 0);
    for (size_t day = 0; day < MOST_DAYS; day++) {
        sample_add(&days, day_count(&counts, 0, day));
        sample_add(&both, (counts.n[0][0][day] - m / 2) * (counts.n[0][1][day] - m / 2));
    }
    const struct claim claim = {"total.offered", m};
    bool holds = claims_broken(summary, &claim, 1, is_loud ? table->file : NULL, NULL) == 0;
    holds &= sample_holds(&variance, v, is_loud ? "variance of daily counts" : NULL);
    holds &= sample_holds(&both, m * m / 4 / k, is_loud ? "covariance of half days" : NULL);
    /* The interval that the program reports is that of the days' own spread. */
    struct oh_estimate found = estimate_of(summary, "total.offered"), own = sample_estimate(&days);
    assert_true(fabs(found.high - own.high) < 1e-6 * own.high);
    oh_summary_destroy(summary);
    oh_text_fini(&yaml);
    return holds;
}

static void daily_counts_are_negative_binomial(void **state) {
    struct reference *table = reference_open("gamma_poisson");
    bool rate_noticed = false;
    for (size_t row = 0; row < table->n_rows; row++) {
        assert_true(gamma_poisson_holds(table, row, 1, 1, true));
        assert_false(gamma_poisson_holds(table, row, 1, 1.5, false));
        rate_noticed = rate_noticed || !gamma_poisson_holds(table, row, 1.05, 1, false);
    }
    assert_true(rate_noticed);
    reference_close(table);
}

/* ---- a factor that types share ---- */

struct pair {
    size_t a, b;
    double covariance;
};

static void types_with_a_shared_factor_are_busy_together(void **state) {
    static struct counts counts;
    const double mean[] = {100, 60, 80};
    /* a: shared; b: shared and own; c: own. Squared coefficients of variation: shared 0.25, own 0.04. */
    const double both = 1.25 * 1.04 - 1;
    const double variance[] = {100 + 2500, 60 + 3600 * both, 80 + 6400 * 0.04};
    const struct pair pairs[] = {{0, 1, 6000 * 0.25}, {0, 2, 0}, {1, 2, 0}};
    struct oh_text yaml = {0};
    put_day(&yaml);
    oh_text_puts(&yaml,
                 "factors: {weather: gamma(mean=1 cv=0.5)}\ncontacts:\n"
                 "  a: {talk: 1s, arrivals: {rate: 100/d, busyness: weather}}\n"
                 "  b: {talk: 1s, arrivals: {rate: 60/d, busyness: [weather, gamma(mean=1 "
                 "cv=0.2)]}}\n"
                 "  c: {talk: 1s, arrivals: {rate: 80/d, busyness: gamma(mean=1 cv=0.2)}}\n");
    memset(&counts, 0, sizeof counts);
    oh_summary_destroy(simulate_traced(yaml.data, count_attempt, &counts));
    for (size_t type = 0; type < 3; type++) {
        struct sample found = variance_of(&counts, type);
        assert_sample(&found, variance[type], "variance");
    }
    for (size_t i = 0; i < N_OF(pairs); i++) {
        struct sample product = {0};
        for (size_t day = 0; day < MOST_DAYS; day++)
            sample_add(&product, (day_count(&counts, pairs[i].a, day) - mean[pairs[i].a]) *
                                     (day_count(&counts, pairs[i].b, day) - mean[pairs[i].b]));
        assert_sample(&product, pairs[i].covariance, "covariance");
    }
    oh_text_fini(&yaml);
}

/* ---- staff, patience and talk by time of day: two rows of Erlang A in one day ---- */

static void check_half(const struct oh_summary *summary, const struct reference *table, size_t row,
                       double from_h) {
    static const struct {
        const char *metric, *column;
    } columns[] = {
        {"abandonment", "P_abandon"},
        {"wait_answered.mean", "ASA_served_s"},
        {"queue_length.mean", "mean_queue"},
        {"occupancy", "occupancy"},
        {"service_level", "P_served_within_20s"},
    };
    for (uint32_t i = 0; i < summary->n_rows; i++) {
        double hour = seconds_of(&summary->rows[i]) / 3600;
        /* Two hours after a change nothing of it is left; the last row holds calls without an end. */
        if (hour < from_h + 2 || hour >= from_h + 12 || i + 1 == summary->n_rows)
            continue;
        for (size_t c = 0; c < N_OF(columns); c++)
            assert_true(row_holds(summary, &summary->rows[i], columns[c].metric,
                                  number(table, row, columns[c].column), true));
    }
}

static void each_half_of_the_day_is_its_own_erlang_a(void **state) {
    struct reference *table = reference_open("erlang_a");
    const size_t day = 0, night = 3; /* 600/h 300 s 50 agents; 100/h 180 s 7 agents */
    struct oh_text yaml = {0};
    oh_text_puts(&yaml, "time: {days: 1, interval: 2h}\ncontacts:\n  calls:\n"
                        "    arrivals: {rate: {00:00: 100/h, 12:00: 600/h}}\n"
                        "    talk: {00:00: exponential(180s), 12:00: exponential(300s)}\n"
                        "    patience: {00:00: exponential(90s), 12:00: exponential(120s)}\n"
                        "agents: {team: {count: {00:00: 7, 12:00: 50}}}\n");
    oh_text_printf(&yaml, TEST_RUN, 400 * effort);
    struct oh_summary *summary = simulate(yaml.data);
    check_half(summary, table, night, 0);
    check_half(summary, table, day, 12);
    oh_summary_destroy(summary);
    oh_text_fini(&yaml);
    reference_close(table);
}

/* ---- absence drawn for every person and day ---- */

static void add_on_duty(void *context, uint64_t replication, const struct oh_summary *summary) {
    sample_add(context, estimate_of(summary, "agents.team.on_duty").value);
}

static void absence_is_binomial_by_day(void **state) {
    struct model model;
    struct sample two_days = {0}, spread = {0};
    model_init(&model, "time: {days: 2, interval: 24h}\n"
                       "contacts: {calls: {arrivals: {rate: 1/h}, talk: 60s}}\n"
                       "agents: {team: {count: 20, shrinkage: 30%, shrinkage_as: absence}}\n");
    simulate_each(&model, 2000, add_on_duty, &two_days);
    assert_sample(&two_days, 14, "on duty");
    model_fini(&model);
    /* Two days' mean of Binomial(20, 0.7): variance 4.2 / 2; 2000 of them know it to 3%. */
    double variance = two_days.squares / (double)(two_days.n - 1);
    sample_add(&spread, variance);
    assert_true(fabs(variance / 2.1 - 1) < 5 * sqrt(2.0 / 2000));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(busy_agents_follow_the_load_of_mtminf),
        cmocka_unit_test(number_in_system_is_poisson_whatever_the_staff),
        cmocka_unit_test(daily_counts_are_negative_binomial),
        cmocka_unit_test(types_with_a_shared_factor_are_busy_together),
        cmocka_unit_test(each_half_of_the_day_is_its_own_erlang_a),
        cmocka_unit_test(absence_is_binomial_by_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
