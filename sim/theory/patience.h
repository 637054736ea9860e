/* How long callers are willing to wait. */
#ifndef OH_THEORY_PATIENCE_H
#define OH_THEORY_PATIENCE_H

#include <stddef.h>

enum oh_patience_kind { OH_PATIENCE_NEVER_ENDS, OH_PATIENCE_EXPONENTIAL, OH_PATIENCE_GENERAL };

/* R is the time until a caller gives up. For OH_PATIENCE_EXPONENTIAL only mean_s counts (> 0; INFINITY: never); for
 * OH_PATIENCE_GENERAL only the functions. They must be pure, and survival must fall from at most 1 and stay >= 0; it
 * may jump (at 0 too), and need not fall to 0. */
struct oh_patience {
    enum oh_patience_kind kind;
    double mean_s;
    double (*survival)(double t_s, const void *context); /* P(R > t), t >= 0 */
    double (*cdf)(double t_s,
                  const void *context); /* P(R <= t), or NULL for 1 - survival; give it where
                                                       impatience is so rare that the difference loses digits */
    const void *context;                /* handed to both */
    const double *
        breaks_s; /* ascending times > 0 at which survival jumps or bends; they save work and digits */
    size_t n_breaks; /* none need be known */
};

struct oh_patience oh_patience_never_ends(void);
struct oh_patience oh_patience_exponential(double mean_s);

#endif
