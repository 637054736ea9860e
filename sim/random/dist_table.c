/* The table of distributions: one row each. Parser, printer, `explain`, schema and contract test read it. */
#include <float.h>
#include <string.h>

#include "random/dist_kind.h"

#define LONGEST  1e10 /* seconds; the longest duration that can be written */
#define ABOVE_0  DBL_MIN
#define HAS_MEAN 1.01 /* shapes of heavy tails: the mean is infinite up to 1 */

#define TIME(name, meaning, low)                                                                   \
    { name, meaning, OH_DIST_TIME, low, LONGEST }
#define NUMBER(name, meaning, low, high)                                                           \
    { name, meaning, OH_DIST_NUMBER, low, high }
#define SHARE(name, meaning)                                                                       \
    { name, meaning, OH_DIST_SHARE, 0, 1 }
#define PART(name, meaning)                                                                        \
    { name, meaning, OH_DIST_DISTRIBUTION, 0, 0 }
#define TEXT(name, meaning)                                                                        \
    { name, meaning, OH_DIST_TEXT, 0, 0 }

static const struct oh_dist_form constant_forms[] = {{{TIME("value", "the value", 0)}, 1, false}};
static const struct oh_dist_form uniform_forms[] = {
    {{TIME("low", "least value", 0), TIME("high", "largest value", 0)}, 2, false}};
static const struct oh_dist_form triangular_forms[] = {
    {{TIME("low", "least value", 0), TIME("mode", "most frequent value", 0),
      TIME("high", "largest value", 0)},
     3,
     false}};
static const struct oh_dist_form exponential_forms[] = {
    {{TIME("mean", "mean", ABOVE_0)}, 1, false}};
static const struct oh_dist_form erlang_forms[] = {
    {{{"k", "number of exponential phases", OH_DIST_COUNT, 1, 1000},
      TIME("mean", "mean of the sum of all phases", ABOVE_0)},
     2,
     false}};
static const struct oh_dist_form gamma_forms[] = {
    {{TIME("mean", "mean", ABOVE_0),
      NUMBER("cv", "coefficient of variation: standard deviation / mean", 0.002, 100)},
     2,
     false},
    {{NUMBER("shape", "shape, 1 / cv^2", 1e-4, 250000), TIME("scale", "mean / shape", ABOVE_0)},
     2,
     false}};
static const struct oh_dist_form lognormal_forms[] = {
    {{TIME("mean", "mean", ABOVE_0),
      NUMBER("cv", "coefficient of variation: standard deviation / mean", 0.002, 100)},
     2,
     false},
    {{TIME("median", "median", ABOVE_0),
      NUMBER("sigma", "standard deviation of the logarithm", 0.002, 10)},
     2,
     false}};
static const struct oh_dist_form normal_forms[] = {
    {{TIME("mean", "mean before the cut", 0),
      TIME("sd", "standard deviation before the cut", ABOVE_0)},
     2,
     false}};
static const struct oh_dist_form weibull_forms[] = {
    {{NUMBER("shape", "below 1 the hazard falls, above 1 it rises", 0.05, 1000),
      TIME("scale", "the time by which 63.2% have ended", ABOVE_0)},
     2,
     false},
    {{NUMBER("shape", "below 1 the hazard falls, above 1 it rises", 0.05, 1000),
      TIME("mean", "mean", ABOVE_0)},
     2,
     false},
    {{TIME("mean", "mean", ABOVE_0),
      NUMBER("cv", "coefficient of variation: standard deviation / mean", 0.002, 100)},
     2,
     false}};
#define PARETO_SHAPE(low)                                                                          \
    NUMBER("shape", "P(X > x) = (low / x)^shape; the mean is infinite up to 1", low, 1000)
