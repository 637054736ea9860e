/* Sweeps: a scenario with some of its values changed. What the program and the public library share. */
#ifndef OH_API_SWEEP_H
#define OH_API_SWEEP_H

#include "api/model.h"
#include "measure/sweep.h"

enum { OH_MOST_CELLS = 10000 };

struct oh_sweep_request {
    struct oh_model_source source; /* its variant and overrides go before what is varied */
    uint32_t n_varied;
    const struct oh_varied *varied;
    bool is_zipped;
    size_t n_metrics; /* 0: sensible ones */
    const char *const *metrics;
    const char *goal;  /* "service_level >= 80%"; NULL: the table of all cells */
    double tornado_by; /* 0: none; else the share by which single values change, */
    size_t n_paths;    /* these; 0: all that the scenario gives */
    const char *const *paths;
    struct oh_run_options run; /* as of oh_model_run, for each cell; the time is that of all */
};

/* A sweep that has been looked through. */
struct oh_sweep_job {
    const struct oh_sweep_request *request;
    struct oh_arena *arena;
    struct oh_model model; /* the first cell; or the one with errors */
    uint32_t n_cells, n_swept;
    const struct oh_swept *swept;
    const char *goal_path, *goal_condition;
    enum oh_metric_unit goal_unit;
    double goal_low, goal_high;
    struct oh_text misuse; /* why the request makes no sense; empty: it does */
};

/* Reads all cells once, and checks metrics and goal. false: with misuse, or else with errors in job->model. The request
 * must outlive the job. */
bool oh_sweep_prepare(struct oh_sweep_job *job, const struct oh_sweep_request *request);
void oh_sweep_job_fini(struct oh_sweep_job *job);

/* How many replications all cells have, as far as is known. */
uint64_t oh_sweep_replications(const struct oh_sweep_job *job);

/* Never NULL. */
struct oh_sweep *oh_sweep_run(const struct oh_sweep_job *job);

/* ---- parts (private to sweep*.c) ---- */

struct oh_sweep *oh_sweep_create(const struct oh_sweep_job *job);
void oh_sweep_load(const struct oh_sweep_job *job, uint32_t cell_ix, struct oh_model *model);
void oh_sweep_take(struct oh_sweep *sweep, uint32_t cell_ix, const struct oh_model *model,
                   const struct oh_summary *summary);
bool oh_sweep_read_goal(struct oh_sweep_job *job); /* sweep_goal.c */
void oh_sweep_seek(const struct oh_sweep_job *job, struct oh_sweep *sweep);
bool oh_sweep_check_tornado(struct oh_sweep_job *job); /* tornado.c */
void oh_sweep_tornado(const struct oh_sweep_job *job, struct oh_sweep *sweep);
struct oh_place oh_sweep_place(const struct oh_sweep_job *job, const char *flag, const char *text);

#endif
