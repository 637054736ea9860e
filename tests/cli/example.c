/* A program that knows only the installed library: how many agents until 80% reach one within 20 seconds? */
#include <stdio.h>

#include <onhold/onhold.h>

static const char desk[] = "name: a desk\n"
                           "time: {length: 20h}\n"
                           "contacts:\n"
                           "  calls:\n"
                           "    arrivals: {rate: 60/h}\n"
                           "    patience: exponential(2min)\n"
                           "    talk: exponential(4min)\n"
                           "agents:\n"
                           "  desk: {count: 3}\n";

static int fail(struct onhold_error *error) {
    fputs(onhold_error_text(error), stderr);
    onhold_error_destroy(error);
    return 1;
}

/* The service level with `agents`; negative on failure. */
static double service_level(struct onhold_scenario *scenario, int agents) {
    char count[16];
    struct onhold_error *error = NULL;
    snprintf(count, sizeof count, "%d", agents);
    if (!onhold_scenario_set(scenario, "agents.desk.count", count, &error))
        return -fail(error);
    struct onhold_run_options options = {.replications = 5};
    struct onhold_result *result = onhold_run(scenario, &options, &error);
    if (result == NULL)
        return -fail(error);
    struct onhold_estimate level = {0};
    bool found = onhold_result_find(result, "contacts.calls.service_level", &level);
    onhold_result_destroy(result);
    return found ? level.value : -1;
}

int main(void) {
    struct onhold_error *error = NULL;
    struct onhold_scenario *scenario =
        onhold_scenario_read("desk.yaml", desk, sizeof desk - 1, &error);
    if (scenario == NULL)
        return fail(error);
    if (onhold_scenario_set(scenario, "agents.desk.cuont", "4", &error)) {
        fputs("a key that does not exist was accepted\n", stderr);
        return 1;
    }
    onhold_error_destroy(error);
    int agents = 1;
    double level = 0;
    while (agents < 20 && (level = service_level(scenario, agents)) >= 0 && level < 0.8)
        agents++;
    printf("onhold %s: %d agents\n", onhold_version(), agents);
    onhold_scenario_destroy(scenario);
    return level >= 0.8 ? 0 : 1;
}
