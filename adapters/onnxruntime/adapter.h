// The objects behind the standard interface, and what the parts of the adapter call of each other.
#ifndef ASSAY_ORT_ADAPTER_H
#define ASSAY_ORT_ADAPTER_H

#include "graph_names.h"
#include "onnx_bytes.h"
#include "ort_api.h"
#include "pool.h"

struct assay_backend {
  const ort_api *api;
  ort_env *env;
  ort_options *options; // of every session
  ort_memory *memory;   // describes host memory
  ort_allocator *allocator;
  size_t description_length;
  char description[2048];
};

// What the type of an output adds to its value: the runtime drops it from some values.
typedef struct {
  bool optional;
  assay_value_kind element_kind;      // of a sequence
  assay_element_type element_type;    // of the tensors of a sequence
  assay_element_type tensor_type;     // of a tensor; 0: no tensor, or strings
  uint32_t rank;                      // of a tensor
  bool fixed;                         // all dimensions are known
  int64_t dims[ASSAY_MAX_RANK];
} output_type;

struct assay_executable {
  assay_backend *backend;
  ort_session *session;
  char **input_names; // the entries of graph.input, zero-terminated
  size_t input_count;
  char **output_names; // of the runtime's allocator
  output_type *output_types;
  size_t output_count;
};

// Values of the runtime that are released at once.
typedef struct {
  ort_value **values;
  size_t count, capacity;
} value_list;
// Takes the value over; releases it and returns false when there is no memory.
bool keep_value(const ort_api *api, value_list *list, ort_value *value);
void release_values(const ort_api *api, value_list *list);

// The memory of the caller's tensors during an execution.
typedef struct { const uint8_t *start, *end; } memory_range;
typedef struct {
  memory_range *ranges;
  size_t count, capacity;
} range_list;

// The caller's values as values of the runtime.
typedef struct {
  assay_backend *backend;
  value_list made;
  range_list memory;
} imported;
// Makes the value for the entry of graph.input of this name. `*out` belongs to `into`.
assay_status import_value(imported *into, const assay_value *value, const char *name,
                          ort_value **out, assay_message *why);
void release_imported(imported *all);

struct assay_result {
  const ort_api *api;
  pool memory;
  value_list kept;
  assay_value *values;
  size_t count;
};
// Shows a value of the runtime, which belongs to `into` afterwards.
assay_status export_value(assay_result *into, assay_backend *backend, const range_list *foreign,
                          ort_value *value, const output_type *type, assay_value *out,
                          assay_message *why);

// Runs a model of one node without inputs and hands its only output over.
assay_status run_constant_model(assay_backend *backend, const writer *model, ort_value **out,
                                assay_message *why);

// Reads the name and the type of every output of the session.
assay_status read_outputs(assay_executable *executable, assay_message *why);

// Which part of a model the runtime has no implementation for, found out by asking it for other
// element types and for older operator sets.
assay_reason refusal_reason(assay_backend *backend, assay_bytes model);

assay_status adapter_compile(assay_backend *, assay_bytes, assay_text, assay_executable **,
                             assay_message *);
assay_status adapter_execute(assay_executable *, const assay_value *, size_t, assay_result **,
                             assay_message *);
assay_status adapter_execute_into(assay_executable *, const assay_value *, size_t,
                                  assay_destination *, size_t, assay_message *);
void adapter_release_executable(assay_executable *);
void adapter_release_result(assay_result *);

#endif
