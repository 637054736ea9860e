/* Reading the table of metrics: names, families, paths. */
#include "measure/metric.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/text.h"
#include "measure/formula.h"

static const double all_percentiles[] = {0.5, 0.8, 0.9, 0.95, 0.99};

static const char *const unit_names[] = {
    [OH_M_CONTACTS] = "contacts", [OH_M_SHARE] = "share",   [OH_M_SECONDS] = "s",
    [OH_M_RATIO] = "1",           [OH_M_AGENTS] = "agents", [OH_M_MONEY] = "currency",
};

static const char *const formula_names[OH_N_FORMULAS] = {
    [OH_SL_ANSWERED_ONLY] = "answered_only",
    [OH_SL_OFFERED] = "offered",
    [OH_SL_ABANDONS_NEGATIVE] = "abandons_negative",
    [OH_SL_EARLY_ABANDONS_EXCLUDED] = "early_abandons_excluded",
    [OH_SL_ABANDONS_POSITIVE] = "abandons_positive",
    [OH_SL_SHORT_ABANDONS_EXCLUDED] = "short_abandons_excluded",
};

size_t oh_metrics(const struct oh_metric **rows) {
    if (rows != NULL)
        *rows = oh_metric_table;
    return oh_n_metrics;
}

const struct oh_metric *oh_metric_row(size_t ix) {
    OH_ARGUMENT(ix < oh_n_metrics);
    return &oh_metric_table[ix];
}

const char *oh_metric_id(const struct oh_metric *metric) {
    return metric->id;
}

enum oh_metric_unit oh_metric_unit_of(const struct oh_metric *metric) {
    return metric->unit;
}

unsigned oh_metric_scopes(const struct oh_metric *metric) {
    return metric->scopes;
}

unsigned oh_metric_needs(const struct oh_metric *metric) {
    return metric->needs;
}

const char *oh_metric_title(const struct oh_metric *metric) {
    return metric->title;
}

const char *oh_metric_definition(const struct oh_metric *metric) {
    return metric->definition;
}

/* Where no call-back is left out of service levels, nothing need be said of it: "answered≤T / (answered - excluded)" is
 * "answered≤T / answered". */
const char *oh_metric_print_definition(const struct oh_metric *metric, unsigned has, char *buffer,
                                       size_t size) {
    static const char left_out[] = " - excluded";
    const char *text = metric->definition, *at = strstr(text, left_out);
    if (at == NULL || (has & OH_HAS_EXCLUSIONS)) {
        OH_ARGUMENT(strlen(text) < size);
        return strcpy(buffer, text);
    }
    const char *open = strrchr(text, '('), *end = at + strlen(left_out);
    OH_ARGUMENT(open != NULL);
    bool is_alone = memchr(open, ' ', (size_t)(at - open)) == NULL;
    int length = snprintf(buffer, size, "%.*s%.*s%s", (int)(open - text + !is_alone), text,
                          (int)(at - open - 1), open + 1, end + is_alone);
    OH_ARGUMENT(length >= 0 && (size_t)length < size);
    return buffer;
}

enum oh_metric_family oh_metric_family_of(const struct oh_metric *metric) {
    return metric->family;
}

const char *oh_metric_unit_name(enum oh_metric_unit unit) {
    OH_ARGUMENT((size_t)unit < sizeof unit_names / sizeof unit_names[0]);
    return unit_names[unit];
}

double oh_metric_counts_per_unit(enum oh_metric_unit unit) {
    return unit == OH_M_SECONDS || unit == OH_M_MONEY ? 1e6 : 1;
}

const char *oh_metric_unit_in(enum oh_metric_unit unit, const char *currency) {
    return unit == OH_M_MONEY && currency != NULL ? currency : oh_metric_unit_name(unit);
}

const char *oh_formula_name(enum oh_formula formula) {
    OH_ARGUMENT((unsigned)formula < OH_N_FORMULAS);
    return formula_names[formula];
}

size_t oh_metric_percentiles(const double **percentiles) {
    *percentiles = all_percentiles;
    return sizeof all_percentiles / sizeof all_percentiles[0];
}

/* Copies `text` with what stands in angle brackets replaced by the parameter. */
static const char *fill_in(const struct oh_metric *metric, const char *text, double parameter,
                           char *buffer, size_t size) {
    const char *open = strchr(text, '<'), *close = open != NULL ? strchr(open, '>') : NULL;
    char number[32] = "";
    if (close != NULL)
        oh_number_print(metric->family == OH_PERCENTILES ? round(parameter * 100) : parameter, 12,
                        number, sizeof number);
    int length = close == NULL ? snprintf(buffer, size, "%s", text)
                               : snprintf(buffer, size, "%.*s%s%s", (int)(open - text), text,
                                          number, close + 1);
    OH_ARGUMENT(length >= 0 && (size_t)length < size);
    return buffer;
}

const char *oh_metric_print_id(const struct oh_metric *metric, double parameter, char *buffer,
                               size_t size) {
    return fill_in(metric, metric->id, parameter, buffer, size);
}

const char *oh_metric_print_title(const struct oh_metric *metric, double parameter, char *buffer,
                                  size_t size) {
    return fill_in(metric, metric->title, parameter, buffer, size);
}

