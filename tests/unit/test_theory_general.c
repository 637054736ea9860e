/* General patience and a maximum wait against exact values. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test_theory_table.h"
#include "theory/offered_wait.h"
#include "theory/theory.h"

/* ---- patience as the files name it ---- */

static double exponential(double t, const void *context) {
    const double *mean = context;
    return exp(-t / mean[0]);
}

static double uniform(double t, const void *context) {
    const double *high = context;
    return fmax(0, 1 - t / high[0]);
}

static double lognormal(double t,
                        const void *context) { /* mean, squared coefficient of variation */
    const double *p = context;
    double variance = log1p(p[1]);
    return t > 0 ? gsl_cdf_lognormal_Q(t, log(p[0]) - variance / 2, sqrt(variance)) : 1;
}

static double hyperexponential(double t,
                               const void *context) { /* share, its mean, the other's mean */
    const double *p = context;
    return p[0] * exp(-t / p[1]) + (1 - p[0]) * exp(-t / p[2]);
}

static double weibull(double t, const void *context) { /* shape, scale */
    const double *p = context;
    return exp(-pow(t / p[1], p[0]));
}

static double erlang2(double t, const void *context) {
    const double *mean = context;
    double x = 2 * t / mean[0];
    return exp(-x) * (1 + x);
}

static double constant(double t, const void *context) {
    const double *at = context;
    return t < at[0];
}

static double capped(double t, const void *context) { /* exponential mean, cap */
    const double *p = context;
    return t < p[1] ? exp(-t / p[0]) : 0;
}

static const struct named_patience {
    const char *name;
    double (*survival)(double t, const void *context);
    double parameters[3];
    double break_s; /* 0: none */
} patiences[] = {
    {"exp(120)", exponential, {120}, 0},
    {"uniform(0,240)", uniform, {240}, 240},
    {"lognormal(120,cv2=4)", lognormal, {120, 4}, 0},
    {"lognormal(120,cv2=1)", lognormal, {120, 1}, 0},
    {"h2(0.9,66.6667,600)", hyperexponential, {0.9, 200. / 3, 600}, 0},
    {"weibull(k=2,scale=135)", weibull, {2, 135}, 0},
    {"weibull(k=0.7,scale=100)", weibull, {0.7, 100}, 0},
    {"min(exp(600),300)", capped, {600, 300}, 300},
    {"min(exp(120),60)", capped, {120, 60}, 60},
    {"det(120)", constant, {120}, 120},
    {"erlang2(120)", erlang2, {120}, 0},
    {"exp(1)", exponential, {1}, 0},
    {"lognormal(1,cv2=1)", lognormal, {1, 1}, 0},
    {"lognormal(1,cv2=4)", lognormal, {1, 4}, 0},
    {"det(1)", constant, {1}, 1},
    {"erlang2(1)", erlang2, {1}, 0},
    {"uniform(0,2)", uniform, {2}, 2},
    /* balanced means with a squared coefficient of variation of 4 */
    {"h2(0.887298,0.563508,4.43649)",
     hyperexponential,
     {0.88729833462074170, 0.56350832689629155, 4.4364916731037084},
     0},
};

static const struct named_patience *find_patience(const char *name) {
    for (size_t i = 0; i < sizeof patiences / sizeof *patiences; i++)
        if (strcmp(patiences[i].name, name) == 0)
            return &patiences[i];
    fail_msg("unknown patience '%s'", name);
    return NULL;
}

static struct oh_patience patience_of(const struct named_patience *named, bool tell_break) {
    return (struct oh_patience){.kind = OH_PATIENCE_GENERAL,
                                .survival = named->survival,
                                .context = named->parameters,
                                .breaks_s = &named->break_s,
                                .n_breaks = tell_break && named->break_s > 0};
}

/* ---- rows ---- */

static struct oh_offered_wait *create(const struct oh_theory_model *model) {
    struct oh_offered_wait_model queue = {
        model->arrival_rate_per_s, model->handle_time_s, model->agents,
        model->patience,           model->max_wait_s,    INFINITY};
    struct oh_offered_wait *law;
    assert_int_equal(oh_offered_wait_create(&queue, &law), OH_THEORY_OK);
    return law;
}

