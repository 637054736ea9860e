/* onhold explain: what a key, metric, distribution, choice, message or command means. */
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "cli/cli.h"
#include "cli/topics.h"

struct explain {
    bool markdown, manual;
};

static bool take_markdown(struct oh_request *request, const char *value) {
    ((struct explain *)request->own)->markdown = true;
    return true;
}

static bool take_manual(struct oh_request *request, const char *value) {
    ((struct explain *)request->own)->manual = true;
    return true;
}

static const struct oh_option options[] = {
    {"markdown", 0, NULL, OH_FOR_OWN, take_markdown,
     "print the reference of all keys, distributions or metrics as Markdown"},
    {"manual", 0, NULL, OH_FOR_OWN, take_manual, "print the manual page, as roff"},
};

static void print_overview(void) {
    const struct oh_topic_kind *kinds;
    size_t n = oh_topic_kinds(&kinds);
    puts("'onhold explain TOPIC' explains one thing, 'onhold explain KIND' lists a kind:\n");
    for (size_t i = 0; i < n; i++)
        printf("  %-14s %s\n", kinds[i].name, kinds[i].about);
    puts("\nTry 'onhold explain reached' or 'onhold explain queue.limit'.");
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void print_names(const struct oh_topic_kind *kind) {
    struct oh_topic_names names = {.arena = oh_arena_create()};
    kind->list(&names);
    qsort(names.name, names.n, sizeof *names.name, compare_names);
    for (size_t i = 0; i < names.n; i++)
        if (i == 0 || strcmp(names.name[i], names.name[i - 1]) != 0)
            puts(names.name[i]);
    oh_topic_names_fini(&names);
    oh_arena_destroy(names.arena);
}

static const struct oh_topic_kind *find_kind(const char *name) {
    const struct oh_topic_kind *kinds;
    for (size_t n = oh_topic_kinds(&kinds); n > 0; n--)
        if (strcmp(kinds[n - 1].name, name) == 0)
            return &kinds[n - 1];
    return NULL;
}

static int print_reference(const struct oh_request *request, const char *name) {
    const struct oh_topic_kind *kind = find_kind(name);
    if (kind == NULL || kind->reference == NULL)
        return oh_refuse(request, "--markdown prints keys, distributions or metrics");
    struct oh_text text = {0};
    kind->reference(&text);
    fputs(text.data, stdout);
    oh_text_fini(&text);
    return OH_EXIT_DONE;
}

static int refuse_topic(const char *topic) {
    const struct oh_topic_kind *kinds;
    size_t n = oh_topic_kinds(&kinds);
    struct oh_topic_names names = {.arena = oh_arena_create()};
    for (size_t i = 0; i < n; i++) {
        oh_topic_name(&names, kinds[i].name);
        kinds[i].list(&names);
    }
    for (size_t i = 0, listed = names.n; i < listed; i++) {
        const char *dot = strrchr(names.name[i], '.');
        if (dot != NULL)
            oh_topic_name(&names, dot + 1); /* keys go by their last word too */
    }
    const char *nearest = oh_name_nearest(topic, names.name, names.n);
    if (nearest != NULL)
        oh_complain(0, "nothing is known about '%s'; did you mean '%s'?", topic, nearest);
    else
        oh_complain(0, "nothing is known about '%s'; 'onhold explain' lists the kinds of topics",
                    topic);
    oh_topic_names_fini(&names);
    oh_arena_destroy(names.arena);
    return OH_EXIT_USAGE;
}

static int explain(const char *topic) {
    const struct oh_topic_kind *kind = find_kind(topic), *kinds;
    if (kind != NULL) {
        print_names(kind);
        return OH_EXIT_DONE;
    }
    size_t n = oh_topic_kinds(&kinds), found = 0;
    struct oh_text text = {0};
    for (size_t i = 0; i < n; i++)
        found += kinds[i].explain(topic, &text);
    if (found > 0)
        fputs(text.data, stdout);
    oh_text_fini(&text);
    return found > 0 ? OH_EXIT_DONE : refuse_topic(topic);
}

static int run(struct oh_request *request) {
    if (request->n_arguments > 1)
        return oh_refuse(request, "one topic at a time");
    const struct explain *own = request->own;
    const char *topic = request->n_arguments == 1 ? request->arguments[0] : NULL;
    if (own->markdown)
        return print_reference(request, topic != NULL ? topic : "");
    if (topic != NULL)
        return explain(topic);
    if (own->manual)
        oh_manual_print(stdout);
    else
        print_overview();
    return OH_EXIT_DONE;
}

const struct oh_command oh_command_explain = {
    .name = "explain",
    .synopsis = "onhold explain [TOPIC | KIND | --markdown KIND]",
    .about = "what a key, metric, distribution or message means",
    .doc = "Explains any key of a scenario, metric, distribution, message, command or option from\n"
           "the table that the program itself works with. Without a topic, lists the kinds.",
    .examples = "  onhold explain service_level\n"
                "  onhold explain lognormal\n"
                "  onhold explain unknown-distribution\n",
    .groups = 0,
    .own = options,
    .n_own = sizeof options / sizeof *options,
    .own_size = sizeof(struct explain),
    .run = run};
