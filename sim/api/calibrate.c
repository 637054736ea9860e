#include "api/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/expect.h"
#include "api/precise.h"
#include "base/units.h"
#include "scenario/document.h"

/* ---- --free ---- */

static bool refuse(struct oh_fit *fit, const char *what, const char *text) {
    oh_text_printf(&fit->misuse, "%s, not '%s'", what, text);
    return false;
}

static bool refuse_free(struct oh_fit *fit, const char *text) {
    return refuse(fit,
                  "--free takes PATH=LO..HI, such as contacts.calls.arrivals.volume=80%..120% or "
                  "'contacts.calls.patience=exponential({1min..9min})'",
                  text);
}

/* The unit that an end of a range is written in: what follows its digits. */
static const char *unit_of(const char *text) {
    double number;
    return text + oh_number_parse(text, strlen(text), &number);
}

static bool read_end(const char *text, const char *unit, enum oh_unit kind, struct oh_arena *arena,
                     double *value) {
    const char *whole = *unit_of(text) == '\0' ? oh_arena_printf(arena, "%s%s", text, unit) : text;
    struct oh_parse parse = oh_unit_parse(kind, whole, strlen(whole));
    *value = parse.value;
    return parse.status == OH_PARSE_OK;
}

/* "20min..120min", also "20..120min". */
static bool read_range(struct oh_fit *fit, struct oh_fit_free *part, struct oh_free *free,
                       const char *low, const char *high) {
    static const enum oh_unit kinds[] = {OH_UNIT_NUMBER, OH_UNIT_SHARE, OH_UNIT_DURATION,
                                         OH_UNIT_RATE};
    const char *unit = unit_of(high);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct oh_parse one = {.status = OH_PARSE_RANGE};
        if (!read_end(low, unit, kinds[i], fit->arena, &free->low) ||
            !read_end(high, unit, kinds[i], fit->arena, &free->high))
            continue;
        if (strpbrk(unit, "0123456789") != NULL) /* "1h30m" */
            unit = "s";
        const char *text = oh_arena_printf(fit->arena, "1%s", unit);
        one = oh_unit_parse(kinds[i], text, strlen(text));
        free->scale = one.value;
        part->unit = unit;
        part->kind = kinds[i];
        part->low = free->low;
        part->high = free->high;
        return one.status == OH_PARSE_OK;
    }
    return false;
}

static const char *trimmed(struct oh_arena *arena, const char *from, const char *to) {
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return oh_arena_strndup(arena, from, (size_t)(to - from));
}

/* The braces around the dots; without them all of the text is the range. */
static bool read_free(struct oh_fit *fit, uint32_t ix, const char *text) {
    struct oh_fit_free *part = &fit->parts[ix];
    struct oh_free *free = &fit->free[ix];
    const char *equals = strchr(text, '=');
    const char *dots = equals != NULL ? strstr(equals, "..") : NULL;
    if (equals == NULL || equals == text || dots == NULL || strstr(dots + 2, "..") != NULL)
        return refuse_free(fit, text);
    const char *open = dots, *close = strchr(dots, '}');
    while (open > equals && *open != '{')
        open--;
    bool has_braces = open > equals && close != NULL;
    const char *end = has_braces ? close : text + strlen(text);
    part->path = trimmed(fit->arena, text, equals);
    part->range = equals + 1;
    part->before =
        has_braces ? oh_arena_strndup(fit->arena, equals + 1, (size_t)(open - equals) - 1) : "";
    part->behind = has_braces ? close + 1 : "";
    free->present = NAN;
    if (!read_range(fit, part, free,
                    trimmed(fit->arena, open > equals ? open + 1 : equals + 1, dots),
                    trimmed(fit->arena, dots + 2, end)))
        return refuse_free(fit, text);
    if (!(free->low < free->high))
        return refuse(fit, "--free goes from a lower value to a higher one", text);
    for (uint32_t i = 0; i < ix; i++)
        if (strcmp(fit->parts[i].path, part->path) == 0)
            return refuse(fit, "--free names each path once", text);
    return true;
}

static const char *text_with(const struct oh_fit *fit, uint32_t ix, double value, int digits,
                             struct oh_arena *arena) {
    const struct oh_fit_free *part = &fit->parts[ix];
    char number[48];
    oh_number_print(value / fit->free[ix].scale, digits, number, sizeof number);
    return oh_arena_printf(arena, "%s%s%s%s", part->before, number, part->unit, part->behind);
}

