#include "measure/control.h"

#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/text.h"
#include "measure/interval.h"

/* Of values with mean 0 on controls: the intercept is the estimate, its variance the coefficients' first. */
struct fit {
    double intercept, variance;
};

static struct fit regress(const double *y, const struct oh_controls *controls) {
    size_t n = (size_t)controls->n, p = 1 + (size_t)controls->q;
    gsl_matrix *x = gsl_matrix_alloc(n, p), *covariance = gsl_matrix_alloc(p, p);
    gsl_vector *coefficients = gsl_vector_alloc(p);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n, p);
    OH_INVARIANT(x != NULL && covariance != NULL && coefficients != NULL && work != NULL);
    gsl_vector_const_view values = gsl_vector_const_view_array(y, n);
    double squares;
    for (size_t i = 0; i < n; i++) {
        gsl_matrix_set(x, i, 0, 1);
        for (size_t c = 0; c + 1 < p; c++)
            gsl_matrix_set(x, i, c + 1, controls->values[i * (p - 1) + c]);
    }
    gsl_multifit_linear(x, &values.vector, coefficients, covariance, &squares, work);
    struct fit fit = {gsl_vector_get(coefficients, 0), gsl_matrix_get(covariance, 0, 0)};
    gsl_multifit_linear_free(work);
    gsl_vector_free(coefficients);
    gsl_matrix_free(covariance);
    gsl_matrix_free(x);
    return fit;
}

bool oh_series_control(const struct oh_series *series, const struct oh_controls *controls,
                       double confidence, struct oh_estimate *estimate, double *gain) {
    uint64_t n = series->n;
    double sum_x = 0, sum_y = 0, squares = 0;
    if (controls->q == 0 || controls->n != n || n < controls->q + OH_LEAST_BESIDE_CONTROLS)
        return false;
    for (uint64_t i = 0; i < n; i++) {
        sum_x += series->x[i * series->stride];
        sum_y += series->y[i * series->stride];
    }
    double per_unit = oh_metric_counts_per_unit(series->unit), ratio = sum_x / sum_y;
    double *deviation = oh_calloc(n, sizeof *deviation);
    for (uint64_t i = 0; i < n && sum_y > 0; i++) {
        double x = series->x[i * series->stride], y = series->y[i * series->stride];
        deviation[i] = (x - ratio * y) * (double)n / sum_y / per_unit;
        squares += deviation[i] * deviation[i];
    }
    double size = ratio / per_unit, r = (double)n;
    bool varies = sum_y > 0 && squares > 1e-20 * r * size * size;
    if (varies) {
        struct fit fit = regress(deviation, controls);
        double student = oh_level_of(n - controls->q, confidence).student;
        double half = student * sqrt(fmax(0, fit.variance));
        double value = size + fit.intercept;
        *estimate = (struct oh_estimate){oh_number_settle(value), oh_number_settle(value - half),
                                         oh_number_settle(value + half)};
        *gain = squares / (r * (r - 1)) / fit.variance;
    }
    free(deviation);
    return varies;
}
