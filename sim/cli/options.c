/* Options common to several commands, and the parser that reads them and a command's own. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/names.h"
#include "cli/cli.h"
#include "report/report.h"

bool oh_take_count(struct oh_request *request, const char *what, const char *value, uint64_t least,
                   uint64_t most, uint64_t *into) {
    uint64_t count = 0;
    const char *at = value;
    for (; *at >= '0' && *at <= '9' && count <= (UINT64_MAX - 9) / 10; at++)
        count = 10 * count + (uint64_t)(*at - '0');
    if (at == value || *at != '\0' || count < least || count > most) {
        oh_text_printf(&request->problem, "%s takes a whole number from %llu to %llu, not '%s'",
                       what, (unsigned long long)least, (unsigned long long)most, value);
        return false;
    }
    *into = count;
    return true;
}

bool oh_take_choice(struct oh_request *request, const char *what, const char *value,
                    const struct oh_choice *choices, size_t n, int *into) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(choices[i].name, value) == 0) {
            *into = choices[i].value;
            return true;
        }
    }
    oh_text_printf(&request->problem, "%s takes ", what);
    for (size_t i = 0; i < n; i++)
        oh_text_printf(&request->problem, "%s%s", choices[i].name,
                       i + 2 < n   ? ", "
                       : i + 1 < n ? " or "
                                   : "");
    oh_text_printf(&request->problem, ", not '%s'", value);
    return false;
}

static bool add_override(struct oh_request *request, const char *flag, const char *path,
                         const char *value) {
    request->overrides =
        oh_realloc_array(request->overrides, request->n_overrides + 1, sizeof *request->overrides);
    request->overrides[request->n_overrides++] =
        (struct oh_override){.flag = flag, .path = path, .value = value};
    return true;
}

/* Bounds and messages of these are the schema's: the flag is one more way to write the key. */
static bool take_replications(struct oh_request *request, const char *value) {
    return add_override(request, "--replications", "run.replications", value);
}

static bool take_seed(struct oh_request *request, const char *value) {
    return add_override(request, "--seed", "run.seed", value);
}

static bool take_confidence(struct oh_request *request, const char *value) {
    return add_override(request, "--confidence", "run.confidence", value);
}

/* Keeps a text until the request is finished. */
static char *own(struct oh_request *request, char *text) {
    request->own_texts =
        oh_realloc_array(request->own_texts, request->n_own_texts + 1, sizeof *request->own_texts);
    return request->own_texts[request->n_own_texts++] = text;
}

static bool take_set(struct oh_request *request, const char *value) {
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value) {
        oh_text_printf(&request->problem, "--set takes PATH=VALUE, not '%s'", value);
        return false;
    }
    char *copy = oh_malloc(strlen(value) + 1);
    memcpy(copy, value, strlen(value) + 1);
    copy[equals - value] = '\0';
    own(request, copy);
    return add_override(request, "--set", copy, copy + (equals - value) + 1);
}

static bool take_variant(struct oh_request *request, const char *value) {
    if (request->variant != NULL && (request->command->groups & OH_FOR_VARIANTS) == 0) {
        oh_text_printf(&request->problem, "--variant '%s' follows --variant '%s': one at a time",
                       value, request->variant);
        return false;
    }
    for (size_t i = 0; i < request->n_variants; i++) {
        if (strcmp(request->variants[i], value) != 0)
            continue;
        oh_text_printf(&request->problem, "--variant '%s' is given twice", value);
        return false;
    }
    request->variants =
        oh_realloc_array(request->variants, request->n_variants + 1, sizeof *request->variants);
    request->variants[request->n_variants++] = value;
    request->variant = request->variants[0];
    return true;
}

static bool take_only_replication(struct oh_request *request, const char *value) {
    return oh_take_count(request, "--only-replication", value, 1, UINT32_MAX,
                         &request->only_replication);
}

