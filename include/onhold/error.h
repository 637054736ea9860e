/* Errors: what is wrong, as text for people.
 *
 * Functions that can fail take a `struct onhold_error **error`, which may be NULL. On failure *error becomes a new
 * error, to be destroyed by the caller; on success it is left alone. */
#ifndef ONHOLD_ERROR_H
#define ONHOLD_ERROR_H

#include <onhold/version.h>

#ifdef __cplusplus
extern "C" {
#endif

struct onhold_error;

/* One or more lines, each ended by '\n'; problems of a scenario with file, line, column and a caret. */
ONHOLD_API const char *onhold_error_text(const struct onhold_error *error);

ONHOLD_API void onhold_error_destroy(struct onhold_error *error); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
