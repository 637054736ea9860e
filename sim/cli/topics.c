#include "cli/topics.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/diag.h"
#include "cli/cli.h"
#include "cli/glossary.h"
#include "cli/trace.h"
#include "measure/metric.h"
#include "random/dist.h"
#include "scenario/schema.h"

void oh_topic_name(struct oh_topic_names *names, const char *name) {
    if (names->n == names->capacity) {
        names->capacity = 2 * names->capacity + 64;
        names->name = oh_realloc_array(names->name, names->capacity, sizeof *names->name);
    }
    names->name[names->n++] = oh_arena_strdup(names->arena, name);
}

void oh_topic_names_fini(struct oh_topic_names *names) {
    free(names->name);
}

/* Separates what is explained from what was explained before it. */
static void begin(struct oh_text *to) {
    if (to->length > 0)
        oh_text_puts(to, "\n");
}

/* ---- commands and their options ---- */

static void list_commands(struct oh_topic_names *names) {
    const struct oh_command *const *commands;
    size_t n = oh_commands(&commands);
    for (size_t i = 0; i < n; i++)
        oh_topic_name(names, commands[i]->name);
}

static size_t explain_command(const char *topic, struct oh_text *to) {
    const struct oh_command *command = oh_command_find(topic);
    if (command == NULL)
        return 0;
    begin(to);
    oh_text_printf(to, "%s (command): %s\n\n  %s\n\n%s\n", command->name, command->about,
                   command->synopsis, command->doc);
    if (command->examples != NULL)
        oh_text_printf(to, "\n%s", command->examples);
    return 1;
}

static void list_options(struct oh_topic_names *names) {
    const struct oh_option *options;
    size_t n = oh_common_options(&options);
    for (size_t i = 0; i < n; i++)
        if (options[i].doc != NULL)
            oh_topic_name(names, options[i].name);
}

static size_t explain_option(const char *topic, struct oh_text *to) {
    const struct oh_option *options;
    size_t n = oh_common_options(&options);
    for (const char *name = topic + strspn(topic, "-"); n > 0; n--) {
        const struct oh_option *option = &options[n - 1];
        if (option->doc == NULL || strcmp(option->name, name) != 0)
            continue;
        begin(to);
        oh_text_printf(to, "--%s%s%s (option)\n", option->name, option->argument != NULL ? " " : "",
                       option->argument != NULL ? option->argument : "");
        oh_text_wrap(to, option->doc, 0, OH_PAGE_WIDTH);
        return 1;
    }
    return 0;
}

/* ---- keys, and the words that they take ---- */

static void list_keys(struct oh_topic_names *names) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        oh_topic_name(names, keys[i].path);
}

static size_t explain_key(const char *topic, struct oh_text *to) {
    struct oh_text keys = {0};
    size_t n = oh_explain_key(topic, &keys);
    if (n > 0) {
        begin(to);
        oh_text_puts(to, keys.data);
    }
    oh_text_fini(&keys);
    return n;
}

static void list_choices(struct oh_topic_names *names) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        for (const struct oh_name *c = keys[i].choices; c != NULL && c->name != NULL; c++)
            oh_topic_name(names, c->name);
}

static size_t explain_choice(const char *topic, struct oh_text *to) {
    const struct oh_key *keys;
    size_t n = oh_schema_rows(&keys), found = 0;
    for (size_t i = 0; i < n; i++) {
        if (keys[i].choices == NULL || oh_name_find(keys[i].choices, topic, strlen(topic)) == NULL)
            continue;
        begin(to);
        oh_text_printf(to, "%s (choice of %s)\n", topic, keys[i].path);
        oh_text_wrap(to, keys[i].about, 0, OH_PAGE_WIDTH);
        found++;
    }
    return found;
}

/* ---- distributions ---- */

static void list_distributions(struct oh_topic_names *names) {
    const struct oh_dist_row *rows;
    size_t n = oh_dist_rows(&rows);
    for (size_t i = 0; i < n; i++)
        oh_topic_name(names, rows[i].name);
}

