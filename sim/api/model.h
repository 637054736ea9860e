/* The whole way in three calls: a file becomes a model, the model runs, the summary is judged. What the program and the
 * public library share. */
#ifndef OH_API_MODEL_H
#define OH_API_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "measure/summary.h"
#include "plan/plan.h"
#include "scenario/scenario.h"
#include "study/run.h"

struct oh_model_source {
    const char *path;    /* of the file; with `text`, what messages call it */
    const char *text;    /* NULL: read the file */
    size_t length;       /* of text */
    const char *variant; /* NULL: none */
    const struct oh_override *overrides;
    size_t n_overrides;
    enum oh_interval_rows intervals;
};

struct oh_model {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics; /* owned; errors and warnings of loading */
    const struct oh_scenario *scenario; /* NULL if it could not be read */
    struct oh_plan *plan;               /* NULL if anything is an error */
    struct oh_goals goals;              /* of run.precision */
};

/* Reads, checks and compiles; also that every path in `expect:` and `run.precision` names a metric that the run will
 * have. All problems are in model->diagnostics. The strings of `source` must live as long as the model. */
void oh_model_load(struct oh_model *model, const struct oh_model_source *source);
void oh_model_fini(struct oh_model *model);

/* The options with what the scenario says filled in where they are not set. */
struct oh_run_options oh_model_options(const struct oh_model *model,
                                       const struct oh_run_options *options);

/* Runs as the scenario says, until its precision is reached, and judges `expect:`. Options that are set go before what
 * the scenario says; with options->replications of a single one its precision is left aside. Never NULL; the summary is
 * the caller's. The model must be a valid one. */
struct oh_summary *oh_model_run(const struct oh_model *model, const struct oh_run_options *options);

#endif
