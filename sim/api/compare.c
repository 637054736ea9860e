#include "api/compare.h"

#include <stdlib.h>
#include <string.h>

#include "api/expect.h"
#include "api/precise.h"
#include "scenario/document.h"

/* ---- labels ---- */

/* The file without folder and ending. */
static const char *stem(const char *file, struct oh_arena *arena) {
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    return oh_arena_strndup(arena, name, dot != NULL ? (size_t)(dot - name) : strlen(name));
}

static bool is_repeated(const char *const *labels, size_t n, size_t ix) {
    for (size_t i = 0; i < n; i++)
        if (i != ix && strcmp(labels[i], labels[ix]) == 0)
            return true;
    return false;
}

/* The variant, else the file's name; where that does not tell scenarios apart, more of it, and at last a number. */
const char **oh_models_label(const struct oh_model *models, size_t n, struct oh_arena *arena) {
    const char **labels = OH_NEW_ARRAY(arena, n, const char *), **longer;
    for (size_t i = 0; i < n; i++)
        labels[i] = models[i].plan->variant != NULL ? models[i].plan->variant
                                                    : stem(models[i].plan->file, arena);
    longer = OH_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++)
        longer[i] = !is_repeated(labels, n, i) ? labels[i]
                    : models[i].plan->variant == NULL
                        ? models[i].plan->file
                        : oh_arena_printf(arena, "%s:%s", models[i].plan->file, labels[i]);
    for (size_t i = 0; i < n; i++)
        labels[i] = is_repeated(longer, n, i) ? oh_arena_printf(arena, "%s (%zu)", longer[i], i + 1)
                                              : longer[i];
    return labels;
}

/* ---- comparing ---- */

struct oh_comparison *oh_models_compare(const struct oh_model *models, size_t n,
                                        const struct oh_compare_request *request) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_plan **plans = OH_NEW_ARRAY(arena, n, struct oh_plan *);
    for (size_t i = 0; i < n; i++)
        plans[i] = models[i].plan;
    struct oh_compare_options options = {.run = oh_model_options(&models[0], &request->run),
                                         .all_pairs = request->all_pairs,
                                         .with_theory = request->with_theory,
                                         .best = request->best};
    struct oh_comparison *comparison =
        oh_compare(plans, oh_models_label(models, n, arena), (uint32_t)n, &options);
    oh_arena_destroy(arena);
    return comparison;
}

/* ---- which is best ---- */

static struct oh_place place_of(const struct oh_model *model, const char *flag, const char *text) {
    const struct oh_source *source = oh_source_create(model->arena, flag, text, strlen(text));
    return (struct oh_place){source, 1, 1, (uint32_t)oh_utf8_length(text, strlen(text))};
}

static bool read_indifference(const struct oh_model *model, const char *text,
                              enum oh_metric_unit unit, struct oh_best_question *question) {
    struct oh_margin margin;
    struct oh_place place = place_of(model, "--indifference", text);
    if (!oh_margin_parse(text, place, &margin, model->diagnostics))
        return false;
    if (oh_margin_fits(&margin, unit, &question->is_relative)) {
        question->indifference = margin.value;
        return true;
    }
    oh_diag_add(model->diagnostics, OH_MSG_METRIC_UNIT, place, NULL,
                "'%s' is measured in another unit", question->path);
    return false;
}

bool oh_best_question_read(const struct oh_model *model, const char *metric,
                           const char *indifference, struct oh_best_question *question) {
    const struct oh_layout *layout = &model->plan->layout;
    struct oh_place place = place_of(model, "--best", metric);
    struct oh_metric_path found;
    question->path = oh_precise_path(metric, layout, model->arena);
    if (!oh_expect_path(question->path, place, layout, model->diagnostics, model->arena, &found))
        return false;
    question->sense = oh_metric_sense(found.id);
    if (question->sense == OH_NEITHER || oh_metric_family_of(found.metric) == OH_PERCENTILES) {
        oh_diag_add(model->diagnostics, OH_MSG_METRIC_NOT_HERE, place, NULL,
                    question->sense == OH_NEITHER ? "neither more nor less of '%s' is better"
                                                  : "'%s': percentiles are not compared",
                    question->path);
        return false;
    }
    return read_indifference(model, indifference != NULL ? indifference : "1%",
                             oh_metric_unit_of(found.metric), question);
}
