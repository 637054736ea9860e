/* The contract of every distribution: what is drawn has the mean, variance and cdf that it declares, its text reads back,
 * and every way of drawing gives the same bits, on every machine for ever. One test over all rows of the table, and a
 * list of further parameters. Limits are two-sided quantiles at 1e-6; the luck is fixed. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "random/dist.h"
#include "random/dist_draw.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])
enum { N_DRAWS = 200000, N_HASHED = 1000 };

static const double NORMAL_LIMIT = 4.8916384756985904; /* standard normal */
static const double KOLMOGOROV_LIMIT =
    2.6934602240600764; /* sqrt(n) times the distance: sqrt(log(2e6) / 2) */

/* One distribution of the test: its text, and the hash of its first draws. The hashes are for ever: stored results
 * depend on them. */
struct example {
    const char *text;
    uint64_t hash;
    enum oh_unit unit;
};

static const struct example examples[] = {
#include "data/examples.inc"
};

/* What a test of one example has at hand. */
struct fixture {
    const char *text;
    struct oh_arena *arena;
    struct oh_diagnostics *diagnostics;
    const struct oh_dist *dist;
    enum oh_unit unit;
    oh_key key;
};

static const struct oh_dist *parse(struct fixture *f, const char *text) {
    const struct oh_source source = {.name = "test", .text = text, .length = strlen(text)};
    const struct oh_place place = {&source, 1, 1, (uint32_t)strlen(text)};
    const struct oh_dist *dist =
        oh_dist_parse(f->arena, text, f->unit, place, DATA_DIRECTORY, "", f->diagnostics);
    if (!dist)
        oh_diag_print(f->diagnostics, stderr, false);
    assert_non_null(dist);
    return dist;
}

typedef void example_test(struct fixture *f);

/* Which example failed, and how far off it was. */
#define CHECK(f, condition, ...)                                                                   \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_error("%s: ", (f)->text);                                                        \
            print_error(__VA_ARGS__);                                                              \
            print_error("\n");                                                                     \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

static void run_one(const char *text, enum oh_unit unit, example_test *test) {
    struct fixture f = {.text = text, .unit = unit};
    f.arena = oh_arena_create();
    f.diagnostics = oh_diag_create();
    f.key = oh_luck_stream(oh_luck_root(2015, 0), oh_luck_name("test", text), 0);
    f.dist = parse(&f, text);
    test(&f);
    assert_int_equal(oh_diag_errors(f.diagnostics), 0);
    oh_diag_destroy(f.diagnostics);
    oh_arena_destroy(f.arena);
}

static void for_every_example(example_test *test) {
    for (size_t i = 0; i < N_OF(examples); i++)
        run_one(examples[i].text, examples[i].unit, test);
}

static double *draw_sample(const struct fixture *f) {
    double *values = oh_malloc(N_DRAWS * sizeof *values);
    oh_dist_draw_batch(f->dist, f->key, 0, N_DRAWS, 1, OH_FOR_TALK, values);
    return values;
}

/* ---- the table ---- */

static void every_row_has_an_example_that_is_tested(void **state) {
    const struct oh_dist_row *rows;
    const size_t n = oh_dist_rows(&rows);
    assert_true(n >= 15);
    for (size_t r = 0; r < n; r++) {
        bool is_tested = false;
        for (size_t i = 0; i < N_OF(examples); i++)
            is_tested = is_tested || (strcmp(examples[i].text, rows[r].example) == 0 &&
                                      examples[i].unit == OH_UNIT_DURATION);
        if (!is_tested)
            fail_msg("the example of row '%s' is missing: %s", rows[r].name, rows[r].example);
    }
}

static void check_every_form_is_tested(const struct oh_dist_row *row) {
    for (size_t form = 0; form < row->n_forms; form++) {
        bool is_tested = false;
        for (size_t i = 0; i < N_OF(examples); i++) {
            const char *text = examples[i].text;
            bool has_all = strncmp(text, row->name, strlen(row->name)) == 0;
            for (size_t j = 0; j < row->forms[form].n && row->n_forms > 1; j++) {
                char named[32];
                snprintf(named, sizeof named, "%s=", row->forms[form].parameters[j].name);
                has_all = has_all && strstr(text, named);
            }
            is_tested = is_tested || has_all;
        }
        if (!is_tested)
            fail_msg("form %zu of '%s' is not tested", form, row->name);
    }
}

