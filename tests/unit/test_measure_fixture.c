#include "test_measure_fixture.h"

static const int64_t second = 1000000;
static const int64_t sales_tails[] = {INT64_C(60) * 1000000, INT64_C(600) * 1000000};
static const int64_t care_tails[] = {INT64_C(60) * 1000000};
static const char *const group_names[] = {"desk", "back"};

static const struct oh_type_prices type_prices[N_TYPES] = {
    [SALES] = {.attempt = {50000, 1}, .queue_time = {20000, 60e6}, .resolved = {12e6, 1}},
    [CARE] = {.queue_time = {100000, 60e6}, .lost_customer = {150e6, 1}},
};
static const struct oh_group_prices group_prices[N_GROUPS] = {
    [DESK] = {.paid_time = {41e6, 3600e6}},
    [BACK] = {.contact = {2.5e6, 1}},
};
static const struct oh_prices prices = {"USD", type_prices, group_prices, {20000, 60e6}};

void centre_init(struct centre *centre) {
    *centre = (struct centre){
        .types =
            {
                {"sales", 20 * second, 5 * second, OH_SL_ABANDONS_NEGATIVE, 2, sales_tails},
                {"care", 90 * second, 10 * second, OH_SL_ABANDONS_NEGATIVE, 1, care_tails},
            },
        .slots = {{1, 0, 8 * 3600, 2.0}, {1, 0, 9 * 3600, 0.5}, {1, 0, 10 * 3600, 0}},
    };
    centre->layout = (struct oh_layout){
        .n_types = N_TYPES,
        .n_groups = N_GROUPS,
        .n_slots = N_ROWS,
        .types = centre->types,
        .group_names = group_names,
        .slots = centre->slots,
        .interval_us = 3600 * second,
        .has = OH_HAS_LINES | OH_HAS_TRANSFERS | OH_HAS_MATTER | OH_HAS_CALLBACKS |
               OH_HAS_ESTIMATES | OH_HAS_MONEY,
        .prices = &prices,
        .confidence = 0.95,
    };
}

int64_t *contact_count(const struct oh_record *record, int type, uint32_t cell, int count) {
    return oh_record_contact_cell(record, (uint32_t)type, cell) + count;
}

int64_t *agent_count(const struct oh_record *record, int group, uint32_t cell, int count) {
    return oh_record_agent_cell(record, (uint32_t)group, cell) + count;
}

