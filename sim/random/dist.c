/* What is the same for every distribution: defaults, shortcuts, drawing. The families compute, dist_table.c lists. */
#include "random/dist.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "random/dist_kind.h"

static const struct oh_dist_kind *kind_of(const struct oh_dist *dist) {
    return oh_dist_body_of(dist)->row->kind;
}

struct oh_dist_body *oh_dist_create(struct oh_arena *arena, const struct oh_dist_row *row,
                                    enum oh_unit unit) {
    OH_ARGUMENT(unit == OH_UNIT_DURATION || unit == OH_UNIT_NUMBER);
    struct oh_dist_body *body = OH_NEW(arena, struct oh_dist_body);
    body->row = row;
    body->form = row->n_forms > 0 ? &row->forms[0] : NULL;
    body->unit = unit;
    return body;
}

/* Whatever always gives one value is drawn as a constant, "capped(never at=60s)" too; a scaled exponential is one. */
static void find_shortcut(struct oh_dist_body *body) {
    const struct oh_dist_kind *kind = body->row->kind;
    const bool is_scaled = kind == &oh_dist_kind_scaled;
    const bool is_moved = kind == &oh_dist_kind_shifted || is_scaled;
    const double lower = oh_dist_lower(&body->head);
    if (lower == INFINITY || (is_moved && body->part[0]->shortcut == OH_DIST_CONSTANT) ||
        oh_dist_cdf(&body->head, lower) == 1.0) {
        body->head.shortcut = OH_DIST_CONSTANT;
        body->head.scale = lower;
    } else if (kind == &oh_dist_kind_exponential) {
        body->head.shortcut = OH_DIST_EXPONENTIAL;
        body->head.scale = body->given[0];
    } else if (is_scaled && body->part[0]->shortcut == OH_DIST_EXPONENTIAL) {
        body->head.shortcut = OH_DIST_EXPONENTIAL;
        body->head.scale = body->part[0]->scale * body->given[1];
    }
}

const struct oh_dist *oh_dist_finish(struct oh_dist_body *body, struct oh_dist_maker *maker) {
    if (body->row->kind->prepare)
        body->row->kind->prepare(body, maker);
    if (maker && maker->has_failed)
        return NULL;
    find_shortcut(body);
    return &body->head;
}

void oh_dist_reject(struct oh_dist_maker *maker, size_t ix, enum oh_message_id id, const char *hint,
                    const char *format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    oh_diag_add(maker->diagnostics, id, maker->places[ix], hint, "%s", text);
    maker->has_failed = true;
}

const struct oh_dist *oh_dist_constant(struct oh_arena *arena, double value) {
    OH_ARGUMENT(value >= 0);
    const char *name = value == INFINITY ? "never" : "constant";
    struct oh_dist_body *body = oh_dist_create(arena, oh_dist_row_find(name), OH_UNIT_DURATION);
    body->given[0] = value;
    return oh_dist_finish(body, NULL);
}

const struct oh_dist *oh_dist_exponential(struct oh_arena *arena, double mean) {
    OH_ARGUMENT(mean > 0 && isfinite(mean));
    struct oh_dist_body *body =
        oh_dist_create(arena, oh_dist_row_find("exponential"), OH_UNIT_DURATION);
    body->given[0] = mean;
    return oh_dist_finish(body, NULL);
}

const struct oh_dist *oh_dist_scaled(struct oh_arena *arena, const struct oh_dist *dist,
                                     double factor) {
    OH_ARGUMENT(factor > 0 && isfinite(factor));
    struct oh_dist_body *body =
        oh_dist_create(arena, oh_dist_row_find("scaled"), oh_dist_body_of(dist)->unit);
    body->n = 1;
    body->part = OH_NEW_ARRAY(arena, 1, const struct oh_dist *);
    body->part[0] = dist;
    body->given[1] = factor;
    return oh_dist_finish(body, NULL);
}

bool oh_dist_is_never(const struct oh_dist *dist) {
    return dist->shortcut == OH_DIST_CONSTANT && dist->scale == INFINITY;
}

bool oh_dist_is_constant(const struct oh_dist *dist, double *value) {
    if (dist->shortcut != OH_DIST_CONSTANT || dist->scale == INFINITY)
        return false;
    *value = dist->scale;
    return true;
}

const char *oh_dist_name(const struct oh_dist *dist) {
    return oh_dist_body_of(dist)->row->name;
}

double oh_dist_lower(const struct oh_dist *dist) {
    return kind_of(dist)->lower(oh_dist_body_of(dist));
}

double oh_dist_cdf(const struct oh_dist *dist, double x) {
    if (x == INFINITY)
        return 1.0;
    return x < oh_dist_lower(dist) ? 0.0 : kind_of(dist)->cdf(oh_dist_body_of(dist), x);
}

