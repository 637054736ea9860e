/* onhold run: simulate and report. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/results.h"
#include "cli/signals.h"
#include "cli/trace.h"
#include "report/plot.h"

struct run {
    const char *plot; /* directory; NULL: none */
    bool control_variates;
};

static bool take_plot(struct oh_request *request, const char *value) {
    ((struct run *)request->own)->plot = value;
    return true;
}

static bool take_control_variates(struct oh_request *request, const char *value) {
    ((struct run *)request->own)->control_variates = true;
    return true;
}

static const struct oh_option options[] = {
    {"plot", 0, "DIR", OH_FOR_OWN, take_plot, "draw all charts into DIR, beside result.json"},
    {"control-variates", 0, NULL, OH_FOR_OWN, take_control_variates,
     "narrower intervals from what is known beforehand of arrivals, talk and patience"},
};

/* All that a run of the program holds. */
struct session {
    const struct oh_request *request;
    const char *plot_directory;
    size_t n;                      /* scenarios times variants */
    struct oh_model *models;       /* [n] */
    struct oh_summary **summaries; /* [n_summaries], of the valid scenarios that ran */
    size_t n_summaries;
    struct oh_results results;
    struct oh_output *trace_output;
    bool interrupted;
    int code;
};

static void add_code(struct session *session, int code) {
    session->code = oh_exit_worse(session->code, code);
}

static size_t n_variants(const struct oh_request *request) {
    return request->n_variants > 0 ? request->n_variants : 1;
}

static bool has_same_problems(const struct oh_diagnostics *a, const struct oh_diagnostics *b) {
    for (size_t i = 0;; i++) {
        const struct oh_problem *one = oh_diag_problem(a, i), *other = oh_diag_problem(b, i);
        if (one == NULL || other == NULL)
            return one == other;
        if (one->place.line != other->place.line || strcmp(one->text, other->text) != 0)
            return false;
    }
}

/* All scenarios are read before the first one runs, so that a slip in the last is seen at once. */
static void load_all(struct session *session) {
    const struct oh_request *request = session->request;
    for (size_t i = 0; i < session->n; i++) {
        struct oh_model *model = &session->models[i];
        size_t variant = i % n_variants(request);
        add_code(session,
                 oh_load_quietly(model, request, request->arguments[i / n_variants(request)],
                                 request->n_variants > 0 ? request->variants[variant] : NULL));
        if (variant == 0 ||
            !has_same_problems(model->diagnostics, model[-(ptrdiff_t)variant].diagnostics))
            oh_print_problems(model, request);
    }
}

static bool has_valid(const struct session *session) {
    for (size_t i = 0; i < session->n; i++)
        if (session->models[i].plan != NULL)
            return true;
    return false;
}

static bool open_all(struct session *session) {
    int code = oh_results_open(&session->results, session->request, session->plot_directory);
    const char *trace = session->request->trace;
    if (code == OH_EXIT_DONE && trace != NULL) {
        session->trace_output = oh_output_open(trace);
        if (session->trace_output == NULL)
            code = oh_complain_unwritable(trace);
        else
            oh_trace_header(oh_output_stream(session->trace_output));
    }
    add_code(session, code);
    return code == OH_EXIT_DONE;
}

static struct oh_summary *simulate(struct session *session, const struct oh_model *model) {
    const struct oh_request *request = session->request;
    struct oh_progress progress;
    struct oh_trace trace = {.plan = model->plan};
    struct oh_run_options run_options = {.control_variates =
                                             ((const struct run *)request->own)->control_variates,
                                         .threads = request->threads,
                                         .stop = {oh_signals_stop, NULL},
                                         .progress = oh_progress_update,
                                         .progress_context = &progress};
    if (request->only_replication > 0) {
        run_options.first_replication = request->only_replication - 1;
        run_options.replications = 1;
    }
    if (session->trace_output != NULL) {
        trace.to = oh_output_stream(session->trace_output);
        run_options.trace = oh_trace_attempt;
        run_options.trace_context = &trace;
    }
    uint64_t of =
        run_options.replications > 0 ? run_options.replications : model->plan->replications;
    oh_progress_start(&progress, request, model->scenario->file);
    oh_progress_update(&progress, 0, of);
    struct oh_summary *summary = oh_model_run(model, &run_options);
    oh_progress_end(&progress);
    return summary;
}

