#include "plan/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "plan/outside.h"
#include "plan/rate.h"
#include "plan/rows.h"
#include "plan/steps.h"
#include "scenario/scenario.h"

enum { MOST_PAIRS = 200000, MOST_AGENTS = 1000000 };
static const double MOST_CONTACTS_A_DAY = 1e9;
static const double MOST_AGENT_US = 4e18; /* sums of their times are 64-bit integers */

/* The language keeps its own list of formulas, since its room does not know measure/. */
_Static_assert(OH_SL_ANSWERED_ONLY == 0 && OH_SL_OFFERED == 1 && OH_SL_ABANDONS_NEGATIVE == 2 &&
                   OH_SL_EARLY_ABANDONS_EXCLUDED == 3 && OH_SL_ABANDONS_POSITIVE == 4 &&
                   OH_SL_SHORT_ABANDONS_EXCLUDED == 5 && OH_N_FORMULAS == 6,
               "oh_formula_names in scenario/choices.c has these values");

static const char *what(struct oh_compiler *c, const char *key, const char *name) {
    return oh_arena_printf(c->arena, "the %s of '%s'", key, name);
}

/* ---- who handles what ---- */

uint32_t oh_type_index(const struct oh_scenario *s, const char *name) {
    for (uint32_t i = 0; i < s->contacts.n; i++)
        if (strcmp(s->contacts.items[i].name, name) == 0)
            return i;
    return OH_NONE;
}

uint32_t oh_group_index(const struct oh_scenario *s, const char *name) {
    for (uint32_t i = 0; i < s->agents.n; i++)
        if (strcmp(s->agents.items[i].name, name) == 0)
            return i;
    return OH_NONE;
}

/* Overflow without delay: the group handles the type, after all others. */
static bool overflows_at_once(const struct oh_contact *contact, const char *group) {
    for (uint32_t i = 0; i < contact->overflow.n; i++)
        if (strcmp(contact->overflow.items[i].name, group) == 0)
            return contact->overflow.items[i].after_s == 0;
    return false;
}

static bool is_in(const uint32_t *list, uint32_t n, uint32_t value) {
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == value)
            return true;
    return false;
}

static void compile_handles(struct oh_compiler *c, const struct oh_group *group,
                            struct oh_plan_group *into) {
    const struct oh_scenario *s = c->scenario;
    into->n_types = group->handles.is_given ? group->handles.n : s->contacts.n;
    uint32_t *type_ix = OH_NEW_ARRAY(c->arena, s->contacts.n + into->n_types, uint32_t);
    for (uint32_t i = 0; i < into->n_types; i++)
        type_ix[i] = group->handles.is_given ? oh_type_index(s, group->handles.name[i]) : i;
    for (uint32_t i = 0; i < s->contacts.n; i++)
        if (overflows_at_once(&s->contacts.items[i], group->name) &&
            !is_in(type_ix, into->n_types, i))
            type_ix[into->n_types++] = i;
    into->type_ix = type_ix;
}

/* First the groups that the type lists, then all others that handle it. */
static void compile_groups_of(struct oh_compiler *c, const struct oh_contact *contact,
                              struct oh_plan_type *into) {
    const struct oh_scenario *s = c->scenario;
    uint32_t *group_ix = OH_NEW_ARRAY(c->arena, s->agents.n, uint32_t);
    uint32_t n = 0;
    for (uint32_t i = 0; i < contact->groups.n; i++)
        group_ix[n++] = oh_group_index(s, contact->groups.name[i]);
    for (uint32_t i = 0; i < s->agents.n; i++)
        if (oh_group_handles(&s->agents.items[i], contact->name) && !is_in(group_ix, n, i))
            group_ix[n++] = i;
    for (uint32_t i = 0; i < s->agents.n; i++)
        if (overflows_at_once(contact, s->agents.items[i].name) && !is_in(group_ix, n, i))
            group_ix[n++] = i;
    into->group_ix = group_ix;
    into->n_groups = n;
}

/* ---- arrivals ---- */

