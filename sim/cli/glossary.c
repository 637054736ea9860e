#include "cli/glossary.h"

static const struct oh_glossary_row glossary[] = {
    {"attempt", "One try to be served: a first call or a redial. A customer may make several.",
     "offered, customers"},
    {"customer", "A person with a matter, who makes one or more attempts.", "reached_people"},
    {"window",
     "The part of the run that counts: all of it but the warm-up. An attempt counts, whole, if it "
     "arrived in the window.",
     "warm_up, unfinished"},
    {"sought",
     "Attempts that wanted a person: offered less closed, hung_up, self_served and unfinished. "
     "Shares of what became of contacts are shares of these.",
     "reached, abandonment"},
    {"left",
     "Attempts that were in the queue and were not answered: abandoned, cut_off, message and "
     "dropped together.",
     "wait_all, service_level"},
    {"W",
     "The wait of an attempt: its time in the queue until an agent first takes it or it leaves.",
     "wait_answered, wait_all"},
    {"T",
     "The threshold of the service level: an answer after a wait of at most T is in time. It is "
     "answer_within of the contact type.",
     "answer_within, service_level"},
    {"S",
     "Whoever gives up after a wait of at most S gave up early: short_abandon of the contact type.",
     "short_abandon, abandonment.after_short"},
    {"linear",
     "Of a rate: it changes evenly between clock times instead of in steps, as in {linear: {07:00: "
     "0/h, 09:00: 200/h}}.",
     "rate"},
    {"p50", "Half of the values do not exceed it: the median.", "p90, wait_answered"},
    {"p80", "80% of the values do not exceed it.", "p90, wait_answered"},
    {"p90",
     "A percentile: 90% of the values do not exceed it, one in ten does. There are p50 (the "
     "median), p80, p90, p95 and p99.",
     "wait_answered"},
    {"p95", "95% of the values do not exceed it.", "p90, wait_answered"},
    {"p99", "99% of the values do not exceed it.", "p90, wait_answered"},
    {"ASA", "Average speed of answer: how long those who were answered waited, on average.",
     "wait_answered.mean"},
    {"AHT", "Average handle time: talk and wrap-up of an answered contact.", "handle_time.mean"},
    {"ACW", "After-call work: what an agent does for a contact after the talk.", "wrap_up.mean"},
    {"SL",
     "Service level: the share that is answered within T. Centres differ in who is counted, so "
     "there are several formulas; the scenario chooses one and all are measured.",
     "service_level"},
    {"TSF", "Telephone service factor: another name of the service level.", "service_level"},
    {"FCR",
     "First-contact resolution: the share of customers whose matter is settled the first time "
     "they are answered. This version does not measure it.",
     "reached_people"},
    {"utilisation", "The busy share of paid time.", "utilization, occupancy"},
    {"agent load", "The busy share of agents' time on duty: occupancy.", "occupancy"},
    {"±", "Half the width of the confidence interval.", "interval"},
    {"confidence interval",
     "A range that holds the true value with the run's confidence, such as 95%: what more "
     "replications would settle at. It gets narrower with more of them.",
     "confidence, replications"},
    {"replication", "One independent repetition of the whole run, with luck of its own.",
     "replications, seed"},
    {"gain",
     "Of a comparison on the same callers: how many times as many replications independent runs "
     "would need to know the difference as well.",
     "compare, seed"},
    {"tornado",
     "A chart of which values matter most: each is made smaller and larger by the same share, and "
     "the bars are sorted by what that does to a metric.",
     "sweep"},
    {"indifference zone",
     "Of the question which scenario is best: differences smaller than this do not matter, and the "
     "search does not go on to settle them.",
     "compare"},
    {"shrinkage", "The share of scheduled people that are not on duty: ill, on leave, in training.",
     "agents.*.shrinkage"},
};

size_t oh_glossary(const struct oh_glossary_row **rows) {
    *rows = glossary;
    return sizeof glossary / sizeof *glossary;
}

