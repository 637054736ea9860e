/* What JSON results are made of. Private to report/. */
#ifndef OH_REPORT_JSON_PARTS_H
#define OH_REPORT_JSON_PARTS_H

#include <jansson.h>
#include <stdio.h>

#include "measure/summary.h"

/* Prints a value and lets it go. */
void oh_out_put(json_t *value, FILE *to);
void oh_out_put_key(const char *key, FILE *to);
/* Between two members: before the first one only a line end. */
void oh_out_put_comma(bool *is_first, const char *gap, FILE *to);

json_t *oh_out_number(double value);    /* null where there is none */
json_t *oh_out_text(const char *value); /* null for NULL */
json_t *oh_out_integer(uint64_t value);
json_t *oh_out_lines(const char *value); /* a list, one text a line */
const char *oh_out_ending(enum oh_ending ending);

void oh_out_put_precisions(const struct oh_precision_result *precisions, uint32_t n,
                           const char *currency, FILE *to);

#endif
