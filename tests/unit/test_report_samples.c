#include "test_report_samples.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { MOST_USES = 200 };

struct shape {
    const char *name, *file;
    uint64_t replications;
    const char *const *types, *const *groups; /* each ended by NULL */
    double tail_s;                            /* 0: none */
    uint32_t days, rows_a_day, first_s, row_s;
    bool each_day;
    unsigned has;            /* OH_HAS_... */
    const char *const *only; /* metrics, ended by NULL; NULL: all that there are */
};

static bool is_partial; /* the sample in the making has only some of the metrics */

static uint32_t count_of(const char *const *names) {
    uint32_t n = 0;
    while (names[n] != NULL)
        n++;
    return n;
}

static bool is_among(const char *const *names, const char *name) {
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void add_use(struct oh_summary *s, const struct shape *shape, const struct oh_metric *metric,
                    double parameter) {
    OH_INVARIANT(s->n_uses < MOST_USES);
    struct oh_use *use = (struct oh_use *)&s->uses[s->n_uses];
    use->metric = metric;
    use->parameter = parameter;
    oh_metric_print_id(metric, parameter, use->id, sizeof use->id);
    s->n_uses += shape->only == NULL || is_among(shape->only, use->id);
}

static void add_uses(struct oh_summary *s, const struct shape *shape) {
    const double *percentiles;
    size_t n = oh_metric_percentiles(&percentiles);
    s->uses = OH_NEW_ARRAY(s->arena, MOST_USES, struct oh_use);
    for (size_t m = 0; m < oh_metrics(NULL); m++) {
        const struct oh_metric *metric = oh_metric_row(m);
        enum oh_metric_family family = oh_metric_family_of(metric);
        if ((oh_metric_needs(metric) & ~shape->has) != 0)
            continue;
        if (family == OH_NO_FAMILY)
            add_use(s, shape, metric, 0);
        for (size_t p = 0; p < n && family == OH_PERCENTILES; p++)
            add_use(s, shape, metric, percentiles[p]);
        if (family == OH_TAILS && shape->tail_s > 0)
            add_use(s, shape, metric, shape->tail_s);
    }
}

static void init_scope(struct oh_summary *s, struct oh_scope *scope, const char *name,
                       unsigned wanted) {
    struct oh_estimate *estimates = OH_NEW_ARRAY(s->arena, s->n_uses, struct oh_estimate);
    bool *present = OH_NEW_ARRAY(s->arena, s->n_uses, bool);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        unsigned scopes = oh_metric_scopes(s->uses[u].metric);
        present[u] = (scopes & wanted) == wanted;
        estimates[u] = (struct oh_estimate){NAN, NAN, NAN};
    }
    *scope = (struct oh_scope){.name = name,
                               .estimates = estimates,
                               .present = present,
                               .formula = OH_SL_ABANDONS_NEGATIVE,
                               .has_formula = (wanted & OH_IN_AGENTS) == 0,
                               .answer_within_s = 20,
                               .short_abandon_s = 5};
}

static struct oh_scope *make_scopes(struct oh_summary *s, const char *const *names, uint32_t n,
                                    unsigned wanted) {
    struct oh_scope *scopes = OH_NEW_ARRAY(s->arena, n, struct oh_scope);
    for (uint32_t i = 0; i < n && names[i] != NULL; i++)
        init_scope(s, &scopes[i], names[i], wanted);
    return scopes;
}

static void make_rows(struct oh_summary *s, const struct shape *shape) {
    s->n_rows = shape->days * shape->rows_a_day;
    s->rows = OH_NEW_ARRAY(s->arena, s->n_rows, struct oh_row);
    s->interval_s = shape->row_s;
    s->each_day = shape->each_day;
    for (uint32_t r = 0; r < s->n_rows; r++) {
        struct oh_row *row = &s->rows[r];
        uint32_t day = r / shape->rows_a_day;
        row->day = 1 + day + (shape->days > 7 ? day / 5 * 2 : 0); /* no weekends in long runs */
        row->weekday = (row->day - 1) % 7;
        row->start_s = shape->first_s + r % shape->rows_a_day * shape->row_s;
        row->queue_p10 = row->queue_p90 = NAN;
        init_scope(s, &row->total, "total", OH_IN_TOTAL | OH_IN_INTERVALS);
        row->types = make_scopes(s, shape->types, s->n_types, OH_IN_CONTACTS | OH_IN_INTERVALS);
        row->groups = make_scopes(s, shape->groups, s->n_groups, OH_IN_AGENTS | OH_IN_INTERVALS);
    }
}

