/* onhold calibrate: unknowns of a scenario from what it is to give. */
#include <stdlib.h>
#include <string.h>

#include "api/calibrate.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/results.h"
#include "cli/signals.h"

struct calibrate {
    const char *free[OH_MOST_FREE], *targets[OH_MOST_TARGETS];
    size_t n_free, n_targets; /* may be more than there is room for, which will be refused */
    uint64_t evaluations;
    const char *output;
};

static bool take_free(struct oh_request *request, const char *value) {
    struct calibrate *own = request->own;
    if (own->n_free < OH_MOST_FREE)
        own->free[own->n_free] = value;
    own->n_free++;
    return true;
}

static bool take_target(struct oh_request *request, const char *value) {
    struct calibrate *own = request->own;
    if (own->n_targets < OH_MOST_TARGETS)
        own->targets[own->n_targets] = value;
    own->n_targets++;
    return true;
}

static bool take_evaluations(struct oh_request *request, const char *value) {
    return oh_take_count(request, "--evaluations", value, 1, 1000000,
                         &((struct calibrate *)request->own)->evaluations);
}

static bool take_output(struct oh_request *request, const char *value) {
    ((struct calibrate *)request->own)->output = value;
    return true;
}

static const struct oh_option options[] = {
    {"free", 0, "PATH=LO..HI", OH_FOR_OWN, take_free,
     "what is unknown, and between what: contacts.calls.arrivals.volume=80%..120%; within a text "
     "in "
     "braces: 'contacts.calls.patience=exponential({1min..9min})'; one to four of them"},
    {"target", 0, "METRIC=VALUE±X", OH_FOR_OWN, take_target,
     "what is to come out, and how nearly: 'total.reached=43% ± 0.5%'; without a tolerance ±1% "
     "(points of a share, relative of all else); repeatable"},
    {"evaluations", 0, "N", OH_FOR_OWN, take_evaluations,
     "simulate at most N times; default: 300, mostly far fewer are needed"},
    {"output", 'o', "FILE", OH_FOR_OWN, take_output,
     "write the fitted scenario there: it extends the one that was fitted"},
};

/* All that a calibration holds. */
struct session {
    const struct oh_request *request;
    const struct calibrate *own;
    struct oh_model_source source;
    struct oh_model model;
    struct oh_calibrate_request asked;
    struct oh_fit fit; /* its arena NULL: not begun */
    struct oh_results results;
    struct oh_output *output; /* NULL: none */
    struct oh_calibration *found;
    int code;
};

static void add_code(struct session *session, int code) {
    session->code = oh_exit_worse(session->code, code);
}

/* ---- before ---- */

static void read_question(struct session *session) {
    enum oh_fit_status status =
        oh_fit_init(&session->fit, &session->model, &session->source, &session->asked);
    if (status == OH_FIT_MISUSE) {
        add_code(session, oh_refuse(session->request, session->fit.misuse.data));
    } else if (status == OH_FIT_PROBLEM) {
        oh_print_problems(session->fit.problems.arena != NULL ? &session->fit.problems
                                                              : &session->model,
                          session->request);
        add_code(session, OH_EXIT_INPUT);
    }
}

static bool is_same_file(const char *a, const char *b) {
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    bool is_same = real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
    free(real_a);
    free(real_b);
    return is_same;
}

static void open_output(struct session *session) {
    const char *path = session->own->output;
    if (path == NULL)
        return;
    if (is_same_file(path, session->request->arguments[0])) {
        add_code(session, oh_refuse(session->request,
                                    "--output would replace the scenario that it extends"));
        return;
    }
    session->output = oh_output_open(path);
    if (session->output == NULL)
        add_code(session, oh_complain_unwritable(path));
}

/* ---- after ---- */

/* A word as a shell reads it back. */
static void add_word(struct oh_text *to, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./=%,:+@";
    oh_text_puts(to, to->length > 0 ? " " : "");
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        oh_text_puts(to, word);
        return;
    }
    oh_text_puts(to, "'");
    for (const char *at = word; *at != '\0'; at++)
        oh_text_printf(to, *at == '\'' ? "'\\''" : "%c", *at);
    oh_text_puts(to, "'");
}

