#include "trial.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void trial_of(const char *label, text_of_fn *text, const void *model, const struct claim *claims,
              size_t n) {
    struct oh_arena *arena = oh_arena_create();
    double worst[2] = {0};
    for (int is_control = 0; is_control < 2; is_control++) {
        struct oh_summary *summary = simulate(text(arena, model, is_control ? 1.05 : 1));
        size_t broken =
            claims_broken(summary, claims, n, is_control ? NULL : label, &worst[is_control]);
        oh_summary_destroy(summary);
        if (is_control && !broken)
            fail_msg("%s: the control is not noticed", label);
        if (!is_control)
            assert_int_equal(broken, 0);
    }
    print_message("%s: worst %.1f standard errors, control %.1f\n", label, worst[0], worst[1]);
    oh_arena_destroy(arena);
}

static const char *text_alone(struct oh_arena *arena, const void *text, double off) {
    return (*(text_fn *const *)text)(arena, off);
}

void trial(const char *label, text_fn *text, const struct claim *claims, size_t n) {
    trial_of(label, text_alone, &text, claims, n);
}

const char *times(struct oh_arena *arena, double warm_up, double window) {
    return oh_arena_printf(arena, "time: {length: %.0fs, warm_up: %.0fs, interval: 24h}\n",
                           ceil((warm_up + effort * window) * UNIT_S), warm_up * UNIT_S);
}

const char *rate(struct oh_arena *arena, double per_unit) {
    return oh_arena_printf(arena, "%.9f/h", per_unit * 3600 / UNIT_S);
}

const char *exponential(struct oh_arena *arena, double mean) {
    return oh_arena_printf(arena, "exponential(%.9fs)", mean * UNIT_S);
}

void agree_to(double tolerance, double a, double b, const char *what) {
    if (!(fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b))))
        fail_msg("%s: %.15g here, %.15g there", what, a, b);
}

void agree(double a, double b, const char *what) {
    agree_to(1e-9, a, b, what);
}

struct exact station_solve(const struct station *s) {
    enum { MOST = 2000 };
    struct exact exact = {0};
    double p[MOST], sum = p[0] = 1;
    int n = 1;
    for (; n < MOST && n <= s->agents + s->room; n++) {
        double ends = fmin(n, s->agents) * s->mu + fmax(n - s->agents, 0) * s->theta;
        p[n] = p[n - 1] * s->lambda / ends;
        sum += p[n];
    }
    for (int j = 0; j < n; j++) {
        double share = p[j] / sum;
        exact.busy += share * fmin(j, s->agents);
        exact.queue += share * fmax(j - s->agents, 0);
        exact.delayed += j >= s->agents ? share : 0;
    }
    exact.blocked = isfinite(s->room) ? p[n - 1] / sum : 0;
    exact.delayed -= exact.blocked;
    exact.abandoned = s->theta * exact.queue / s->lambda;
    exact.wait = exact.queue / (s->lambda * (1 - exact.blocked));
    return exact;
}
