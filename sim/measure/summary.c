#include "measure/summary.h"

#include <math.h>
#include <string.h>

double oh_half_width(const struct oh_estimate *e) {
    return isnan(e->low) || isnan(e->high) ? NAN : fmax(e->high - e->value, e->value - e->low);
}

void oh_summary_destroy(struct oh_summary *summary) {
    if (summary != NULL)
        oh_arena_destroy(summary->arena);
}

void oh_summary_warn(struct oh_summary *summary, const char *sentence) {
    const char **warnings = OH_NEW_ARRAY(summary->arena, summary->n_warnings + 1, const char *);
    for (uint32_t i = 0; i < summary->n_warnings; i++)
        warnings[i] = summary->warnings[i];
    warnings[summary->n_warnings++] = sentence;
    summary->warnings = warnings;
}

const char *oh_summary_unit(const struct oh_summary *summary, enum oh_metric_unit unit) {
    return oh_metric_unit_in(unit, summary->currency);
}

int oh_summary_use(const struct oh_summary *summary, const char *id) {
    for (uint32_t u = 0; u < summary->n_uses; u++)
        if (strcmp(summary->uses[u].id, id) == 0)
            return (int)u;
    return -1;
}

/* "NAME.rest": the rest, if NAME is `name`; names hold no dot. */
static const char *behind(const char *path, const char *name) {
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && path[length] == '.' ? path + length + 1 : NULL;
}

static const struct oh_scope *find_member(const struct oh_scope *members, uint32_t n,
                                          const char *path, const char **id) {
    for (uint32_t i = 0; i < n; i++)
        if ((*id = behind(path, members[i].name)) != NULL)
            return &members[i];
    return NULL;
}

bool oh_summary_find(const struct oh_summary *summary, const char *path,
                     const struct oh_scope **scope, int *use) {
    const char *id = behind(path, "total"), *members;
    *scope = id != NULL ? &summary->total : NULL;
    if ((members = behind(path, "contacts")) != NULL)
        *scope = find_member(summary->types, summary->n_types, members, &id);
    else if ((members = behind(path, "agents")) != NULL)
        *scope = find_member(summary->groups, summary->n_groups, members, &id);
    if (*scope == NULL)
        return false;
    *use = oh_summary_use(summary, id);
    return *use >= 0 && (*scope)->present[*use];
}
