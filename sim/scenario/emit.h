/* A document tree as YAML for people: block style at the top, short values on one line. */
#ifndef OH_SCENARIO_EMIT_H
#define OH_SCENARIO_EMIT_H

#include "base/text.h"
#include "scenario/document.h"

/* Reading the text gives an equal tree. `node` is a mapping. */
void oh_emit(const struct oh_node *node, struct oh_text *to);

#endif
