/* Distributions as text: what is accepted, how it is printed, what is refused, with which message and where;
 * and that parameters mean what they say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random/dist.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* One arena and one list of problems, for texts that are read one after the other. */
struct fixture {
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    struct oh_source source; /* of the text read last */
};

static struct fixture fixture_create(void) {
    return (struct fixture){.arena = oh_arena_create(), .diagnostics = oh_diag_create()};
}

static void fixture_destroy(struct fixture *f) {
    oh_diag_destroy(f->diagnostics);
    oh_arena_destroy(f->arena);
}

static const struct oh_dist *read_text(struct fixture *f, const char *text, enum oh_unit unit) {
    const size_t length = strlen(text);
    f->source = (struct oh_source){.name = "test", .text = text, .length = length};
    const struct oh_place place = {&f->source, 1, 1, (uint32_t)oh_utf8_length(text, length)};
    return oh_dist_parse(f->arena, text, unit, place, DATA_DIRECTORY, "", f->diagnostics);
}

static const struct oh_dist *parse(struct fixture *f, const char *text, enum oh_unit unit) {
    const struct oh_dist *dist = read_text(f, text, unit);
    if (!dist)
        oh_diag_print(f->diagnostics, stderr, false);
    assert_non_null(dist);
    return dist;
}

/* ---- printing ---- */

static void assert_printed(const char *text, enum oh_unit unit, const char *expected) {
    struct fixture f = fixture_create();
    struct oh_text printed = {0};
    oh_dist_print(parse(&f, text, unit), &printed);
    assert_string_equal(printed.data, expected);
    oh_text_fini(&printed);
    fixture_destroy(&f);
}

static void canonical_text_is_as_promised(void **state) {
    static const struct {
        const char *text;
        enum oh_unit unit;
        const char *expected;
    } rows[] = {
        {"20s", OH_UNIT_DURATION, "20s"},
        {" 0.5min ", OH_UNIT_DURATION, "30s"},
        {"constant(20s)", OH_UNIT_DURATION, "20s"},
        {"constant( value = 20 s )", OH_UNIT_DURATION, "20s"},
        {"1.2", OH_UNIT_NUMBER, "1.2"},
        {"exponential(4min)", OH_UNIT_DURATION, "exponential(mean=4min)"},
        {"exponential (mean = 240 s)", OH_UNIT_DURATION, "exponential(mean=4min)"},
        {"gamma(1, 0.05)", OH_UNIT_NUMBER, "gamma(mean=1 cv=0.05)"},
        {"gamma(cv=0.6, 5min)", OH_UNIT_DURATION, "gamma(mean=5min cv=0.6)"},
        {"gamma(scale=2min shape=2.5)", OH_UNIT_DURATION, "gamma(shape=2.5 scale=2min)"},
        {"weibull(2 mean=2min)", OH_UNIT_DURATION, "weibull(shape=2 mean=2min)"},
        {"hyperexponential(90 % 67 s, 10 % 600 s)", OH_UNIT_DURATION,
         "hyperexponential(90% 67s 10% 10min)"},
        {"mixture(10% 0s 90% exponential(1000s))", OH_UNIT_DURATION,
         "mixture(10% constant(0s) 90% exponential(mean=1000s))"},
        {"capped(never at=60s)", OH_UNIT_DURATION, "capped(never at=1min)"},
        {"never()", OH_UNIT_DURATION, "never"},
        {"empirical(talk.csv seconds)", OH_UNIT_DURATION,
         "empirical(file=talk.csv column=seconds)"},
        {"empirical(file='two words.csv' column=\"talk (s)\")", OH_UNIT_DURATION,
         "empirical(file=\"two words.csv\" column=\"talk (s)\")"},
        {"empirical(file='with\"quote, comma.csv' column=it's)", OH_UNIT_DURATION,
         "empirical(file='with\"quote, comma.csv' column=it's)"},
        {"hazard(0s 20/h, 3min 0/h)", OH_UNIT_DURATION, "hazard(0s 20/h 3min 0/h)"},
    };
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_printed(rows[i].text, rows[i].unit, rows[i].expected);
}

