#include <inttypes.h>

#include "plan/plan.h"

static void put_number(struct oh_text *to, double value) {
    char text[48];
    oh_text_printf(to, " %s", oh_number_exact(value, text, sizeof text));
}

static void put_numbers(struct oh_text *to, const char *what, const double *values, uint32_t n) {
    oh_text_printf(to, "  %s:", what);
    for (uint32_t i = 0; i < n; i++)
        put_number(to, values[i]);
    oh_text_puts(to, "\n");
}

static void put_indices(struct oh_text *to, const char *what, const uint32_t *values, uint32_t n) {
    oh_text_printf(to, "  %s:", what);
    for (uint32_t i = 0; i < n; i++)
        oh_text_printf(to, " %" PRIu32, values[i]);
    oh_text_puts(to, "\n");
}

static void put_steps(struct oh_text *to, const char *what, const struct oh_steps *steps) {
    oh_text_printf(to, "  %s:", what);
    for (uint32_t i = 0; i < steps->n; i++) {
        oh_text_printf(to, " %" PRId64 "=", steps->start_us[i]);
        put_number(to, steps->value[i]);
    }
    oh_text_puts(to, "\n");
}

static void put_dist(struct oh_text *to, const struct oh_dist *dist) {
    struct oh_text text = {0};
    oh_dist_print(dist, &text);
    oh_text_printf(to, " %s mean", text.data);
    oh_text_fini(&text);
    char mean[48];
    oh_text_printf(to, " %s",
                   oh_dist_is_never(dist)
                       ? "infinite"
                       : oh_number_print(oh_dist_mean(dist), 15, mean, sizeof mean));
}

static void put_dist_steps(struct oh_text *to, const char *what,
                           const struct oh_dist_steps *steps) {
    oh_text_printf(to, "  %s:", what);
    for (uint32_t i = 0; i < steps->n; i++) {
        oh_text_printf(to, " %" PRId64 "=", steps->start_us[i]);
        put_dist(to, steps->dist[i]);
    }
    oh_text_puts(to, "\n");
}

static void put_chance(struct oh_text *to, const char *what, const struct oh_plan_chance *chance) {
    if (chance->by == OH_CHANCE_NEVER)
        return;
    oh_text_printf(to, "  %s by %d:", what, chance->by);
    for (uint32_t i = 0; i < chance->n; i++) {
        if (chance->at != NULL)
            put_number(to, chance->at[i]);
        put_number(to, chance->share[i]);
    }
    oh_text_puts(to, "\n");
}

static void put_transfer(struct oh_text *to, const struct oh_plan_transfer *transfer) {
    oh_text_printf(to, "  transfer to %" PRIu32 " how %d refused %d none free %d",
                   transfer->type_ix, transfer->how, transfer->if_refused, transfer->if_none_free);
    if (transfer->together != NULL)
        put_dist(to, transfer->together);
    if (transfer->afterwards != NULL)
        put_dist(to, transfer->afterwards);
    oh_text_puts(to, "\n");
    put_chance(to, "transfer", &transfer->chance);
}

static void put_callback(struct oh_text *to, const struct oh_plan_callback *callback) {
    oh_text_printf(to, "  callback after %" PRId64 " tries %" PRIu32 " place %d excluded %d",
                   callback->after_us, callback->tries, callback->place, callback->is_excluded);
    put_dist(to, callback->dial);
    put_dist(to, callback->again_after);
    oh_text_puts(to, "\n");
    put_chance(to, "accept", &callback->accept);
    put_chance(to, "reach", &callback->reach);
}

