#include "study/calibrate.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/directions.h"
#include "study/evaluate.h"
#include "study/rough.h"

enum { ROUGH_POINTS = 40, ROUGH_STEPS = 80, MOST_STEPS = 30, MOST_STARTS = 3 };

static const double STEP = 0.02;  /* of the range, for differences */
static const double WALL = 1e3;   /* tolerances by which a place beyond the range is worse */
static const double PULL = 1e-3;  /* holds what no target does where it is */
static const double GOOD = 1e-3;  /* mean squared residual with which no more is searched */
static const double CLOSE = 25;   /* the same of a start that spares a search for others */
static const double APART = 0.05; /* of the range, for starts to be two */

static double clamp(double u) {
    return fmin(fmax(u, 0), 1);
}

/* Halton 1960: points that fill the cube evenly; `i` from 1. */
static void halton(size_t i, uint32_t n, double *u) {
    static const unsigned bases[OH_MOST_FREE] = {2, 3, 5, 7};
    for (uint32_t j = 0; j < n; j++) {
        double part = 1;
        u[j] = 0;
        for (size_t rest = i; rest > 0; rest /= bases[j]) {
            part /= bases[j];
            u[j] += part * (double)(rest % bases[j]);
        }
    }
}

/* ---- a start from closed forms ---- */

static bool is_stopped(const struct oh_calibrate_question *q) {
    return q->run.stop.asks != NULL && q->run.stop.asks(q->run.stop.context);
}

/* The misfit as theory sees it, of the targets that it knows; NAN: of none. */
static double rough_misfit(const struct oh_calibrate_question *q, const double *u) {
    double x[OH_MOST_FREE], sum = 0;
    uint32_t known = 0;
    for (uint32_t j = 0; j < q->n_free; j++)
        x[j] = oh_free_settle(&q->free[j], oh_free_value(&q->free[j], u[j]));
    const struct oh_plan *plan = is_stopped(q) ? NULL : q->plan(q->context, x);
    struct oh_rough *rough = plan != NULL ? oh_rough_create(plan) : NULL;
    for (uint32_t t = 0; t < q->n_targets && rough != NULL; t++) {
        double off = oh_rough_metric(rough, q->targets[t].path) - q->targets[t].value;
        if (isnan(off))
            continue;
        known++;
        sum += off * off / (q->targets[t].tolerance * q->targets[t].tolerance);
    }
    free(rough);
    if (plan != NULL)
        q->release(q->context, plan);
    return known > 0 ? sum : NAN;
}

static double rough_function(const gsl_vector *v, void *context) {
    const struct oh_calibrate_question *q = context;
    double u[OH_MOST_FREE], penalty = 0;
    for (uint32_t j = 0; j < q->n_free; j++) {
        double beyond = gsl_vector_get(v, j) - clamp(gsl_vector_get(v, j));
        u[j] = clamp(gsl_vector_get(v, j));
        penalty += WALL * WALL * beyond * beyond + PULL * (u[j] - 0.5) * (u[j] - 0.5);
    }
    double misfit = rough_misfit(q, u);
    return isnan(misfit) ? 1e30 : misfit + penalty;
}

static void descend(struct oh_calibrate_question *q, double *u) {
    gsl_multimin_function function = {rough_function, q->n_free, q};
    gsl_vector *start = gsl_vector_alloc(q->n_free), *size = gsl_vector_alloc(q->n_free);
    gsl_multimin_fminimizer *minimizer =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, q->n_free);
    for (uint32_t j = 0; j < q->n_free; j++)
        gsl_vector_set(start, j, u[j]);
    gsl_vector_set_all(size, 0.1);
    gsl_multimin_fminimizer_set(minimizer, &function, start, size);
    for (int i = 0; i < ROUGH_STEPS; i++)
        if (gsl_multimin_fminimizer_iterate(minimizer) != GSL_SUCCESS ||
            gsl_multimin_fminimizer_size(minimizer) < 1e-3)
            break;
    for (uint32_t j = 0; j < q->n_free; j++)
        u[j] = clamp(gsl_vector_get(gsl_multimin_fminimizer_x(minimizer), j));
    gsl_multimin_fminimizer_free(minimizer);
    gsl_vector_free(start);
    gsl_vector_free(size);
}

