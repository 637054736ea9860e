/* onhold erlang: exact formulas for one queue. */
#include <math.h>
#include <string.h>

#include "base/output.h"
#include "cli/erlang_model.h"
#include "cli/results.h"

/* A number with twelve significant digits, whatever the locale; "null" where there is none. */
static const char *print_value(double value, const char *none, char *buffer, size_t size) {
    if (!isfinite(value))
        return none;
    return oh_number_print(value, 12, buffer, size);
}

static void print_json(const struct oh_erlang_answer *answer, FILE *to) {
    char number[48];
    fprintf(to, "{\"format\": \"onhold-erlang/1\",\n \"model\": \"%s\",\n \"metrics\": {",
            answer->model_name);
    fprintf(to, "\"agents\": %d", answer->question.model.agents);
    for (size_t i = 0; i < answer->n_metrics; i++)
        fprintf(to, ",\n             \"%s\": %s", answer->metrics[i].id,
                print_value(answer->metrics[i].value, "null", number, sizeof number));
    fputs("}}\n", to);
}

static void print_csv(const struct oh_erlang_answer *answer, FILE *to) {
    char number[48];
    fprintf(to, "metric,value,unit\nagents,%d,agents\n", answer->question.model.agents);
    for (size_t i = 0; i < answer->n_metrics; i++)
        fprintf(to, "%s,%s,%s\n", answer->metrics[i].id,
                print_value(answer->metrics[i].value, "", number, sizeof number),
                answer->metrics[i].unit);
}

typedef void print_fn(const struct oh_erlang_answer *answer, FILE *to);

static const struct {
    const char *format;
    print_fn *print;
} printers[] = {{"text", oh_erlang_print_text}, {"json", print_json}, {"csv", print_csv}};

static print_fn *find_printer(const char *format) {
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++)
        if (strcmp(printers[i].format, format) == 0)
            return printers[i].print;
    return oh_erlang_print_text;
}

static void complain_unsolved(const struct oh_erlang_answer *answer, enum oh_theory_status status) {
    if (status != OH_THEORY_UNSTABLE) {
        oh_complain(0, "no answer: %s", oh_theory_status_say(status));
        return;
    }
    char load[32];
    oh_complain(0,
                "no steady state: %s; %s erlangs of work need more than %d agents, or callers who "
                "give up",
                oh_theory_status_say(status),
                oh_number_print(answer->result.offered_load, 6, load, sizeof load),
                answer->question.model.agents);
}

static int solve(struct oh_erlang_answer *answer) {
    struct oh_theory_model *model = &answer->question.model;
    answer->model_name = "none";
    enum oh_theory_status status =
        answer->question.is_search
            ? oh_theory_least_agents(model, &answer->question.goal, &model->agents, &answer->result,
                                     &answer->model_name)
            : oh_theory_solve(model, &answer->result, &answer->model_name);
    if (status != OH_THEORY_OK)
        complain_unsolved(answer, status);
    if (status == OH_THEORY_NO_ANSWER)
        return OH_EXIT_NO;
    answer->n_metrics = oh_theory_metrics(&answer->result, answer->metrics);
    return status == OH_THEORY_OK         ? OH_EXIT_DONE
           : status == OH_THEORY_UNSTABLE ? OH_EXIT_NO
                                          : OH_EXIT_FAILURE;
}

/* With a number of agents given, the target is a question: yes or no. */
static int judge(const struct oh_erlang_answer *answer) {
    const struct oh_theory_goal *goal = &answer->question.goal;
    double value = oh_theory_metric_value(&answer->result, goal->metric);
    if (goal->at_least ? value >= goal->value : value <= goal->value)
        return OH_EXIT_DONE;
    char number[32];
    oh_complain(0, "target missed: %s is %s", goal->metric,
                print_value(value, "undefined", number, sizeof number));
    return OH_EXIT_NO;
}

static int print_answer(const struct oh_request *request, const struct oh_erlang_answer *answer,
                        int code) {
    const char *path = request->output != NULL ? request->output : "-";
    const struct oh_writer *writer = oh_choose_writer(request, path);
    if (writer == NULL)
        return OH_EXIT_USAGE;
    struct oh_output *output = oh_output_open(path);
    if (output == NULL)
        return oh_complain_unwritable(path);
    find_printer(writer->name)(answer, oh_output_stream(output));
    return oh_output_commit(output) ? code : oh_complain_unwritable(path);
}

static int erlang_in(struct oh_request *request, struct oh_arena *arena) {
    struct oh_erlang_answer *answer = OH_NEW(arena, struct oh_erlang_answer);
    if (!oh_erlang_ask(request, arena, &answer->question))
        return request->problem.data != NULL ? oh_refuse(request, request->problem.data)
                                             : OH_EXIT_USAGE;
    int code = solve(answer);
    if (answer->n_metrics == 0)
        return code;
    if (code == OH_EXIT_DONE && answer->question.has_goal && !answer->question.is_search)
        code = judge(answer);
    return print_answer(request, answer, code);
}

static int run(struct oh_request *request) {
    struct oh_arena *arena = oh_arena_create();
    int code = erlang_in(request, arena);
    oh_arena_destroy(arena);
    return code;
}

const struct oh_command oh_command_erlang = {
    .name = "erlang",
    .synopsis = "onhold erlang b|c|a --rate R --handle T (--agents N | --target GOAL) [OPTION]...",
    .about = "exact formulas for one queue",
    .doc =
        "The textbook answers for one queue with Poisson arrivals and exponential handle times:\n"
        "Erlang B (no waiting: lines and busy signals), Erlang C (everybody waits), Erlang A\n"
        "(callers give up; any distribution of patience, places to wait, a maximum wait). With\n"
        "--target and no --agents, the least number of agents that meets it. With both, exit code\n"
        "1 says that the target is missed. Exit code 1, too, where there is no steady state.",
    .examples = "  onhold erlang c --rate 600/h --handle 300s --agents 55\n"
                "  onhold erlang a --rate 600/h --handle 300s --patience 120s --target 80%\n"
                "  onhold erlang b --rate 600/h --handle 300s --target 1%\n",
    .groups = OH_FOR_FORMAT | OH_FOR_OUTPUT,
    .own = oh_erlang_options,
    .n_own = OH_ERLANG_N_OPTIONS,
    .own_size = sizeof(struct oh_erlang_given),
    .run = run};
