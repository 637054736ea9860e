#include <stdlib.h>

#include <onhold/result.h>

#include "api/error.h"
#include "api/print.h"
#include "api/scenario.h"
#include "report/report.h"

struct onhold_result {
    struct oh_summary *summary;
};

struct oh_run_options oh_public_run_options(const struct onhold_run_options *options) {
    if (options == NULL)
        return (struct oh_run_options){0};
    return (struct oh_run_options){.replications = options->replications,
                                   .threads = options->threads,
                                   .stop = {options->stop, options->stop_context},
                                   .progress = options->progress,
                                   .progress_context = options->progress_context};
}

struct onhold_result *onhold_run(const struct onhold_scenario *scenario,
                                 const struct onhold_run_options *options,
                                 struct onhold_error **error) {
    struct oh_run_options run = oh_public_run_options(options);
    struct oh_summary *summary = oh_model_run(&scenario->model, &run);
    if (summary->replications == 0) {
        oh_summary_destroy(summary);
        oh_error_set(error, "stopped before the first replication ended\n");
        return NULL;
    }
    struct onhold_result *result = oh_malloc(sizeof *result);
    result->summary = summary;
    return result;
}

bool onhold_result_find(const struct onhold_result *result, const char *path,
                        struct onhold_estimate *estimate) {
    const struct oh_scope *scope;
    int use;
    if (!oh_summary_find(result->summary, path, &scope, &use))
        return false;
    const struct oh_estimate *found = &scope->estimates[use];
    *estimate = (struct onhold_estimate){
        found->value, found->low, found->high,
        oh_summary_unit(result->summary, oh_metric_unit_of(result->summary->uses[use].metric))};
    return true;
}

const char *onhold_result_metric(const struct onhold_result *result, size_t ix) {
    return ix < result->summary->n_uses ? result->summary->uses[ix].id : NULL;
}

uint64_t onhold_result_replications(const struct onhold_result *result) {
    return result->summary->replications;
}

bool onhold_result_is_complete(const struct onhold_result *result) {
    return result->summary->complete;
}

char *onhold_result_print(const struct onhold_result *result, const char *format) {
    const struct oh_summary *summary = result->summary;
    struct oh_content content = {.summaries = &summary, .n = 1};
    return oh_content_print(&content, format);
}

void onhold_result_destroy(struct onhold_result *result) {
    if (result == NULL)
        return;
    oh_summary_destroy(result->summary);
    free(result);
}