static bool start_from_theory(const struct oh_calibrate_question *question, double *u) {
    struct oh_calibrate_question q = *question;
    double least = INFINITY, at[OH_MOST_FREE];
    for (size_t i = 1; i <= ROUGH_POINTS; i++) {
        halton(i, q.n_free, at);
        double misfit = rough_misfit(&q, at);
        if (isnan(misfit) && i == 1)
            return false;
        if (misfit < least) {
            least = misfit;
            memcpy(u, at, sizeof at);
        }
    }
    if (isinf(least))
        return false;
    descend(&q, u);
    return true;
}

/* ---- Levenberg and Marquardt ---- */

/* Some unknowns stay where they are. */
struct search {
    struct oh_evaluator *e;
    double base[OH_MOST_FREE];
    uint32_t n; /* that move */
    uint32_t moving[OH_MOST_FREE];
};

static void place_of(const struct search *search, const gsl_vector *v, double *u) {
    memcpy(u, search->base, sizeof search->base);
    for (uint32_t k = 0; k < search->n; k++)
        u[search->moving[k]] = clamp(gsl_vector_get(v, k));
}

static int residuals(const gsl_vector *v, void *context, gsl_vector *f) {
    struct search *search = context;
    uint32_t m = search->e->question->n_targets;
    double u[1][OH_MOST_FREE], off[OH_MOST_TARGETS];
    place_of(search, v, u[0]);
    if (!oh_evaluate(search->e, u, 1))
        return GSL_EFAILED;
    oh_residuals(search->e, u[0], off);
    for (uint32_t t = 0; t < m; t++)
        gsl_vector_set(f, t, off[t]);
    for (uint32_t k = 0; k < search->n; k++) {
        double at = gsl_vector_get(v, k), start = search->base[search->moving[k]];
        gsl_vector_set(f, m + k, WALL * (at - clamp(at)) + PULL * (at - start));
    }
    return GSL_SUCCESS;
}

static int slopes(const gsl_vector *v, void *context, gsl_matrix *jacobian) {
    struct search *search = context;
    uint32_t m = search->e->question->n_targets;
    double u[1 + OH_MOST_FREE][OH_MOST_FREE], off[OH_MOST_TARGETS], moved[OH_MOST_TARGETS];
    place_of(search, v, u[0]);
    for (uint32_t k = 0; k < search->n; k++) {
        uint32_t j = search->moving[k];
        memcpy(u[1 + k], u[0], sizeof u[0]);
        u[1 + k][j] += u[0][j] + STEP > 1 ? -STEP : STEP;
    }
    if (!oh_evaluate(search->e, u, 1 + search->n))
        return GSL_EFAILED;
    gsl_matrix_set_zero(jacobian);
    oh_residuals(search->e, u[0], off);
    for (uint32_t k = 0; k < search->n; k++) {
        uint32_t j = search->moving[k];
        bool is_beyond = gsl_vector_get(v, k) != u[0][j];
        gsl_matrix_set(jacobian, m + k, k, PULL + (is_beyond ? WALL : 0));
        oh_residuals(search->e, u[1 + k], moved);
        for (uint32_t t = 0; t < m && !is_beyond; t++)
            gsl_matrix_set(jacobian, t, k, (moved[t] - off[t]) / (u[1 + k][j] - u[0][j]));
    }
    return GSL_SUCCESS;
}

