#include "measure/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Elements of each array; none is 0, so that every pointer is valid. */
struct sizes {
    size_t contacts, agents, centre, maxima, tails, histograms;
};

static struct sizes sizes_of(const struct oh_layout *layout) {
    struct sizes sizes = {
        .contacts = (size_t)layout->n_types * OH_N_CELLS(layout) * OH_N_CONTACT_COUNTS,
        .agents = (size_t)layout->n_groups * OH_N_CELLS(layout) * OH_N_AGENT_COUNTS,
        .centre = (size_t)OH_N_CELLS(layout) * OH_N_CENTRE_COUNTS,
        .maxima = ((size_t)layout->n_types + layout->n_groups + 1) * OH_N_MAXIMA,
        .histograms = (size_t)layout->n_types * OH_N_HISTOGRAMS,
    };
    for (uint32_t t = 0; t < layout->n_types; t++)
        sizes.tails += (size_t)layout->types[t].n_tails * OH_N_TAIL_COUNTS;
    return sizes;
}

void oh_record_init(struct oh_record *record, const struct oh_layout *layout) {
    struct sizes sizes = sizes_of(layout);
    *record = (struct oh_record){
        .layout = layout,
        .contacts = oh_calloc(sizes.contacts + 1, sizeof *record->contacts),
        .agents = oh_calloc(sizes.agents + 1, sizeof *record->agents),
        .centre = oh_calloc(sizes.centre, sizeof *record->centre),
        .maxima = oh_calloc(sizes.maxima, sizeof *record->maxima),
        .tails = oh_calloc(sizes.tails + 1, sizeof *record->tails),
        .tail_offset = oh_calloc((size_t)layout->n_types + 1, sizeof *record->tail_offset),
        .histograms = oh_calloc(sizes.histograms + 1, sizeof *record->histograms),
    };
    uint32_t offset = 0;
    for (uint32_t t = 0; t < layout->n_types; t++) {
        record->tail_offset[t] = offset;
        offset += layout->types[t].n_tails * OH_N_TAIL_COUNTS;
    }
}

void oh_record_reset(struct oh_record *record, uint64_t replication) {
    struct sizes sizes = sizes_of(record->layout);
    memset(record->contacts, 0, sizes.contacts * sizeof *record->contacts);
    memset(record->agents, 0, sizes.agents * sizeof *record->agents);
    memset(record->centre, 0, sizes.centre * sizeof *record->centre);
    memset(record->maxima, 0, sizes.maxima * sizeof *record->maxima);
    memset(record->tails, 0, sizes.tails * sizeof *record->tails);
    memset(record->histograms, 0, sizes.histograms * sizeof *record->histograms);
    record->replication = replication;
    record->attempts = 0;
}

void oh_record_fini(struct oh_record *record) {
    free(record->contacts);
    free(record->agents);
    free(record->centre);
    free(record->maxima);
    free(record->tails);
    free(record->tail_offset);
    free(record->histograms);
    *record = (struct oh_record){0};
}
