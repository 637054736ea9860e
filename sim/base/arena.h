/* Region allocator: everything of one scenario, plan or summary lives in one arena and is freed at once.
 *
 * Memory exhaustion does not return: it prints a message and ends the program with exit code 4
 * (regular result files are written through a temporary name, so none is left half-written).
 * Not thread-safe: one arena belongs to one thread. */
#ifndef OH_BASE_ARENA_H
#define OH_BASE_ARENA_H

#include <stddef.h>

struct oh_arena;

struct oh_arena *oh_arena_create(void);
void oh_arena_destroy(struct oh_arena *arena); /* NULL is allowed */

/* `size` zeroed bytes, aligned for any type. A size of 0 gives a valid, unique pointer. */
void *oh_arena_alloc(struct oh_arena *arena, size_t size);

/* `n` zeroed elements of `size` bytes; overflow of the product counts as exhaustion. */
void *oh_arena_array(struct oh_arena *arena, size_t n, size_t size);

char *oh_arena_strdup(struct oh_arena *arena, const char *text);
char *oh_arena_strndup(struct oh_arena *arena, const char *text, size_t length);
__attribute__((format(printf, 2, 3))) char *oh_arena_printf(struct oh_arena *arena,
                                                            const char *format, ...);

/* For libraries that report exhaustion themselves. */
__attribute__((noreturn)) void oh_out_of_memory(void);

/* malloc family for memory that grows: never NULL, exhaustion ends the program as above. */
void *oh_malloc(size_t size);
void *oh_calloc(size_t n, size_t size);
void *oh_realloc_array(void *block, size_t n, size_t size);
/* Not zeroed; n * size must be a multiple of `alignment`, a power of two. To be freed by free(). */
void *oh_aligned_array(size_t alignment, size_t n, size_t size);

#define OH_NEW(arena, type)          ((type *)oh_arena_alloc((arena), sizeof(type)))
#define OH_NEW_ARRAY(arena, n, type) ((type *)oh_arena_array((arena), (n), sizeof(type)))

#endif