/* Moves base to the least misfit that can be reached from it. */
static void improve(struct search *search) {
    uint32_t m = search->e->question->n_targets;
    if (!oh_evaluate(search->e, &search->base, 1) || search->n == 0)
        return;
    gsl_multifit_nlinear_fdf fdf = {
        .f = residuals, .df = slopes, .n = m + search->n, .p = search->n, .params = search};
    gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters, fdf.n, fdf.p);
    gsl_vector *start = gsl_vector_alloc(search->n);
    for (uint32_t k = 0; k < search->n; k++)
        gsl_vector_set(start, k, search->base[search->moving[k]]);
    bool ok = gsl_multifit_nlinear_init(start, &fdf, work) == GSL_SUCCESS;
    for (int i = 0; ok && i < MOST_STEPS; i++) {
        double norm = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(work));
        ok = norm * norm > 0.1 * GOOD * m && gsl_multifit_nlinear_iterate(work) == GSL_SUCCESS &&
             gsl_blas_dnrm2(work->dx) > 1e-5;
    }
    place_of(search, gsl_multifit_nlinear_position(work), search->base);
    gsl_vector_free(start);
    gsl_multifit_nlinear_free(work);
}

static void search_from(struct oh_evaluator *e, double *u) {
    struct search search = {.e = e, .n = e->question->n_free};
    memcpy(search.base, u, sizeof search.base);
    for (uint32_t j = 0; j < search.n; j++)
        search.moving[j] = j;
    improve(&search);
    memcpy(u, search.base, sizeof search.base);
}

/* All whole numbers around, with the rest fitted anew. */
static void search_whole(struct oh_evaluator *e, const double *u) {
    const struct oh_calibrate_question *q = e->question;
    uint32_t whole[OH_MOST_FREE], n_whole = 0;
    struct search search = {.e = e};
    for (uint32_t j = 0; j < q->n_free; j++)
        if (q->free[j].is_integral)
            whole[n_whole++] = j;
        else
            search.moving[search.n++] = j;
    for (uint32_t c = 0; n_whole > 0 && c < 1U << n_whole; c++) {
        memcpy(search.base, u, sizeof search.base);
        for (uint32_t k = 0; k < n_whole; k++) {
            const struct oh_free *free = &q->free[whole[k]];
            double value = floor(oh_free_value(free, u[whole[k]]) + 1e-9) + (c >> k & 1);
            search.base[whole[k]] = clamp(oh_free_place(free, value));
        }
        improve(&search);
    }
}

/* ---- the whole ---- */

struct start {
    double u[OH_MOST_FREE];
    double misfit;
};

static double misfit_at(const struct oh_evaluator *e, const double *u) {
    double off[OH_MOST_TARGETS], sum = 0;
    oh_residuals(e, u, off);
    for (uint32_t t = 0; t < e->question->n_targets; t++)
        sum += off[t] * off[t];
    return sum;
}

static int by_misfit(const void *a, const void *b) {
    const struct start *one = a, *other = b;
    return (one->misfit > other->misfit) - (one->misfit < other->misfit);
}

/* Evaluates starts from `from` on, side by side; false: it may not go on. */
static bool try_starts(struct oh_evaluator *e, struct start *starts, size_t from, size_t n) {
    double(*u)[OH_MOST_FREE] = oh_calloc(n - from + 1, sizeof *u);
    for (size_t i = from; i < n; i++)
        memcpy(u[i - from], starts[i].u, sizeof *u);
    bool ok = oh_evaluate(e, u, n - from);
    for (size_t i = from; i < n && ok; i++)
        starts[i].misfit = misfit_at(e, starts[i].u);
    free(u);
    if (ok)
        qsort(starts, n, sizeof *starts, by_misfit);
    return ok;
}

static bool has_present(const struct oh_calibrate_question *q, double *u) {
    for (uint32_t j = 0; j < q->n_free; j++) {
        if (isnan(q->free[j].present))
            return false;
        u[j] = oh_free_place(&q->free[j], q->free[j].present);
    }
    return true;
}

enum { MOST_CANDIDATES = 3 + 4 * OH_MOST_FREE };

/* The known ones; where none of them comes close, others all over the ranges. */
static size_t find_starts(struct oh_evaluator *e, struct start *starts, bool *has_theory) {
    const struct oh_calibrate_question *q = e->question;
    size_t n = 0;
    *has_theory = start_from_theory(q, starts[0].u);
    n += *has_theory;
    n += has_present(q, starts[n].u);
    for (uint32_t j = 0; j < OH_MOST_FREE; j++)
        starts[n].u[j] = 0.5;
    n++;
    if (!try_starts(e, starts, 0, n))
        return 0;
    if (starts[0].misfit < CLOSE * q->n_targets)
        return n;
    size_t known = n;
    for (size_t i = 1; i <= 4 * (size_t)q->n_free; i++)
        halton(i, q->n_free, starts[n++].u);
    return try_starts(e, starts, known, n) ? n : known;
}

