/* gnuplot as an external program. Private to report/. */
#ifndef OH_REPORT_GNUPLOT_H
#define OH_REPORT_GNUPLOT_H

#include <stdio.h>

enum oh_gnuplot_status {
    OH_GNUPLOT_DONE,
    OH_GNUPLOT_MISSING, /* no such program on PATH */
    OH_GNUPLOT_FAILED   /* it said why on standard error, or errno does */
};

/* Runs `gnuplot -d -c SCRIPT DATA FORMAT` without a shell; FORMAT is "png" or "svg". What it draws goes to `to`. Names
 * of files must begin with '/' or '.': gnuplot takes '<' and '|' in front for commands. */
enum oh_gnuplot_status oh_gnuplot_draw(const char *script, const char *data, const char *format,
                                       FILE *to);

#endif
