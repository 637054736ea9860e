/* What single values do to metrics, largest effect first, with bars of text. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "report/compare_text.h"
#include "report/sweep_text.h"

enum { BAR = 16 };
#define FULL "\xE2\x96\x88" /* █ */

static const struct oh_paired *effect_of(const struct oh_tornado_side *side, uint32_t m) {
    return side->effects != NULL ? &side->effects[m] : NULL;
}

void oh_sweep_tornado_headline(struct oh_sweep_page *page) {
    const struct oh_sweep *s = page->sweep;
    struct oh_arena *arena = oh_arena_create();
    uint32_t *order = OH_NEW_ARRAY(arena, s->tornado->n, uint32_t);
    oh_tornado_sort(s->tornado, 0, order);
    const struct oh_tornado_bar *first = &s->tornado->bars[order[0]];
    const struct oh_paired *less = effect_of(&first->less, 0), *more = effect_of(&first->more, 0);
    double of_less = less != NULL ? fabs(less->difference.value) : NAN;
    double of_more = more != NULL ? fabs(more->difference.value) : NAN;
    bool is_less = isnan(of_more) || of_less > of_more;
    const struct oh_paired *effect = is_less ? less : more;
    oh_text_printf(page->report.to, "%s matters most to %s: with %s it is ", first->path,
                   oh_sweep_metric_name(&s->swept[0]), is_less ? first->less.text : first->more.text);
    if (effect == NULL || isnan(effect->difference.value)) {
        oh_text_puts(page->report.to, "not known");
    } else {
        double half = (effect->difference.high - effect->difference.low) / 2;
        oh_say_size(effect->difference.value, half, s->swept[0].unit, page->report.to);
        oh_text_puts(page->report.to, effect->difference.value < 0 ? " less" : " more");
    }
    oh_arena_destroy(arena);
}

/* Its length is in proportion to the largest effect; what is no effect for sure has none. */
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
                     const struct oh_tornado_side *side, uint32_t m, double largest) {
    const struct oh_paired *effect = effect_of(side, m);
    oh_table_add(table, side->text != NULL ? side->text : "", NULL);
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
    const char *const heads[] = {oh_sweep_metric_name(&s->swept[m]), "now",    "less", "effect", "",
                                 "more",                             "effect", ""};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        oh_table_add(&table, heads[i], NULL);
    for (uint32_t i = 0; i < tornado->n; i++) {
        const struct oh_tornado_bar *bar = &tornado->bars[order[i]];
        oh_table_add(&table, bar->path, NULL);
        oh_table_add(&table, bar->text, NULL);
        add_side(&table, s, &bar->less, m, largest);
        add_side(&table, s, &bar->more, m, largest);
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
