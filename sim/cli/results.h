/* Where the results of a run go: standard output, a file, or one file a format in a directory. */
#ifndef OH_CLI_RESULTS_H
#define OH_CLI_RESULTS_H

#include "base/output.h"
#include "cli/cli.h"
#include "report/report.h"

enum { OH_MAX_DESTINATIONS = 8 };

struct oh_destination {
    char *path; /* "-": standard output */
    const struct oh_writer *writer;
    struct oh_output *output;
    bool existed; /* there was a file of that name */
};

struct oh_results {
    size_t n;
    struct oh_destination list[OH_MAX_DESTINATIONS];
};

/* Opens everything before the run, so that an unwritable place is known at once; `plot_directory` (NULL: none) gets
 * result.json too. Complains and returns OH_EXIT_FAILURE if a place cannot be written, OH_EXIT_USAGE if its name tells no
 * format. */
int oh_results_open(struct oh_results *results, const struct oh_request *request,
                    const char *plot_directory);

/* Writes and closes all. Of an interrupted run (`is_partial`) a file that was there before is kept, and what there is
 * goes to FILE.partial. Returns OH_EXIT_DONE or OH_EXIT_FAILURE. */
int oh_results_write(struct oh_results *results, const struct oh_request *request,
                     const struct oh_content *content, bool is_partial);

/* Throws everything away. Also harmless after oh_results_write. */
void oh_results_abandon(struct oh_results *results);

/* Whether people see the text report on standard output. */
bool oh_results_show_text(const struct oh_results *results);

/* By the format asked for, else by what the path ends in, else text. NULL if the ending is none that is known: that has
 * been complained of, and the exit code is OH_EXIT_USAGE. */
const struct oh_writer *oh_choose_writer(const struct oh_request *request, const char *path);

/* Says that `path` ("-": standard output) cannot be written, and why (errno); returns OH_EXIT_FAILURE. */
int oh_complain_unwritable(const char *path);

/* Creates a directory unless it is there; complains and returns false if it can be neither. */
bool oh_make_directory(const char *path);

#endif