static struct oh_summary *make(const struct shape *shape) {
    is_partial = shape->only != NULL;
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *s = OH_NEW(arena, struct oh_summary);
    *s = (struct oh_summary){.arena = arena,
                             .scenario_name = shape->name,
                             .scenario_file = shape->file,
                             .scenario_digest = "00c0ffee00c0ffee",
                             .replications = shape->replications,
                             .replications_asked = shape->replications,
                             .seed = 1,
                             .contacts_simulated = 123456,
                             .confidence = 0.95,
                             .complete = true,
                             .wall_s = 0.25,
                             .has = shape->has,
                             .currency = shape->has & OH_HAS_MONEY ? "USD" : NULL,
                             .n_types = count_of(shape->types),
                             .n_groups = count_of(shape->groups)};
    add_uses(s, shape);
    init_scope(s, &s->total, "total", OH_IN_TOTAL);
    s->types = make_scopes(s, shape->types, s->n_types, OH_IN_CONTACTS);
    s->groups = make_scopes(s, shape->groups, s->n_groups, OH_IN_AGENTS);
    make_rows(s, shape);
    return s;
}

/* With one replication there is no interval, whatever is asked for. */
static void set(struct oh_summary *s, struct oh_scope *scope, const char *id, double value,
                double half) {
    int use = oh_summary_use(s, id);
    if (is_partial && (use < 0 || !scope->present[use]))
        return;
    OH_INVARIANT(use >= 0 && scope->present[use]);
    struct oh_estimate *e = (struct oh_estimate *)&scope->estimates[use];
    *e = (struct oh_estimate){value, value - half, value + half};
    if (s->replications == 1)
        e->low = e->high = NAN;
}

static void set_bound(struct oh_summary *s, struct oh_scope *scope, const char *id, double value,
                      double low, double high) {
    set(s, scope, id, value, 0);
    int use = oh_summary_use(s, id);
    if (use >= 0)
        ((struct oh_estimate *)scope->estimates)[use] = (struct oh_estimate){value, low, high};
}

static double value_of(const struct oh_summary *s, const struct oh_scope *scope, const char *id) {
    int use = oh_summary_use(s, id);
    return use >= 0 ? scope->estimates[use].value : 0;
}

struct setting {
    const char *id;
    double value, half;
};

static void set_all(struct oh_summary *s, struct oh_scope *scope, const struct setting *settings,
                    size_t n) {
    for (size_t i = 0; i < n; i++)
        set(s, scope, settings[i].id, settings[i].value, settings[i].half);
}

/* Outcomes as counts; all that are not named are 0. The shares follow. */
static void set_outcomes(struct oh_summary *s, struct oh_scope *scope,
                         const struct setting *settings, size_t n, bool is_row) {
    static const char *const outcomes[] = {"closed",    "hung_up", "self_served",   "unfinished",
                                           "answered",  "blocked", "disconnected",  "cut_off",
                                           "abandoned", "message", "callback_lost", "dropped",
                                           "balked"};
    static const struct {
        const char *id, *count;
    } shares[] = {{"reached", "answered"},      {"abandonment", "abandoned"},
                  {"blocking", "blocked"},      {"disconnection", "disconnected"},
                  {"share.balked", "balked"},   {"share.message", "message"},
                  {"share.dropped", "dropped"}, {"share.callback_lost", "callback_lost"}};
    double offered = 0, sought = 0;
    for (size_t i = 0; i < N_OF(outcomes); i++)
        set_bound(s, scope, outcomes[i], 0, 0, 3.69 / (double)s->replications);
    set_all(s, scope, settings, n);
    for (size_t i = 0; i < N_OF(outcomes); i++) {
        double count = value_of(s, scope, outcomes[i]);
        offered += count;
        sought += i >= 4 ? count : 0;
    }
    set(s, scope, "offered", offered, offered * 0.002);
    for (size_t i = 0; i < N_OF(shares) && sought > 0; i++) {
        double share = value_of(s, scope, shares[i].count) / sought;
        int use = oh_summary_use(s, shares[i].id);
        if (use < 0 || !scope->present[use])
            OH_INVARIANT(is_row || is_partial);
        else if (share == 0 && s->replications > 1)
            set_bound(s, scope, shares[i].id, 0, 0, 3.69 / (sought * (double)s->replications));
        else
            set(s, scope, shares[i].id, share, 0.002);
    }
}

static void set_service_levels(struct oh_summary *s, struct oh_scope *scope, double answered_only,
                               double reached) {
    static const double factor[OH_N_FORMULAS] = {1, 0.9, 0.95, 0.97, 0.98, 0.96};
    for (int f = 0; f < OH_N_FORMULAS; f++) {
        char id[64];
        snprintf(id, sizeof id, "service_level.%s", oh_formula_name((enum oh_formula)f));
        double level = answered_only * (f == OH_SL_OFFERED ? reached : factor[f]);
        set(s, scope, id, level, 0.003);
        if (f == (int)scope->formula && scope->has_formula)
            set(s, scope, "service_level", level, 0.003);
    }
}

