/* Luck: every random choice is a pure function of its address.
 *
 * An address is (seed, replication, stream name, day | item, attempt or conversation, purpose). The first four make a
 * 64-bit Philox key once per stream and day; the rest is the 128-bit Philox4x32-10 counter. There is no state:
 * draws can be made in any order, any number of times, on any thread.
 *
 * Counter words: [0] item (caller or agent number) [1] ordinal (attempt, leg or conversation) [2] purpose [3] block.
 * Block 0 yields two uniforms; a sampler that needs more takes blocks 1, 2, ... of the same address, so it cannot
 * shift anyone else's draws.
 *
 * A uniform is an odd multiple of 2^-53 between 0 and 1, each of the 2^52 equally likely: never 0 or 1, mean exactly
 * 1/2, and 1 - u is exact and a uniform as well.
 *
 * J. Salmon, M. Moraes, R. Dror, D. Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011. */
#ifndef OH_RANDOM_LUCK_H
#define OH_RANDOM_LUCK_H

#include <stdint.h>

/* One purpose = one counter range. A row here is all that a new kind of random choice needs. Values are part of the
 * luck of every stored result: append, never renumber. */
enum oh_purpose {
    OH_FOR_ARRIVAL,      /* gap before caller k (first uniform); renewal gaps alike */
    OH_FOR_PATIENCE,     /* by attempt and leg */
    OH_FOR_TALK,         /* by conversation */
    OH_FOR_WRAP_UP,      /* by conversation */
    OH_FOR_BALK,         /* by attempt */
    OH_FOR_RETRY,        /* by attempt: first uniform whether, then delay in OH_FOR_RETRY_DELAY */
    OH_FOR_RETRY_DELAY,  /* by attempt */
    OH_FOR_BUSYNESS,     /* by factor and day */
    OH_FOR_ABSENCE,      /* by group, agent and day */
    OH_FOR_ROUTING,      /* by caller, attempt and leg */
    OH_FOR_MENU,         /* by attempt: time in the menu */
    OH_FOR_MENU_CHOICE,  /* by attempt: where it leads */
    OH_FOR_TRANSFER,     /* by conversation: which transfer or conference follows */
    OH_FOR_RESOLUTION,   /* by conversation: whether the matter is settled */
    OH_FOR_TOGETHER,     /* by conversation: time of both agents */
    OH_FOR_AFTERWARDS,   /* by conversation: the first agent's time after a conference */
    OH_FOR_CALLBACK,     /* by attempt and leg: whether it is accepted */
    OH_FOR_DIAL,         /* by attempt and try: dialling time */
    OH_FOR_REACH,        /* by attempt and try: whether the customer answers */
    OH_FOR_NEXT_TRY,     /* by attempt and try: time until the next */
    OH_FOR_ANNOUNCEMENT, /* by attempt and announcement: whether they leave */
    OH_FOR_DEPARTURE,    /* by attempt: whether the customer leaves for good */
    OH_N_PURPOSES
};

typedef uint64_t oh_key; /* a derived Philox key */

/* Keys are mixed (Philox of the parts), never added: neighbouring seeds share nothing. */
oh_key oh_luck_root(uint64_t seed, uint64_t replication);
oh_key oh_luck_stream(oh_key root, uint64_t name_hash, uint32_t day);
/* FNV-1a of a name, with a domain ("contact", "group", "factor") so that equal names of two kinds differ. */
uint64_t oh_luck_name(const char *domain, const char *name);

/* The two uniforms of block 0 at an address. */
void oh_luck_pair(oh_key key, uint32_t item, uint32_t ordinal, uint32_t purpose, double uniform[2]);
double oh_luck_uniform(oh_key key, uint32_t item, uint32_t ordinal, uint32_t purpose);

/* First uniforms at one purpose of `n` consecutive items, and optionally the second ones (may be NULL): the same bits
 * as oh_luck_pair item by item, two to four times as fast. Item numbers wrap at 2^32. */
void oh_luck_batch(oh_key key, uint32_t first_item, uint32_t n, uint32_t ordinal, uint32_t purpose,
                   double *restrict first, double *restrict second);

/* A sequence at one address, for samplers that need several uniforms: the first value is block 0's first uniform,
 * then block 0's second, then blocks 1, 2, ... */
struct oh_luck {
    oh_key key;
    uint32_t item, ordinal, purpose, block;
    double spare;
    int has_spare;
};
struct oh_luck oh_luck_at(oh_key key, uint32_t item, uint32_t ordinal, uint32_t purpose);
double oh_luck_next(struct oh_luck *luck);

#endif
