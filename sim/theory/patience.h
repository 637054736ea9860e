/* How long callers are willing to wait. */
#ifndef OH_THEORY_PATIENCE_H
#define OH_THEORY_PATIENCE_H

#include <stddef.h>

enum oh_patience_kind { OH_PATIENCE_NEVER_ENDS, OH_PATIENCE_EXPONENTIAL, OH_PATIENCE_GENERAL };

/* R is the time until a caller gives up. OH_PATIENCE_EXPONENTIAL reads mean_s only (> 0; INFINITY:
 * never), OH_PATIENCE_GENERAL the functions and the breaks.
 *
 * Survival is P(R > t) for t >= 0: from at most 1 it falls and stays >= 0; it may jump (at 0 too),
 * and need not fall to 0. The cdf is P(R <= t), or NULL for 1 - survival: give it where impatience
 * is so rare that the difference loses digits. Both must be pure; they are handed `context`.
 *
 * Breaks are times > 0, ascending, at which survival jumps or bends. None need be known: they save
 * work and the last digits. */
struct oh_patience {
    enum oh_patience_kind kind;
    double mean_s;
    double (*survival)(double t_s, const void *context);
    double (*cdf)(double t_s, const void *context);
    const void *context;
    const double *breaks_s;
    size_t n_breaks;
};

struct oh_patience oh_patience_never_ends(void);
struct oh_patience oh_patience_exponential(double mean_s);

#endif
