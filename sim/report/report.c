#include "report/report.h"

#include <string.h>

#include "report/writers.h"

/* A new format is one file and one row. */
static const struct oh_writer writers[] = {
    {"text", "txt", "the headline, then tables for people", oh_report_text, oh_compare_text,
     oh_sweep_text, oh_calibrate_text, oh_check_text},
    {"json", "json", "everything, for programs; format onhold-result/1", oh_report_json,
     oh_compare_json, oh_sweep_json, oh_calibrate_json, oh_check_json},
    {"csv", "csv", "one line a value: scenario, scope, day, metric, value, low, high, unit",
     oh_report_csv, oh_compare_csv, oh_sweep_csv, oh_calibrate_csv, oh_check_csv},
};

size_t oh_writers(const struct oh_writer **rows) {
    *rows = writers;
    return sizeof writers / sizeof writers[0];
}

const struct oh_writer *oh_writer_find(const char *name) {
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
        if (strcmp(writers[i].name, name) == 0)
            return &writers[i];
    return NULL;
}

bool oh_content_write(const struct oh_writer *writer, const struct oh_content *content, FILE *to,
                      const struct oh_report_options *options) {
    if (content->checks != NULL)
        return writer->check(content->checks, to, options);
    if (content->comparison != NULL)
        return writer->compare(content->comparison, to, options);
    if (content->sweep != NULL)
        return writer->sweep(content->sweep, to, options);
    if (content->calibration != NULL)
        return writer->calibrate(content->calibration, to, options);
    return writer->write(content->summaries, content->n, to, options);
}

/* Titles of families hold "<NN>" or "<T>". */
void oh_use_title_print(const struct oh_use *use, struct oh_text *to) {
    const char *title = oh_metric_title(use->metric), *mark = strchr(title, '<');
    const char *end = mark != NULL ? strchr(mark, '>') : NULL;
    if (end == NULL) {
        oh_text_puts(to, title);
        return;
    }
    bool is_percentile = oh_metric_family_of(use->metric) == OH_PERCENTILES;
    char number[40];
    oh_text_append(to, title, (size_t)(mark - title));
    oh_text_puts(
        to, oh_number_print(use->parameter * (is_percentile ? 100 : 1), 6, number, sizeof number));
    oh_text_puts(to, end + 1);
}

const char *oh_weekday_name(uint32_t weekday) {
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    return names[weekday % 7];
}

const char *oh_clock_print(uint32_t seconds, char *buffer, size_t size) {
    uint32_t rest = seconds % 60;
    snprintf(buffer, size, rest != 0 ? "%02u:%02u:%02u" : "%02u:%02u", seconds / 3600,
             seconds / 60 % 60, rest);
    return buffer;
}
