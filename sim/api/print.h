/* Reports as texts, for the public library. */
#ifndef OH_API_PRINT_H
#define OH_API_PRINT_H

#include "report/report.h"

/* What the writer of a format makes of it, to be freed; NULL if there is no such format. */
char *oh_content_print(const struct oh_content *content, const char *format);

#endif
