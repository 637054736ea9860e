#include "cli/signals.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "base/output.h"
#include "cli/cli.h"

/* The only globals of the program: a signal handler can reach nothing else. */
static atomic_int stop;
static volatile sig_atomic_t is_held;

static void end_at_once(int signal_number) {
    oh_output_cleanup_all();
    _exit(128 + signal_number);
}

static void on_interrupt(int signal_number) {
    if (!is_held || stop != 0)
        end_at_once(signal_number);
    stop = 1;
}

void oh_signals_install(void) {
    static const struct {
        int number;
        void (*handler)(int);
    } rows[] = {{SIGINT, on_interrupt},
                {SIGTERM, end_at_once},
                {SIGHUP, end_at_once},
                {SIGPIPE, end_at_once},
                {SIGXCPU, end_at_once},
                {SIGXFSZ, SIG_IGN}}; /* a write past the limit fails with EFBIG and is reported */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sigaction action = {.sa_handler = rows[i].handler, .sa_flags = SA_RESTART};
        struct sigaction before;
        if (rows[i].number == SIGHUP && sigaction(SIGHUP, NULL, &before) == 0 &&
            before.sa_handler == SIG_IGN)
            continue; /* nohup */
        sigemptyset(&action.sa_mask);
        sigaction(rows[i].number, &action, NULL);
    }
}

void oh_signals_hold_interrupt(void) {
    is_held = 1;
}

void oh_signals_release_interrupt(void) {
    is_held = 0;
}

bool oh_signals_stop(void *unused) {
    (void)unused;
    return stop != 0;
}
