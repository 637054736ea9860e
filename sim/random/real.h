/* log, exp and friends that give the same bits on every machine (SLEEF's deterministic variants). The simulation path
 * uses these, never libm: libm's last bit differs between processors. */
#ifndef OH_RANDOM_REAL_H
#define OH_RANDOM_REAL_H

#include <stddef.h>

double oh_log(double x);
double oh_exp(double x);
double oh_pow(double x, double y);
double oh_sin(double x);
double oh_cos(double x);
double oh_normal_inverse(double u); /* Wichura 1988, AS 241 PPND16 */
void oh_log_batch(const double *restrict x, size_t n, double *restrict y);

/* Rounds to 12 significant digits: for constants that libm or GSL computed once, before they enter a simulation. */
double oh_settle(double x);

#endif