static bool is_apart(const struct start *start, const struct start *from, uint32_t n_free) {
    double distance = 0;
    for (uint32_t j = 0; j < n_free; j++)
        distance = fmax(distance, fabs(start->u[j] - from->u[j]));
    return distance > APART;
}

static const struct oh_point *best_of(const struct oh_evaluator *e) {
    const struct oh_point *best = NULL;
    for (size_t i = 0; i < e->n; i++)
        if (best == NULL || oh_misfit(e, &e->points[i]) < oh_misfit(e, best))
            best = &e->points[i];
    return best;
}

/* Kept back: what is known at the end has to be judged. */
static uint64_t reserve_of(const struct oh_calibrate_question *q) {
    uint64_t reserve = 2 * q->n_free;
    for (uint32_t j = 0; j < q->n_free; j++)
        reserve *= q->free[j].is_integral ? 2 : 1;
    return reserve < q->most_evaluations / 2 ? reserve : q->most_evaluations / 2;
}

static void search(struct oh_evaluator *e, bool *has_theory) {
    const struct oh_calibrate_question *q = e->question;
    struct start starts[MOST_CANDIDATES] = {0}, best = {.misfit = INFINITY};
    size_t n = find_starts(e, starts, has_theory), searched = 0;
    for (size_t i = 0; i < n && searched < MOST_STARTS; i++) {
        if (i > 0 &&
            (best.misfit < GOOD * q->n_targets || !is_apart(&starts[i], &starts[0], q->n_free)))
            continue;
        struct start end = starts[i];
        searched++;
        search_from(e, end.u);
        if (!oh_evaluate(e, &end.u, 1))
            break;
        end.misfit = misfit_at(e, end.u);
        if (end.misfit < best.misfit)
            best = end;
    }
    if (isfinite(best.misfit))
        search_whole(e, best.u);
}

static void report_targets(const struct oh_calibrate_question *q, const struct oh_point *best,
                           struct oh_calibration *found) {
    found->is_met = true;
    for (uint32_t t = 0; t < q->n_targets; t++) {
        struct oh_hit *hit = &found->hits[t];
        hit->estimate = (struct oh_estimate){best->metric[t], best->low[t], best->high[t]};
        hit->off = (best->metric[t] - hit->value) / hit->tolerance;
        hit->is_met = fabs(hit->off) <= 1;
        found->is_met &= hit->is_met;
    }
}

static void report_values(const struct oh_calibrate_question *q, const struct oh_point *best,
                          struct oh_calibration *found) {
    for (uint32_t j = 0; j < q->n_free; j++) {
        double place = oh_free_place(&q->free[j], best->x[j]);
        found->fitted[j].estimate = (struct oh_estimate){best->x[j], NAN, NAN};
        found->fitted[j].leeway = NAN;
        found->fitted[j].is_at_edge = place < 1e-3 || place > 1 - 1e-3;
    }
}

void oh_calibrate(const struct oh_calibrate_question *q, struct oh_calibration *found) {
    struct oh_evaluator e;
    oh_evaluator_init(&e, q);
    e.most = q->most_evaluations - reserve_of(q);
    search(&e, &found->has_theory);
    e.most = q->most_evaluations;
    const struct oh_point *best = best_of(&e);
    if (best != NULL) {
        report_targets(q, best, found);
        report_values(q, best, found);
        oh_directions_find(&e, best, found);
    }
    found->most_evaluations = q->most_evaluations;
    found->evaluations = e.n;
    found->contacts_simulated = e.contacts;
    found->ending = e.ending == OH_ENDED_ENOUGH && e.is_spent ? OH_ENDED_AT_MOST : e.ending;
    found->complete = e.ending == OH_ENDED_ENOUGH;
    oh_evaluator_fini(&e);
}
