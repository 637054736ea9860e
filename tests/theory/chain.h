/* Small Markov chains in continuous time, solved exactly: what a test compares with where no table has the answer. */
#ifndef OH_TEST_CHAIN_H
#define OH_TEST_CHAIN_H

#include <stddef.h>

/* Rates of leaving state `from` for `to`, [n][n]; the diagonal is not read. */
struct chain {
    size_t n;
    double *rate;
};

struct chain chain_init(size_t n);
void chain_fini(struct chain *chain);
void chain_add(struct chain *chain, size_t from, size_t to, double rate);

/* The stationary distribution, n values. By state reduction, which subtracts nothing: W. Grassmann, M. Taksar, D. Heyman:
 * Regenerative analysis and steady state distributions for Markov chains. Oper. Res. 33, 1985. Uses up the rates. */
void chain_solve(struct chain *chain, double *probability);

#endif
