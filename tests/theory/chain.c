#include "chain.h"

#include <stdlib.h>

struct chain chain_init(size_t n) {
    return (struct chain){n, calloc(n * n, sizeof(double))};
}

void chain_fini(struct chain *chain) {
    free(chain->rate);
}

void chain_add(struct chain *chain, size_t from, size_t to, double rate) {
    chain->rate[from * chain->n + to] += rate;
}

static size_t first_of(const double *rates, size_t n) {
    size_t first = 0;
    while (first < n && rates[first] <= 0)
        first++;
    return first;
}

void chain_solve(struct chain *chain, double *probability) {
    size_t n = chain->n;
    double *q = chain->rate;
    for (size_t k = n - 1; k > 0; k--) {
        size_t first = first_of(q + k * n, k); /* most rows reach back but a little */
        double out = 0;
        for (size_t j = first; j < k; j++)
            out += q[k * n + j];
        for (size_t i = 0; i < k; i++)
            q[i * n + k] /= out;
        for (size_t i = 0; i < k; i++)
            for (size_t j = first; q[i * n + k] > 0 && j < k; j++)
                q[i * n + j] += q[i * n + k] * q[k * n + j];
    }
    double sum = probability[0] = 1;
    for (size_t k = 1; k < n; k++) {
        probability[k] = 0;
        for (size_t i = 0; i < k; i++)
            probability[k] += probability[i] * q[i * n + k];
        sum += probability[k];
    }
    for (size_t k = 0; k < n; k++)
        probability[k] /= sum;
}
