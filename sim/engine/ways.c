/* The engine for plans in which contacts have more of a way than that (plan/way.h). */
#define OH_WAYS true
#define OH_RUN  oh_run_ways
#include "engine/body.inc"
