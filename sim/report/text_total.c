/* Sections of the text report on the whole centre: contacts, waits, service levels, queue. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/text.h"
#include "report/writers.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* ---- contacts ---- */

struct outcome {
    const char *id, *label;
    const char
        *share_id; /* the metric that is this outcome's share; NULL if it has none of its own */
    bool always;   /* told even if it never happened */
};

/* Outcomes of those who did not want a person, or of whom it is not known yet. */
static const struct outcome aside[] = {
    {"closed", "outside opening hours", NULL, false},
    {"hung_up", "hung up in the menu", NULL, false},
    {"self_served", "self-served", NULL, false},
    {"unfinished", "still waiting when the run ended", NULL, false},
};

static const struct outcome sought[] = {
    {"answered", "answered", "reached", true},
    {"blocked", "blocked: no line free", "blocking", false},
    {"disconnected", "disconnected: queue full", "disconnection", false},
    {"cut_off", "cut off: waited too long", "disconnection", false},
    {"balked", "balked", "share.balked", false},
    {"abandoned", "abandoned", "abandonment", true},
    {"message", "left a message", "share.message", false},
    {"callback_lost", "call-back lost", "share.callback_lost", false},
    {"dropped", "dropped at close", "share.dropped", false},
};

static const struct outcome delayed = {"delayed", "had to wait, in all", "share.delayed", false};

static double sum_of(const struct oh_text_report *report, const struct outcome *outcomes,
                     size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double value = oh_text_total_value(report, outcomes[i].id);
        sum += isnan(value) ? 0 : value;
    }
    return sum;
}

/* The metric's interval where the metric is this very share: `disconnection` is that of two outcomes. */
static struct oh_estimate share_of(struct oh_text_report *report, const struct outcome *outcome,
                                   double count, double of) {
    struct oh_estimate share = {of > 0 ? count / of : NAN, NAN, NAN};
    if (outcome->share_id == NULL)
        return share;
    struct oh_estimate metric =
        oh_text_estimate(report, &report->summary->total, outcome->share_id);
    return fabs(metric.value - share.value) <= 1e-9 ? metric : share;
}

static void add_outcome(struct oh_text_report *report, struct oh_table *table,
                        const struct outcome *outcome, double of) {
    const struct oh_scope *total = &report->summary->total;
    struct oh_estimate count = oh_text_estimate(report, total, outcome->id);
    if (isnan(count.value) || (count.value == 0 && !outcome->always))
        return;
    oh_table_add(table, outcome->label, NULL);
    oh_text_add_said(table, oh_say(&count, OH_M_CONTACTS));
    if (isnan(of)) {
        oh_table_add(table, "", NULL);
        return;
    }
    struct oh_estimate share = share_of(report, outcome, count.value, of);
    oh_text_add_said(table, oh_say(&share, OH_M_SHARE));
}

static void add_whole(struct oh_table *table, const char *label, struct oh_said count,
                      bool is_whole) {
    oh_table_add(table, label, NULL);
    oh_text_add_said(table, count);
    oh_table_add(table, is_whole ? "100%" : "", is_whole ? "" : NULL);
}

void oh_text_contacts(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    struct oh_estimate offered = oh_text_estimate(report, total, "offered");
    struct oh_estimate wanted = {sum_of(report, sought, N_OF(sought)), NAN, NAN};
    bool has_aside = sum_of(report, aside, N_OF(aside)) > 0;

    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, "Contacts", NULL);
    oh_table_add(&table, report->summary->replications == 1 ? "number" : "per replication", "");
    oh_table_add(&table, "share", "");
    add_whole(&table, "offered", oh_say(&offered, OH_M_CONTACTS), offered.value > 0 && !has_aside);
    for (size_t i = 0; i < N_OF(aside); i++)
        add_outcome(report, &table, &aside[i], NAN);
    if (has_aside)
        add_whole(&table, "wanted a person", oh_say(&wanted, OH_M_CONTACTS), true);
    for (size_t i = 0; i < N_OF(sought); i++)
        add_outcome(report, &table, &sought[i], wanted.value);
    add_outcome(report, &table, &delayed, wanted.value);
    oh_text_table(report, &table);
}

/* ---- waits ---- */

struct statistic {
    const char *suffix, *label;
    bool verbose;    /* left out of the short report */
    bool is_maximum; /* of a replication; over several, the mean of their maxima */
};
static const struct statistic statistics[] = {
    {"mean", "average", false, false},  {"p50", "50% within", false, false},
    {"p80", "80% within", true, false}, {"p90", "90% within", false, false},
    {"p95", "95% within", true, false}, {"p99", "99% within", false, false},
    {"max", "longest", false, true},
};
static const char *const wait_families[] = {"wait_answered", "wait_abandoned", "wait_all",
                                            "wait_total"};
