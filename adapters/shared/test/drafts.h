// Models of one node, and values to execute them on, for the self-tests of the adapters.
#ifndef ASSAY_ADAPTER_DRAFTS_H
#define ASSAY_ADAPTER_DRAFTS_H

#include <stdio.h>

#include "assay_backend.h"
#include "onnx_bytes.h"

enum { MOST_VALUES = 4, MOST_DIMS = 4 };

// A model being written, with the values of its inputs.
typedef struct {
  writer node, graph, imports;
  assay_value inputs[MOST_VALUES];
  int64_t dims[MOST_VALUES][MOST_DIMS];
  size_t input_count;
} draft;

draft draft_node(const char *operator, const char *domain, uint64_t opset);
// An input of the node and of the graph. `dims` ends with -1. Bytes as the interface packs them.
void draft_tensor(draft *to, int32_t type, const int64_t *dims, const void *bytes, size_t count);
void draft_strings(draft *to, const int64_t *dims, const assay_text *texts, size_t count);
// An input with this TypeProto and this value.
void draft_value(draft *to, const writer *type, assay_value value);
void draft_output(draft *to, int32_t type, const int64_t *dims);
void draft_typed_output(draft *to, const writer *type);
void draft_integers(draft *to, const char *name, const int64_t *values, size_t count);
void draft_text(draft *to, const char *name, const char *value);
// An optional input that is left out.
void draft_nothing(draft *to);
void draft_model(const draft *from, writer *out);

void sequence_type(writer *out, int32_t element_type);
void optional_type(writer *out, const writer *contained);

// Prints kind, element type, dimensions, and the bits of every element from its highest byte.
void print_value(FILE *to, const assay_value *value);

#endif