/* A rate that changes evenly is largest at an end of a step; such a step ends on its day. */
static double largest_rate(const struct oh_plan_type *type) {
    const struct oh_steps *rate = &type->rate_per_s;
    double largest = oh_steps_largest(rate);
    for (uint32_t i = 0; type->rate_slope != NULL && i < rate->n; i++) {
        int64_t midnight_us = (rate->start_us[i] / OH_US_PER_DAY + 1) * OH_US_PER_DAY;
        bool is_cut = i + 1 < rate->n && rate->start_us[i + 1] < midnight_us;
        int64_t end_us = is_cut ? rate->start_us[i + 1] : midnight_us;
        largest = fmax(largest, oh_rate_in_step(type, i, oh_rate_seconds(rate, i, end_us)));
    }
    return largest;
}

static bool compile_cumulative(struct oh_compiler *c, const struct oh_contact *contact,
                               struct oh_plan_type *into) {
    const struct oh_steps *rate = &into->rate_per_s;
    double *cumulative = OH_NEW_ARRAY(c->arena, rate->n, double);
    for (uint32_t i = 1; i < rate->n; i++) {
        double seconds = oh_rate_seconds(rate, i - 1, rate->start_us[i]);
        cumulative[i] = cumulative[i - 1] + oh_rate_count(into, i - 1, seconds);
    }
    into->cumulative = cumulative;
    if (largest_rate(into) * 86400 <= MOST_CONTACTS_A_DAY)
        return true;
    oh_diag_add(c->diagnostics, OH_MSG_TOO_MANY_CONTACTS, contact->rate.place, NULL,
                "more than a billion '%s' a day", contact->name);
    return false;
}

static const double *scaled(struct oh_arena *arena, const double *values, uint32_t n,
                            double volume) {
    double *result = OH_NEW_ARRAY(arena, n, double);
    for (uint32_t i = 0; i < n; i++)
        result[i] = values[i] * volume;
    return result;
}

static void scale_rate(struct oh_compiler *c, double volume, struct oh_plan_type *type) {
    struct oh_steps *rate = &type->rate_per_s;
    rate->value = scaled(c->arena, rate->value, rate->n, volume);
    if (type->rate_slope != NULL)
        type->rate_slope = scaled(c->arena, type->rate_slope, rate->n, volume);
}

static bool compile_arrivals(struct oh_compiler *c, const struct oh_contact *contact,
                             struct oh_plan_type *into) {
    if (contact->gap.form != OH_ABSENT) {
        into->arrivals = OH_RENEWAL;
        return oh_dist_steps_expand(c, &contact->gap, what(c, "gap", contact->name), &into->gap);
    }
    if (contact->rate.form == OH_ABSENT) {
        into->arrivals = OH_NO_ARRIVALS;
        into->rate_per_s = oh_steps_constant(c->arena, 0);
        return true;
    }
    into->arrivals = OH_POISSON;
    if (!oh_lines_expand(c, &contact->rate, what(c, "rate", contact->name), &into->rate_per_s,
                         &into->rate_slope))
        return false;
    if (contact->volume != 1)
        scale_rate(c, contact->volume, into);
    if (largest_rate(into) <= 0)
        into->arrivals = OH_NO_ARRIVALS;
    if (!compile_cumulative(c, contact, into))
        return false;
    oh_outside_hours_warn(c, contact, into);
    return true;
}

static uint32_t shared_factor(const struct oh_scenario *s, const char *name) {
    for (uint32_t i = 0; i < s->factors.n; i++)
        if (strcmp(s->factors.items[i].name, name) == 0)
            return i;
    return OH_NONE;
}

