#include "scenario/emit.h"

#include <string.h>

enum { WIDTH = 100, INDENT = 2, BLOCK_DEPTH = 2 };

static void emit_mapping(const struct oh_node *node, int depth, struct oh_text *to);

static void emit_sequence(const struct oh_node *node, int depth, struct oh_text *to) {
    for (size_t i = 0; i < node->n; i++) {
        oh_text_printf(to, "%*s- ", depth * INDENT, "");
        oh_node_print(node->items[i], to);
        oh_text_puts(to, "\n");
    }
}

static void emit_value(const struct oh_node *node, int depth, struct oh_text *to, size_t column) {
    struct oh_text line = {0};
    oh_node_print(node, &line);
    bool is_block = depth <= BLOCK_DEPTH || column + 1 + line.length > WIDTH;
    if (node->kind == OH_SCALAR || node->n == 0 || !is_block)
        oh_text_printf(to, " %s\n", line.data != NULL ? line.data : "");
    oh_text_fini(&line);
    if (node->kind == OH_SCALAR || node->n == 0 || !is_block)
        return;
    oh_text_puts(to, "\n");
    if (node->kind == OH_MAPPING)
        emit_mapping(node, depth, to);
    else
        emit_sequence(node, depth, to);
}

static void emit_mapping(const struct oh_node *node, int depth, struct oh_text *to) {
    for (size_t i = 0; i < node->n; i++) {
        size_t before = to->length;
        oh_text_printf(to, "%*s", depth * INDENT, "");
        oh_scalar_print(node->entries[i].key->text, to);
        oh_text_puts(to, ":");
        emit_value(node->entries[i].value, depth + 1, to, to->length - before);
    }
}

void oh_emit(const struct oh_node *node, struct oh_text *to) {
    if (node->n == 0)
        oh_text_puts(to, "{}\n");
    else
        emit_mapping(node, 0, to);
}
