#include "study/beside.h"

#include <math.h>

#include "random/dist.h"
#include "study/exact.h"
#include "study/part.h"
#include "theory/theory.h"

/* ---- does a formula apply? ---- */

/* What no formula of one queue knows. */
static const struct {
    unsigned use;
    const char *what;
} obstacles[] = {
    {OH_USES_MENU, "a menu leads them to other queues"},
    {OH_USES_TRANSFERS, "they are transferred, or a second agent joins"},
    {OH_USES_MISROUTED, "they may come to the wrong queue"},
    {OH_USES_CALLBACK, "they may be called back"},
    {OH_USES_OVERFLOW, "they overflow to other groups"},
    {OH_USES_INTERRUPTS, "they interrupt other talks"},
};

/* They touch the queues of others, so that none can be told apart. */
static const char *obstacle(const struct oh_plan *plan, struct oh_arena *arena) {
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (size_t i = 0; i < sizeof obstacles / sizeof obstacles[0]; i++)
            if ((plan->types[t].way.uses & obstacles[i].use) != 0)
                return oh_arena_printf(arena,
                                       "the formulas are of one queue and one talk; of '%s', %s",
                                       plan->types[t].name, obstacles[i].what);
    return NULL;
}

static const char *why_not(const struct oh_plan *plan, const struct oh_teams *teams,
                           uint32_t type_ix, struct oh_arena *arena) {
    const char *name = plan->types[type_ix].name;
    const char *everywhere = obstacle(plan, arena);
    if (everywhere != NULL)
        return everywhere;
    if (plan->types[type_ix].n_groups == 0)
        return oh_arena_printf(arena, "no group handles '%s'", name);
    if (!oh_team_shares_all(plan, teams, teams->of_type[type_ix]))
        return oh_arena_printf(arena,
                               "the formulas are of one queue and equal agents; '%s' shares some "
                               "groups with other contacts, but not all",
                               name);
    return NULL;
}

const char *oh_beside_why_not(const struct oh_plan *plan, struct oh_arena *arena) {
    struct oh_teams teams = oh_teams_of(plan, arena);
    const char *reason = "there are no contacts";
    if (plan->layout.n_slots == 0)
        return "there are no intervals: the formulas are of intervals";
    for (uint32_t t = 0; t < plan->n_types; t++) {
        reason = why_not(plan, &teams, t, arena);
        if (reason == NULL)
            return NULL;
    }
    return reason;
}

/* ---- patience of contacts of several types ---- */

struct blend {
    uint32_t n;
    const struct oh_dist **dist;
    double *weight;
};

static double blend_survival(double t_s, const void *context) {
    const struct blend *blend = context;
    double sum = 0;
    for (uint32_t i = 0; i < blend->n; i++)
        sum += blend->weight[i] * oh_dist_survival(blend->dist[i], t_s);
    return sum;
}

static double blend_cdf(double t_s, const void *context) {
    const struct blend *blend = context;
    double sum = 0;
    for (uint32_t i = 0; i < blend->n; i++)
        sum += blend->weight[i] * oh_dist_cdf(blend->dist[i], t_s);
    return sum;
}

static const struct blend *blend_of(const struct oh_part *part, const struct oh_part_state *state) {
    uint32_t n = part->plan->n_types;
    double count = oh_part_count(part, state);
    struct blend *blend = OH_NEW(part->arena, struct blend);
    blend->dist = OH_NEW_ARRAY(part->arena, n, const struct oh_dist *);
    blend->weight = OH_NEW_ARRAY(part->arena, n, double);
    for (uint32_t t = 0; t < n; t++) {
        if (!(state->count[t] > 0))
            continue;
        blend->dist[blend->n] = oh_dist_steps_at(&part->plan->types[t].patience, state->middle_us);
        blend->weight[blend->n++] = state->count[t] / count;
    }
    return blend;
}

static double mean_patience(const struct blend *blend) {
    double sum = 0;
    for (uint32_t i = 0; i < blend->n; i++)
        sum += blend->weight[i] * oh_dist_mean(blend->dist[i]);
    return isfinite(sum) ? sum : INFINITY;
}

static bool is_endless(const struct blend *blend) {
    for (uint32_t i = 0; i < blend->n; i++)
        if (!oh_dist_is_never(blend->dist[i]))
            return false;
    return true;
}

