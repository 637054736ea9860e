/* Speed: nanoseconds of wall time per simulated call on the standard models, and what they are measured by.
 *
 *   bench [CALLS]            the table: models, growth with agents, threads; CALLS per model, 4 million if not given
 *   bench MODEL CALLS        one model alone, for profilers
 *
 * Statistics are on, scenarios come from YAML. Times on shared machines are noisy: compare ratios within one run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "scenario/scenario.h"
#include "study/run.h"

struct model {
    const char *name;
    double calls_per_s;
    const char *yaml; /* but for time and run */
};

#define ONE_QUEUE(agents, rate_per_h)                                                              \
    "contacts:\n"                                                                                  \
    "  calls: {arrivals: {rate: " rate_per_h "/h}, talk: exponential(240s), "                      \
    "patience: exponential(180s)}\n"                                                               \
    "agents:\n"                                                                                    \
    "  team: {count: " agents ", handles: [calls]}\n"

#define TYPE(name, priority)                                                                       \
    "  " name ": {arrivals: {rate: {00:00: 500/h, 08:00: 900/h, 12:00: 700/h, 18:00: 600/h}}, "    \
    "talk: exponential(240s), patience: exponential(180s), priority: " priority ", "               \
    "retry: {after_abandon: {probability: 30%, delay: exponential(10min), at_most: 3}}}\n"

static const struct model models[] = {
    {"SMALL: 30 agents", 0.13, ONE_QUEUE("30", "468")},
    {"LARGE: 1000 agents", 4.3, ONE_QUEUE("1000", "15480")},
    {"4 types x 3 groups", 2700. / 3600,
     "contacts:\n" TYPE("a", "1") TYPE("b", "2") TYPE("c", "2") TYPE(
         "d", "3") "agents:\n"
                   "  first: {count: {00:00: 50, 08:00: 70, 18:00: 60}, handles: [a, b]}\n"
                   "  second: {count: {00:00: 40, 08:00: 60, 18:00: 50}, handles: [b, c, d]}\n"
                   "  third: {count: {00:00: 40, 08:00: 60, 18:00: 50}, handles: [a, b, c, d]}\n"},
    {"10 agents", 0.043, ONE_QUEUE("10", "154.8")},
    {"100 agents", 0.43, ONE_QUEUE("100", "1548")},
    {"10000 agents", 43, ONE_QUEUE("10000", "154800")},
};
enum { N_MODELS = sizeof models / sizeof models[0], REPLICATIONS = 10 };

/* Nanoseconds per simulated call. */
static double measure(const struct model *model, double calls, unsigned threads) {
    char yaml[4096];
    snprintf(yaml, sizeof yaml, "name: bench\n%stime: {length: %.0fs}\nrun: {replications: %d}\n",
             model->yaml, calls / REPLICATIONS / model->calls_per_s, REPLICATIONS);
    struct oh_arena *arena = oh_arena_create();
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_scenario *scenario =
        oh_scenario_load_text(arena, "bench", yaml, strlen(yaml), NULL, 0, NULL, diagnostics);
    struct oh_plan *plan = scenario ? oh_plan_compile(scenario, NULL, diagnostics) : NULL;
    oh_diag_print(diagnostics, stderr, false);
    if (!plan)
        exit(1);
    struct oh_run_options options = {.threads = threads};
    struct oh_summary *summary = oh_run(plan, &options);
    double ns = summary->wall_s * 1e9 / (double)summary->contacts_simulated;
    oh_summary_destroy(summary);
    oh_plan_destroy(plan);
    oh_diag_destroy(diagnostics);
    oh_arena_destroy(arena);
    return ns;
}

/* What another program in the list prints first: its nanoseconds per call. NAN-like -1 if it does not run. */
static double rival(const char *command) {
    FILE *pipe = popen(command, "r");
    double ns = -1;
    if (pipe && fscanf(pipe, "%lf", &ns) != 1)
        ns = -1;
    if (pipe)
        pclose(pipe);
    return ns;
}

static void table(double calls, const char *floor_program, const char *simpy_script) {
    char command[512];
    static const char *const sizes[] = {"30 0.13", "1000 4.3"};
    double ns[N_MODELS];
    printf("%-24s %10s %10s %12s %10s\n", "model", "ns/call", "floor", "SimPy", "ratios");
    for (int i = 0; i < N_MODELS; i++) {
        ns[i] = measure(&models[i], calls, 1);
        printf("%-24s %10.1f", models[i].name, ns[i]);
        if (i < 2 && floor_program) {
            snprintf(command, sizeof command, "%s %s %.0f", floor_program, sizes[i], calls);
            double floor_ns = rival(command);
            printf(" %10.1f", floor_ns);
            snprintf(command, sizeof command, "/usr/bin/python3 %s %s %.0f 2>/dev/null",
                     simpy_script, sizes[i], calls / 40);
            double simpy_ns = rival(command);
            printf(" %12.0f   %.1fx the floor", simpy_ns, ns[i] / floor_ns);
            if (simpy_ns > 0)
                printf(", SimPy %.0fx", simpy_ns / ns[i]);
        }
        printf("\n");
        fflush(stdout);
    }
    printf("from 10 to 10,000 agents: %.2fx\n", ns[5] / ns[3]);
    double one = measure(&models[1], calls, 1), two = measure(&models[1], calls, 2);
    printf("two threads: %.2fx as fast as one\n", one / two);
}

int main(int argc, char **argv) {
    const char *floor_program = getenv("BENCH_FLOOR"), *simpy_script = getenv("BENCH_SIMPY");
    if (argc == 3) {
        for (int i = 0; i < N_MODELS; i++)
            if (strncmp(models[i].name, argv[1], strlen(argv[1])) == 0) {
                printf("%.1f\n", measure(&models[i], atof(argv[2]), 1));
                return 0;
            }
        return 2;
    }
    table(argc > 1 ? atof(argv[1]) : 4e6, floor_program, simpy_script ? simpy_script : "");
    return 0;
}
