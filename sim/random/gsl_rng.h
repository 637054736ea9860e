/* Luck in GSL's clothes: any gsl_ran_* sampler may draw from an address.
 *
 *   struct oh_luck luck = oh_luck_at(key, item, ordinal, OH_FOR_ABSENCE);
 *   gsl_rng rng = oh_gsl_rng_over(&luck);
 *   unsigned absent = gsl_ran_binomial(&rng, 0.05, 40);
 *
 * GSL's samplers go through function pointers and call libm, whose last bit differs between processors: a sampler that
 * returns a real number must not decide anything in a simulation. Use dist.h there. */
#ifndef OH_RANDOM_GSL_RNG_H
#define OH_RANDOM_GSL_RNG_H

#include <gsl/gsl_rng.h>

#include "random/luck.h"

/* "onhold-philox": 32 bits at a time. gsl_rng_alloc and gsl_rng_set work too; the seed s is address 0 of root (s, 0). */
extern const gsl_rng_type *const oh_gsl_rng_philox;

/* A generator that continues `luck`, which stays the caller's and must outlive it. Nothing to free. */
gsl_rng oh_gsl_rng_over(struct oh_luck *luck);

#endif
