/* The fast path of oh_dist_draw_with, inline: for constants and exponentials nothing but the formula. */
#ifndef OH_RANDOM_DIST_DRAW_H
#define OH_RANDOM_DIST_DRAW_H

#include "random/dist.h"
#include "random/real.h"

enum oh_dist_shortcut { OH_DIST_GENERAL, OH_DIST_CONSTANT, OH_DIST_EXPONENTIAL };

/* What the fast path needs to know. Read it, but make distributions by dist.h only. */
struct oh_dist {
    enum oh_dist_shortcut shortcut;
    double scale; /* the constant, or the exponential's mean */
};

static inline double oh_dist_draw_fast(const struct oh_dist *dist, double uniform, oh_key key,
                                       uint32_t item, uint32_t ordinal, uint32_t purpose) {
    switch (dist->shortcut) {
    case OH_DIST_CONSTANT:
        return dist->scale;
    case OH_DIST_EXPONENTIAL:
        return -dist->scale * oh_log(1.0 - uniform);
    default:
        return oh_dist_draw_with(dist, uniform, key, item, ordinal, purpose);
    }
}

#endif