static void say_speed(const struct oh_summary *summary) {
    char contacts[48], time[48];
    oh_complain(0, "%s: %s contacts in %s", summary->scenario_file,
                oh_count_say((double)summary->contacts_simulated, contacts, sizeof contacts),
                oh_duration_say(summary->wall_s, time, sizeof time));
}

static int judge(const struct oh_summary *summary) {
    int code = OH_EXIT_DONE;
    static const int codes[] = {
        [OH_PASS] = OH_EXIT_DONE, [OH_FAIL] = OH_EXIT_NO, [OH_INCONCLUSIVE] = OH_EXIT_INCONCLUSIVE};
    for (uint32_t i = 0; i < summary->n_expectations; i++)
        code = oh_exit_worse(code, codes[summary->expectations[i].verdict]);
    return code;
}

/* What the text report says at its end has to be said here if nobody sees that. */
static void warn(const struct session *session, const struct oh_summary *summary) {
    if (session->request->quiet || oh_results_show_text(&session->results))
        return;
    for (uint32_t i = 0; i < summary->n_warnings; i++)
        oh_complain(0, "%s: warning: %s", summary->scenario_file, summary->warnings[i]);
    for (uint32_t i = 0; i < summary->n_precisions; i++)
        if (!summary->precisions[i].reached)
            oh_complain(0, "%s: precision not reached: %s=%s", summary->scenario_file,
                        summary->precisions[i].path, summary->precisions[i].asked);
    for (uint32_t i = 0; i < summary->n_expectations; i++)
        if (summary->expectations[i].verdict != OH_PASS)
            oh_complain(0, "%s: expectation %s: %s: %s", summary->scenario_file,
                        summary->expectations[i].verdict == OH_FAIL
                            ? "missed"
                            : "undecided, there is no value",
                        summary->expectations[i].path, summary->expectations[i].target);
}

/* Of an interruption it is said at the end. */
static int say_nothing_ended(const struct oh_summary *summary) {
    if (summary->ending != OH_ENDED_BY_TIME)
        return OH_EXIT_DONE;
    oh_complain(0, "%s: the time was over before the first replication ended: nothing to report",
                summary->scenario_file);
    return OH_EXIT_FAILURE;
}

static void run_all(struct session *session) {
    for (size_t i = 0; i < session->n && !session->interrupted; i++) {
        if (session->models[i].plan == NULL)
            continue;
        struct oh_summary *summary = simulate(session, &session->models[i]);
        session->interrupted = summary->ending == OH_ENDED_INTERRUPTED;
        if (summary->replications == 0) {
            add_code(session, say_nothing_ended(summary));
            oh_summary_destroy(summary);
            continue;
        }
        session->summaries[session->n_summaries++] = summary;
        add_code(session, judge(summary));
        warn(session, summary);
        if (session->request->verbose)
            say_speed(summary);
    }
    oh_signals_release_interrupt();
}

static void say_interrupted(const struct session *session) {
    if (session->n_summaries == 0)
        oh_complain(0, "interrupted before the first replication ended: nothing to report");
    else
        oh_complain(0, "interrupted: results of %llu whole replications",
                    (unsigned long long)session->summaries[session->n_summaries - 1]->replications);
    if (session->trace_output != NULL)
        oh_complain(0, "the trace is thrown away");
}

static void write_trace(struct session *session) {
    struct oh_output *output = session->trace_output;
    session->trace_output = NULL;
    if (output != NULL && !oh_output_commit(output))
        add_code(session, oh_complain_unwritable(session->request->trace));
}

static void draw(struct session *session) {
    struct oh_text result = {0};
    oh_text_printf(&result, "%s/result.json", session->plot_directory);
    struct oh_diagnostics *diagnostics = oh_diag_create();
    add_code(session, oh_plot(&(struct oh_plot_options){.result = result.data,
                                                        .directory = session->plot_directory},
                              diagnostics, session->request->quiet ? NULL : stderr, stderr));
    oh_diag_print(diagnostics, stderr, oh_wants_color(session->request, stderr));
    oh_diag_destroy(diagnostics);
    oh_text_fini(&result);
}