static const struct oh_dist_form pareto_forms[] = {
    {{TIME("low", "least value", ABOVE_0), PARETO_SHAPE(0.05)}, 2, false},
    {{TIME("mean", "mean", ABOVE_0), PARETO_SHAPE(HAS_MEAN)}, 2, false},
    {{PARETO_SHAPE(0.05), TIME("scale", "another word for low", ABOVE_0)}, 2, false}};
#define LOGLOGISTIC_SHAPE(low)                                                                     \
    NUMBER("shape", "the odds of X <= x are (x / median)^shape; the mean is infinite up to 1",     \
           low, 1000)
static const struct oh_dist_form loglogistic_forms[] = {
    {{TIME("median", "median", ABOVE_0), LOGLOGISTIC_SHAPE(0.5)}, 2, false},
    {{TIME("mean", "mean", ABOVE_0), LOGLOGISTIC_SHAPE(HAS_MEAN)}, 2, false},
    {{LOGLOGISTIC_SHAPE(0.5), TIME("scale", "another word for median", ABOVE_0)}, 2, false}};
static const struct oh_dist_form hyperexponential_forms[] = {
    {{SHARE("probability", "share of this phase"),
      TIME("mean", "mean of this exponential phase", ABOVE_0)},
     2,
     true}};
static const struct oh_dist_form mixture_forms[] = {
    {{SHARE("probability", "share of this part"), PART("distribution", "any distribution")},
     2,
     true}};
static const struct oh_dist_form shifted_forms[] = {
    {{PART("distribution", "any distribution"), TIME("by", "added to every value", 0)}, 2, false}};
static const struct oh_dist_form scaled_forms[] = {
    {{PART("distribution", "any distribution"),
      NUMBER("by", "every value is multiplied by this", 1e-6, 1e6)},
     2,
     false}};
static const struct oh_dist_form capped_forms[] = {
    {{PART("distribution", "any distribution"), TIME("at", "larger values become this", 0)},
     2,
     false}};
static const struct oh_dist_form empirical_forms[] = {
    {{TEXT("file", "a CSV file whose first row names its columns"),
      TEXT("column", "the column of values: plain seconds, or durations with their unit")},
     2,
     false}};
static const struct oh_dist_form hazard_forms[] = {
    {{TIME("from", "beginning of a step, the first at 0", 0),
      {"rate", "chance to end per time, until the next step", OH_DIST_RATE, 0, 1e9}},
     2,
     true}};

#define FORMS(forms) forms, sizeof(forms) / sizeof(forms)[0]