static void every_form_of_every_row_is_tested(void **state) {
    const struct oh_dist_row *rows;
    const size_t n = oh_dist_rows(&rows);
    for (size_t r = 0; r < n; r++)
        check_every_form_is_tested(&rows[r]);
}

/* ---- drawn values against declared ones ---- */

struct sample_moments {
    double mean, variance, fourth; /* about the mean */
};

/* Differences from the declared mean are small, so that summing them loses nothing. */
static struct sample_moments moments_of(const double *values, double declared) {
    struct sample_moments m = {.mean = declared};
    double sum = 0;
    for (size_t i = 0; i < N_DRAWS; i++)
        sum += values[i] - declared;
    m.mean += sum / N_DRAWS;
    for (size_t i = 0; i < N_DRAWS; i++) {
        const double square = (values[i] - m.mean) * (values[i] - m.mean);
        m.variance += square / N_DRAWS;
        m.fourth += square * square / N_DRAWS;
    }
    return m;
}

/* Where a moment is infinite, there is no limit to test it against. */
static void check_moments(struct fixture *f) {
    const double mean = oh_dist_mean(f->dist), variance = oh_dist_variance(f->dist);
    if (isinf(variance))
        return;
    double *values = draw_sample(f);
    const struct sample_moments m = moments_of(values, mean);
    const double mean_limit = NORMAL_LIMIT * sqrt(variance / N_DRAWS) + 1e-12 * mean;
    const double spread = m.fourth - m.variance * m.variance;
    const double variance_limit =
        NORMAL_LIMIT * sqrt(fmax(0, spread) / N_DRAWS) + 1e-9 * variance + 1e-12 * mean * mean;
    CHECK(f, fabs(m.mean - mean) <= mean_limit, "mean %g, declared %g, limit %g", m.mean, mean,
          mean_limit);
    CHECK(f, fabs(m.variance - variance) <= variance_limit, "variance %g, declared %g, limit %g",
          m.variance, variance, variance_limit);
    CHECK(f,
          fabs(oh_dist_second_moment(f->dist) - variance - mean * mean) <=
              1e-12 * mean * mean + 1e-9 * variance,
          "second moment %g", oh_dist_second_moment(f->dist));
    free(values);
}

static void mean_and_variance_are_as_declared(void **state) {
    for_every_example(check_moments);
}

