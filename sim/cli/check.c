/* onhold check: expectations and baselines, for continuous integration. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/check.h"
#include "base/arena.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/results.h"
#include "cli/signals.h"
#include "report/baseline.h"

struct check {
    const char *baseline, *junit, *margin;
    bool update, exact, github;
};

static bool take_baseline(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->baseline = value;
    return true;
}

static bool take_update(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->update = true;
    return true;
}

static bool take_exact(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->exact = true;
    return true;
}

static bool take_margin(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->margin = value;
    return true;
}

static bool take_junit(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->junit = value;
    return true;
}

static bool take_github(struct oh_request *request, const char *value) {
    ((struct check *)request->own)->github = true;
    return true;
}

static const struct oh_option options[] = {
    {"baseline", 0, "FILE", OH_FOR_OWN, take_baseline,
     "compare with the scenarios as they were when --update wrote FILE"},
    {"update", 0, NULL, OH_FOR_OWN, take_update, "write the baseline in place of comparing"},
    {"exact", 0, NULL, OH_FOR_OWN, take_exact,
     "the result must be the baseline's byte for byte, as of the same program it is"},
    {"margin", 0, "METRIC=±X", OH_FOR_OWN, take_margin,
     "how much may change, several with commas: service_level=±1% (points of a share), "
     "wait_answered.mean=±3% (relative to all else); default: a point of a share, 5% of times, 2% "
     "of counts. --update keeps them in the baseline"},
    {"junit", 0, "FILE", OH_FOR_OWN, take_junit, "also write the verdicts as JUnit's XML"},
    {"github", 0, NULL, OH_FOR_OWN, take_github,
     "also print what fails as annotations of a GitHub workflow"},
};

/* All that a check holds. */
struct session {
    const struct oh_request *request;
    const struct check *own;
    struct oh_model *models; /* [n], the valid ones */
    size_t n;
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics; /* of the baseline and of --margin */
    struct oh_check_request asked;
    struct oh_checker *checker;
    struct oh_results results;
    struct oh_output *baseline, *junit;
    struct oh_checks *checks;
    int code;
};

static void add_code(struct session *session, int code) {
    session->code = oh_exit_worse(session->code, code);
}

/* ---- before the run ---- */

static size_t n_variants(const struct oh_request *request) {
    return request->n_variants > 0 ? request->n_variants : 1;
}

static void load_all(struct session *session) {
    const struct oh_request *request = session->request;
    size_t all = request->n_arguments * n_variants(request);
    session->models = oh_calloc(all, sizeof *session->models);
    for (size_t i = 0; i < all; i++) {
        struct oh_model *model = &session->models[session->n];
        size_t variant = i % n_variants(request);
        int code = oh_load_quietly(model, request, request->arguments[i / n_variants(request)],
                                   request->n_variants > 0 ? request->variants[variant] : NULL);
        oh_print_problems(model, request);
        add_code(session, code);
        if (code == OH_EXIT_DONE)
            session->n++;
        else
            oh_model_fini(model);
    }
}

static bool say_problems(struct session *session, const struct oh_diagnostics *diagnostics) {
    if (oh_diag_errors(diagnostics) == 0)
        return false;
    oh_diag_print(diagnostics, stderr, oh_wants_color(session->request, stderr));
    add_code(session, OH_EXIT_INPUT);
    return true;
}

static bool read_request(struct session *session) {
    const struct check *own = session->own;
    session->asked.is_exact = own->exact;
    session->asked.keeps = own->update;
    if (own->margin != NULL)
        oh_margins_read(own->margin, session->arena, &session->asked.margins, session->diagnostics);
    if (own->baseline != NULL && !own->update)
        session->asked.baseline =
            oh_baseline_read(own->baseline, session->arena, session->diagnostics);
    return !say_problems(session, session->diagnostics);
}

static bool has_batches(const struct session *session) {
    for (size_t i = 0; i < session->n && session->own->baseline != NULL; i++)
        if (!isnan(session->models[i].scenario->run.batches)) {
            oh_complain(0, "'%s' has run.batches: a baseline is made of replications",
                        session->models[i].plan->file);
            return true;
        }
    return false;
}