static void put_way(struct oh_text *to, const struct oh_plan_way *way) {
    oh_text_printf(to,
                   "  uses %u estimator %d limit %" PRId64 " interrupts %d credit %" PRId64
                   " close %d growth",
                   way->uses, way->estimator, way->max_expected_wait_us, way->interrupts,
                   way->credit_us, way->at_close);
    put_number(to, way->growth);
    oh_text_puts(to, "\n");
    if (way->uses & OH_USES_MENU)
        put_dist_steps(to, "menu", &way->menu_time);
    put_chance(to, "hung_up", &way->menu.hung_up);
    put_chance(to, "self_served", &way->menu.self_served);
    for (uint32_t i = 0; i < way->menu.n_branches; i++) {
        const struct oh_plan_branch *branch = &way->menu.branches[i];
        oh_text_printf(to, "  leads to %" PRIu32 " wrong %d\n", branch->type_ix, branch->is_wrong);
        put_chance(to, "leads", &branch->chance);
    }
    if (way->uses & OH_USES_MISROUTED) {
        put_transfer(to, &way->misrouted);
        put_dist(to, way->misrouted_talk);
        oh_text_puts(to, " misrouted\n");
    }
    for (uint32_t i = 0; i < way->n_transfers; i++)
        put_transfer(to, &way->transfers[i]);
    for (uint32_t i = 0; i < way->n_overflows; i++)
        oh_text_printf(to, "  overflow to %" PRIu32 " after %" PRId64 "\n",
                       way->overflows[i].group_ix, way->overflows[i].after_us);
    if (way->uses & OH_USES_CALLBACK)
        put_callback(to, &way->callback);
    if (way->uses & OH_USES_ANNOUNCEMENT)
        oh_text_printf(to, "  announcement %" PRId64 " every %" PRId64 "\n",
                       way->announcement.after_us, way->announcement.every_us);
    put_chance(to, "leave", &way->announcement.leave);
    put_chance(to, "patience factor", &way->announcement.patience);
    put_chance(to, "resolved", &way->resolved);
    put_chance(to, "departure resolved", &way->departure_resolved);
    put_chance(to, "departure unresolved", &way->departure_unresolved);
    put_chance(to, "departure unreached", &way->departure_unreached);
}

static void put_retry(struct oh_text *to, int cause, const struct oh_plan_retry *retry) {
    if (retry->chance.by == OH_CHANCE_NEVER)
        return;
    oh_text_printf(to, "  retry %d at_most %" PRIu32 " delay", cause, retry->at_most);
    put_dist(to, retry->delay);
    oh_text_puts(to, "\n");
    put_indices(to, "to", retry->to, retry->n_to);
    put_chance(to, "retry", &retry->chance);
}

static void put_type(struct oh_text *to, const struct oh_plan *plan, uint32_t ix) {
    const struct oh_plan_type *type = &plan->types[ix];
    const struct oh_layout_type *measure = &plan->layout.types[ix];
    oh_text_printf(to, "type %s %016" PRIx64 " arrivals %d\n", type->name, type->luck_name,
                   type->arrivals);
    if (type->arrivals == OH_RENEWAL)
        put_dist_steps(to, "gap", &type->gap);
    else
        put_steps(to, "rate", &type->rate_per_s);
    if (type->rate_slope != NULL)
        put_numbers(to, "slope", type->rate_slope, type->rate_per_s.n);
    if (type->cumulative != NULL)
        put_numbers(to, "cumulative", type->cumulative, type->rate_per_s.n);
    put_indices(to, "factors", type->factor_ix, type->n_factors);
    put_dist_steps(to, "patience", &type->patience);
    for (uint32_t i = 0; i < plan->n_groups; i++) {
        put_dist_steps(to, "talk", &type->talk[i]);
        put_dist_steps(to, "wrap_up", &type->wrap_up[i]);
    }
    put_chance(to, "balk", &type->balk);
    put_way(to, &type->way);
    oh_text_printf(to, "  priority %" PRIu32 " queue %" PRId64 " per agent", type->priority,
                   type->queue_limit);
    put_number(to, type->queue_limit_per_agent);
    oh_text_printf(to, " full %d max_wait %" PRId64 " then %d\n", type->when_full,
                   type->max_wait_us, type->at_max_wait);
    for (int cause = 0; cause < OH_N_CAUSES; cause++)
        put_retry(to, cause, &type->retry[cause]);
    oh_text_printf(to, "  retry at_most %" PRIu32 "\n", type->retry_at_most);
    put_indices(to, "groups", type->group_ix, type->n_groups);
    oh_text_printf(to, "  within %" PRId64 " short %" PRId64 " formula %d tails",
                   measure->answer_within_us, measure->short_abandon_us, measure->formula);
    for (uint32_t i = 0; i < measure->n_tails; i++)
        oh_text_printf(to, " %" PRId64, measure->tail_us[i]);
    oh_text_puts(to, "\n");
}

