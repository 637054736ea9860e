#include "study/run.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "study/exact.h"

/* ---- replications one after the other ---- */

static uint64_t run_inline(const struct oh_plan *plan, const struct oh_run_options *options,
                           uint64_t n, struct oh_tally *tally) {
    struct oh_engine *engine = oh_engine_create(plan);
    struct oh_record record;
    uint64_t attempts = 0;
    oh_engine_trace(engine, options->trace, options->trace_context);
    oh_record_init(&record, &plan->layout);
    for (uint64_t i = 0; i < n; i++) {
        if (!oh_engine_run(engine, options->first_replication + i, options->stop, &record))
            break;
        oh_tally_add(tally, &record);
        attempts += record.attempts;
        if (options->progress)
            options->progress(options->progress_context, i + 1, n);
    }
    oh_record_fini(&record);
    oh_engine_destroy(engine);
    return attempts;
}

/* ---- replications on threads ----
 * Workers take replications in order and leave records in a ring; the calling thread merges them in order. A worker
 * that is ahead by the whole ring waits, so memory does not depend on the number of replications. */

enum slot_state { SLOT_EMPTY, SLOT_DONE, SLOT_STOPPED };

struct crew {
    const struct oh_plan *plan;
    const struct oh_run_options *options;
    uint64_t n, next, merged; /* replications in all, to be started, already merged */
    uint32_t ring;
    struct oh_record *records; /* [ring] */
    enum slot_state *states;   /* [ring] */
    bool stopped;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

/* The number of a replication to run; n when there is none left. */
static uint64_t take_replication(struct crew *crew) {
    pthread_mutex_lock(&crew->mutex);
    while (!crew->stopped && crew->next < crew->n && crew->next >= crew->merged + crew->ring)
        pthread_cond_wait(&crew->changed, &crew->mutex);
    uint64_t taken = crew->stopped ? crew->n : crew->next;
    if (taken < crew->n)
        crew->next++;
    pthread_mutex_unlock(&crew->mutex);
    return taken;
}

static void *work(void *context) {
    struct crew *crew = context;
    struct oh_engine *engine = oh_engine_create(crew->plan);
    uint64_t i;
    while ((i = take_replication(crew)) < crew->n) {
        bool whole = oh_engine_run(engine, crew->options->first_replication + i,
                                   crew->options->stop, &crew->records[i % crew->ring]);
        pthread_mutex_lock(&crew->mutex);
        crew->states[i % crew->ring] = whole ? SLOT_DONE : SLOT_STOPPED;
        crew->stopped |= !whole;
        pthread_cond_broadcast(&crew->changed);
        pthread_mutex_unlock(&crew->mutex);
    }
    oh_engine_destroy(engine);
    return NULL;
}

/* Waits for replication `i`; false if it, or one before it, was stopped. */
static bool wait_for(struct crew *crew, uint64_t i) {
    pthread_mutex_lock(&crew->mutex);
    enum slot_state *state = &crew->states[i % crew->ring];
    while (*state == SLOT_EMPTY && !(crew->stopped && crew->next <= i))
        pthread_cond_wait(&crew->changed, &crew->mutex);
    bool done = *state == SLOT_DONE;
    pthread_mutex_unlock(&crew->mutex);
    return done;
}

static void release(struct crew *crew, uint64_t i) {
    pthread_mutex_lock(&crew->mutex);
    crew->states[i % crew->ring] = SLOT_EMPTY;
    crew->merged = i + 1;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->mutex);
}

static uint64_t merge_in_order(struct crew *crew, struct oh_tally *tally) {
    const struct oh_run_options *options = crew->options;
    uint64_t attempts = 0;
    for (uint64_t i = 0; i < crew->n && wait_for(crew, i); i++) {
        const struct oh_record *record = &crew->records[i % crew->ring];
        oh_tally_add(tally, record);
        attempts += record->attempts;
        release(crew, i);
        if (options->progress)
            options->progress(options->progress_context, i + 1, crew->n);
    }
    pthread_mutex_lock(&crew->mutex);
    crew->stopped = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->mutex);
    return attempts;
}

static uint64_t run_threads(const struct oh_plan *plan, const struct oh_run_options *options,
                            uint64_t n, unsigned threads, struct oh_tally *tally) {
    struct crew crew = {.plan = plan, .options = options, .n = n, .ring = 2 * threads};
    crew.records = oh_calloc(crew.ring, sizeof crew.records[0]);
    crew.states = oh_calloc(crew.ring, sizeof crew.states[0]);
    for (uint32_t i = 0; i < crew.ring; i++)
        oh_record_init(&crew.records[i], &plan->layout);
    pthread_mutex_init(&crew.mutex, NULL);
    pthread_cond_init(&crew.changed, NULL);
    pthread_t *workers = oh_calloc(threads, sizeof workers[0]);
    unsigned started = 0;
    while (started < threads && pthread_create(&workers[started], NULL, work, &crew) == 0)
        started++;
    uint64_t attempts =
        started ? merge_in_order(&crew, tally) : run_inline(plan, options, n, tally);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    pthread_cond_destroy(&crew.changed);
    pthread_mutex_destroy(&crew.mutex);
    for (uint32_t i = 0; i < crew.ring; i++)
        oh_record_fini(&crew.records[i]);
    free(workers);
    free(crew.states);
    free(crew.records);
    return attempts;
}

/* ---- the run ---- */

static unsigned threads_for(const struct oh_run_options *options, uint64_t replications) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t threads = options->threads ? options->threads
                       : processors > 0 ? (uint64_t)processors
                                        : 1;
    if (threads > replications)
        threads = replications;
    return options->trace || threads < 1 ? 1 : threads > 1024 ? 1024 : (unsigned)threads;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The summary outlives the plan. */
static const char *copy(const struct oh_summary *summary, const char *text) {
    return text != NULL ? oh_arena_strdup(summary->arena, text) : NULL;
}

struct oh_summary *oh_run(const struct oh_plan *plan, const struct oh_run_options *options) {
    double started_s = seconds_now();
    uint64_t n = options->replications ? options->replications : plan->replications;
    unsigned threads = threads_for(options, n);
    struct oh_tally *tally = oh_tally_create(&plan->layout);
    uint64_t attempts = threads > 1 ? run_threads(plan, options, n, threads, tally)
                                    : run_inline(plan, options, n, tally);
    struct oh_summary *summary = oh_tally_summarise(tally);
    oh_tally_destroy(tally);
    summary->scenario_name = copy(summary, plan->name);
    summary->scenario_file = copy(summary, plan->file);
    summary->scenario_digest = copy(summary, plan->digest);
    summary->scenario_variant = copy(summary, plan->variant);
    summary->scenario_overrides = copy(summary, plan->overrides);
    summary->closes = plan->n_openings > 1 || plan->openings[0].close_us < plan->end_us;
    summary->seed = plan->seed;
    summary->confidence = plan->confidence;
    summary->contacts_simulated = attempts;
    summary->complete = summary->replications == n;
    summary->replications_asked = n;
    oh_exact_beside(plan, summary);
    summary->wall_s = seconds_now() - started_s;
    return summary;
}