/* In all of the window; outcomes add up to offered. Times in seconds. */
static const int64_t contacts[N_TYPES][OH_N_CONTACT_COUNTS] = {
    [SALES] =
        {
            [OH_CLOSED] = 7,
            [OH_BLOCKED] = 11,
            [OH_HUNG_UP] = 13,
            [OH_SELF_SERVED] = 17,
            [OH_DISCONNECTED] = 19,
            [OH_CUT_OFF] = 23,
            [OH_BALKED] = 29,
            [OH_ABANDONED] = 31,
            [OH_MESSAGE_LEFT] = 37,
            [OH_CALLBACK_LOST] = 41,
            [OH_ANSWERED] = 400,
            [OH_DROPPED] = 43,
            [OH_UNFINISHED] = 5,
            [OH_C_OFFERED] = 676,
            [OH_C_DELAYED] = 450,
            [OH_C_ANSWERED_IN_T] = 300,
            [OH_C_LEFT_IN_T] = 40,
            [OH_C_ABANDONED_IN_S] = 6,
            [OH_C_REDIALS] = 101,
            [OH_C_TRANSFERRED] = 9,
            [OH_C_W_ANSWERED_US] = 48000,
            [OH_C_W_ABANDONED_US] = 3100,
            [OH_C_W_LEFT_US] = 20100,
            [OH_C_W_TOTAL_US] = 52000,
            [OH_C_TALK_US] = 100000,
            [OH_C_WRAP_UP_US] = 20000,
            [OH_C_CUSTOMERS] = 500,
            [OH_C_CUSTOMERS_REACHED] = 380,
            [OH_C_CUSTOMERS_PENDING] = 20,
            [OH_C_CUSTOMERS_OPEN] = 10,
            [OH_C_TIME_TO_REACH_US] = 190000,
            [OH_C_LEG_ABANDONED] = 3,
            [OH_C_LEG_BLOCKED] = 2,
            [OH_C_LEG_WAIT_US] = 70000,
            [OH_C_LEG_ANSWERED] = 4,
            [OH_C_LATER_LEG_WAIT_US] = 2700,
            [OH_C_CONFERENCES] = 12,
            [OH_C_CUSTOMERS_RESOLVED] = 320,
            [OH_C_RESOLVED_AT_FIRST] = 240,
            [OH_C_TIME_TO_RESOLUTION_US] = 640000,
            [OH_C_CUSTOMERS_LOST] = 25,
            [OH_C_CALLBACKS] = 60,
            [OH_C_CALLBACKS_ANSWERED] = 48,
            [OH_C_CALLBACK_DELAY_US] = 43200,
            [OH_C_SL_EXCLUDED] = 10,
            [OH_C_ESTIMATES] = 250,
            [OH_C_ESTIMATE_BIAS_US] = 5000,
            [OH_C_ESTIMATE_ERROR_US] = 12500,
            [OH_C_COST_MICRO] = 800,
            [OH_C_COST_LOST_MICRO] = 3000,
            [OH_C_REVENUE_MICRO] = 6400,
            [OH_C_QUEUE_US] = 36000,
            [OH_C_REDIALING_US] = 14400,
        },
    [CARE] =
        {
            [OH_CLOSED] = 2,
            [OH_BLOCKED] = 4,
            [OH_HUNG_UP] = 6,
            [OH_SELF_SERVED] = 8,
            [OH_DISCONNECTED] = 10,
            [OH_CUT_OFF] = 12,
            [OH_BALKED] = 14,
            [OH_ABANDONED] = 16,
            [OH_MESSAGE_LEFT] = 18,
            [OH_CALLBACK_LOST] = 20,
            [OH_ANSWERED] = 150,
            [OH_DROPPED] = 22,
            [OH_UNFINISHED] = 1,
            [OH_C_OFFERED] = 283,
            [OH_C_DELAYED] = 160,
            [OH_C_ANSWERED_IN_T] = 90,
            [OH_C_LEFT_IN_T] = 30,
            [OH_C_ABANDONED_IN_S] = 4,
            [OH_C_REDIALS] = 33,
            [OH_C_TRANSFERRED] = 5,
            [OH_C_W_ANSWERED_US] = 12000,
            [OH_C_W_ABANDONED_US] = 2000,
            [OH_C_W_LEFT_US] = 6000,
            [OH_C_W_TOTAL_US] = 13000,
            [OH_C_TALK_US] = 45000,
            [OH_C_WRAP_UP_US] = 3000,
            [OH_C_CUSTOMERS] = 250,
            [OH_C_CUSTOMERS_REACHED] = 140,
            [OH_C_CUSTOMERS_PENDING] = 10,
            [OH_C_CUSTOMERS_OPEN] = 5,
            [OH_C_TIME_TO_REACH_US] = 42000,
            [OH_C_LEG_ABANDONED] = 7,
            [OH_C_LEG_BLOCKED] = 1,
            [OH_C_LEG_WAIT_US] = 18000,
            [OH_C_LEG_ANSWERED] = 2,
            [OH_C_LATER_LEG_WAIT_US] = 1000,
            [OH_C_CONFERENCES] = 8,
            [OH_C_CUSTOMERS_RESOLVED] = 120,
            [OH_C_RESOLVED_AT_FIRST] = 70,
            [OH_C_TIME_TO_RESOLUTION_US] = 360000,
            [OH_C_CUSTOMERS_LOST] = 15,
            [OH_C_CALLBACKS] = 25,
            [OH_C_CALLBACKS_ANSWERED] = 20,
            [OH_C_CALLBACK_DELAY_US] = 10000,
            [OH_C_SL_EXCLUDED] = 4,
            [OH_C_ESTIMATES] = 100,
            [OH_C_ESTIMATE_BIAS_US] = -1000,
            [OH_C_ESTIMATE_ERROR_US] = 4000,
            [OH_C_COST_MICRO] = 200,
            [OH_C_COST_LOST_MICRO] = 900,
            [OH_C_REVENUE_MICRO] = 1800,
            [OH_C_QUEUE_US] = 18000,
            [OH_C_REDIALING_US] = 3600,
        },
};

