/* onhold compare: scenarios on the same callers, and how they differ. */
#include <stdlib.h>
#include <string.h>

#include "api/compare.h"
#include "base/arena.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/results.h"
#include "cli/signals.h"
#include "study/beside.h"

struct compare {
    bool variants, all_pairs, with_theory;
    const char *best, *indifference;
};

static bool take_variants(struct oh_request *request, const char *value) {
    ((struct compare *)request->own)->variants = true;
    return true;
}

static bool take_all_pairs(struct oh_request *request, const char *value) {
    ((struct compare *)request->own)->all_pairs = true;
    return true;
}

static bool take_with_theory(struct oh_request *request, const char *value) {
    ((struct compare *)request->own)->with_theory = true;
    return true;
}

static bool take_best(struct oh_request *request, const char *value) {
    ((struct compare *)request->own)->best = value;
    return true;
}

static bool take_indifference(struct oh_request *request, const char *value) {
    ((struct compare *)request->own)->indifference = value;
    return true;
}

static const struct oh_option options[] = {
    {"variants", 0, NULL, OH_FOR_OWN, take_variants,
     "compare the scenario with each of its variants; with some of them: --variant"},
    {"all-pairs", 0, NULL, OH_FOR_OWN, take_all_pairs,
     "compare each with each, not only with the first"},
    {"with-theory", 0, NULL, OH_FOR_OWN, take_with_theory,
     "compare with what Erlang C, Erlang A and M/M/n+G say of each interval; one scenario will do"},
    {"best", 0, "METRIC", OH_FOR_OWN, take_best,
     "which scenario is best at a metric: goes on until that is known, without those that cannot "
     "be it any more"},
    {"indifference", 0, "X", OH_FOR_OWN, take_indifference,
     "with --best: smaller differences do not matter; default: 1%, a point of a share, relative of "
     "all else"},
};

/* All that a comparison holds. */
struct session {
    const struct oh_request *request;
    const struct compare *own;
    struct oh_model *models; /* [n] */
    size_t n, room;
    struct oh_best_question question;
    struct oh_results results;
    struct oh_comparison *comparison;
    int code;
};

static void add_code(struct session *session, int code) {
    session->code = oh_exit_worse(session->code, code);
}

/* ---- loading ---- */

static struct oh_model *add_model(struct session *session) {
    if (session->n == session->room) {
        session->room = 2 * session->room + 8;
        session->models = oh_realloc_array(session->models, session->room, sizeof *session->models);
    }
    return &session->models[session->n++];
}

/* A variant's warnings are the scenario's, unless it has more of them. */
static void load_variant(struct session *session, const char *file, const char *variant,
                         size_t warnings) {
    struct oh_model *model = add_model(session);
    int code = oh_load_quietly(model, session->request, file, variant);
    if (code != OH_EXIT_DONE || oh_diag_warnings(model->diagnostics) > warnings)
        oh_print_problems(model, session->request);
    add_code(session, code);
}

/* The scenario itself, then the variants named, or all of them. */
static void load_variants(struct session *session, const char *file) {
    const struct oh_request *request = session->request;
    struct oh_model *model = add_model(session);
    add_code(session, oh_load_quietly(model, request, file, NULL));
    oh_print_problems(model, request);
    const struct oh_scenario *base = model->scenario;
    if (base == NULL)
        return;
    size_t warnings = oh_diag_warnings(model->diagnostics);
    for (size_t i = 0; i < request->n_variants; i++)
        load_variant(session, file, request->variants[i], warnings);
    for (uint32_t i = 0; session->own->variants && i < base->variants.n; i++)
        load_variant(session, file, base->variants.items[i].name, warnings);
    if (session->own->variants && base->variants.n == 0) {
        oh_complain(0, "'%s' has no variants to compare it with", file);
        add_code(session, OH_EXIT_INPUT);
    }
}

static void load_all(struct session *session) {
    const struct oh_request *request = session->request;
    if (request->n_arguments == 1)
        load_variants(session, request->arguments[0]);
    for (size_t i = 0; request->n_arguments > 1 && i < request->n_arguments; i++)
        add_code(session, oh_load(add_model(session), request, request->arguments[i]));
}

/* A scenario that no formula is about is not worth a run. */
static void check_theory(struct session *session) {
    for (size_t i = 0; session->own->with_theory && session->code == OH_EXIT_DONE && i < session->n;
         i++) {
        struct oh_model *model = &session->models[i];
        const char *why_not = oh_beside_why_not(model->plan, model->arena);
        if (why_not == NULL)
            continue;
        oh_complain(0, "no formula for '%s': %s", model->plan->file, why_not);
        add_code(session, OH_EXIT_INPUT);
    }
}

static void read_question(struct session *session) {
    const struct compare *own = session->own;
    struct oh_model *first = &session->models[0];
    if (own->best == NULL || session->code != OH_EXIT_DONE ||
        oh_best_question_read(first, own->best, own->indifference, &session->question))
        return;
    oh_print_problems(first, session->request);
    add_code(session, OH_EXIT_INPUT);
}

/* ---- running ---- */

static void run_all(struct session *session) {
    const struct oh_request *request = session->request;
    struct oh_progress progress;
    struct oh_compare_request asked = {.run = {.threads = request->threads,
                                               .stop = {oh_signals_stop, NULL},
                                               .progress = oh_progress_update,
                                               .progress_context = &progress},
                                       .all_pairs = session->own->all_pairs,
                                       .with_theory = session->own->with_theory,
                                       .best =
                                           session->own->best != NULL ? &session->question : NULL};
    oh_progress_start(&progress, request, "comparing");
    oh_progress_update(&progress, 0, session->models[0].plan->replications);
    session->comparison = oh_models_compare(session->models, session->n, &asked);
    oh_progress_end(&progress);
    oh_signals_release_interrupt();
}

