/* Charts of a result file, drawn by gnuplot as an external program.
 *
 * From RESULT.json and for each kind, DIR gets RESULT-KIND.dat, RESULT-KIND.png and RESULT-KIND.svg, and the scripts
 * KIND.gp and style.gp, so that a chart can be changed by hand and drawn again without onhold. Of several scenarios in
 * one result, the files are RESULT-1-KIND.dat and so on. All files are written whole or not at all. */
#ifndef OH_REPORT_PLOT_H
#define OH_REPORT_PLOT_H

#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"

struct oh_plot_kind; /* a row; how it makes its data is private */
size_t oh_plot_kinds(void);
const struct oh_plot_kind *oh_plot_kind_row(size_t ix);
const struct oh_plot_kind *oh_plot_kind_find(const char *name); /* NULL if there is none */
const char *oh_plot_kind_name(const struct oh_plot_kind *kind);
const char *oh_plot_kind_about(const struct oh_plot_kind *kind);

struct oh_plot_options {
    const char *result;              /* path; "-" is standard input */
    const char *directory;           /* created if it is not there; NULL: the current one */
    const struct oh_plot_kind *kind; /* NULL: all for which the result has data */
};

/* The exit code: 0 done, 3 not a result that can be drawn (problems are in `diagnostics`), 4 a file or gnuplot failed
 * (said on `messages`, a line each). Where gnuplot is missing the data and scripts are written all the same. The names
 * of the charts written go to `listing`, a line each; NULL: nowhere. */
int oh_plot(const struct oh_plot_options *options, struct oh_diagnostics *diagnostics,
            FILE *listing, FILE *messages);

#endif
