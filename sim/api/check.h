/* Models held against their expectations and against a baseline: what the program and the public library share. */
#ifndef OH_API_CHECK_H
#define OH_API_CHECK_H

#include "api/model.h"
#include "measure/checks.h"
#include "study/check.h"

struct oh_check_request {
    const struct oh_baseline *baseline; /* NULL: only expectations */
    bool is_exact;                /* the same bytes as the baseline, not the same within margins */
    bool keeps;                   /* makes a new baseline of what is run; `baseline` is NULL */
    struct oh_precisions margins; /* go before those of the baseline and the default ones */
};

/* Margins as --margin says them: METRIC=±X, several with commas. The texts are in the arena. */
bool oh_margins_read(const char *text, struct oh_arena *arena, struct oh_precisions *margins,
                     struct oh_diagnostics *diagnostics);

struct oh_checker;

/* `n` valid models, which must live as long. Never NULL; what does not go with a model (a metric that it has not, a
 * scenario that the baseline has not) is in its diagnostics, and such a checker may only be destroyed. */
struct oh_checker *oh_checker_create(const struct oh_model *models, size_t n,
                                     const struct oh_check_request *request);
void oh_checker_destroy(struct oh_checker *checker); /* NULL is allowed */

/* How many checks a model has. */
size_t oh_checker_count(const struct oh_checker *checker, size_t model_ix);

/* Runs one model after the other until all checks are decided or the limits reached; ends at the first one that is
 * interrupted. Once only. Never NULL, and the caller's. */
struct oh_checks *oh_checker_run(struct oh_checker *checker, const struct oh_run_options *options);

/* After the run: what a later check needs. Lives as long as the checker. */
const struct oh_baseline *oh_checker_baseline(const struct oh_checker *checker);

#endif