static const int64_t agents[N_GROUPS][OH_N_AGENT_COUNTS] = {
    [DESK] =
        {
            [OH_A_ANSWERED] = 390,
            [OH_A_TALK_US] = 97500,
            [OH_A_WRAP_UP_US] = 19500,
            [OH_A_AVAILABLE_US] = 13000,
            [OH_A_BREAK_US] = 2000,
            [OH_A_OVERTIME_US] = 500,
            [OH_A_SCHEDULED_US] = 144000,
            [OH_A_ON_DUTY_US] = 130000,
            [OH_A_BUSY_RUN_US] = 5400,
            [OH_A_BUSY_RUNS] = 3,
            [OH_A_ROW] = 36,
            [OH_A_COST_MICRO] = 4100,
        },
    [BACK] =
        {
            [OH_A_ANSWERED] = 160,
            [OH_A_TALK_US] = 40000,
            [OH_A_WRAP_UP_US] = 4000,
            [OH_A_AVAILABLE_US] = 11000,
            [OH_A_BREAK_US] = 1000,
            [OH_A_OVERTIME_US] = 100,
            [OH_A_SCHEDULED_US] = 72000,
            [OH_A_ON_DUTY_US] = 55000,
            [OH_A_BUSY_RUN_US] = 1600,
            [OH_A_BUSY_RUNS] = 2,
            [OH_A_ROW] = 10,
            [OH_A_COST_MICRO] = 1700,
        },
};

static const int64_t maxima[N_TYPES + N_GROUPS + 1][OH_N_MAXIMA] = {
    {40, 0, 0, 25, 900, 700, 950, 1000, 5000, 9000, 3600},
    {15, 0, 0, 9, 500, 650, 655, 600, 4000, 7000, 1800},
    {0, 0, 18},
    {0, 0, 8},
    {44, 60, 25, 30, 900, 700, 950, 1000, 5000, 9000, 3600},
};

/* Thirds of the numbers are spread over nine o'clock and after hours, the rest is in the row of eight. */
static void spread(int64_t *cell_of_row, ptrdiff_t cell_size, int64_t value, uint32_t after_hours) {
    int64_t nine = value / 6, after = value / 4;
    cell_of_row[ROW_EIGHT * cell_size] = value - nine - after;
    cell_of_row[ROW_NINE * cell_size] = nine;
    cell_of_row[(ptrdiff_t)after_hours * cell_size] = after;
    cell_of_row[((ptrdiff_t)after_hours + 1) * cell_size] = 1000003; /* outside the window */
}

static int64_t in_us(int count, int64_t value, const int *times, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (times[i] == count)
            return value * second;
    return value;
}

/* Times, and money, which is counted in millionths too. */
static const int contact_times[] = {OH_C_W_ANSWERED_US,     OH_C_W_ABANDONED_US,
                                    OH_C_W_LEFT_US,         OH_C_W_TOTAL_US,
                                    OH_C_TALK_US,           OH_C_WRAP_UP_US,
                                    OH_C_TIME_TO_REACH_US,  OH_C_LEG_WAIT_US,
                                    OH_C_LATER_LEG_WAIT_US, OH_C_TIME_TO_RESOLUTION_US,
                                    OH_C_CALLBACK_DELAY_US, OH_C_ESTIMATE_BIAS_US,
                                    OH_C_ESTIMATE_ERROR_US, OH_C_COST_MICRO,
                                    OH_C_COST_LOST_MICRO,   OH_C_REVENUE_MICRO,
                                    OH_C_QUEUE_US,          OH_C_REDIALING_US};
