/* onhold sweep: a scenario with some of its values changed, on the same callers. */
#include <string.h>

#include "api/sweep.h"
#include "api/vary.h"
#include "base/arena.h"
#include "base/units.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/results.h"
#include "cli/signals.h"
#include "report/plot.h"

enum { MOST_VARIED = 8, MOST_METRICS = 32 };

struct sweep {
    const char *vary[MOST_VARIED];
    uint32_t n_vary;
    const char *metrics[MOST_METRICS];
    size_t n_metrics;
    bool zip, tornado;
    const char *goal, *plot;
    double by; /* 0: not given */
};

static bool too_many(struct oh_request *request, const char *what, int most) {
    oh_text_printf(&request->problem, "%s is given more than %d times", what, most);
    return false;
}

static bool take_vary(struct oh_request *request, const char *value) {
    struct sweep *own = request->own;
    if (own->n_vary == MOST_VARIED)
        return too_many(request, "--vary", MOST_VARIED);
    own->vary[own->n_vary++] = value;
    return true;
}

static bool take_metric(struct oh_request *request, const char *value) {
    struct sweep *own = request->own;
    if (own->n_metrics == MOST_METRICS)
        return too_many(request, "--metric", MOST_METRICS);
    own->metrics[own->n_metrics++] = value;
    return true;
}

static bool take_zip(struct oh_request *request, const char *value) {
    ((struct sweep *)request->own)->zip = true;
    return true;
}

static bool take_goal(struct oh_request *request, const char *value) {
    ((struct sweep *)request->own)->goal = value;
    return true;
}

static bool take_tornado(struct oh_request *request, const char *value) {
    ((struct sweep *)request->own)->tornado = true;
    return true;
}

static bool take_by(struct oh_request *request, const char *value) {
    struct oh_parse parse = oh_unit_parse(OH_UNIT_SHARE, value, strlen(value));
    if (parse.status != OH_PARSE_OK || !(parse.value > 0 && parse.value < 1)) {
        oh_text_printf(&request->problem, "--by takes a share above 0%% and below 100%%, not '%s'",
                       value);
        return false;
    }
    ((struct sweep *)request->own)->by = parse.value;
    return true;
}

static bool take_plot(struct oh_request *request, const char *value) {
    ((struct sweep *)request->own)->plot = value;
    return true;
}

static const struct oh_option options[] = {
    {"vary", 0, "PATH=VALUES", OH_FOR_OWN, take_vary,
     "what takes which values: agents.desk.count=20..40..2, or a list with commas; repeatable"},
    {"zip", 0, NULL, OH_FOR_OWN, take_zip,
     "the first values of all together, then the second ones, and so on; without it each with "
     "each"},
    {"metric", 0, "METRIC", OH_FOR_OWN, take_metric,
     "what to tell; repeatable; default: reached, service_level, wait_answered.mean, abandonment, "
     "occupancy"},
    {"goal", 0, "CONDITION", OH_FOR_OWN, take_goal,
     "find the first value with which it is met, such as 'service_level >= 80%'"},
    {"tornado", 0, NULL, OH_FOR_OWN, take_tornado,
     "which value matters most: each PATH behind the scenario, or all that it gives, made smaller "
     "and larger"},
    {"by", 0, "SHARE", OH_FOR_OWN, take_by, "with --tornado: by how much; default: 10%"},
    {"plot", 0, "DIR", OH_FOR_OWN, take_plot, "draw charts into DIR, beside result.json"},
};

/* All that a sweep holds. */
struct session {
    const struct oh_request *request;
    const struct sweep *own;
    struct oh_arena *arena;
    struct oh_varied varied[MOST_VARIED];
    struct oh_sweep_request asked;
    struct oh_sweep_job job;
    struct oh_results results;
    struct oh_sweep *sweep;
    struct oh_progress progress;
    int code;
};

static void add_code(struct session *session, int code) {
    session->code = oh_exit_worse(session->code, code);
}

/* ---- before the run ---- */

static const char *find_misuse(const struct oh_request *request) {
    const struct sweep *own = request->own;
    if (request->n_arguments == 0)
        return "say which scenario: 'onhold sweep FILE --vary PATH=VALUES'";
    if (request->n_arguments > 1 && !own->tornado)
        return "a sweep takes one scenario";
    if (own->tornado && own->n_vary > 0)
        return "--tornado takes paths behind the scenario, not --vary";
    if (own->tornado && own->goal != NULL)
        return "--tornado and --goal exclude each other";
    if (!own->tornado && own->n_vary == 0)
        return "say what to vary: --vary PATH=VALUES, or --tornado";
    if (own->by > 0 && !own->tornado)
        return "--by belongs to --tornado";
    if (own->zip && own->n_vary < 2)
        return "--zip takes two --vary at least";
    if (request->trace != NULL)
        return "--trace belongs to 'onhold run'";
    if (request->only_replication > 0)
        return "--only-replication belongs to 'onhold run'";
    return NULL;
}

