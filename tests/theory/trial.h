/* Scenarios beside exact values: what they share. Times are in units of 100 s. */
#ifndef OH_TEST_TRIAL_H
#define OH_TEST_TRIAL_H

#include <stddef.h>

#include "base/arena.h"
#include "simulate.h"

#define UNIT_S      100.0
#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* A scenario's text, with what the control changes multiplied by `off`. */
typedef const char *text_fn(struct oh_arena *arena, double off);

/* The claims must hold; with off = 1.05 at least one must not. */
void trial(const char *label, text_fn *text, const struct claim *claims, size_t n);
/* The same, of a text that depends on a model. */
typedef const char *text_of_fn(struct oh_arena *arena, const void *model, double off);
void trial_of(const char *label, text_of_fn *text, const void *model, const struct claim *claims,
              size_t n);

/* `time: {...}`, in units; the window grows with `effort`. */
const char *times(struct oh_arena *arena, double warm_up, double window);
/* "12.5/h", "exponential(100s)" of rates and means in units. */
const char *rate(struct oh_arena *arena, double per_unit);
const char *exponential(struct oh_arena *arena, double mean);

/* Fails the test if two ways of calculating the same differ by more than 1e-9 relative, or by more than they may. */
void agree(double a, double b, const char *what);
void agree_to(double tolerance, double a, double b, const char *what);

/* One queue M/M/n+M with `room` places to wait, by its birth-death equations. theta 0: endless patience. */
struct station {
    double lambda, agents, mu, theta, room;
};
struct exact {
    double delayed, queue, busy, blocked, abandoned,
        wait; /* shares of arrivals; wait of who joined */
};
struct exact station_solve(const struct station *station);

#endif
