/* Baselines as files, format onhold-baseline/1: what a later check needs to know of a scenario as it was. */
#ifndef OH_REPORT_BASELINE_H
#define OH_REPORT_BASELINE_H

#include <stdio.h>

#include "base/diag.h"
#include "measure/checks.h"

/* false if the stream failed. */
bool oh_baseline_write(const struct oh_baseline *baseline, FILE *to);

/* Reads a whole file into the arena; NULL, and reported, if it is none. `name` is what messages call it. */
struct oh_baseline *oh_baseline_read(const char *path, struct oh_arena *arena,
                                     struct oh_diagnostics *diagnostics);

/* A digest of all that the JSON result says of a run, but for the name of the file: 16 digits, in the arena. */
const char *oh_result_digest(const struct oh_summary *summary, struct oh_arena *arena);

#endif
