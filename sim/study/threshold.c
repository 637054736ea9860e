#include "study/threshold.h"

#include <math.h>
#include <time.h>

#include "base/text.h"

struct search {
    const struct oh_row_of_plans *row;
    const struct oh_threshold_question *question;
    const struct oh_run_options *options;
    enum oh_judged *judged;
    double error; /* of one plan's judgement */
    double deadline_s;
    bool is_stopped;
    enum oh_ending ending;
};

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- one plan ---- */

struct judge {
    struct search *search;
    struct oh_plan *plan;
    struct oh_tally *tally;
    uint64_t looks, attempts;
    enum oh_judged judged;
};

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    struct judge *judge = context;
    oh_tally_add(judge->tally, record);
    judge->attempts += record->attempts;
}

/* The interval of the next look. */
static struct oh_estimate look(struct judge *judge) {
    struct oh_estimate estimate = {NAN, NAN, NAN};
    double j = (double)++judge->looks;
    judge->plan->layout.confidence = oh_number_settle(1 - 2 * judge->search->error / (j * (j + 1)));
    oh_tally_estimate(judge->tally, judge->search->question->path, &estimate);
    judge->plan->layout.confidence = judge->plan->confidence;
    return estimate;
}

/* What does not exist, such as the wait of those answered where nobody is, meets nothing. */
static enum oh_judged verdict(const struct oh_threshold_question *question,
                              const struct oh_estimate *e) {
    if (isnan(e->value))
        return OH_FAILS;
    if (e->low >= question->low && e->high <= question->high)
        return OH_MEETS;
    return e->high < question->low || e->low > question->high ? OH_FAILS : OH_UNDECIDED;
}

/* By how far the interval has to shrink. */
static double need(void *context, uint64_t done) {
    struct judge *judge = context;
    const struct oh_threshold_question *question = judge->search->question;
    struct oh_estimate estimate = look(judge);
    judge->judged = verdict(question, &estimate);
    if (judge->judged != OH_UNDECIDED)
        return 0;
    double limit = isfinite(question->low) ? question->low : question->high;
    double over = oh_half_width(&estimate) / fabs(estimate.value - limit);
    return isfinite(over) ? fmax((double)done + 1, (double)done * over * over) : INFINITY;
}

static struct oh_stages_end run_stages(struct judge *judge) {
    const struct oh_run_options *options = judge->search->options;
    const struct oh_plan *plan = judge->plan;
    struct oh_crew crew = {.plans = &plan,
                           .n_plans = 1,
                           .threads = options->threads,
                           .stop = options->stop,
                           .take = take,
                           .take_context = judge};
    struct oh_stages stages = {
        .replications = options->replications ? options->replications : plan->replications,
        .most = options->max_replications ? options->max_replications : OH_MOST_REPLICATIONS,
        .max_time_s = judge->search->deadline_s - seconds_now(),
        .need = need,
        .need_context = judge,
        .progress = options->progress,
        .progress_context = options->progress_context};
    return oh_stages_run(&crew, &stages);
}

static enum oh_judged judge_plan(struct search *search, uint32_t ix) {
    if (search->is_stopped || search->judged[ix] != OH_NOT_JUDGED)
        return search->judged[ix];
    struct judge judge = {.search = search, .plan = search->row->open(search->row->context, ix)};
    judge.tally = oh_tally_create(&judge.plan->layout);
    struct oh_stages_end end = run_stages(&judge);
    if (end.ending == OH_ENDED_BY_TIME || end.ending == OH_ENDED_INTERRUPTED) {
        search->is_stopped = true;
        search->ending = end.ending;
    } else {
        search->judged[ix] = judge.judged;
    }
    struct oh_summary *summary = oh_tally_summarise(judge.tally);
    summary->contacts_simulated = judge.attempts;
    summary->complete = !search->is_stopped;
    oh_tally_destroy(judge.tally);
    search->row->close(search->row->context, ix, summary);
    oh_summary_destroy(summary);
    return search->judged[ix];
}

/* ---- the row ----
 * Positions run from the side that fails to the side that meets. */

struct ends {
    bool is_smallest;
    int64_t n, fails, meets; /* positions; -1 and n: none known */
};

static uint32_t ix_of(const struct ends *ends, int64_t position) {
    if (position < 0 || position >= ends->n)
        return OH_NO_VALUE;
    return (uint32_t)(ends->is_smallest ? position : ends->n - 1 - position);
}