static const char *const wait_labels[] = {"answered", "abandoned", "all", "with transfers"};

static const char *id_of(char *buffer, size_t size, const char *family, const char *suffix) {
    snprintf(buffer, size, "%s.%s", family, suffix);
    return buffer;
}

/* Of those who waited in vain there may be none, and then "all" is the answered over again; and so are waits in all
 * queues where nobody queued again. */
static size_t choose_families(const struct oh_text_report *report, const char **families,
                              const char **labels) {
    size_t n = 0;
    char id[64];
    for (size_t i = 0; i < N_OF(wait_families); i++) {
        double mean = oh_text_total_value(report, id_of(id, sizeof id, wait_families[i], "mean"));
        bool is_repeated = mean == oh_text_total_value(report, "wait_answered.mean");
        if (isnan(mean) || (is_repeated && (i == 3 || (i == 2 && n < 2))))
            continue;
        families[n] = wait_families[i];
        labels[n++] = wait_labels[i];
    }
    return n;
}

static void add_statistic(struct oh_text_report *report, struct oh_table *table,
                          const char *const *families, size_t n, const char *suffix,
                          const char *label, enum oh_metric_unit unit) {
    char id[64];
    if (!oh_text_is_measured(report, &report->summary->total,
                             id_of(id, sizeof id, families[0], suffix)))
        return;
    oh_table_add(table, label, NULL);
    for (size_t f = 0; f < n; f++)
        oh_text_add(report, table, &report->summary->total,
                    id_of(id, sizeof id, families[f], suffix), unit);
}

/* "over_600s" of every tail that the scenario asks for. */
static void add_tails(struct oh_text_report *report, struct oh_table *table,
                      const char *const *families, size_t n) {
    const struct oh_summary *s = report->summary;
    size_t length = strlen(families[0]);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        const char *id = s->uses[u].id;
        if (strncmp(id, families[0], length) != 0 || strncmp(id + length, ".over_", 6) != 0 ||
            !s->total.present[u])
            continue;
        char duration[40], label[64];
        snprintf(label, sizeof label, "over %s",
                 oh_duration_say(s->uses[u].parameter, duration, sizeof duration));
        add_statistic(report, table, families, n, id + length + 1, label, OH_M_SHARE);
    }
}

void oh_text_waits(struct oh_text_report *report) {
    const char *families[N_OF(wait_families)], *labels[N_OF(wait_families)];
    size_t n = choose_families(report, families, labels);
    if (n == 0)
        return;
    if (oh_text_total_value(report, "wait_all.max") == 0) {
        oh_text_heading(report, "Waits");
        oh_text_sentence(report, "Nobody waited.");
        return;
    }
    struct oh_table table;
    oh_table_init(&table, 1 + n);
    oh_table_add(&table, "Waits", NULL);
    for (size_t f = 0; f < n; f++)
        oh_table_add(&table, labels[f], "");
    for (size_t i = 0; i < N_OF(statistics); i++)
        if (report->options->verbose || !statistics[i].verbose)
            add_statistic(report, &table, families, n, statistics[i].suffix,
                          statistics[i].is_maximum && report->summary->replications > 1
                              ? "longest, mean of runs"
                              : statistics[i].label,
                          OH_M_SECONDS);
    add_tails(report, &table, families, n);
    oh_text_table(report, &table);
}

/* ---- service levels ---- */

static const char *service_level_heading(const struct oh_text_report *report, char *buffer,
                                         size_t size) {
    double within = report->summary->total.answer_within_s;
    char duration[40];
    if (!(within >= 0))
        snprintf(buffer, size, "Service level, each type with its own time");
    else
        snprintf(buffer, size, "Service level, within %s",
                 oh_duration_say(within, duration, sizeof duration));
    return buffer;
}

static const char *service_level_id(char *buffer, size_t size, int formula) {
    return id_of(buffer, size, "service_level", oh_formula_name((enum oh_formula)formula));
}

static void add_service_level(struct oh_text_report *report, struct oh_table *table, int formula,
                              const char *mark) {
    const struct oh_scope *total = &report->summary->total;
    char id[64], label[64], definition[256];
    int use = oh_summary_use(report->summary, service_level_id(id, sizeof id, formula));
    if (use < 0 || !total->present[use])
        return;
    snprintf(label, sizeof label, "%s%s", mark, oh_formula_name((enum oh_formula)formula));
    oh_table_add(table, label, NULL);
    oh_text_add(report, table, total, id, OH_M_SHARE);
    oh_table_add(table,
                 oh_metric_print_definition(report->summary->uses[use].metric, report->summary->has,
                                            definition, sizeof definition),
                 NULL);
}