/* A factor of the type's own has an address of its own, which no shared factor can have. */
static void compile_busyness(struct oh_compiler *c, const struct oh_contact *contact,
                             struct oh_plan_factor *factors, struct oh_plan_type *into) {
    uint32_t *factor_ix = OH_NEW_ARRAY(c->arena, contact->busyness.n, uint32_t);
    for (uint32_t i = 0; i < contact->busyness.n; i++) {
        const struct oh_busyness_part *part = &contact->busyness.parts[i];
        if (part->shared != NULL) {
            factor_ix[i] = shared_factor(c->scenario, part->shared);
            continue;
        }
        const char *address =
            i == 0 ? contact->name : oh_arena_printf(c->arena, "%s %u", contact->name, i + 1);
        factors[c->plan->n_factors] =
            (struct oh_plan_factor){contact->name, oh_luck_name("busyness", address), part->dist};
        factor_ix[i] = c->plan->n_factors++;
    }
    into->factor_ix = factor_ix;
    into->n_factors = contact->busyness.n;
}

/* ---- times of talk and wrap-up, by group ---- */

static const struct oh_for_type *time_of_group(const struct oh_for_types *times, const char *type) {
    for (uint32_t i = 0; i < times->n; i++)
        if (strcmp(times->items[i].name, type) == 0)
            return &times->items[i];
    return NULL;
}

static struct oh_dist_steps at_speed(struct oh_arena *arena, struct oh_dist_steps steps,
                                     double speed) {
    if (speed == 1)
        return steps;
    const struct oh_dist **dist = OH_NEW_ARRAY(arena, steps.n, const struct oh_dist *);
    for (uint32_t i = 0; i < steps.n; i++)
        dist[i] = oh_dist_scaled(arena, steps.dist[i], 1 / speed);
    steps.dist = dist;
    return steps;
}

/* `of_group` is where in a group its own times stand: talk or wrap_up. */
static bool compile_times(struct oh_compiler *c, const struct oh_contact *contact,
                          const struct oh_value *of_type, size_t of_group, const char *key,
                          const struct oh_dist_steps **into) {
    const struct oh_scenario *s = c->scenario;
    struct oh_dist_steps common;
    bool is_good = true;
    if (of_type->form == OH_ABSENT) /* of a type that no agent ever talks with */
        common = oh_dist_steps_constant(c->arena, 0);
    else
        is_good = oh_dist_steps_expand(c, of_type, what(c, key, contact->name), &common);
    struct oh_dist_steps *steps = OH_NEW_ARRAY(c->arena, s->agents.n, struct oh_dist_steps);
    *into = steps;
    for (uint32_t i = 0; is_good && i < s->agents.n; i++) {
        const struct oh_group *group = &s->agents.items[i];
        const char *own = (const char *)group + of_group;
        const struct oh_for_type *time =
            time_of_group((const struct oh_for_types *)(const void *)own, contact->name);
        steps[i] = common;
        if (time != NULL)
            is_good = oh_dist_steps_expand(c, &time->dist, what(c, key, group->name), &steps[i]);
        if (is_good)
            steps[i] = at_speed(c->arena, steps[i], group->speed);
    }
    return is_good;
}

/* ---- contact types ---- */

static uint32_t limit_or_none(double limit) {
    return isnan(limit) ? OH_NONE : (uint32_t)limit;
}

static void compile_retry(struct oh_compiler *c, const struct oh_retry *retry, uint32_t type_ix,
                          struct oh_plan_retry *into) {
    if (!retry->is_given)
        return;
    uint32_t n = retry->to.n;
    uint32_t *to = OH_NEW_ARRAY(c->arena, n + 1, uint32_t);
    to[0] = type_ix;
    for (uint32_t i = 0; i < n; i++)
        to[i] = oh_type_index(c->scenario, retry->to.name[i]);
    *into = (struct oh_plan_retry){oh_chance_compile(c, &retry->probability), retry->delay,
                                   limit_or_none(retry->at_most), n > 0 ? n : 1, to};
}

