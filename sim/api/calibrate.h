/* A calibration of a model: what --free and --target say, the plans between, and the fitted scenario as a file. What the
 * program and the public library share. */
#ifndef OH_API_CALIBRATE_H
#define OH_API_CALIBRATE_H

#include "api/model.h"
#include "base/text.h"
#include "measure/calibration.h"
#include "study/calibrate.h"

enum { OH_MOST_EVALUATIONS = 300 }; /* unless said otherwise */

struct oh_calibrate_request {
    const char *const *free; /* "PATH=LO..HI", "PATH=exponential({LO..HI})" */
    size_t n_free;
    const char *const *targets; /* "METRIC=VALUE ± TOLERANCE"; without a tolerance ± 1% */
    size_t n_targets;
    uint64_t evaluations; /* 0: OH_MOST_EVALUATIONS */
    struct oh_run_options run;
};

enum oh_fit_status {
    OH_FIT_OK,
    OH_FIT_MISUSE,  /* fit->misuse says what */
    OH_FIT_PROBLEM, /* fit->problems, or those of the model, say what */
};

/* A --free in parts. */
struct oh_fit_free {
    const char *path, *range; /* in front of and behind the first '=' */
    const char *before, *behind, *unit;
    enum oh_unit kind;
    double low, high;
};

struct oh_fit {
    struct oh_arena *arena;
    const struct oh_model_source *source;
    struct oh_text misuse;
    struct oh_model problems; /* of the ends of the ranges; its arena NULL: none */
    uint32_t n_free, n_targets;
    struct oh_fit_free parts[OH_MOST_FREE];
    struct oh_free free[OH_MOST_FREE];
    const char *asked[OH_MOST_TARGETS];
    enum oh_metric_unit units[OH_MOST_TARGETS];
    struct oh_target targets[OH_MOST_TARGETS];
    struct oh_loaded *loaded; /* models whose plans are in use */
};

/* Reads the request against a valid model, which was loaded from `source`; both must live as long. Problems of targets
 * are added to the model's diagnostics. To be finished in any case. */
enum oh_fit_status oh_fit_init(struct oh_fit *fit, const struct oh_model *model,
                               const struct oh_model_source *source,
                               const struct oh_calibrate_request *request);
void oh_fit_fini(struct oh_fit *fit);

/* Never NULL; without evaluations if it was stopped before the first. */
struct oh_calibration *oh_fit_run(struct oh_fit *fit, const struct oh_model *model,
                                  const struct oh_calibrate_request *request);

/* The fitted scenario: what the file at `to_path` ("-": none) has to say to extend the one that was loaded, what was set
 * beside it and expectations included. `command` is told in a comment. */
void oh_fit_print_scenario(const struct oh_fit *fit, const struct oh_model *model,
                           const struct oh_calibration *found, const char *to_path,
                           const char *command, struct oh_text *to);

/* A value of the i-th unknown as the scenario takes it, "exponential(50.4min)", in the arena. */
const char *oh_fit_text(const struct oh_fit *fit, uint32_t ix, double value,
                        struct oh_arena *arena);

#endif
