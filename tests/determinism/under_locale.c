/* A program that uses the library under the user's locale: checks that the decimal point is what its first argument
 * says, then reads the scenario named by the second and writes its canonical form and its results to stdout. With
 * --libm instead: the bits of what the C library's own mathematics gives. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plan/plan.h"
#include "report/report.h"
#include "scenario/scenario.h"
#include "study/run.h"

static int write_all(const struct oh_scenario *scenario, const struct oh_summary *summary) {
    struct oh_text canonical = {0};
    oh_scenario_print(scenario, &canonical);
    fputs(canonical.data, stdout);
    oh_text_fini(&canonical);
    const char *const formats[] = {"json", "csv"};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (!oh_writer_find(formats[i])
                 ->write(&summary, 1, stdout, &(struct oh_report_options){.rows = true}))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

static int write_libm(void) {
    for (volatile double x = 0.001; x < 30; x *= 1.01)
        printf("%a %a %a %a\n", exp(-x), log(x), pow(x, 1.7), sin(x));
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--libm") == 0)
        return write_libm();
    if (argc != 3 || !setlocale(LC_ALL, "") || strcmp(localeconv()->decimal_point, argv[1]) != 0) {
        fprintf(stderr, "the locale's decimal point is '%s'\n", localeconv()->decimal_point);
        return 2;
    }
    struct oh_arena *arena = oh_arena_create();
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_scenario *scenario =
        oh_scenario_load(arena, argv[2], NULL, 0, NULL, diagnostics);
    struct oh_plan *plan = scenario ? oh_plan_compile(scenario, NULL, diagnostics) : NULL;
    if (!plan) {
        oh_diag_print(diagnostics, stderr, false);
        return 3;
    }
    struct oh_summary *summary = oh_run(plan, &(struct oh_run_options){.threads = 2});
    int status = write_all(scenario, summary);
    oh_summary_destroy(summary);
    oh_plan_destroy(plan);
    oh_diag_destroy(diagnostics);
    oh_arena_destroy(arena);
    return status;
}