/* The flag again adds to the list. */
static bool take_precision(struct oh_request *request, const char *value) {
    for (size_t i = 0; i < request->n_overrides; i++) {
        if (strcmp(request->overrides[i].path, "run.precision") != 0 ||
            strcmp(request->overrides[i].flag, "--precision") != 0)
            continue;
        struct oh_text both = {0};
        oh_text_printf(&both, "%s, %s", request->overrides[i].value, value);
        request->overrides[i].value = own(request, both.data);
        return true;
    }
    return add_override(request, "--precision", "run.precision", value);
}

static bool take_max_replications(struct oh_request *request, const char *value) {
    return add_override(request, "--max-replications", "run.max_replications", value);
}

static bool take_batches(struct oh_request *request, const char *value) {
    return add_override(request, "--batches", "run.batches", value);
}

static bool take_max_time(struct oh_request *request, const char *value) {
    return add_override(request, "--max-time", "run.max_time", value);
}

static bool take_threads(struct oh_request *request, const char *value) {
    uint64_t threads;
    if (!oh_take_count(request, "--threads", value, 1, 1024, &threads))
        return false;
    request->threads = (unsigned)threads;
    return true;
}

#define CHOOSE(request, what, value, choices, into)                                                \
    oh_take_choice((request), (what), (value), (choices), sizeof(choices) / sizeof *(choices),     \
                   (into))

static bool take_intervals(struct oh_request *request, const char *value) {
    static const struct oh_choice rows[] = {{"none", OH_INTERVALS_NONE},
                                            {"average", OH_INTERVALS_AVERAGE},
                                            {"each", OH_INTERVALS_EACH}};
    int chosen;
    if (!CHOOSE(request, "--intervals", value, rows, &chosen))
        return false;
    request->intervals = (enum oh_interval_rows)chosen;
    return true;
}

static bool take_format(struct oh_request *request, const char *value) {
    const struct oh_writer *writers;
    struct oh_choice formats[16];
    size_t n = oh_writers(&writers);
    OH_ARGUMENT(n <= sizeof formats / sizeof *formats);
    for (size_t i = 0; i < n; i++)
        formats[i] = (struct oh_choice){writers[i].name, (int)i};
    int chosen;
    if (!oh_take_choice(request, "--format", value, formats, n, &chosen))
        return false;
    request->format = writers[chosen].name;
    return true;
}

static const struct oh_choice whens[] = {
    {"auto", OH_AUTO}, {"always", OH_ALWAYS}, {"never", OH_NEVER}};

static bool take_progress(struct oh_request *request, const char *value) {
    int chosen;
    if (!CHOOSE(request, "--progress", value, whens, &chosen))
        return false;
    request->progress = (enum oh_when)chosen;
    return true;
}

static bool take_color(struct oh_request *request, const char *value) {
    int chosen;
    if (!CHOOSE(request, "--color", value, whens, &chosen))
        return false;
    request->color = (enum oh_when)chosen;
    return true;
}

static bool take_output(struct oh_request *request, const char *value) {
    request->output = value;
    return true;
}

static bool take_trace(struct oh_request *request, const char *value) {
    request->trace = value;
    return true;
}

static bool take_quiet(struct oh_request *request, const char *value) {
    request->quiet = true;
    return true;
}

static bool take_verbose(struct oh_request *request, const char *value) {
    request->verbose = true;
    return true;
}

static bool take_help(struct oh_request *request, const char *value) {
    request->help = true;
    return true;
}

static bool take_version(struct oh_request *request, const char *value) {
    request->version = true;
    return true;
}

