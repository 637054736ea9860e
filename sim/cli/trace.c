#include "cli/trace.h"

#include <inttypes.h>

#include "measure/metric.h"
#include "scenario/value.h"

enum { DAY_S = 86400, N_WEEKDAYS = 7 };

static const struct oh_trace_column columns[] = {
    {"replication", "from 1"},
    {"contact", "contact type of the customer's first attempt"},
    {"day", "of the customer's first attempt, from 1"},
    {"caller", "number of the customer on that day and of that type, from 1"},
    {"attempt", "1 is the first, 2 the first redial"},
    {"counted", "1 if it arrived in the window of the statistics, else 0"},
    {"outcome", "how the attempt ended; 'onhold explain' knows each"},
    {"agents", "group that answered; empty if nobody did"},
    {"agent", "who of the group, from 1"},
    {"arrived_s", "when it arrived, in seconds from the midnight at which the run starts"},
    {"queued_s", "when it joined the queue; empty if it never did"},
    {"answered_s", "when an agent took it; empty if nobody did"},
    {"ended_s", "end of the talk, or when the caller left or was turned away"},
    {"wrapped_up_s", "end of the wrap-up; empty if nobody answered"},
    {"wait_s", "time in the queue, all legs together"},
    {"patience_s", "how long this caller would have waited; empty if for ever or not asked"},
    {"talk_s", "talk time drawn for this conversation"},
    {"arrived_day", "day of the run on which it arrived, from 1"},
    {"weekday", "of that day, monday to sunday"},
    {"clock", "time of that day when it arrived, as HH:MM:SS, seconds cut off"},
    {"source", "contact type whose arrivals the customer is of: with day and caller, who it is"},
};

size_t oh_trace_columns(const struct oh_trace_column **rows) {
    *rows = columns;
    return sizeof columns / sizeof *columns;
}

void oh_trace_header(FILE *to) {
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        fprintf(to, "%s%s", i > 0 ? "," : "", columns[i].name);
    fputc('\n', to);
}

/* Six decimals straight from the integer, so the trace is exact; nothing for "there is none". */
static void print_seconds(FILE *to, int64_t us) {
    if (us < 0 || us == OH_FOREVER)
        fputc(',', to);
    else
        fprintf(to, ",%" PRId64 ".%06" PRId64, us / OH_US_PER_S, us % OH_US_PER_S);
}

static void print_clock(FILE *to, const struct oh_plan *plan, int64_t us) {
    int64_t s = us / OH_US_PER_S, day = s / DAY_S, of_day = s % DAY_S;
    fprintf(to, ",%" PRId64 ",%s,%02d:%02d:%02d", day + 1,
            oh_weekday_names[(plan->start_weekday + day) % N_WEEKDAYS].name, (int)(of_day / 3600),
            (int)(of_day / 60 % 60), (int)(of_day % 60));
}

void oh_trace_attempt(void *context, const struct oh_attempt *attempt) {
    const struct oh_trace *trace = context;
    FILE *to = trace->to;
    fprintf(to, "%" PRIu64 ",%s,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%d,%s,",
            attempt->replication + 1, trace->plan->types[attempt->type_ix].name, attempt->day + 1,
            attempt->caller + 1, attempt->attempt, attempt->counted,
            oh_outcome_name(attempt->outcome));
    if (attempt->group_ix == OH_NONE)
        fputc(',', to);
    else
        fprintf(to, "%s,%" PRIu32, trace->plan->groups[attempt->group_ix].name, attempt->agent + 1);
    const int64_t times[] = {attempt->arrived_us,  attempt->queued_us,     attempt->answered_us,
                             attempt->ended_us,    attempt->wrapped_up_us, attempt->wait_us,
                             attempt->patience_us, attempt->talk_us};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        print_seconds(to, times[i]);
    print_clock(to, trace->plan, attempt->arrived_us);
    fprintf(to, ",%s\n", trace->plan->types[attempt->source_ix].name);
}
