/* What planners call a metric in other programs, and its id here. */
#include <string.h>

#include "measure/metric.h"

static const struct {
    const char *word, *id;
} table[] = {
    {"aban", "abandonment"},
    {"abandon_rate", "abandonment"},
    {"abandoned_rate", "abandonment"},
    {"abandonment_rate", "abandonment"},
    {"acw", "wrap_up.mean"},
    {"after_call_work", "wrap_up.mean"},
    {"aht", "handle_time.mean"},
    {"answer_rate", "reached"},
    {"asa", "wait_answered.mean"},
    {"ata", "wait_abandoned.mean"},
    {"att", "talk.mean"},
    {"attempts", "offered"},
    {"average_handle_time", "handle_time.mean"},
    {"average_handling_time", "handle_time.mean"},
    {"average_queue_time", "wait_all.mean"},
    {"average_speed_of_answer", "wait_answered.mean"},
    {"average_talk_time", "talk.mean"},
    {"average_wait", "wait_answered.mean"},
    {"blocking_rate", "blocking"},
    {"busy_rate", "blocking"},
    {"calls", "offered"},
    {"handle_time", "handle_time.mean"},
    {"handling_time", "handle_time.mean"},
    {"level_of_service", "reached"},
    {"max_wait", "longest_wait"},
    {"maximum_wait", "longest_wait"},
    {"mean_wait", "wait_answered.mean"},
    {"occ", "occupancy"},
    {"queue_size", "queue_length.mean"},
    {"service", "service_level"},
    {"service_factor", "service_level"},
    {"sl", "service_level"},
    {"sla", "service_level"},
    {"speed_of_answer", "wait_answered.mean"},
    {"staff", "scheduled"},
    {"talk", "talk.mean"},
    {"telephone_service_factor", "service_level"},
    {"tsf", "service_level"},
    {"volume", "offered"},
    {"wait", "wait_answered.mean"},
    {"waiting_time", "wait_answered.mean"},
    {"wrap_up", "wrap_up.mean"},
};

/* Capitals are small letters; a blank and a dash are an underscore. */
static char plain(char c) {
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == ' ' || c == '-' ? '_' : c;
}

static bool is_same(const char *word, const char *typed) {
    while (*word != '\0' && *word == plain(*typed)) {
        word++;
        typed++;
    }
    return *word == '\0' && *typed == '\0';
}

const char *oh_metric_synonym(const char *word) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (is_same(table[i].word, word))
            return table[i].id;
    return NULL;
}

const char *oh_metric_synonym_row(size_t ix) {
    return ix < sizeof table / sizeof table[0] ? table[ix].word : NULL;
}
