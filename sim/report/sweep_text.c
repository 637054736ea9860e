/* The sweep for people: the headline, then all cells as a table; of one metric over two values, as a matrix. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "report/sweep_text.h"
#include "report/writers.h"

#define NOTHING "\xE2\x80\x93" /* – */

const char *oh_sweep_metric_name(const struct oh_swept *swept) {
    return strncmp(swept->path, "total.", 6) == 0 ? swept->path + 6 : swept->path;
}

/* ---- headline ---- */

static void print_settings(const struct oh_sweep *s, const struct oh_cell_of_sweep *cell,
                           struct oh_text *to) {
    for (uint32_t v = 0; v < s->n_varied; v++)
        oh_text_printf(to, "%s%s=%s", v > 0 ? ", " : "", s->varied[v].path,
                       s->varied[v].texts[cell->value_ix[v]]);
}

/* "service_level: from 40.2% (agents.desk.count=4) to 93.1% (agents.desk.count=8)" */
static void print_span(const struct oh_sweep *s, struct oh_text *to) {
    const struct oh_cell_of_sweep *least = NULL, *most = NULL;
    for (uint32_t c = 0; c < s->n_cells; c++) {
        const struct oh_cell_of_sweep *cell = &s->cells[c];
        if (isnan(cell->estimates[0].value))
            continue;
        if (least == NULL || cell->estimates[0].value < least->estimates[0].value)
            least = cell;
        if (most == NULL || cell->estimates[0].value > most->estimates[0].value)
            most = cell;
    }
    if (least == NULL) {
        oh_text_printf(to, "%s has no value in any cell", oh_sweep_metric_name(&s->swept[0]));
        return;
    }
    oh_text_printf(to, "%s: from %s (", oh_sweep_metric_name(&s->swept[0]),
                   oh_say(&least->estimates[0], s->swept[0].unit).value);
    print_settings(s, least, to);
    oh_text_printf(to, ") to %s (", oh_say(&most->estimates[0], s->swept[0].unit).value);
    print_settings(s, most, to);
    oh_text_puts(to, ")");
}

static void print_headline(struct oh_sweep_page *page) {
    struct oh_text *to = page->report.to;
    oh_text_puts(to, oh_text_bold(&page->report));
    if (page->sweep->goal != NULL)
        oh_goal_print(page->sweep, to);
    else if (page->sweep->tornado != NULL)
        oh_sweep_tornado_headline(page);
    else
        print_span(page->sweep, to);
    oh_text_puts(to, "\n");
    oh_text_puts(to, oh_text_plain(&page->report));
}

