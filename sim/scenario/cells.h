/* The cells of a column of a CSV file, and what may be wrong with the file. Private to scenario/. */
#ifndef OH_SCENARIO_CELLS_H
#define OH_SCENARIO_CELLS_H

#include "scenario/kinds.h"

struct oh_cells {
    struct oh_arena *arena;
    const char **text;
    size_t n, capacity;
};

/* Reads the column that the entry `word` of the description `node` names, of the file at `path`; no cells if there is no
 * such entry. false with a problem reported if that fails or there are no rows. */
bool oh_cells_read(struct oh_decoder *decoder, const struct oh_node *node, const char *path,
                   const char *word, struct oh_cells *cells);

/* The file at `path`, for places in it: that of the problems known so far, so that what is wrong with a file that several
 * values use is told once. */
const struct oh_source *oh_cells_source(struct oh_decoder *decoder, const char *path);

#endif