/* ---- equal distributions, written differently ---- */

static void assert_same(const char *one, const char *other, enum oh_unit unit) {
    struct fixture f = fixture_create();
    const struct oh_dist *a = parse(&f, one, unit), *b = parse(&f, other, unit);
    for (uint32_t i = 0; i < 500; i++)
        assert_true(oh_dist_draw(a, 77, i, 0, 0) == oh_dist_draw(b, 77, i, 0, 0));
    assert_true(oh_dist_mean(a) == oh_dist_mean(b));
    fixture_destroy(&f);
}

static void equal_distributions_give_equal_values(void **state) {
    assert_same("gamma(mean=10min cv=0.5)", "gamma(shape=4 scale=2.5min)", OH_UNIT_DURATION);
    assert_same("erlang(k=1 mean=4min)", "exponential(mean=4min)", OH_UNIT_DURATION);
    assert_same("hyperexponential(90% 67s 10% 600s)", "hyperexponential(10% 600s 90% 67s)",
                OH_UNIT_DURATION);
    assert_same("hyperexponential(90% 67s 10% 600s)",
                "mixture(10% exponential(600s) 90% exponential(67s))", OH_UNIT_DURATION);
    assert_same("mixture(100% exponential(600s) 0% never)", "exponential(600s)", OH_UNIT_DURATION);
    assert_same("scaled(exponential(60s) by=2)", "exponential(2min)", OH_UNIT_DURATION);
    assert_same("capped(never at=60s)", "1min", OH_UNIT_DURATION);
    assert_same("gamma(1 0.5)", "gamma(shape=4 scale=0.25)", OH_UNIT_NUMBER);
}

static void constants_and_never_are_recognised(void **state) {
    static const struct {
        const char *text;
        double value; /* negative: not constant */
    } rows[] = {
        {"20s", 20},
        {"capped(never at=60s)", 60},
        {"shifted(0.1s by=0.2s)", 0.1 + 0.2},
        {"scaled(0.1s by=3)", 0.1 * 3},
        {"mixture(40% 5s 60% 5s)", 5},
        {"mixture(100% 5s 0% exponential(3s))", 5},
        {"never", INFINITY},
        {"shifted(never by=5s)", INFINITY},
        {"mixture(40% never 60% never)", INFINITY},
        {"hazard(0s 0/h)", INFINITY},
        {"exponential(5s)", -1},
        {"mixture(40% 5s 60% 6s)", -1},
        {"mixture(40% 5s 60% never)", -1},
        {"hazard(0s 1/h 5min 0/h)", -1},
    };
    struct fixture f = fixture_create();
    for (size_t i = 0; i < N_OF(rows); i++) {
        const struct oh_dist *dist = parse(&f, rows[i].text, OH_UNIT_DURATION);
        double value = -1;
        const bool is_constant = oh_dist_is_constant(dist, &value);
        assert_int_equal(oh_dist_is_never(dist), isinf(rows[i].value) != 0);
        assert_int_equal(is_constant, rows[i].value >= 0 && isfinite(rows[i].value));
        assert_true(!is_constant || value == rows[i].value);
    }
    fixture_destroy(&f);
}

