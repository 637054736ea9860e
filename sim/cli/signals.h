/* Signals: the first Ctrl-C asks a run to stop and keep what it has; everything else ends the program at once, leaving
 * no temporary file. */
#ifndef OH_CLI_SIGNALS_H
#define OH_CLI_SIGNALS_H

void oh_signals_install(void);

/* Between these two a Ctrl-C only sets the flag; a second one, and one outside of them, ends the program. */
void oh_signals_hold_interrupt(void);
void oh_signals_release_interrupt(void);

/* Nonzero after Ctrl-C; what oh_run_options.stop points to. */
const volatile int *oh_signals_stop(void);

#endif
