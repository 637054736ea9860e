/* Models compared: what the program and the public library share. */
#ifndef OH_API_COMPARE_H
#define OH_API_COMPARE_H

#include "api/model.h"
#include "study/compare.h"

struct oh_compare_request {
    struct oh_run_options run;           /* as of oh_model_run, by the first model */
    bool all_pairs;                      /* else each with the first */
    bool with_theory;                    /* as of oh_compare */
    const struct oh_best_question *best; /* NULL: not asked for */
};

/* `n` valid models, two at least (one, with theory); all run with the seed, replications and confidence of the first. Never NULL. */
struct oh_comparison *oh_models_compare(const struct oh_model *models, size_t n,
                                        const struct oh_compare_request *request);

/* What valid models are called beside each other, in the arena. */
const char **oh_models_label(const struct oh_model *models, size_t n, struct oh_arena *arena);

/* Reads what --best and --indifference (NULL: 1%) say; problems go to the model's diagnostics. The path is in the
 * model's arena. */
bool oh_best_question_read(const struct oh_model *model, const char *metric,
                           const char *indifference, struct oh_best_question *question);

#endif
