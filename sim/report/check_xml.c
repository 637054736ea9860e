/* Checks for machines that run them: JUnit's XML, and the commands of a GitHub workflow. */
#include <stdio.h>
#include <string.h>

#include "report/report.h"

/* ---- JUnit ----
 * No time: it would not be the same twice. */

/* XML 1.0 allows no control character but these three, and no byte that is not UTF-8. */
static void put_escaped(const char *text, FILE *to) {
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"}, {'"', "&quot;"},
                    {'\n', "&#10;"}, {'\r', "&#13;"}, {'\t', "&#9;"}};
    size_t left = strlen(text), bad;
    bool is_utf8 = oh_utf8_is_valid(text, left, &bad);
    for (; *text != '\0'; text++) {
        size_t e = 0, n = sizeof entities / sizeof entities[0];
        while (e < n && entities[e].c != *text)
            e++;
        bool is_odd = (unsigned char)*text < ' ' || (!is_utf8 && (unsigned char)*text >= 0x80);
        if (e < n)
            fputs(entities[e].entity, to);
        else
            fputc(is_odd ? '?' : *text, to);
    }
}

static void put_attribute(const char *name, const char *value, FILE *to) {
    fprintf(to, " %s=\"", name);
    put_escaped(value, to);
    fputs("\"", to);
}

/* A failure says no; an error, that there is no answer. */
static void put_result(const struct oh_check *check, const char *sentence, FILE *to) {
    bool is_failure = check->verdict == OH_FAIL;
    const char *tag = is_failure ? "failure" : "error";
    fprintf(to, ">\n      <%s", tag);
    put_attribute("message", sentence, to);
    put_attribute("type",
                  !is_failure                        ? "inconclusive"
                  : check->kind == OH_CHECK_EXPECTED ? "expectation"
                                                     : "regression",
                  to);
    fputs(">", to);
    if (check->line > 0) {
        put_escaped(check->file, to);
        fprintf(to, ":%u:%u: ", check->line, check->column);
    }
    put_escaped(sentence, to);
    fprintf(to, "</%s>\n    </testcase>\n", tag);
}

static void put_case(const struct oh_checked *of, const struct oh_check *check, FILE *to) {
    struct oh_text name = {0}, sentence = {0};
    oh_text_printf(&name, "%s: %s", check->path, check->target);
    oh_check_print(of, check, &sentence);
    fputs("    <testcase", to);
    put_attribute("name", name.data, to);
    put_attribute("classname", of->scenario.label, to);
    if (check->verdict == OH_PASS)
        fputs("/>\n", to);
    else
        put_result(check, sentence.data, to);
    oh_text_fini(&name);
    oh_text_fini(&sentence);
}

static void put_counts(uint32_t tests, uint32_t failures, uint32_t errors, FILE *to) {
    fprintf(to, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\"", tests, failures,
            errors);
}

static void put_suite(const struct oh_checked *of, FILE *to) {
    uint32_t failures = 0, errors = 0;
    for (uint32_t c = 0; c < of->n_checks; c++) {
        failures += of->checks[c].verdict == OH_FAIL;
        errors += of->checks[c].verdict == OH_INCONCLUSIVE;
    }
    fputs("  <testsuite", to);
    put_attribute("name", of->scenario.label, to);
    put_counts(of->n_checks, failures, errors, to);
    fputs(">\n", to);
    for (uint32_t c = 0; c < of->n_checks; c++)
        put_case(of, &of->checks[c], to);
    fputs("  </testsuite>\n", to);
}

bool oh_checks_junit(const struct oh_checks *checks, FILE *to) {
    uint32_t failures = oh_checks_count(checks, OH_FAIL);
    uint32_t errors = oh_checks_count(checks, OH_INCONCLUSIVE);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"onhold check\"", to);
    put_counts(oh_checks_count(checks, OH_PASS) + failures + errors, failures, errors, to);
    fputs(">\n", to);
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        put_suite(&checks->scenarios[s], to);
    fputs("</testsuites>\n", to);
    return fflush(to) == 0 && !ferror(to);
}

/* ---- GitHub ---- */

/* Properties end at a comma or colon; all ends at a line end. */
static void put_command(const char *text, const char *escaped, FILE *to) {
    for (; *text != '\0'; text++)
        if (*text == '%' || strchr(escaped, *text) != NULL)
            fprintf(to, "%%%02X", (unsigned char)*text);
        else
            fputc(*text, to);
}

static void put_annotation(const struct oh_checked *of, const struct oh_check *check, FILE *to) {
    struct oh_text sentence = {0}, title = {0};
    oh_check_print(of, check, &sentence);
    oh_text_printf(&title, "%s %s", check->path,
                   check->verdict != OH_FAIL          ? "is inconclusive"
                   : check->kind == OH_CHECK_EXPECTED ? "missed"
                                                      : "has changed");
    fprintf(to, "::%s file=", check->verdict == OH_FAIL ? "error" : "warning");
    put_command(check->file, ":,\r\n", to);
    if (check->line > 0)
        fprintf(to, ",line=%u,col=%u", check->line, check->column);
    fputs(",title=", to);
    put_command(title.data, ":,\r\n", to);
    fputs("::", to);
    put_command(sentence.data, "\r\n", to);
    fputs("\n", to);
    oh_text_fini(&sentence);
    oh_text_fini(&title);
}

bool oh_checks_github(const struct oh_checks *checks, FILE *to) {
    for (uint32_t s = 0; s < checks->n_scenarios; s++)
        for (uint32_t c = 0; c < checks->scenarios[s].n_checks; c++)
            if (checks->scenarios[s].checks[c].verdict != OH_PASS)
                put_annotation(&checks->scenarios[s], &checks->scenarios[s].checks[c], to);
    return fflush(to) == 0 && !ferror(to);
}
