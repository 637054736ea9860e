#include "api/sweep.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "api/expect.h"
#include "api/precise.h"
#include "scenario/document.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const sensible[] = {"reached", "service_level", "wait_answered.mean",
                                       "abandonment", "occupancy"};

/* ---- cells ---- */

/* Which value of what is varied a cell has: the last changes fastest. */
static uint32_t value_ix_of(const struct oh_sweep_request *request, uint32_t cell_ix,
                            uint32_t varied_ix) {
    if (request->is_zipped)
        return cell_ix;
    for (uint32_t v = request->n_varied - 1; v > varied_ix; v--)
        cell_ix /= request->varied[v].n;
    return cell_ix % request->varied[varied_ix].n;
}

void oh_sweep_load(const struct oh_sweep_job *job, uint32_t cell_ix, struct oh_model *model) {
    const struct oh_sweep_request *request = job->request;
    struct oh_model_source source = request->source;
    size_t n = source.n_overrides, all = n + request->n_varied;
    struct oh_override *overrides = OH_NEW_ARRAY(job->arena, all, struct oh_override);
    if (n > 0)
        memcpy(overrides, source.overrides, n * sizeof *overrides);
    for (uint32_t v = 0; v < request->n_varied; v++)
        overrides[n + v] = (struct oh_override){
            .flag = "--vary",
            .path = request->varied[v].path,
            .value = request->varied[v].texts[value_ix_of(request, cell_ix, v)]};
    source.overrides = overrides;
    source.n_overrides = all;
    oh_model_load(model, &source);
}

/* ---- before the run ---- */

struct oh_place oh_sweep_place(const struct oh_sweep_job *job, const char *flag, const char *text) {
    const struct oh_source *source = oh_source_create(job->model.arena, flag, text, strlen(text));
    return (struct oh_place){source, 1, 1, (uint32_t)oh_utf8_length(text, strlen(text))};
}

static bool misuse(struct oh_sweep_job *job, const char *why) {
    oh_text_puts(&job->misuse, why);
    return false;
}

static bool count_cells(struct oh_sweep_job *job) {
    const struct oh_sweep_request *request = job->request;
    double cells = request->n_varied > 0 ? 1 : 0;
    for (uint32_t v = 0; v < request->n_varied; v++) {
        for (uint32_t before = 0; before < v; before++)
            if (strcmp(request->varied[v].path, request->varied[before].path) == 0)
                return misuse(job, "the same path is varied twice");
        if (request->is_zipped && request->varied[v].n != request->varied[0].n)
            return misuse(job, "--zip takes lists of equal length");
        cells = request->is_zipped ? request->varied[0].n : cells * request->varied[v].n;
    }
    if (cells > OH_MOST_CELLS)
        return misuse(job, "more than 10000 cells");
    job->n_cells = (uint32_t)cells;
    return true;
}

static void add_swept(struct oh_sweep_job *job, struct oh_swept *list, const char *path,
                      const struct oh_metric_path *found) {
    for (uint32_t i = 0; i < job->n_swept; i++)
        if (strcmp(list[i].path, path) == 0)
            return;
    char title[160];
    oh_metric_print_title(found->metric, found->parameter, title, sizeof title);
    list[job->n_swept++] = (struct oh_swept){.path = oh_arena_strdup(job->arena, path),
                                             .id = oh_arena_strdup(job->arena, found->id),
                                             .title = oh_arena_strdup(job->arena, title),
                                             .unit = oh_metric_unit_of(found->metric),
                                             .sense = oh_metric_sense(found->id)};
}

/* What was asked for must be there; of the sensible ones, those are taken that are. */
static void read_metrics(struct oh_sweep_job *job) {
    const struct oh_sweep_request *request = job->request;
    const struct oh_layout *layout = &job->model.plan->layout;
    bool is_asked = request->n_metrics > 0;
    size_t n = is_asked ? request->n_metrics : N_OF(sensible);
    struct oh_swept *list = OH_NEW_ARRAY(job->arena, n + 1, struct oh_swept);
    struct oh_metric_path found;
    if (job->goal_path != NULL && oh_metric_path(job->goal_path, layout, &found) == OH_PATH_OK)
        add_swept(job, list, job->goal_path, &found);
    for (size_t i = 0; i < n; i++) {
        const char *written = is_asked ? request->metrics[i] : sensible[i];
        const char *path = oh_precise_path(written, layout, job->model.arena);
        bool is_there = is_asked
                            ? oh_expect_path(path, oh_sweep_place(job, "--metric", written), layout,
                                             job->model.diagnostics, job->model.arena, &found)
                            : oh_metric_path(path, layout, &found) == OH_PATH_OK;
        if (is_there)
            add_swept(job, list, path, &found);
    }
    job->swept = list;
}

