#include "study/directions.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "measure/series.h"

static const double STEP = 0.02; /* of the range, to either side */
/* A direction is open if targets change by less than so many tolerances over the whole of the ranges, or by less than that
 * part of what the most sensitive direction changes, which is what luck makes of nothing. */
static const double OPEN = 2, NOISE = 2e-3;
static const double TOUCHED =
    0.05; /* part of an open direction that makes an unknown undetermined */

/* Residuals by the unknowns' places, and their singular values: U, s and V of Golub and Reinsch. */
struct jacobian {
    gsl_matrix *u; /* [rows][n_free]; rows of 0 where targets are fewer than unknowns */
    gsl_matrix *v; /* [n_free][n_free] */
    gsl_vector *s;
};

static void jacobian_fini(struct jacobian *jacobian) {
    gsl_matrix_free(jacobian->u);
    gsl_matrix_free(jacobian->v);
    gsl_vector_free(jacobian->s);
}

static void decompose(struct jacobian *jacobian, uint32_t n) {
    gsl_vector *work = gsl_vector_alloc(n);
    gsl_linalg_SV_decomp(jacobian->u, jacobian->v, jacobian->s, work);
    gsl_vector_free(work);
}

static bool jacobian_init(struct jacobian *jacobian, struct oh_evaluator *e, const double *place) {
    uint32_t n = e->question->n_free, m = e->question->n_targets;
    double u[2 * OH_MOST_FREE][OH_MOST_FREE], below[OH_MOST_TARGETS], above[OH_MOST_TARGETS];
    for (uint32_t j = 0; j < n; j++) {
        memcpy(u[2 * j], place, sizeof u[0]);
        memcpy(u[2 * j + 1], place, sizeof u[0]);
        u[2 * j][j] = fmax(0, place[j] - STEP);
        u[2 * j + 1][j] = fmin(1, place[j] + STEP);
    }
    if (!oh_evaluate(e, u, (size_t)2 * n))
        return false;
    *jacobian = (struct jacobian){gsl_matrix_calloc(m > n ? m : n, n), gsl_matrix_alloc(n, n),
                                  gsl_vector_alloc(n)};
    for (uint32_t j = 0; j < n; j++) {
        oh_residuals(e, u[2 * j], below);
        oh_residuals(e, u[2 * j + 1], above);
        for (uint32_t t = 0; t < m; t++)
            gsl_matrix_set(jacobian->u, t, j,
                           (above[t] - below[t]) / (u[2 * j + 1][j] - u[2 * j][j]));
    }
    decompose(jacobian, n);
    return true;
}

/* How far a step of the whole range would take the value, at the slope that holds here. */
static double reach(const struct oh_free *free, double x) {
    return free->low > 0 ? x * log(free->high / free->low) : free->high - free->low;
}

/* ---- directions ---- */

static void describe(const struct oh_calibrate_question *q, const struct oh_point *best,
                     const gsl_matrix *v, size_t k, struct oh_direction *direction) {
    double largest = 0;
    for (uint32_t j = 0; j < q->n_free; j++) {
        double size = best->x[j] != 0 ? best->x[j] : q->free[j].high - q->free[j].low;
        direction->change[j] = gsl_matrix_get(v, j, k) * reach(&q->free[j], best->x[j]) / size;
        if (fabs(direction->change[j]) > fabs(largest) * (1 + 1e-9))
            largest = direction->change[j];
    }
    for (uint32_t j = 0; j < q->n_free && largest != 0; j++)
        direction->change[j] *= 0.1 / largest;
}

static void find_open(const struct oh_calibrate_question *q, const struct jacobian *jacobian,
                      const struct oh_point *best, struct oh_calibration *found) {
    double most = gsl_vector_get(jacobian->s, 0);
    found->n_directions = q->n_free;
    found->directions = OH_NEW_ARRAY(found->arena, q->n_free, struct oh_direction);
    for (uint32_t k = 0; k < q->n_free; k++) {
        struct oh_direction *direction = &found->directions[k];
        *direction = (struct oh_direction){.sensitivity = gsl_vector_get(jacobian->s, k)};
        direction->is_open = direction->sensitivity < fmax(OPEN, NOISE * most);
        found->n_open += direction->is_open;
        describe(q, best, jacobian->v, k, direction);
        for (uint32_t j = 0; j < q->n_free && direction->is_open; j++)
            found->fitted[j].is_undetermined |= fabs(gsl_matrix_get(jacobian->v, j, k)) > TOUCHED;
    }
}

/* ---- uncertainty ---- */

/* By how much the unknown's place moves if target t does by a tolerance, in the directions that are not open. */
static double pull(const struct jacobian *jacobian, const struct oh_calibration *found, uint32_t j,
                   uint32_t t) {
    double sum = 0;
    for (uint32_t k = 0; k < found->n_directions; k++)
        if (!found->directions[k].is_open)
            sum += gsl_matrix_get(jacobian->v, j, k) * gsl_matrix_get(jacobian->u, t, k) /
                   gsl_vector_get(jacobian->s, k);
    return sum;
}

/* The delta method: the covariance of the metrics, taken through the inverse of the Jacobian. */
static void estimate(const struct oh_calibrate_question *q, const struct jacobian *jacobian,
                     const struct oh_point *best, struct oh_calibration *found, uint32_t j) {
    struct oh_fitted *fitted = &found->fitted[j];
    if (fitted->is_undetermined)
        return;
    double pulls[OH_MOST_TARGETS], variance = 0, leeway = 0;
    for (uint32_t t = 0; t < q->n_targets; t++) {
        pulls[t] = pull(jacobian, found, j, t);
        leeway += fabs(pulls[t]);
    }
    for (uint32_t a = 0; a < q->n_targets; a++)
        for (uint32_t b = 0; b < q->n_targets; b++)
            variance += pulls[a] * pulls[b] * best->covariance[a][b] /
                        (q->targets[a].tolerance * q->targets[b].tolerance);
    double size = reach(&q->free[j], best->x[j]);
    double half =
        oh_student(found->replications, found->confidence) * sqrt(fmax(0, variance)) * size;
    fitted->leeway = leeway * size;
    fitted->estimate.low = fitted->estimate.value - half;
    fitted->estimate.high = fitted->estimate.value + half;
}

void oh_directions_find(struct oh_evaluator *e, const struct oh_point *best,
                        struct oh_calibration *found) {
    const struct oh_calibrate_question *q = e->question;
    const struct oh_point here = *best; /* the list grows */
    double place[OH_MOST_FREE];
    struct jacobian jacobian;
    for (uint32_t j = 0; j < q->n_free; j++)
        place[j] = oh_free_place(&q->free[j], here.x[j]);
    if (!jacobian_init(&jacobian, e, place))
        return;
    find_open(q, &jacobian, &here, found);
    for (uint32_t j = 0; j < q->n_free; j++)
        estimate(q, &jacobian, &here, found, j);
    jacobian_fini(&jacobian);
}
