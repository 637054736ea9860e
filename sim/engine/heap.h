/* The event heap: indexed, 4-ary, of 16-byte nodes, ordered by (time, event class, sequence).
 *
 * Four siblings share one cache line (the root stands at index 3 of an array aligned to 64 bytes) and the places behind
 * the last node hold +infinity, so the least of four children is found without a branch. Every owner has at most one
 * pending event; `place` tells where it is, so an event is cancelled by position and never left behind as a tombstone.
 *
 * Taking the top leaves a hole that the next push fills: an agent who takes the next call, or an arrival that schedules
 * its successor, costs one sift instead of a pop and a push. Close the hole when the handler pushed nothing.
 *
 * A. LaMarca, R. Ladner: The influence of caches on the performance of heaps. J. Exp. Algorithmics 1, 1996. */
#ifndef OH_ENGINE_HEAP_H
#define OH_ENGINE_HEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/assert.h"

enum { OH_HEAP_ROOT = 3, OH_OWNER_BITS = 24, OH_SEQUENCE_BITS = 36 };
#define OH_OWNER_MASK    ((UINT64_C(1) << OH_OWNER_BITS) - 1)
#define OH_SEQUENCE_STEP (UINT64_C(1) << OH_OWNER_BITS)
#define OH_SEQUENCE_END  (UINT64_C(1) << (OH_OWNER_BITS + OH_SEQUENCE_BITS))

struct oh_node {
    uint64_t time; /* microseconds; UINT64_MAX: no event */
    uint64_t word; /* class, sequence, owner from the top bits down */
};

struct oh_heap {
    struct oh_node *node; /* aligned to 64 bytes; [0..2] unused */
    uint32_t *place;      /* by owner: index of its node, 0 if it has no event */
    uint64_t sequence;    /* in steps of OH_SEQUENCE_STEP */
    uint32_t end;         /* one past the last node */
    uint32_t capacity, owners;
    bool hole; /* the top was taken */
};

/* Room for owners 0 .. owners - 1; keeps what is there. */
void oh_heap_reserve(struct oh_heap *heap, uint32_t owners);
void oh_heap_reset(struct oh_heap *heap);
void oh_heap_fini(struct oh_heap *heap);

__extension__ typedef unsigned __int128 oh_heap_key;

static inline bool oh_node_less(struct oh_node a, struct oh_node b) {
    return ((oh_heap_key)a.time << 64 | a.word) < ((oh_heap_key)b.time << 64 | b.word);
}

static inline uint32_t oh_node_owner(struct oh_node node) {
    return (uint32_t)(node.word & OH_OWNER_MASK);
}

static inline unsigned oh_node_class(struct oh_node node) {
    return (unsigned)(node.word >> (OH_OWNER_BITS + OH_SEQUENCE_BITS));
}

static inline void oh_heap_put(struct oh_heap *heap, uint32_t at, struct oh_node node) {
    heap->node[at] = node;
    heap->place[oh_node_owner(node)] = at;
}

static inline void oh_heap_sift_up(struct oh_heap *heap, uint32_t at, struct oh_node node) {
    while (at > OH_HEAP_ROOT) {
        uint32_t parent = at / 4 + 2;
        if (!oh_node_less(node, heap->node[parent]))
            break;
        oh_heap_put(heap, at, heap->node[parent]);
        at = parent;
    }
    oh_heap_put(heap, at, node);
}

static inline void oh_heap_sift_down(struct oh_heap *heap, uint32_t at, struct oh_node node) {
    const struct oh_node *nodes = heap->node;
    for (;;) {
        uint32_t child = 4 * at - 8;
        if (child >= heap->end)
            break;
        uint32_t low = child + oh_node_less(nodes[child + 1], nodes[child]);
        uint32_t high = child + 2 + oh_node_less(nodes[child + 3], nodes[child + 2]);
        uint32_t least = oh_node_less(nodes[high], nodes[low]) ? high : low;
        if (!oh_node_less(nodes[least], node))
            break;
        oh_heap_put(heap, at, nodes[least]);
        at = least;
    }
    oh_heap_put(heap, at, node);
}

/* Moves the last node into the place `at`, whose node is gone. */
static inline void oh_heap_refill(struct oh_heap *heap, uint32_t at) {
    uint32_t last = --heap->end;
    struct oh_node moved = heap->node[last];
    heap->node[last].time = UINT64_MAX;
    heap->node[last].word = UINT64_MAX;
    if (at == last)
        return;
    if (at > OH_HEAP_ROOT && oh_node_less(moved, heap->node[at / 4 + 2]))
        oh_heap_sift_up(heap, at, moved);
    else
        oh_heap_sift_down(heap, at, moved);
}

static inline void oh_heap_push(struct oh_heap *heap, uint32_t owner, unsigned class_of,
                                int64_t time) {
    OH_DEBUG_ASSERT(heap->place[owner] == 0 || heap->hole);
    heap->sequence += OH_SEQUENCE_STEP;
    struct oh_node node = {(uint64_t)time,
                           (uint64_t)class_of << (OH_OWNER_BITS + OH_SEQUENCE_BITS) |
                               heap->sequence | owner};
    if (heap->hole) {
        heap->hole = false;
        oh_heap_sift_down(heap, OH_HEAP_ROOT, node);
    } else {
        oh_heap_sift_up(heap, heap->end++, node);
    }
}

static inline void oh_heap_cancel(struct oh_heap *heap, uint32_t owner) {
    uint32_t at = heap->place[owner];
    if (at == 0)
        return;
    heap->place[owner] = 0;
    oh_heap_refill(heap, at);
}

/* The next event; its owner has no event from now on. Call oh_heap_close when its handler is done. */
static inline struct oh_node oh_heap_take(struct oh_heap *heap) {
    struct oh_node top = heap->node[OH_HEAP_ROOT];
    heap->place[oh_node_owner(top)] = 0;
    heap->hole = true;
    return top;
}

static inline void oh_heap_close(struct oh_heap *heap) {
    if (!heap->hole)
        return;
    heap->hole = false;
    oh_heap_refill(heap, OH_HEAP_ROOT);
}

#endif
