/* Loads scenarios from text and keeps all that they allocate. */
#ifndef TEST_SCENARIO_FIXTURE_H
#define TEST_SCENARIO_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/plan.h"
#include "scenario/scenario.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* The shortest scenario: one type, one group. Texts of tests start with what they add. */
#define TYPE_AND_GROUP                                                                             \
    "contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"                                    \
    "agents: {team: {count: 2}}\n"

struct model {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    const struct oh_scenario *scenario; /* NULL if there were errors */
    struct oh_plan *plan;
};

struct model model_create(void);
void model_load(struct model *m, const char *text, const struct oh_override *overrides, size_t n,
                const char *variant);
void model_compile(struct model *m, const struct oh_plan_options *options);
void model_destroy(struct model *m);

/* A scenario that must be sound; fails with its problems. With its plan. */
struct model sound(const char *text);
/* The same with one override. */
struct model sound_with(const char *text, const char *path, const char *value);
/* A scenario that must not load; its slugs, separated by blanks, must be these. */
void expect_slugs(const char *text, const char *slugs);

/* Texts to compare; the caller frees them. */
char *printed(const struct model *m);
char *printed_plan(const struct model *m);

/* A whole file; the caller frees it. */
char *file_text(const char *path);

#endif
