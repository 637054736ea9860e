#include "api/hint.h"

#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/text.h"
#include "base/units.h"

/* All paths that a run has, for "did you mean". */
struct paths {
    struct oh_arena *arena;
    const char **path;
    size_t n, capacity;
};

static void add_path(struct paths *paths, const char *scope, const char *name, const char *id) {
    if (paths->n == paths->capacity) {
        paths->capacity = 2 * paths->capacity + 64;
        paths->path = oh_realloc_array(paths->path, paths->capacity, sizeof *paths->path);
    }
    paths->path[paths->n++] = name != NULL
                                  ? oh_arena_printf(paths->arena, "%s.%s.%s", scope, name, id)
                                  : oh_arena_printf(paths->arena, "%s.%s", scope, id);
}

static void add_scopes(struct paths *paths, const struct oh_layout *layout,
                       const struct oh_metric *metric, const char *id) {
    unsigned scopes = oh_metric_scopes(metric);
    if ((scopes & OH_IN_TOTAL) != 0)
        add_path(paths, "total", NULL, id);
    for (uint32_t i = 0; (scopes & OH_IN_CONTACTS) != 0 && i < layout->n_types; i++)
        add_path(paths, "contacts", layout->types[i].name, id);
    for (uint32_t i = 0; (scopes & OH_IN_AGENTS) != 0 && i < layout->n_groups; i++)
        add_path(paths, "agents", layout->group_names[i], id);
}

static void list_paths(struct paths *paths, const struct oh_layout *layout) {
    char id[64];
    const double *percentiles;
    size_t n_percentiles = oh_metric_percentiles(&percentiles);
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const struct oh_metric *metric = oh_metric_row(i);
        enum oh_metric_family family = oh_metric_family_of(metric);
        if (family == OH_NO_FAMILY)
            add_scopes(paths, layout, metric, oh_metric_id(metric));
        for (size_t p = 0; family == OH_PERCENTILES && p < n_percentiles; p++)
            add_scopes(paths, layout, metric,
                       oh_metric_print_id(metric, percentiles[p], id, sizeof id));
    }
}

/* A path taken apart: "contacts.sales." and "asa". Of "sales.asa" the scope is found too, as it is the only one. */
struct parts {
    const char *scope; /* with the dot; "": none */
    const char *id;
};

static size_t starts_with_name(const char *path, const char *name) {
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && path[length] == '.' ? length + 1 : 0;
}

static struct parts take_apart(const char *path, const struct oh_layout *layout,
                               struct oh_arena *arena) {
    bool is_scoped = starts_with_name(path, "contacts") > 0 || starts_with_name(path, "agents") > 0;
    const char *name_end = is_scoped ? strchr(strchr(path, '.') + 1, '.') : NULL;
    size_t length =
        name_end != NULL ? (size_t)(name_end - path) + 1 : starts_with_name(path, "total");
    if (length > 0)
        return (struct parts){oh_arena_strndup(arena, path, length), path + length};
    for (uint32_t i = 0; i < layout->n_types; i++)
        if ((length = starts_with_name(path, layout->types[i].name)) > 0)
            return (struct parts){oh_arena_printf(arena, "contacts.%s.", layout->types[i].name),
                                  path + length};
    for (uint32_t i = 0; i < layout->n_groups; i++)
        if ((length = starts_with_name(path, layout->group_names[i])) > 0)
            return (struct parts){oh_arena_printf(arena, "agents.%s.", layout->group_names[i]),
                                  path + length};
    return (struct parts){"", path};
}

/* The length of what stands before the placeholder in the id of a row of the family that `id` begins with; 0: none. */
static size_t family_of(const char *id, enum oh_metric_family family) {
    for (size_t i = 0; i < oh_metrics(NULL); i++) {
        const struct oh_metric *metric = oh_metric_row(i);
        size_t length = strcspn(oh_metric_id(metric), "<");
        if (oh_metric_family_of(metric) == family && strncmp(oh_metric_id(metric), id, length) == 0)
            return length;
    }
    return 0;
}

