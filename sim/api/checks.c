#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/check.h>

#include "api/check.h"
#include "api/error.h"
#include "api/print.h"
#include "api/scenario.h"
#include "base/output.h"
#include "report/baseline.h"
#include "report/report.h"

struct onhold_check {
    struct oh_checks *checks;
};

/* What a call holds while it lasts. The checker's problems go to diagnostics of its own, not to the scenario's. */
struct call {
    struct oh_model model;
    struct oh_arena *arena;
    struct oh_check_request request;
    struct oh_checker *checker;
};

static void call_init(struct call *call, const struct onhold_scenario *scenario) {
    *call = (struct call){.model = scenario->model, .arena = oh_arena_create()};
    call->model.diagnostics = oh_diag_create();
}

static void call_fini(struct call *call) {
    oh_checker_destroy(call->checker);
    oh_diag_destroy(call->model.diagnostics);
    oh_arena_destroy(call->arena);
}

static bool is_good(const struct call *call, struct onhold_error **error) {
    if (oh_diag_errors(call->model.diagnostics) == 0)
        return true;
    oh_error_set_problems(error, call->model.diagnostics);
    return false;
}

static bool prepare(struct call *call, const char *margins, struct onhold_error **error) {
    if (margins != NULL)
        oh_margins_read(margins, call->arena, &call->request.margins, call->model.diagnostics);
    if (!is_good(call, error))
        return false;
    call->checker = oh_checker_create(&call->model, 1, &call->request);
    return is_good(call, error);
}

static struct oh_checks *run(struct call *call, const struct onhold_run_options *options,
                             struct onhold_error **error) {
    struct oh_run_options run = oh_public_run_options(options);
    struct oh_checks *checks = oh_checker_run(call->checker, &run);
    if (checks->scenarios[0].scenario.replications > 0)
        return checks;
    oh_checks_destroy(checks);
    oh_error_set(error, "stopped before the first replication ended\n");
    return NULL;
}

struct onhold_check *onhold_check(const struct onhold_scenario *scenario,
                                  const struct onhold_check_options *options,
                                  const struct onhold_run_options *run_options,
                                  struct onhold_error **error) {
    static const struct onhold_check_options none = {0};
    struct call call;
    struct oh_checks *checks = NULL;
    options = options != NULL ? options : &none;
    call_init(&call, scenario);
    call.request.is_exact = options->exact;
    if (options->baseline != NULL)
        call.request.baseline =
            oh_baseline_read(options->baseline, call.arena, call.model.diagnostics);
    if (prepare(&call, options->margins, error)) {
        if (oh_checker_count(call.checker, 0) == 0)
            oh_error_set(error, "nothing to check: the scenario expects nothing, and there is no "
                                "baseline\n");
        else
            checks = run(&call, run_options, error);
    }
    call_fini(&call);
    if (checks == NULL)
        return NULL;
    struct onhold_check *check = oh_malloc(sizeof *check);
    check->checks = checks;
    return check;
}

static const enum onhold_verdict verdicts[] = {
    [OH_PASS] = ONHOLD_PASS, [OH_FAIL] = ONHOLD_FAIL, [OH_INCONCLUSIVE] = ONHOLD_INCONCLUSIVE};

enum onhold_verdict onhold_check_verdict(const struct onhold_check *check) {
    return oh_checks_count(check->checks, OH_FAIL) > 0           ? ONHOLD_FAIL
           : oh_checks_count(check->checks, OH_INCONCLUSIVE) > 0 ? ONHOLD_INCONCLUSIVE
                                                                 : ONHOLD_PASS;
}

bool onhold_check_item(const struct onhold_check *check, size_t ix,
                       struct onhold_check_item *item) {
    const struct oh_checked *of = &check->checks->scenarios[0];
    if (ix >= of->n_checks)
        return false;
    const struct oh_check *found = &of->checks[ix];
    *item = (struct onhold_check_item){.path = found->path,
                                       .target = found->target,
                                       .verdict = verdicts[found->verdict],
                                       .value = found->estimate.value,
                                       .low = found->estimate.low,
                                       .high = found->estimate.high,
                                       .is_difference = found->kind == OH_CHECK_CHANGED};
    return true;
}

char *onhold_check_print(const struct onhold_check *check, const char *format) {
    bool (*write)(const struct oh_checks *, FILE *) = strcmp(format, "junit") == 0 ? oh_checks_junit
                                                      : strcmp(format, "github") == 0
                                                          ? oh_checks_github
                                                          : NULL;
    if (write == NULL) {
        struct oh_content content = {.checks = check->checks};
        return oh_content_print(&content, format);
    }
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        return NULL;
    write(check->checks, stream);
    fclose(stream);
    return text;
}

void onhold_check_destroy(struct onhold_check *check) {
    if (check == NULL)
        return;
    oh_checks_destroy(check->checks);
    free(check);
}

/* ---- baselines ---- */

static bool write_baseline(const struct oh_baseline *baseline, const char *path,
                           struct onhold_error **error) {
    struct oh_output *output = oh_output_open(path);
    if (output != NULL) {
        oh_baseline_write(baseline, oh_output_stream(output));
        if (oh_output_commit(output))
            return true;
    }
    struct oh_text text = {0};
    oh_text_printf(&text, "cannot write '%s': %s\n", path, strerror(errno));
    oh_error_set(error, text.data);
    oh_text_fini(&text);
    return false;
}

bool onhold_baseline_write(const struct onhold_scenario *scenario, const char *path,
                           const char *margins, const struct onhold_run_options *options,
                           struct onhold_error **error) {
    struct call call;
    bool is_written = false;
    call_init(&call, scenario);
    call.request.keeps = true;
    if (!isnan(scenario->model.scenario->run.batches)) {
        oh_error_set(error, "a baseline is made of replications: the scenario has run.batches\n");
    } else if (prepare(&call, margins, error)) {
        struct oh_checks *checks = run(&call, options, error);
        if (checks != NULL && checks->scenarios[0].ending == OH_ENDED_INTERRUPTED)
            oh_error_set(error, "stopped before the baseline was complete\n");
        else if (checks != NULL)
            is_written = write_baseline(oh_checker_baseline(call.checker), path, error);
        oh_checks_destroy(checks);
    }
    call_fini(&call);
    return is_written;
}