/* false: refused, as usage. */
static bool read_varied(struct session *session) {
    const struct sweep *own = session->own;
    for (uint32_t v = 0; v < own->n_vary; v++) {
        struct oh_text problem = {0}, told = {0};
        if (oh_vary_read(own->vary[v], session->arena, &session->varied[v], &problem))
            continue;
        oh_text_printf(&told, "--vary takes %s", problem.data);
        if (strchr(own->vary[v], '=') != NULL) {
            oh_text_fini(&told);
            oh_text_printf(&told, "--vary %s: %s", own->vary[v], problem.data);
        }
        add_code(session, oh_refuse(session->request, told.data));
        oh_text_fini(&problem);
        oh_text_fini(&told);
        return false;
    }
    return true;
}

static void ask(struct session *session) {
    const struct oh_request *request = session->request;
    const struct sweep *own = session->own;
    session->asked = (struct oh_sweep_request){.source = {.path = request->arguments[0],
                                                          .variant = request->variant,
                                                          .overrides = request->overrides,
                                                          .n_overrides = request->n_overrides,
                                                          .intervals = OH_INTERVALS_NONE},
                                               .n_varied = own->n_vary,
                                               .varied = session->varied,
                                               .is_zipped = own->zip,
                                               .n_metrics = own->n_metrics,
                                               .metrics = own->metrics,
                                               .goal = own->goal,
                                               .tornado_by = !own->tornado ? 0
                                                             : own->by > 0 ? own->by
                                                                           : 0.1,
                                               .n_paths = request->n_arguments - 1,
                                               .paths = request->arguments + 1,
                                               .run = {.threads = request->threads,
                                                       .stop = {oh_signals_stop, NULL},
                                                       .progress = oh_progress_update,
                                                       .progress_context = &session->progress}};
}

static void prepare(struct session *session) {
    bool ok = oh_sweep_prepare(&session->job, &session->asked);
    if (session->job.misuse.length > 0) {
        add_code(session, oh_refuse(session->request, session->job.misuse.data));
        return;
    }
    oh_print_problems(&session->job.model, session->request);
    if (!ok)
        add_code(session, OH_EXIT_INPUT);
}

/* ---- running ---- */

static void run_all(struct session *session) {
    oh_progress_start(&session->progress, session->request, "sweeping");
    oh_progress_update(&session->progress, 0, oh_sweep_replications(&session->job));
    session->sweep = oh_sweep_run(&session->job);
    oh_progress_end(&session->progress);
    oh_signals_release_interrupt();
}

static int judge(const struct oh_sweep *sweep) {
    static const int codes[] = {[OH_FOUND] = OH_EXIT_DONE,
                                [OH_FOUND_ALL] = OH_EXIT_DONE,
                                [OH_FOUND_NONE] = OH_EXIT_NO,
                                [OH_FOUND_UNDECIDED] = OH_EXIT_INCONCLUSIVE};
    return sweep->goal != NULL ? codes[sweep->goal->found] : OH_EXIT_DONE;
}

/* What the text report says has to be said here if nobody sees that. */
static void warn(const struct session *session) {
    const struct oh_sweep *sweep = session->sweep;
    if (session->request->quiet || oh_results_show_text(&session->results))
        return;
    for (uint32_t i = 0; i < sweep->n_warnings; i++)
        oh_complain(0, "warning: %s", sweep->warnings[i]);
    uint32_t imprecise = 0;
    for (uint32_t c = 0; c < sweep->n_cells; c++)
        imprecise += sweep->cells[c].replications > 0 && !sweep->cells[c].is_precise;
    if (imprecise > 0)
        oh_complain(0, "precision not reached in %u of %u cells", imprecise, sweep->n_cells);
}

