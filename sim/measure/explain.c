/* What `onhold explain METRIC` prints: title, formula, and the meaning of each word of the formula. */
#include <string.h>

#include "base/text.h"
#include "measure/formula.h"

static void say_word(struct oh_text *text, const struct oh_word *word) {
    oh_text_printf(text, "  %s: %s", word->name, word->meaning);
    if (word->sum != NULL)
        oh_text_printf(text, ": %s", word->sum);
    oh_text_puts(text, "\n");
}

/* The words of a formula, each once, in the order of appearance. */
static void say_words(struct oh_text *text, const char *formula) {
    const struct oh_word *said[OH_MAX_TERMS];
    size_t n = 0;
    for (const char *at = formula; *at != '\0'; at += oh_operator_length(at)) {
        size_t length = oh_word_length(at);
        const struct oh_word *word = oh_word_find(at, length);
        at += length;
        bool is_new = word != NULL && n < OH_MAX_TERMS;
        for (size_t i = 0; i < n; i++)
            is_new &= said[i] != word;
        if (!is_new)
            continue;
        said[n++] = word;
        say_word(text, word);
    }
}

static void say_duration(struct oh_text *text, int64_t us) {
    char buffer[64];
    oh_text_puts(text, oh_duration_say((double)us / 1e6, buffer, sizeof buffer));
}

/* One line: a threshold of each type, or what it is in general. */
static void say_threshold(struct oh_text *text, const char *name, const char *key,
                          const struct oh_layout *layout, size_t offset) {
    oh_text_printf(text, "  %s: %s of the contact type", name, key);
    for (uint32_t t = 0; layout != NULL && t < layout->n_types; t++) {
        oh_text_printf(text, "%s %s ", t == 0 ? ":" : ",", layout->types[t].name);
        say_duration(text, *(const int64_t *)((const char *)&layout->types[t] + offset));
    }
    oh_text_puts(text, "\n");
}

static void say_thresholds(struct oh_text *text, const char *formula,
                           const struct oh_layout *layout) {
    if (strstr(formula, "W") != NULL || strstr(formula, "≤") != NULL ||
        strstr(formula, "over <T>") != NULL)
        oh_text_puts(
            text, "  W: time in queue until an agent takes the attempt or it leaves the queue\n");
    if (strstr(formula, "≤T") != NULL)
        say_threshold(text, "T", "answer_within", layout,
                      offsetof(struct oh_layout_type, answer_within_us));
    if (strstr(formula, "≤S") != NULL)
        say_threshold(text, "S", "short_abandon", layout,
                      offsetof(struct oh_layout_type, short_abandon_us));
    if (strstr(formula, "<T>") != NULL)
        oh_text_puts(text, "  <T>: a threshold of the contact type's tails\n");
}

static void say_formula(struct oh_text *text, const struct oh_metric *metric,
                        const struct oh_layout *layout) {
    struct oh_quotient quotient;
    char definition[256];
    oh_metric_print_definition(metric, layout != NULL ? layout->has : ~0u, definition,
                               sizeof definition);
    oh_quotient_compile(definition, &quotient);
    oh_text_printf(text, "= %s", definition);
    if (quotient.denominator.n > 0)
        oh_text_puts(text, ", each summed over all replications\n");
    else if (quotient.has_condition)
        oh_text_puts(text, ", mean over those replications\n");
    else
        oh_text_puts(text, ", mean per replication\n");
    say_words(text, definition);
    say_thresholds(text, definition, layout);
}

static void say_percentile(struct oh_text *text, const struct oh_metric *metric) {
    oh_text_printf(text,
                   "= %s: the smallest value that this share of all values, of all replications "
                   "together, does not exceed\n",
                   metric->definition);
    const char *over = strstr(metric->definition, " over ");
    if (over != NULL)
        say_words(text, over + strlen(" over "));
    say_thresholds(text, metric->definition, NULL);
}

static void say_chosen(struct oh_text *text, const struct oh_metric *metric,
                       const struct oh_layout *layout) {
    oh_text_printf(text, "= %s\n", metric->definition);
    if (layout == NULL) {
        for (int f = 0; f < OH_N_FORMULAS; f++)
            oh_text_printf(text, "  %s: %s\n", oh_formula_name((enum oh_formula)f),
                           oh_metric_of_formula((enum oh_formula)f)->definition);
        oh_text_puts(text,
                     "  in the total it exists only where all types chose the same formula\n");
        return;
    }
    for (uint32_t t = 0; t < layout->n_types; t++) {
        enum oh_formula formula = layout->types[t].formula;
        oh_text_printf(text, "%s: %s\n", layout->types[t].name, oh_formula_name(formula));
        say_formula(text, oh_metric_of_formula(formula), layout);
    }
    if (!oh_layout_one_formula(layout))
        oh_text_puts(text, "the total has none, as types differ in formula\n");
}

static const char *unit_name(const struct oh_metric *metric, const struct oh_layout *layout) {
    bool has_money = layout != NULL && layout->prices != NULL;
    return oh_metric_unit_in(metric->unit, has_money ? layout->prices->currency : NULL);
}

const char *oh_metric_explain(const struct oh_metric *metric, double parameter,
                              const struct oh_layout *layout, struct oh_arena *arena) {
    char id[64], title[160];
    bool filled = metric->family == OH_NO_FAMILY || parameter > 0;
    struct oh_text text = {0};
    oh_text_printf(&text, "%s (%s): %s\n",
                   filled ? oh_metric_print_id(metric, parameter, id, sizeof id) : metric->id,
                   unit_name(metric, layout),
                   filled ? oh_metric_print_title(metric, parameter, title, sizeof title)
                          : metric->title);
    if (metric->kind == OH_K_PERCENTILE)
        say_percentile(&text, metric);
    else if (metric->kind == OH_K_CHOSEN)
        say_chosen(&text, metric, layout);
    else
        say_formula(&text, metric, layout);
    const char *copy = oh_arena_strdup(arena, text.data);
    oh_text_fini(&text);
    return copy;
}