/* Each with its definition; the chosen one is marked. */
static void add_all_service_levels(struct oh_text_report *report, struct oh_table *table) {
    const struct oh_scope *total = &report->summary->total;
    for (int formula = 0; formula < OH_N_FORMULAS; formula++) {
        bool is_chosen = total->has_formula && (int)total->formula == formula;
        add_service_level(report, table, formula, is_chosen ? "* " : "  ");
    }
}

/* "By other formulas: answered_only 71.9%, offered 31.0%." */
static void say_other_service_levels(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    struct oh_text sentence = {0};
    for (int formula = 0; formula < OH_N_FORMULAS; formula++) {
        char id[64];
        struct oh_estimate e =
            oh_text_estimate(report, total, service_level_id(id, sizeof id, formula));
        if (isnan(e.value) || (total->has_formula && (int)total->formula == formula))
            continue;
        oh_text_printf(&sentence, "%s%s %s",
                       sentence.length > 0  ? ", "
                       : total->has_formula ? "By other formulas: "
                                            : "In all, by formula: ",
                       oh_formula_name((enum oh_formula)formula), oh_say(&e, OH_M_SHARE).value);
    }
    if (sentence.length > 0) {
        oh_text_puts(&sentence, ".");
        oh_text_sentence(report, sentence.data);
    }
    oh_text_fini(&sentence);
}

void oh_text_service_levels(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    bool is_verbose = report->options->verbose;
    char heading[96];
    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, service_level_heading(report, heading, sizeof heading), NULL);
    oh_table_add(&table, "", NULL);
    oh_table_add(&table, is_verbose && total->has_formula ? "(* chosen)" : "", NULL);
    if (is_verbose)
        add_all_service_levels(report, &table);
    else if (total->has_formula)
        add_service_level(report, &table, (int)total->formula, "");
    if (!is_verbose && !total->has_formula &&
        !isnan(oh_text_total_value(report, "service_level.offered")))
        oh_text_heading(report, heading);
    oh_text_table(report, &table);
    if (!is_verbose)
        say_other_service_levels(report);
    if (total->has_formula)
        oh_text_estimate(report, total, "service_level");
    if (oh_text_is_measured(report, total, "service_level.abandons_negative") &&
        isnan(oh_text_total_value(report, "service_level.abandons_negative")))
        oh_text_sentence(report, "Nobody queued, so there is nothing to judge.");
}

/* ---- queue and lines ---- */

static const struct {
    const char *id, *label;
} levels[] = {
    {"queue_length", "contacts waiting"},
    {"lines_busy", "lines busy"},
    {"busy_agents", "agents busy"},
    {"waiting_to_redial", "customers waiting to redial"},
};

void oh_text_queue(struct oh_text_report *report) {
    const struct oh_scope *total = &report->summary->total;
    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, "At a time", NULL);
    oh_table_add(&table, "average", "");
    oh_table_add(&table, report->summary->replications > 1 ? "most, mean of runs" : "most", "");
    for (size_t i = 0; i < N_OF(levels); i++) {
        char mean[64], max[64];
        id_of(mean, sizeof mean, levels[i].id, "mean");
        id_of(max, sizeof max, levels[i].id, "max");
        if (!(oh_text_total_value(report, mean) > 0))
            continue;
        oh_table_add(&table, levels[i].label, NULL);
        oh_text_add(report, &table, total, mean, OH_M_CONTACTS);
        oh_text_add(report, &table, total, max, OH_M_CONTACTS);
    }
    bool has_rows = table.n > table.columns;
    oh_text_table(report, &table);
    if (report->summary->closes && has_rows)
        oh_text_sentence(report, "Averages, also of agents on duty, include the time after closing "
                                 "until all is finished.");
}

/* ---- all else ---- */

void oh_text_also(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    if (!report->options->verbose)
        return;
    struct oh_table table;
    oh_table_init(&table, 3);
    oh_table_add(&table, "Also measured", NULL);
    oh_table_add(&table, "", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t u = 0; u < s->n_uses; u++) {
        const struct oh_use *use = &s->uses[u];
        if (!s->total.present[u] || report->is_told[u] || isnan(s->total.estimates[u].value))
            continue;
        struct oh_text title = {0};
        oh_use_title_print(use, &title);
        oh_table_add(&table, use->id, NULL);
        oh_text_add_said(&table, oh_say(&s->total.estimates[u], oh_metric_unit_of(use->metric)));
        oh_table_add(&table, title.data, NULL);
        oh_text_fini(&title);
    }
    oh_text_table(report, &table);
}