/* Whether `id` is what the family prints for some parameter. */
static bool is_percentile(const struct oh_metric *metric, const char *id, double *parameter) {
    char printed[64];
    for (size_t i = 0; i < sizeof all_percentiles / sizeof all_percentiles[0]; i++) {
        if (strcmp(id, oh_metric_print_id(metric, all_percentiles[i], printed, sizeof printed)) ==
            0) {
            *parameter = all_percentiles[i];
            return true;
        }
    }
    return false;
}

static bool is_tail(const struct oh_metric *metric, const char *id, double *parameter) {
    size_t prefix = (size_t)(strchr(metric->id, '<') - metric->id), length = strlen(id);
    double tail_s;
    if (length <= prefix || strncmp(id, metric->id, prefix) != 0 ||
        oh_number_parse(id + prefix, length - prefix, &tail_s) == 0 || !isfinite(tail_s))
        return false;
    char printed[64];
    if (strcmp(id, oh_metric_print_id(metric, tail_s, printed, sizeof printed)) != 0)
        return false;
    *parameter = tail_s;
    return true;
}

const struct oh_metric *oh_metric_find(const char *id, double *parameter) {
    *parameter = 0;
    for (size_t i = 0; i < oh_n_metrics; i++) {
        const struct oh_metric *metric = &oh_metric_table[i];
        if ((metric->family == OH_NO_FAMILY && strcmp(id, metric->id) == 0) ||
            (metric->family == OH_PERCENTILES && is_percentile(metric, id, parameter)) ||
            (metric->family == OH_TAILS && is_tail(metric, id, parameter)))
            return metric;
    }
    return NULL;
}

const struct oh_metric *oh_metric_of_formula(enum oh_formula formula) {
    char id[64];
    snprintf(id, sizeof id, "service_level.%s", oh_formula_name(formula));
    double none;
    return oh_metric_find(id, &none);
}

bool oh_layout_one_formula(const struct oh_layout *layout) {
    for (uint32_t t = 1; t < layout->n_types; t++)
        if (layout->types[t].formula != layout->types[0].formula)
            return false;
    return layout->n_types > 0;
}

int oh_layout_tail(const struct oh_layout_type *type, double tail_s) {
    for (uint32_t i = 0; i < type->n_tails; i++)
        if ((double)type->tail_us[i] / 1e6 == tail_s)
            return (int)i;
    return -1;
}

static bool has_tail(const struct oh_layout *layout, unsigned scope, uint32_t ix, double tail_s) {
    if (scope == OH_IN_CONTACTS)
        return oh_layout_tail(&layout->types[ix], tail_s) >= 0;
    for (uint32_t t = 0; t < layout->n_types; t++)
        if (oh_layout_tail(&layout->types[t], tail_s) < 0)
            return false;
    return layout->n_types > 0;
}

enum oh_path_status oh_metric_belongs(const struct oh_metric *metric, double parameter,
                                      const struct oh_layout *layout, unsigned scope, uint32_t ix) {
    if ((metric->scopes & scope) == 0)
        return OH_PATH_NOT_HERE;
    if ((metric->needs & layout->has) != metric->needs)
        return OH_PATH_NOT_FED;
    if (metric->family == OH_TAILS && !has_tail(layout, scope, ix, parameter))
        return OH_PATH_NO_TAIL;
    if (metric->kind == OH_K_CHOSEN && scope == OH_IN_TOTAL && !oh_layout_one_formula(layout))
        return OH_PATH_MIXED;
    return OH_PATH_OK;
}

/* "NAME.rest" behind a prefix: the rest, if NAME is `name`. */
static const char *behind_name(const char *text, const char *name) {
    size_t length = strlen(name);
    return strncmp(text, name, length) == 0 && text[length] == '.' ? text + length + 1 : NULL;
}

static const char *find_scope(const char *path, const struct oh_layout *layout,
                              struct oh_metric_path *found) {
    const char *rest = behind_name(path, "total"), *id;
    if (rest != NULL) {
        found->scope = OH_IN_TOTAL;
        return rest;
    }
    if ((rest = behind_name(path, "contacts")) != NULL) {
        found->scope = OH_IN_CONTACTS;
        for (found->ix = 0; found->ix < layout->n_types; found->ix++)
            if ((id = behind_name(rest, layout->types[found->ix].name)) != NULL)
                return id;
    } else if ((rest = behind_name(path, "agents")) != NULL) {
        found->scope = OH_IN_AGENTS;
        for (found->ix = 0; found->ix < layout->n_groups; found->ix++)
            if ((id = behind_name(rest, layout->group_names[found->ix])) != NULL)
                return id;
    }
    return NULL;
}

enum oh_path_status oh_metric_path(const char *path, const struct oh_layout *layout,
                                   struct oh_metric_path *found) {
    *found = (struct oh_metric_path){0};
    const char *id = find_scope(path, layout, found);
    if (id == NULL) {
        *found = (struct oh_metric_path){0};
        return OH_PATH_NO_SCOPE;
    }
    found->id = id;
    found->metric = oh_metric_find(id, &found->parameter);
    if (found->metric == NULL)
        return OH_PATH_NO_METRIC;
    return oh_metric_belongs(found->metric, found->parameter, layout, found->scope, found->ix);
}