static void constructors_make_what_their_names_say(void **state) {
    struct oh_arena *arena = oh_arena_create();
    double value = 0;
    assert_true(oh_dist_is_constant(oh_dist_constant(arena, 20), &value) && value == 20);
    assert_true(oh_dist_is_never(oh_dist_constant(arena, INFINITY)));
    assert_string_equal(oh_dist_name(oh_dist_constant(arena, INFINITY)), "never");
    const struct oh_dist *exponential = oh_dist_exponential(arena, 240);
    assert_true(oh_dist_mean(exponential) == 240 && oh_dist_variance(exponential) == 57600);
    const struct oh_dist *slower = oh_dist_scaled(arena, exponential, 1.5);
    assert_true(oh_dist_mean(slower) == 360);
    for (uint32_t i = 0; i < 100; i++)
        assert_true(fabs(oh_dist_draw(slower, 3, i, 0, 0) -
                         1.5 * oh_dist_draw(exponential, 3, i, 0, 0)) < 1e-10);
    oh_arena_destroy(arena);
}

/* ---- what the parameters mean ---- */

/* By quadrature of the textbook's densities, with 30 digits. */
static const struct {
    const char *text;
    double mean, sd;
    double median; /* -1: not compared */
} meanings[] = {
    {"constant(20s)", 20.0, 0.0, 20.0},
    {"uniform(low=3min high=7min)", 300.0, 69.28203230275509, 300.0},
    {"triangular(low=1min mode=2min high=6min)", 180.0, 64.8074069840786, 170.2633403898972},
    {"exponential(mean=4min)", 240.0, 240.0, 166.3553233343869},
    {"erlang(k=2 mean=2min)", 120.0, 84.8528137423857, -1},
    {"gamma(mean=5min cv=0.6)", 300.0, 180.0, -1},
    {"gamma(shape=2.5 scale=2min)", 300.0, 189.7366596101028, -1},
    {"lognormal(mean=4min cv=1.2)", 240.0, 288.0, 153.6442559194752},
    {"lognormal(median=3min sigma=0.9)", 269.874450010218, 301.4762138019377, 180.0},
    {"normal(mean=5min sd=4min)", 349.0141101356824, 201.2296796372306, -1},
    {"normal(mean=0s sd=1min)", 47.87307364817192, 36.16861649934522, -1},
    {"weibull(shape=2 scale=135s)", 119.6406349361223, 62.53893564877407, 112.3948725062892},
    {"weibull(shape=2 mean=2min)", 120.0, 62.7267841052476, -1},
    {"weibull(mean=2min cv=0.5)", 120.0, 60.0, -1},
    {"weibull(mean=2min cv=1.7)", 120.0, 204.0, -1},
    {"pareto(low=30s shape=2.5)", 50.0, 44.72135954999579, 39.58523732318683},
    {"pareto(low=30s shape=1.5)", 90.0, INFINITY, -1},
    {"pareto(low=30s shape=1)", INFINITY, INFINITY, 60.0},
    {"pareto(mean=50s shape=2.5)", 50.0, 44.72135954999579, 39.58523732318683},
    {"pareto(mean=90s shape=1.5)", 90.0, INFINITY, -1},
    {"pareto(shape=2.5 scale=30s)", 50.0, 44.72135954999579, 39.58523732318683},
    {"loglogistic(mean=2min shape=3)", 120.0, 97.04333198227179, 99.23920117592257},
    {"loglogistic(mean=2min shape=5)", 120.0, 47.44605564837858, 112.2587140546367},
    {"loglogistic(shape=5 scale=2min)", 128.2751198538714, 50.71790395741014, 120.0},
    {"loglogistic(median=2min shape=5)", 128.2751198538714, 50.71790395741014, 120.0},
    {"loglogistic(median=2min shape=1.5)", 290.2078982774749, INFINITY, 120.0},
    {"loglogistic(median=2min shape=1)", INFINITY, INFINITY, 120.0},
    {"hyperexponential(90% 67s 10% 600s)", 120.3, 256.1408011231323, -1},
    {"mixture(10% constant(0s) 90% exponential(1000s))", 900.0, 994.98743710662, -1},
    {"shifted(exponential(60s) by=5s)", 65.0, 60.0, 46.58883083359672},
    {"scaled(lognormal(mean=4min cv=1.2) by=1.1)", 264.0, 316.8, -1},
    {"capped(exponential(120s) at=60s)", 47.21632083448399, 19.19621179476069, 60.0},
    {"empirical(file=talk.csv column=seconds)", 185.3333333333333, 165.7982374923074, -1},
    {"hazard(0s 20/h 30s 5/h 3min 12/h)", 348.4386343487233, 317.5045976864422, -1},
    {"hazard(0s 20/h 30s 0/h)", INFINITY, INFINITY, -1},
    {"hazard(0s 0.5/min 30s 0.1/min 5min 0.02/min)", 1685.629104973657, 2654.103986518295,
     295.8883083359672},
    {"never", INFINITY, INFINITY, -1},
};