static enum oh_judged judge_at(struct search *search, const struct ends *ends, int64_t position) {
    return judge_plan(search, ix_of(ends, position));
}

/* Beside an undecided plan there may be others: where they begin, and where they end. */
static void find_first_undecided(struct search *search, struct ends *ends, int64_t undecided) {
    while (!search->is_stopped && undecided - ends->fails > 1) {
        int64_t middle = ends->fails + (undecided - ends->fails) / 2;
        *(judge_at(search, ends, middle) == OH_FAILS ? &ends->fails : &undecided) = middle;
    }
}

static void find_last_undecided(struct search *search, struct ends *ends, int64_t undecided) {
    while (!search->is_stopped && ends->meets - undecided > 1) {
        int64_t middle = undecided + (ends->meets - undecided) / 2;
        *(judge_at(search, ends, middle) == OH_MEETS ? &ends->meets : &undecided) = middle;
    }
}

static void halve(struct search *search, struct ends *ends) {
    while (!search->is_stopped && ends->meets - ends->fails > 1) {
        int64_t middle = ends->fails + (ends->meets - ends->fails) / 2;
        enum oh_judged judged = judge_at(search, ends, middle);
        if (judged == OH_MEETS) {
            ends->meets = middle;
        } else if (judged == OH_FAILS) {
            ends->fails = middle;
        } else {
            find_first_undecided(search, ends, middle);
            find_last_undecided(search, ends, middle);
            return;
        }
    }
}

/* Both ends first: they tell which way the row goes. */
static struct oh_threshold find(struct search *search) {
    uint32_t last_ix = search->row->n - 1;
    enum oh_judged last = judge_plan(search, last_ix), first = judge_plan(search, 0);
    struct ends ends = {.is_smallest = last == OH_MEETS || first == OH_FAILS,
                        .n = search->row->n,
                        .fails = -1,
                        .meets = search->row->n};
    if (!search->is_stopped && first == last && first != OH_UNDECIDED)
        return (struct oh_threshold){.found = first == OH_MEETS ? OH_FOUND_ALL : OH_FOUND_NONE,
                                     .is_smallest = true,
                                     .value_ix = first == OH_MEETS ? 0 : OH_NO_VALUE,
                                     .neighbour_ix = first == OH_MEETS ? OH_NO_VALUE : last_ix};
    enum oh_judged worst = ends.is_smallest ? first : last, best = ends.is_smallest ? last : first;
    ends.fails = worst == OH_FAILS ? 0 : -1;
    ends.meets = best == OH_MEETS ? ends.n - 1 : ends.n;
    if (worst == OH_FAILS && best == OH_MEETS)
        halve(search, &ends);
    else if (worst == OH_FAILS)
        find_first_undecided(search, &ends, ends.n - 1);
    else if (best == OH_MEETS)
        find_last_undecided(search, &ends, 0);
    bool is_found = worst == OH_FAILS && best == OH_MEETS && ends.meets - ends.fails == 1;
    return (struct oh_threshold){.found = is_found ? OH_FOUND : OH_FOUND_UNDECIDED,
                                 .is_smallest = ends.is_smallest,
                                 .value_ix = ix_of(&ends, ends.meets),
                                 .neighbour_ix = ix_of(&ends, ends.fails)};
}

/* Both ends, and twice the halvings: as many again beside an undecided plan. */
static double most_judged(uint32_t n) {
    double judged = 2;
    for (; n > 1; n = (n + 1) / 2)
        judged += 2;
    return judged;
}

struct oh_threshold oh_threshold_find(const struct oh_row_of_plans *row,
                                      const struct oh_threshold_question *question,
                                      const struct oh_run_options *options,
                                      enum oh_judged *judged) {
    double max_time_s = options->max_time_s > 0 ? options->max_time_s : INFINITY;
    struct search search = {.row = row,
                            .question = question,
                            .options = options,
                            .judged = judged,
                            .error = (1 - question->confidence) / most_judged(row->n),
                            .deadline_s = seconds_now() + max_time_s,
                            .ending = OH_ENDED_ENOUGH};
    struct oh_threshold threshold = find(&search);
    if (search.is_stopped)
        threshold.found = OH_FOUND_UNDECIDED;
    else if (threshold.found == OH_FOUND_UNDECIDED)
        search.ending = OH_ENDED_AT_MOST;
    threshold.ending = search.ending;
    return threshold;
}