/* All cells are read once before any runs: what is wrong is known at once. */
static bool check_cells(struct oh_sweep_job *job) {
    for (uint32_t c = 1; c < job->n_cells; c++) {
        struct oh_model model;
        oh_sweep_load(job, c, &model);
        if (model.plan == NULL) {
            oh_model_fini(&job->model);
            job->model = model;
            return false;
        }
        oh_model_fini(&model);
    }
    return true;
}

bool oh_sweep_prepare(struct oh_sweep_job *job, const struct oh_sweep_request *request) {
    *job = (struct oh_sweep_job){.request = request, .arena = oh_arena_create()};
    if (!count_cells(job))
        return false;
    oh_sweep_load(job, 0, &job->model);
    if (job->model.plan == NULL || (request->goal != NULL && !oh_sweep_read_goal(job)))
        return false;
    read_metrics(job);
    if (oh_diag_errors(job->model.diagnostics) > 0)
        return false;
    return request->tornado_by > 0 ? oh_sweep_check_tornado(job) : check_cells(job);
}

void oh_sweep_job_fini(struct oh_sweep_job *job) {
    if (job->model.arena != NULL)
        oh_model_fini(&job->model);
    oh_text_fini(&job->misuse);
    oh_arena_destroy(job->arena);
}

uint64_t oh_sweep_replications(const struct oh_sweep_job *job) {
    uint64_t each = job->request->run.replications;
    return (each > 0 ? each : job->model.plan->replications) *
           (job->n_cells > 0 ? job->n_cells : 1);
}

/* ---- what comes out ---- */

static const char *copy(struct oh_arena *arena, const char *text) {
    return text != NULL ? oh_arena_strdup(arena, text) : NULL;
}

static const struct oh_varied *copy_varied(const struct oh_sweep_request *request,
                                           struct oh_arena *arena) {
    struct oh_varied *list = OH_NEW_ARRAY(arena, request->n_varied, struct oh_varied);
    for (uint32_t v = 0; v < request->n_varied; v++) {
        const struct oh_varied *from = &request->varied[v];
        const char **texts = OH_NEW_ARRAY(arena, from->n, const char *);
        double *numbers = OH_NEW_ARRAY(arena, from->n, double);
        for (uint32_t i = 0; i < from->n; i++) {
            texts[i] = copy(arena, from->texts[i]);
            numbers[i] = from->numbers[i];
        }
        list[v] = (struct oh_varied){copy(arena, from->path), from->n, texts, numbers};
    }
    return list;
}

static const struct oh_swept *copy_swept(const struct oh_sweep_job *job, struct oh_arena *arena) {
    struct oh_swept *list = OH_NEW_ARRAY(arena, job->n_swept, struct oh_swept);
    for (uint32_t i = 0; i < job->n_swept; i++) {
        list[i] = job->swept[i];
        list[i].path = copy(arena, list[i].path);
        list[i].id = copy(arena, list[i].id);
        list[i].title = copy(arena, list[i].title);
    }
    return list;
}

static void add_cells(const struct oh_sweep_job *job, struct oh_sweep *sweep) {
    sweep->cells = OH_NEW_ARRAY(sweep->arena, job->n_cells, struct oh_cell_of_sweep);
    for (uint32_t c = 0; c < job->n_cells; c++) {
        uint32_t *value_ix = OH_NEW_ARRAY(sweep->arena, sweep->n_varied, uint32_t);
        struct oh_estimate *estimates =
            OH_NEW_ARRAY(sweep->arena, sweep->n_swept, struct oh_estimate);
        for (uint32_t v = 0; v < sweep->n_varied; v++)
            value_ix[v] = value_ix_of(job->request, c, v);
        for (uint32_t i = 0; i < sweep->n_swept; i++)
            estimates[i] = (struct oh_estimate){NAN, NAN, NAN};
        sweep->cells[c] =
            (struct oh_cell_of_sweep){.value_ix = value_ix, .digest = "", .estimates = estimates};
    }
}

struct oh_sweep *oh_sweep_create(const struct oh_sweep_job *job) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_sweep *sweep = OH_NEW(arena, struct oh_sweep);
    const struct oh_plan *plan = job->model.plan;
    *sweep = (struct oh_sweep){.arena = arena,
                               .name = copy(arena, plan->name),
                               .file = copy(arena, plan->file),
                               .variant = copy(arena, plan->variant),
                               .overrides = copy(arena, plan->overrides),
                               .seed = plan->seed,
                               .confidence = plan->confidence,
                               .is_zipped = job->request->is_zipped,
                               .n_varied = job->request->n_varied,
                               .n_swept = job->n_swept,
                               .n_cells = job->n_cells,
                               .varied = copy_varied(job->request, arena),
                               .swept = copy_swept(job, arena),
                               .complete = true};
    add_cells(job, sweep);
    return sweep;
}