static void assert_near(const char *text, const char *what, double value, double expected) {
    if (value != expected && !(fabs(value - expected) <= 1e-12 * expected))
        fail_msg("%s: %s %.17g, expected %.17g", text, what, value, expected);
}

static void parameters_mean_what_the_textbook_says(void **state) {
    struct fixture f = fixture_create();
    for (size_t i = 0; i < N_OF(meanings); i++) {
        const char *text = meanings[i].text;
        const struct oh_dist *dist = parse(&f, text, OH_UNIT_DURATION);
        assert_near(text, "mean", oh_dist_mean(dist), meanings[i].mean);
        assert_near(text, "sd", sqrt(oh_dist_variance(dist)), meanings[i].sd);
        if (meanings[i].median < 0)
            continue;
        if (oh_dist_has_inverse(dist))
            assert_near(text, "median", oh_dist_inverse(dist, 0.5), meanings[i].median);
        assert_true(oh_dist_cdf(dist, meanings[i].median * (1 + 1e-12)) >= 0.5);
        assert_true(oh_dist_cdf(dist, meanings[i].median * (1 - 1e-12)) <= 0.5);
    }
    fixture_destroy(&f);
}

static void every_row_has_its_meaning_checked(void **state) {
    const struct oh_dist_row *rows;
    const size_t n = oh_dist_rows(&rows);
    for (size_t r = 0; r < n; r++) {
        bool is_checked = false;
        for (size_t i = 0; i < N_OF(meanings); i++)
            is_checked =
                is_checked || strncmp(meanings[i].text, rows[r].name, strlen(rows[r].name)) == 0;
        if (!is_checked)
            fail_msg("row '%s' is not in the list", rows[r].name);
    }
}

/* ---- refusals ---- */

struct refusal {
    const char *text;
    const char *slug;
    uint32_t column, width;
    const char *hint; /* part of it; NULL: it does not matter */
};