const char *oh_fit_text(const struct oh_fit *fit, uint32_t ix, double value,
                        struct oh_arena *arena) {
    return text_with(fit, ix, value, fit->free[ix].is_integral ? 15 : OH_FIT_DIGITS, arena);
}

/* ---- models with values ---- */

struct oh_loaded {
    struct oh_loaded *next;
    struct oh_arena *arena; /* of the texts */
    struct oh_model model;
};

static void load(const struct oh_fit *fit, const char *const *texts, struct oh_arena *arena,
                 struct oh_model *model) {
    struct oh_model_source source = *fit->source;
    struct oh_override *overrides =
        OH_NEW_ARRAY(arena, source.n_overrides + fit->n_free, struct oh_override);
    if (source.n_overrides > 0)
        memcpy(overrides, source.overrides, source.n_overrides * sizeof *overrides);
    for (uint32_t j = 0; j < fit->n_free; j++)
        overrides[source.n_overrides + j] =
            (struct oh_override){"--free", fit->parts[j].path, texts[j]};
    source.overrides = overrides;
    source.n_overrides += fit->n_free;
    source.intervals = OH_INTERVALS_NONE;
    oh_model_load(model, &source);
}

static void loaded_destroy(struct oh_loaded *loaded) {
    oh_model_fini(&loaded->model);
    oh_arena_destroy(loaded->arena);
    free(loaded);
}

static const struct oh_plan *make_plan(void *context, const double *values) {
    struct oh_fit *fit = context;
    const char *texts[OH_MOST_FREE];
    struct oh_loaded *loaded = oh_calloc(1, sizeof *loaded);
    loaded->arena = oh_arena_create();
    for (uint32_t j = 0; j < fit->n_free; j++)
        texts[j] = oh_fit_text(fit, j, values[j], loaded->arena);
    load(fit, texts, loaded->arena, &loaded->model);
    if (loaded->model.plan == NULL) {
        loaded_destroy(loaded);
        return NULL;
    }
    loaded->next = fit->loaded;
    fit->loaded = loaded;
    return loaded->model.plan;
}

static void release_plan(void *context, const struct oh_plan *plan) {
    struct oh_fit *fit = context;
    for (struct oh_loaded **at = &fit->loaded; *at != NULL; at = &(*at)->next)
        if ((*at)->model.plan == plan) {
            struct oh_loaded *found = *at;
            *at = found->next;
            loaded_destroy(found);
            return;
        }
}

/* ---- which of them are whole numbers ---- */

/* Whether the scenario is valid with unknown `ix` at `value` and the others at their low ends; keeps its problems. */
static bool is_valid(struct oh_fit *fit, uint32_t ix, double value) {
    const char *texts[OH_MOST_FREE];
    if (fit->problems.arena != NULL)
        oh_model_fini(&fit->problems);
    for (uint32_t j = 0; j < fit->n_free; j++)
        texts[j] = text_with(fit, j, j == ix ? value : fit->parts[j].low, 15, fit->arena);
    load(fit, texts, fit->arena, &fit->problems);
    bool ok = fit->problems.plan != NULL;
    if (ok) {
        oh_model_fini(&fit->problems);
        fit->problems.arena = NULL;
    }
    return ok;
}

/* A number without a unit that the scenario takes at the ends of its range, but not between whole numbers, is a count. */
static bool check_free(struct oh_fit *fit, uint32_t ix) {
    struct oh_free *free = &fit->free[ix];
    if (!is_valid(fit, ix, free->low) || !is_valid(fit, ix, free->high))
        return false;
    bool is_bare = fit->parts[ix].kind == OH_UNIT_NUMBER;
    if (is_valid(fit, ix, is_bare ? floor(free->low) + 0.5 : (free->low + free->high) / 2))
        return true;
    free->is_integral = is_bare && is_valid(fit, ix, free->low);
    return free->is_integral;
}

