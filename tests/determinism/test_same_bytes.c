/* The same seed gives the same bytes: for any number of threads, and for a replication that is run again alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/record.h"
#include "report/report.h"
#include "simulate.h"

static char *centre_yaml(void) {
    FILE *from = fopen(OH_TEST_CENTRE, "r");
    assert_non_null(from);
    char *text = calloc(1, 65536);
    assert_true(fread(text, 1, 65535, from) > 1000);
    fclose(from);
    return text;
}

static void centre_init(struct model *model) {
    char *yaml = centre_yaml();
    model_init(model, yaml);
    free(yaml);
}

/* ---- threads ---- */

static char *written(const struct oh_summary *summary, const char *format, size_t *length) {
    const struct oh_writer *writer = oh_writer_find(format);
    assert_non_null(writer);
    char *bytes = NULL;
    FILE *to = open_memstream(&bytes, length);
    assert_true(writer->write(&summary, 1, to, &(struct oh_report_options){.rows = true}));
    fclose(to);
    return bytes;
}

static void assert_same_report(const struct oh_summary *a, const struct oh_summary *b,
                               const char *format) {
    size_t n_a, n_b;
    char *of_a = written(a, format, &n_a), *of_b = written(b, format, &n_b);
    assert_true(n_a > 5000);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(of_a, of_b, n_a);
    free(of_a);
    free(of_b);
}

static void threads_do_not_matter(void **state) {
    struct model model;
    centre_init(&model);
    struct oh_summary *one = oh_run(model.plan, &(struct oh_run_options){.threads = 1});
    const unsigned threads[] = {2, 3, 8, 64};
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        struct oh_summary *many =
            oh_run(model.plan, &(struct oh_run_options){.threads = threads[i]});
        assert_same_report(one, many, "json");
        assert_same_report(one, many, "csv");
        oh_summary_destroy(many);
    }
    oh_summary_destroy(one);
    model_fini(&model);
}

/* ---- one replication alone ---- */

static void assert_same_records(const struct oh_record *a, const struct oh_record *b) {
    const struct oh_layout *layout = a->layout;
    size_t cells = OH_N_CELLS(layout), rows = layout->n_types + layout->n_groups + 1;
    assert_int_equal(a->attempts, b->attempts);
    assert_true(a->attempts > 2000);
    assert_memory_equal(a->contacts, b->contacts,
                        layout->n_types * cells * OH_N_CONTACT_COUNTS * sizeof(int64_t));
    assert_memory_equal(a->agents, b->agents,
                        layout->n_groups * cells * OH_N_AGENT_COUNTS * sizeof(int64_t));
    assert_memory_equal(a->centre, b->centre, cells * OH_N_CENTRE_COUNTS * sizeof(int64_t));
    assert_memory_equal(a->maxima, b->maxima, rows * OH_N_MAXIMA * sizeof(int64_t));
    assert_memory_equal(a->histograms, b->histograms,
                        layout->n_types * OH_N_HISTOGRAMS * sizeof a->histograms[0]);
}

static void run_one(struct oh_engine *engine, uint64_t replication, struct oh_record *record) {
    assert_true(oh_engine_run(engine, replication, (struct oh_stop){NULL, NULL}, record));
}

static void replication_17_is_the_same_alone(void **state) {
    struct model model;
    struct oh_record after_others, alone, another;
    centre_init(&model);
    oh_record_init(&after_others, &model.plan->layout);
    oh_record_init(&alone, &model.plan->layout);
    oh_record_init(&another, &model.plan->layout);
    struct oh_engine *engine = oh_engine_create(model.plan);
    for (uint64_t i = 0; i <= 17; i++)
        run_one(engine, i, &after_others);
    oh_engine_destroy(engine);
    engine = oh_engine_create(model.plan);
    run_one(engine, 17, &alone);
    run_one(engine, 16, &another);
    oh_engine_destroy(engine);
    assert_same_records(&after_others, &alone);
    assert_memory_not_equal(alone.contacts, another.contacts, 64 * sizeof(int64_t));
    oh_record_fini(&after_others);
    oh_record_fini(&alone);
    oh_record_fini(&another);
    model_fini(&model);
}

struct traced {
    uint64_t replication;
    size_t n;
    struct oh_attempt attempts[20000];
};

static void take_of_one(void *context, const struct oh_attempt *attempt) {
    struct traced *traced = context;
    if (attempt->replication != traced->replication)
        return;
    assert_true(traced->n < 20000);
    traced->attempts[traced->n++] = *attempt;
}

static void trace_of_replication_17_is_the_same_alone(void **state) {
    struct model model;
    static struct traced in_the_run, alone;
    centre_init(&model);
    in_the_run.replication = alone.replication = 17;
    oh_summary_destroy(oh_run(
        model.plan, &(struct oh_run_options){.trace = take_of_one, .trace_context = &in_the_run}));
    oh_summary_destroy(oh_run(model.plan, &(struct oh_run_options){.first_replication = 17,
                                                                   .replications = 1,
                                                                   .trace = take_of_one,
                                                                   .trace_context = &alone}));
    assert_true(alone.n > 2000);
    assert_int_equal(alone.n, in_the_run.n);
    for (size_t i = 0; i < alone.n; i++)
        assert_true(attempts_are_equal(&alone.attempts[i], &in_the_run.attempts[i]));
    model_fini(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(replication_17_is_the_same_alone),
        cmocka_unit_test(trace_of_replication_17_is_the_same_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
