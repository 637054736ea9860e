/* A progress bar with the time left, on standard error. */
#ifndef OH_CLI_PROGRESS_H
#define OH_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"

struct oh_progress {
    bool is_shown;
    const char *what; /* the scenario's file */
    double started_s, drawn_s;
    int width; /* of the line last drawn */
};

/* Shown on a terminal or if --progress always asks for it, never with --quiet. Borrows `what`. */
void oh_progress_start(struct oh_progress *progress, const struct oh_request *request,
                       const char *what);
/* An oh_progress_fn: `context` is the struct oh_progress. Draws at most ten times a second. */
void oh_progress_update(void *context, uint64_t done, uint64_t of);
/* Wipes the line. */
void oh_progress_end(struct oh_progress *progress);

double oh_clock_s(void); /* monotonic */

#endif
