#include <stdlib.h>

#include <onhold/calibrate.h>

#include "api/calibrate.h"
#include "api/error.h"
#include "api/print.h"
#include "api/scenario.h"
#include "report/report.h"

struct onhold_calibration {
    struct oh_calibration *found;
};

static void set_misuse(struct onhold_error **error, const struct oh_fit *fit) {
    struct oh_text text = {0};
    oh_text_printf(&text, "%s\n", fit->misuse.data);
    oh_error_set(error, text.data);
    oh_text_fini(&text);
}

/* Problems of targets are found on a model of its own: the scenario's keeps its warnings. */
static struct oh_calibration *calibrate(const struct oh_model_source *source,
                                        const struct oh_calibrate_request *request,
                                        struct onhold_error **error) {
    struct oh_model model;
    struct oh_fit fit;
    struct oh_calibration *found = NULL;
    oh_model_load(&model, source);
    enum oh_fit_status status = oh_fit_init(&fit, &model, source, request);
    if (status == OH_FIT_OK)
        found = oh_fit_run(&fit, &model, request);
    else if (status == OH_FIT_MISUSE)
        set_misuse(error, &fit);
    else
        oh_error_set_problems(error, fit.problems.arena != NULL ? fit.problems.diagnostics
                                                                : model.diagnostics);
    oh_fit_fini(&fit);
    oh_model_fini(&model);
    if (found == NULL || found->evaluations > 0)
        return found;
    oh_error_set(error, "stopped before the first evaluation ended\n");
    oh_calibration_destroy(found);
    return NULL;
}

struct onhold_calibration *
onhold_calibrate(const struct onhold_scenario *scenario, const char *const *free, size_t n_free,
                 const char *const *targets, size_t n_targets, size_t evaluations,
                 const struct onhold_run_options *options, struct onhold_error **error) {
    struct oh_model_source source = {.path = scenario->name,
                                     .text = scenario->text,
                                     .length = scenario->length,
                                     .variant = scenario->variant,
                                     .overrides = scenario->overrides,
                                     .n_overrides = scenario->n_overrides,
                                     .intervals = OH_INTERVALS_NONE};
    struct oh_calibrate_request request = {.free = free,
                                           .n_free = n_free,
                                           .targets = targets,
                                           .n_targets = n_targets,
                                           .evaluations = evaluations,
                                           .run = oh_public_run_options(options)};
    struct oh_calibration *found = calibrate(&source, &request, error);
    if (found == NULL)
        return NULL;
    struct onhold_calibration *calibration = oh_malloc(sizeof *calibration);
    calibration->found = found;
    return calibration;
}

static struct onhold_estimate as_public(const struct oh_estimate *estimate, const char *unit) {
    return (struct onhold_estimate){estimate->value, estimate->low, estimate->high, unit};
}

struct onhold_estimate onhold_calibration_value(const struct onhold_calibration *calibration,
                                                size_t ix) {
    return as_public(&calibration->found->fitted[ix].estimate, "");
}

const char *onhold_calibration_text(const struct onhold_calibration *calibration, size_t ix) {
    return calibration->found->fitted[ix].text;
}

struct onhold_estimate onhold_calibration_target(const struct onhold_calibration *calibration,
                                                 size_t ix) {
    const struct oh_hit *hit = &calibration->found->hits[ix];
    return as_public(&hit->estimate, oh_metric_unit_name(hit->unit));
}

bool onhold_calibration_is_met(const struct onhold_calibration *calibration) {
    return calibration->found->is_met;
}

size_t onhold_calibration_open(const struct onhold_calibration *calibration) {
    return calibration->found->n_open;
}

bool onhold_calibration_is_complete(const struct onhold_calibration *calibration) {
    return calibration->found->complete;
}

char *onhold_calibration_print(const struct onhold_calibration *calibration, const char *format) {
    struct oh_content content = {.calibration = calibration->found};
    return oh_content_print(&content, format);
}

void onhold_calibration_destroy(struct onhold_calibration *calibration) {
    if (calibration == NULL)
        return;
    oh_calibration_destroy(calibration->found);
    free(calibration);
}
