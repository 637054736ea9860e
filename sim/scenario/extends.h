/* `extends`: a document laid on that of another file, and what file names mean then. Private to scenario/. */
#ifndef OH_SCENARIO_EXTENDS_H
#define OH_SCENARIO_EXTENDS_H

#include "scenario/kinds.h"

/* `root`, read from `file`, laid on what it extends; itself if it extends nothing. NULL with a problem reported if a file
 * of the chain cannot be used. */
const struct oh_node *oh_extends_resolve(struct oh_decoder *decoder, const struct oh_node *root,
                                         const char *file);

/* "scenarios/", "" for the current directory. */
const char *oh_directory_of(struct oh_arena *arena, const char *path);

/* What stands before relative file names at this place, seen from the directory of the scenario itself: "../common/". */
const char *oh_decoder_prefix(const struct oh_decoder *decoder, struct oh_place place);
/* A file that is named at this place, seen from the directory of the scenario itself; and how to open it. */
const char *oh_decoder_file(struct oh_decoder *decoder, struct oh_place place, const char *file);
const char *oh_decoder_path(struct oh_decoder *decoder, const char *file);

/* `node`, changes of a variant, with the names of files as they are seen from the directory of the scenario itself. */
const struct oh_node *oh_files_moved(struct oh_decoder *decoder, const struct oh_node *node);

#endif
