/* onhold complete: what may follow on a command line. The shells' own parts (completion/) ask this, so that all they offer
 * comes from the tables of commands, options, keys and topics. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/topics.h"
#include "report/plot.h"
#include "scenario/document.h"
#include "scenario/schema.h"
#include "theory/theory.h"

struct line {
    const char *const *words; /* behind the program's name; the last is being typed */
    size_t n;
    const char *typed;  /* the last word, or its value behind "--option=" */
    const char *before; /* what was cut off for that */
    const struct oh_command *command;
    struct oh_arena *arena;
};

/* Prints a candidate if it goes on with what is typed. */
static void offer(const struct line *line, const char *candidate) {
    if (strncmp(candidate, line->typed, strlen(line->typed)) == 0)
        printf("%s%s\n", line->before, candidate);
}

/* The shell knows best how to complete names of files. `ending`: what is meant, "": any. */
static void offer_files(const char *ending) {
    printf(":files %s\n", ending);
}

/* ---- values of options ---- */

static bool is_scenario_name(const char *word) {
    struct stat status;
    const char *dot = strrchr(word, '.');
    return word[0] != '-' && dot != NULL &&
           (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0) && stat(word, &status) == 0 &&
           S_ISREG(status.st_mode);
}

/* The first scenario on the line; NULL if there is none, or if it is no YAML. */
static const struct oh_node *read_scenario(const struct line *line) {
    struct oh_diagnostics *diagnostics = oh_diag_create();
    const struct oh_node *root = NULL;
    for (size_t i = 1; i + 1 < line->n && root == NULL; i++)
        if (is_scenario_name(line->words[i]))
            root = oh_document_read(line->arena, line->words[i], diagnostics);
    oh_diag_destroy(diagnostics);
    return root;
}

static void offer_variants(const struct line *line) {
    const struct oh_node *root = read_scenario(line);
    const struct oh_node *variants = root != NULL ? oh_node_find(root, "variants") : NULL;
    for (size_t i = 0; variants != NULL && variants->kind == OH_MAPPING && i < variants->n; i++)
        offer(line, variants->entries[i].key->text);
}

/* The names that the scenario gives at the place of a `*`: those of the map that `path` leads to. */
static const struct oh_node *names_at(struct oh_arena *arena, const struct oh_node *root,
                                      const char *path, size_t length) {
    for (const char *at = path; root != NULL && at < path + length; at++) {
        size_t n = strcspn(at, ".");
        root = oh_node_find(root, oh_arena_strndup(arena, at, n));
        at += n;
    }
    return root != NULL && root->kind == OH_MAPPING ? root : NULL;
}

static void offer_path(const struct line *line, const struct oh_node *root, const char *path) {
    const char *star = strchr(path, '*');
    if (star == NULL) {
        offer(line, oh_arena_printf(line->arena, "%s=", path));
        return;
    }
    const struct oh_node *names =
        names_at(line->arena, root, path, star > path ? (size_t)(star - path) - 1 : 0);
    for (size_t i = 0; names != NULL && i < names->n; i++)
        offer_path(line, root,
                   oh_arena_printf(line->arena, "%.*s%s%s", (int)(star - path), path,
                                   names->entries[i].key->text, star + 1));
}

static bool has_parts(const struct oh_key *key, const struct oh_key *behind) {
    size_t length = strlen(key->path);
    return strncmp(behind->path, key->path, length) == 0 && behind->path[length] == '.';
}

/* PATH=VALUE: paths of the scenario, then the words that the key takes. */
static void offer_settings(const struct line *line) {
    const char *equals = strchr(line->typed, '=');
    if (equals != NULL) {
        const char *path =
            oh_arena_strndup(line->arena, line->typed, (size_t)(equals - line->typed));
        const struct oh_key *key = oh_schema_find(path);
        for (const struct oh_name *row = key != NULL ? key->choices : NULL;
             row != NULL && row->name != NULL; row++)
            offer(line, oh_arena_printf(line->arena, "%s=%s", path, row->name));
        return;
    }
    const struct oh_key *keys;
    const struct oh_node *root = read_scenario(line);
    size_t n = oh_schema_rows(&keys);
    for (size_t i = 0; i < n; i++)
        if ((i + 1 == n || !has_parts(&keys[i], &keys[i + 1])) &&
            strncmp(keys[i].path, "variants", 8) != 0)
            offer_path(line, root, keys[i].path);
}

static void offer_charts(const struct line *line) {
    for (size_t i = 0; i < oh_plot_kinds(); i++)
        offer(line, oh_plot_kind_name(oh_plot_kind_row(i)));
}

static void offer_formulas(const struct line *line) {
    for (size_t i = 0; i < OH_THEORY_N_FORMULAS; i++)
        offer(line, oh_theory_formula_names[i]);
}

/* "text|json|csv": offers the words, if all of them are in small letters. */
static bool offer_words(const struct line *line, const char *words) {
    size_t length = strspn(words, "abcdefghijklmnopqrstuvwxyz|");
    if (words[length] != '\0' || strchr(words, '|') == NULL)
        return false;
    while (*words != '\0') {
        size_t n = strcspn(words, "|");
        offer(line, oh_arena_strndup(line->arena, words, n));
        words += n + (words[n] == '|');
    }
    return true;
}

