/* The event heap against a list that is searched from end to end: pushes, cancels, holes that the next push fills, growth
 * in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/heap.h"

enum { OWNERS = 300, STEPS = 200000 };

/* Events as a list: what the heap must agree with. */
struct list {
    bool has[OWNERS];
    uint64_t time[OWNERS], word[OWNERS];
    uint64_t sequence;
    uint32_t n;
};

static uint64_t random_bits(uint64_t *state) {
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t below(uint64_t *state, uint32_t n) {
    return (uint32_t)(random_bits(state) % n);
}

static void list_push(struct list *list, uint32_t owner, unsigned class, uint64_t time) {
    list->sequence += OH_SEQUENCE_STEP;
    list->has[owner] = true;
    list->time[owner] = time;
    list->word[owner] =
        (uint64_t) class << (OH_OWNER_BITS + OH_SEQUENCE_BITS) | list->sequence | owner;
    list->n++;
}

static void list_cancel(struct list *list, uint32_t owner) {
    list->n -= list->has[owner];
    list->has[owner] = false;
}

/* The owner of the first event; OWNERS if there is none. */
static uint32_t list_first(const struct list *list) {
    uint32_t first = OWNERS;
    for (uint32_t i = 0; i < OWNERS; i++)
        if (list->has[i] &&
            (first == OWNERS || list->time[i] < list->time[first] ||
             (list->time[i] == list->time[first] && list->word[i] < list->word[first])))
            first = i;
    return first;
}

/* Parents before children, places that know their owners, nothing but +infinity behind the end. */
static void assert_sound(const struct oh_heap *heap, const struct list *list) {
    assert_int_equal(heap->end - OH_HEAP_ROOT - heap->hole, list->n);
    for (uint32_t i = OH_HEAP_ROOT + heap->hole; i < heap->end; i++) {
        uint32_t owner = oh_node_owner(heap->node[i]);
        assert_true(list->has[owner] && heap->place[owner] == i);
        assert_true(heap->node[i].time == list->time[owner]);
        if (i > OH_HEAP_ROOT && i / 4 + 2 > OH_HEAP_ROOT)
            assert_true(oh_node_less(heap->node[i / 4 + 2], heap->node[i]));
    }
    for (uint32_t i = heap->end; i < heap->capacity; i++)
        assert_true(heap->node[i].time == UINT64_MAX && heap->node[i].word == UINT64_MAX);
    for (uint32_t i = 0; i < heap->owners; i++)
        assert_true((heap->place[i] != 0) == list->has[i]);
}

/* Few different times, so that order among equals is tried all the time. */
static void push(struct oh_heap *heap, struct list *list, uint64_t *luck, uint32_t owner) {
    unsigned class = below(luck, 7);
    uint64_t time = below(luck, 50);
    oh_heap_push(heap, owner, class, (int64_t)time);
    list_push(list, owner, class, time);
}

static uint32_t free_owner(const struct list *list, uint64_t *luck, uint32_t owners) {
    uint32_t owner = below(luck, owners);
    for (uint32_t tries = 0; tries < owners; tries++, owner = (owner + 1) % owners)
        if (!list->has[owner])
            return owner;
    return OWNERS;
}

/* An event happens: its handler may cancel others, push for the same owner, push for others, or do nothing. */
static void take(struct oh_heap *heap, struct list *list, uint64_t *luck, uint32_t owners) {
    uint32_t first = list_first(list);
    struct oh_node node = oh_heap_take(heap);
    assert_int_equal(oh_node_owner(node), first);
    assert_true(node.time == list->time[first]);
    assert_int_equal(oh_node_class(node), list->word[first] >> (OH_OWNER_BITS + OH_SEQUENCE_BITS));
    list_cancel(list, first);
    for (uint32_t i = below(luck, 3); i > 0; i--) {
        uint32_t owner = below(luck, owners);
        oh_heap_cancel(heap, owner);
        list_cancel(list, owner);
        assert_sound(heap, list);
    }
    if (below(luck, 2))
        push(heap, list, luck, first);
    for (uint32_t i = below(luck, 3); i > 0; i--) {
        uint32_t owner = free_owner(list, luck, owners);
        if (owner < OWNERS)
            push(heap, list, luck, owner);
    }
    oh_heap_close(heap);
}

static void heap_agrees_with_a_list(void **state) {
    struct oh_heap heap = {0};
    struct list list = {0};
    uint64_t luck = 1;
    uint32_t owners = 5;
    oh_heap_reserve(&heap, owners);
    oh_heap_reset(&heap);
    for (int step = 0; step < STEPS; step++) {
        uint32_t owner = free_owner(&list, &luck, owners);
        /* Full and empty by turns. */
        bool fills = step / 500 % 2;
        if (owner < OWNERS && below(&luck, 4) < (fills ? 3u : 1u))
            push(&heap, &list, &luck, owner);
        else if (list.n > 0)
            take(&heap, &list, &luck, owners);
        if (step % 50 == 0 || owners < 10)
            assert_sound(&heap, &list);
        if (step % 1000 == 999 && owners < OWNERS)
            oh_heap_reserve(&heap, owners += owners < 40 ? 1 : 20);
        owners = owners < OWNERS ? owners : OWNERS;
    }
    assert_int_equal(owners, OWNERS);
    oh_heap_fini(&heap);
}

static void growth_inside_a_handler_keeps_the_hole(void **state) {
    struct oh_heap heap = {0};
    struct list list = {0};
    uint64_t luck = 2;
    oh_heap_reserve(&heap, 3);
    oh_heap_reset(&heap);
    for (uint32_t owner = 0; owner < 3; owner++)
        push(&heap, &list, &luck, owner);
    uint32_t first = list_first(&list);
    assert_int_equal(oh_node_owner(oh_heap_take(&heap)), first);
    list_cancel(&list, first);
    oh_heap_reserve(&heap, OWNERS);
    for (uint32_t owner = 10; owner < 200; owner++)
        push(&heap, &list, &luck, owner);
    oh_heap_close(&heap);
    assert_sound(&heap, &list);
    while (list.n > 0) {
        first = list_first(&list);
        assert_int_equal(oh_node_owner(oh_heap_take(&heap)), first);
        oh_heap_close(&heap);
        list_cancel(&list, first);
    }
    assert_int_equal(heap.end, OH_HEAP_ROOT);
    assert_true(heap.node[OH_HEAP_ROOT].time == UINT64_MAX);
    oh_heap_fini(&heap);
}

static void events_of_one_instant_go_by_class_then_by_sequence(void **state) {
    struct oh_heap heap = {0};
    oh_heap_reserve(&heap, 8);
    oh_heap_reset(&heap);
    const unsigned classes[] = {6, 2, 0, 6, 2, 0};
    const uint32_t order[] = {2, 5, 1, 4, 0, 3};
    for (uint32_t owner = 0; owner < 6; owner++)
        oh_heap_push(&heap, owner, classes[owner], 77);
    oh_heap_push(&heap, 6, 6, 76);
    assert_int_equal(oh_node_owner(oh_heap_take(&heap)), 6);
    oh_heap_close(&heap);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(oh_node_owner(oh_heap_take(&heap)), order[i]);
        oh_heap_close(&heap);
    }
    oh_heap_fini(&heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heap_agrees_with_a_list),
        cmocka_unit_test(growth_inside_a_handler_keeps_the_hole),
        cmocka_unit_test(events_of_one_instant_go_by_class_then_by_sequence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
