#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "theory/birth_death.h"

static const double NO_WEIGHT = 1e-305;
static const double ENDLESS = 4503599627370496; /* 2^52: the last state that doubles count */

static double ratio_up(const struct oh_birth_death *chain, double state) {
    return chain->birth(state, chain->context) / chain->death(state + 1, chain->context);
}

/* The likeliest state: the last one that is at least as likely as the state before it. */
static enum oh_theory_status find_mode(const struct oh_birth_death *chain, double *mode) {
    double rises = 0; /* known to be at least as likely as its predecessor */
    double falls = 1;
    while (falls <= chain->last && ratio_up(chain, falls - 1) >= 1) {
        rises = falls;
        falls *= 2;
        if (falls > ENDLESS)
            return OH_THEORY_UNSTABLE;
    }
    falls = fmin(falls, chain->last + 1);
    while (falls - rises > 1) {
        double middle = floor((rises + falls) / 2);
        if (ratio_up(chain, middle - 1) >= 1)
            rises = middle;
        else
            falls = middle;
    }
    *mode = rises;
    return OH_THEORY_OK;
}

/* Walks from the mode up (by 1) or down (by -1) and returns the number of further states of
 * weight, at most `at_most`; their weights against the mode go to weights[1], weights[2], ... or
 * weights[-1], ... unless NULL. */
static size_t walk(const struct oh_birth_death *chain, double mode, int by, size_t at_most,
                   double *weights) {
    double weight = 1;
    size_t n = 0;
    for (double state = mode; n < at_most; state += by, n++) {
        if (by > 0 ? state >= chain->last : state <= 0)
            break;
        weight = by > 0 ? weight * ratio_up(chain, state) : weight / ratio_up(chain, state - 1);
        if (!(weight > NO_WEIGHT))
            break;
        if (weights != NULL)
            *(weights += by) = weight;
    }
    return n;
}

static void normalize(struct oh_stationary *stationary) {
    double sum = 0;
    for (size_t i = 0; i < stationary->n; i++)
        sum += stationary->share[i];
    for (size_t i = 0; i < stationary->n; i++)
        stationary->share[i] /= sum;
}

enum oh_theory_status oh_birth_death_solve(const struct oh_birth_death *chain, size_t at_most,
                                           struct oh_stationary *out) {
    double mode;
    enum oh_theory_status status = find_mode(chain, &mode);
    if (status != OH_THEORY_OK)
        return status;
    size_t below = walk(chain, mode, -1, at_most, NULL);
    size_t above = walk(chain, mode, 1, at_most, NULL);
    if (below + above >= at_most)
        return OH_THEORY_TOO_LARGE;
    out->first = mode - (double)below;
    out->n = below + 1 + above;
    out->share = oh_calloc(out->n, sizeof(double));
    out->share[below] = 1;
    walk(chain, mode, -1, below, out->share + below);
    walk(chain, mode, 1, above, out->share + below);
    normalize(out);
    return OH_THEORY_OK;
}

void oh_stationary_fini(struct oh_stationary *stationary) {
    free(stationary->share);
    stationary->share = NULL;
}

double oh_stationary_share(const struct oh_stationary *stationary, double state) {
    double ix = state - stationary->first;
    return ix >= 0 && ix < (double)stationary->n ? stationary->share[(size_t)ix] : 0;
}
