/* onhold: simulate a contact centre call by call. This header includes all others.
 *
 *     struct onhold_error *error = NULL;
 *     struct onhold_scenario *scenario = onhold_scenario_load("desk.yaml", &error);
 *     struct onhold_result *result = onhold_run(scenario, NULL, &error);
 *     struct onhold_estimate reached;
 *     onhold_result_find(result, "total.reached", &reached);
 *
 * Threads: nothing is shared between scenarios and results; one object belongs to one thread at a time, and a result
 * may be read by several. No function changes signals, locale or working directory, and none prints. When memory runs
 * out, the process ends with a message and exit code 4.
 *
 * Compile and link with what `pkg-config --cflags --libs onhold` says. */
#ifndef ONHOLD_ONHOLD_H
#define ONHOLD_ONHOLD_H

#include <onhold/calibrate.h>
#include <onhold/check.h>
#include <onhold/compare.h>
#include <onhold/error.h>
#include <onhold/result.h>
#include <onhold/scenario.h>
#include <onhold/sweep.h>
#include <onhold/version.h>

#endif