/* Options whose argument does not tell its words. */
static const struct {
    const char *option;
    void (*offer)(const struct line *line);
} sources[] = {{"variant", offer_variants}, {"set", offer_settings}, {"vary", offer_settings},
               {"free", offer_settings},    {"kind", offer_charts},  {"formula", offer_formulas}};

static void offer_values(const struct line *line, const struct oh_option *option) {
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (strcmp(sources[i].option, option->name) == 0) {
            sources[i].offer(line);
            return;
        }
    if (!offer_words(line, option->argument) &&
        (strstr(option->argument, "FILE") != NULL || strstr(option->argument, "DIR") != NULL))
        offer_files("");
}

/* ---- options ---- */

/* The i-th option that the command takes; NULL behind the last. */
static const struct oh_option *option_at(const struct oh_command *command, size_t i) {
    const struct oh_option *common;
    size_t n = oh_common_options(&common), left = i;
    if (i < command->n_own)
        return &command->own[i];
    left -= command->n_own;
    for (size_t c = 0; c < n; c++)
        if ((common[c].groups & (command->groups | OH_FOR_ALL)) != 0 && common[c].doc != NULL &&
            left-- == 0)
            return &common[c];
    return NULL;
}

static void offer_options(const struct line *line) {
    const struct oh_option *option;
    for (size_t i = 0; (option = option_at(line->command, i)) != NULL; i++)
        offer(line, oh_arena_printf(line->arena, "--%s", option->name));
}

/* The option that `word` is, with its value still to come. */
static const struct oh_option *find_option(const struct oh_command *command, const char *word,
                                           size_t length) {
    const struct oh_option *option;
    for (size_t i = 0; (option = option_at(command, i)) != NULL; i++) {
        bool is_long = length > 2 && strncmp(word, "--", 2) == 0 &&
                       strlen(option->name) == length - 2 &&
                       strncmp(option->name, word + 2, length - 2) == 0;
        bool is_letter = length == 2 && word[0] == '-' && word[1] == option->letter;
        if (option->argument != NULL && (is_long || is_letter))
            return option;
    }
    return NULL;
}

/* "--option=val" and "--option val". */
static bool complete_value(struct line *line) {
    const struct oh_option *option = NULL;
    size_t length = strcspn(line->typed, "=");
    if (strncmp(line->typed, "--", 2) == 0 && line->typed[length] == '=') {
        option = find_option(line->command, line->typed, length);
        line->before = oh_arena_strndup(line->arena, line->typed, length + 1);
        line->typed += length + 1;
    } else if (line->n > 2) {
        const char *previous = line->words[line->n - 2];
        option = find_option(line->command, previous, strlen(previous));
    }
    if (option != NULL)
        offer_values(line, option);
    return option != NULL || line->before[0] != '\0';
}

/* ---- arguments, as the synopsis calls them ---- */

static void offer_topics(const struct line *line) {
    const struct oh_topic_kind *kinds;
    struct oh_topic_names names = {.arena = line->arena};
    size_t n = oh_topic_kinds(&kinds);
    for (size_t i = 0; i < n; i++) {
        oh_topic_name(&names, kinds[i].name);
        kinds[i].list(&names);
    }
    for (size_t i = 0; i < names.n; i++)
        offer(line, names.name[i]);
    oh_topic_names_fini(&names);
}

static void offer_arguments(const struct line *line) {
    const char *synopsis = line->command->synopsis, *first = synopsis;
    for (int i = 0; i < 2; i++) { /* behind "onhold COMMAND " */
        first += strcspn(first, " ");
        first += strspn(first, " ");
    }
    if (line->n == 2 &&
        offer_words(line, oh_arena_strndup(line->arena, first, strcspn(first, " "))))
        return;
    if (strstr(synopsis, "SCENARIO") != NULL)
        offer_files(".yaml");
    else if (strstr(synopsis, "RESULT") != NULL)
        offer_files(".json");
    else if (strstr(synopsis, "TOPIC") != NULL)
        offer_topics(line);
}

static void complete(struct line *line) {
    if (line->n == 1) {
        const struct oh_command *const *commands;
        size_t n = oh_commands(&commands);
        for (size_t i = 0; i < n; i++)
            offer(line, commands[i]->name);
        offer(line, "--help");
        offer(line, "--version");
        return;
    }
    line->command = oh_command_find(line->words[0]);
    if (line->command == NULL || complete_value(line))
        return;
    if (line->typed[0] == '-')
        offer_options(line);
    else
        offer_arguments(line);
}

static int run(struct oh_request *request) {
    if (request->n_arguments == 0)
        return oh_refuse(request, "say what has been typed: 'onhold complete -- WORD...'");
    struct line line = {.words = request->arguments,
                        .n = request->n_arguments,
                        .typed = request->arguments[request->n_arguments - 1],
                        .before = "",
                        .arena = oh_arena_create()};
    complete(&line);
    oh_arena_destroy(line.arena);
    return OH_EXIT_DONE;
}

const struct oh_command oh_command_complete = {
    .name = "complete",
    .synopsis = "onhold complete -- WORD...",
    .about = "what may follow on a command line, for shells",
    .doc =
        "Prints what the last WORD may become, a line each; the words are those behind 'onhold',\n"
        "the last may be empty. The line ':files .yaml' stands for names of files. Completion in\n"
        "bash, zsh and fish, which 'ninja install' puts in place, asks this command.",
    .examples = "  onhold complete -- run desk.yaml --variant ''\n",
    .groups = 0,
    .run = run};
