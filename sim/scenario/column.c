#include <string.h>

#include "scenario/kinds.h"

bool oh_column_is_meant(const struct oh_node *mapping) {
    return oh_node_find(mapping, "file") != NULL || oh_node_find(mapping, "column") != NULL;
}

void oh_column_decode(struct oh_decoder *d, const struct oh_key *key, const struct oh_node *node,
                      struct oh_value *into) {}

const struct oh_node *oh_column_encode(struct oh_arena *arena, const struct oh_column *column) {
    return NULL;
}
