/* The floor: a bare simulation of one first-come-first-served queue with impatient callers, written for nothing else.
 *
 * No event list: agents are a heap of the times at which they are free, a caller's wait is known on arrival, and who
 * would wait longer than their patience leaves without changing anything. It keeps two sums. Whatever a general
 * simulator costs, it is measured as a multiple of this.
 *
 *   floor AGENTS CALLS_PER_SECOND CALLS     prints nanoseconds per call, share abandoned, mean wait */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state = 0x9e3779b97f4a7c15u;

static double exponential(double mean) {
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return -mean * log(((double)(z >> 11) + 0.5) * 0x1p-53);
}

/* The earliest free agent stands at the root; gives it a new time. */
static void replace_top(double *heap, int n, double time) {
    int at = 0;
    for (;;) {
        int child = 2 * at + 1;
        if (child >= n)
            break;
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= time)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = time;
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    int agents = atoi(argv[1]);
    double gap = 1 / atof(argv[2]);
    long calls = atol(argv[3]);
    double *heap = calloc((size_t)agents, sizeof *heap);
    if (!heap || agents < 1)
        return 2;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    double now = 0, waited = 0;
    long abandoned = 0;
    for (long i = 0; i < calls; i++) {
        now += exponential(gap);
        double wait = heap[0] > now ? heap[0] - now : 0;
        double patience = exponential(180), talk = exponential(240);
        if (wait > patience) {
            abandoned++;
            waited += patience;
        } else {
            waited += wait;
            replace_top(heap, agents, now + wait + talk);
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double ns = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
    printf("%.1f %.6f %.4f\n", ns / (double)calls, (double)abandoned / (double)calls,
           waited / (double)calls);
    free(heap);
    return 0;
}