static size_t explain_distribution(const char *topic, struct oh_text *to) {
    const struct oh_dist_row *rows;
    for (size_t n = oh_dist_rows(&rows); n > 0; n--) {
        const struct oh_dist_row *row = &rows[n - 1];
        if (strcmp(row->name, topic) != 0)
            continue;
        begin(to);
        oh_text_printf(to, "%s (distribution)\n", row->name);
        oh_text_wrap(to, row->about, 0, OH_PAGE_WIDTH);
        oh_text_printf(to, "\n  %s\n", row->synopsis);
        return 1;
    }
    return 0;
}

static void distribution_reference(struct oh_text *to) {
    const struct oh_dist_row *rows;
    size_t n = oh_dist_rows(&rows);
    for (size_t i = 0; i < n; i++)
        oh_text_printf(to, "- `%s`: %s\n", rows[i].synopsis, rows[i].about);
}

/* ---- metrics ---- */

static void list_metrics(struct oh_topic_names *names) {
    for (size_t i = 0; i < oh_metrics(NULL); i++)
        oh_topic_name(names, oh_metric_id(oh_metric_row(i)));
}

static void say_metric(const struct oh_metric *metric, double parameter, struct oh_text *to) {
    struct oh_arena *arena = oh_arena_create();
    begin(to);
    oh_text_puts(to, oh_metric_explain(metric, parameter, NULL, arena));
    oh_arena_destroy(arena);
}

/* "contacts.sales.reached" and "total.reached" are about "reached". */
static const char *metric_part(const char *topic) {
    if (strncmp(topic, "total.", 6) == 0)
        return topic + 6;
    bool is_scoped = strncmp(topic, "contacts.", 9) == 0 || strncmp(topic, "agents.", 7) == 0;
    const char *name_end = is_scoped ? strchr(strchr(topic, '.') + 1, '.') : NULL;
    return name_end != NULL ? name_end + 1 : topic;
}

static size_t explain_exactly(const char *id, struct oh_text *to) {
    double parameter = 0;
    const struct oh_metric *metric = oh_metric_find(id, &parameter);
    if (metric != NULL)
        say_metric(metric, parameter, to);
    return metric != NULL;
}

/* Rows called so (a family goes by the id with its placeholder) or whose id goes on behind a dot: "wait_answered". */
static size_t explain_rows(const char *id, bool below, struct oh_text *to) {
    size_t found = 0, length = strlen(id);
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const char *row = oh_metric_id(oh_metric_row(i));
        if (strncmp(row, id, length) != 0 || row[length] != (below ? '.' : '\0'))
            continue;
        say_metric(oh_metric_row(i), 0, to);
        found++;
    }
    return found;
}

/* By its id, by the start of its id, or, of service levels, by the formula's name. */
static size_t explain_metric(const char *topic, struct oh_text *to) {
    const char *id = metric_part(topic);
    size_t found = explain_exactly(id, to);
    if (found == 0)
        found = explain_rows(id, false, to);
    found += explain_rows(id, true, to);
    if (found == 0) {
        struct oh_text formula = {0};
        oh_text_printf(&formula, "service_level.%s", id);
        found = explain_exactly(formula.data, to);
        oh_text_fini(&formula);
    }
    const char *synonym = found == 0 ? oh_metric_synonym(id) : NULL;
    if (synonym != NULL) {
        begin(to);
        oh_text_printf(to, "%s is %s here:\n", id, synonym);
        found = explain_exactly(synonym, to);
    }
    return found;
}

static void metric_reference(struct oh_text *to) {
    oh_text_puts(to, "| metric | what it is | definition | unit |\n|---|---|---|---|\n");
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const struct oh_metric *metric = oh_metric_row(i);
        oh_text_printf(to, "| `%s` | %s | %s | %s |\n", oh_metric_id(metric),
                       oh_metric_title(metric), oh_metric_definition(metric),
                       oh_metric_unit_name(oh_metric_unit_of(metric)));
    }
}

/* ---- messages ---- */

static void list_messages(struct oh_topic_names *names) {
    for (size_t i = 0; i < OH_N_MESSAGES; i++)
        oh_topic_name(names, oh_messages[i].slug);
}

