/* Random choices for texts of tests: the same seed gives the same text on every machine. */
#ifndef OH_TEST_DICE_H
#define OH_TEST_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline struct dice dice_of(uint64_t number) {
    return (struct dice){number * UINT64_C(0x632be59bd9b4e019) + 1};
}

/* SplitMix64. */
static inline uint32_t roll(struct dice *dice, uint32_t sides) {
    uint64_t z = (dice->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % sides);
}

static inline bool chance(struct dice *dice, uint32_t percent) {
    return roll(dice, 100) < percent;
}

static inline const char *one_of(struct dice *dice, const char *const *texts, uint32_t n) {
    return texts[roll(dice, n)];
}
#define ONE_OF(dice, ...)                                                                          \
    one_of(dice, (const char *const[]){__VA_ARGS__},                                               \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
