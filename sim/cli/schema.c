/* onhold schema: the scenario language as JSON Schema. */
#include "scenario/schema.h"

#include <ctype.h>
#include <string.h>

#include "base/output.h"
#include "cli/results.h"
#include "measure/metric.h"

/* What stands for the parameter of a family. */
static const char *parameter_pattern(enum oh_metric_family family) {
    static const char *const patterns[] = {[OH_PERCENTILES] = "[0-9]+", [OH_TAILS] = "[0-9.]+"};
    return patterns[family];
}

/* An id as a regular expression; "<NN>" and "<T>" are the places of parameters. */
static void put_id(const struct oh_metric *metric, struct oh_text *to) {
    for (const char *c = oh_metric_id(metric); *c != '\0'; c++) {
        if (*c == '<') {
            oh_text_puts(to, parameter_pattern(oh_metric_family_of(metric)));
            c = strchr(c, '>');
        } else {
            oh_text_printf(to, *c == '.' ? "\\%c" : "%c", *c);
        }
    }
}

static void put_scope(const char *scope, unsigned flag, struct oh_text *to) {
    bool is_first = true;
    oh_text_printf(to, "%s(?:", scope);
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const struct oh_metric *metric = oh_metric_row(i);
        if ((oh_metric_scopes(metric) & flag) == 0)
            continue;
        oh_text_puts(to, is_first ? "" : "|");
        put_id(metric, to);
        is_first = false;
    }
    oh_text_puts(to, ")");
}

/* The path of any metric: total.METRIC, contacts.NAME.METRIC, agents.NAME.METRIC. */
static void put_metric_path(struct oh_text *to) {
    oh_text_puts(to, "^(?:");
    put_scope("total\\.", OH_IN_TOTAL, to);
    put_scope("|contacts\\.[A-Za-z][A-Za-z0-9_-]*\\.", OH_IN_CONTACTS, to);
    put_scope("|agents\\.[A-Za-z][A-Za-z0-9_-]*\\.", OH_IN_AGENTS, to);
    oh_text_puts(to, ")$");
}

static int write_schema(const char *path) {
    struct oh_output *output = oh_output_open(path);
    if (output == NULL)
        return oh_complain_unwritable(path);
    struct oh_text metric_path = {0}, schema = {0};
    put_metric_path(&metric_path);
    oh_schema_json(metric_path.data, &schema);
    fputs(schema.data, oh_output_stream(output));
    oh_text_fini(&metric_path);
    oh_text_fini(&schema);
    return oh_output_commit(output) ? OH_EXIT_DONE : oh_complain_unwritable(path);
}

static int run(struct oh_request *request) {
    if (request->n_arguments > 0)
        return oh_refuse(request, "'schema' takes no argument");
    return write_schema(request->output != NULL ? request->output : "-");
}

const struct oh_command oh_command_schema = {
    .name = "schema",
    .synopsis = "onhold schema [--output FILE]",
    .about = "the scenario language as JSON Schema, for editors",
    .doc =
        "Prints the JSON Schema (draft 7) of the scenario language: editors check and complete\n"
        "scenarios by it as they are typed. It knows keys, words and the form of values; what\n"
        "keys have to agree on only 'onhold validate' knows. For editors with the YAML language\n"
        "server, name the file in the first line of a scenario:\n"
        "\n"
        "  # yaml-language-server: $schema=onhold.schema.json",
    .examples = "  onhold schema --output onhold.schema.json\n",
    .groups = OH_FOR_OUTPUT,
    .run = run};