static bool compile_type(struct oh_compiler *c, const struct oh_contact *contact,
                         struct oh_plan_factor *factors, struct oh_plan_type *into) {
    const struct oh_queue_limit *limit = &contact->queue_limit;
    *into = (struct oh_plan_type){
        .name = contact->name,
        .luck_name = oh_luck_name("contact", contact->name),
        .balk = oh_chance_compile(c, &contact->balk),
        .priority = (uint32_t)contact->priority,
        .queue_limit = isnan(limit->count) ? -1 : (int64_t)limit->count,
        .queue_limit_per_agent = isnan(limit->per_agent) ? -1 : limit->per_agent,
        .when_full = (enum oh_full)contact->when_full,
        .max_wait_us = oh_plan_microseconds(contact->max_wait_s),
        .at_max_wait = (enum oh_at_max_wait)contact->at_max_wait,
        .retry_at_most = limit_or_none(contact->retry_at_most),
    };
    for (int cause = 0; cause < OH_N_CAUSES; cause++)
        compile_retry(c, &contact->retry[cause], oh_type_index(c->scenario, contact->name),
                      &into->retry[cause]);
    compile_groups_of(c, contact, into);
    compile_busyness(c, contact, factors, into);
    bool is_good = compile_arrivals(c, contact, into);
    is_good = oh_dist_steps_expand(c, &contact->patience, what(c, "patience", contact->name),
                                   &into->patience) &&
              is_good;
    is_good = compile_times(c, contact, &contact->talk, offsetof(struct oh_group, talk), "talk",
                            &into->talk) &&
              is_good;
    is_good = compile_times(c, contact, &contact->wrap_up, offsetof(struct oh_group, wrap_up),
                            "wrap_up", &into->wrap_up) &&
              is_good;
    return oh_way_compile(c, contact, into) && is_good;
}

/* ---- agent groups ---- */

static double exactly_on_duty(double count, double shrinkage) {
    return count * (1 - shrinkage);
}

/* To the nearest; 1e-9 mends 10 x (1 - 0.15) = 8.499999999999999. */
static double on_duty(double count, double shrinkage) {
    return floor(exactly_on_duty(count, shrinkage) + 0.5 + 1e-9);
}

static double rounding_error(double count, double shrinkage) {
    double exact = exactly_on_duty(count, shrinkage);
    return exact > 0 ? fabs(on_duty(count, shrinkage) - exact) / exact : 0;
}

static void warn_of_rounding(struct oh_compiler *c, const struct oh_group *group,
                             const struct oh_plan_group *into) {
    struct oh_steps error =
        oh_steps_combine(c->arena, &into->scheduled, &into->shrinkage, rounding_error);
    uint32_t worst = 0;
    for (uint32_t i = 1; i < error.n; i++)
        worst = error.value[i] > error.value[worst] ? i : worst;
    if (error.value[worst] <= 0.02)
        return;
    int64_t at = error.start_us[worst];
    double count =
        into->scheduled.value[oh_steps_at(into->scheduled.start_us, into->scheduled.n, at)];
    double shrinkage =
        into->shrinkage.value[oh_steps_at(into->shrinkage.start_us, into->shrinkage.n, at)];
    char percent[32], exact[32];
    oh_number_print(shrinkage * 100, 6, percent, sizeof percent);
    oh_number_print(exactly_on_duty(count, shrinkage), 6, exact, sizeof exact);
    oh_diag_add(c->diagnostics, OH_MSG_SHRINKAGE_ROUNDED, group->shrinkage.place,
                "see also shrinkage_as: absence",
                "%.0f agents less %s%% are %s, and %.0f are on duty", count, percent, exact,
                on_duty(count, shrinkage));
}

static bool compile_group(struct oh_compiler *c, const struct oh_group *group,
                          struct oh_plan_group *into) {
    *into = (struct oh_plan_group){.name = group->name,
                                   .luck_name = oh_luck_name("group", group->name),
                                   .shrinkage_as = (enum oh_shrinkage_as)group->shrinkage_as,
                                   .on_leave = (enum oh_on_leave)group->on_leave};
    compile_handles(c, group, into);
    if (!oh_steps_expand(c, &group->count, what(c, "count", group->name), &into->scheduled) ||
        !oh_steps_expand(c, &group->shrinkage, what(c, "shrinkage", group->name), &into->shrinkage))
        return false;
    if (into->shrinkage_as == OH_SHRINK_ABSENCE) {
        into->on_duty = into->scheduled;
    } else {
        into->on_duty = oh_steps_combine(c->arena, &into->scheduled, &into->shrinkage, on_duty);
        warn_of_rounding(c, group, into);
    }
    into->most = (uint32_t)oh_steps_largest(&into->on_duty);
    return true;
}

