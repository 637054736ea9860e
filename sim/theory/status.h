/* What a calculation of theory can end with. */
#ifndef OH_THEORY_STATUS_H
#define OH_THEORY_STATUS_H

enum oh_theory_status {
    OH_THEORY_OK,
    OH_THEORY_RANGE,     /* an argument outside its stated range */
    OH_THEORY_UNSTABLE,  /* work arrives faster than it is done: there is no steady state */
    OH_THEORY_NO_ANSWER, /* no number of agents meets the goal */
    OH_THEORY_TOO_LARGE, /* more states than this method can hold */
    OH_THEORY_NUMERIC    /* did not converge */
};

/* In plain words, without a full stop: "work arrives faster than it is done". Static. */
const char *oh_theory_status_say(enum oh_theory_status status);

#endif