/* What the scenario says now, where it is written alike. */
static double present_of(const struct oh_fit *fit, uint32_t ix,
                         const struct oh_scenario *scenario) {
    const struct oh_fit_free *part = &fit->parts[ix];
    const struct oh_node *node = scenario->root;
    for (const char *at = part->path; node != NULL && *at != '\0';) {
        size_t n = strcspn(at, ".");
        node = oh_node_find(node, oh_arena_strndup(fit->arena, at, n));
        at += n + (at[n] == '.');
    }
    size_t before = strlen(part->before), behind = strlen(part->behind);
    if (node == NULL || node->kind != OH_SCALAR || node->length < before + behind ||
        strncmp(node->text, part->before, before) != 0 ||
        strcmp(node->text + node->length - behind, part->behind) != 0)
        return NAN;
    struct oh_parse parse =
        oh_unit_parse(part->kind, node->text + before, node->length - before - behind);
    bool is_inside =
        parse.status == OH_PARSE_OK && parse.value >= part->low && parse.value <= part->high;
    return is_inside ? parse.value : NAN;
}

/* ---- --target ---- */

/* "43%" alone has not; what does not begin with a number is another condition. */
static bool has_margin(const char *text) {
    double number;
    text += strspn(text, " ");
    return oh_number_parse(text, strlen(text), &number) == 0 || strstr(text, "\xC2\xB1") != NULL ||
           strstr(text, "+-") != NULL || strstr(text, "+/-") != NULL;
}

static bool refuse_target(struct oh_fit *fit, const char *text) {
    return refuse(
        fit,
        "--target takes METRIC=VALUE \xC2\xB1 TOLERANCE, such as 'total.reached=43% \xC2\xB1 1%'",
        text);
}

static enum oh_fit_status read_target(struct oh_fit *fit, const struct oh_model *model, uint32_t ix,
                                      const char *text) {
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        refuse_target(fit, text);
        return OH_FIT_MISUSE;
    }
    const char *whole =
        has_margin(equals + 1) ? text : oh_arena_printf(fit->arena, "%s \xC2\xB1 1%%", text);
    const struct oh_source *source =
        oh_source_create(model->arena, "--target", whole, strlen(whole));
    const char *condition = whole + (equals - text) + 1;
    size_t offset = oh_utf8_length(whole, (size_t)(condition - whole));
    struct oh_place place = {source, 1, 1, (uint32_t)offset - 1};
    struct oh_place behind = {source, 1, 1 + (uint32_t)offset,
                              (uint32_t)oh_utf8_length(condition, strlen(condition))};
    const struct oh_layout *layout = &model->plan->layout;
    const char *path = oh_precise_path(trimmed(fit->arena, text, equals), layout, fit->arena);
    struct oh_metric_path found;
    struct oh_expectation target;
    if (!oh_expectation_parse(condition, behind, &target, model->diagnostics) ||
        !oh_expect_path(path, place, layout, model->diagnostics, model->arena, &found))
        return OH_FIT_PROBLEM;
    if (target.kind != OH_EXPECT_ABOUT || !(target.high > target.target)) {
        refuse_target(fit, text);
        return OH_FIT_MISUSE;
    }
    fit->units[ix] = oh_metric_unit_of(found.metric);
    if (!oh_metric_takes(fit->units[ix], target.unit)) {
        oh_diag_add(model->diagnostics, OH_MSG_METRIC_UNIT, behind, NULL,
                    "'%s' is measured in another unit", path);
        return OH_FIT_PROBLEM;
    }
    struct oh_text asked = {0};
    oh_expectation_print(&target, &asked);
    fit->asked[ix] = oh_arena_strdup(fit->arena, asked.data);
    oh_text_fini(&asked);
    fit->targets[ix] = (struct oh_target){path, target.target, target.high - target.target};
    return OH_FIT_OK;
}

/* ---- the whole ---- */

static bool is_number_right(struct oh_fit *fit, size_t n, size_t most, const char *what) {
    if (n >= 1 && n <= most)
        return true;
    if (n == 0)
        oh_text_printf(&fit->misuse, "say what %s", what);
    else
        oh_text_printf(&fit->misuse, "at most %zu of what %s", most, what);
    return false;
}