/* A wait of this mean whose shape is near to exponential, cut at `most`. */
static void set_waits(struct oh_summary *s, struct oh_scope *scope, const char *family, double mean,
                      double half, double most) {
    static const struct {
        const char *suffix;
        double of_mean;
    } statistics[] = {{"mean", 1},  {"p50", 0.75}, {"p80", 1.6}, {"p90", 2.1},
                      {"p95", 2.8}, {"p99", 4.2},  {"max", 8}};
    for (size_t i = 0; i < N_OF(statistics); i++) {
        char id[64];
        snprintf(id, sizeof id, "%s.%s", family, statistics[i].suffix);
        double times = statistics[i].of_mean;
        set(s, scope, id, fmin(mean * times, most), half * times);
    }
}

/* Shares of a curve of n even bins up to `most`, as `density` says; the first holds those at 0, too. */
static void add_curve(struct oh_summary *s, const char *id, uint32_t n, double most, double none,
                      double (*density)(double)) {
    struct oh_curve *curve = &s->curves[s->n_curves++];
    double *edges = OH_NEW_ARRAY(s->arena, n + 1, double);
    double *shares = OH_NEW_ARRAY(s->arena, n, double), sum = 0;
    for (uint32_t i = 0; i <= n; i++)
        edges[i] = most * i / n;
    for (uint32_t i = 0; i < n; i++)
        sum += density((i + 0.5) / n);
    for (uint32_t i = 0; i < n; i++)
        shares[i] = (i == 0 ? none : 0) + 0.995 * (1 - none) * density((i + 0.5) / n) / sum;
    *curve = (struct oh_curve){"total", id, n, edges, shares};
}

static double hump(double x) {
    return exp(-40 * (x - 0.62) * (x - 0.62)) + 0.05 * (1 - x);
}
static double slope(double x) {
    return 1.1 - x;
}
static double decay(double x) {
    return exp(-8 * x);
}

/* Busy in the morning, a dent at noon; 1 at the most. */
static double profile(double hour) {
    double morning = exp(-(hour - 10.2) * (hour - 10.2) / 5);
    double afternoon = 0.85 * exp(-(hour - 14.8) * (hour - 14.8) / 7);
    return 0.08 + 0.92 * fmin(1, morning + afternoon);
}

/* Rows of a centre that takes `capacity` contacts an interval; `share_left` of the rest abandon. */
static void set_rows(struct oh_summary *s, double peak, double capacity, double share_left,
                     double agents, double queue) {
    static const double of_weekday[] = {1.15, 1.02, 0.98, 0.95, 0.9, 0.4, 0.3};
    for (uint32_t r = 0; r < s->n_rows; r++) {
        struct oh_row *row = &s->rows[r];
        double load = profile(row->start_s / 3600.0) * of_weekday[row->weekday];
        double offered = peak * load, staff = agents * (0.45 + 0.55 * fmin(1, 1.3 * load));
        double answered = fmin(offered, capacity * staff / agents), left = offered - answered;
        struct setting outcomes[] = {
            {"answered", answered, answered * 0.01},
            {"abandoned", left * share_left, left * share_left * 0.03},
            {"disconnected", left * (1 - share_left), left * (1 - share_left) * 0.03}};
        set_outcomes(s, &row->total, outcomes, N_OF(outcomes), true);
        struct setting others[] = {
            {"service_level", fmax(0, 0.95 - 2 * left / offered), 0.01},
            {"wait_answered.mean", 4 + 1500 * left / offered, 5},
            {"queue_length.mean", 0.2 + queue * left / offered, queue * 0.01},
            {"occupancy", fmin(0.99, offered / (capacity * staff / agents)), 0.005},
            {"on_duty", staff, 0},
            {"scheduled", staff, 0},
            {"busy_agents.mean", staff * fmin(0.99, offered / (capacity * staff / agents)), 0.1}};
        set_all(s, &row->total, others, N_OF(others));
        double mean = value_of(s, &row->total, "queue_length.mean");
        row->queue_p10 = fmax(0, mean * 0.7 - 1);
        row->queue_p90 = mean * 1.35 + 1;
    }
}

