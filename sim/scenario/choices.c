#include "scenario/choices.h"

#include <stddef.h>

#include "scenario/value.h"

const struct oh_name oh_at_close_names[] = {
    {"finish", OH_CLOSE_FINISH}, {"drop", OH_CLOSE_DROP}, {NULL, 0}};

const struct oh_name oh_when_full_names[] = {
    {"disconnect", OH_FULL_DISCONNECT}, {"busy", OH_FULL_BUSY}, {NULL, 0}};

const struct oh_name oh_at_max_wait_names[] = {
    {"disconnect", OH_MAX_WAIT_DISCONNECT}, {"message", OH_MAX_WAIT_MESSAGE}, {NULL, 0}};

const struct oh_name oh_shrinkage_as_names[] = {
    {"fixed", OH_SHRINK_FIXED}, {"absence", OH_SHRINK_ABSENCE}, {NULL, 0}};

const struct oh_name oh_on_leave_names[] = {
    {"finish", OH_LEAVE_FINISH}, {"requeue", OH_LEAVE_REQUEUE}, {NULL, 0}};

const struct oh_name oh_order_names[] = {
    {"priority", OH_BY_PRIORITY}, {"fifo", OH_FIFO}, {"list", OH_BY_LIST}, {NULL, 0}};

const struct oh_name oh_agent_choice_names[] = {
    {"group-order", OH_GROUP_ORDER}, {"longest-idle", OH_LONGEST_IDLE}, {NULL, 0}};

/* plan/ asserts that the values agree with enum oh_formula. */
const struct oh_name oh_formula_names[] = {{"answered_only", 0},
                                           {"offered", 1},
                                           {"abandons_negative", 2},
                                           {"early_abandons_excluded", 3},
                                           {"abandons_positive", 4},
                                           {"short_abandons_excluded", 5},
                                           {NULL, 0}};

const struct oh_name oh_weekday_names[] = {{"monday", 0},   {"tuesday", 1}, {"wednesday", 2},
                                           {"thursday", 3}, {"friday", 4},  {"saturday", 5},
                                           {"sunday", 6},   {NULL, 0}};

const struct oh_name oh_days_names[] = {
    {"monday", 0},           {"tuesday", 1},      {"wednesday", 2}, {"thursday", 3},
    {"friday", 4},           {"saturday", 5},     {"sunday", 6},    {"weekdays", OH_WEEKDAYS},
    {"weekend", OH_WEEKEND}, {"other", OH_OTHER}, {NULL, 0}};