enum oh_fit_status oh_fit_init(struct oh_fit *fit, const struct oh_model *model,
                               const struct oh_model_source *source,
                               const struct oh_calibrate_request *request) {
    *fit = (struct oh_fit){.arena = oh_arena_create(), .source = source};
    if (!is_number_right(fit, request->n_free, OH_MOST_FREE, "is unknown: --free PATH=LO..HI") ||
        !is_number_right(fit, request->n_targets, OH_MOST_TARGETS,
                         "is to come out: --target METRIC=VALUE"))
        return OH_FIT_MISUSE;
    for (; fit->n_free < request->n_free; fit->n_free++)
        if (!read_free(fit, fit->n_free, request->free[fit->n_free]))
            return OH_FIT_MISUSE;
    for (; fit->n_targets < request->n_targets; fit->n_targets++) {
        enum oh_fit_status status =
            read_target(fit, model, fit->n_targets, request->targets[fit->n_targets]);
        if (status != OH_FIT_OK)
            return status;
    }
    for (uint32_t j = 0; j < fit->n_free; j++) {
        if (!check_free(fit, j))
            return OH_FIT_PROBLEM;
        fit->free[j].present = present_of(fit, j, model->scenario);
    }
    return OH_FIT_OK;
}

void oh_fit_fini(struct oh_fit *fit) {
    if (fit->problems.arena != NULL)
        oh_model_fini(&fit->problems);
    while (fit->loaded != NULL)
        release_plan(fit, fit->loaded->model.plan);
    oh_text_fini(&fit->misuse);
    oh_arena_destroy(fit->arena);
}

static const char *copy(struct oh_arena *arena, const char *text) {
    return text != NULL ? oh_arena_strdup(arena, text) : NULL;
}

static void describe(const struct oh_fit *fit, const struct oh_plan *plan,
                     struct oh_calibration *found) {
    struct oh_arena *arena = found->arena;
    found->name = copy(arena, plan->name);
    found->file = copy(arena, plan->file);
    found->digest = copy(arena, plan->digest);
    found->variant = copy(arena, plan->variant);
    found->overrides = copy(arena, plan->overrides);
    found->seed = plan->seed;
    found->confidence = plan->confidence;
    found->n_fitted = fit->n_free;
    found->n_hits = fit->n_targets;
    found->fitted = OH_NEW_ARRAY(arena, fit->n_free, struct oh_fitted);
    found->hits = OH_NEW_ARRAY(arena, fit->n_targets, struct oh_hit);
    for (uint32_t j = 0; j < fit->n_free; j++)
        found->fitted[j] = (struct oh_fitted){.path = copy(arena, fit->parts[j].path),
                                              .range = copy(arena, fit->parts[j].range),
                                              .low = fit->free[j].low,
                                              .high = fit->free[j].high,
                                              .scale = fit->free[j].scale,
                                              .unit = copy(arena, fit->parts[j].unit),
                                              .is_integral = fit->free[j].is_integral};
    for (uint32_t t = 0; t < fit->n_targets; t++)
        found->hits[t] = (struct oh_hit){.path = copy(arena, fit->targets[t].path),
                                         .asked = copy(arena, fit->asked[t]),
                                         .unit = fit->units[t],
                                         .value = fit->targets[t].value,
                                         .tolerance = fit->targets[t].tolerance};
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct oh_calibration *oh_fit_run(struct oh_fit *fit, const struct oh_model *model,
                                  const struct oh_calibrate_request *request) {
    double started_s = seconds_now();
    struct oh_arena *arena = oh_arena_create();
    struct oh_calibration *found = OH_NEW(arena, struct oh_calibration);
    *found = (struct oh_calibration){.arena = arena};
    describe(fit, model->plan, found);
    struct oh_calibrate_question question = {
        .n_free = fit->n_free,
        .n_targets = fit->n_targets,
        .free = fit->free,
        .targets = fit->targets,
        .plan = make_plan,
        .release = release_plan,
        .context = fit,
        .most_evaluations = request->evaluations ? request->evaluations : OH_MOST_EVALUATIONS,
        .run = oh_model_options(model, &request->run)};
    found->replications =
        question.run.replications ? question.run.replications : model->plan->replications;
    oh_calibrate(&question, found);
    for (uint32_t j = 0; j < fit->n_free && found->evaluations > 0; j++)
        found->fitted[j].text = oh_fit_text(fit, j, found->fitted[j].estimate.value, arena);
    found->wall_s = seconds_now() - started_s;
    return found;
}
