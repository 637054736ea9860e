/* What the counts of a record cost and bring: cell by cell, in millionths of the currency, rounded once a cell. Sums over
 * cells, types and groups are then sums of integers, and whatever way they are added up they agree. */
#include <math.h>
#include <stddef.h>

#include "measure/record.h"

/* So much a cell that sums over all of them fit. No centre is so dear. */
static double most_of(const struct oh_layout *layout) {
    double columns = (double)layout->n_types + (double)layout->n_groups + 1;
    return 0x1p61 / (columns * (double)OH_N_CELLS(layout) * 4);
}

static double amount(struct oh_price_rate price, int64_t count) {
    return price.micro > 0 ? price.micro * (double)count / price.per : 0;
}

static int64_t rounded(double micro, double most) {
    return (int64_t)llround(fmin(micro, most));
}

static void price_type(const struct oh_type_prices *prices, int64_t *counts, double most) {
    counts[OH_C_COST_MICRO] = rounded(amount(prices->attempt, counts[OH_C_OFFERED]) +
                                          amount(prices->queue_time, counts[OH_C_LEG_WAIT_US]),
                                      most);
    counts[OH_C_COST_LOST_MICRO] =
        rounded(amount(prices->lost_customer, counts[OH_C_CUSTOMERS_LOST]), most);
    counts[OH_C_REVENUE_MICRO] =
        rounded(amount(prices->resolved, counts[OH_C_CUSTOMERS_RESOLVED]), most);
}

static void price_group(const struct oh_group_prices *prices, int64_t *counts, double most) {
    int64_t paid_us = counts[OH_A_SCHEDULED_US] + counts[OH_A_OVERTIME_US];
    counts[OH_A_COST_MICRO] = rounded(
        amount(prices->paid_time, paid_us) + amount(prices->contact, counts[OH_A_ANSWERED]), most);
}

void oh_record_price(struct oh_record *record) {
    const struct oh_layout *layout = record->layout;
    const struct oh_prices *prices = layout->prices;
    if (prices == NULL)
        return;
    double most = most_of(layout);
    for (uint32_t cell = 0; cell < OH_N_CELLS(layout); cell++) {
        for (uint32_t t = 0; t < layout->n_types; t++)
            price_type(&prices->types[t], oh_record_contact_cell(record, t, cell), most);
        for (uint32_t g = 0; g < layout->n_groups; g++)
            price_group(&prices->groups[g], oh_record_agent_cell(record, g, cell), most);
        int64_t *centre = oh_record_centre_cell(record, cell);
        centre[OH_T_COST_LINES_MICRO] =
            rounded(amount(prices->line_time, centre[OH_T_LINES_US]), most);
    }
}