static void add_option(struct oh_text *to, const char *option, const char *value) {
    add_word(to, option);
    add_word(to, value);
}

static void add_override(struct oh_text *to, const struct oh_override *override) {
    struct oh_text both = {0};
    if (strcmp(override->flag, "--set") == 0)
        oh_text_printf(&both, "%s=", override->path);
    oh_text_puts(&both, override->value);
    add_option(to, override->flag, both.data);
    oh_text_fini(&both);
}

/* The command, but for options that do not change the result. */
static void print_command(const struct session *session, struct oh_text *to) {
    const struct oh_request *request = session->request;
    const struct calibrate *own = session->own;
    char number[24];
    add_word(to, "onhold");
    add_word(to, "calibrate");
    add_word(to, request->arguments[0]);
    if (request->variant != NULL)
        add_option(to, "--variant", request->variant);
    for (size_t i = 0; i < request->n_overrides; i++)
        add_override(to, &request->overrides[i]);
    for (size_t i = 0; i < own->n_free; i++)
        add_option(to, "--free", own->free[i]);
    for (size_t i = 0; i < own->n_targets; i++)
        add_option(to, "--target", own->targets[i]);
    if (own->evaluations > 0) {
        snprintf(number, sizeof number, "%llu", (unsigned long long)own->evaluations);
        add_option(to, "--evaluations", number);
    }
}

static void write_scenario(struct session *session) {
    if (session->output == NULL)
        return;
    if (session->found->ending == OH_ENDED_INTERRUPTED) {
        oh_complain(0, "'%s' is not written", session->own->output);
        return;
    }
    struct oh_text command = {0}, text = {0};
    print_command(session, &command);
    oh_fit_print_scenario(&session->fit, &session->model, session->found, session->own->output,
                          command.data, &text);
    fputs(text.data, oh_output_stream(session->output));
    if (!oh_output_commit(session->output))
        add_code(session, oh_complain_unwritable(session->own->output));
    session->output = NULL;
    oh_text_fini(&command);
    oh_text_fini(&text);
}

/* What the text report says has to be said here if nobody sees that. */
static void warn(const struct session *session) {
    const struct oh_calibration *c = session->found;
    if (session->request->quiet || oh_results_show_text(&session->results))
        return;
    for (uint32_t t = 0; t < c->n_hits; t++)
        if (!c->hits[t].is_met)
            oh_complain(0, "target not met: %s=%s", c->hits[t].path, c->hits[t].asked);
    for (uint32_t k = 0; k < c->n_directions; k++) {
        struct oh_text text = {0};
        if (c->directions[k].is_open) {
            oh_direction_print(c, &c->directions[k], &text);
            oh_complain(0, "left open: %s", text.data);
        }
        oh_text_fini(&text);
    }
}

static void write_all(struct session *session) {
    const struct oh_calibration *c = session->found;
    bool is_interrupted = c->ending == OH_ENDED_INTERRUPTED;
    if (is_interrupted)
        add_code(session, OH_EXIT_INTERRUPTED);
    if (c->evaluations == 0) {
        oh_complain(0, "%s before the first evaluation ended: nothing to report",
                    is_interrupted ? "interrupted" : "the time was over");
        add_code(session, OH_EXIT_FAILURE);
        return;
    }
    if (is_interrupted)
        oh_complain(0, "interrupted: the best of %llu evaluations",
                    (unsigned long long)c->evaluations);
    warn(session);
    add_code(session, c->is_met ? OH_EXIT_DONE : OH_EXIT_NO);
    add_code(session, oh_results_write(&session->results, session->request,
                                       &(struct oh_content){.calibration = c}, is_interrupted));
    write_scenario(session);
}

static void run_all(struct session *session) {
    struct oh_progress progress;
    session->asked.run = (struct oh_run_options){.threads = session->request->threads,
                                                 .stop = {oh_signals_stop, NULL},
                                                 .progress = oh_progress_update,
                                                 .progress_context = &progress};
    oh_progress_start(&progress, session->request, "calibrating");
    session->found = oh_fit_run(&session->fit, &session->model, &session->asked);
    oh_progress_end(&progress);
    oh_signals_release_interrupt();
}

