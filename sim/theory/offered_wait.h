/* M/M/n+G and M/M/n/n+r+G: general patience, optionally a maximum wait and a limited room.
 *
 * All follows from the density of the offered wait V, the wait of a caller who would never give
 * up. With patience R, H(x) = integral of P(R > u) over u < x, and a caller who finds j waiting,
 *
 *   P(finds n + j, V in dx) = lambda p(n-1) (lambda H(x))^j / j! exp(-n mu x) dx
 *
 * so that summed over j < r the density is lambda p(n-1) e_r(lambda H(x)) exp(-n mu x), e_r the
 * exponential series cut after r terms. Without a limit it is exp.
 *
 * F. Baccelli, G. Hebuterne: On queues with impatient customers, 1981. S. Zeltyn, A. Mandelbaum:
 * Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue, 2005.
 * Limited room: A. Brandt, M. Brandt: On the M(n)/M(n)/s queue with impatient calls, 1999. */
#ifndef OH_THEORY_OFFERED_WAIT_H
#define OH_THEORY_OFFERED_WAIT_H

#include "theory/patience.h"
#include "theory/status.h"

/* The system cuts off whoever has waited max_wait_s (> 0; INFINITY: nobody); a caller whose
 * patience ends at that very instant counts as cut off. Room is integral and >= 1, INFINITY for no
 * limit. */
struct oh_offered_wait_model {
    double arrival_rate_per_s;
    double handle_time_s;
    int agents;
    struct oh_patience patience;
    double max_wait_s;
    double room;
};

/* Shares of all offered callers. */
struct oh_wait_split {
    double answered, abandoned, cut_off;
};

struct oh_offered_wait_totals {
    double blocked, no_wait, queued; /* room full; answered at once; joined the queue */
    struct oh_wait_split ends;       /* what became of those who were not blocked */
    double wait_answered_s, wait_abandoned_s, wait_all_s; /* means; NAN of nobody */
    double offered_wait_s;                                /* mean of V, of those not blocked */
    double queue_length_mean, occupancy;
};

struct oh_offered_wait; /* the density in panels; immutable once made */

/* OH_THEORY_UNSTABLE if the arrivals of callers who never give up exceed what the agents can serve
 * and nothing else limits the queue; OH_THEORY_NUMERIC if survival could not be integrated. *law
 * is set on OH_THEORY_OK only; the caller destroys it. The patience functions must live as long. */
enum oh_theory_status oh_offered_wait_create(const struct oh_offered_wait_model *model,
                                             struct oh_offered_wait **law);
void oh_offered_wait_destroy(struct oh_offered_wait *law); /* NULL allowed */

const struct oh_offered_wait_totals *oh_offered_wait_totals(const struct oh_offered_wait *law);

/* What became of the callers within t (equality counts), and of those who were in the queue for
 * longer. Each keeps its relative precision where it is small. */
struct oh_wait_split oh_offered_wait_within(const struct oh_offered_wait *law, double t_s);
struct oh_wait_split oh_offered_wait_beyond(const struct oh_offered_wait *law, double t_s);

/* P(offered wait > t) and P(time in queue > t), of all offered; full relative precision far out in
 * the tail. */
double oh_offered_wait_over(const struct oh_offered_wait *law, double t_s);
double oh_offered_wait_actual_over(const struct oh_offered_wait *law, double t_s);

#endif