static struct oh_theory_result solved(const struct oh_theory_model *model) {
    struct oh_theory_result result;
    const char *name;
    assert_int_equal(oh_theory_solve(model, &result, &name), OH_THEORY_OK);
    assert_string_equal(name, "M/M/n+G");
    return result;
}

static void in_seconds(struct row *row, bool tell_break) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = row_number(row, "calls_per_hour") / 3600;
    model.handle_time_s = row_varied(row, "aht_s");
    model.agents = (int)row_number(row, "n");
    model.patience = patience_of(find_patience(row_text(row, "patience")), tell_break);
    struct oh_theory_result result = solved(&model);
    row_expect(row, "P_wait", result.delayed_share);
    row_expect(row, "P_abandon", result.abandonment);
    row_expect(row, "mean_wait_all_s", result.wait_all.mean);
    row_expect(row, "ASA_served_s", result.wait_answered.mean);
    row_expect(row, "mean_wait_abandoned_s", result.wait_abandoned.mean);
    row_expect(row, "occupancy", result.occupancy);
    row_expect(row, "P_served_within_20s", result.service_level);
    row_expect(row, "Pab_over_EW_per_s", result.abandonment / result.wait_all.mean);
    struct oh_offered_wait *law = create(&model);
    row_expect(row, "mean_offered_wait_s", oh_offered_wait_totals(law)->offered_wait_s);
    row_expect(row, "P_wait_gt_20s", oh_offered_wait_actual_over(law, 20));
    oh_offered_wait_destroy(law);
}

static void told_of_breaks(struct row *row) {
    in_seconds(row, true);
}

static void untold_of_breaks(struct row *row) {
    in_seconds(row, false);
}

static void in_service_times(struct row *row) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = row_number(row, "lambda");
    model.handle_time_s = row->off;
    model.agents = (int)row_number(row, "n");
    model.patience = patience_of(find_patience(row_text(row, "patience_mean1")), true);
    model.answer_within_s = 0.1;
    struct oh_theory_result result = solved(&model);
    row_expect(row, "P_wait", result.delayed_share);
    row_expect(row, "P_abandon", result.abandonment);
    row_expect(row, "mean_queue", result.queue_length_mean);
    row_expect(row, "E_wait_given_served", result.wait_answered.mean);
    row_expect(row, "E_wait_given_abandon", result.wait_abandoned.mean);
    row_expect(row, "mean_wait_all", result.wait_all.mean);
    row_expect(row, "P_served_within_0.1", result.service_level);
    row_expect(row, "occupancy", result.occupancy);
}

static void maximum_wait(struct row *row) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = row_number(row, "calls_per_hour") / 3600;
    model.handle_time_s = row_varied(row, "aht_s");
    model.agents = (int)row_number(row, "n");
    model.patience = oh_patience_exponential(row_number(row, "patience_s"));
    model.max_wait_s = row_number(row, "cutoff_s");
    struct oh_theory_result result = solved(&model);
    row_expect(row, "P_wait", result.delayed_share);
    row_expect(row, "P_served", result.reached);
    row_expect(row, "P_abandon", result.abandonment);
    row_expect(row, "P_cut_off", result.disconnection);
    row_expect(row, "ASA_s", result.wait_answered.mean);
    row_expect(row, "mean_wait_all_s", result.wait_all.mean);
    row_expect(row, "occupancy", result.occupancy);
}

/* The Weibull rows of shape 0.7 are printed with an error of 2e-9 (25-digit arithmetic agrees with
 * us). */
static void general_patience_is_exact(void **state) {
    table_compare("mmn_g.csv", 3e-9, 0, told_of_breaks);
    table_compare("mmn_g_100.csv", 1e-9, 1e-17, in_service_times);
}

static void unknown_jumps_are_found(void **state) {
    table_compare("mmn_g.csv", 3e-9, 0, untold_of_breaks);
}

static void a_maximum_wait_splits_who_left(void **state) {
    table_compare("wait_cap.csv", 1e-9, 0, maximum_wait);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(general_patience_is_exact),
        cmocka_unit_test(unknown_jumps_are_found),
        cmocka_unit_test(a_maximum_wait_splits_who_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
