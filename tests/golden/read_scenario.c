/* Reads a scenario and says what is wrong with it, on standard error; or prints its canonical form or its plan:
 *   read_scenario [--print | --plan | --digest] [--variant NAME] [--set PATH=VALUE]... FILE
 * Exit code 0 or 3. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "scenario/scenario.h"

enum { MOST_OVERRIDES = 16 };

struct request {
    const char *file, *variant, *show;
    struct oh_override overrides[MOST_OVERRIDES];
    size_t n_overrides;
};

static struct oh_override override_of(char *argument) {
    char *equals = strchr(argument, '=');
    if (equals == NULL)
        exit(2);
    *equals = '\0';
    return (struct oh_override){"--set", argument, equals + 1};
}

static struct request request_of(int n, char **words) {
    struct request request = {.show = ""};
    for (int i = 1; i < n; i++) {
        if (strcmp(words[i], "--set") == 0 && i + 1 < n)
            request.overrides[request.n_overrides++] = override_of(words[++i]);
        else if (strcmp(words[i], "--variant") == 0 && i + 1 < n)
            request.variant = words[++i];
        else if (strncmp(words[i], "--", 2) == 0)
            request.show = words[i];
        else
            request.file = words[i];
    }
    if (request.file == NULL || request.n_overrides == MOST_OVERRIDES)
        exit(2);
    return request;
}

static void show(const struct request *request, const struct oh_scenario *scenario,
                 const struct oh_plan *plan) {
    struct oh_text text = {0};
    if (strcmp(request->show, "--print") == 0)
        oh_scenario_print(scenario, &text);
    else if (strcmp(request->show, "--plan") == 0)
        oh_plan_print(plan, &text);
    else if (strcmp(request->show, "--digest") == 0)
        oh_text_printf(&text, "%s\n", scenario->digest);
    if (text.data != NULL)
        fputs(text.data, stdout);
    oh_text_fini(&text);
}

int main(int n, char **words) {
    struct request request = request_of(n, words);
    struct oh_arena *arena = oh_arena_create();
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_scenario *scenario = oh_scenario_load(
        arena, request.file, request.overrides, request.n_overrides, request.variant, diagnostics);
    struct oh_plan *plan = scenario != NULL ? oh_plan_compile(scenario, NULL, diagnostics) : NULL;
    oh_diag_print(diagnostics, stderr, false);
    if (plan != NULL)
        show(&request, scenario, plan);
    int code = plan != NULL ? 0 : 3;
    oh_plan_destroy(plan);
    oh_diag_destroy(diagnostics);
    oh_arena_destroy(arena);
    return code;
}
