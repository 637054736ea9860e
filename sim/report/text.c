/* The text report: the headline, then section after section, each in a function of its own. */
#include "report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/writers.h"

enum { LINE_WIDTH = 100, SENTENCE_INDENT = 2 };

const char *oh_text_bold(const struct oh_text_report *report) {
    return report->options->color ? "\033[1m" : "";
}

const char *oh_text_red(const struct oh_text_report *report) {
    return report->options->color ? "\033[31m" : "";
}

const char *oh_text_plain(const struct oh_text_report *report) {
    return report->options->color ? "\033[0m" : "";
}

bool oh_text_is_measured(const struct oh_text_report *report, const struct oh_scope *scope,
                         const char *id) {
    int use = oh_summary_use(report->summary, id);
    return use >= 0 && scope->present[use];
}

struct oh_estimate oh_text_estimate(struct oh_text_report *report, const struct oh_scope *scope,
                                    const char *id) {
    int use = oh_summary_use(report->summary, id);
    if (use < 0 || !scope->present[use])
        return (struct oh_estimate){NAN, NAN, NAN};
    if (scope == &report->summary->total)
        report->is_told[use] = true;
    return scope->estimates[use];
}

double oh_text_total_value(const struct oh_text_report *report, const char *id) {
    int use = oh_summary_use(report->summary, id);
    return use >= 0 && report->summary->total.present[use]
               ? report->summary->total.estimates[use].value
               : NAN;
}

void oh_text_add_said(struct oh_table *table, struct oh_said said) {
    oh_table_add(table, said.value, said.margin);
}

void oh_text_add(struct oh_text_report *report, struct oh_table *table,
                 const struct oh_scope *scope, const char *id, enum oh_metric_unit unit) {
    struct oh_estimate estimate = oh_text_estimate(report, scope, id);
    oh_text_add_said(table, oh_say(&estimate, unit));
}

void oh_text_table(struct oh_text_report *report, struct oh_table *table) {
    if (table->n > table->columns) {
        oh_text_puts(report->to, "\n");
        oh_table_print(table, true, oh_text_bold(report), oh_text_plain(report), report->to);
    }
    oh_table_fini(table);
}

void oh_text_heading(struct oh_text_report *report, const char *heading) {
    oh_text_printf(report->to, "\n%s%s%s\n", oh_text_bold(report), heading, oh_text_plain(report));
}

void oh_text_sentence(struct oh_text_report *report, const char *sentence) {
    size_t column = 0;
    for (const char *word = sentence; *word != '\0';) {
        size_t bytes = strcspn(word, " "), width = oh_utf8_length(word, bytes);
        if (column > 0 && column + 1 + width > LINE_WIDTH) {
            oh_text_puts(report->to, "\n");
            column = 0;
        }
        const char *gap = column == 0 ? "    " : " ";
        size_t indent = column == 0 ? SENTENCE_INDENT : 1;
        oh_text_append(report->to, gap, indent);
        oh_text_append(report->to, word, bytes);
        column += indent + width;
        word += bytes;
        word += strspn(word, " ");
    }
    oh_text_puts(report->to, "\n");
}

static struct oh_estimate total_of(const struct oh_summary *summary, const char *id) {
    int use = oh_summary_use(summary, id);
    if (use < 0 || !summary->total.present[use])
        return (struct oh_estimate){NAN, NAN, NAN};
    return summary->total.estimates[use];
}

/* "(±0.2 points, ±9 s; 50 replications)" */
static void print_precision(const struct oh_summary *summary, const char *share, const char *wait,
                            struct oh_text *to) {
    bool is_cut = summary->batches > 1;
    if (summary->replications == 1 && !is_cut) {
        oh_text_printf(to, " (1 replication: no interval%s)",
                       summary->complete ? "" : ", stopped early");
        return;
    }
    bool is_margin = strncmp(share, "\xC2\xB1", 2) == 0;
    oh_text_printf(to, " (%s%s", share, is_margin ? " points" : "");
    oh_text_printf(to, "%s%s", share[0] != '\0' && wait[0] != '\0' ? ", " : "", wait);
    oh_text_printf(to, "%s%llu %s%s)", share[0] != '\0' || wait[0] != '\0' ? "; " : "",
                   (unsigned long long)(is_cut ? summary->batches : summary->replications),
                   is_cut ? "batches" : "replications", summary->complete ? "" : ", stopped early");
}