static const struct oh_option common_options[] = {
    {"variant", 0, "NAME", OH_FOR_SCENARIO, take_variant,
     "use this variant of the scenario; 'run' takes several, and runs each like a further "
     "scenario"},
    {"set", 0, "PATH=VALUE", OH_FOR_SCENARIO, take_set,
     "override one value of the scenario, such as agents.desk.count=12; repeatable"},
    {"replications", 0, "N", OH_FOR_RUN, take_replications, "independent repetitions"},
    {"seed", 0, "S", OH_FOR_RUN, take_seed, "seed of all luck; the same seed, the same result"},
    {"confidence", 0, "P", OH_FOR_RUN, take_confidence, "of the intervals, such as 95%"},
    {"only-replication", 0, "N", OH_FOR_RUN, take_only_replication,
     "repeat replication N (from 1) alone, with the luck that it had in the whole run"},
    {"precision", 0, "METRIC=±X", OH_FOR_RUN, take_precision,
     "go on until a metric is known so well: service_level=±0.5% (points of a share), "
     "wait_answered.mean=±2% (relative to all else); repeatable, or several with commas"},
    {"max-replications", 0, "N", OH_FOR_RUN, take_max_replications,
     "the most that a precision may take; default: 10000"},
    {"batches", 0, "N", OH_FOR_RUN, take_batches,
     "one long run, cut into N parts that give the intervals, in place of replications"},
    {"max-time", 0, "DURATION", OH_FOR_RUN, take_max_time,
     "end after so long, such as 10min, with what there is by then, marked as incomplete"},
    {"threads", 0, "N", OH_FOR_RUN, take_threads,
     "default: as many as processors; the result is the same for any number"},
    {"intervals", 0, "none|average|each", OH_FOR_RUN, take_intervals,
     "rows by time of day: none, averaged over days, or of each day; without this option JSON and "
     "CSV have those averaged over days, and text has none"},
    {"format", 0, "text|json|csv", OH_FOR_FORMAT, take_format,
     "default: text, or what the name given to --output ends in"},
    {"output", 'o', "FILE|DIR|-", OH_FOR_OUTPUT, take_output,
     "write results there instead of to standard output"},
    {"trace", 0, "FILE", OH_FOR_RUN, take_trace, "write every attempt with all its times, as CSV"},
    {"progress", 0, "auto|always|never", OH_FOR_RUN, take_progress,
     "bar with the time left on standard error; auto: on a terminal"},
    {"color", 0, "auto|always|never", OH_FOR_ALL, take_color,
     "colour in messages; auto: on a terminal, unless NO_COLOR is set"},
    {"quiet", 'q', NULL, OH_FOR_ALL, take_quiet, "no warnings, no progress"},
    {"verbose", 'v', NULL, OH_FOR_ALL, take_verbose, "say more on standard error"},
    {"help", 'h', NULL, OH_FOR_ALL, take_help, "this help"},
    {"version", 0, NULL, OH_FOR_ALL, take_version, "the version of the program"},
};

size_t oh_common_options(const struct oh_option **rows) {
    *rows = common_options;
    return sizeof common_options / sizeof *common_options;
}

/* The i-th option that a command knows, its own rows first; NULL behind the last. */
static const struct oh_option *option_at(const struct oh_command *command, size_t i) {
    const struct oh_option *common;
    size_t n = oh_common_options(&common);
    if (i < command->n_own)
        return &command->own[i];
    return i - command->n_own < n ? &common[i - command->n_own] : NULL;
}

static bool takes(const struct oh_command *command, const struct oh_option *option) {
    return (option->groups & (command->groups | OH_FOR_ALL | OH_FOR_OWN)) != 0;
}

static void refuse_unknown(struct oh_request *request, const char *word, const char *name,
                           size_t length) {
    const char *names[64];
    size_t n = 0;
    const struct oh_option *option;
    for (size_t i = 0; (option = option_at(request->command, i)) != NULL && n < 64; i++)
        if (takes(request->command, option) && option->doc != NULL)
            names[n++] = option->name;
    char *typed = oh_malloc(length + 1);
    memcpy(typed, name, length);
    typed[length] = '\0';
    const char *nearest = oh_name_nearest(typed, names, n);
    free(typed);
    oh_text_printf(&request->problem, "unknown option '%.*s'", (int)(name - word + (long)length),
                   word);
    if (nearest != NULL)
        oh_text_printf(&request->problem, "; did you mean '--%s'?", nearest);
}

