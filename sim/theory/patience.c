#include <math.h>

#include "theory/patience.h"

struct oh_patience oh_patience_never_ends(void) {
    return (struct oh_patience){.kind = OH_PATIENCE_NEVER_ENDS, .mean_s = INFINITY};
}

struct oh_patience oh_patience_exponential(double mean_s) {
    if (mean_s == INFINITY)
        return oh_patience_never_ends();
    return (struct oh_patience){.kind = OH_PATIENCE_EXPONENTIAL, .mean_s = mean_s};
}