static const struct oh_dist_row table[] = {
    {"constant", "constant(20s), or just 20s", "Always the same value.", "constant(20s)",
     FORMS(constant_forms), &oh_dist_kind_constant},
    {"uniform", "uniform(low=3min high=7min)", "All values between two bounds are equally likely.",
     "uniform(low=3min high=7min)", FORMS(uniform_forms), &oh_dist_kind_uniform},
    {"triangular", "triangular(low=1min mode=2min high=6min)",
     "Rises from the least value to the most frequent one and falls to the largest: for estimates "
     "by people who know the work.",
     "triangular(low=1min mode=2min high=6min)", FORMS(triangular_forms), &oh_dist_kind_triangular},
    {"exponential", "exponential(mean=4min)",
     "Without memory: what has lasted long is as far from its end as what has just begun. The "
     "distribution of queueing theory.",
     "exponential(mean=4min)", FORMS(exponential_forms), &oh_dist_kind_exponential},
    {"erlang", "erlang(k=2 mean=2min)",
     "Sum of k exponential phases of equal mean: the larger k, the less it varies.",
     "erlang(k=2 mean=2min)", FORMS(erlang_forms), &oh_dist_kind_erlang},
    {"gamma", "gamma(mean=5min cv=0.6), or gamma(shape=2.5 scale=2min)",
     "Positive, of any variation. With mean=1 a factor for the busyness of a day.",
     "gamma(mean=5min cv=0.6)", FORMS(gamma_forms), &oh_dist_kind_gamma},
    {"lognormal", "lognormal(mean=4min cv=1.2), or lognormal(median=3min sigma=0.9)",
     "The logarithm is normal: many short, a few very long. Fits most talk times.",
     "lognormal(mean=4min cv=1.2)", FORMS(lognormal_forms), &oh_dist_kind_lognormal},
    {"normal", "normal(mean=5min sd=2min)",
     "The normal distribution on condition that the value is not negative (values below 0 are "
     "drawn anew, not set to 0). Mean and sd are those before the cut, so the mean after it is a "
     "little larger, the sd a little smaller.",
     "normal(mean=5min sd=4min)", FORMS(normal_forms), &oh_dist_kind_normal},
    {"weibull",
     "weibull(shape=2 scale=135s), weibull(shape=2 mean=2min) or weibull(mean=2min cv=0.5)",
     "The hazard is a power of time: falling below shape 1, rising above. Fits patience.",
     "weibull(shape=2 scale=135s)", FORMS(weibull_forms), &oh_dist_kind_weibull},
    {"pareto",
     "pareto(low=30s shape=2.5), pareto(mean=50s shape=2.5) or pareto(shape=2.5 scale=30s)",
     "A heavy tail: the share of values above x falls by a power of x.", "pareto(low=30s shape=5)",
     FORMS(pareto_forms), &oh_dist_kind_pareto},
    {"loglogistic",
     "loglogistic(median=2min shape=3), loglogistic(mean=2min shape=3) or loglogistic(shape=3 "
     "scale=2min)",
     "The odds rise by a power of time: a hazard that rises at first, and a heavy tail.",
     "loglogistic(median=2min shape=5)", FORMS(loglogistic_forms), &oh_dist_kind_loglogistic},
    {"hyperexponential", "hyperexponential(90% 67s 10% 600s)",
     "One of several exponentials, by probability and mean: a few contacts take much longer.",
     "hyperexponential(90% 67s 10% 600s)", FORMS(hyperexponential_forms),
     &oh_dist_kind_hyperexponential},
    {"mixture", "mixture(10% constant(0s) 90% exponential(1000s))",
     "One of several distributions, by probability.",
     "mixture(10% constant(0s) 90% exponential(1000s))", FORMS(mixture_forms),
     &oh_dist_kind_mixture},
    {"shifted", "shifted(exponential(60s) by=5s)", "A distribution plus a constant.",
     "shifted(exponential(60s) by=5s)", FORMS(shifted_forms), &oh_dist_kind_shifted},
    {"scaled", "scaled(lognormal(mean=4min cv=1.2) by=1.1)",
     "A distribution whose values are multiplied by a factor: the same work at another speed.",
     "scaled(lognormal(mean=4min cv=1.2) by=1.1)", FORMS(scaled_forms), &oh_dist_kind_scaled},
    {"capped", "capped(exponential(120s) at=60s)",
     "A distribution whose larger values are replaced by a limit.",
     "capped(exponential(120s) at=60s)", FORMS(capped_forms), &oh_dist_kind_capped},
    {"empirical", "empirical(file=talk.csv column=seconds)",
     "The recorded values of a CSV column, each equally likely; nothing in between.",
     "empirical(file=talk.csv column=seconds)", FORMS(empirical_forms), &oh_dist_kind_empirical},
    {"hazard", "hazard(0s 20/h 30s 5/h 3min 12/h)",
     "The rate at which callers give up (or talks end), from each time until the next, as measured "
     "from a call log. After a last rate of 0 the rest never end.",
     "hazard(0s 20/h 30s 5/h 3min 12/h)", FORMS(hazard_forms), &oh_dist_kind_hazard},
    {"never", "never", "Infinite: patience that never ends.", "never", NULL, 0,
     &oh_dist_kind_never},
};

size_t oh_dist_rows(const struct oh_dist_row **rows) {
    *rows = table;
    return sizeof table / sizeof table[0];
}

const struct oh_dist_row *oh_dist_row_find(const char *name) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}