static void put_group(struct oh_text *to, const struct oh_plan_group *group) {
    oh_text_printf(to, "group %s %016" PRIx64 " most %" PRIu32 " shrinkage_as %d on_leave %d\n",
                   group->name, group->luck_name, group->most, group->shrinkage_as,
                   group->on_leave);
    put_steps(to, "scheduled", &group->scheduled);
    put_steps(to, "on duty", &group->on_duty);
    put_steps(to, "shrinkage", &group->shrinkage);
    put_indices(to, "types", group->type_ix, group->n_types);
}

static void put_price(struct oh_text *to, const char *name, struct oh_price_rate price) {
    if (!(price.micro > 0))
        return;
    oh_text_printf(to, "  %s", name);
    put_number(to, price.micro);
    put_number(to, price.per);
    oh_text_puts(to, "\n");
}

static void put_prices(struct oh_text *to, const struct oh_layout *layout) {
    const struct oh_prices *prices = layout->prices;
    if (prices == NULL)
        return;
    oh_text_printf(to, "prices in %s\n", prices->currency);
    put_price(to, "line time", prices->line_time);
    for (uint32_t i = 0; i < layout->n_types; i++) {
        put_price(to, "attempt", prices->types[i].attempt);
        put_price(to, "queue time", prices->types[i].queue_time);
        put_price(to, "resolved", prices->types[i].resolved);
        put_price(to, "lost customer", prices->types[i].lost_customer);
    }
    for (uint32_t i = 0; i < layout->n_groups; i++) {
        put_price(to, "paid time", prices->groups[i].paid_time);
        put_price(to, "contact", prices->groups[i].contact);
    }
}

static void put_rows(struct oh_text *to, const struct oh_plan *plan) {
    oh_text_printf(to, "rows each %d interval %" PRId64 "\n", plan->layout.each_day,
                   plan->layout.interval_us);
    for (uint32_t i = 0; i < plan->layout.n_slots; i++) {
        const struct oh_layout_slot *slot = &plan->layout.slots[i];
        oh_text_printf(to,
                       "  slot %" PRIu32 ": day %" PRIu32 " weekday %" PRIu32 " at %" PRIu32 " x",
                       i, slot->day, slot->weekday, slot->start_s);
        put_number(to, slot->occurrences);
        oh_text_puts(to, "\n");
    }
    put_indices(to, "cells", plan->cell_of_interval, plan->n_intervals);
}

void oh_plan_print(const struct oh_plan *plan, struct oh_text *to) {
    oh_text_printf(to, "plan %s\n", plan->name);
    oh_text_printf(
        to, "end %" PRId64 " warm_up %" PRId64 " weekday %" PRIu32 " hours %d close %d\n",
        plan->end_us, plan->warm_up_us, plan->start_weekday, plan->has_hours, plan->at_close);
    for (uint32_t i = 0; i < plan->n_openings; i++)
        oh_text_printf(to, "  open %" PRId64 " to %" PRId64 " day %" PRIu32 "\n",
                       plan->openings[i].open_us, plan->openings[i].close_us,
                       plan->openings[i].day);
    oh_text_printf(to, "lines %" PRIu32 " queue %" PRId64 " order %d choice %d\n", plan->lines,
                   plan->queue_limit, plan->order, plan->agent_choice);
    oh_text_printf(to, "replications %" PRIu64 " seed %" PRIu64 " confidence", plan->replications,
                   plan->seed);
    put_number(to, plan->confidence);
    oh_text_puts(to, "\n");
    for (uint32_t i = 0; i < plan->n_factors; i++) {
        oh_text_printf(to, "factor %s %016" PRIx64, plan->factors[i].name,
                       plan->factors[i].luck_name);
        put_dist(to, plan->factors[i].dist);
        oh_text_puts(to, "\n");
    }
    for (uint32_t i = 0; i < plan->n_types; i++)
        put_type(to, plan, i);
    for (uint32_t i = 0; i < plan->n_groups; i++)
        put_group(to, &plan->groups[i]);
    put_prices(to, &plan->layout);
    put_rows(to, plan);
}
