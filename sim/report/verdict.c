/* What a difference means, in words. */
#include <math.h>
#include <string.h>

#include "report/report.h"
#include "report/say.h"
#include "report/writers.h"

/* %s: how much. What is not here is told by the metric's title. */
static const struct {
    const char *id, *more, *less, *in; /* no difference larger than ... in ... */
} phrases[] = {
    {"reached", "%s more callers reach a person", "%s fewer callers reach a person",
     "the share of callers who reach a person"},
    {"reached_people", "%s more people ever reach a person", "%s fewer people ever reach a person",
     "the share of people who ever reach a person"},
    {"abandonment", "%s more callers give up waiting", "%s fewer callers give up waiting",
     "the share of callers who give up"},
    {"blocking", "%s more callers get a busy signal", "%s fewer callers get a busy signal",
     "the share of callers who get a busy signal"},
    {"disconnection", "%s more callers are disconnected", "%s fewer callers are disconnected",
     "the share of callers who are disconnected"},
    {"service_level", "the service level is %s higher", "the service level is %s lower",
     "the service level"},
    {"wait_answered.mean", "those answered wait %s longer", "those answered wait %s less",
     "the average wait of those answered"},
    {"wait_abandoned.mean", "those who give up wait %s longer", "those who give up wait %s less",
     "the average wait of those who give up"},
    {"queue_length.mean", "%s more contacts wait at a time", "%s fewer contacts wait at a time",
     "the number of contacts waiting"},
    {"occupancy", "agents are busy %s more of their time", "agents are busy %s less of their time",
     "the share of their time that agents are busy"},
    {"attempts_per_customer", "people make %s more attempts", "people make %s fewer attempts",
     "the attempts that people make"},
    {"time_to_reach.mean", "it takes people %s longer to reach a person",
     "it takes people %s less to reach a person", "the time that it takes to reach a person"},
    {"cost", "the centre costs %s more", "the centre costs %s less", "what the centre costs"},
    {"revenue", "customers bring %s more", "customers bring %s less", "what customers bring"},
    {"profit", "%s more is left of the revenue", "%s less is left of the revenue", "the profit"},
};

static const char *const words[][2] = {
    [OH_M_CONTACTS] = {"more", "fewer"},    [OH_M_SHARE] = {"higher", "lower"},
    [OH_M_SECONDS] = {"longer", "shorter"}, [OH_M_RATIO] = {"more", "less"},
    [OH_M_AGENTS] = {"more", "fewer"},      [OH_M_MONEY] = {"more", "less"},
};

static size_t phrase_of(const char *id) {
    size_t i = 0, n = sizeof phrases / sizeof phrases[0];
    while (i < n && strcmp(phrases[i].id, id) != 0)
        i++;
    return i < n ? i : SIZE_MAX;
}

static void print_title(const struct oh_pair *pair, struct oh_text *to) {
    struct oh_use use = {.metric = pair->metric, .parameter = pair->parameter};
    oh_use_title_print(&use, to);
}

/* "contacts.sales.reached": "sales: " */
static void print_place(const struct oh_pair *pair, struct oh_text *to) {
    const char *name = strchr(pair->path, '.') + 1;
    size_t length = strcspn(name, ".");
    if (strncmp(pair->path, "total.", 6) == 0)
        return;
    oh_text_append(to, name, length);
    oh_text_puts(to, ": ");
}

static void print_change(const struct oh_comparison *comparison, const struct oh_pair *pair,
                         struct oh_text *to) {
    const struct oh_estimate *d = &pair->paired.difference;
    struct oh_text size = {0};
    double half = isnan(d->low) ? NAN : (d->high - d->low) / 2;
    oh_say_size(d->value, half, pair->unit, &size);
    if (pair->unit == OH_M_MONEY)
        oh_text_printf(&size, " %s", oh_metric_unit_in(pair->unit, comparison->currency));
    bool is_less = d->value < 0;
    size_t phrase = phrase_of(pair->id);
    if (phrase != SIZE_MAX) {
        oh_text_printf(to, is_less ? phrases[phrase].less : phrases[phrase].more, size.data);
    } else {
        print_title(pair, to);
        oh_text_printf(to, ": %s %s", size.data, words[pair->unit][is_less]);
    }
    oh_text_fini(&size);
}

static void print_limits(const struct oh_pair *pair, struct oh_text *to) {
    const struct oh_estimate *d = &pair->paired.difference;
    if (isnan(d->low)) {
        oh_text_puts(to, " (one replication: no interval)");
        return;
    }
    bool is_less = d->value < 0;
    oh_text_puts(to, " (");
    oh_say_limits(is_less ? -d->high : d->low, is_less ? -d->low : d->high, pair->unit, to);
    oh_text_puts(to, ")");
}

static void print_none(const struct oh_pair *pair, struct oh_text *to) {
    const struct oh_estimate *d = &pair->paired.difference;
    double most = fmax(fabs(d->low), fabs(d->high));
    size_t phrase = phrase_of(pair->id);
    oh_text_puts(to, "no difference");
    if (most > 0) {
        oh_text_puts(to, " larger than ");
        oh_say_size(most, (d->high - d->low) / 2, pair->unit, to);
    }
    oh_text_puts(to, " in ");
    if (phrase != SIZE_MAX)
        oh_text_puts(to, phrases[phrase].in);
    else
        print_title(pair, to);
}

static void print_missing(const struct oh_pair *pair, struct oh_text *to) {
    bool a = isnan(pair->paired.a), b = isnan(pair->paired.b);
    oh_text_puts(to, "no value for ");
    print_title(pair, to);
    oh_text_puts(to, a && b ? " in either" : a ? " in the first" : " in the second");
}

void oh_verdict_print(const struct oh_comparison *comparison, const struct oh_pair *pair,
                      struct oh_text *to) {
    print_place(pair, to);
    oh_text_printf(to, "with %s ", comparison->scenarios[pair->b_ix].label);
    if (isnan(pair->paired.difference.value)) {
        print_missing(pair, to);
        return;
    }
    if (oh_paired_change(&pair->paired) == OH_CHANGE_NONE) {
        print_none(pair, to);
        return;
    }
    print_change(comparison, pair, to);
    print_limits(pair, to);
}