static size_t explain_message(const char *topic, struct oh_text *to) {
    const struct oh_message *message = oh_message_find(topic);
    if (message == NULL)
        return 0;
    begin(to);
    oh_text_printf(to, "%s (%s)\n", message->slug,
                   message->severity == OH_ERROR ? "error" : "warning");
    oh_text_wrap(to, message->explanation, 0, OH_PAGE_WIDTH);
    return 1;
}

/* ---- words of the field ---- */

static void list_words(struct oh_topic_names *names) {
    const struct oh_glossary_row *rows;
    size_t n = oh_glossary(&rows);
    for (size_t i = 0; i < n; i++)
        oh_topic_name(names, rows[i].word);
    for (size_t i = 0; oh_metric_synonym_row(i) != NULL; i++)
        oh_topic_name(names, oh_metric_synonym_row(i));
}

/* Single letters as written: T is a threshold, t is nothing. */
static bool is_word(const char *word, const char *topic) {
    return strlen(word) == 1 ? strcmp(word, topic) == 0 : strcasecmp(word, topic) == 0;
}

static size_t explain_word(const char *topic, struct oh_text *to) {
    const struct oh_glossary_row *rows;
    for (size_t n = oh_glossary(&rows); n > 0; n--) {
        const struct oh_glossary_row *row = &rows[n - 1];
        if (!is_word(row->word, topic))
            continue;
        begin(to);
        oh_text_printf(to, "%s (word)\n", row->word);
        oh_text_wrap(to, row->about, 0, OH_PAGE_WIDTH);
        if (row->see != NULL)
            oh_text_printf(to, "See also: %s\n", row->see);
        return 1;
    }
    return 0;
}

/* ---- the files ---- */

static size_t explain_result_file(const char *topic, struct oh_text *to) {
    const struct oh_file_doc *docs;
    size_t n = oh_file_docs(&docs), found = 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(topic, docs[i].name) != 0 && strcmp(topic, docs[i].other) != 0)
            continue;
        begin(to);
        oh_text_printf(to, "%s: %s:\n", docs[i].name, docs[i].about);
        for (size_t p = 0; p < docs[i].n; p++) {
            oh_text_printf(to, "  %-14s ", docs[i].parts[p].name);
            oh_text_wrap(to, docs[i].parts[p].about, 17, OH_PAGE_WIDTH);
        }
        found++;
    }
    return found;
}

/* ---- the trace ---- */

static void list_files(struct oh_topic_names *names) {
    const struct oh_file_doc *docs;
    size_t n = oh_file_docs(&docs);
    for (size_t i = 0; i < n; i++)
        oh_topic_name(names, docs[i].name);
    oh_topic_name(names, "trace");
}

static size_t explain_trace(const char *topic, struct oh_text *to) {
    const struct oh_trace_column *columns;
    size_t n = oh_trace_columns(&columns);
    if (strcmp(topic, "trace") != 0)
        return 0;
    begin(to);
    oh_text_puts(to, "columns of the file that --trace writes:\n");
    for (size_t i = 0; i < n; i++)
        oh_text_printf(to, "  %-14s %s\n", columns[i].name, columns[i].about);
    return 1;
}

static size_t explain_file(const char *topic, struct oh_text *to) {
    return explain_result_file(topic, to) + explain_trace(topic, to);
}

static const struct oh_topic_kind kinds[] = {
    {"commands", "what onhold does", list_commands, explain_command, NULL},
    {"options", "that several commands share", list_options, explain_option, NULL},
    {"keys", "of scenarios, such as queue.limit", list_keys, explain_key, oh_schema_reference},
    {"choices", "words that keys take, such as disconnect", list_choices, explain_choice, NULL},
    {"distributions", "of patience, talk and other times", list_distributions, explain_distribution,
     distribution_reference},
    {"metrics", "with their exact definitions", list_metrics, explain_metric, metric_reference},
    {"messages", "the word in brackets behind an error", list_messages, explain_message, NULL},
    {"words", "of the field, such as sought or ASA", list_words, explain_word, NULL},
    {"files", "that onhold writes: their members and columns", list_files, explain_file, NULL},
};

size_t oh_topic_kinds(const struct oh_topic_kind **rows) {
    *rows = kinds;
    return sizeof kinds / sizeof *kinds;
}