static void set_work(struct oh_summary *s, struct oh_scope *scope, double agents, double hours,
                     double busy, double answered) {
    double paid = agents * hours * 3600;
    struct setting work[] = {{"occupancy", busy, 0.001},
                             {"utilization", busy * 0.99, 0.001},
                             {"talk_time", paid * busy * 0.9, paid * 0.001},
                             {"wrap_up_time", paid * busy * 0.09, paid * 0.0005},
                             {"available_time", paid * (1 - busy), paid * 0.001},
                             {"break_time", 0, 0},
                             {"overtime", paid * 0.002, paid * 0.0001},
                             {"paid_time", paid, 0},
                             {"on_duty", agents, 0},
                             {"scheduled", agents, 0},
                             {"busy_agents.mean", agents * busy, agents * 0.001},
                             {"busy_agents.max", agents, 0},
                             {"longest_busy_run", 5400, 60},
                             {"answered", answered, answered * 0.001}};
    set_all(s, scope, work, N_OF(work));
}

static void set_handling(struct oh_summary *s, struct oh_scope *scope, double talk,
                         double wrap_up) {
    set(s, scope, "talk.mean", talk, talk * 0.003);
    set(s, scope, "wrap_up.mean", wrap_up, wrap_up * 0.003);
    set(s, scope, "handle_time.mean", talk + wrap_up, (talk + wrap_up) * 0.003);
}

static void set_people(struct oh_summary *s, struct oh_scope *scope, double customers,
                       double reached, double redials, double pending) {
    double decided = customers - pending;
    struct setting people[] = {{"customers", customers, customers * 0.002},
                               {"customers_reached", reached, reached * 0.002},
                               {"customers_pending", pending, pending * 0.1},
                               {"reached_people", reached / decided, 0.002},
                               {"attempts_per_customer", (customers + redials) / decided, 0.004},
                               {"redials", redials, redials * 0.004},
                               {"hold_time_per_customer", 2140, 14}};
    set_all(s, scope, people, N_OF(people));
    set_waits(s, scope, "time_to_reach", 3100, 31, 1e6);
}

static void set_level(struct oh_summary *s, struct oh_scope *scope, const char *id, double mean,
                      double most) {
    char name[64];
    snprintf(name, sizeof name, "%s.mean", id);
    set(s, scope, name, mean, mean * 0.01);
    snprintf(name, sizeof name, "%s.max", id);
    set(s, scope, name, most, most * 0.02);
}

static const char *const one_type[] = {"taxpayer", NULL}, *const one_group[] = {"assistors", NULL};

static void fill_overload(struct oh_summary *s) {
    struct oh_scope *both[] = {&s->total, &s->types[0]};
    for (size_t i = 0; i < N_OF(both); i++) {
        struct setting outcomes[] = {{"closed", 1200, 30},
                                     {"answered", 431000, 900},
                                     {"disconnected", 402000, 2100},
                                     {"abandoned", 167000, 700}};
        both[i]->answer_within_s = 900;
        both[i]->formula = OH_SL_OFFERED;
        set_outcomes(s, both[i], outcomes, N_OF(outcomes), false);
        set(s, both[i], "delayed", 590000, 1000);
        set(s, both[i], "share.delayed", 0.59, 0.002);
        set_service_levels(s, both[i], 0.31, 0.431);
        set_waits(s, both[i], "wait_answered", 1684, 9, 4800);
        set_waits(s, both[i], "wait_abandoned", 1102, 6, 4700);
        set_waits(s, both[i], "wait_all", 1521, 8, 4800);
        set(s, both[i], "longest_wait", 4800, 12);
        set(s, both[i], "wait_answered.over_1800s", 0.412, 0.004);
        set(s, both[i], "wait_abandoned.over_1800s", 0.183, 0.002);
        set(s, both[i], "wait_all.over_1800s", 0.349, 0.003);
        set_level(s, both[i], "queue_length", 4210, 5800);
        set_level(s, both[i], "waiting_to_redial", 1890, 3900);
        set_handling(s, both[i], 661, 60);
        set_people(s, both[i], 640000, 410000, 361200, 1100);
    }
    set_work(s, &s->total, 1850, 60, 0.987, 431000);
    set_work(s, &s->groups[0], 1850, 60, 0.987, 431000);
    set_handling(s, &s->groups[0], 661, 60);
    set_rows(s, 12500, 4700, 0.3, 1850, 5600);
    s->curves = OH_NEW_ARRAY(s->arena, 2, struct oh_curve);
    add_curve(s, "wait_answered", 80, 4800, 0.0186, hump);
    add_curve(s, "wait_abandoned", 80, 4800, 0, slope);
}

