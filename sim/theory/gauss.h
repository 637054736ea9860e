/* Gauss-Legendre quadrature on [-1, 1] that also gives the integral up to each node and the values
 * at the ends. */
#ifndef OH_THEORY_GAUSS_H
#define OH_THEORY_GAUSS_H

enum { OH_GAUSS_ORDER = 16 };

struct oh_gauss {
    double node[OH_GAUSS_ORDER];
    double weight[OH_GAUSS_ORDER];
    double upto[OH_GAUSS_ORDER][OH_GAUSS_ORDER]; /* weights of the integral from -1 to node[row] */
    double left[OH_GAUSS_ORDER],
        right[OH_GAUSS_ORDER]; /* weights of the value extrapolated to -1 and 1 */
};

void oh_gauss_init(struct oh_gauss *rule);

#endif
