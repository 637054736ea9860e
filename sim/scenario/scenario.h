/* A scenario: read, checked, defaults filled in; SI units (seconds, per second, shares from 0 to 1); names still names.
 *
 * Immutable once loaded; it lives, with the texts that its places and diagnostics point into, in the arena given to the
 * load function: keep that until the diagnostics are printed and the plans made from it are destroyed. */
#ifndef OH_SCENARIO_SCENARIO_H
#define OH_SCENARIO_SCENARIO_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "scenario/choices.h"
#include "scenario/expectation.h"
#include "scenario/value.h"

/* A number that the file does not give and that has no default; for limits: there is none. Test with isnan. */
#define OH_NOT_GIVEN NAN

struct oh_names {
    uint32_t n;
    const char *const *name;
    const struct oh_place *place;
    bool is_given;
};

struct oh_numbers {
    uint32_t n;
    const double *number;
};

struct oh_time {
    double length_s;  /* OH_NOT_GIVEN */
    double warm_up_s; /* the first part of the length */
    struct oh_value open,
        close;     /* clock of the day in seconds, NAN: closed; both absent: never closed */
    double days;   /* OH_NOT_GIVEN */
    int start_day; /* 0 = monday */
    double interval_s;
    int at_close; /* enum oh_at_close of plan.h */
};

/* One element of `busyness`: a shared factor's name, or a factor of the contact type's own. */
struct oh_busyness_part {
    const char *shared;         /* NULL: own */
    const struct oh_dist *dist; /* own */
    struct oh_place place;
};
struct oh_busyness {
    uint32_t n;
    const struct oh_busyness_part *parts;
};

/* A share that may depend on something. */
struct oh_chance {
    enum oh_chance_by by;
    uint32_t n;
    const double *at; /* of steps: share[i] holds from at[i] on, ascending; below at[0] it is 0 */
    const double *share;
    struct oh_names groups; /* by group: share[i] is that of groups.name[i] */
};

struct oh_queue_limit {
    double count;     /* OH_NOT_GIVEN: none */
    double per_agent; /* on duty; OH_NOT_GIVEN: none */
};

struct oh_retry {
    bool is_given;
    struct oh_chance probability; /* ordinal: the how-many-eth redial of this cause */
    const struct oh_dist *delay;
    double at_most; /* OH_NOT_GIVEN */
    struct oh_names
        to; /* contact types of the next attempts, by the how-many-eth redial of the cause */
};
enum {
    OH_N_RETRIES = 5
}; /* after abandon, busy, disconnect, closed, unresolved, in the order of enum oh_cause of plan.h */

/* Where the menu may lead: to another contact type. */
struct oh_branch {
    const char *name;
    struct oh_place place;
    struct oh_chance chance;
};
struct oh_branches {
    uint32_t n;
    struct oh_branch *items;
};

/* A second leg, or a second agent, after the talk. */
struct oh_transfer {
    const char *name; /* of the contact type whose agents take it */
    struct oh_place place;
    struct oh_chance probability;
    int how;                          /* enum oh_handover: cold, warm */
    int if_refused;                   /* enum oh_refused */
    int if_none_free;                 /* enum oh_none_free; of conferences */
    const struct oh_dist *together;   /* both agents; NULL: the other type's talk */
    const struct oh_dist *afterwards; /* the first agent alone, after a conference */
};
struct oh_transfers {
    uint32_t n;
    struct oh_transfer *items;
};

struct oh_overflow {
    const char *name; /* of an agent group */
    struct oh_place place;
    double after_s;
};

struct oh_money {
    double amount;        /* OH_NOT_GIVEN */
    const char *currency; /* "USD" */
    const char *per;      /* "h", "contact" */
};

struct oh_price {
    double amount; /* OH_NOT_GIVEN */
    const char *currency;
};

struct oh_contact {
    const char *name; /* these two first: every element of a named map starts so */
    struct oh_place place;
    struct oh_value rate; /* per second; exactly one of rate and gap is given */
    struct oh_value gap;
    double volume; /* times the rate */
    struct oh_busyness busyness;
    struct oh_value patience, talk, wrap_up;
    struct oh_chance balk;
    double priority; /* 1 is first */
    struct oh_queue_limit queue_limit;
    int when_full; /* enum oh_full */
    double max_wait_s;
    int at_max_wait; /* enum oh_at_max_wait */
    struct oh_retry retry[OH_N_RETRIES];
    double retry_at_most;
    double answer_within_s, short_abandon_s;
    int formula;             /* enum oh_formula of layout.h */
    struct oh_numbers tails; /* seconds */
    struct oh_names groups;  /* preferred first */
    int when_closed;         /* enum oh_when_closed */
    int at_close;            /* enum oh_at_close; -1: the centre's */
    int callbacks;           /* enum oh_callbacks_count */
    int estimator;           /* enum oh_estimator */
    double max_expected_wait_s;
    int interrupts; /* enum oh_interrupts */
    struct {
        double credit_s, growth;
    } urgency;
    struct {
        struct oh_value time;
        struct oh_chance hung_up, self_served;
        struct oh_branches leads_to, wrong_choice;
    } ivr;
    struct {
        bool is_given;
        const struct oh_dist *talk;
        int how; /* enum oh_handover */
    } misrouted;
    struct oh_transfers transfer, conference;
    struct oh_chance resolved;
    struct {
        uint32_t n;
        struct oh_overflow *items;
    } overflow;
    struct {
        bool is_given;
        double after_s; /* OH_NOT_GIVEN: on arrival */
        struct oh_chance accept, reach;
        const struct oh_dist *dial, *again_after;
        double tries;
        int place; /* enum oh_callback_place */
    } callback;
    struct {
        bool is_given;
        double after_s, every_s;          /* every: OH_NOT_GIVEN, once */
        struct oh_chance leave, patience; /* patience: a factor on what is left of it */
    } announcement;
    struct {
        struct oh_chance resolved, unresolved, unreached;
    } departure;
    struct {
        struct oh_price per_attempt, per_minute, per_resolved, per_lost_customer;
    } money;
};

