/* Several contact types on one team: non-preemptive priorities, and one line for all. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "reference.h"
#include "simulate.h"

#define UNIT_S      100.0
#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

/* A contact type; all in units of time. */
struct class {
    double lambda, mean, theta; /* theta 0: endless patience */
    const char *shape;          /* of the talk, printed with its mean in seconds */
};

/* The first class is the first in priority; `fifo`: one line for all. */
static const char *compose(struct oh_arena *arena, const struct class *classes, size_t n,
                           double agents, bool fifo, double relaxation, double calls, double talk) {
    struct oh_text to = {0};
    double lambda = 0;
    for (size_t i = 0; i < n; i++)
        lambda += classes[i].lambda;
    double warm_up = ceil(8 * UNIT_S * relaxation);
    double window = ceil(fmax(effort * calls / lambda, relaxation) * UNIT_S);
    oh_text_printf(&to, "time: {length: %.0fs, warm_up: %.0fs, interval: 24h}\ncontacts:\n",
                   warm_up + window, warm_up);
    for (size_t i = 0; i < n; i++) {
        oh_text_printf(&to, "  class%zu:\n    arrivals: {rate: %.9f/h}\n    priority: %zu\n", i + 1,
                       classes[i].lambda * 3600 / UNIT_S, i + 1);
        oh_text_printf(&to, "    talk: %s(%.9fs)\n", classes[i].shape,
                       classes[i].mean * UNIT_S * talk);
        if (classes[i].theta > 0)
            oh_text_printf(&to, "    patience: exponential(%.9fs)\n", UNIT_S / classes[i].theta);
    }
    oh_text_printf(&to, "agents: {team: {count: %.0f}}\nrouting: {calls: %s}\n", agents,
                   fifo ? "fifo" : "priority");
    oh_text_puts(&to, RUN_AS_TESTS_DO);
    const char *yaml = oh_arena_strdup(arena, to.data);
    oh_text_fini(&to);
    return yaml;
}

/* ---- M/M/n, two classes ---- */

static size_t two_classes(const struct reference *table, size_t row, struct class classes[2]) {
    double mean = 1 / number(table, row, "mu");
    bool abandons = strcmp(table->file, "priority_abandon") == 0;
    classes[0] = (struct class){number(table, row, "lambda1"), mean, 0, "exponential"};
    classes[1] = (struct class){number(table, row, "lambda2"), mean, 0, "exponential"};
    if (abandons) {
        classes[0].theta = number(table, row, "theta1");
        classes[1].theta = number(table, row, "theta2");
    }
    return 2;
}

static const char *compose_mmn(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    struct class classes[2];
    size_t n = two_classes(table, row, classes);
    return compose(arena, classes, n, number(table, row, "n"), false, 50, 8000, talk);
}

static size_t claims_mmn(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    double wait1 = number(table, row, "Wq1") * UNIT_S, wait2 = number(table, row, "Wq2") * UNIT_S;
    claims[0] = (struct claim){"contacts.class1.wait_answered.mean", wait1};
    claims[1] = (struct claim){"contacts.class2.wait_answered.mean", wait2};
    claims[2] = (struct claim){"total.wait_all.mean", UNIT_S * number(table, row, "Wq_overall")};
    claims[3] = (struct claim){"contacts.class1.queue_length.mean",
                               number(table, row, "lambda1") * wait1 / UNIT_S};
    claims[4] = (struct claim){"contacts.class2.queue_length.mean",
                               number(table, row, "lambda2") * wait2 / UNIT_S};
    return 5;
}

static const struct theory priority_mmn = {"priority_mmn", compose_mmn, claims_mmn, NULL};

/* The same calls in one line: nobody is preferred, the overall wait stays (all talks are alike). */
static const char *compose_fifo(struct oh_arena *arena, const struct reference *table, size_t row,
                                double talk) {
    struct class classes[2];
    size_t n = two_classes(table, row, classes);
    return compose(arena, classes, n, number(table, row, "n"), true, 50, 8000, talk);
}

static size_t claims_fifo(struct oh_arena *arena, const struct reference *table, size_t row,
                          struct claim *claims) {
    double wait = UNIT_S * number(table, row, "Wq_overall");
    claims[0] = (struct claim){"contacts.class1.wait_all.mean", wait};
    claims[1] = (struct claim){"contacts.class2.wait_all.mean", wait};
    claims[2] = (struct claim){"total.wait_all.mean", wait};
    return 3;
}

static const struct theory one_line_for_all = {"priority_mmn", compose_fifo, claims_fifo, NULL};

/* ---- with abandonment ---- */

static const char *compose_abandon(struct oh_arena *arena, const struct reference *table,
                                   size_t row, double talk) {
    struct class classes[2];
    size_t n = two_classes(table, row, classes);
    return compose(arena, classes, n, number(table, row, "n"), false, 4, 5000, talk);
}

