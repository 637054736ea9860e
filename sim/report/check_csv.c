/* Checks as CSV, a line each. */
#include <math.h>
#include <stdio.h>

#include "report/writers.h"

static void put_check(const struct oh_checked *of, const struct oh_check *check, FILE *to) {
    struct oh_text sentence = {0};
    oh_check_print(of, check, &sentence);
    const char *fields[] = {of->scenario.label, check->path, check->target,
                            oh_verdict_name(check->verdict)};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        fputs(i > 0 ? "," : "", to);
        oh_csv_put_field(fields[i], to);
    }
    const double numbers[] = {check->before, check->estimate.value, check->estimate.low,
                              check->estimate.high, (double)check->replications};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        oh_csv_put_number(numbers[i], to);
    fprintf(to, ",%s,", oh_metric_unit_name(check->unit));
    oh_csv_put_field(sentence.data, to);
    fputs("\n", to);
    oh_text_fini(&sentence);
}

bool oh_check_csv(const struct oh_checks *checks, FILE *to,
                  const struct oh_report_options *options) {
    (void)options;
    fputs("scenario,path,target,verdict,baseline,value,low,high,replications,unit,sentence\n", to);
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        for (uint32_t c = 0; c < checks->scenarios[s].n_checks; c++)
            put_check(&checks->scenarios[s], &checks->scenarios[s].checks[c], to);
    return fflush(to) == 0 && !ferror(to);
}