static void close_all(struct session *session) {
    oh_results_abandon(&session->results);
    oh_output_abandon(session->output);
    oh_calibration_destroy(session->found);
    if (session->fit.arena != NULL)
        oh_fit_fini(&session->fit);
    oh_model_fini(&session->model);
}

static const char *find_misuse(const struct oh_request *request) {
    const struct calibrate *own = request->own;
    if (request->n_arguments != 1)
        return "a calibration takes one scenario";
    if (request->trace != NULL)
        return "--trace belongs to 'onhold run'";
    if (request->only_replication > 0)
        return "--only-replication belongs to 'onhold run'";
    for (size_t i = 0; i < request->n_overrides; i++)
        if (strcmp(request->overrides[i].flag, "--precision") == 0 ||
            strcmp(request->overrides[i].flag, "--batches") == 0)
            return "a calibration simulates the same replications everywhere: no --precision, no "
                   "--batches";
    return own->output != NULL && strcmp(own->output, "-") == 0
               ? "standard output is for the report: --output takes a file"
               : NULL;
}

static int run(struct oh_request *request) {
    const char *misuse = find_misuse(request);
    if (misuse != NULL)
        return oh_refuse(request, misuse);
    const struct calibrate *own = request->own;
    struct session session = {.request = request,
                              .own = own,
                              .source = {.path = request->arguments[0],
                                         .variant = request->variant,
                                         .overrides = request->overrides,
                                         .n_overrides = request->n_overrides,
                                         .intervals = OH_INTERVALS_NONE},
                              .asked = {.free = own->free,
                                        .n_free = own->n_free,
                                        .targets = own->targets,
                                        .n_targets = own->n_targets,
                                        .evaluations = own->evaluations}};
    add_code(&session, oh_load(&session.model, request, request->arguments[0]));
    if (session.code == OH_EXIT_DONE)
        read_question(&session);
    if (session.code == OH_EXIT_DONE)
        add_code(&session, oh_results_open(&session.results, request, NULL));
    if (session.code == OH_EXIT_DONE)
        open_output(&session);
    if (session.code == OH_EXIT_DONE) {
        run_all(&session);
        write_all(&session);
    }
    close_all(&session);
    return session.code;
}

const struct oh_command oh_command_calibrate = {
    .name = "calibrate",
    .synopsis =
        "onhold calibrate SCENARIO --free PATH=LO..HI... --target METRIC=VALUE... [OPTION]...",
    .about = "unknown values of a scenario, from what it is to give",
    .doc =
        "Looks for the values between LO and HI with which the targets come out, on the same "
        "callers\n"
        "everywhere: the least sum of squared differences, each counted in its tolerance. Says "
        "what\n"
        "the values are, how far luck and the tolerances leave them open, and whether the targets\n"
        "determine them at all: where many values fit, it names what may change together.\n"
        "\n"
        "Whole numbers stay whole. With --output the fitted scenario is written as a file that "
        "extends\n"
        "the one given, with what was set, the fitted values and the targets as expectations; "
        "values\n"
        "that the --variant sets go to that variant. The exit code is 0 if all targets are met, "
        "be\n"
        "there other values or not, and 1 if they are not.",
    .examples =
        "  onhold calibrate desk.yaml --free agents.desk.count=5..50 --target service_level=80%\n"
        "  onhold calibrate desk.yaml --free contacts.calls.arrivals.volume=80%..120% \\\n"
        "      --free 'contacts.calls.patience=exponential({1min..9min})' \\\n"
        "      --target 'reached=93% \xC2\xB1 0.5%' --target 'wait_answered.mean=40s \xC2\xB1 2s' "
        "-o fitted.yaml\n",
    .groups = OH_FOR_SCENARIO | OH_FOR_RUN | OH_FOR_FORMAT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct calibrate),
    .run = run};
