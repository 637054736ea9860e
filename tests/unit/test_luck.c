/* Luck: known answers of the generator, independence along every axis of an address, and luck that never changes.
 * Limits are two-sided quantiles at 1e-6 of what each statistic is distributed as; addresses are fixed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "random/gsl_rng.h"
/* The source itself: both vector widths are tested, whichever this processor would choose. */
#include "random/luck.c" /* NOLINT(bugprone-suspicious-include) */

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const double ONE_IN_A_MILLION =
    4.8916384756985904; /* normal quantile, both sides together 1e-6 */

static double uniform_of_words(uint32_t low, uint32_t high) {
    const uint64_t top_52 = (uint64_t)high << 20 | low >> 12;
    return ((double)top_52 + 0.5) * 0x1p-52;
}

/* kat_vectors of Random123, the rows of philox4x32 with 10 rounds: counter, key, result. */
static const uint32_t known_answers[][10] = {
    {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
    {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e,
     0xa20bc7c6, 0x6d5451fd},
    {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb,
     0x5001e420, 0x24126ea1},
};

static void generator_gives_the_published_answers(void **state) {
    for (size_t i = 0; i < N_OF(known_answers); i++) {
        const uint32_t *row = known_answers[i];
        const oh_key key = (uint64_t)row[5] << 32 | row[4];
        struct oh_luck luck = oh_luck_at(key, row[0], row[1], row[2]);
        luck.block = row[3];
        assert_true(oh_luck_next(&luck) == uniform_of_words(row[6], row[7]));
        assert_true(oh_luck_next(&luck) == uniform_of_words(row[8], row[9]));
    }
}

static void generator_agrees_with_random123_word_by_word(void **state) {
    for (uint32_t i = 0; i < 2000; i++) {
        const oh_key key = UINT64_C(0x9e3779b97f4a7c15) * (i + 1);
        const uint32_t a = i * 2654435761u, b = i, c = ~i, d = i * 40503u;
        const philox4x32_ctr_t counter = {{a, b, c, d}};
        const philox4x32_key_t halves = {{(uint32_t)key, (uint32_t)(key >> 32)}};
        const philox4x32_ctr_t expected = philox4x32(counter, halves);
        const philox4x32_ctr_t words = block_at(key, a, b, c, d);
        assert_memory_equal(words.v, expected.v, sizeof words.v);
    }
}

static void uniforms_are_odd_multiples_inside_0_and_1(void **state) {
    assert_true(unit(0, 0) == 0x1p-53);
    assert_true(unit(0xffffffff, 0xffffffff) == 1.0 - 0x1p-53);
    for (uint32_t item = 0; item < 10000; item++) {
        double u[2];
        oh_luck_pair(7, item, 1, 2, u);
        for (int i = 0; i < 2; i++) {
            assert_true(u[i] > 0.0 && u[i] < 1.0);
            assert_true(fmod(u[i] * 0x1p53, 2.0) == 1.0);
            assert_true(1.0 - (1.0 - u[i]) == u[i]);
        }
    }
}

typedef uint32_t batch_function(oh_key key, uint32_t first_item, uint32_t n, uint32_t ordinal,
                                uint32_t purpose, double *restrict first, double *restrict second);

static void assert_batch_is_pairs(batch_function *batch, uint32_t first_item, uint32_t n) {
    enum { ROOM = 80 };
    double first[ROOM], second[ROOM], alone[ROOM];
    for (uint32_t i = 0; i < ROOM; i++)
        first[i] = second[i] = alone[i] = -1.0;
    const oh_key key = UINT64_C(0xfedcba9876543210);
    const uint32_t done = batch(key, first_item, n, 3, OH_FOR_TALK, first, second);
    assert_int_equal(batch(key, first_item, n, 3, OH_FOR_TALK, alone, NULL), done);
    assert_true(done <= n);
    for (uint32_t i = 0; i < ROOM; i++) {
        double u[2] = {-1.0, -1.0};
        if (i < done)
            oh_luck_pair(key, first_item + i, 3, OH_FOR_TALK, u);
        assert_true(first[i] == u[0] && alone[i] == u[0]);
        assert_true(second[i] == u[1]);
    }
}

static uint32_t whole_batch(oh_key key, uint32_t first_item, uint32_t n, uint32_t ordinal,
                            uint32_t purpose, double *restrict first, double *restrict second) {
    oh_luck_batch(key, first_item, n, ordinal, purpose, first, second);
    return n;
}

static void batch_gives_the_same_bits_as_one_by_one(void **state) {
    static const uint32_t starts[] = {0, 1, 255, 0x7fffffff, 0xffffffff - 9};
    for (size_t s = 0; s < N_OF(starts); s++)
        for (uint32_t n = 0; n < 70; n++) {
            assert_batch_is_pairs(whole_batch, starts[s], n);
#ifdef __x86_64__
            assert_batch_is_pairs(batch_by_two, starts[s], n);
            if (__builtin_cpu_supports("avx2"))
                assert_batch_is_pairs(batch_by_four, starts[s], n);
#endif
        }
}

static void sequence_starts_with_the_pair_and_never_repeats(void **state) {
    double pair[2], previous = -1.0;
    oh_luck_pair(99, 4, 5, 6, pair);
    assert_true(oh_luck_uniform(99, 4, 5, 6) == pair[0]);
    struct oh_luck luck = oh_luck_at(99, 4, 5, 6);
    assert_true(oh_luck_next(&luck) == pair[0]);
    assert_true(oh_luck_next(&luck) == pair[1]);
    for (int i = 0; i < 1000; i++) {
        const double next = oh_luck_next(&luck);
        assert_true(next != previous && next != pair[0] && next != pair[1]);
        previous = next;
    }
}

static void assert_chi_square(const double *counts, size_t cells, double expected) {
    double sum = 0;
    for (size_t i = 0; i < cells; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    const double degrees = (double)cells - 1;
    assert_true(sum > gsl_cdf_chisq_Pinv(5e-7, degrees));
    assert_true(sum < gsl_cdf_chisq_Qinv(5e-7, degrees));
}

static void both_uniforms_are_uniform(void **state) {
    enum { CELLS = 1024, N = 1 << 20, BATCH = 256 };
    double counts[2][CELLS] = {{0}}, u[2][BATCH];
    const oh_key key = oh_luck_stream(oh_luck_root(1, 0), oh_luck_name("contact", "sales"), 0);
    for (uint32_t first = 0; first < N; first += BATCH) {
        oh_luck_batch(key, first, BATCH, 1, OH_FOR_PATIENCE, u[0], u[1]);
        for (int which = 0; which < 2; which++)
            for (uint32_t i = 0; i < BATCH; i++)
                counts[which][(size_t)(u[which][i] * CELLS)]++;
    }
    for (int which = 0; which < 2; which++)
        assert_chi_square(counts[which], CELLS, (double)N / CELLS);
}

/* The uniform at an address one of whose parts is `x` and whose others are fixed. */
static double by_seed(uint32_t x) {
    const oh_key root = oh_luck_root(x, 0);
    return oh_luck_uniform(oh_luck_stream(root, oh_luck_name("contact", "sales"), 0), 0, 0, 0);
}
static double by_replication(uint32_t x) {
    const oh_key root = oh_luck_root(2015, x);
    return oh_luck_uniform(oh_luck_stream(root, oh_luck_name("contact", "sales"), 0), 0, 0, 0);
}
static double by_name(uint32_t x) {
    const char name[] = {(char)('a' + x % 26), (char)('a' + x / 26 % 26),
                         (char)('a' + x / 676 % 26), (char)('a' + x / 17576), '\0'};
    return oh_luck_uniform(oh_luck_stream(oh_luck_root(1, 0), oh_luck_name("contact", name), 0), 0,
                           0, 0);
}
static double by_day(uint32_t x) {
    return oh_luck_uniform(oh_luck_stream(oh_luck_root(1, 0), oh_luck_name("contact", "a"), x), 0,
                           0, 0);
}
static double by_item(uint32_t x) {
    return oh_luck_uniform(oh_luck_root(1, 0), x, 0, 0);
}
static double by_ordinal(uint32_t x) {
    return oh_luck_uniform(oh_luck_root(1, 0), 0, x, 0);
}
static double by_purpose(uint32_t x) {
    return oh_luck_uniform(oh_luck_root(1, 0), 0, 0, x);
}
static double by_place_in_sequence(uint32_t x) {
    struct oh_luck luck = oh_luck_at(oh_luck_root(1, 0), 0, 0, 0);
    luck.block = x / 2;
    const double first = oh_luck_next(&luck);
    return x % 2 == 0 ? first : oh_luck_next(&luck);
}

typedef double along_axis(uint32_t x);
static along_axis *const axes[] = {by_seed, by_replication, by_name,    by_day,
                                   by_item, by_ordinal,     by_purpose, by_place_in_sequence};

static void neighbours_along_every_axis_are_uncorrelated(void **state) {
    enum { N = 100000, LAGS = 3 };
    for (size_t axis = 0; axis < N_OF(axes); axis++)
        for (uint32_t lag = 1; lag <= LAGS; lag++) {
            double sum = 0;
            for (uint32_t x = 0; x < N; x++)
                sum += (axes[axis](x) - 0.5) * (axes[axis](x + lag) - 0.5);
            assert_true(fabs(sum * 12 / sqrt(N)) < ONE_IN_A_MILLION);
        }
}

static void neighbours_along_every_axis_fill_the_square(void **state) {
    enum { N = 100000, SIDE = 16 };
    for (size_t axis = 0; axis < N_OF(axes); axis++) {
        double counts[SIDE * SIDE] = {0};
        for (uint32_t x = 0; x < N; x++) {
            const size_t row = (size_t)(axes[axis](2 * x) * SIDE);
            const size_t column = (size_t)(axes[axis](2 * x + 1) * SIDE);
            counts[row * SIDE + column]++;
        }
        assert_chi_square(counts, SIDE * SIDE, (double)N / (SIDE * SIDE));
    }
}

static int compare_keys(const void *a, const void *b) {
    const oh_key x = *(const oh_key *)a, y = *(const oh_key *)b;
    return (x > y) - (x < y);
}

static void neighbouring_seeds_replications_and_days_share_no_key(void **state) {
    enum { SIDE = 40, N = 2 * SIDE * SIDE * SIDE };
    static oh_key keys[N];
    size_t n = 0;
    for (uint32_t seed = 0; seed < SIDE; seed++)
        for (uint32_t replication = 0; replication < SIDE; replication++)
            for (uint32_t day = 0; day < SIDE; day++) {
                const oh_key root = oh_luck_root(seed, replication);
                keys[n++] = oh_luck_stream(root, oh_luck_name("contact", "a"), day);
                keys[n++] = oh_luck_stream(root, oh_luck_name("group", "a"), day);
            }
    qsort(keys, N, sizeof keys[0], compare_keys);
    for (size_t i = 1; i < N; i++)
        assert_true(keys[i] != keys[i - 1]);
}

static void names_of_two_domains_differ(void **state) {
    assert_true(oh_luck_name("contact", "sales") != oh_luck_name("group", "sales"));
    assert_true(oh_luck_name("ab", "c") != oh_luck_name("a", "bc"));
    assert_true(oh_luck_name("contact", "") != oh_luck_name("", "contact"));
}

/* Stored results depend on these values: they are for ever. */
static void luck_never_changes(void **state) {
    const oh_key root = oh_luck_root(2015, 17);
    const uint64_t name = oh_luck_name("contact", "taxpayer");
    const oh_key stream = oh_luck_stream(root, name, 3);
    assert_int_equal(name, UINT64_C(0x16b5e2fc384d769f));
    assert_int_equal(root, UINT64_C(0x1277873ca17b769e));
    assert_int_equal(stream, UINT64_C(0x1001a7d5979a8030));
    assert_true(oh_luck_uniform(stream, 12345, 2, OH_FOR_PATIENCE) == 0x1.d769a2a24f9a2p-2);
}

static void gsl_draws_from_an_address(void **state) {
    struct oh_luck mine = oh_luck_at(5, 6, 7, 8), theirs = mine;
    gsl_rng rng = oh_gsl_rng_over(&theirs);
    assert_string_equal(gsl_rng_name(&rng), "onhold-philox");
    assert_true(gsl_rng_uniform(&rng) == oh_luck_next(&mine));
    assert_int_equal(gsl_rng_get(&rng), (unsigned long)(oh_luck_next(&mine) * 0x1p32));

    double sum = 0;
    enum { N = 20000, PEOPLE = 40 };
    const double share = 0.07;
    for (int i = 0; i < N; i++)
        sum += gsl_ran_binomial(&rng, share, PEOPLE);
    const double sd = sqrt(N * PEOPLE * share * (1 - share));
    assert_true(fabs(sum - N * PEOPLE * share) < ONE_IN_A_MILLION * sd);
}

static void gsl_can_own_the_generator_too(void **state) {
    gsl_rng *rng = gsl_rng_alloc(oh_gsl_rng_philox);
    gsl_rng_set(rng, 42);
    const double first = gsl_rng_uniform(rng);
    assert_true(first == oh_luck_uniform(oh_luck_root(42, 0), 0, 0, 0));
    gsl_rng_set(rng, 42);
    assert_true(gsl_rng_uniform(rng) == first);
    gsl_rng_free(rng);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generator_gives_the_published_answers),
        cmocka_unit_test(generator_agrees_with_random123_word_by_word),
        cmocka_unit_test(uniforms_are_odd_multiples_inside_0_and_1),
        cmocka_unit_test(batch_gives_the_same_bits_as_one_by_one),
        cmocka_unit_test(sequence_starts_with_the_pair_and_never_repeats),
        cmocka_unit_test(both_uniforms_are_uniform),
        cmocka_unit_test(neighbours_along_every_axis_are_uncorrelated),
        cmocka_unit_test(neighbours_along_every_axis_fill_the_square),
        cmocka_unit_test(neighbouring_seeds_replications_and_days_share_no_key),
        cmocka_unit_test(names_of_two_domains_differ),
        cmocka_unit_test(luck_never_changes),
        cmocka_unit_test(gsl_draws_from_an_address),
        cmocka_unit_test(gsl_can_own_the_generator_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