/* A scenario without checks among others is told; if none has any, there is a mistake. */
static bool has_checks(struct session *session) {
    size_t n = 0;
    for (size_t i = 0; i < session->n; i++)
        n += oh_checker_count(session->checker, i);
    if (n == 0 && !session->own->update) {
        oh_complain(0,
                    "nothing to check in '%s': write what is expected into the scenario, such as "
                    "'expect: {total.service_level: at least 80%%}', or name a --baseline",
                    session->models[0].plan->file);
        fputs("Try 'onhold check --help'.\n", stderr);
        add_code(session, OH_EXIT_USAGE);
        return false;
    }
    for (size_t i = 0; i < session->n && !session->own->update; i++)
        if (oh_checker_count(session->checker, i) == 0 && !session->request->quiet)
            oh_complain(0, "warning: nothing to check in '%s'", session->models[i].plan->file);
    return true;
}

static bool prepare(struct session *session) {
    if (!read_request(session))
        return false;
    if (has_batches(session)) {
        add_code(session, OH_EXIT_USAGE);
        return false;
    }
    session->checker = oh_checker_create(session->models, session->n, &session->asked);
    bool is_bad = false;
    for (size_t i = 0; i < session->n; i++)
        is_bad |= say_problems(session, session->models[i].diagnostics);
    return !is_bad && has_checks(session);
}

static bool open_file(struct session *session, const char *path, struct oh_output **output) {
    if (path == NULL)
        return true;
    *output = oh_output_open(path);
    if (*output == NULL)
        add_code(session, oh_complain_unwritable(path));
    return *output != NULL;
}

static bool open_all(struct session *session) {
    const struct check *own = session->own;
    int code = oh_results_open(&session->results, session->request, NULL);
    add_code(session, code);
    return code == OH_EXIT_DONE &&
           open_file(session, own->update ? own->baseline : NULL, &session->baseline) &&
           open_file(session, own->junit, &session->junit);
}

/* ---- the run ---- */

static void run_all(struct session *session) {
    struct oh_progress progress;
    struct oh_run_options run = {.threads = session->request->threads,
                                 .stop = {oh_signals_stop, NULL},
                                 .progress = oh_progress_update,
                                 .progress_context = &progress};
    oh_progress_start(&progress, session->request, "checking");
    oh_progress_update(&progress, 0, session->models[0].plan->replications);
    session->checks = oh_checker_run(session->checker, &run);
    oh_progress_end(&progress);
    oh_signals_release_interrupt();
}

static bool was_interrupted(const struct session *session) {
    const struct oh_checks *checks = session->checks;
    return checks->scenarios[checks->n_scenarios - 1].ending == OH_ENDED_INTERRUPTED;
}

/* ---- after it ---- */

static void write_file(struct session *session, const char *path, struct oh_output **output) {
    struct oh_output *written = *output;
    *output = NULL;
    if (!oh_output_commit(written))
        add_code(session, oh_complain_unwritable(path));
}

static void write_files(struct session *session) {
    if (session->junit != NULL) {
        oh_checks_junit(session->checks, oh_output_stream(session->junit));
        write_file(session, session->own->junit, &session->junit);
    }
    if (session->baseline != NULL) {
        oh_baseline_write(oh_checker_baseline(session->checker),
                          oh_output_stream(session->baseline));
        write_file(session, session->own->baseline, &session->baseline);
        if (!session->request->quiet && session->code != OH_EXIT_FAILURE)
            oh_complain(0, "the baseline is in '%s'", session->own->baseline);
    }
}

/* Beside a report for people; else where it does not disturb the one for programs. */
static void annotate(struct session *session) {
    FILE *to = oh_results_show_text(&session->results) ? stdout : stderr;
    fflush(stdout);
    if (session->own->github)
        oh_checks_github(session->checks, to);
}

static void judge(struct session *session) {
    if (oh_checks_count(session->checks, OH_FAIL) > 0)
        add_code(session, OH_EXIT_NO);
    if (oh_checks_count(session->checks, OH_INCONCLUSIVE) > 0)
        add_code(session, OH_EXIT_INCONCLUSIVE);
}