static void write_all(struct session *session) {
    if (session->interrupted) {
        say_interrupted(session);
        add_code(session, OH_EXIT_INTERRUPTED);
    }
    if (session->n_summaries == 0)
        return;
    struct oh_content content = {.summaries = (const struct oh_summary *const *)session->summaries,
                                 .n = session->n_summaries};
    add_code(session,
             oh_results_write(&session->results, session->request, &content, session->interrupted));
    if (session->interrupted)
        return;
    write_trace(session);
    if (session->plot_directory != NULL && session->code != OH_EXIT_FAILURE)
        draw(session);
}

static void close_all(struct session *session) {
    oh_results_abandon(&session->results);
    oh_output_abandon(session->trace_output);
    for (size_t i = 0; i < session->n_summaries; i++)
        oh_summary_destroy(session->summaries[i]);
    for (size_t i = 0; i < session->n; i++)
        oh_model_fini(&session->models[i]);
    free(session->summaries);
    free(session->models);
}

static const char *find_misuse(const struct oh_request *request) {
    bool control_variates = ((const struct run *)request->own)->control_variates;
    if (control_variates && request->only_replication > 0)
        return "--control-variates takes many replications";
    if (request->n_arguments == 0)
        return "say which scenario: 'onhold run FILE'";
    if (request->n_arguments * n_variants(request) > 1 && request->trace != NULL)
        return "--trace takes one scenario at a time";
    for (size_t i = 0; request->only_replication > 0 && i < request->n_overrides; i++)
        if (strcmp(request->overrides[i].flag, "--replications") == 0)
            return "--only-replication and --replications exclude each other";
    return NULL;
}

static int run(struct oh_request *request) {
    const char *misuse = find_misuse(request);
    if (misuse != NULL)
        return oh_refuse(request, misuse);
    struct session session = {.request = request,
                              .plot_directory = ((const struct run *)request->own)->plot,
                              .n = request->n_arguments * n_variants(request)};
    session.models = oh_calloc(session.n, sizeof *session.models);
    session.summaries = oh_calloc(session.n, sizeof *session.summaries);
    load_all(&session);
    if (has_valid(&session) && open_all(&session)) {
        run_all(&session);
        write_all(&session);
    }
    close_all(&session);
    return session.code;
}

const struct oh_command oh_command_run = {
    .name = "run",
    .synopsis = "onhold run SCENARIO... [OPTION]...",
    .about = "simulate scenarios and report",
    .doc =
        "Simulates each scenario, replication by replication, on all processors, and reports what\n"
        "became of the contacts, with a confidence interval for every number. The same seed gives\n"
        "the same result on any machine and for any number of threads.\n"
        "\n"
        "With --precision (or run.precision in the scenario) it goes on until the metrics named "
        "are\n"
        "known so well; --max-replications and --max-time limit what that may take, and the "
        "report\n"
        "says whether it was reached.\n"
        "\n"
        "Exit code 1 says that an expectation of the scenario (expect:) was missed. Ctrl-C ends\n"
        "the run with what is there, a whole number of replications, marked as incomplete; a\n"
        "second Ctrl-C ends it at once.\n"
        "\n"
        "--output FILE is written whole or not at all; a DIR (one that exists, or a name that\n"
        "ends in '/') gets report.txt, result.json and result.csv. Several scenarios, or several\n"
        "variants of one, make one report; in JSON, an array.",
    .examples = "  onhold run scenarios/tutorial/1-one-queue.yaml\n"
                "  onhold run desk.yaml --set agents.desk.count=12 --replications 100\n"
                "  onhold run desk.yaml --variant more --variant fewer\n"
                "  onhold run desk.yaml --precision 'service_level=±0.5%, wait_answered.mean=±2%'\n"
                "  onhold run desk.yaml --format json --output result.json\n"
                "  onhold run desk.yaml --plot charts\n"
                "  onhold run desk.yaml --only-replication 17 --trace attempts.csv\n",
    .groups = OH_FOR_SCENARIO | OH_FOR_VARIANTS | OH_FOR_RUN | OH_FOR_FORMAT | OH_FOR_OUTPUT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct run),
    .run = run};