static struct oh_summary *overload(void) {
    struct oh_summary *s = make(&(struct shape){.name = "Tax office, six weeks of winter",
                                                .file = "tax-office.yaml",
                                                .replications = 50,
                                                .types = one_type,
                                                .groups = one_group,
                                                .tail_s = 1800,
                                                .days = 5,
                                                .rows_a_day = 24,
                                                .first_s = 7 * 3600,
                                                .row_s = 1800});
    static struct oh_expectation_result expectations[] = {
        {"contacts.taxpayer.reached",
         "43% ± 1%",
         {0.431, 0.429, 0.433},
         OH_M_SHARE,
         OH_PASS,
         false},
        {"total.wait_answered.mean", "28min ± 5s", {1684, 1675, 1693}, OH_M_SECONDS, OH_PASS, true},
        {"total.abandonment", "at most 10%", {0.167, 0.165, 0.169}, OH_M_SHARE, OH_FAIL, false},
        {"total.wait_abandoned.p50",
         "2min",
         {NAN, NAN, NAN},
         OH_M_SECONDS,
         OH_INCONCLUSIVE,
         false}};
    fill_overload(s);
    s->seed = 2015;
    s->expectations = expectations;
    s->n_expectations = N_OF(expectations);
    return s;
}

static struct oh_summary *stopped(void) {
    static const char *warnings[] = {
        "0.9% of the contacts were unfinished when the run ended, so the waits of the longest "
        "queues are missing; a longer run, or at_close: drop, would count them."};
    struct oh_summary *s = overload();
    s->scenario_variant = "staff-of-2014";
    s->scenario_overrides = "agents.assistors.count=9000\nlines={a: 1, b: 2}";
    s->n_expectations = 0;
    s->complete = false;
    s->replications_asked = 80;
    s->warnings = warnings;
    s->n_warnings = 1;
    return s;
}

static struct oh_summary *one_replication(void) {
    struct oh_summary *s = make(&(struct shape){.name = "One day only",
                                                .file = "day.yaml",
                                                .replications = 1,
                                                .types = one_type,
                                                .groups = one_group,
                                                .tail_s = 1800});
    fill_overload(s);
    return s;
}

/* Many days, each told; and a name that a chart has to break. */
static struct oh_summary *season(void) {
    struct oh_summary *s = make(&(struct shape){
        .name = "A season of 45 working days at a centre whose name is longer than any slide's "
                "heading should be, with \"quotes\", a back\\slash, x_1^{2} & <é>",
        .file = "season.yaml",
        .replications = 8,
        .types = one_type,
        .groups = one_group,
        .tail_s = 1800,
        .days = 45,
        .rows_a_day = 24,
        .first_s = 7 * 3600,
        .row_s = 1800,
        .each_day = true});
    fill_overload(s);
    return s;
}

static struct oh_summary *erlang_c(void) {
    static struct oh_theory_value theory[] = {{"wait_answered.mean", "s", 24.6312},
                                              {"share.delayed", "share", 0.4103},
                                              {"occupancy", "share", 0.9},
                                              {"queue_length.mean", "contacts", 3.6947}};
    static const char *const types[] = {"calls", NULL}, *const groups[] = {"desk", NULL};
    struct oh_summary *s = make(&(struct shape){.name = "A simple queue",
                                                .file = "erlang-c.yaml",
                                                .replications = 20,
                                                .types = types,
                                                .groups = groups,
                                                .days = 1,
                                                .rows_a_day = 48,
                                                .row_s = 1800});
    struct oh_scope *both[] = {&s->total, &s->types[0]};
    for (size_t i = 0; i < N_OF(both); i++) {
        struct setting outcomes[] = {{"answered", 27000, 95}};
        set_outcomes(s, both[i], outcomes, N_OF(outcomes), false);
        set_bound(s, both[i], "reached", 1, 0.999993, 1);
        set(s, both[i], "delayed", 11075, 70);
        set(s, both[i], "share.delayed", 11075 / 27000.0, 0.0016);
        set_service_levels(s, both[i], 0.782, 1);
        set_waits(s, both[i], "wait_answered", 24.61, 0.21, 1e6);
        set_waits(s, both[i], "wait_all", 24.61, 0.21, 1e6);
        set(s, both[i], "longest_wait", 190, 11);
        set_level(s, both[i], "queue_length", 3.63, 42);
        set(s, both[i], "waiting_to_redial.mean", 0, 0);
        set_handling(s, both[i], 150, 30);
        set_people(s, both[i], 27000, 27000, 0, 0);
    }
    set_work(s, &s->total, 10, 50, 0.9003, 27000);
    set_work(s, &s->groups[0], 10, 50, 0.9003, 27000);
    set_rows(s, 400, 400, 1, 10, 20);
    s->theory_model = "M/M/n";
    s->theory = theory;
    s->n_theory = N_OF(theory);
    s->curves = OH_NEW_ARRAY(s->arena, 1, struct oh_curve);
    add_curve(s, "wait_answered", 100, 100, 0.5898, decay);
    return s;
}

