#include "study/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "measure/series.h"

static const double NOWHERE = 1e3; /* tolerances, where a metric does not exist */

/* ---- places ---- */

static bool goes_by_ratio(const struct oh_free *free) {
    return free->low > 0;
}

double oh_free_value(const struct oh_free *free, double u) {
    u = fmin(fmax(u, 0), 1);
    double value = goes_by_ratio(free) ? free->low * pow(free->high / free->low, u)
                                       : free->low + u * (free->high - free->low);
    return fmin(fmax(value, free->low), free->high);
}

double oh_free_place(const struct oh_free *free, double value) {
    return goes_by_ratio(free) ? log(value / free->low) / log(free->high / free->low)
                               : (value - free->low) / (free->high - free->low);
}

double oh_free_settle(const struct oh_free *free, double value) {
    char number[48];
    double settled = value;
    if (free->is_integral)
        return fmin(fmax(round(value), free->low), free->high);
    oh_number_print(value / free->scale, OH_FIT_DIGITS, number, sizeof number);
    oh_number_parse(number, strlen(number), &settled);
    return settled * free->scale;
}

/* The points whose metrics, each with its weight, make those at u: more than one between whole numbers. */
enum { MOST_CORNERS = 1 << OH_MOST_FREE };
struct corners {
    size_t n;
    double x[MOST_CORNERS][OH_MOST_FREE];
    double weight[MOST_CORNERS];
};

static void set_all(struct corners *corners, size_t from, size_t to, uint32_t j, double x,
                    double weight) {
    for (size_t c = from; c < to; c++) {
        corners->x[c][j] = x;
        corners->weight[c] *= weight;
    }
}

static struct corners corners_of(const struct oh_calibrate_question *q, const double *u) {
    struct corners corners = {.n = 1, .weight = {1}};
    for (uint32_t j = 0; j < q->n_free; j++) {
        const struct oh_free *free = &q->free[j];
        double value = oh_free_value(free, u[j]), below = floor(value + 1e-9);
        double part = value - below;
        if (!free->is_integral || part < 1e-6 || below + 1 > free->high) {
            set_all(&corners, 0, corners.n, j, oh_free_settle(free, value), 1);
            continue;
        }
        memcpy(corners.x + corners.n, corners.x, corners.n * sizeof corners.x[0]);
        memcpy(corners.weight + corners.n, corners.weight, corners.n * sizeof corners.weight[0]);
        set_all(&corners, 0, corners.n, j, below, 1 - part);
        set_all(&corners, corners.n, 2 * corners.n, j, below + 1, part);
        corners.n *= 2;
    }
    return corners;
}

/* ---- what is known ---- */

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void oh_evaluator_init(struct oh_evaluator *e, const struct oh_calibrate_question *question) {
    double limit_s = question->run.max_time_s > 0 ? question->run.max_time_s : INFINITY;
    *e = (struct oh_evaluator){.question = question,
                               .most = question->most_evaluations,
                               .deadline_s = seconds_now() + limit_s,
                               .ending = OH_ENDED_ENOUGH};
}

void oh_evaluator_fini(struct oh_evaluator *e) {
    free(e->points);
}

static const struct oh_point *find(const struct oh_evaluator *e, const double *x) {
    for (size_t i = 0; i < e->n; i++)
        if (memcmp(e->points[i].x, x, e->question->n_free * sizeof *x) == 0)
            return &e->points[i];
    return NULL;
}

static double residual(const struct oh_target *target, double metric) {
    return isnan(metric) ? NOWHERE : (metric - target->value) / target->tolerance;
}

void oh_residuals(const struct oh_evaluator *e, const double *u, double *residuals) {
    struct corners corners = corners_of(e->question, u);
    for (uint32_t t = 0; t < e->question->n_targets; t++)
        residuals[t] = 0;
    for (size_t c = 0; c < corners.n; c++) {
        const struct oh_point *point = find(e, corners.x[c]);
        for (uint32_t t = 0; t < e->question->n_targets; t++)
            residuals[t] +=
                corners.weight[c] * residual(&e->question->targets[t], point->metric[t]);
    }
}

double oh_misfit(const struct oh_evaluator *e, const struct oh_point *point) {
    double sum = 0;
    for (uint32_t t = 0; t < e->question->n_targets; t++) {
        double off = residual(&e->question->targets[t], point->metric[t]);
        sum += off * off;
    }
    return sum;
}

/* ---- simulating ---- */

/* Plans that run side by side. */
struct batch {
    size_t n;
    const struct oh_plan **plans;
    struct oh_tally **tallies;
    uint64_t *attempts;
};

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    struct batch *batch = context;
    (void)replication;
    oh_tally_add(batch->tallies[plan_ix], record);
    batch->attempts[plan_ix] += record->attempts;
}

static enum oh_ending run(struct oh_evaluator *e, struct batch *batch) {
    const struct oh_run_options *options = &e->question->run;
    struct oh_crew crew = {.plans = batch->plans,
                           .n_plans = (uint32_t)batch->n,
                           .threads = options->threads,
                           .stop = options->stop,
                           .take = take,
                           .take_context = batch};
    uint64_t replications =
        options->replications ? options->replications : batch->plans[0]->replications;
    double left_s = e->deadline_s - seconds_now();
    if (left_s <= 0)
        return OH_ENDED_BY_TIME;
    struct oh_stages_end end = oh_stages_run(
        &crew, &(struct oh_stages){.replications = replications, .max_time_s = left_s});
    return end.ending;
}