static struct oh_patience patience_of(const struct blend *blend, struct oh_arena *arena) {
    if (is_endless(blend))
        return oh_patience_never_ends();
    if (blend->n == 1)
        return oh_exact_patience(blend->dist[0], arena);
    return (struct oh_patience){.kind = OH_PATIENCE_GENERAL,
                                .survival = blend_survival,
                                .cdf = blend_cdf,
                                .context = blend};
}

/* ---- the formulas ---- */

/* A type's own limit where it queues alone; limits of the centre where all of it is in the part. */
static double room_of(const struct oh_part *part, int agents) {
    const struct oh_plan *plan = part->plan;
    double room = INFINITY;
    uint32_t members = 0, last = 0;
    for (uint32_t t = 0; t < plan->n_types; t++)
        if (oh_part_has(part, t)) {
            members++;
            last = t;
        }
    const struct oh_plan_type *type = &plan->types[last];
    if (members == 1 && type->queue_limit >= 0)
        room = (double)type->queue_limit;
    if (members == 1 && type->queue_limit_per_agent >= 0)
        room = fmin(room, floor(type->queue_limit_per_agent * agents + 1e-9));
    if (members == plan->n_types && plan->queue_limit >= 0)
        room = fmin(room, (double)plan->queue_limit);
    if (members == plan->n_types && plan->lines != OH_NONE)
        room = fmin(room, fmax(0, (double)plan->lines - agents));
    return isfinite(room) ? room : -1;
}

static double max_wait_of(const struct oh_part *part) {
    double max_wait = -1;
    for (uint32_t t = 0; t < part->plan->n_types; t++) {
        int64_t own_us = part->plan->types[t].max_wait_us;
        double own = own_us == OH_FOREVER ? INFINITY : (double)own_us * 1e-6;
        if (oh_part_has(part, t))
            max_wait = max_wait < 0 || max_wait == own ? own : INFINITY;
    }
    return max_wait;
}

static struct oh_theory_model model_of(const struct oh_part *part, const struct oh_beside_row *row,
                                       const struct blend *blend, enum oh_beside_formula formula) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = row->rate_per_s;
    model.handle_time_s = row->handle_s;
    model.agents = row->agents;
    if (formula == OH_ERLANG_C)
        return model;
    uint32_t lines = part->plan->lines;
    if (lines != OH_NONE && lines >= 1 && lines < (uint32_t)row->agents && part->teams->n == 1)
        model.agents = (int)lines;
    model.room = room_of(part, row->agents);
    model.patience = oh_patience_exponential(row->patience_s);
    if (formula == OH_MMNG) {
        model.patience = patience_of(blend, part->arena);
        model.max_wait_s = max_wait_of(part);
    }
    return model;
}

static void set_target(struct oh_theory_model *model, const struct oh_layout_type *type) {
    model->answer_within_s = (double)type->answer_within_us * 1e-6;
    model->short_abandon_s = (double)type->short_abandon_us * 1e-6;
    model->formula = oh_exact_formula(type->formula);
}

static bool is_told(const struct oh_part *part, uint32_t type_ix) {
    return part->type_ix == OH_NONE ? oh_part_has(part, type_ix) : part->type_ix == type_ix;
}

/* All wait in the same line; each type has its own service level. */
static struct oh_beside_answer answer(const struct oh_part *part, const struct oh_part_state *state,
                                      struct oh_theory_model *model) {
    const struct oh_layout *layout = &part->plan->layout;
    struct oh_beside_answer answer = {.value = {NAN, NAN, NAN}};
    struct oh_theory_result result;
    double level = 0, weights = 0;
    const struct oh_layout_type *solved = NULL;
    for (uint32_t t = 0; t < layout->n_types; t++) {
        const struct oh_layout_type *type = &layout->types[t];
        if (!is_told(part, t) || !(state->count[t] > 0))
            continue;
        if (solved == NULL || solved->answer_within_us != type->answer_within_us ||
            solved->short_abandon_us != type->short_abandon_us ||
            solved->formula != type->formula) {
            set_target(model, type);
            enum oh_theory_status status = oh_theory_solve(model, &result, NULL);
            answer.is_unstable = status == OH_THEORY_UNSTABLE;
            if (status != OH_THEORY_OK)
                return answer;
        }
        solved = type;
        level += state->count[t] * result.service_level;
        weights += state->count[t];
    }
    if (solved == NULL)
        return answer;
    answer.value[OH_BESIDE_SERVICE_LEVEL] = level / weights;
    answer.value[OH_BESIDE_WAIT] = result.wait_answered.mean;
    answer.value[OH_BESIDE_ABANDONMENT] = result.abandonment;
    return answer;
}