static void print_replications(const struct oh_sweep *s, struct oh_text *to) {
    uint64_t least = UINT64_MAX, most = 0;
    for (uint32_t c = 0; c < s->n_cells; c++) {
        uint64_t n = s->cells[c].replications;
        if (n == 0)
            continue;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    if (s->n_cells == 0)
        least = most = s->replications;
    oh_text_printf(to, "%llu", (unsigned long long)least);
    if (most != least)
        oh_text_printf(to, " to %llu", (unsigned long long)most);
    oh_text_printf(to, " replication%s on the same callers", most == 1 ? "" : "s");
}

static void print_origin(struct oh_sweep_page *page) {
    const struct oh_sweep *s = page->sweep;
    struct oh_text *to = page->report.to;
    char number[40];
    oh_text_printf(to, "\n%s\n%s", s->name, s->file);
    if (s->variant != NULL)
        oh_text_printf(to, ", variant %s", s->variant);
    oh_text_printf(to, ", seed %llu, ", (unsigned long long)s->seed);
    print_replications(s, to);
    oh_text_printf(to, ", %s%% intervals%s",
                   oh_number_print(100 * s->confidence, 12, number, sizeof number),
                   s->tornado != NULL ? " that hold for all values together" : "");
    if (page->report.options->verbose && s->wall_s > 0)
        oh_text_printf(to, ", %s", oh_duration_say(s->wall_s, number, sizeof number));
    oh_text_puts(to, "\n");
}

/* ---- tables ---- */

static void add_estimate(struct oh_table *table, const struct oh_cell_of_sweep *cell,
                         const struct oh_estimate *e, enum oh_metric_unit unit) {
    if (cell->replications == 0)
        oh_table_add(table, "", "");
    else
        oh_text_add_said(table, oh_say(e, unit));
}

static const char *note_of(const struct oh_sweep *s, uint32_t c) {
    static const char *const judgements[] = {"", "meets the goal", "fails", "undecided"};
    const struct oh_cell_of_sweep *cell = &s->cells[c];
    if (cell->replications == 0)
        return s->goal != NULL ? "" : "not run";
    if (!cell->complete)
        return "stopped early";
    if (s->goal != NULL)
        return judgements[s->goal->judged[c]];
    return cell->is_precise ? "" : "less precise than asked for";
}

/* Of a search only what was looked at. */
static bool is_shown(const struct oh_sweep *s, const struct oh_cell_of_sweep *cell) {
    return s->goal == NULL || cell->replications > 0;
}

static bool has_one_size(const struct oh_sweep *s) {
    for (uint32_t c = 1; c < s->n_cells; c++)
        if (s->cells[c].replications != s->cells[0].replications)
            return false;
    return true;
}

static void print_list(struct oh_sweep_page *page) {
    const struct oh_sweep *s = page->sweep;
    struct oh_table table;
    char number[40];
    bool tells_size = !has_one_size(s);
    oh_table_init(&table, s->n_varied + s->n_swept + tells_size + 1);
    for (uint32_t v = 0; v < s->n_varied; v++)
        oh_table_add(&table, s->varied[v].path, NULL);
    for (uint32_t i = 0; i < s->n_swept; i++)
        oh_table_add(&table, oh_sweep_metric_name(&s->swept[i]), NULL);
    if (tells_size)
        oh_table_add(&table, "replications", "");
    oh_table_add(&table, "", NULL);
    for (uint32_t c = 0; c < s->n_cells; c++) {
        const struct oh_cell_of_sweep *cell = &s->cells[c];
        if (!is_shown(s, cell))
            continue;
        for (uint32_t v = 0; v < s->n_varied; v++)
            oh_table_add(&table, s->varied[v].texts[cell->value_ix[v]], NULL);
        for (uint32_t i = 0; i < s->n_swept; i++)
            add_estimate(&table, cell, &cell->estimates[i], s->swept[i].unit);
        if (tells_size)
            oh_table_add(&table, oh_count_say((double)cell->replications, number, sizeof number),
                         "");
        oh_table_add(&table, note_of(s, c), NULL);
    }
    oh_text_table(&page->report, &table);
}

static void print_matrix(struct oh_sweep_page *page) {
    const struct oh_sweep *s = page->sweep;
    const struct oh_varied *down = &s->varied[0], *across = &s->varied[1];
    struct oh_table table;
    oh_text_printf(page->report.to, "\n%s, by %s (down) and %s (across)\n",
                   oh_sweep_metric_name(&s->swept[0]), down->path, across->path);
    oh_table_init(&table, 1 + across->n);
    oh_table_add(&table, "", NULL);
    for (uint32_t i = 0; i < across->n; i++)
        oh_table_add(&table, across->texts[i], "");
    for (uint32_t c = 0; c < s->n_cells; c++) {
        const struct oh_cell_of_sweep *cell = &s->cells[c];
        if (cell->value_ix[1] == 0)
            oh_table_add(&table, down->texts[cell->value_ix[0]], NULL);
        if (cell->replications == 0)
            oh_table_add(&table, NOTHING, "");
        else
            add_estimate(&table, cell, &cell->estimates[0], s->swept[0].unit);
    }
    oh_text_table(&page->report, &table);
}

/* ---- the whole ---- */

static void print_stop(struct oh_sweep_page *page) {
    const struct oh_sweep *s = page->sweep;
    struct oh_text text = {0};
    if (!s->complete) {
        oh_text_printf(&text, "%s",
                       s->ending == OH_ENDED_BY_TIME ? "Ended by the limit of time"
                                                     : "Stopped early");
        if (s->n_cells > 0)
            oh_text_printf(&text, ": %lu of %lu cells have results",
                           (unsigned long)oh_sweep_done(s), (unsigned long)s->n_cells);
        oh_text_puts(&text, s->ending == OH_ENDED_BY_TIME
                                ? "; how many replications there are depends on the machine."
                                : ".");
    }
    if (text.length > 0 || s->n_warnings > 0)
        oh_text_heading(&page->report, "Warnings");
    if (text.length > 0)
        oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
    uint32_t most = page->report.options->verbose ? s->n_warnings : 3;
    for (uint32_t i = 0; i < s->n_warnings && i < most; i++)
        oh_text_sentence(&page->report, s->warnings[i]);
    if (s->n_warnings > most) {
        oh_text_printf(&text, "%lu more such warnings; -v tells them.",
                       (unsigned long)(s->n_warnings - most));
        oh_text_sentence(&page->report, text.data);
        oh_text_fini(&text);
    }
}

bool oh_sweep_text(const struct oh_sweep *sweep, FILE *to,
                   const struct oh_report_options *options) {
    struct oh_text text = {0};
    struct oh_sweep_page page = {sweep, {NULL, options, &text, NULL}};
    print_headline(&page);
    print_origin(&page);
    if (sweep->tornado != NULL)
        oh_sweep_tornado_tables(&page);
    else if (sweep->n_varied == 2 && !sweep->is_zipped && sweep->n_swept == 1)
        print_matrix(&page);
    else
        print_list(&page);
    print_stop(&page);
    fputs(text.data, to);
    oh_text_fini(&text);
    return fflush(to) == 0 && !ferror(to);
}