/* The members of a result in order (report/json.c). */
static const struct oh_file_part json_members[] = {
    {"format", "\"onhold-result/1\""},
    {"scenario", "name, file, digest of the model, variant (null: none), overrides: list of "
                 "\"path=value\" given by --set"},
    {"run",
     "with --control-variates also control_variates: controls, gain of METRIC; "
     "replications, batches (into which each was cut; 1: not), seed, confidence, complete "
     "(false after Ctrl-C or --max-time), ended "
     "(enough, max_replications, max_time or interrupted), version, contacts_simulated, "
     "interval in seconds (null: no rows), days: each or average, control_variates: controls and "
     "gain of each METRIC (only with --control-variates)"},
    {"total", "METRIC: {value, low, high, unit}; low and high bound the confidence interval; "
              "null: does not exist"},
    {"contacts", "the same for each contact type: NAME: {METRIC: {...}}"},
    {"agents", "the same for each agent group"},
    {"intervals", "list of rows by time of day: day, weekday, start, queue_p10 and queue_p90 "
                  "(queue length that 10% and 90% of replications do not exceed), total, "
                  "contacts, agents"},
    {"theory", "exact values by queueing theory, {model, metrics}; null: none applies"},
    {"expect", "list of expectations: path, target, value, low, high, unit, verdict (pass, fail, "
               "inconclusive), straddles: whether the interval holds the limit"},
    {"precision", "list of metrics that were to be known so well: path, target, value, low, high, "
                  "unit, half_width, wanted, reached"},
    {"warnings", "list of sentences"},
    {"distributions", "list of waits for charts: type, metric, unit, edges, share of each bin"},
    {"definitions", "METRIC: what it is, in words and as a formula"},
};

/* report/csv.c */
static const struct oh_file_part csv_columns[] = {
    {"scenario", "name of the scenario, and its variant"},
    {"scope", "total, contacts or agents"},
    {"name", "of the contact type or agent group; empty: total"},
    {"day", "of an interval row: the weekday, or with --intervals each the day's number; empty: "
            "the whole run"},
    {"start", "of an interval row: its time of day; empty: the whole run"},
    {"metric", "as 'onhold explain metrics' lists them"},
    {"value", "the estimate; empty: does not exist"},
    {"low", "lower end of the confidence interval"},
    {"high", "upper end of the confidence interval"},
    {"unit", "contacts, share, s, agents or 1"},
};

/* The members of a comparison in order (report/compare_json.c). */
static const struct oh_file_part compare_members[] = {
    {"format", "\"onhold-compare/1\""},
    {"scenarios", "list: label (by which pairs name it), name, file, digest, variant, overrides, "
                  "replications, contacts_simulated"},
    {"run", "replications that all scenarios have, seed, confidence, comparisons, "
            "interval_confidence (of each interval, so that those of all comparisons hold together "
            "with the confidence), complete, ended, version"},
    {"pairs", "list of differences: a, b (labels), metric (its path), difference (b less a), low, "
              "high, value_a, value_b, unit, gain, change (more, less, none or unknown), better "
              "(null: neither, or no difference shown), verdict in words"},
    {"intervals", "list of differences of the total by time of day: the same without a verdict, "
                  "and day, weekday, start"},
    {"best", "metric, best (null: not decided), decided, sense (largest or smallest), "
             "indifference, unit, confidence, scenarios: value, replications and whether it was "
             "dropped of each; null: not asked for"},
    {"precision", "as in result.json, of differences"},
    {"theory", "list by scenario and part: scenario, scope (total, or contacts.NAME), reason (why "
               "no formula applies; null: one does), counted (rates are of contacts simulated), "
               "formulas: unstable (intervals without an answer) and, by metric, intervals, "
               "difference (mean, by contacts), worst (day, weekday, start, difference) of each; "
               "intervals: day, weekday, start, rate_per_h, handle_time, agents, patience, "
               "simulated, and each formula: stable, METRIC: value, difference, low, high; null: "
               "not asked for"},
};

/* report/compare_csv.c */
static const struct oh_file_part compare_columns[] = {
    {"a", "label of one scenario"},
    {"b", "label of the other, or with --with-theory erlang_c, erlang_a or mmng"},
    {"metric", "its path"},
    {"day", "of an interval row, as in result.csv; empty: the whole run"},
    {"start", "of an interval row; empty: the whole run"},
    {"value_a", "the metric in a; empty: does not exist"},
    {"value_b", "the metric in b"},
    {"difference", "b less a"},
    {"low", "lower end of its confidence interval"},
    {"high", "upper end of its confidence interval"},
    {"gain", "how many times as many replications independent runs would need"},
    {"unit", "contacts, share, s, agents or 1"},
};

