/* How the public library makes its errors. */
#ifndef OH_API_ERROR_H
#define OH_API_ERROR_H

#include <onhold/error.h>

#include "base/diag.h"

/* Does nothing where `error` is NULL. */
void oh_error_set(struct onhold_error **error, const char *text);
void oh_error_set_problems(struct onhold_error **error, const struct oh_diagnostics *diagnostics);

/* What oh_diag_print prints, without colour; to be freed. */
char *oh_problems_print(const struct oh_diagnostics *diagnostics);

#endif
