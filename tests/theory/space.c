#include "space.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "chain.h"

enum { PLACES = 1 << 16, PART_BITS = 12, MOST_STATES = PLACES / 4 };

struct move {
    uint32_t from, to;
    double rate;
};
struct explorer {
    struct space space;
    uint32_t *place; /* hashed; number of the state + 1 */
    struct move *moves;
    size_t n_moves, capacity;
    uint32_t here;
};

static uint64_t key_of(struct state state) {
    uint64_t key = 0;
    for (size_t i = 0; i < STATE_PARTS; i++)
        key = key << PART_BITS | (uint64_t)state.part[i];
    return key;
}

static uint32_t number_of(struct explorer *explorer, struct state state) {
    uint64_t key = key_of(state);
    size_t at = key * UINT64_C(0x9e3779b97f4a7c15) >> 48;
    for (; explorer->place[at]; at = (at + 1) % PLACES)
        if (key_of(explorer->space.state[explorer->place[at] - 1]) == key)
            return explorer->place[at] - 1;
    if (explorer->space.n == MOST_STATES)
        abort();
    explorer->space.state[explorer->space.n] = state;
    explorer->place[at] = (uint32_t)++explorer->space.n;
    return (uint32_t)(explorer->space.n - 1);
}

struct state stepped(struct state from, size_t part, int by) {
    from.part[part] += by;
    return from;
}

void move_to(struct explorer *explorer, struct state to, double rate) {
    if (rate <= 0)
        return;
    if (explorer->n_moves == explorer->capacity) {
        explorer->capacity = explorer->capacity ? 2 * explorer->capacity : 4096;
        explorer->moves = realloc(explorer->moves, explorer->capacity * sizeof *explorer->moves);
    }
    explorer->moves[explorer->n_moves++] =
        (struct move){explorer->here, number_of(explorer, to), rate};
}

struct space space_solve(struct state first, moves_fn *moves, const void *model) {
    struct explorer explorer = {.place = calloc(PLACES, sizeof *explorer.place)};
    explorer.space.state = calloc(MOST_STATES, sizeof *explorer.space.state);
    number_of(&explorer, first);
    for (explorer.here = 0; explorer.here < explorer.space.n; explorer.here++)
        moves(&explorer, model, explorer.space.state[explorer.here]);
    struct chain chain = chain_init(explorer.space.n);
    for (size_t i = 0; i < explorer.n_moves; i++)
        if (explorer.moves[i].from != explorer.moves[i].to)
            chain_add(&chain, explorer.moves[i].from, explorer.moves[i].to, explorer.moves[i].rate);
    explorer.space.probability = calloc(explorer.space.n, sizeof(double));
    chain_solve(&chain, explorer.space.probability);
    chain_fini(&chain);
    free(explorer.place);
    free(explorer.moves);
    return explorer.space;
}

void space_fini(struct space *space) {
    free(space->state);
    free(space->probability);
}

double space_mean(const struct space *space, value_fn *value, const void *model) {
    double mean = 0;
    for (size_t i = 0; i < space->n; i++)
        mean += space->probability[i] * value(model, space->state[i]);
    return mean;
}
