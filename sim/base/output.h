/* Files written whole or not at all.
 *
 * A regular target is written to a temporary name in the same directory, created before the run starts so that an
 * unwritable place is known at once, and renamed at commit. A symbolic link stays and the regular file behind it is
 * replaced. A device, a pipe, a link to nowhere and the file that standard output goes to are opened and written as they
 * are. "-" is standard output, written at commit or when the buffer is full.
 *
 * Functions may be called by several threads, each with outputs of its own. */
#ifndef OH_BASE_OUTPUT_H
#define OH_BASE_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

struct oh_output;

/* NULL on failure, errno set. The name is copied. */
struct oh_output *oh_output_open(const char *path);
FILE *oh_output_stream(struct oh_output *output);
/* Flushes, syncs and renames. false on failure, errno set; the old file, if any, is untouched then. Frees. */
bool oh_output_commit(struct oh_output *output);
/* Throws away what was written. Frees. NULL allowed. */
void oh_output_abandon(struct oh_output *output);
/* Removes temporary files of all open outputs; async-signal-safe. For exits by a signal or out of memory. */
void oh_output_cleanup_all(void);

#endif
