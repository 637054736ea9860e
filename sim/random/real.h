/* log, exp and friends that give the same bits on every machine (SLEEF's deterministic variants without fused
 * multiply-add). The simulation path uses these, never libm: libm's last bit differs between processors.
 *
 * All are pure and thread-safe. Special values are those of C's <math.h>: oh_log(0) = -inf, oh_exp(-inf) = 0. */
#ifndef OH_RANDOM_REAL_H
#define OH_RANDOM_REAL_H

#include <stddef.h>

double oh_log(double x); /* within 3.5 units in the last place */
double oh_exp(double x); /* this and those down to oh_log_gamma within 1 */
double oh_pow(double x, double y);
double oh_sin(double x);
double oh_cos(double x);

double oh_log1p(double x);     /* log(1 + x) */
double oh_expm1(double x);     /* exp(x) - 1 */
double oh_gamma(double x);     /* the gamma function */
double oh_log_gamma(double x); /* its logarithm, x > 0 */

/* P(Z <= x) of the standard normal distribution, relative error below 1e-14 for x >= -8. */
double oh_normal_cdf(double x);
/* Quantile of the standard normal distribution, 0 < u < 1, relative error about 1e-15; oh_normal_inverse(1 - u) is
 * exactly -oh_normal_inverse(u). M. Wichura: Algorithm AS 241, Applied Statistics 37 (1988), routine PPND16. */
double oh_normal_inverse(double u);

/* y[i] = oh_log(x[i]), oh_exp(x[i]): the same bits as one by one, two to four times as fast. x may be y. */
void oh_log_batch(const double *x, size_t n, double *y);
void oh_exp_batch(const double *x, size_t n, double *y);

/* Rounds to 12 significant digits: for constants that libm or GSL computed once, before they enter a simulation. */
double oh_settle(double x);

#endif