static int compare(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Kolmogorov-Smirnov, with the cdf taken on both sides of every value, so that atoms are compared too. */
static void check_cdf(struct fixture *f) {
    double *values = draw_sample(f), distance = 0, at = 0;
    qsort(values, N_DRAWS, sizeof *values, compare);
    for (size_t i = 0, next; i < N_DRAWS; i = next) {
        const double x = values[i];
        for (next = i + 1; next < N_DRAWS && values[next] == x; next++)
            ;
        if (next == i + 1 && i % 16 > 0)
            continue; /* 16 values apart the distance differs by less than 2% of its limit */
        const double below = oh_dist_cdf(f->dist, nextafter(x, -INFINITY)) - (double)i / N_DRAWS;
        const double above = (double)next / N_DRAWS - oh_dist_cdf(f->dist, x);
        if (fmax(fabs(below), fabs(above)) > distance) {
            distance = fmax(fabs(below), fabs(above));
            at = x;
        }
    }
    CHECK(f, distance * sqrt(N_DRAWS) <= KOLMOGOROV_LIMIT, "cdf is off by %g at %.17g", distance,
          at);
    CHECK(f, values[0] >= oh_dist_lower(f->dist), "%g is below the least value", values[0]);
    free(values);
}

static void cdf_is_that_of_the_values_drawn(void **state) {
    for_every_example(check_cdf);
}

/* ---- declared values against each other ---- */

/* A length of time that is typical of the example. */
static double typical(const struct oh_dist *dist) {
    const double mean = oh_dist_mean(dist);
    return isinf(mean) ? 300.0 : mean + 1e-3;
}

static void check_survival(struct fixture *f) {
    const double unit = typical(f->dist);
    double previous = 0;
    for (double x = 0; x < 20 * unit; x += 0.05 * unit) {
        const double cdf = oh_dist_cdf(f->dist, x), survival = oh_dist_survival(f->dist, x);
        CHECK(f, fabs(cdf + survival - 1) <= 1e-14, "cdf %g and survival %g at %g", cdf, survival,
              x);
        CHECK(f, cdf >= previous && cdf <= 1 && survival >= 0, "cdf %g falls at %g", cdf, x);
        previous = cdf;
    }
    const double below = nextafter(oh_dist_lower(f->dist), -INFINITY);
    CHECK(f, oh_dist_cdf(f->dist, below) == 0, "cdf is not 0 at %g", below);
    assert_true(oh_dist_survival(f->dist, -1) == 1 && oh_dist_cdf(f->dist, INFINITY) == 1);
}

static void cdf_and_survival_are_one(void **state) {
    for_every_example(check_survival);
}

/* Between two breaks the survival function is smooth, but for a power of the distance from the left one: with
 * t = from + width v^4 Gauss-Legendre converges quickly. */
static double integral_of_survival(const struct oh_dist *dist, double from, double to, int panels) {
    static const double node[] = {0.0, 0.5384693101056831, 0.9061798459386640};
    static const double weight[] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
    double sum = 0;
    for (int i = 0; i < panels; i++)
        for (int k = -2; k <= 2; k++) {
            const double offset = k < 0 ? -node[-k] : node[k];
            const double v = (i + 0.5 + 0.5 * offset) / panels, slope = 4 * v * v * v;
            const double t = from + (to - from) * v * v * v * v;
            sum += weight[k < 0 ? -k : k] * 0.5 / panels * slope * oh_dist_survival(dist, t);
        }
    return sum * (to - from);
}

static void check_limited_mean(struct fixture *f) {
    static const double multiples[] = {0.1, 0.6, 1.0, 3.0};
    const double *breaks;
    const size_t n = oh_dist_breaks(f->dist, f->arena, &breaks);
    for (size_t m = 0; m < N_OF(multiples); m++) {
        const double to = multiples[m] * typical(f->dist);
        const int panels = n < 10 ? 1000 : 60;
        double integral = 0, from = 0;
        for (size_t i = 0; i < n && breaks[i] < to; from = breaks[i++]) {
            CHECK(f, breaks[i] > from, "break at %g after %g", breaks[i], from);
            integral += integral_of_survival(f->dist, from, breaks[i], panels);
        }
        integral += integral_of_survival(f->dist, from, to, panels);
        const double limited = oh_dist_limited_mean(f->dist, to);
        CHECK(f, fabs(limited - integral) <= 1e-10 * to, "limited mean %.15g at %g, integral %.15g",
              limited, to, integral);
    }
    assert_true(oh_dist_limited_mean(f->dist, INFINITY) == oh_dist_mean(f->dist));
}

static void limited_mean_is_the_integral_of_survival(void **state) {
    for_every_example(check_limited_mean);
}

/* ---- the ends of the parameters' ranges ---- */

static size_t n_gsl_errors;

static void count_gsl_error(const char *reason, const char *file, int line, int code) {
    n_gsl_errors++;
}

/* The value of a parameter at `step` 0, 1 or 2 of its range; times are seconds. */
static double value_in_range(const struct oh_dist_parameter *parameter, int step) {
    const double low = fmax(parameter->low, 1e-3), high = fmin(parameter->high, 1e6);
    const double value = step == 0 ? low : step == 2 ? high : sqrt(low * high);
    return parameter->value == OH_DIST_COUNT ? floor(value) : value;
}

static bool has_numbers_only(const struct oh_dist_form *form) {
    for (size_t j = 0; j < form->n; j++)
        if (form->parameters[j].value != OH_DIST_TIME &&
            form->parameters[j].value != OH_DIST_NUMBER &&
            form->parameters[j].value != OH_DIST_COUNT)
            return false;
    return !form->repeats;
}

static void check_is_sound(struct fixture *f) {
    const double mean = oh_dist_mean(f->dist), variance = oh_dist_variance(f->dist);
    CHECK(f, mean > 0 && variance >= 0, "mean %g, variance %g", mean, variance);
    double previous = 0, previous_limited = 0;
    for (double x = 1e-9; x < 1e13; x *= 1.3) {
        const double cdf = oh_dist_cdf(f->dist, x), limited = oh_dist_limited_mean(f->dist, x);
        CHECK(f, cdf >= previous - 1e-13 && cdf <= 1, "cdf %g at %g", cdf, x);
        CHECK(f, fabs(cdf + oh_dist_survival(f->dist, x) - 1) < 1e-12, "survival at %g", x);
        CHECK(f, limited >= previous_limited * (1 - 1e-11) && limited <= x, "limited %g", limited);
        CHECK(f, limited <= mean * (1 + 1e-9), "limited mean %.17g above %.17g", limited, mean);
        previous = cdf;
        previous_limited = limited;
    }
    for (uint32_t i = 0; i < 200; i++)
        CHECK(f, oh_dist_draw(f->dist, f->key, i, 0, 0) >= 0, "negative or no number");
}

static void check_form_at_its_ends(const struct oh_dist_row *row, const struct oh_dist_form *form) {
    const int n = form->n == 1 ? 3 : form->n == 2 ? 9 : 27;
    for (int combination = 0; combination < n; combination++) {
        struct oh_text text = {0};
        double previous = -1;
        bool is_rising = true;
        oh_text_printf(&text, "%s(", row->name);
        for (int j = 0, rest = combination; j < (int)form->n; j++, rest /= 3) {
            const struct oh_dist_parameter *parameter = &form->parameters[j];
            const double value = value_in_range(parameter, rest % 3);
            oh_text_printf(&text, "%s=%.17g%s ", parameter->name, value,
                           parameter->value == OH_DIST_TIME ? "s" : "");
            is_rising = is_rising && value > previous;
            previous = value;
        }
        oh_text_puts(&text, ")");
        const bool is_ordered = strcmp(form->parameters[0].name, "low") == 0 &&
                                form->parameters[form->n - 1].value == OH_DIST_TIME;
        if (is_rising || !is_ordered)
            run_one(text.data, OH_UNIT_DURATION, check_is_sound);
        oh_text_fini(&text);
    }
}

static void all_is_sound_at_the_ends_of_every_range(void **state) {
    const struct oh_dist_row *rows;
    const size_t n = oh_dist_rows(&rows);
    gsl_error_handler_t *previous = gsl_set_error_handler(count_gsl_error);
    n_gsl_errors = 0;
    for (size_t r = 0; r < n; r++)
        for (size_t form = 0; form < rows[r].n_forms; form++)
            if (has_numbers_only(&rows[r].forms[form]))
                check_form_at_its_ends(&rows[r], &rows[r].forms[form]);
    gsl_set_error_handler(previous);
    assert_int_equal(n_gsl_errors, 0);
}

/* ---- inverse ---- */

static void check_inverse(struct fixture *f) {
    if (!oh_dist_has_inverse(f->dist))
        return;
    double previous = 0;
    for (int i = 1; i < 4000; i++) {
        const double u = i / 4000.0, x = oh_dist_inverse(f->dist, u);
        CHECK(f, x >= previous, "inverse falls to %g at %g", x, u);
        previous = x;
        if (isinf(x))
            continue;
        const double at = oh_dist_cdf(f->dist, x),
                     below = oh_dist_cdf(f->dist, nextafter(x, -INFINITY));
        CHECK(f, at >= u - 1e-11 && below <= u + 1e-11, "cdf of inverse of %g is %.15g to %.15g", u,
              below, at);
    }
}

static void inverse_undoes_the_cdf(void **state) {
    for_every_example(check_inverse);
}

/* ---- every way of drawing ---- */

static void check_ways_of_drawing(struct fixture *f) {
    enum { N = 777 };
    double batch[N];
    oh_dist_draw_batch(f->dist, f->key, 40, N, 2, OH_FOR_WRAP_UP, batch);
    for (uint32_t i = 0; i < N; i++) {
        const double u = oh_luck_uniform(f->key, 40 + i, 2, OH_FOR_WRAP_UP);
        const double x = oh_dist_draw(f->dist, f->key, 40 + i, 2, OH_FOR_WRAP_UP);
        const double with = oh_dist_draw_with(f->dist, u, f->key, 40 + i, 2, OH_FOR_WRAP_UP);
        const double fast = oh_dist_draw_fast(f->dist, u, f->key, 40 + i, 2, OH_FOR_WRAP_UP);
        CHECK(f, x == with && x == fast && x == batch[i], "%.17g %.17g %.17g %.17g", x, with, fast,
              batch[i]);
        CHECK(f, !oh_dist_has_inverse(f->dist) || x == oh_dist_inverse(f->dist, u),
              "draw %.17g is not the inverse", x);
        CHECK(f, x >= 0, "%g is negative", x);
    }
}

static void every_way_of_drawing_gives_the_same_bits(void **state) {
    for_every_example(check_ways_of_drawing);
}

/* The ends of what a uniform can be. */
static void check_ends(struct fixture *f) {
    static const double ends[] = {0x1p-53,       0x1.8p-52,       0.5 - 0x1p-53,
                                  0.5 + 0x1p-53, 1.0 - 0x1.8p-52, 1.0 - 0x1p-53};
    for (size_t i = 0; i < N_OF(ends); i++) {
        const double x = oh_dist_draw_with(f->dist, ends[i], f->key, 1, 1, 1);
        CHECK(f, x >= oh_dist_lower(f->dist), "%g at %g", x, ends[i]);
        CHECK(f, isfinite(x) || isinf(oh_dist_mean(f->dist)), "infinite at %g", ends[i]);
    }
}

static void extreme_uniforms_are_harmless(void **state) {
    for_every_example(check_ends);
}

/* ---- text ---- */

static void assert_equal_bits(const struct fixture *f, double a, double b) {
    CHECK(f, a == b && signbit(a) == signbit(b), "%.17g is not %.17g", a, b);
}

static void check_round_trip(struct fixture *f) {
    struct oh_text first = {0}, second = {0};
    oh_dist_print(f->dist, &first);
    const struct oh_dist *again = parse(f, first.data);
    oh_dist_print(again, &second);
    CHECK(f, strcmp(first.data, second.data) == 0, "printed as %s, then as %s", first.data,
          second.data);
    CHECK(f, strcmp(oh_dist_name(f->dist), oh_dist_name(again)) == 0, "another name");
    assert_equal_bits(f, oh_dist_mean(f->dist), oh_dist_mean(again));
    assert_equal_bits(f, oh_dist_variance(f->dist), oh_dist_variance(again));
    for (uint32_t i = 0; i < 300; i++)
        assert_equal_bits(f, oh_dist_draw(f->dist, f->key, i, 0, 0),
                          oh_dist_draw(again, f->key, i, 0, 0));
    oh_text_fini(&first);
    oh_text_fini(&second);
}

static void printed_text_reads_back_to_an_equal_distribution(void **state) {
    for_every_example(check_round_trip);
}

/* ---- luck that never changes ---- */

static uint64_t hash_of_draws(const struct fixture *f) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    const oh_key key = oh_luck_stream(oh_luck_root(1, 0), oh_luck_name("contact", "test"), 0);
    for (uint32_t i = 0; i < N_HASHED; i++) {
        const double x = oh_dist_draw(f->dist, key, i, 1, OH_FOR_TALK);
        uint64_t bits;
        memcpy(&bits, &x, sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001b3);
        hash ^= hash >> 32;
    }
    return hash;
}