/* The members of a sweep in order (report/sweep_json.c). */
static const struct oh_file_part sweep_members[] = {
    {"format", "\"onhold-sweep/1\""},
    {"scenario", "name, file, variant and overrides, which go before what is varied"},
    {"run", "seed, confidence, cells, cells_done (that have results), zipped, complete, ended, "
            "version"},
    {"parameters", "list of what is varied: path, values as written, numbers in seconds, shares or "
                   "per second (null: no quantity)"},
    {"metrics", "list: path, title, unit"},
    {"cells", "list, the last parameter fastest: settings (values by path), replications (0: not "
              "run), complete, precise (as --precision asks), contacts_simulated, digest, metrics "
              "by path with value, low, high, unit"},
    {"goal", "metric, condition, limit, unit, found (found, all, none or undecided), sense "
             "(smallest or largest), value, neighbour (the next value, which fails), confidence, "
             "judged (meets, fails, undecided or null, of each cell), verdict in words; null: not "
             "asked for"},
    {"tornado",
     "by, replications, interval_confidence, left_out (paths), bars: path, value, less "
     "and more, each with its value and effects by metric (difference, low, high, value, "
     "unit); largest effect on the first metric first; null: not asked for"},
    {"warnings", "list of sentences"},
};

/* report/sweep_csv.c */
static const struct oh_file_part sweep_columns[] = {
    {"PATH", "a column for each path that is varied: its value"},
    {"metric", "its path"},
    {"value", "the metric; empty: does not exist, or not run"},
    {"low", "lower end of its confidence interval"},
    {"high", "upper end of its confidence interval"},
    {"unit", "contacts, share, s, agents or 1"},
    {"replications", "of the cell; 0: not run"},
    {"complete", "true or false: stopped early"},
};

/* The members of a calibration in order (report/calibrate_json.c). */
static const struct oh_file_part calibrate_members[] = {
    {"format", "\"onhold-calibrate/1\""},
    {"scenario", "name, file, digest, variant, overrides of what was fitted"},
    {"run", "evaluations, most_evaluations, replications (of each), seed, confidence, complete, "
            "ended (enough, max_evaluations, max_time or interrupted), started_from_theory, "
            "contacts_simulated, version"},
    {"verdict", "met: all targets are; determined: no other values do so; both in words"},
    {"fitted",
     "list of unknowns: path, text (as the scenario takes it), value, low and high (limits "
     "by the luck of the replications; null: not determined), leeway (how far the "
     "tolerances let it go either way), range, all in SI units; whole, at_edge, determined"},
    {"targets",
     "list: path, asked, target, tolerance, value, low, high, unit, off (the difference in "
     "tolerances), met"},
    {"directions",
     "list of ways in which the unknowns may change together: sensitivity (by how many "
     "tolerances the targets change over the whole of the ranges), open, changes "
     "(relative, by path; the largest is 0.1), words (null unless open)"},
};

/* report/calibrate_csv.c */
static const struct oh_file_part calibrate_columns[] = {
    {"kind", "fitted or target"},
    {"path", "of the unknown or of the metric"},
    {"asked", "the range or the target as it was asked for"},
    {"verdict", "determined or not determined; met or not met"},
    {"value", "of the unknown in the unit of its range; of the metric"},
    {"low", "lower end of its confidence interval"},
    {"high", "upper end of its confidence interval"},
    {"margin", "how far tolerances let the unknown go; the tolerance of the target"},
    {"off", "of a target: the difference in tolerances"},
    {"unit", "as in the range; contacts, share, s, agents or 1"},
};

static const struct oh_file_doc files[] = {
    {"result.json", "json",
     "members of the JSON result, format onhold-result/1 (several "
     "scenarios: a list of such)",
     json_members, sizeof json_members / sizeof *json_members},
    {"result.csv", "csv", "columns of the CSV result, one line a value", csv_columns,
     sizeof csv_columns / sizeof *csv_columns},
    {"compare.json", "compare.json", "members of the JSON comparison, format onhold-compare/1",
     compare_members, sizeof compare_members / sizeof *compare_members},
    {"compare.csv", "compare.csv", "columns of the CSV comparison, one line a difference",
     compare_columns, sizeof compare_columns / sizeof *compare_columns},
    {"sweep.json", "sweep.json", "members of the JSON sweep, format onhold-sweep/1", sweep_members,
     sizeof sweep_members / sizeof *sweep_members},
    {"sweep.csv", "sweep.csv", "columns of the CSV sweep, one line a cell and metric",
     sweep_columns, sizeof sweep_columns / sizeof *sweep_columns},
    {"calibrate.json", "calibrate.json",
     "members of the JSON calibration, format onhold-calibrate/1", calibrate_members,
     sizeof calibrate_members / sizeof *calibrate_members},
    {"calibrate.csv", "calibrate.csv", "columns of the CSV calibration", calibrate_columns,
     sizeof calibrate_columns / sizeof *calibrate_columns},
};

size_t oh_file_docs(const struct oh_file_doc **rows) {
    *rows = files;
    return sizeof files / sizeof *files;
}