static const struct refusal refusals[] = {
    {"lognormall(mean=11min cv=0.9)", "unknown-distribution", 1, 10, "did you mean 'lognormal'?"},
    {"foo(3s)", "unknown-distribution", 1, 3, "known are constant, uniform"},
    {"t\xC3\xA4glich(3s)", "unknown-distribution", 1, 7, "known are"},
    {"", "distribution-syntax", 1, 0, "write exponential(mean=4min)"},
    {"?", "distribution-syntax", 1, 1, "write exponential(mean=4min)"},
    {"exponential 4min", "distribution-syntax", 13, 4, "write exponential(mean=4min)"},
    {"empirical(file=\"a.csv\" column='b\"\t)", "unbalanced-parentheses", 10, 1, "blanks"},
    {"exponential(4min", "unbalanced-parentheses", 12, 1, "blanks, not commas"},
    {"mixture(50% exponential(4min 50% 3s)", "unbalanced-parentheses", 8, 1, "blanks"},
    {"exponential(4min))", "unbalanced-parentheses", 18, 1, NULL},
    {"exponential)", "unbalanced-parentheses", 12, 1, "write exponential"},
    {"exponential(4min) x", "trailing-text", 19, 1, NULL},
    {"exponential(meen=4min)", "unknown-parameter", 13, 4, "did you mean 'mean'?"},
    {"exponential(size=4min)", "unknown-parameter", 13, 4, "write exponential(mean=4min)"},
    {"hyperexponential(p=90% 67s)", "unknown-parameter", 18, 1, "90% 67s 10% 600s"},
    {"exponential", "missing-parameter", 1, 11, "write exponential(mean=4min)"},
    {"exponential()", "missing-parameter", 1, 11, "write exponential(mean=4min)"},
    {"exponential(mean=)", "missing-parameter", 1, 11, "write exponential(mean=4min)"},
    {"gamma(mean=10min)", "missing-parameter", 1, 5, "gamma(shape=2.5 scale=2min)"},
    {"gamma(shape=2)", "missing-parameter", 1, 5, "gamma(shape=2.5 scale=2min)"},
    {"shifted(by=5s)", "missing-parameter", 1, 7, "write shifted("},
    {"hyperexponential()", "missing-parameter", 1, 16, "90% 67s"},
    {"hyperexponential(90% 67s 10%)", "missing-parameter", 1, 16, "90% 67s"},
    {"gamma(mean=10min mean=3s cv=1)", "doubled-parameter", 18, 4, NULL},
    {"exponential(4min 5min)", "too-many-parameters", 18, 4, "write exponential(mean=4min)"},
    {"never(3s)", "too-many-parameters", 7, 2, "write never"},
    {"gamma(mean=10min cv=0,5)", "too-many-parameters", 23, 1, "without a comma"},
    {"exponential(1,850s)", "too-many-parameters", 15, 4, "without a comma"},
    {"gamma(mean=10min scale=3s)", "mixed-parameters", 18, 5, "write gamma(mean=5min cv=0.6), or"},
    {"exponential(4)", "missing-unit", 13, 1, "write 4s or 4min"},
    {"20", "missing-unit", 1, 2, "write 20s or 20min"},
    {"hazard(0s 2)", "missing-unit", 11, 1, "2/h"},
    {"hyperexponential(0.9 67s 10% 600s)", "missing-unit", 18, 3, "write 90%"},
    {"exponential(4parsec)", "wrong-unit", 13, 7, "20s"},
    {"gamma(mean=4min cv=3s)", "wrong-unit", 20, 2, NULL},
    {"exponential(nan)", "not-a-quantity", 13, 3, "20s"},
    {"exponential(exponential(4min))", "not-a-quantity", 13, 17, "20s"},
    {"exponential(1e400s)", "too-large", 13, 6, NULL},
    {"erlang(k=2.5 mean=3s)", "not-integral", 10, 3, NULL},
    {"erlang(k=0 mean=3s)", "parameter-out-of-range", 10, 1, NULL},
    {"erlang(k=1001 mean=3s)", "parameter-out-of-range", 10, 4, NULL},
    {"exponential(-4s)", "parameter-out-of-range", 13, 3, NULL},
    {"exponential(0s)", "parameter-out-of-range", 13, 2, "write constant(...)"},
    {"gamma(mean=10min cv=0)", "parameter-out-of-range", 21, 1, "write constant(...)"},
    {"gamma(mean=10min cv=-1)", "parameter-out-of-range", 21, 2, NULL},
    {"-5s", "parameter-out-of-range", 1, 3, NULL},
    {"hyperexponential(110% 67s)", "parameter-out-of-range", 18, 4, NULL},
    {"uniform(7min 3min)", "parameters-disagree", 14, 4, NULL},
    {"uniform(3min 3min)", "parameters-disagree", 14, 4, "write constant(...)"},
    {"triangular(1s 5s 3s)", "parameters-disagree", 18, 2, NULL},
    {"triangular(5s 1s 7s)", "parameters-disagree", 15, 2, NULL},
    {"pareto(mean=50s shape=1)", "parameter-out-of-range", 23, 1, NULL},
    {"pareto(shape=0.9 mean=50s)", "parameter-out-of-range", 14, 3, NULL},
    {"pareto(mean=50s low=3s)", "mixed-parameters", 8, 4, "write pareto(low="},
    {"loglogistic(mean=50s shape=0.5)", "parameter-out-of-range", 28, 3, NULL},
    {"hazard(1s 2/h)", "parameters-disagree", 8, 2, "from time 0"},
    {"hazard(0s 2/h 5s 1/h 5s 3/h)", "parameters-disagree", 22, 2, NULL},
    {"hyperexponential(90% 67s 20% 600s)", "shares-not-one", 18, 3, NULL},
    {"mixture(50% 3s 49.99% 5s)", "shares-not-one", 9, 3, NULL},
    {"shifted(exponential(60s) bye=5s)", "unknown-parameter", 26, 3, "did you mean 'by'?"},
    {"mixture(10% foo(3s) 90% 5s)", "unknown-distribution", 13, 3, "known are"},
    {"capped(capped(capped(60) at=3s) at=4s)", "missing-parameter", 15, 6, "write capped"},
    {"empirical(file=nowhere.csv column=a)", "file-unreadable", 16, 11, NULL},
    {"empirical(file=/ column=a)", "file-unreadable", 16, 1, NULL},
    {"empirical(file=talk.csv column=secnods)", "column-missing", 32, 7, "did you mean 'seconds'?"},
    {"empirical(file=talk.csv column=zzz)", "column-missing", 32, 3, "call, seconds, queue"},
    {"empirical(file=empty.csv column=a)", "column-missing", 33, 1, "its columns:"},
    {"empirical(file=only-names.csv column=a)", "data-empty", 16, 14, NULL},
    {"empirical(file=bad-number.csv column=a)", "data-invalid", 16, 14, "plain numbers of seconds"},
    {"empirical(file=negative.csv column=a)", "data-invalid", 16, 12, "plain numbers"},
    {"empirical(file=short-row.csv column=b)", "data-invalid", 16, 13, NULL},
    {"empirical(file=stray-quote.csv column=a)", "data-invalid", 16, 15, NULL},
    {"empirical(file=unclosed.csv column=a)", "data-invalid", 16, 12, NULL},
};