static const int agent_times[] = {OH_A_TALK_US,    OH_A_WRAP_UP_US,  OH_A_AVAILABLE_US,
                                  OH_A_BREAK_US,   OH_A_OVERTIME_US, OH_A_SCHEDULED_US,
                                  OH_A_ON_DUTY_US, OH_A_BUSY_RUN_US, OH_A_COST_MICRO};
static const int maximum_times[] = {OH_MAX_W_ANSWERED_US,    OH_MAX_W_ABANDONED_US,
                                    OH_MAX_W_ALL_US,         OH_MAX_W_TOTAL_US,
                                    OH_MAX_TIME_TO_REACH_US, OH_MAX_TIME_TO_RESOLUTION_US,
                                    OH_MAX_CALLBACK_DELAY_US};
#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static void fill_tails(struct oh_record *record) {
    static const int64_t counts[3][OH_N_TAIL_COUNTS] = {
        {200, 20, 90, 210}, {8, 2, 5, 12}, {50, 10, 30, 55}};
    memcpy(oh_record_tail(record, SALES, 0), counts[0], sizeof counts[0]);
    memcpy(oh_record_tail(record, SALES, 1), counts[1], sizeof counts[1]);
    memcpy(oh_record_tail(record, CARE, 0), counts[2], sizeof counts[2]);
}

void record_fill(struct oh_record *record) {
    uint32_t after = OH_SLOT_AFTER_HOURS(record->layout);
    record->attempts = 1000;
    for (int t = 0; t < N_TYPES; t++)
        for (int c = 0; c < OH_N_CONTACT_COUNTS; c++)
            spread(contact_count(record, t, 0, c), OH_N_CONTACT_COUNTS,
                   in_us(c, contacts[t][c], contact_times, LENGTH(contact_times)), after);
    for (int g = 0; g < N_GROUPS; g++)
        for (int c = 0; c < OH_N_AGENT_COUNTS; c++)
            spread(agent_count(record, g, 0, c), OH_N_AGENT_COUNTS,
                   in_us(c, agents[g][c], agent_times, LENGTH(agent_times)), after);
    spread(record->centre + OH_T_WINDOW_US, OH_N_CENTRE_COUNTS, 7200 * second, after);
    spread(record->centre + OH_T_LINES_US, OH_N_CENTRE_COUNTS, 180000 * second, after);
    spread(record->centre + OH_T_COST_LINES_MICRO, OH_N_CENTRE_COUNTS, 120 * second, after);
    for (uint32_t row = 0; row < N_TYPES + N_GROUPS + 1; row++)
        for (int c = 0; c < OH_N_MAXIMA; c++)
            oh_record_maxima(record, row)[c] =
                in_us(c, maxima[row][c], maximum_times, LENGTH(maximum_times));
    fill_tails(record);
}

struct oh_summary *summarise(const struct oh_layout *layout, const struct oh_record *records,
                             size_t n) {
    struct oh_tally *tally = oh_tally_create(layout);
    for (size_t i = 0; i < n; i++)
        oh_tally_add(tally, &records[i]);
    struct oh_summary *summary = oh_tally_summarise(tally);
    oh_tally_destroy(tally);
    return summary;
}

struct oh_estimate estimate_of(const struct oh_summary *summary, const char *path) {
    const struct oh_scope *scope;
    int use;
    if (!oh_summary_find(summary, path, &scope, &use))
        fail_msg("no such path: %s", path);
    return scope->estimates[use];
}

void assert_close(double actual, double expected, double relative, const char *what) {
    double error = fabs(actual - expected);
    if (!(error <= relative * fabs(expected)) && actual != expected)
        fail_msg("%s is %.15g, not %.15g", what, actual, expected);
}

double draw_uniform(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return ((double)((z ^ z >> 31) >> 11) + 0.5) * 0x1p-53;
}

double draw_exponential(uint64_t *state, double mean) {
    return -mean * log(draw_uniform(state));
}

double draw_normal(uint64_t *state) {
    double radius = sqrt(draw_exponential(state, 2));
    return radius * cos(6.283185307179586 * draw_uniform(state));
}
