#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/output.h"

enum { FIRST_CHUNK = 4096, LAST_CHUNK = 1 << 20, EXIT_RUN_TIME = 4 };

/* Chunks come zeroed from calloc and are never reused, so nothing is cleared twice. */
struct chunk {
    struct chunk *next;
    size_t used, size;
    max_align_t data[];
};

struct oh_arena {
    struct chunk *head; /* the only one that still has room */
    size_t next_size;
};

static void say(const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t n = write(STDERR_FILENO, text, length);
        if (n <= 0)
            return;
        text += n;
        length -= (size_t)n;
    }
}

/* No stdio here: there may be no memory for its buffers, and pending output must not be half written. */
void oh_out_of_memory(void) {
    oh_output_cleanup_all();
    say("onhold: out of memory\n");
    _exit(EXIT_RUN_TIME);
}

void oh_assert_failed(const char *kind, const char *what, const char *file, int line) {
    oh_output_cleanup_all();
    char message[512];
    snprintf(message, sizeof message, "onhold: internal error: %s '%s' does not hold (%s:%d)\n",
             kind, what, file, line);
    say(message);
    _exit(EXIT_RUN_TIME);
}

void *oh_malloc(size_t size) {
    void *block = malloc(size > 0 ? size : 1);
    if (block == NULL)
        oh_out_of_memory();
    return block;
}

void *oh_calloc(size_t n, size_t size) {
    void *block = n > 0 && size > 0 ? calloc(n, size) : calloc(1, 1);
    if (block == NULL)
        oh_out_of_memory();
    return block;
}

void *oh_aligned_array(size_t alignment, size_t n, size_t size) {
    size_t bytes;
    void *block = NULL;
    if (!__builtin_mul_overflow(n, size, &bytes))
        block = aligned_alloc(alignment, bytes);
    if (block == NULL)
        oh_out_of_memory();
    return block;
}

void *oh_realloc_array(void *block, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        oh_out_of_memory();
    void *grown = realloc(block, bytes > 0 ? bytes : 1);
    if (grown == NULL)
        oh_out_of_memory();
    return grown;
}

static struct chunk *chunk_create(size_t size) {
    size_t bytes;
    if (__builtin_add_overflow(size, sizeof(struct chunk), &bytes))
        oh_out_of_memory();
    struct chunk *chunk = oh_calloc(1, bytes);
    chunk->size = size;
    return chunk;
}

struct oh_arena *oh_arena_create(void) {
    struct oh_arena *arena = oh_calloc(1, sizeof *arena);
    arena->next_size = FIRST_CHUNK;
    return arena;
}

void oh_arena_destroy(struct oh_arena *arena) {
    if (arena == NULL)
        return;
    for (struct chunk *chunk = arena->head, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(arena);
}

/* A block too large for the usual chunk gets one of its own, behind the head, which keeps its room. */
static void *alloc_large(struct oh_arena *arena, size_t size) {
    struct chunk *chunk = chunk_create(size);
    chunk->used = size;
    if (arena->head == NULL) {
        arena->head = chunk;
    } else {
        chunk->next = arena->head->next;
        arena->head->next = chunk;
    }
    return chunk->data;
}

void *oh_arena_alloc(struct oh_arena *arena, size_t size) {
    OH_ARGUMENT(arena != NULL);
    const size_t unit = _Alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        oh_out_of_memory();
    size = size == 0 ? unit : (size + unit - 1) / unit * unit;

    if (arena->head == NULL || arena->head->size - arena->head->used < size) {
        if (size > arena->next_size / 4)
            return alloc_large(arena, size);
        struct chunk *chunk = chunk_create(arena->next_size);
        chunk->next = arena->head;
        arena->head = chunk;
        if (arena->next_size < LAST_CHUNK)
            arena->next_size *= 2;
    }
    void *block = (char *)arena->head->data + arena->head->used;
    arena->head->used += size;
    return block;
}

void *oh_arena_array(struct oh_arena *arena, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        oh_out_of_memory();
    return oh_arena_alloc(arena, bytes);
}

char *oh_arena_strndup(struct oh_arena *arena, const char *text, size_t length) {
    OH_ARGUMENT(length < SIZE_MAX);
    char *copy = oh_arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *oh_arena_strdup(struct oh_arena *arena, const char *text) {
    return oh_arena_strndup(arena, text, strlen(text));
}

char *oh_arena_printf(struct oh_arena *arena, const char *format, ...) {
    OH_ARGUMENT(format != NULL);
    va_list measure, print;
    va_start(measure, format);
    va_copy(print, measure);
    int length = vsnprintf(NULL, 0, format, measure);
    va_end(measure);
    OH_INVARIANT(length >= 0);
    char *text = oh_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, print);
    va_end(print);
    return text;
}
