#include "measure/comparison.h"

#include <math.h>
#include <string.h>

/* By how an id begins; the first that fits. What is not here is neither: staff, times of agents, offered contacts. */
static const struct {
    const char *start;
    enum oh_sense sense;
} senses[] = {
    {"reached", OH_MORE_IS_BETTER},
    {"service_level", OH_MORE_IS_BETTER},
    {"answered", OH_MORE_IS_BETTER},
    {"self_served", OH_MORE_IS_BETTER},
    {"customers_reached", OH_MORE_IS_BETTER},
    {"resolved", OH_MORE_IS_BETTER},
    {"customers_resolved", OH_MORE_IS_BETTER},
    {"first_contact_resolution", OH_MORE_IS_BETTER},
    {"revenue", OH_MORE_IS_BETTER},
    {"profit", OH_MORE_IS_BETTER},
    {"leg_answered", OH_MORE_IS_BETTER},
    {"queue.answered", OH_MORE_IS_BETTER},
    {"callback_delay", OH_LESS_IS_BETTER},
    {"estimate.error", OH_LESS_IS_BETTER},
    {"blocked", OH_LESS_IS_BETTER},
    {"hung_up", OH_LESS_IS_BETTER},
    {"disconnect", OH_LESS_IS_BETTER},
    {"cut_off", OH_LESS_IS_BETTER},
    {"balked", OH_LESS_IS_BETTER},
    {"abandon", OH_LESS_IS_BETTER},
    {"blocking", OH_LESS_IS_BETTER},
    {"message", OH_LESS_IS_BETTER},
    {"callback_lost", OH_LESS_IS_BETTER},
    {"dropped", OH_LESS_IS_BETTER},
    {"delayed", OH_LESS_IS_BETTER},
    {"redials", OH_LESS_IS_BETTER},
    {"share.", OH_LESS_IS_BETTER},
    {"wait_abandoned",
     OH_NEITHER}, /* who waits longer before giving up is no better or worse off */
    {"wait", OH_LESS_IS_BETTER},
    {"longest_wait", OH_LESS_IS_BETTER},
    {"queue", OH_LESS_IS_BETTER},
    {"attempts_per_customer", OH_LESS_IS_BETTER},
    {"contacts_per_resolution", OH_LESS_IS_BETTER},
    {"time_to_", OH_LESS_IS_BETTER},
    {"hold_time", OH_LESS_IS_BETTER},
    {"customers_lost", OH_LESS_IS_BETTER},
    {"lost_customers", OH_LESS_IS_BETTER},
    {"leg_", OH_LESS_IS_BETTER},
    {"cost", OH_LESS_IS_BETTER},
    {"overtime", OH_LESS_IS_BETTER},
};

enum oh_sense oh_metric_sense(const char *id) {
    for (size_t i = 0; i < sizeof senses / sizeof senses[0]; i++)
        if (strncmp(id, senses[i].start, strlen(senses[i].start)) == 0)
            return senses[i].sense;
    return OH_NEITHER;
}

void oh_comparison_destroy(struct oh_comparison *comparison) {
    if (comparison != NULL)
        oh_arena_destroy(comparison->arena);
}

const struct oh_pair *oh_comparison_find(const struct oh_comparison *comparison, uint32_t a_ix,
                                         uint32_t b_ix, const char *path) {
    for (uint32_t i = 0; i < comparison->n_pairs; i++) {
        const struct oh_pair *pair = &comparison->pairs[i];
        if (pair->a_ix == a_ix && pair->b_ix == b_ix && strcmp(pair->path, path) == 0)
            return pair;
    }
    return NULL;
}

enum oh_change oh_paired_change(const struct oh_paired *paired) {
    const struct oh_estimate *difference = &paired->difference;
    if (isnan(difference->low))
        return OH_CHANGE_UNKNOWN;
    return difference->low > 0    ? OH_CHANGE_MORE
           : difference->high < 0 ? OH_CHANGE_LESS
                                  : OH_CHANGE_NONE;
}

int oh_paired_gain_or_loss(const struct oh_paired *paired, enum oh_sense sense) {
    enum oh_change change = oh_paired_change(paired);
    if (sense == OH_NEITHER || (change != OH_CHANGE_MORE && change != OH_CHANGE_LESS))
        return 0;
    return (change == OH_CHANGE_MORE) == (sense == OH_MORE_IS_BETTER) ? 1 : -1;
}
