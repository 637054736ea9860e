#include "random/gsl_rng.h"

static void set(void *state, unsigned long seed) {
    *(struct oh_luck *)state = oh_luck_at(oh_luck_root(seed, 0), 0, 0, 0);
}

static double get_double(void *state) {
    return oh_luck_next(state);
}

static unsigned long get(void *state) {
    return (unsigned long)(oh_luck_next(state) * 0x1p32);
}

static const gsl_rng_type philox = {
    .name = "onhold-philox",
    .max = 0xffffffffUL,
    .min = 0,
    .size = sizeof(struct oh_luck),
    .set = set,
    .get = get,
    .get_double = get_double,
};

const gsl_rng_type *const oh_gsl_rng_philox = &philox;

gsl_rng oh_gsl_rng_over(struct oh_luck *luck) {
    return (gsl_rng){.type = &philox, .state = luck};
}
