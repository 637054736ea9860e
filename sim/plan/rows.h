/* Opening hours in absolute time, the interval rows that a run is measured by, its prices. Private to plan/. */
#ifndef OH_PLAN_ROWS_H
#define OH_PLAN_ROWS_H

#include "plan/steps.h"

/* Fills in start, end, warm-up, openings; c->n_days and c->is_closed_day. false if it is never open. */
bool oh_hours_compile(struct oh_compiler *compiler);

/* Fills in the rows of the layout and the cell of each interval. false if there would be too many. */
bool oh_rows_compile(struct oh_compiler *compiler, enum oh_interval_rows rows);

/* Fills in the prices of the layout, if the scenario has any (prices.c). */
void oh_prices_compile(struct oh_compiler *compiler);

#endif
