#include <stdlib.h>

#include <onhold/compare.h>

#include "api/compare.h"
#include "api/error.h"
#include "api/print.h"
#include "api/scenario.h"
#include "report/report.h"

struct onhold_comparison {
    struct oh_comparison *comparison;
};

struct onhold_comparison *onhold_compare(const struct onhold_scenario *const *scenarios, size_t n,
                                         const struct onhold_run_options *options,
                                         struct onhold_error **error) {
    if (n < 2) {
        oh_error_set(error, "a comparison takes two scenarios at least\n");
        return NULL;
    }
    struct oh_model *models = oh_calloc(n, sizeof *models);
    for (size_t i = 0; i < n; i++)
        models[i] = scenarios[i]->model;
    struct oh_comparison *found = oh_models_compare(
        models, n,
        &(struct oh_compare_request){.run = oh_public_run_options(options), .all_pairs = true});
    free(models);
    if (found->replications == 0) {
        oh_comparison_destroy(found);
        oh_error_set(error, "stopped before the first replication ended\n");
        return NULL;
    }
    struct onhold_comparison *comparison = oh_malloc(sizeof *comparison);
    comparison->comparison = found;
    return comparison;
}

static const struct oh_pair *find(const struct onhold_comparison *comparison, size_t a, size_t b,
                                  const char *path) {
    return oh_comparison_find(comparison->comparison, (uint32_t)a, (uint32_t)b, path);
}

bool onhold_comparison_find(const struct onhold_comparison *comparison, size_t a, size_t b,
                            const char *path, struct onhold_difference *difference) {
    const struct oh_pair *pair = find(comparison, a, b, path);
    if (pair == NULL)
        return false;
    const struct oh_paired *paired = &pair->paired;
    *difference =
        (struct onhold_difference){paired->a,
                                   paired->b,
                                   paired->difference.value,
                                   paired->difference.low,
                                   paired->difference.high,
                                   paired->gain,
                                   oh_metric_unit_in(pair->unit, comparison->comparison->currency)};
    return true;
}

char *onhold_comparison_verdict(const struct onhold_comparison *comparison, size_t a, size_t b,
                                const char *path) {
    const struct oh_pair *pair = find(comparison, a, b, path);
    struct oh_text text = {0};
    if (pair != NULL)
        oh_verdict_print(comparison->comparison, pair, &text);
    return text.data;
}

bool onhold_comparison_is_complete(const struct onhold_comparison *comparison) {
    return comparison->comparison->complete;
}

char *onhold_comparison_print(const struct onhold_comparison *comparison, const char *format) {
    struct oh_content content = {.comparison = comparison->comparison};
    return oh_content_print(&content, format);
}

void onhold_comparison_destroy(struct onhold_comparison *comparison) {
    if (comparison == NULL)
        return;
    oh_comparison_destroy(comparison->comparison);
    free(comparison);
}
