/* The engine for plans in which contacts queue, talk and call again. */
#define OH_WAYS false
#define OH_RUN  oh_run_plain
#include "engine/body.inc"
