#include "cli/progress.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { BAR = 30 };
static const double REDRAW_S = 0.1;

double oh_clock_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void oh_progress_start(struct oh_progress *progress, const struct oh_request *request,
                       const char *what) {
    bool wanted =
        request->progress == OH_ALWAYS || (request->progress == OH_AUTO && isatty(STDERR_FILENO));
    *progress = (struct oh_progress){
        .is_shown = wanted && !request->quiet, .what = what, .started_s = oh_clock_s()};
}

static void draw(struct oh_progress *progress, uint64_t done, uint64_t of, double elapsed_s) {
    char bar[BAR + 1], left[64] = "", line[512];
    int full = of > 0 ? (int)((double)done / (double)of * BAR) : 0;
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)full);
    bar[BAR] = '\0';
    if (done > 0 && done < of) {
        char time[48];
        oh_duration_say(elapsed_s / (double)done * (double)(of - done), time, sizeof time);
        snprintf(left, sizeof left, ", %s left", time);
    }
    int width = snprintf(line, sizeof line, "%.60s [%s] %llu of %llu%s", progress->what, bar,
                         (unsigned long long)done, (unsigned long long)of, left);
    int padding = progress->width > width ? progress->width - width : 0;
    fprintf(stderr, "\r%s%*s", line, padding, "");
    fflush(stderr);
    progress->width = width;
}

void oh_progress_update(void *context, uint64_t done, uint64_t of) {
    struct oh_progress *progress = context;
    double now_s = oh_clock_s();
    if (!progress->is_shown || (done < of && now_s - progress->drawn_s < REDRAW_S))
        return;
    progress->drawn_s = now_s;
    draw(progress, done, of, now_s - progress->started_s);
}

void oh_progress_end(struct oh_progress *progress) {
    if (progress->is_shown && progress->width > 0)
        fprintf(stderr, "\r%*s\r", progress->width, "");
    fflush(stderr);
    progress->width = 0;
}