/* What luck adds to each metric, and how that goes together. Percentiles have no series: each stands for itself. */
static void measure(const struct oh_evaluator *e, const struct oh_tally *tally, double confidence,
                    struct oh_point *point) {
    const struct oh_calibrate_question *q = e->question;
    struct oh_series series[OH_MOST_TARGETS];
    bool has_series[OH_MOST_TARGETS];
    for (uint32_t t = 0; t < q->n_targets; t++) {
        struct oh_estimate estimate = {NAN, NAN, NAN};
        oh_tally_estimate(tally, q->targets[t].path, &estimate);
        point->metric[t] = estimate.value;
        point->low[t] = estimate.low;
        point->high[t] = estimate.high;
        has_series[t] = oh_tally_series(tally, q->targets[t].path, &series[t]);
    }
    double student = oh_student(oh_tally_replications(tally), confidence);
    for (uint32_t a = 0; a < q->n_targets; a++) {
        double half = (point->high[a] - point->low[a]) / 2 / student;
        for (uint32_t b = 0; b < q->n_targets; b++)
            if (has_series[a] && has_series[b])
                point->covariance[a][b] = oh_series_covariance(&series[a], &series[b]);
            else
                point->covariance[a][b] = a == b ? half * half : 0;
    }
}

static struct oh_point *add_point(struct oh_evaluator *e, const double *x) {
    if (e->n == e->room) {
        e->room = 2 * e->room + 32;
        e->points = oh_realloc_array(e->points, e->room, sizeof *e->points);
    }
    struct oh_point *point = &e->points[e->n++];
    memset(point, 0, sizeof *point);
    memcpy(point->x, x, e->question->n_free * sizeof *x);
    for (uint32_t t = 0; t < e->question->n_targets; t++)
        point->metric[t] = point->low[t] = point->high[t] = NAN;
    return point;
}

static void batch_fini(struct batch *batch, const struct oh_calibrate_question *q) {
    for (size_t i = 0; i < batch->n; i++) {
        oh_tally_destroy(batch->tallies[i]);
        q->release(q->context, batch->plans[i]);
    }
    free(batch->plans);
    free(batch->tallies);
    free(batch->attempts);
}

static void add_plan(struct batch *batch, const struct oh_plan *plan) {
    batch->plans[batch->n] = plan;
    batch->tallies[batch->n] = oh_tally_create(&plan->layout);
    oh_tally_keep(batch->tallies[batch->n++]);
}

/* Values for which there is no plan are far from every target. */
static bool simulate(struct oh_evaluator *e, double (*x)[OH_MOST_FREE], size_t n) {
    const struct oh_calibrate_question *q = e->question;
    struct batch batch = {.plans = oh_calloc(n, sizeof(const struct oh_plan *)),
                          .tallies = oh_calloc(n, sizeof(struct oh_tally *)),
                          .attempts = oh_calloc(n, sizeof(uint64_t))};
    size_t *index = oh_calloc(n, sizeof *index);
    for (size_t i = 0; i < n; i++) {
        const struct oh_plan *plan = q->plan(q->context, x[i]);
        index[i] = plan != NULL ? batch.n : SIZE_MAX;
        if (plan != NULL)
            add_plan(&batch, plan);
    }
    e->ending = batch.n > 0 ? run(e, &batch) : OH_ENDED_ENOUGH;
    for (size_t i = 0; i < n && e->ending == OH_ENDED_ENOUGH; i++) {
        struct oh_point *point = add_point(e, x[i]);
        if (index[i] == SIZE_MAX)
            continue;
        measure(e, batch.tallies[index[i]], batch.plans[index[i]]->confidence, point);
        e->contacts += batch.attempts[index[i]];
    }
    batch_fini(&batch, q);
    free(index);
    return e->ending == OH_ENDED_ENOUGH;
}

static bool is_listed(double (*x)[OH_MOST_FREE], size_t n, const double *one, uint32_t n_free) {
    for (size_t i = 0; i < n; i++)
        if (memcmp(x[i], one, n_free * sizeof *one) == 0)
            return true;
    return false;
}

bool oh_evaluate(struct oh_evaluator *e, double (*u)[OH_MOST_FREE], size_t n) {
    const struct oh_calibrate_question *q = e->question;
    double(*x)[OH_MOST_FREE] = oh_calloc(n * MOST_CORNERS, sizeof *x);
    size_t n_new = 0;
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        struct corners corners = corners_of(q, u[i]);
        for (size_t c = 0; c < corners.n; c++)
            if (find(e, corners.x[c]) == NULL && !is_listed(x, n_new, corners.x[c], q->n_free))
                memcpy(x[n_new++], corners.x[c], sizeof corners.x[c]);
    }
    if (e->n + n_new > e->most) {
        n_new = e->most - e->n;
        e->is_spent = true;
        ok = false;
    }
    if (n_new > 0)
        ok = e->ending == OH_ENDED_ENOUGH && simulate(e, x, n_new) && ok;
    if (n_new > 0 && q->run.progress != NULL)
        q->run.progress(q->run.progress_context, e->n, q->most_evaluations);
    free(x);
    return ok;
}