static struct oh_summary *loss(void) {
    static const char *const types[] = {"calls", NULL}, *const groups[] = {"desk", NULL};
    struct oh_summary *s = make(&(struct shape){.name = "No queue at all",
                                                .file = "loss.yaml",
                                                .replications = 20,
                                                .types = types,
                                                .groups = groups,
                                                .has = OH_HAS_LINES});
    struct oh_scope *both[] = {&s->total, &s->types[0]};
    for (size_t i = 0; i < N_OF(both); i++) {
        struct setting outcomes[] = {{"answered", 850, 4}, {"blocked", 150, 3}};
        set_outcomes(s, both[i], outcomes, N_OF(outcomes), false);
        set(s, both[i], "delayed", 0, 0);
        set_service_levels(s, both[i], 1, 0.85);
        set_waits(s, both[i], "wait_answered", 0, 0, 0);
        set_waits(s, both[i], "wait_all", 0, 0, 0);
        set(s, both[i], "longest_wait", 0, 0);
        set_level(s, both[i], "queue_length", 0, 0);
        set_handling(s, both[i], 150, 30);
        set_people(s, both[i], 1000, 850, 0, 0);
    }
    set_work(s, &s->total, 10, 50, 0.81, 850);
    set_work(s, &s->groups[0], 10, 50, 0.81, 850);
    set_level(s, &s->total, "lines_busy", 8.1, 10);
    s->curves = OH_NEW_ARRAY(s->arena, 1, struct oh_curve);
    s->curves[s->n_curves++] =
        (struct oh_curve){"total", "wait_answered", 1, OH_NEW_ARRAY(s->arena, 2, double),
                          memcpy(OH_NEW(s->arena, double), &(double){1}, sizeof(double))};
    return s;
}

static struct oh_summary *three_types(void) {
    static const char *const types[] = {"sales", "support", "billing", NULL};
    static const char *const groups[] = {"generalists", "experts", NULL};
    struct oh_summary *s = make(&(struct shape){.name = "Three kinds of calls, two groups",
                                                .file = "three.yaml",
                                                .replications = 100,
                                                .types = types,
                                                .groups = groups,
                                                .days = 1,
                                                .rows_a_day = 20,
                                                .first_s = 8 * 3600,
                                                .row_s = 1800});
    double sums[3] = {0};
    for (uint32_t t = 0; t < s->n_types; t++) {
        double answered = 1200 + 700 * t, abandoned = 40 + 65 * t, message = t == 2 ? 90 : 0;
        struct setting outcomes[] = {
            {"answered", answered, 5}, {"abandoned", abandoned, 2}, {"message", message, 1}};
        s->types[t].answer_within_s = t == 0 ? 10 : 30;
        s->types[t].formula = t == 2 ? OH_SL_OFFERED : OH_SL_ABANDONS_NEGATIVE;
        set_outcomes(s, &s->types[t], outcomes, N_OF(outcomes), false);
        set_service_levels(s, &s->types[t], 0.86 - 0.1 * t, 0.9);
        set_waits(s, &s->types[t], "wait_answered", 11 + 13 * t, 0.4, 1e6);
        set_waits(s, &s->types[t], "wait_abandoned", 31 + 13 * t, 1.4, 1e6);
        set_waits(s, &s->types[t], "wait_all", 12 + 13 * t, 0.4, 1e6);
        set_level(s, &s->types[t], "queue_length", 0.4 + 0.9 * t, 9 + t);
        set_people(s, &s->types[t], answered + abandoned, answered, 0, 0);
        sums[0] += answered;
        sums[1] += abandoned;
        sums[2] += message;
    }
    struct setting outcomes[] = {
        {"answered", sums[0], 9}, {"abandoned", sums[1], 4}, {"message", sums[2], 1}};
    s->total.has_formula = false;
    s->total.answer_within_s = NAN;
    set_outcomes(s, &s->total, outcomes, N_OF(outcomes), false);
    set_service_levels(s, &s->total, 0.77, 0.93);
    set_waits(s, &s->total, "wait_answered", 25.4, 0.3, 1e6);
    set_waits(s, &s->total, "wait_abandoned", 48, 1.1, 1e6);
    set_waits(s, &s->total, "wait_all", 26.8, 0.3, 1e6);
    set(s, &s->total, "delayed", 4110, 12);
    set(s, &s->total, "share.delayed", 4110 / (sums[0] + sums[1] + sums[2]), 0.002);
    set_level(s, &s->total, "queue_length", 3.9, 21);
    set_handling(s, &s->total, 180, 25);
    set_people(s, &s->total, 6600, sums[0], 0, 0);
    set_work(s, &s->total, 52, 10, 0.87, sums[0]);
    set_work(s, &s->groups[0], 38, 10, 0.85, sums[0] * 0.7);
    set_work(s, &s->groups[1], 14, 10, 0.92, sums[0] * 0.3);
    set_handling(s, &s->groups[0], 170, 24);
    set_handling(s, &s->groups[1], 203, 27);
    set_rows(s, 420, 380, 1, 52, 25);
    s->curves = OH_NEW_ARRAY(s->arena, 2, struct oh_curve);
    add_curve(s, "wait_answered", 120, 240, 0.35, decay);
    add_curve(s, "wait_abandoned", 120, 240, 0, slope);
    return s;
}