static bool is_as_expected(const struct oh_problem *problem, const struct refusal *row) {
    return strcmp(oh_messages[problem->id].slug, row->slug) == 0 &&
           problem->place.column == row->column && problem->place.width == row->width &&
           (!row->hint || (problem->hint && strstr(problem->hint, row->hint)));
}

static void every_mistake_has_its_message_at_its_place(void **state) {
    for (size_t i = 0; i < N_OF(refusals); i++) {
        struct fixture f = fixture_create();
        assert_null(read_text(&f, refusals[i].text, OH_UNIT_DURATION));
        assert_int_equal(oh_diag_errors(f.diagnostics), 1);
        const struct oh_problem *problem = oh_diag_problem(f.diagnostics, 0);
        if (!is_as_expected(problem, &refusals[i])) {
            oh_diag_print(f.diagnostics, stderr, false);
            fail_msg("%s: expected [%s] at %u, width %u, hint %s", refusals[i].text,
                     refusals[i].slug, refusals[i].column, refusals[i].width,
                     refusals[i].hint ? refusals[i].hint : "");
        }
        fixture_destroy(&f);
    }
}

static void messages_name_the_row_of_bad_data(void **state) {
    struct fixture f = fixture_create();
    read_text(&f, "empirical(file=bad-number.csv column=a)", OH_UNIT_DURATION);
    assert_string_equal(oh_diag_problem(f.diagnostics, 0)->text,
                        "row 4 of 'bad-number.csv': 'soon' in column 'a' is not a duration of at "
                        "least 0");
    fixture_destroy(&f);
}