static bool fill_row(const struct oh_part *part, uint32_t row_ix, struct oh_beside_row *row) {
    const struct oh_layout_slot *slot = &part->plan->layout.slots[row_ix];
    const struct oh_row *simulated = &part->summary->rows[row_ix];
    const struct oh_scope *scope =
        part->type_ix == OH_NONE ? &simulated->total : &simulated->types[part->type_ix];
    struct oh_part_state state = oh_part_state_of(part, row_ix);
    *row = (struct oh_beside_row){
        .day = slot->day, .weekday = slot->weekday, .start_s = slot->start_s};
    if (!(state.open_s > 0) || !(state.agents_s > 0) || !(oh_part_count(part, &state) > 0))
        return false;
    const struct blend *blend = blend_of(part, &state);
    row->rate_per_s = oh_part_count(part, &state) / state.open_s;
    row->handle_s = oh_part_handle(part, &state);
    row->agents = (int)fmax(1, round(state.agents_s / state.open_s));
    row->patience_s = mean_patience(blend);
    if (!(row->handle_s > 0))
        return false;
    for (int m = 0; m < OH_N_BESIDE_METRICS; m++)
        row->simulated[m] =
            scope->estimates[oh_summary_use(part->summary, oh_beside_metrics[m].id)];
    for (int f = 0; f < OH_N_BESIDE_FORMULAS; f++) {
        struct oh_theory_model model = model_of(part, row, blend, (enum oh_beside_formula)f);
        row->answers[f] = answer(part, &state, &model);
    }
    return true;
}

/* ---- parts ---- */

static struct oh_beside_part fill_part(struct oh_part *part) {
    struct oh_beside_part filled = {.scope = "total"};
    uint32_t first = 0;
    while (!is_told(part, first))
        first++;
    if (part->type_ix != OH_NONE)
        filled.scope =
            oh_arena_printf(part->arena, "contacts.%s", part->plan->types[part->type_ix].name);
    filled.why_not = why_not(part->plan, part->teams, first, part->arena);
    if (filled.why_not != NULL)
        return filled;
    uint32_t n_slots = part->plan->layout.n_slots;
    struct oh_beside_row *rows = OH_NEW_ARRAY(part->arena, n_slots, struct oh_beside_row);
    filled.is_counted = part->is_counted = oh_part_is_counted(part);
    for (uint32_t r = 0; r < n_slots; r++)
        filled.n_rows += fill_row(part, r, &rows[filled.n_rows]);
    filled.rows = rows;
    oh_beside_sum_up(&filled);
    return filled;
}

static bool is_one_team(const struct oh_plan *plan, const struct oh_teams *teams) {
    for (uint32_t t = 1; t < plan->n_types; t++)
        if (teams->of_type[t] != teams->of_type[0])
            return false;
    return plan->n_types > 0 && oh_team_shares_all(plan, teams, teams->of_type[0]);
}

const struct oh_beside *oh_beside_formulas_of(const struct oh_plan *plan,
                                              const struct oh_summary *summary,
                                              struct oh_arena *arena) {
    struct oh_teams teams = oh_teams_of(plan, arena);
    bool is_whole = is_one_team(plan, &teams);
    struct oh_beside *beside = OH_NEW(arena, struct oh_beside);
    beside->n_parts = is_whole ? 1 : plan->n_types;
    struct oh_beside_part *parts = OH_NEW_ARRAY(arena, beside->n_parts, struct oh_beside_part);
    for (uint32_t i = 0; i < beside->n_parts; i++) {
        struct oh_part part = {.plan = plan,
                               .teams = &teams,
                               .summary = summary,
                               .arena = arena,
                               .team = teams.of_type[i],
                               .type_ix = is_whole ? OH_NONE : i};
        parts[i] = fill_part(&part);
    }
    beside->parts = parts;
    return beside;
}
