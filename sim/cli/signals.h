/* Signals: the first Ctrl-C asks a run to stop and keep what it has; everything else ends the program at once, leaving
 * no temporary file. */
#ifndef OH_CLI_SIGNALS_H
#define OH_CLI_SIGNALS_H

#include <stdbool.h>

void oh_signals_install(void);

/* Between these two a Ctrl-C only sets the flag; a second one, and one outside of them, ends the program. */
void oh_signals_hold_interrupt(void);
void oh_signals_release_interrupt(void);

/* Whether Ctrl-C was pressed: an oh_stop_fn. */
bool oh_signals_stop(void *unused);

#endif
