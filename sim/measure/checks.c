#include "measure/checks.h"

void oh_checks_destroy(struct oh_checks *checks) {
    if (checks != NULL)
        oh_arena_destroy(checks->arena);
}

uint32_t oh_checks_count(const struct oh_checks *checks, enum oh_verdict verdict) {
    uint32_t n = 0;
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        for (uint32_t c = 0; c < checks->scenarios[s].n_checks; c++)
            n += checks->scenarios[s].checks[c].verdict == verdict;
    return n;
}
