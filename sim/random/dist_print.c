/* From a distribution to its canonical text: named parameters, separated by blanks. */
#include <string.h>

#include "random/dist_kind.h"

enum oh_unit oh_dist_unit_of(enum oh_unit unit, enum oh_dist_value value) {
    switch (value) {
    case OH_DIST_TIME:
        return unit;
    case OH_DIST_RATE:
        return unit == OH_UNIT_DURATION ? OH_UNIT_RATE : OH_UNIT_NUMBER;
    case OH_DIST_COUNT:
        return OH_UNIT_COUNT;
    case OH_DIST_SHARE:
        return OH_UNIT_SHARE;
    default:
        return OH_UNIT_NUMBER;
    }
}

static void print_quantity(enum oh_unit unit, double value, struct oh_text *to) {
    char buffer[64];
    oh_text_puts(to, oh_unit_print(unit, value, buffer, sizeof buffer));
}

/* Text cannot hold both kinds of quotes and need them: it was read unquoted, or between the other kind. */
static void print_text(const char *text, struct oh_text *to) {
    const bool is_plain =
        text[0] != '\0' && text[0] != '"' && text[0] != '\'' && !strpbrk(text, " \t\r\n,()");
    const char *quote = is_plain ? "" : strchr(text, '"') ? "'" : "\"";
    oh_text_printf(to, "%s%s%s", quote, text, quote);
}

static void print_part(const struct oh_dist *part, bool is_whole, struct oh_text *to);

/* Parameter `j` of repetition `i`. */
static void print_value(const struct oh_dist_body *dist, size_t i, size_t j, struct oh_text *to) {
    const enum oh_dist_value value = dist->form->parameters[j].value;
    if (value == OH_DIST_DISTRIBUTION)
        print_part(dist->part[i], false, to);
    else if (value == OH_DIST_TEXT)
        print_text(j == 0 ? dist->file : dist->column, to);
    else
        print_quantity(oh_dist_unit_of(dist->unit, value),
                       dist->form->repeats ? dist->number[j][i] : dist->given[j], to);
}

static void print_part(const struct oh_dist *part, bool is_whole, struct oh_text *to) {
    const struct oh_dist_body *dist = oh_dist_body_of(part);
    const struct oh_dist_form *form = dist->form;
    const bool is_constant = dist->row->kind == &oh_dist_kind_constant;
    if (is_constant && is_whole) {
        print_quantity(dist->unit, dist->given[0], to);
        return;
    }
    oh_text_puts(to, dist->row->name);
    if (!form)
        return;
    const char *separator = "(";
    for (size_t i = 0; i < (form->repeats ? dist->n : 1); i++)
        for (size_t j = 0; j < form->n; j++) {
            const struct oh_dist_parameter *parameter = &form->parameters[j];
            oh_text_puts(to, separator);
            if (!form->repeats && !is_constant && parameter->value != OH_DIST_DISTRIBUTION)
                oh_text_printf(to, "%s=", parameter->name);
            print_value(dist, i, j, to);
            separator = " ";
        }
    oh_text_puts(to, ")");
}

void oh_dist_print(const struct oh_dist *dist, struct oh_text *to) {
    print_part(dist, true, to);
}