static const struct oh_option *find_long(struct oh_request *request, const char *word,
                                         size_t length) {
    const struct oh_option *option;
    for (size_t i = 0; (option = option_at(request->command, i)) != NULL; i++) {
        if (strlen(option->name) != length || strncmp(option->name, word + 2, length) != 0)
            continue;
        if (takes(request->command, option))
            return option;
        oh_text_printf(&request->problem, "option '--%s' does not apply to '%s'", option->name,
                       request->command->name);
        return NULL;
    }
    refuse_unknown(request, word, word + 2, length);
    return NULL;
}

static const struct oh_option *find_letter(struct oh_request *request, const char *word,
                                           char letter) {
    const struct oh_option *option;
    for (size_t i = 0; (option = option_at(request->command, i)) != NULL; i++)
        if (option->letter == letter && takes(request->command, option))
            return option;
    refuse_unknown(request, word, word + 1, strlen(word + 1));
    return NULL;
}

/* Hands an option its value: what follows '=' or the letter, else the next word. */
static bool give_value(struct oh_request *request, const struct oh_option *option,
                       const char *attached, int n, char *const *words, int *at) {
    if (option->argument == NULL)
        return option->handler(request, NULL);
    if (attached == NULL && *at + 1 >= n) {
        oh_text_printf(&request->problem, "option '--%s' needs %s", option->name, option->argument);
        return false;
    }
    return option->handler(request, attached != NULL ? attached : words[++*at]);
}

static bool parse_long(struct oh_request *request, int n, char *const *words, int *at) {
    const char *word = words[*at], *equals = strchr(word, '=');
    size_t length = equals != NULL ? (size_t)(equals - word) - 2 : strlen(word) - 2;
    const struct oh_option *option = find_long(request, word, length);
    if (option == NULL)
        return false;
    if (option->argument == NULL && equals != NULL) {
        oh_text_printf(&request->problem, "option '--%s' takes no value", option->name);
        return false;
    }
    return give_value(request, option, equals != NULL ? equals + 1 : NULL, n, words, at);
}

static bool parse_letters(struct oh_request *request, int n, char *const *words, int *at) {
    const char *word = words[*at];
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const struct oh_option *option = find_letter(request, word, *letter);
        if (option == NULL)
            return false;
        bool has_argument = option->argument != NULL;
        const char *attached = has_argument && letter[1] != '\0' ? letter + 1 : NULL;
        if (!give_value(request, option, attached, n, words, at))
            return false;
        if (has_argument)
            break;
    }
    return true;
}

bool oh_request_parse(struct oh_request *request, const struct oh_command *command, int n,
                      char *const *words) {
    *request = (struct oh_request){.command = command};
    request->arguments = oh_calloc((size_t)n + 1, sizeof *request->arguments);
    if (command->own_size > 0)
        request->own = oh_calloc(1, command->own_size);
    bool options_end = false;
    for (int at = 0; at < n; at++) {
        const char *word = words[at];
        bool ok = true;
        if (options_end || word[0] != '-' || word[1] == '\0')
            request->arguments[request->n_arguments++] = word;
        else if (strcmp(word, "--") == 0)
            options_end = true;
        else if (word[1] == '-')
            ok = parse_long(request, n, words, &at);
        else
            ok = parse_letters(request, n, words, &at);
        if (!ok)
            return false;
    }
    return true;
}

void oh_request_fini(struct oh_request *request) {
    for (size_t i = 0; i < request->n_own_texts; i++)
        free(request->own_texts[i]);
    free(request->own_texts);
    free(request->overrides);
    free(request->variants);
    free(request->arguments);
    free(request->own);
    oh_text_fini(&request->problem);
}
