#include <stddef.h>

#include "theory/status.h"

static const char *const words[] = {
    [OH_THEORY_OK] = "solved",
    [OH_THEORY_RANGE] = "a number is out of range",
    [OH_THEORY_UNSTABLE] = "work arrives faster than it is done, so the queue grows for ever",
    [OH_THEORY_NO_ANSWER] = "no number of agents meets the goal",
    [OH_THEORY_TOO_LARGE] = "too large for this method",
    [OH_THEORY_NUMERIC] = "the calculation did not converge",
};

const char *oh_theory_status_say(enum oh_theory_status status) {
    return (size_t)status < sizeof words / sizeof *words ? words[status] : "unknown";
}
