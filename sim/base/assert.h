/* Assertions for programmer errors, at three levels; errors of users are values (diag.h), never assertions.
 *
 * OH_DEBUG_ASSERT  inner loops; compiled out unless OH_DEBUG is defined
 * OH_ARGUMENT      a function's contract with its caller; always on outside the event loop
 * OH_INVARIANT     what must hold of every result, always on: a false one stops the program, exit code 4 */
#ifndef OH_BASE_ASSERT_H
#define OH_BASE_ASSERT_H

__attribute__((noreturn)) void oh_assert_failed(const char *kind, const char *what,
                                                const char *file, int line);

#define OH_INVARIANT(condition)                                                                    \
    ((condition) ? (void)0 : oh_assert_failed("invariant", #condition, __FILE__, __LINE__))
#define OH_ARGUMENT(condition)                                                                     \
    ((condition) ? (void)0 : oh_assert_failed("argument", #condition, __FILE__, __LINE__))
#ifdef OH_DEBUG
#define OH_DEBUG_ASSERT(condition)                                                                 \
    ((condition) ? (void)0 : oh_assert_failed("debug", #condition, __FILE__, __LINE__))
#else
#define OH_DEBUG_ASSERT(condition) ((void)sizeof(condition))
#endif

#endif
