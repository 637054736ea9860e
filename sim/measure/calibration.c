#include "measure/calibration.h"

void oh_calibration_destroy(struct oh_calibration *calibration) {
    if (calibration != NULL)
        oh_arena_destroy(calibration->arena);
}
