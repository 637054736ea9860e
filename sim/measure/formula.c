/* Recursive descent over the grammar in formula.h. */
#include "measure/formula.h"

#include <string.h>

#include "base/assert.h"

static const char *const operators[] = {" / ", " + ", " - ", ")", "(", ", where ", " > 0"};

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

size_t oh_operator_length(const char *text) {
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (starts_with(text, operators[i]))
            return strlen(operators[i]);
    return 0;
}

size_t oh_word_length(const char *text) {
    size_t length = 0;
    while (text[length] != '\0' && oh_operator_length(text + length) == 0)
        length++;
    return length;
}

static bool skip(const char **at, const char *prefix) {
    if (!starts_with(*at, prefix))
        return false;
    *at += strlen(prefix);
    return true;
}

static void add_term(struct oh_linear *linear, int sign, int counter) {
    OH_INVARIANT(linear->n < OH_MAX_TERMS);
    linear->term[linear->n].coefficient = (int8_t)sign;
    linear->term[linear->n++].counter = (uint8_t)counter;
}

/* Returns how many items it read. */
static int compile_sum(const char **at, int sign, struct oh_linear *linear);

static void compile_item(const char **at, int sign, struct oh_linear *linear) {
    if (skip(at, "(")) {
        compile_sum(at, sign, linear);
        OH_INVARIANT(skip(at, ")"));
        return;
    }
    size_t length = oh_word_length(*at);
    const struct oh_word *word = oh_word_find(*at, length);
    OH_INVARIANT(word != NULL);
    *at += length;
    if (word->counter >= 0) {
        add_term(linear, sign, word->counter);
    } else {
        const char *sum = word->sum;
        compile_sum(&sum, sign, linear);
        OH_INVARIANT(*sum == '\0');
    }
}

static int compile_sum(const char **at, int sign, struct oh_linear *linear) {
    compile_item(at, sign, linear);
    for (int items = 1;; items++) {
        if (skip(at, " + "))
            compile_item(at, sign, linear);
        else if (skip(at, " - "))
            compile_item(at, -sign, linear);
        else
            return items;
    }
}

void oh_quotient_compile(const char *definition, struct oh_quotient *quotient) {
    const char *at = definition;
    *quotient = (struct oh_quotient){0};
    int items = compile_sum(&at, 1, &quotient->numerator);
    if (skip(&at, " / ")) {
        OH_INVARIANT(items == 1); /* "a + b / c" would not mean what it seems to */
        compile_item(&at, 1, &quotient->denominator);
    }
    if (skip(&at, ", where ")) {
        quotient->has_condition = true;
        compile_item(&at, 1, &quotient->condition);
        OH_INVARIANT(skip(&at, " > 0"));
    }
    OH_INVARIANT(*at == '\0');
}