/* "wait_answered.p85": other percentiles exist. */
static const char *percentile_hint(const char *id, struct oh_arena *arena) {
    size_t length = family_of(id, OH_PERCENTILES);
    if (length == 0 || id[length] < '0' || id[length] > '9')
        return NULL;
    struct oh_text text = {0};
    const double *percentiles;
    char number[40];
    size_t n = oh_metric_percentiles(&percentiles);
    for (size_t i = 0; i < n; i++)
        oh_text_printf(&text, "%sp%s",
                       i == 0      ? ""
                       : i + 1 < n ? ", "
                                   : " and ",
                       oh_number_print(100 * percentiles[i], 12, number, sizeof number));
    const char *hint = oh_arena_printf(arena, "its percentiles are %s", text.data);
    oh_text_fini(&text);
    return hint;
}

/* "wait_answered.over_10min" is called "wait_answered.over_600s". */
static const char *name_of_tail(const char *id, struct oh_arena *arena) {
    size_t length = family_of(id, OH_TAILS);
    struct oh_parse tail = oh_unit_parse(OH_UNIT_DURATION, id + length, strlen(id + length));
    if (length == 0 || tail.status != OH_PARSE_OK)
        return NULL;
    char number[40];
    return oh_arena_printf(arena, "%.*s%ss", (int)length, id,
                           oh_number_print(tail.value, 12, number, sizeof number));
}

static const char *tail_hint(const struct parts *parts, struct oh_arena *arena) {
    const char *tail = parts->id + family_of(parts->id, OH_TAILS);
    bool is_total = strcmp(parts->scope, "total.") == 0;
    return oh_arena_printf(arena, "add 'tails: [%s]' to %s", tail,
                           is_total ? "every contact type" : "the contact type");
}

static const char *nearest_hint(const char *path, const struct oh_layout *layout,
                                struct oh_arena *arena) {
    struct paths paths = {.arena = arena};
    list_paths(&paths, layout);
    const char *nearest = oh_name_nearest(path, paths.path, paths.n);
    free(paths.path);
    return nearest != NULL ? oh_arena_printf(arena, "did you mean '%s'?", nearest) : NULL;
}

/* Of a metric without its scope. */
static const char *scope_hint(const char *id, struct oh_arena *arena) {
    double parameter;
    unsigned scopes = oh_metric_scopes(oh_metric_find(id, &parameter));
    if ((scopes & OH_IN_CONTACTS) != 0)
        return oh_arena_printf(arena, "say where: 'total.%s' or 'contacts.NAME.%s'", id, id);
    if ((scopes & OH_IN_TOTAL) == 0)
        return oh_arena_printf(arena, "say where: 'agents.NAME.%s'", id);
    if ((scopes & OH_IN_AGENTS) == 0)
        return oh_arena_printf(arena, "say where: 'total.%s'", id);
    return oh_arena_printf(arena, "say where: 'total.%s' or 'agents.NAME.%s'", id, id);
}

/* The id that was meant: as it is, what a planner's word stands for, or a tail in seconds; NULL: unknown. */
static const char *meant(const char *id, struct oh_arena *arena) {
    double parameter;
    if (oh_metric_find(id, &parameter) != NULL)
        return id;
    const char *synonym = oh_metric_synonym(id);
    return synonym != NULL ? synonym : name_of_tail(id, arena);
}

const char *oh_metric_hint(const char *path, enum oh_path_status status,
                           const struct oh_layout *layout, struct oh_arena *arena) {
    struct parts parts = take_apart(path, layout, arena);
    if (status == OH_PATH_NO_TAIL)
        return tail_hint(&parts, arena);
    if (status != OH_PATH_NO_SCOPE && status != OH_PATH_NO_METRIC)
        return NULL;
    const char *id = meant(parts.id, arena), *percentiles = percentile_hint(parts.id, arena);
    if (id == NULL)
        return percentiles != NULL ? percentiles : nearest_hint(path, layout, arena);
    if (parts.scope[0] == '\0')
        return scope_hint(id, arena);
    const char *better = oh_arena_printf(arena, "%s%s", parts.scope, id);
    struct oh_metric_path found;
    enum oh_path_status then = oh_metric_path(better, layout, &found);
    return then == OH_PATH_NO_SCOPE ? nearest_hint(better, layout, arena)
                                    : oh_arena_printf(arena, "did you mean '%s'?", better);
}