double oh_dist_survival(const struct oh_dist *dist, double x) {
    if (x == INFINITY)
        return 0.0;
    if (x < oh_dist_lower(dist))
        return 1.0;
    const struct oh_dist_kind *kind = kind_of(dist);
    return kind->survival ? kind->survival(oh_dist_body_of(dist), x)
                          : 1.0 - kind->cdf(oh_dist_body_of(dist), x);
}

double oh_dist_partial(const struct oh_dist *dist, double x, int order) {
    return x < oh_dist_lower(dist) ? 0.0 : kind_of(dist)->partial(oh_dist_body_of(dist), x, order);
}

double oh_dist_mean(const struct oh_dist *dist) {
    return oh_dist_partial(dist, INFINITY, 1);
}

double oh_dist_second_moment(const struct oh_dist *dist) {
    return oh_dist_partial(dist, INFINITY, 2);
}

double oh_dist_variance(const struct oh_dist *dist) {
    const struct oh_dist_kind *kind = kind_of(dist);
    const double second = oh_dist_second_moment(dist), mean = oh_dist_mean(dist);
    if (second == INFINITY)
        return INFINITY;
    if (dist->shortcut == OH_DIST_CONSTANT)
        return 0.0;
    return kind->variance ? kind->variance(oh_dist_body_of(dist)) : fmax(0.0, second - mean * mean);
}

double oh_dist_limited_mean(const struct oh_dist *dist, double x) {
    if (x == INFINITY)
        return oh_dist_mean(dist);
    const double surviving = oh_dist_survival(dist, x);
    return fmin(x, oh_dist_partial(dist, x, 1) + x * surviving);
}

bool oh_dist_has_inverse(const struct oh_dist *dist) {
    const struct oh_dist_body *body = oh_dist_body_of(dist);
    const bool is_wrapper = body->part != NULL && body->n == 1;
    return kind_of(dist)->inverse != NULL && (!is_wrapper || oh_dist_has_inverse(body->part[0]));
}

double oh_dist_inverse(const struct oh_dist *dist, double u) {
    OH_ARGUMENT(u > 0 && u < 1 && oh_dist_has_inverse(dist));
    if (dist->shortcut == OH_DIST_CONSTANT)
        return dist->scale;
    if (dist->shortcut == OH_DIST_EXPONENTIAL)
        return -dist->scale * oh_log(1.0 - u);
    return kind_of(dist)->inverse(oh_dist_body_of(dist), u);
}

double oh_dist_draw_with(const struct oh_dist *dist, double uniform, oh_key key, uint32_t item,
                         uint32_t ordinal, uint32_t purpose) {
    if (dist->shortcut == OH_DIST_CONSTANT)
        return dist->scale;
    if (dist->shortcut == OH_DIST_EXPONENTIAL)
        return -dist->scale * oh_log(1.0 - uniform);
    const struct oh_dist_body *body = oh_dist_body_of(dist);
    const struct oh_dist_kind *kind = body->row->kind;
    return kind->draw ? kind->draw(body, uniform, key, item, ordinal, purpose)
                      : kind->inverse(body, uniform);
}

double oh_dist_draw(const struct oh_dist *dist, oh_key key, uint32_t item, uint32_t ordinal,
                    uint32_t purpose) {
    if (dist->shortcut == OH_DIST_CONSTANT)
        return dist->scale;
    return oh_dist_draw_with(dist, oh_luck_uniform(key, item, ordinal, purpose), key, item, ordinal,
                             purpose);
}

/* From uniforms to values, in place. */
static void transform(const struct oh_dist *dist, double *values, oh_key key, uint32_t first_item,
                      uint32_t n, uint32_t ordinal, uint32_t purpose) {
    const struct oh_dist_kind *kind = kind_of(dist);
    if (dist->shortcut == OH_DIST_EXPONENTIAL) {
        for (uint32_t i = 0; i < n; i++)
            values[i] = 1.0 - values[i];
        oh_log_batch(values, n, values);
        for (uint32_t i = 0; i < n; i++)
            values[i] = -dist->scale * values[i];
        return;
    }
    if (kind->inverse_batch) {
        kind->inverse_batch(oh_dist_body_of(dist), values, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        values[i] = oh_dist_draw_with(dist, values[i], key, first_item + i, ordinal, purpose);
}

void oh_dist_draw_batch(const struct oh_dist *dist, oh_key key, uint32_t first_item, uint32_t n,
                        uint32_t ordinal, uint32_t purpose, double *values) {
    if (dist->shortcut == OH_DIST_CONSTANT) {
        for (uint32_t i = 0; i < n; i++)
            values[i] = dist->scale;
        return;
    }
    oh_luck_batch(key, first_item, n, ordinal, purpose, values, NULL);
    transform(dist, values, key, first_item, n, ordinal, purpose);
}
