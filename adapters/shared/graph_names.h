// The names of inputs and outputs of a model in the order of its graph.
#ifndef ASSAY_ADAPTER_GRAPH_NAMES_H
#define ASSAY_ADAPTER_GRAPH_NAMES_H

#include "assay_backend.h"

// Reads the names of graph.input or graph.output: `field_number` is GRAPH_INPUT or GRAPH_OUTPUT.
// The array and the names are released with release_names.
assay_status read_names(assay_bytes model, uint64_t field_number, char ***out, size_t *count,
                        assay_message *why);
void release_names(char **names, size_t count);

#endif
