/* Writes a sample as a report, or draws a result, for the shell tests:
 *   test_report_dump json SAMPLE...       test_report_dump plot RESULT.json [DIRECTORY [KIND]] */
#include <string.h>

#include "report/plot.h"
#include "report/report.h"
#include "test_report_samples.h"

static int plot(int n, char **words) {
    struct oh_diagnostics *diagnostics = oh_diag_create();
    struct oh_plot_options options = {.result = words[0],
                                      .directory = n > 1 ? words[1] : NULL,
                                      .kind = n > 2 ? oh_plot_kind_find(words[2]) : NULL};
    int status = oh_plot(&options, diagnostics, stdout, stderr);
    oh_diag_print(diagnostics, stderr, false);
    oh_diag_destroy(diagnostics);
    return status;
}

int main(int n, char **words) {
    if (n < 3)
        return 2;
    if (strcmp(words[1], "plot") == 0)
        return plot(n - 2, words + 2);
    struct oh_summary *summaries[16];
    size_t count = 0;
    for (int i = 2; i < n && count < 16; i++)
        if ((summaries[count] = sample_make(words[i])) != NULL)
            count++;
    const struct oh_writer *writer = oh_writer_find(words[1]);
    bool is_good =
        writer != NULL && writer->write((const struct oh_summary *const *)summaries, count, stdout,
                                        &(struct oh_report_options){.rows = true, .verbose = true});
    for (size_t i = 0; i < count; i++)
        oh_arena_destroy(summaries[i]->arena);
    return is_good ? 0 : 1;
}