static void keep_warnings(struct oh_sweep *sweep, const struct oh_summary *summary) {
    if (summary->n_warnings == 0)
        return;
    const char **warnings =
        OH_NEW_ARRAY(sweep->arena, sweep->n_warnings + summary->n_warnings, const char *);
    for (uint32_t i = 0; i < sweep->n_warnings; i++)
        warnings[i] = sweep->warnings[i];
    for (uint32_t i = 0; i < summary->n_warnings; i++)
        warnings[sweep->n_warnings++] = copy(sweep->arena, summary->warnings[i]);
    sweep->warnings = warnings;
}

void oh_sweep_take(struct oh_sweep *sweep, uint32_t cell_ix, const struct oh_model *model,
                   const struct oh_summary *summary) {
    struct oh_cell_of_sweep *cell = &sweep->cells[cell_ix];
    struct oh_estimate *estimates = OH_NEW_ARRAY(sweep->arena, sweep->n_swept, struct oh_estimate);
    const struct oh_scope *scope;
    int use;
    for (uint32_t i = 0; i < sweep->n_swept; i++)
        estimates[i] = oh_summary_find(summary, sweep->swept[i].path, &scope, &use)
                           ? scope->estimates[use]
                           : (struct oh_estimate){NAN, NAN, NAN};
    cell->estimates = estimates;
    cell->replications = summary->replications;
    cell->complete = summary->complete;
    cell->contacts_simulated = summary->contacts_simulated;
    cell->digest = copy(sweep->arena, model->plan->digest);
    cell->is_precise = true;
    for (uint32_t i = 0; i < summary->n_precisions; i++)
        cell->is_precise &= summary->precisions[i].reached;
    keep_warnings(sweep, summary);
}

/* ---- the table ---- */

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* All cells as one piece of work: a cell that takes more replications than planned counts as nearly done. */
struct progress {
    const struct oh_run_options *options;
    uint64_t before, each, all;
};

static void tell_progress(void *context, uint64_t done, uint64_t of) {
    const struct progress *progress = context;
    uint64_t part = of > progress->each ? done * progress->each / of : done;
    progress->options->progress(progress->options->progress_context, progress->before + part,
                                progress->all);
}

/* Of the time that is left, a cell has an equal share. */
static void share_time(struct oh_run_options *run, double deadline_s, uint32_t cells_left) {
    run->max_time_s =
        isfinite(deadline_s) ? fmax(1e-6, (deadline_s - seconds_now()) / (double)cells_left) : 0;
}

static void run_cell(const struct oh_sweep_job *job, struct oh_sweep *sweep, uint32_t cell_ix,
                     double deadline_s) {
    struct oh_model model;
    oh_sweep_load(job, cell_ix, &model);
    struct oh_run_options run = job->request->run;
    struct progress progress = {.options = &job->request->run, .all = oh_sweep_replications(job)};
    progress.each = progress.all / job->n_cells;
    progress.before = cell_ix * progress.each;
    if (run.progress != NULL) {
        run.progress = tell_progress;
        run.progress_context = &progress;
    }
    share_time(&run, deadline_s, job->n_cells - cell_ix);
    struct oh_summary *summary = oh_model_run(&model, &run);
    oh_sweep_take(sweep, cell_ix, &model, summary);
    if (!summary->complete) {
        sweep->complete = false;
        sweep->ending = summary->ending;
    } else if (sweep->complete && summary->ending == OH_ENDED_AT_MOST) {
        sweep->ending = OH_ENDED_AT_MOST;
    }
    oh_summary_destroy(summary);
    oh_model_fini(&model);
}

static void run_table(const struct oh_sweep_job *job, struct oh_sweep *sweep) {
    struct oh_run_options run = oh_model_options(&job->model, &job->request->run);
    double deadline_s = run.max_time_s > 0 ? seconds_now() + run.max_time_s : INFINITY;
    for (uint32_t c = 0; c < job->n_cells && sweep->ending != OH_ENDED_INTERRUPTED; c++)
        run_cell(job, sweep, c, deadline_s);
}

struct oh_sweep *oh_sweep_run(const struct oh_sweep_job *job) {
    double started_s = seconds_now();
    struct oh_sweep *sweep = oh_sweep_create(job);
    if (job->request->tornado_by > 0)
        oh_sweep_tornado(job, sweep);
    else if (job->request->goal != NULL)
        oh_sweep_seek(job, sweep);
    else
        run_table(job, sweep);
    sweep->wall_s = seconds_now() - started_s;
    return sweep;
}