static bool has_ended(struct session *session) {
    const struct oh_sweep *sweep = session->sweep;
    bool is_interrupted = sweep->ending == OH_ENDED_INTERRUPTED;
    bool is_tornado = sweep->tornado != NULL;
    uint32_t done = oh_sweep_done(sweep);
    if (is_interrupted)
        add_code(session, OH_EXIT_INTERRUPTED);
    if (is_tornado ? sweep->replications > 0 : done > 0) {
        if (is_interrupted && is_tornado)
            oh_complain(0, "interrupted: results of %llu whole replications",
                        (unsigned long long)sweep->replications);
        else if (is_interrupted)
            oh_complain(0, "interrupted: results of %u of %u cells", done, sweep->n_cells);
        return true;
    }
    oh_complain(0, "%s before the first replication ended: nothing to report",
                is_interrupted ? "interrupted" : "the time was over");
    if (!is_interrupted)
        add_code(session, OH_EXIT_FAILURE);
    return false;
}

static void draw(struct session *session) {
    struct oh_text result = {0};
    oh_text_printf(&result, "%s/result.json", session->own->plot);
    struct oh_diagnostics *diagnostics = oh_diag_create();
    add_code(session, oh_plot(&(struct oh_plot_options){.result = result.data,
                                                        .directory = session->own->plot},
                              diagnostics, session->request->quiet ? NULL : stderr, stderr));
    oh_diag_print(diagnostics, stderr, oh_wants_color(session->request, stderr));
    oh_diag_destroy(diagnostics);
    oh_text_fini(&result);
}

static void write_all(struct session *session) {
    if (!has_ended(session))
        return;
    bool is_interrupted = session->sweep->ending == OH_ENDED_INTERRUPTED;
    warn(session);
    struct oh_content content = {.sweep = session->sweep};
    add_code(session,
             oh_results_write(&session->results, session->request, &content, is_interrupted));
    add_code(session, judge(session->sweep));
    if (session->own->plot != NULL && !is_interrupted && session->code != OH_EXIT_FAILURE)
        draw(session);
}

static int run(struct oh_request *request) {
    const char *misuse = find_misuse(request);
    if (misuse != NULL)
        return oh_refuse(request, misuse);
    struct session session = {.request = request, .own = request->own, .arena = oh_arena_create()};
    if (read_varied(&session)) {
        ask(&session);
        prepare(&session);
        if (session.code == OH_EXIT_DONE)
            add_code(&session, oh_results_open(&session.results, request, session.own->plot));
        if (session.code == OH_EXIT_DONE) {
            run_all(&session);
            write_all(&session);
        }
        oh_sweep_job_fini(&session.job);
    }
    oh_results_abandon(&session.results);
    oh_sweep_destroy(session.sweep);
    oh_arena_destroy(session.arena);
    return session.code;
}

const struct oh_command oh_command_sweep = {
    .name = "sweep",
    .synopsis =
        "onhold sweep SCENARIO --vary PATH=VALUES... [OPTION]...\n"
        "       onhold sweep SCENARIO --vary PATH=LO..HI..STEP --goal CONDITION [OPTION]...\n"
        "       onhold sweep SCENARIO --tornado [PATH]... [OPTION]...",
    .about = "a table over values, the first that meets a goal, or which matter most",
    .doc =
        "Runs a scenario with each of several values, on the same callers, and tells what\n"
        "comes of it. VALUES are a list, 'a,b,c', or a range: 20..40..2, 3min..5min..30s,\n"
        "80%..120%..10%. Any key of the scenario can be varied, distributions too. A cell is\n"
        "what 'onhold run --set PATH=VALUE' says. --variant and --set go before.\n"
        "\n"
        "--goal seeks the smallest value that meets a condition (the largest, where smaller ones\n"
        "meet it), on the assumption that the metric goes one way along the values. Values get\n"
        "more replications until they are clear of the limit with the confidence asked for, or\n"
        "--max-replications or --max-time are used up. Exit code 0: found; 1: no value meets it;\n"
        "5: not decided.\n"
        "\n"
        "--tornado makes single values smaller and larger by the same share (--by, 10%), whole\n"
        "numbers by one at least, and sorts them by what that does to each metric.\n"
        "\n"
        "Ctrl-C ends with the cells that have results, marked as incomplete.",
    .examples = "  onhold sweep desk.yaml --vary agents.desk.count=4..8\n"
                "  onhold sweep desk.yaml --vary agents.desk.count=4..8 --metric service_level \\\n"
                "      --vary 'contacts.calls.talk=exponential(3min),exponential(4min)'\n"
                "  onhold sweep desk.yaml --vary agents.desk.count=1..40 --goal 'service_level >= "
                "80%'\n"
                "  onhold sweep desk.yaml --tornado --metric service_level --plot charts\n",
    .groups = OH_FOR_SCENARIO | OH_FOR_RUN | OH_FOR_FORMAT | OH_FOR_OUTPUT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct sweep),
    .run = run};