static size_t claims_abandon(struct oh_arena *arena, const struct reference *table, size_t row,
                             struct claim *claims) {
    double lambda1 = number(table, row, "lambda1"), lambda2 = number(table, row, "lambda2");
    double left1 = number(table, row, "Pab1"), left2 = number(table, row, "Pab2");
    claims[0] = (struct claim){"contacts.class1.abandonment", left1};
    claims[1] = (struct claim){"contacts.class2.abandonment", left2};
    claims[2] = (struct claim){"contacts.class1.wait_all.mean",
                               UNIT_S * number(table, row, "mean_wait1_all")};
    claims[3] = (struct claim){"contacts.class2.wait_all.mean",
                               UNIT_S * number(table, row, "mean_wait2_all")};
    claims[4] = (struct claim){"total.occupancy", number(table, row, "occupancy")};
    claims[5] = (struct claim){"total.abandonment",
                               (lambda1 * left1 + lambda2 * left2) / (lambda1 + lambda2)};
    return 6;
}

static const struct theory priority_abandon = {"priority_abandon", compose_abandon, claims_abandon,
                                               NULL};

/* ---- M/G/1: the file shows some classes of each model; these are all of them ---- */

struct mg1 {
    const char *name;
    size_t n;
    struct class classes[3];
};

static const struct mg1 models[] = {
    {"M/M/1 3 classes",
     3,
     {{0.2, 1, 0, "exponential"}, {0.2, 1, 0, "exponential"}, {0.3, 1, 0, "exponential"}}},
    {"M/G/1: exp(0.5) then det(1)", 2, {{0.4, 0.5, 0, "exponential"}, {0.6, 1, 0, "constant"}}},
    {"M/G/1: exp(2), exp(0.5)", 2, {{0.2, 2, 0, "exponential"}, {0.8, 0.5, 0, "exponential"}}},
    {"M/D/1 2 classes", 2, {{0.4, 1, 0, "constant"}, {0.4, 1, 0, "constant"}}},
};

/* A. Cobham 1954: the mean wait of class k, from 0. */
static double cobham(const struct mg1 *model, size_t k) {
    double work = 0, before = 0, up_to = 0;
    for (size_t i = 0; i < model->n; i++) {
        const struct class *class = &model->classes[i];
        double cv2 = strcmp(class->shape, "constant") == 0 ? 0 : 1;
        work += class->lambda * class->mean * class->mean * (1 + cv2) / 2;
        before += i < k ? class->lambda * class->mean : 0;
        up_to += i <= k ? class->lambda * class->mean : 0;
    }
    return work / (1 - before) / (1 - up_to);
}

static const struct mg1 *model_of(const struct reference *table, size_t row) {
    for (size_t i = 0; i < N_OF(models); i++)
        if (strcmp(models[i].name, reference_text(table, row, "model")) == 0)
            return &models[i];
    fail_msg("no model %s", reference_text(table, row, "model"));
    return NULL;
}

static void classes_that_the_file_leaves_out_are_right(void **state) {
    struct reference *table = reference_open("priority_mg1");
    for (size_t row = 0; row < table->n_rows; row++) {
        const struct mg1 *model = model_of(table, row);
        size_t class = (size_t)number(table, row, "class") - 1;
        assert_true(fabs(cobham(model, class) - number(table, row, "Wq_nonpreemptive")) < 1e-8);
        assert_true(model->classes[class].lambda == number(table, row, "lambda"));
        assert_true(model->classes[class].mean == number(table, row, "ES"));
    }
    reference_close(table);
}

static const char *compose_mg1(struct oh_arena *arena, const struct reference *table, size_t row,
                               double talk) {
    const struct mg1 *model = model_of(table, row);
    return compose(arena, model->classes, model->n, 1, false, 120, 8000, talk);
}

static size_t claims_mg1(struct oh_arena *arena, const struct reference *table, size_t row,
                         struct claim *claims) {
    const struct mg1 *model = model_of(table, row);
    size_t n = 0;
    for (; n < model->n; n++)
        claims[n] = (struct claim){
            oh_arena_printf(arena, "contacts.class%zu.wait_answered.mean", n + 1),
            UNIT_S * cobham(model, n),
        };
    return n;
}

static const struct theory priority_mg1 = {"priority_mg1", compose_mg1, claims_mg1, NULL};

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        THEORY_TESTS(priority_mmn),
        THEORY_TESTS(one_line_for_all),
        THEORY_TESTS(priority_abandon),
        cmocka_unit_test(classes_that_the_file_leaves_out_are_right),
        THEORY_TESTS(priority_mg1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
