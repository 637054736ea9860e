/* Erlang B through the incomplete gamma function, 1/B(y, N) = y^-N e^y Gamma(N + 1, y), which
 * needs some sqrt(N) steps where the recursion over lines needs N, and which has N real. Above the
 * diagonal a continued fraction (Lentz's method), below it the series of the complement; the two
 * meet where neither loses digits. */
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <limits.h>
#include <math.h>

#include "theory/erlang.h"

enum { STEPS_MAX = 10000000 };

/* y^N e^-y / Gamma(N + 1) by Stirling's series, no cancellation for large N: C. Loader, Fast and
 * accurate computation of binomial probabilities, 2000. */
static double poisson_density(double lines, double load) {
    if (lines < 1)
        return exp(lines * log(load) - load) / gsl_sf_gamma(lines + 1);
    double excess = (load - lines) / lines;
    double exponent =
        excess < -0.5 ? lines * (log(load / lines) - excess) : lines * gsl_sf_log_1plusx_mx(excess);
    return exp(exponent) / (sqrt(2 * M_PI * lines) * gsl_sf_gammastar(lines));
}

/* Gamma(s, y) e^y y^-s for y > s. */
static double upper_gamma_fraction(double s, double y) {
    double b = y + 1 - s;
    double c = HUGE_VAL;
    double d = 1 / b;
    double h = d;
    for (int step = 1; step < STEPS_MAX; step++) {
        double i = step;
        double a = -i * (i - s);
        b += 2;
        d = 1 / (a * d + b);
        c = b + a / c;
        h *= c * d;
        if (fabs(c * d - 1) < 1e-16)
            break;
    }
    return h;
}

/* Sum over k >= 1 of y^k / ((s + 1) ... (s + k)) for y <= s + 1. */
static double lower_gamma_series(double s, double y) {
    double sum = 0;
    double term = 1;
    for (int k = 1; k < STEPS_MAX; k++) {
        term *= y / (s + k);
        sum += term;
        if (term < 1e-17 * sum)
            break;
    }
    return sum;
}

double oh_erlang_b(double load, double lines) {
    if (load == 0)
        return lines == 0;
    if (lines == 0)
        return 1;
    if (load > lines + 1)
        return 1 / (load * upper_gamma_fraction(lines + 1, load));
    double density = poisson_density(lines, load);
    return density / (1 - density * lower_gamma_series(lines, load));
}

double oh_erlang_b_carried(double load, double lines) {
    if (lines >= 1)
        return load * lines / (lines + load * oh_erlang_b(load, lines - 1));
    return load * (1 - oh_erlang_b(load, lines));
}

enum oh_theory_status oh_erlang_b_least_lines(double load, double target, int *lines) {
    if (!(load >= 0 && isfinite(load) && target > 0))
        return OH_THEORY_RANGE;
    double blocking = 1;
    int n = 0;
    for (; blocking > target; n++) {
        if (n == INT_MAX - 1)
            return OH_THEORY_NO_ANSWER;
        blocking = load * blocking / (n + 1 + load * blocking);
    }
    *lines = n;
    return OH_THEORY_OK;
}
