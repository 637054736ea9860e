/* Markov chains whose states are short vectors of whole numbers: the states are found from the first one by following
 * the moves, which the test describes once. */
#ifndef OH_TEST_SPACE_H
#define OH_TEST_SPACE_H

#include <stddef.h>

enum { STATE_PARTS = 5 };
struct state {
    int part[STATE_PARTS]; /* each from 0 to 4095 */
};

struct space {
    size_t n;
    struct state *state;
    double *probability; /* of each state in the long run */
};

struct explorer;
/* Says with `move_to` where a state leads. It is asked once a state; moves that it leaves out are cut off. */
typedef void moves_fn(struct explorer *explorer, const void *model, struct state from);
void move_to(struct explorer *explorer, struct state to, double rate);
/* With `by` added to one part: space_move(e, s, 0, -1, rate). */
struct state stepped(struct state from, size_t part, int by);

struct space space_solve(struct state first, moves_fn *moves, const void *model);
void space_fini(struct space *space);

/* The long run's mean of a value of the state. */
typedef double value_fn(const void *model, struct state state);
double space_mean(const struct space *space, value_fn *value, const void *model);

#endif
