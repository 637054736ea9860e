#include "study/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- one after the other ---- */

static struct oh_engine **create_engines(const struct oh_crew *crew) {
    struct oh_engine **engines = oh_calloc(crew->n_plans, sizeof *engines);
    for (uint32_t p = 0; p < crew->n_plans; p++) {
        engines[p] = oh_engine_create(crew->plans[p]);
        oh_engine_trace(engines[p], crew->trace, crew->trace_context);
    }
    return engines;
}

static void destroy_engines(const struct oh_crew *crew, struct oh_engine **engines) {
    for (uint32_t p = 0; p < crew->n_plans; p++)
        oh_engine_destroy(engines[p]);
    free(engines);
}

/* Records of `rounds` replications of all plans, replication by replication. */
static struct oh_record *create_records(const struct oh_crew *crew, uint32_t rounds) {
    uint32_t n = rounds * crew->n_plans;
    struct oh_record *records = oh_calloc(n, sizeof *records);
    for (uint32_t i = 0; i < n; i++)
        oh_record_init(&records[i], &crew->plans[i % crew->n_plans]->layout);
    return records;
}

static void destroy_records(const struct oh_crew *crew, uint32_t rounds,
                            struct oh_record *records) {
    for (uint32_t i = 0; i < rounds * crew->n_plans; i++)
        oh_record_fini(&records[i]);
    free(records);
}

static void hand_over(const struct oh_crew *crew, uint64_t replication,
                      const struct oh_record *records) {
    for (uint32_t p = 0; p < crew->n_plans; p++)
        crew->take(crew->take_context, p, replication, &records[p]);
}

static bool run_round(const struct oh_crew *crew, struct oh_engine *const *engines,
                      uint64_t replication, struct oh_record *records) {
    for (uint32_t p = 0; p < crew->n_plans; p++)
        if (!oh_engine_run(engines[p], replication, crew->stop, &records[p]))
            return false;
    return true;
}

static uint64_t run_inline(const struct oh_crew *crew, uint64_t first, uint64_t end) {
    struct oh_engine **engines = create_engines(crew);
    struct oh_record *records = create_records(crew, 1);
    uint64_t at = first;
    for (; at < end && run_round(crew, engines, at, records); at++)
        hand_over(crew, at, records);
    destroy_records(crew, 1, records);
    destroy_engines(crew, engines);
    return at - first;
}

/* ---- on threads ----
 * Workers take jobs in order, replication by replication and within it plan by plan, and leave records in a ring; the
 * calling thread hands them over in order. A worker that is ahead by the whole ring waits, so memory does not depend on
 * the number of replications. */

enum slot_state { SLOT_EMPTY, SLOT_DONE, SLOT_STOPPED };

struct work {
    const struct oh_crew *crew;
    uint64_t first;            /* replication */
    uint64_t n, next, merged;  /* jobs in all, to be started, already handed over */
    uint32_t ring;             /* whole replications, in jobs */
    struct oh_record *records; /* [ring] */
    enum slot_state *states;   /* [ring] */
    bool stopped;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

/* The number of a job to do; n when there is none left. */
static uint64_t take_job(struct work *work) {
    pthread_mutex_lock(&work->mutex);
    while (!work->stopped && work->next < work->n && work->next >= work->merged + work->ring)
        pthread_cond_wait(&work->changed, &work->mutex);
    uint64_t taken = work->stopped ? work->n : work->next;
    if (taken < work->n)
        work->next++;
    pthread_mutex_unlock(&work->mutex);
    return taken;
}

static void *do_jobs(void *context) {
    struct work *work = context;
    const struct oh_crew *crew = work->crew;
    struct oh_engine **engines = create_engines(crew);
    uint64_t i;
    while ((i = take_job(work)) < work->n) {
        bool whole = oh_engine_run(engines[i % crew->n_plans], work->first + i / crew->n_plans,
                                   crew->stop, &work->records[i % work->ring]);
        pthread_mutex_lock(&work->mutex);
        work->states[i % work->ring] = whole ? SLOT_DONE : SLOT_STOPPED;
        work->stopped |= !whole;
        pthread_cond_broadcast(&work->changed);
        pthread_mutex_unlock(&work->mutex);
    }
    destroy_engines(crew, engines);
    return NULL;
}

/* Waits for job `i`; false if it, or one before it, was stopped. */
static bool wait_for(struct work *work, uint64_t i) {
    pthread_mutex_lock(&work->mutex);
    enum slot_state *state = &work->states[i % work->ring];
    while (*state == SLOT_EMPTY && !(work->stopped && work->next <= i))
        pthread_cond_wait(&work->changed, &work->mutex);
    bool done = *state == SLOT_DONE;
    pthread_mutex_unlock(&work->mutex);
    return done;
}

/* Gives the slots of a replication back. */
static void release(struct work *work, uint64_t i) {
    pthread_mutex_lock(&work->mutex);
    for (uint32_t p = 0; p < work->crew->n_plans; p++)
        work->states[(i + p) % work->ring] = SLOT_EMPTY;
    work->merged = i + work->crew->n_plans;
    pthread_cond_broadcast(&work->changed);
    pthread_mutex_unlock(&work->mutex);
}

static bool wait_for_round(struct work *work, uint64_t i) {
    for (uint32_t p = 0; p < work->crew->n_plans; p++)
        if (!wait_for(work, i + p))
            return false;
    return true;
}

static uint64_t merge_in_order(struct work *work) {
    uint32_t n_plans = work->crew->n_plans;
    uint64_t i = 0;
    for (; i < work->n && wait_for_round(work, i); i += n_plans) {
        hand_over(work->crew, work->first + i / n_plans, &work->records[i % work->ring]);
        release(work, i);
    }
    pthread_mutex_lock(&work->mutex);
    work->stopped = true;
    pthread_cond_broadcast(&work->changed);
    pthread_mutex_unlock(&work->mutex);
    return i / n_plans;
}

static uint64_t run_threads(const struct oh_crew *crew, uint64_t first, uint64_t end,
                            unsigned threads) {
    uint32_t rounds = 1 + (2 * threads + crew->n_plans - 1) / crew->n_plans;
    struct work work = {.crew = crew,
                        .first = first,
                        .n = (end - first) * crew->n_plans,
                        .ring = rounds * crew->n_plans};
    work.records = create_records(crew, rounds);
    work.states = oh_calloc(work.ring, sizeof work.states[0]);
    pthread_mutex_init(&work.mutex, NULL);
    pthread_cond_init(&work.changed, NULL);
    pthread_t *workers = oh_calloc(threads, sizeof workers[0]);
    unsigned started = 0;
    while (started < threads && pthread_create(&workers[started], NULL, do_jobs, &work) == 0)
        started++;
    uint64_t whole = started ? merge_in_order(&work) : run_inline(crew, first, end);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    pthread_cond_destroy(&work.changed);
    pthread_mutex_destroy(&work.mutex);
    destroy_records(crew, rounds, work.records);
    free(workers);
    free(work.states);
    return whole;
}

/* ---- */

static unsigned threads_for(const struct oh_crew *crew, uint64_t jobs) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t threads = crew->threads ? crew->threads : processors > 0 ? (uint64_t)processors : 1;
    if (threads > jobs)
        threads = jobs;
    return crew->trace || threads < 1 ? 1 : threads > 1024 ? 1024 : (unsigned)threads;
}

uint64_t oh_crew_run(const struct oh_crew *crew, uint64_t first, uint64_t end) {
    unsigned threads = threads_for(crew, (end - first) * crew->n_plans);
    return threads > 1 ? run_threads(crew, first, end, threads) : run_inline(crew, first, end);
}
