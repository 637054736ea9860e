#include "scenario/choices.h"

#include <stddef.h>

#include "scenario/value.h"

const struct oh_name oh_at_close_names[] = {
    {"finish", OH_CLOSE_FINISH}, {"drop", OH_CLOSE_DROP}, {"keep", OH_CLOSE_KEEP}, {NULL, 0}};

const struct oh_name oh_type_at_close_names[] = {{"centre", OH_CLOSE_AS_CENTRE},
                                                 {"finish", OH_CLOSE_FINISH},
                                                 {"drop", OH_CLOSE_DROP},
                                                 {"keep", OH_CLOSE_KEEP},
                                                 {NULL, 0}};

const struct oh_name oh_when_closed_names[] = {{"turned-away", OH_CLOSED_TURNED_AWAY},
                                               {"next_opening", OH_CLOSED_NEXT_OPENING},
                                               {"join", OH_CLOSED_JOIN},
                                               {NULL, 0}};

const struct oh_name oh_estimator_names[] = {
    {"if-needed", OH_ESTIMATE_IF_NEEDED},
    {"queue", OH_ESTIMATE_QUEUE},
    {"head-of-line", OH_ESTIMATE_HEAD_OF_LINE},
    {"last-to-enter-service", OH_ESTIMATE_LAST_TO_ENTER_SERVICE},
    {"erlang-a", OH_ESTIMATE_ERLANG_A},
    {NULL, 0}};

const struct oh_name oh_handover_names[] = {
    {"cold", OH_HANDOVER_COLD}, {"warm", OH_HANDOVER_WARM}, {NULL, 0}};

const struct oh_name oh_misrouted_names[] = {{"cold", OH_HANDOVER_COLD},
                                             {"warm", OH_HANDOVER_WARM},
                                             {"refuse", OH_HANDOVER_REFUSE},
                                             {NULL, 0}};

const struct oh_name oh_refused_names[] = {{"lost", OH_REFUSED_LOST},
                                           {"back", OH_REFUSED_BACK},
                                           {"message", OH_REFUSED_MESSAGE},
                                           {NULL, 0}};

const struct oh_name oh_none_free_names[] = {
    {"wait", OH_NONE_FREE_WAIT}, {"skip", OH_NONE_FREE_SKIP}, {NULL, 0}};

const struct oh_name oh_interrupts_names[] = {{"never", OH_INTERRUPTS_NEVER},
                                              {"resume", OH_INTERRUPTS_RESUME},
                                              {"restart", OH_INTERRUPTS_RESTART},
                                              {NULL, 0}};

const struct oh_name oh_callback_place_names[] = {
    {"keep", OH_PLACE_KEEP}, {"last", OH_PLACE_LAST}, {NULL, 0}};

const struct oh_name oh_callbacks_count_names[] = {
    {"count_delay", OH_CALLBACKS_COUNT_DELAY}, {"exclude", OH_CALLBACKS_EXCLUDE}, {NULL, 0}};

const struct oh_name oh_when_full_names[] = {
    {"disconnect", OH_FULL_DISCONNECT}, {"busy", OH_FULL_BUSY}, {NULL, 0}};

const struct oh_name oh_at_max_wait_names[] = {
    {"disconnect", OH_MAX_WAIT_DISCONNECT}, {"message", OH_MAX_WAIT_MESSAGE}, {NULL, 0}};

const struct oh_name oh_shrinkage_as_names[] = {
    {"fixed", OH_SHRINK_FIXED}, {"absence", OH_SHRINK_ABSENCE}, {NULL, 0}};

const struct oh_name oh_on_leave_names[] = {
    {"finish", OH_LEAVE_FINISH}, {"requeue", OH_LEAVE_REQUEUE}, {NULL, 0}};

const struct oh_name oh_order_names[] = {{"priority", OH_BY_PRIORITY},
                                         {"fifo", OH_FIFO},
                                         {"list", OH_BY_LIST},
                                         {"urgency", OH_BY_URGENCY},
                                         {NULL, 0}};

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
