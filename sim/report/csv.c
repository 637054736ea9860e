/* The CSV result in long form, one line a value, quoted as RFC 4180 says; lines end in a line feed alone. Values that
 * do not exist are empty. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/writers.h"

enum { DIGITS = 12 };

/* What stands in the first five columns. */
struct place {
    const struct oh_summary *summary;
    const char *scope, *name, *day, *start;
};

void oh_csv_put_field(const char *text, FILE *to) {
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, to);
        return;
    }
    fputc('"', to);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputc('"', to);
}

static void put_scenario(const struct oh_summary *s, FILE *to) {
    if (s->scenario_variant == NULL) {
        oh_csv_put_field(s->scenario_name, to);
        return;
    }
    struct oh_text text = {0};
    oh_text_printf(&text, "%s, variant %s", s->scenario_name, s->scenario_variant);
    oh_csv_put_field(text.data, to);
    oh_text_fini(&text);
}

void oh_csv_put_number(double value, FILE *to) {
    char number[40];
    fputc(',', to);
    if (isfinite(value))
        fputs(oh_number_print(value, DIGITS, number, sizeof number), to);
}

static void put_line(const struct place *place, const struct oh_use *use,
                     const struct oh_estimate *e, FILE *to) {
    const char *fields[] = {place->scope, place->name, place->day, place->start, use->id};
    put_scenario(place->summary, to);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        fputc(',', to);
        oh_csv_put_field(fields[i], to);
    }
    oh_csv_put_number(e->value, to);
    oh_csv_put_number(e->low, to);
    oh_csv_put_number(e->high, to);
    fprintf(to, ",%s\n", oh_summary_unit(place->summary, oh_metric_unit_of(use->metric)));
}

static void put_scope(struct place place, const char *kind, const char *name,
                      const struct oh_scope *scope, FILE *to) {
    place.scope = kind;
    place.name = name;
    for (uint32_t u = 0; u < place.summary->n_uses; u++)
        if (scope->present[u])
            put_line(&place, &place.summary->uses[u], &scope->estimates[u], to);
}

static void put_scopes(struct place place, const struct oh_scope *total,
                       const struct oh_scope *types, const struct oh_scope *groups, FILE *to) {
    put_scope(place, "total", "", total, to);
    for (uint32_t i = 0; i < place.summary->n_types; i++)
        put_scope(place, "contacts", types[i].name, &types[i], to);
    for (uint32_t i = 0; i < place.summary->n_groups; i++)
        put_scope(place, "agents", groups[i].name, &groups[i], to);
}

static void put_row(const struct oh_summary *s, const struct oh_row *row, FILE *to) {
    char day[16], start[16];
    snprintf(day, sizeof day, "%u", row->day);
    struct place place = {s, "", "", s->each_day ? day : oh_weekday_name(row->weekday),
                          oh_clock_print(row->start_s, start, sizeof start)};
    put_scopes(place, &row->total, row->types, row->groups, to);
}

bool oh_report_csv(const struct oh_summary *const *summaries, size_t n, FILE *to,
                   const struct oh_report_options *options) {
    (void)options;
    fputs("scenario,scope,name,day,start,metric,value,low,high,unit\n", to);
    for (size_t i = 0; i < n; i++) {
        const struct oh_summary *s = summaries[i];
        struct place place = {s, "", "", "", ""};
        put_scopes(place, &s->total, s->types, s->groups, to);
        for (uint32_t r = 0; r < s->n_rows; r++)
            put_row(s, &s->rows[r], to);
    }
    return fflush(to) == 0 && !ferror(to);
}
