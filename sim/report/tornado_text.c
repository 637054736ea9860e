/* What single values do to metrics, largest effect first, with bars of text. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "report/compare_text.h"
#include "report/sweep_text.h"

enum { BAR = 16, MOST_WIDTH = 20 };
#define FULL "\xE2\x96\x88" /* █ */

static const struct oh_paired *effect_of(const struct oh_tornado_side *side, uint32_t m) {
    return side->effects != NULL ? &side->effects[m] : NULL;
}

/* A value; of a long one, such as a clock map, only by how much it is changed. */
static const char *value_of(const struct oh_sweep *s, const char *text, const char *sign,
                            char *buffer, size_t size) {
    char number[40];
    if (text == NULL || strlen(text) <= MOST_WIDTH)
        return text != NULL ? text : "";
    if (sign[0] == '\0')
        return "\xE2\x80\xA6"; /* … */
    snprintf(buffer, size, "%s%s%%", sign,
             oh_number_print(100 * s->tornado->by, 6, number, sizeof number));
    return buffer;
}

static void print_most(const struct oh_sweep_page *page, const struct oh_tornado_bar *bar) {
    const struct oh_sweep *s = page->sweep;
    struct oh_text *to = page->report.to;
    const struct oh_paired *less = effect_of(&bar->less, 0), *more = effect_of(&bar->more, 0);
    double of_less = less != NULL ? fabs(less->difference.value) : NAN;
    double of_more = more != NULL ? fabs(more->difference.value) : NAN;
    bool is_less = isnan(of_more) || of_less > of_more;
    const struct oh_estimate *d = is_less && less != NULL ? &less->difference
                                  : more != NULL          ? &more->difference
                                                          : NULL;
    char buffer[64];
    oh_text_printf(to, "%s matters most to %s", bar->path, oh_sweep_metric_name(&s->swept[0]));
    if (d == NULL || isnan(d->value))
        return;
    oh_text_printf(to, ": with %s it is ",
                   is_less ? value_of(s, bar->less.text, "-", buffer, sizeof buffer)
                           : value_of(s, bar->more.text, "+", buffer, sizeof buffer));
    oh_say_size(d->value, (d->high - d->low) / 2, s->swept[0].unit, to);
    oh_text_puts(to, d->value < 0 ? " less" : " more");
}

void oh_sweep_tornado_headline(struct oh_sweep_page *page) {
    const struct oh_tornado *tornado = page->sweep->tornado;
    struct oh_arena *arena = oh_arena_create();
    uint32_t *order = OH_NEW_ARRAY(arena, tornado->n, uint32_t);
    oh_tornado_sort(tornado, 0, order);
    print_most(page, &tornado->bars[order[0]]);
    oh_arena_destroy(arena);
}

/* Its length is in proportion to the largest effect. */
static void add_bar(struct oh_table *table, const struct oh_paired *effect, double largest) {
    struct oh_text text = {0};
    bool is_shown = effect != NULL && !isnan(effect->difference.value) && largest > 0;
    if (is_shown) {
        int n = (int)round(BAR * fabs(effect->difference.value) / largest);
        oh_text_puts(&text, effect->difference.value < 0 ? "-" : "+");
        for (int i = 0; i < n; i++)
            oh_text_puts(&text, FULL);
    }
    oh_table_add(table, text.length > 0 ? text.data : "", NULL);
    oh_text_fini(&text);
}

static void add_side(struct oh_table *table, const struct oh_sweep *s,
                     const struct oh_tornado_side *side, const char *sign, uint32_t m,
                     double largest) {
    char buffer[64];
    const struct oh_paired *effect = effect_of(side, m);
    oh_table_add(table, value_of(s, side->text, sign, buffer, sizeof buffer), NULL);
    if (effect != NULL)
        oh_compare_add_difference(table, effect, s->swept[m].unit);
    else
        oh_table_add(table, "", "");
    add_bar(table, effect, largest);
}

static void print_metric(struct oh_sweep_page *page, uint32_t m, const uint32_t *order) {
    const struct oh_sweep *s = page->sweep;
    const struct oh_tornado *tornado = s->tornado;
    double largest = oh_tornado_size(&tornado->bars[order[0]], m);
    struct oh_table table;
    oh_table_init(&table, 8);
    const char *const heads[] = {
        oh_sweep_metric_name(&s->swept[m]), "now", "less", "effect", "", "more", "effect", ""};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        oh_table_add(&table, heads[i], NULL);
    for (uint32_t i = 0; i < tornado->n; i++) {
        const struct oh_tornado_bar *bar = &tornado->bars[order[i]];
        oh_table_add(&table, bar->path, NULL);
        oh_table_add(&table, value_of(s, bar->text, "", NULL, 0), NULL);
        add_side(&table, s, &bar->less, "-", m, largest);
        add_side(&table, s, &bar->more, "+", m, largest);
    }
    oh_text_table(&page->report, &table);
}

void oh_sweep_tornado_tables(struct oh_sweep_page *page) {
    const struct oh_tornado *tornado = page->sweep->tornado;
    struct oh_arena *arena = oh_arena_create();
    uint32_t *order = OH_NEW_ARRAY(arena, tornado->n, uint32_t);
    for (uint32_t m = 0; m < page->sweep->n_swept; m++) {
        oh_tornado_sort(tornado, m, order);
        print_metric(page, m, order);
    }
    oh_arena_destroy(arena);
    if (tornado->n_left_out == 0)
        return;
    struct oh_text text = {0};
    oh_text_puts(&text, "Left out, as they cannot be changed so:");
    for (uint32_t i = 0; i < tornado->n_left_out; i++)
        oh_text_printf(&text, "%s %s", i > 0 ? "," : "", tornado->left_out[i]);
    oh_text_puts(page->report.to, "\n");
    oh_text_sentence(&page->report, text.data);
    oh_text_fini(&text);
}
