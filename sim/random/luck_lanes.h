/* Philox4x32-10 over several consecutive items at once, one in each 64-bit lane of a vector. Included by luck.c once
 * for each width, with
 *   LANES         items in a vector
 *   LANES_NAME    the function to define
 *   LANES_TARGET  the instruction set to compile it for
 *   LANES_MUL     the 64-bit products of the low halves of two vectors' lanes
 * Only the low half of a lane is the counter word; what the shifts and products leave in the high half is never read.
 * Two vectors advance together, because each round waits for the multiplication before. */

#define LANES_JOIN_(a, b) a##b
#define LANES_JOIN(a, b)  LANES_JOIN_(a, b)
#define lanes_of          LANES_JOIN(LANES_NAME, _vector)
#define lanes_round       LANES_JOIN(LANES_NAME, _round)
#define lanes_store       LANES_JOIN(LANES_NAME, _store)

typedef uint64_t lanes_of __attribute__((vector_size(8 * LANES)));

LANES_TARGET static inline void lanes_round(lanes_of x[4], uint64_t key_0, uint64_t key_1) {
    const lanes_of p = LANES_MUL(x[0], (lanes_of){0} + PHILOX_M4x32_0);
    const lanes_of q = LANES_MUL(x[2], (lanes_of){0} + PHILOX_M4x32_1);
    x[0] = (q >> 32) ^ x[1] ^ key_0;
    x[1] = q;
    x[2] = (p >> 32) ^ x[3] ^ key_1;
    x[3] = p;
}

/* As `unit` in luck.c, lane by lane. */
LANES_TARGET static inline void lanes_store(lanes_of low, lanes_of high, double *to) {
    typedef double reals __attribute__((vector_size(8 * LANES)));
    const lanes_of word = high << 32 | (low & UINT32_MAX);
    const reals value = (reals)(word >> 12 | UNIT_EXPONENT) - UNIT_OFFSET;
    memcpy(to, &value, sizeof value);
}

/* As many items as fill whole vectors; returns how many that is. */
LANES_TARGET static uint32_t LANES_NAME(oh_key key, uint32_t first_item, uint32_t n,
                                        uint32_t ordinal, uint32_t purpose, double *restrict first,
                                        double *restrict second) {
    lanes_of lane;
    for (uint32_t l = 0; l < LANES; l++)
        lane[l] = l;
    uint32_t i = 0;
    for (; n - i >= 2 * LANES; i += 2 * LANES) {
        const lanes_of zero = {0};
        lanes_of x[4] = {lane + (first_item + i), zero + ordinal, zero + purpose, zero};
        lanes_of y[4] = {x[0] + LANES, x[1], x[2], x[3]};
        uint32_t key_0 = (uint32_t)key, key_1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            lanes_round(x, key_0, key_1);
            lanes_round(y, key_0, key_1);
            key_0 += PHILOX_W32_0;
            key_1 += PHILOX_W32_1;
        }
        lanes_store(x[0], x[1], first + i);
        lanes_store(y[0], y[1], first + i + LANES);
        if (second) {
            lanes_store(x[2], x[3], second + i);
            lanes_store(y[2], y[3], second + i + LANES);
        }
    }
    return i;
}

#undef LANES_JOIN_
#undef LANES_JOIN
#undef lanes_of
#undef lanes_round
#undef lanes_store
#undef LANES
#undef LANES_NAME
#undef LANES_TARGET
#undef LANES_MUL