/* ---- measurement ---- */

static int compare_times(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static struct oh_layout_type compile_measure(struct oh_compiler *c,
                                             const struct oh_contact *contact) {
    int64_t *tails = OH_NEW_ARRAY(c->arena, contact->tails.n, int64_t);
    uint32_t n = 0;
    for (uint32_t i = 0; i < contact->tails.n; i++)
        tails[i] = oh_plan_microseconds(contact->tails.number[i]);
    qsort(tails, contact->tails.n, sizeof *tails, compare_times);
    for (uint32_t i = 0; i < contact->tails.n; i++)
        if (n == 0 || tails[i] != tails[n - 1])
            tails[n++] = tails[i];
    return (struct oh_layout_type){contact->name,
                                   oh_plan_microseconds(contact->answer_within_s),
                                   oh_plan_microseconds(contact->short_abandon_s),
                                   (enum oh_formula)contact->formula,
                                   n,
                                   tails};
}

static void compile_layout(struct oh_compiler *c) {
    const struct oh_scenario *s = c->scenario;
    struct oh_layout *layout = &c->plan->layout;
    struct oh_layout_type *types = OH_NEW_ARRAY(c->arena, s->contacts.n, struct oh_layout_type);
    const char **groups = OH_NEW_ARRAY(c->arena, s->agents.n, const char *);
    for (uint32_t i = 0; i < s->contacts.n; i++)
        types[i] = compile_measure(c, &s->contacts.items[i]);
    for (uint32_t i = 0; i < s->agents.n; i++)
        groups[i] = s->agents.items[i].name;
    layout->n_types = s->contacts.n;
    layout->n_groups = s->agents.n;
    layout->types = types;
    layout->group_names = groups;
    layout->has = isnan(s->lines) ? 0 : OH_HAS_LINES;
    for (uint32_t i = 0; i < s->contacts.n; i++)
        if (s->contacts.items[i].callback.is_given &&
            s->contacts.items[i].callbacks == OH_CALLBACKS_EXCLUDE)
            layout->has |= OH_HAS_EXCLUSIONS;
    oh_prices_compile(c);
    layout->confidence = c->plan->confidence;
}

/* ---- the whole ---- */

static bool has_sane_size(struct oh_compiler *c) {
    uint32_t n_types = c->scenario->contacts.n, n_groups = c->scenario->agents.n;
    if (n_types * n_groups <= MOST_PAIRS)
        return true;
    oh_diag_add(c->diagnostics, OH_MSG_TOO_MANY_TYPES, oh_scenario_place(c->scenario, "agents"),
                NULL, "%u contact types and %u agent groups are too many", n_types, n_groups);
    return false;
}

static bool compile_types(struct oh_compiler *c) {
    const struct oh_scenario *s = c->scenario;
    uint32_t n_factors = s->factors.n;
    for (uint32_t i = 0; i < s->contacts.n; i++)
        n_factors += s->contacts.items[i].busyness.n;
    struct oh_plan_factor *factors = OH_NEW_ARRAY(c->arena, n_factors, struct oh_plan_factor);
    for (uint32_t i = 0; i < s->factors.n; i++)
        factors[i] = (struct oh_plan_factor){s->factors.items[i].name,
                                             oh_luck_name("factor", s->factors.items[i].name),
                                             s->factors.items[i].dist};
    struct oh_plan_type *types = OH_NEW_ARRAY(c->arena, s->contacts.n, struct oh_plan_type);
    bool is_good = true;
    c->plan->n_factors = s->factors.n;
    for (uint32_t i = 0; i < s->contacts.n; i++)
        is_good = compile_type(c, &s->contacts.items[i], factors, &types[i]) && is_good;
    c->plan->factors = factors;
    c->plan->types = types;
    return is_good;
}

static bool compile_groups(struct oh_compiler *c) {
    const struct oh_scenario *s = c->scenario;
    struct oh_plan_group *groups = OH_NEW_ARRAY(c->arena, s->agents.n, struct oh_plan_group);
    bool is_good = true;
    double n_agents = 0;
    for (uint32_t i = 0; i < s->agents.n; i++) {
        bool is_compiled = compile_group(c, &s->agents.items[i], &groups[i]);
        n_agents += is_compiled ? oh_steps_largest(&groups[i].scheduled) : 0;
        is_good = is_compiled && is_good;
    }
    c->plan->groups = groups;
    bool is_too_long = n_agents * (double)c->plan->end_us > MOST_AGENT_US;
    if (n_agents > MOST_AGENTS || is_too_long) {
        oh_diag_add(c->diagnostics, OH_MSG_TOO_MANY_AGENTS, oh_scenario_place(s, "agents"),
                    is_too_long ? "simulate fewer days" : NULL, "%.0f agents are too many%s",
                    n_agents, is_too_long ? " for so long a run" : "");
        is_good = false;
    }
    return is_good;
}

/* "scenarios/cases/irs.yaml" is called "irs". */
static const char *name_of_file(struct oh_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    return dot != NULL && dot > base ? oh_arena_strndup(arena, base, (size_t)(dot - base)) : base;
}

static void compile_run(struct oh_plan *plan, const struct oh_scenario *s,
                        const struct oh_plan_options *options) {
    plan->name = s->name != NULL ? s->name : name_of_file(plan->arena, s->file);
    plan->file = s->file;
    plan->digest = s->digest;
    plan->variant = s->variant;
    plan->overrides = s->overrides;
    plan->n_types = s->contacts.n;
    plan->n_groups = s->agents.n;
    plan->lines = limit_or_none(s->lines);
    plan->queue_limit = isnan(s->routing.queue_limit) ? -1 : (int64_t)s->routing.queue_limit;
    plan->order = (enum oh_order)s->routing.calls;
    plan->agent_choice = (enum oh_agent_choice)s->routing.agents;
    plan->at_close = (enum oh_at_close)s->time.at_close;
    plan->replications =
        options->replications > 0 ? options->replications : (uint64_t)s->run.replications;
    plan->seed = options->has_seed ? options->seed : (uint64_t)s->run.seed;
    plan->confidence = options->confidence > 0 ? options->confidence : s->run.confidence;
}

struct oh_plan *oh_plan_compile(const struct oh_scenario *scenario,
                                const struct oh_plan_options *options,
                                struct oh_diagnostics *diagnostics) {
    static const struct oh_plan_options no_options = {0};
    OH_ARGUMENT(scenario != NULL && diagnostics != NULL);
    if (options == NULL)
        options = &no_options;
    struct oh_arena *arena = oh_arena_create();
    struct oh_plan *plan = OH_NEW(arena, struct oh_plan);
    struct oh_compiler c = {scenario, diagnostics, arena, plan, 0, NULL, 0};
    plan->arena = arena;
    compile_run(plan, scenario, options);
    bool is_good = has_sane_size(&c) && oh_hours_compile(&c);
    if (is_good) {
        compile_layout(&c);
        is_good = compile_types(&c);
        is_good = compile_groups(&c) && is_good;
        is_good = oh_rows_compile(&c, options->intervals) && is_good;
        if (is_good)
            oh_ways_finish(&c);
    }
    OH_INVARIANT(plan->end_us >= 0 && plan->end_us <= INT64_C(1) << 61);
    if (is_good)
        return plan;
    oh_plan_destroy(plan);
    return NULL;
}

void oh_plan_destroy(struct oh_plan *plan) {
    if (plan != NULL)
        oh_arena_destroy(plan->arena);
}