/* What the text report says at its end has to be said here if nobody sees that. */
static void warn(const struct session *session) {
    const struct oh_comparison *c = session->comparison;
    if (session->request->quiet || oh_results_show_text(&session->results))
        return;
    for (uint32_t i = 0; i < c->n_precisions; i++)
        if (!c->precisions[i].reached)
            oh_complain(0, "precision not reached: %s=%s", c->precisions[i].path,
                        c->precisions[i].asked);
    if (c->best != NULL && !c->best->is_decided)
        oh_complain(0, "not decided which is best at %s", c->best->path);
}

static bool has_ended(struct session *session) {
    const struct oh_comparison *c = session->comparison;
    bool is_interrupted = c->ending == OH_ENDED_INTERRUPTED;
    if (is_interrupted)
        add_code(session, OH_EXIT_INTERRUPTED);
    if (c->replications > 0) {
        if (is_interrupted)
            oh_complain(0, "interrupted: results of %llu whole replications",
                        (unsigned long long)c->replications);
        return true;
    }
    oh_complain(0, "%s before the first replication ended: nothing to report",
                is_interrupted ? "interrupted" : "the time was over");
    if (!is_interrupted)
        add_code(session, OH_EXIT_FAILURE);
    return false;
}

static void write_all(struct session *session) {
    if (!has_ended(session))
        return;
    warn(session);
    struct oh_content content = {.comparison = session->comparison};
    add_code(session, oh_results_write(&session->results, session->request, &content,
                                       session->comparison->ending == OH_ENDED_INTERRUPTED));
}

static void close_all(struct session *session) {
    oh_results_abandon(&session->results);
    oh_comparison_destroy(session->comparison);
    for (size_t i = 0; i < session->n; i++)
        oh_model_fini(&session->models[i]);
    free(session->models);
}

static const char *find_misuse(const struct oh_request *request) {
    const struct compare *own = request->own;
    if (request->n_arguments == 0)
        return "say which scenarios: 'onhold compare A B', or 'onhold compare A --variants'";
    bool is_alone = request->n_arguments == 1 && !own->variants && request->n_variants == 0;
    if (is_alone && !own->with_theory)
        return "a comparison takes two scenarios, or one with --variants or --with-theory";
    if (is_alone && own->best != NULL)
        return "--best takes two scenarios, or one with --variants";
    if (request->n_arguments > 1 && request->n_variants > 1)
        return "several --variant take one scenario";
    if (request->n_arguments > 1 && own->variants)
        return "--variants takes one scenario";
    if (own->variants && request->variant != NULL)
        return "--variants and --variant exclude each other";
    if (own->indifference != NULL && own->best == NULL)
        return "--indifference belongs to --best";
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
    struct session session = {.request = request, .own = request->own};
    load_all(&session);
    check_theory(&session);
    read_question(&session);
    if (session.code == OH_EXIT_DONE)
        add_code(&session, oh_results_open(&session.results, request, NULL));
    if (session.code == OH_EXIT_DONE) {
        run_all(&session);
        write_all(&session);
    }
    close_all(&session);
    return session.code;
}

const struct oh_command oh_command_compare = {
    .name = "compare",
    .synopsis = "onhold compare SCENARIO SCENARIO... [OPTION]...\n"
                "       onhold compare SCENARIO --variants|--variant NAME... [OPTION]...\n"
                "       onhold compare SCENARIO --with-theory [OPTION]...",
    .about = "how scenarios differ, on the same callers",
    .doc =
        "Runs all scenarios with the seed, replications and confidence of the first. Each meets "
        "the\n"
        "same callers with the same patience and questions, so that differences are due to the\n"
        "scenarios, not to luck: they are taken replication by replication, with intervals that\n"
        "hold for all comparisons together, and told in words.\n"
        "\n"
        "--precision asks how well differences are to be known: service_level=\xC2\xB1"
        "0.5% in points,\n"
        "wait_answered.mean=\xC2\xB1"
        "2% of the first scenario's value. --best METRIC finds the best of many;\n"
        "with the confidence asked for, no other is better by --indifference or more. Exit code 0\n"
        "does not say that anything differs, nor which way.\n"
        "\n"
        "--with-theory takes each interval for a queue of its own, as spreadsheets do: its "
        "expected\n"
        "contacts, mean talk and wrap-up, agents on duty and patience; and tells how far Erlang "
        "C,\n"
        "Erlang A and M/M/n+G are off. Types are one queue where they share all their groups with\n"
        "each other and no other type; groups of which a type has some only have no formula, nor "
        "have\n"
        "menus, transfers, call-backs and overflow.",
    .examples = "  onhold compare desk.yaml new-desk.yaml\n"
                "  onhold compare desk.yaml --with-theory\n"
                "  onhold compare desk.yaml --variants --precision service_level=\xC2\xB1"
                "0.5%\n"
                "  onhold compare desk.yaml --variants --best service_level --indifference 2%\n"
                "  onhold compare desk.yaml new-desk.yaml --format json --output comparison.json\n",
    .groups = OH_FOR_SCENARIO | OH_FOR_RUN | OH_FOR_FORMAT | OH_FOR_OUTPUT | OH_FOR_VARIANTS,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct compare),
    .run = run};
