/* What `onhold explain` knows: kinds of topics, one row each, every one backed by the table that the program works
 * with. */
#ifndef OH_CLI_TOPICS_H
#define OH_CLI_TOPICS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

struct oh_topic_names {
    struct oh_arena *arena;
    const char **name;
    size_t n, capacity;
};
void oh_topic_name(struct oh_topic_names *names, const char *name);
void oh_topic_names_fini(struct oh_topic_names *names);

struct oh_topic_kind {
    const char *name, *about; /* "metrics" */
    void (*list)(struct oh_topic_names *names);
    /* Explains what goes by this name and returns how many things do. */
    size_t (*explain)(const char *topic, struct oh_text *to);
    void (*reference)(struct oh_text *to); /* as Markdown; NULL: none */
};
size_t oh_topic_kinds(const struct oh_topic_kind **rows);

#endif
