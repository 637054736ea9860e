/* What was found about a goal, in words. */
#include <math.h>
#include <string.h>

#include "report/report.h"
#include "report/say.h"

/* Of "agents.desk.count". */
static bool is_staff(const char *path) {
    const char *dot = strrchr(path, '.');
    return strncmp(path, "agents.", 7) == 0 && dot != NULL && strcmp(dot, ".count") == 0;
}

static const char *short_path(const char *path) {
    return strncmp(path, "total.", 6) == 0 ? path + 6 : path;
}

/* "service_level >= 80%" */
static void print_condition(const struct oh_goal_result *goal, struct oh_text *to) {
    bool is_at_least = strncmp(goal->condition, "at least ", 9) == 0;
    oh_text_printf(to, "%s %s %s", short_path(goal->path), is_at_least ? ">=" : "<=",
                   goal->condition + (is_at_least ? strlen("at least ") : strlen("at most ")));
}

static void print_value(const struct oh_sweep *s, uint32_t ix, struct oh_text *to) {
    uint32_t m = 0;
    while (m + 1 < s->n_swept && strcmp(s->swept[m].path, s->goal->path) != 0)
        m++;
    struct oh_said said = oh_say(&s->cells[ix].estimates[m], s->goal->unit);
    oh_text_printf(to, "%s%s%s", said.value, said.margin[0] != '\0' ? " " : "", said.margin);
}

static const char *text_of(const struct oh_sweep *s, uint32_t ix) {
    return s->varied[0].texts[ix];
}

/* "14 agents", "contacts.calls.talk=4min" */
static void print_setting(const struct oh_sweep *s, uint32_t ix, struct oh_text *to) {
    const char *text = text_of(s, ix);
    if (is_staff(s->varied[0].path))
        oh_text_printf(to, "%s agent%s", text, strcmp(text, "1") == 0 ? "" : "s");
    else
        oh_text_printf(to, "%s=%s", s->varied[0].path, text);
}

static void print_found(const struct oh_sweep *s, struct oh_text *to) {
    const struct oh_goal_result *goal = s->goal;
    print_setting(s, goal->value_ix, to);
    if (!is_staff(s->varied[0].path))
        oh_text_printf(to, " is the %s value", goal->is_smallest ? "smallest" : "largest");
    else if (strcmp(text_of(s, goal->value_ix), "1") == 0)
        oh_text_printf(to, " is the %s", goal->is_smallest ? "fewest" : "most");
    else
        oh_text_printf(to, " are the %s", goal->is_smallest ? "fewest" : "most");
    oh_text_puts(to, " with which ");
    print_condition(goal, to);
    oh_text_puts(to, " (");
    print_value(s, goal->value_ix, to);
    const char *neighbour = text_of(s, goal->neighbour_ix);
    bool is_many = is_staff(s->varied[0].path) && strcmp(neighbour, "1") != 0;
    oh_text_printf(to, "); %s %s ", neighbour, is_many ? "give" : "gives");
    print_value(s, goal->neighbour_ix, to);
}

/* Nothing lies beyond the values that were asked for. */
static void print_ends(const struct oh_sweep *s, struct oh_text *to) {
    const struct oh_goal_result *goal = s->goal;
    uint32_t last = s->n_cells - 1;
    bool meets = goal->found == OH_FOUND_ALL;
    oh_text_puts(to, meets ? "already " : s->n_cells > 1 ? "neither " : "");
    print_setting(s, 0, to);
    oh_text_puts(to, meets ? " meets " : s->n_cells > 1 ? " (" : " does not meet ");
    if (meets || s->n_cells == 1) {
        print_condition(goal, to);
        oh_text_puts(to, " (");
        print_value(s, 0, to);
        oh_text_puts(to, ")");
        if (s->n_cells > 1)
            oh_text_printf(to, ", and so does %s", text_of(s, last));
        return;
    }
    print_value(s, 0, to);
    oh_text_printf(to, ") nor %s (", text_of(s, last));
    print_value(s, last, to);
    oh_text_puts(to, ") meets ");
    print_condition(goal, to);
}

static void print_undecided(const struct oh_sweep *s, struct oh_text *to) {
    const struct oh_goal_result *goal = s->goal;
    oh_text_puts(to, "not decided from where on ");
    print_condition(goal, to);
    oh_text_puts(to, ": ");
    if (goal->neighbour_ix != OH_NO_VALUE) {
        print_setting(s, goal->neighbour_ix, to);
        oh_text_puts(to, " fails (");
        print_value(s, goal->neighbour_ix, to);
        oh_text_puts(to, ")");
    }
    if (goal->value_ix != OH_NO_VALUE) {
        oh_text_puts(to, goal->neighbour_ix != OH_NO_VALUE ? ", " : "");
        print_setting(s, goal->value_ix, to);
        oh_text_puts(to, " meets it (");
        print_value(s, goal->value_ix, to);
        oh_text_puts(to, ")");
    }
    for (uint32_t c = 0; c < s->n_cells; c++)
        if (goal->judged[c] == OH_UNDECIDED) {
            oh_text_printf(to, "; %s is too close to the limit (", text_of(s, c));
            print_value(s, c, to);
            oh_text_puts(to, ")");
        }
}

void oh_goal_print(const struct oh_sweep *sweep, struct oh_text *to) {
    static void (*const printers[])(const struct oh_sweep *,
                                    struct oh_text *) = {[OH_FOUND] = print_found,
                                                         [OH_FOUND_ALL] = print_ends,
                                                         [OH_FOUND_NONE] = print_ends,
                                                         [OH_FOUND_UNDECIDED] = print_undecided};
    printers[sweep->goal->found](sweep, to);
}
