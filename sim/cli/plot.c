/* onhold plot: charts of a result. */
#include "report/plot.h"

#include "base/names.h"
#include "cli/cli.h"

struct plot {
    const struct oh_plot_kind *kind;
};

static bool take_kind(struct oh_request *request, const char *value) {
    const struct oh_plot_kind *kind = oh_plot_kind_find(value);
    if (kind != NULL) {
        ((struct plot *)request->own)->kind = kind;
        return true;
    }
    oh_text_printf(&request->problem, "--kind takes ");
    for (size_t i = 0; i < oh_plot_kinds(); i++)
        oh_text_printf(&request->problem, "%s%s", oh_plot_kind_name(oh_plot_kind_row(i)),
                       i + 2 < oh_plot_kinds()   ? ", "
                       : i + 1 < oh_plot_kinds() ? " or "
                                                 : "");
    oh_text_printf(&request->problem, ", not '%s'", value);
    return false;
}

static const struct oh_option options[] = {
    {"kind", 0, "NAME", OH_FOR_OWN, take_kind, "only this chart; default: all that have data"},
};

static int run(struct oh_request *request) {
    if (request->n_arguments != 1)
        return oh_refuse(request, "say which result, one at a time: 'onhold plot RESULT.json'");
    struct oh_diagnostics *diagnostics = oh_diag_create();
    int code = oh_plot(&(struct oh_plot_options){.result = request->arguments[0],
                                                 .directory = request->output,
                                                 .kind = ((const struct plot *)request->own)->kind},
                       diagnostics, request->quiet ? NULL : stdout, stderr);
    oh_diag_print(diagnostics, stderr, oh_wants_color(request, stderr));
    oh_diag_destroy(diagnostics);
    return code;
}

const struct oh_command oh_command_plot = {
    .name = "plot",
    .synopsis = "onhold plot RESULT.json [--kind NAME] [--output DIR]",
    .about = "draw charts of a result",
    .doc =
        "Draws a result that 'onhold run', 'onhold compare' or 'onhold sweep' wrote with --format\n"
        "json, as PNG and SVG, by gnuplot; of a sweep a chart a metric. The\n"
        "data and the scripts are left beside the charts, so that a chart can be changed by\n"
        "hand and drawn again. The names of the charts are printed.",
    .examples = "  onhold plot result.json --output charts\n"
                "  onhold plot result.json --kind wait\n"
                "  onhold plot comparison.json\n",
    .groups = OH_FOR_OUTPUT,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct plot),
    .run = run};