static size_t n_changed;

static void check_hash(struct fixture *f) {
    size_t i = 0;
    while (examples[i].text != f->text)
        i++;
    const uint64_t hash = hash_of_draws(f);
    if (hash != examples[i].hash) {
        print_error("changed: {\"%s\", UINT64_C(0x%016llx), %s},\n", f->text,
                    (unsigned long long)hash,
                    f->unit == OH_UNIT_DURATION ? "OH_UNIT_DURATION" : "OH_UNIT_NUMBER");
        n_changed++;
    }
}

static void draws_are_the_same_on_every_machine_for_ever(void **state) {
    n_changed = 0;
    for_every_example(check_hash);
    assert_int_equal(n_changed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_an_example_that_is_tested),
        cmocka_unit_test(every_form_of_every_row_is_tested),
        cmocka_unit_test(mean_and_variance_are_as_declared),
        cmocka_unit_test(cdf_is_that_of_the_values_drawn),
        cmocka_unit_test(cdf_and_survival_are_one),
        cmocka_unit_test(limited_mean_is_the_integral_of_survival),
        cmocka_unit_test(all_is_sound_at_the_ends_of_every_range),
        cmocka_unit_test(inverse_undoes_the_cdf),
        cmocka_unit_test(every_way_of_drawing_gives_the_same_bits),
        cmocka_unit_test(extreme_uniforms_are_harmless),
        cmocka_unit_test(printed_text_reads_back_to_an_equal_distribution),
        cmocka_unit_test(draws_are_the_same_on_every_machine_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