/* Small enough to be read as JSON. */
static struct oh_summary *two_rows(void) {
    static const char *const only[] = {"offered",
                                       "disconnected",
                                       "abandoned",
                                       "answered",
                                       "reached",
                                       "abandonment",
                                       "wait_answered.mean",
                                       "wait_answered.p90",
                                       "wait_answered.over_1800s",
                                       "service_level",
                                       "talk.mean",
                                       "occupancy",
                                       "on_duty",
                                       "queue_length.mean",
                                       "transferred",
                                       "cost",
                                       NULL};
    struct oh_summary *s = make(&(struct shape){.name = "Two \"rows\", one type",
                                                .file = "two-rows.yaml",
                                                .replications = 10,
                                                .types = one_type,
                                                .groups = one_group,
                                                .tail_s = 1800,
                                                .days = 1,
                                                .rows_a_day = 2,
                                                .first_s = 9 * 3600 + 45,
                                                .row_s = 1800,
                                                .has = OH_HAS_TRANSFERS | OH_HAS_MONEY,
                                                .only = only});
    static struct oh_theory_value theory[] = {{"abandonment", "share", 0.1671}};
    static struct oh_expectation_result expectations[] = {
        {"total.reached", "43% ± 1%", {0.431, 0.429, 0.433}, OH_M_SHARE, OH_PASS, false}};
    fill_overload(s);
    set(s, &s->total, "cost", 45678.25, 120.5);
    for (uint32_t c = 0; c < s->n_curves; c++)
        s->curves[c].n = 3;
    s->theory_model = "M/M/n+M";
    s->theory = theory;
    s->n_theory = N_OF(theory);
    s->expectations = expectations;
    s->n_expectations = N_OF(expectations);
    return s;
}

/* Too many for a column each. */
static struct oh_summary *many_types(void) {
    static const char *const types[] = {"orders",     "returns",           "invoices_and_reminders",
                                        "complaints", "change_of_address", "technical_support",
                                        NULL};
    static const char *const groups[] = {"north", "south", "east", "west", "night", NULL};
    struct oh_summary *s = make(&(struct shape){.name = "Six kinds of calls",
                                                .file = "six.yaml",
                                                .replications = 20,
                                                .types = types,
                                                .groups = groups});
    for (uint32_t t = 0; t < s->n_types; t++) {
        struct setting outcomes[] = {{"answered", 300 + 10 * t, 5}, {"abandoned", 20 + t, 2}};
        set_outcomes(s, &s->types[t], outcomes, N_OF(outcomes), false);
        set_service_levels(s, &s->types[t], 0.86, 0.9);
        set_waits(s, &s->types[t], "wait_answered", 21 + t, 0.4, 1e6);
    }
    struct setting outcomes[] = {{"answered", 1950, 9}, {"abandoned", 135, 4}};
    set_outcomes(s, &s->total, outcomes, N_OF(outcomes), false);
    set_service_levels(s, &s->total, 0.86, 0.93);
    set_waits(s, &s->total, "wait_answered", 23.5, 0.3, 1e6);
    set_work(s, &s->total, 50, 10, 0.87, 1950);
    for (uint32_t g = 0; g < s->n_groups; g++)
        set_work(s, &s->groups[g], 10, 10, 0.87, 390);
    return s;
}

/* Round the clock, quiet nights. */
static struct oh_summary *overnight(void) {
    struct oh_summary *s = make(&(struct shape){.name = "Emergency line",
                                                .file = "emergency.yaml",
                                                .replications = 50,
                                                .types = one_type,
                                                .groups = one_group,
                                                .tail_s = 1800,
                                                .days = 7,
                                                .rows_a_day = 48,
                                                .row_s = 1800});
    fill_overload(s);
    return s;
}

static struct oh_summary *nothing(void) {
    struct oh_summary *s = make(&(struct shape){.name = "Nobody calls",
                                                .file = "quiet.yaml",
                                                .replications = 20,
                                                .types = one_type,
                                                .groups = one_group});
    set_outcomes(s, &s->total, NULL, 0, false);
    set_outcomes(s, &s->types[0], NULL, 0, false);
    return s;
}