static void print_headline(const struct oh_summary *summary, struct oh_text *to) {
    struct oh_estimate reached = total_of(summary, "reached");
    struct oh_estimate mean = total_of(summary, "wait_answered.mean");
    if (summary->replications == 0) {
        oh_text_puts(to, "no replication was finished: there is nothing to report");
        return;
    }
    oh_say_headline(&reached, &mean, total_of(summary, "unfinished").value,
                    total_of(summary, "offered").value, to);
    print_precision(summary, oh_say(&reached, OH_M_SHARE).margin,
                    mean.value > 0 ? oh_say(&mean, OH_M_SECONDS).margin : "", to);
}

const char *oh_headline_print(const struct oh_summary *summary, char *buffer, size_t size) {
    struct oh_text text = {0};
    print_headline(summary, &text);
    size_t n = text.length < size ? text.length : size - 1;
    memcpy(buffer, text.data, n);
    buffer[n] = '\0';
    oh_text_fini(&text);
    return buffer;
}

/* ", with agents.desk.count=3, lines=40" */
static void print_overrides(const char *overrides, struct oh_text *to) {
    for (const char *line = overrides; line != NULL; line = strchr(line, '\n')) {
        line += line != overrides;
        oh_text_puts(to, line == overrides ? ", with " : ", ");
        oh_text_append(to, line, strcspn(line, "\n"));
    }
}

static void print_origin(struct oh_text_report *report) {
    const struct oh_summary *s = report->summary;
    struct oh_text *to = report->to;
    char number[40];
    oh_text_printf(to, "\n%s", s->scenario_name);
    if (s->scenario_variant != NULL)
        oh_text_printf(to, ", variant %s", s->scenario_variant);
    print_overrides(s->scenario_overrides, to);
    oh_text_printf(to, "\n%s, seed %llu, %llu replication%s", s->scenario_file,
                   (unsigned long long)s->seed, (unsigned long long)s->replications,
                   s->replications == 1 ? "" : "s");
    if (s->batches > 1)
        oh_text_printf(to, " in %u batches", s->batches);
    if (s->replications > 1 || s->batches > 1)
        oh_text_printf(to, ", %s%% intervals",
                       oh_number_print(100 * s->confidence, 12, number, sizeof number));
    oh_text_printf(to, ", %s contacts simulated",
                   oh_count_say((double)s->contacts_simulated, number, sizeof number));
    if (report->options->verbose && s->wall_s > 0)
        oh_text_printf(to, " in %s", oh_duration_say(s->wall_s, number, sizeof number));
    oh_text_puts(to, "\n");
}

typedef void section_fn(struct oh_text_report *report);
static section_fn *const sections[] = {
    oh_text_contacts,     oh_text_waits,    oh_text_service_levels, oh_text_callbacks,
    oh_text_estimates,    oh_text_queue,    oh_text_agents,         oh_text_people,
    oh_text_types,        oh_text_legs,     oh_text_money,          oh_text_also,
    oh_text_rows,         oh_text_theory,   oh_text_controls,       oh_text_precisions,
    oh_text_expectations, oh_text_warnings,
};

static void print_report(const struct oh_summary *summary, const struct oh_report_options *options,
                         struct oh_text *to) {
    struct oh_text_report report = {summary, options, to,
                                    oh_calloc(summary->n_uses + 1, sizeof(bool))};
    oh_text_puts(to, oh_text_bold(&report));
    print_headline(summary, to);
    oh_text_printf(to, "%s\n", oh_text_plain(&report));
    print_origin(&report);
    size_t n = sizeof sections / sizeof sections[0];
    for (size_t i = 0; i < n && summary->replications > 0; i++)
        sections[i](&report);
    free(report.is_told);
}

bool oh_report_text(const struct oh_summary *const *summaries, size_t n, FILE *to,
                    const struct oh_report_options *options) {
    for (size_t i = 0; i < n; i++) {
        struct oh_text text = {0};
        oh_text_puts(&text, i > 0 ? "\n\n" : "");
        print_report(summaries[i], options, &text);
        fwrite(text.data, 1, text.length, to);
        oh_text_fini(&text);
    }
    return fflush(to) == 0 && !ferror(to);
}