static void report(struct session *session) {
    bool is_interrupted = was_interrupted(session);
    struct oh_content content = {.checks = session->checks};
    judge(session);
    add_code(session,
             oh_results_write(&session->results, session->request, &content, is_interrupted));
    annotate(session);
    if (!is_interrupted) {
        write_files(session);
        return;
    }
    oh_complain(0, "interrupted: what was not decided is inconclusive%s",
                session->own->update ? ", and the baseline is as it was" : "");
    add_code(session, OH_EXIT_INTERRUPTED);
}

static void close_all(struct session *session) {
    oh_results_abandon(&session->results);
    oh_output_abandon(session->baseline);
    oh_output_abandon(session->junit);
    oh_checks_destroy(session->checks);
    oh_checker_destroy(session->checker);
    for (size_t i = 0; i < session->n; i++)
        oh_model_fini(&session->models[i]);
    free(session->models);
    oh_diag_destroy(session->diagnostics);
    oh_arena_destroy(session->arena);
}

static const char *find_misuse(const struct oh_request *request) {
    const struct check *own = request->own;
    if (request->n_arguments == 0)
        return "say which scenario: 'onhold check FILE'";
    if (own->update && own->baseline == NULL)
        return "--update writes the file that --baseline names: add '--baseline FILE'";
    if (own->exact && own->baseline == NULL)
        return "--exact compares with a baseline: add '--baseline FILE'";
    if (own->margin != NULL && own->baseline == NULL)
        return "--margin is of changes since a baseline: add '--baseline FILE'";
    if (own->exact && own->update)
        return "--exact and --update exclude each other";
    if (own->exact && own->margin != NULL)
        return "--exact and --margin exclude each other";
    if (request->trace != NULL)
        return "--trace belongs to 'onhold run'";
    if (request->only_replication > 0)
        return "--only-replication belongs to 'onhold run'";
    return NULL;
}

static int run(struct oh_request *request) {
    const char *misuse = find_misuse(request);
    if (misuse != NULL)
        return oh_refuse(request, misuse);
    struct session session = {.request = request,
                              .own = request->own,
                              .arena = oh_arena_create(),
                              .diagnostics = oh_diag_create()};
    load_all(&session);
    if (session.n > 0 && prepare(&session) && open_all(&session)) {
        run_all(&session);
        report(&session);
    }
    close_all(&session);
    return session.code;
}

const struct oh_command oh_command_check = {
    .name = "check",
    .synopsis = "onhold check SCENARIO... [--baseline FILE [--update]] [OPTION]...",
    .about = "pass, fail or inconclusive: expectations and changes, for continuous integration",
    .doc =
        "Holds each scenario against what it expects (expect:), and with --baseline against "
        "itself\n"
        "as it was. A check passes when the interval lies within the limits, fails when it lies\n"
        "outside, and is inconclusive when it holds one. What is not clear gets more "
        "replications,\n"
        "up to --max-replications and --max-time. With --confidence, 95% if not said, not one of\n"
        "all verdicts is wrong: the error is shared among all checks and among the looks at each.\n"
        "\n"
        "--baseline FILE --update runs the scenarios and writes what later checks need: values,\n"
        "errors, and what each replication added. Later, a metric fails when it is worse than\n"
        "it was by more than its margin, and passes when it is not; where neither direction is\n"
        "worse, either counts. With the seed of the baseline the callers are the same, and few\n"
        "replications tell; with another one the difference is that of independent runs.\n"
        "\n"
        "Exit code 0: all pass; 1: one fails; 5: none fails, and one is inconclusive.",
    .examples = "  onhold check desk.yaml --junit report.xml\n"
                "  onhold check desk.yaml --baseline desk.json --update\n"
                "  onhold check desk.yaml --baseline desk.json --margin 'service_level=±2%'\n"
                "  onhold check desk.yaml --baseline desk.json --exact\n"
                "  onhold check scenarios/*.yaml --github --max-time 5min\n",
    .groups = OH_FOR_SCENARIO | OH_FOR_VARIANTS | OH_FOR_RUN | OH_FOR_FORMAT | OH_FOR_OUTPUT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct check),
    .run = run};