static void all_mistakes_are_reported_in_one_go(void **state) {
    struct fixture f = fixture_create();
    assert_null(
        read_text(&f, "mixture(0.5 exponential(4) 50% gamma(mean=3 cv=0))", OH_UNIT_DURATION));
    assert_int_equal(oh_diag_errors(f.diagnostics), 4);
    fixture_destroy(&f);
}

static void a_factor_has_no_unit(void **state) {
    struct fixture f = fixture_create();
    assert_null(read_text(&f, "gamma(mean=1s cv=0.05)", OH_UNIT_NUMBER));
    assert_string_equal(oh_messages[oh_diag_problem(f.diagnostics, 0)->id].slug, "wrong-unit");
    fixture_destroy(&f);
}

/* `n` times `opening`, then `middle`, then `n` times `closing`. */
static char *nest(size_t n, const char *opening, const char *middle, const char *closing) {
    struct oh_text text = {0};
    for (size_t i = 0; i < n; i++)
        oh_text_puts(&text, opening);
    oh_text_puts(&text, middle);
    for (size_t i = 0; i < n; i++)
        oh_text_puts(&text, closing);
    return text.data;
}

static void nesting_ends_at_16_levels(void **state) {
    struct fixture f = fixture_create();
    char *deep = nest(16, "shifted(", "5s", " by=1s)");
    assert_non_null(read_text(&f, deep, OH_UNIT_DURATION));
    char *deeper = nest(17, "shifted(", "5s", " by=1s)");
    assert_null(read_text(&f, deeper, OH_UNIT_DURATION));
    assert_string_equal(oh_messages[oh_diag_problem(f.diagnostics, 0)->id].slug,
                        "distribution-too-deep");
    free(deep);
    free(deeper);
    fixture_destroy(&f);
}

/* The longest text that a scenario may hold, in its worst forms: each is read or refused at once. */
static void long_texts_are_read_or_refused_quickly(void **state) {
    static const struct {
        const char *opening, *middle, *closing;
    } rows[] = {
        {"(", "", ""},
        {"shifted(", "5s", " by=1s)"},
        {"exponential(", "5s", ")"},
        {"\"", "", ""},
        {"mean=", "", ""},
        {"5s ", "", ""},
        {"mixture(0.01% 5s ", "99.99% 5s", ")"},
        {"\xC3\xA4", "", ""},
    };
    struct fixture f = fixture_create();
    for (size_t i = 0; i < N_OF(rows); i++) {
        const size_t width = strlen(rows[i].opening) + strlen(rows[i].closing);
        char *text = nest(65536 / width - 1, rows[i].opening, rows[i].middle, rows[i].closing);
        assert_null(read_text(&f, text, OH_UNIT_DURATION));
        char *call = oh_arena_printf(f.arena, "hyperexponential(%s)", text);
        assert_null(read_text(&f, call, OH_UNIT_DURATION));
        free(text);
    }
    char *parts = nest(6000, "0.01% 5s ", "", "");
    char *mixture = oh_arena_printf(f.arena, "hyperexponential(%s 40%% 3s)", parts);
    assert_non_null(read_text(&f, mixture, OH_UNIT_DURATION));
    free(parts);
    fixture_destroy(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_text_is_as_promised),
        cmocka_unit_test(equal_distributions_give_equal_values),
        cmocka_unit_test(constants_and_never_are_recognised),
        cmocka_unit_test(constructors_make_what_their_names_say),
        cmocka_unit_test(parameters_mean_what_the_textbook_says),
        cmocka_unit_test(every_row_has_its_meaning_checked),
        cmocka_unit_test(every_mistake_has_its_message_at_its_place),
        cmocka_unit_test(messages_name_the_row_of_bad_data),
        cmocka_unit_test(all_mistakes_are_reported_in_one_go),
        cmocka_unit_test(a_factor_has_no_unit),
        cmocka_unit_test(nesting_ends_at_16_levels),
        cmocka_unit_test(long_texts_are_read_or_refused_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
