#include "engine/heap.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void oh_heap_reset(struct oh_heap *heap) {
    memset(heap->node, 0xff, (size_t)heap->capacity * sizeof heap->node[0]);
    memset(heap->place, 0, (size_t)heap->owners * sizeof heap->place[0]);
    heap->sequence = 0;
    heap->end = OH_HEAP_ROOT;
    heap->hole = false;
}

void oh_heap_reserve(struct oh_heap *heap, uint32_t owners) {
    OH_INVARIANT(owners <= OH_OWNER_MASK);
    if (owners <= heap->owners)
        return;
    /* Three places before the root and one line of sentinels behind the last possible node. */
    uint32_t capacity = (owners + OH_HEAP_ROOT + 11) & ~UINT32_C(3);
    size_t bytes = (size_t)capacity * sizeof heap->node[0];
    struct oh_node *node = oh_aligned_array(64, capacity, sizeof node[0]);
    memset(node, 0xff, bytes);
    if (heap->node)
        memcpy(node, heap->node, (size_t)heap->end * sizeof node[0]);
    else
        heap->end = OH_HEAP_ROOT;
    free(heap->node);
    heap->node = node;
    heap->place = oh_realloc_array(heap->place, owners, sizeof heap->place[0]);
    memset(heap->place + heap->owners, 0, (size_t)(owners - heap->owners) * sizeof heap->place[0]);
    heap->capacity = capacity;
    heap->owners = owners;
}

void oh_heap_fini(struct oh_heap *heap) {
    free(heap->node);
    free(heap->place);
}