/* All that may happen beside queue and talk; matters that take weeks. */
static struct oh_summary *whole_way(void) {
    static const char *const types[] = {"calls", "experts", NULL}, *const groups[] = {"team", NULL};
    struct oh_summary *s = make(
        &(struct shape){.name = "A way through the centre",
                        .file = "way.yaml",
                        .replications = 20,
                        .types = types,
                        .groups = groups,
                        .has = OH_HAS_LINES | OH_HAS_TRANSFERS | OH_HAS_MATTER | OH_HAS_CALLBACKS |
                               OH_HAS_ESTIMATES | OH_HAS_MONEY | OH_HAS_EXCLUSIONS});
    struct oh_scope *both[] = {&s->total, &s->types[0]};
    for (size_t i = 0; i < N_OF(both); i++) {
        struct setting outcomes[] = {{"answered", 4000, 20},
                                     {"hung_up", 200, 6},
                                     {"self_served", 1000, 12},
                                     {"abandoned", 600, 15},
                                     {"callback_lost", 40, 3}};
        struct setting way[] = {{"callbacks", 400, 11},
                                {"callback_share", 400 / 4640.0, 0.002},
                                {"callback_delay.mean", 1250, 40},
                                {"callback_delay.p90", 2700, 110},
                                {"callback_delay.max", 5000, 300},
                                {"estimate.bias", -12, 1.4},
                                {"estimate.error", 41, 2},
                                {"customers_resolved", 2900, 21},
                                {"resolved_people", 2900 / 3600.0, 0.003},
                                {"first_contact_resolution", 0.64, 0.004},
                                {"contacts_per_resolution", 4000 / 2900.0, 0.01},
                                {"time_to_resolution.mean", 6480000, 130000},
                                {"time_to_resolution.p90", 15120000, 400000},
                                {"hold_time_per_customer", 310, 6},
                                {"lost_customers", 340, 8},
                                {"lost_customers.share", 340 / 3600.0, 0.002},
                                {"cost.contacts", 260, 1.25},
                                {"cost.lost_customers", 51000, 1200},
                                {"revenue", 34800, 250}};
        set_outcomes(s, both[i], outcomes, N_OF(outcomes), false);
        set_service_levels(s, both[i], 0.7, 0.86);
        set_waits(s, both[i], "wait_answered", 95, 3, 1e6);
        set_waits(s, both[i], "wait_abandoned", 140, 5, 1e6);
        set_waits(s, both[i], "wait_all", 101, 3, 1e6);
        set_waits(s, both[i], "wait_total", 122, 4, 1e6);
        set_level(s, both[i], "queue_length", 6.1, 31);
        set_people(s, both[i], 3600, 3400, 1240, 30);
        set_all(s, both[i], way, N_OF(way));
    }
    struct oh_scope *later[] = {&s->total, &s->types[1]};
    for (size_t i = 0; i < N_OF(later); i++) {
        struct setting legs[] = {{"transferred", 500, 9},   {"leg_answered", 430, 8},
                                 {"leg_abandoned", 65, 4},  {"leg_blocked", 12, 2},
                                 {"leg_wait.mean", 150, 9}, {"conferences", 0, 0}};
        set_all(s, later[i], legs, N_OF(legs));
    }
    struct setting money[] = {{"cost", 51000 + 260 + 6560 + 96, 1210},
                              {"cost.agents", 6560, 0},
                              {"cost.lines", 96, 0.5},
                              {"profit", 34800 - 57916, 1250},
                              {"cost_per_contact", 57916 / 4000.0, 0.31},
                              {"cost_per_customer", 57916 / 3600.0, 0.35},
                              {"cost_per_resolution", 57916 / 2900.0, 0.42}};
    set_all(s, &s->total, money, N_OF(money));
    set(s, &s->groups[0], "cost.agents", 6560, 0);
    set_level(s, &s->total, "lines_busy", 26, 61);
    set_work(s, &s->total, 20, 8, 0.93, 4000);
    set_work(s, &s->groups[0], 20, 8, 0.93, 4430);
    return s;
}

const struct sample samples[] = {
    {"overload", overload},
    {"stopped", stopped},
    {"one_replication", one_replication},
    {"season", season},
    {"erlang_c", erlang_c},
    {"loss", loss},
    {"nothing", nothing},
    {"three_types", three_types},
    {"two_rows", two_rows},
    {"many_types", many_types},
    {"overnight", overnight},
    {"whole_way", whole_way},
    {NULL, NULL},
};

struct oh_summary *sample_make(const char *name) {
    for (const struct sample *sample = samples; sample->name != NULL; sample++)
        if (strcmp(sample->name, name) == 0)
            return sample->make();
    return NULL;
}
