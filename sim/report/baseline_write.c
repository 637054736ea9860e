#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "report/baseline.h"
#include "report/json_parts.h"
#include "report/writers.h"

/* What a replication adds, to the last bit: differences are taken of these. */
static void put_values(const char *key, const double *values, uint64_t n, FILE *to) {
    json_t *array = json_array();
    for (uint64_t i = 0; i < n; i++)
        json_array_append_new(array, json_real(values[i]));
    fprintf(to, ", \"%s\": ", key);
    json_dumpf(array, to, JSON_COMPACT | JSON_REAL_PRECISION(17));
    json_decref(array);
}

static void put_metric(const struct oh_baseline_metric *metric, FILE *to) {
    oh_out_put_key(metric->path, to);
    fputs("{\"value\": ", to);
    oh_out_put(oh_out_number(metric->value), to);
    fputs(", \"standard_error\": ", to);
    oh_out_put(oh_out_number(metric->standard_error), to);
    fprintf(to, ", \"n\": %" PRIu64 ", \"unit\": \"%s\", \"margin\": ", metric->series.n,
            oh_metric_unit_name(metric->unit));
    oh_out_put(oh_out_text(metric->margin), to);
    put_values("x", metric->series.x, metric->series.n, to);
    put_values("y", metric->series.y, metric->series.n, to);
    fputs("}", to);
}

static void put_metrics(const struct oh_baseline_entry *entry, FILE *to) {
    bool is_first = true;
    fputs("{", to);
    for (uint32_t i = 0; i < entry->n_metrics; i++) {
        oh_out_put_comma(&is_first, "\n    ", to);
        put_metric(&entry->metrics[i], to);
    }
    fputs("}", to);
}

static void put_entry(const struct oh_baseline_entry *entry, FILE *to) {
    fputs("{\"scenario\": ", to);
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "file", oh_out_text(entry->file), "name",
                         oh_out_text(entry->name), "digest", oh_out_text(entry->digest), "variant",
                         oh_out_text(entry->variant), "overrides", oh_out_text(entry->overrides)),
               to);
    fputs(",\n   \"run\": ", to);
    oh_out_put(json_pack("{s:o, s:o, s:o, s:o, s:o}", "replications",
                         oh_out_integer(entry->replications), "seed", oh_out_integer(entry->seed),
                         "confidence", oh_out_number(entry->confidence), "version",
                         oh_out_text(entry->version), "result", oh_out_text(entry->result)),
               to);
    fputs(",\n   \"metrics\": ", to);
    put_metrics(entry, to);
    fputs("}", to);
}

bool oh_baseline_write(const struct oh_baseline *baseline, FILE *to) {
    bool is_first = true;
    fputs("{\"format\": \"onhold-baseline/1\",\n \"scenarios\": [", to);
    for (uint32_t i = 0; i < baseline->n_entries; i++) {
        oh_out_put_comma(&is_first, "\n  ", to);
        put_entry(&baseline->entries[i], to);
    }
    fputs("]}\n", to);
    return fflush(to) == 0 && !ferror(to);
}

/* ---- digests ---- */

const char *oh_result_digest(const struct oh_summary *summary, struct oh_arena *arena) {
    struct oh_summary copy = *summary;
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        return "";
    const struct oh_summary *list = &copy;
    copy.scenario_file = NULL;
    copy.ending = OH_ENDED_ENOUGH;
    copy.complete = true;
    copy.replications_asked = copy.replications;
    oh_report_json(&list, 1, stream, &(struct oh_report_options){0});
    fclose(stream);
    uint64_t state = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        state = (state ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    free(text);
    return oh_arena_printf(arena, "%016" PRIx64, state);
}