struct oh_for_type {
    const char *name; /* of a contact type */
    struct oh_place place;
    struct oh_value dist;
};
struct oh_for_types {
    uint32_t n;
    struct oh_for_type *items;
};

struct oh_group {
    const char *name;
    struct oh_place place;
    struct oh_value count;
    struct oh_names handles; /* preferred first; all types if not given */
    struct oh_value shrinkage;
    int shrinkage_as;                  /* enum oh_shrinkage_as */
    int on_leave;                      /* enum oh_on_leave */
    struct oh_for_types talk, wrap_up; /* in place of the contact type's */
    double speed;                      /* talk and wrap-up times are divided by it */
    struct oh_money cost;
};

struct oh_factor {
    const char *name;
    struct oh_place place;
    const struct oh_dist *dist;
};

struct oh_expected {
    const char *name; /* path of a metric: "contacts.taxpayer.reached" */
    struct oh_place place;
    struct oh_expectation condition;
};

struct oh_variant {
    const char *name;
    struct oh_place place;
    const struct oh_node *changes; /* a mapping: paths and values */
};

/* One override, from the command line. `flag` is what messages call it: "--set", "--seed". */
struct oh_override {
    const char *flag, *path, *value;
};

struct oh_node;

struct oh_scenario {
    const char *file;      /* as the user named it */
    const char *directory; /* of the file; "" for the current one */
    const char *variant;   /* applied to it; NULL: none */
    const char *overrides; /* values set beside it, "path=value" a line, in order; NULL: none */
    const char *digest;    /* 16 hexadecimal digits: equal models have equal digests */
    const struct oh_node *root; /* the document with variant and overrides applied */

    const char *name, *about, *source; /* NULL: not given */
    struct oh_time time;
    struct {
        uint32_t n;
        struct oh_factor *items;
    } factors;
    struct {
        uint32_t n;
        struct oh_contact *items;
    } contacts;
    struct {
        uint32_t n;
        struct oh_group *items;
    } agents;
    double lines; /* OH_NOT_GIVEN */
    struct oh_money line_cost;
    struct {
        int calls;  /* enum oh_order of plan.h */
        int agents; /* enum oh_agent_choice */
        double queue_limit;
    } routing;
    struct {
        double replications, seed, confidence;
        struct oh_precisions precision;
        double max_replications;
        double max_time_s; /* OH_NOT_GIVEN */
        double batches;    /* OH_NOT_GIVEN */
    } run;
    struct {
        uint32_t n;
        struct oh_expected *items;
    } expect;
    struct {
        uint32_t n;
        struct oh_variant *items;
    } variants;
};

/* Reads a scenario, applies the variant (NULL: none) and then the overrides, and checks all of it. Problems, all in one
 * go, are added to `diagnostics`; NULL is returned if any of them is an error. */
const struct oh_scenario *oh_scenario_load(struct oh_arena *arena, const char *path,
                                           const struct oh_override *overrides, size_t n_overrides,
                                           const char *variant, struct oh_diagnostics *diagnostics);

/* The same from memory; `name` stands for the file's path in messages and for relative file names. */
const struct oh_scenario *oh_scenario_load_text(struct oh_arena *arena, const char *name,
                                                const char *text, size_t length,
                                                const struct oh_override *overrides,
                                                size_t n_overrides, const char *variant,
                                                struct oh_diagnostics *diagnostics);

/* The canonical form: keys in the order of the schema, values in canonical units, what equals its default left out.
 * Read back, it gives an equal scenario, if file names are resolved against the same directory. */
void oh_scenario_print(const struct oh_scenario *scenario, struct oh_text *to);

/* How long it runs, seconds from midnight of the first day, without what is finished after the last close. */
double oh_scenario_length_s(const struct oh_scenario *scenario);

bool oh_group_handles(const struct oh_group *group, const char *type);

/* The place of a key, "contacts.calls.queue.limit", or of the nearest one above that is in the file. */
struct oh_place oh_scenario_place(const struct oh_scenario *scenario, const char *path);

#endif
