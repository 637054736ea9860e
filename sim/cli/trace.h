/* The trace: CSV of every attempt with all its times, one line each, in the order of replications. */
#ifndef OH_CLI_TRACE_H
#define OH_CLI_TRACE_H

#include <stdio.h>

#include "engine/engine.h"

struct oh_trace {
    FILE *to;
    const struct oh_plan *plan; /* names of types and groups */
};

/* The columns, for the header line, `explain trace` and the man page. */
struct oh_trace_column {
    const char *name, *about;
};
size_t oh_trace_columns(const struct oh_trace_column **rows);

void oh_trace_header(FILE *to);
/* An oh_trace_fn: `context` is the struct oh_trace. */
void oh_trace_attempt(void *context, const struct oh_attempt *attempt);

#endif
