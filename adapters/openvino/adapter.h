// The objects behind the standard interface, and what the parts of the adapter call of each other.
#ifndef ASSAY_OV_ADAPTER_H
#define ASSAY_OV_ADAPTER_H

#include <stdbool.h>

#include "ov_library.h"
#include "pool.h"

#define OV_DEVICE "CPU"

struct assay_backend {
  const ov_library *library;
  ov_core_t *core;
  size_t description_length;
  char description[2048];
};

// What the compiled model says of an output.
typedef struct {
  assay_element_type element_type; // 0: one that the interface does not know
  uint32_t rank;
  bool fixed;  // all dimensions are known
  bool passed; // it is an input of the graph: the runtime writes no memory for it
  int64_t dims[ASSAY_MAX_RANK];
} output_type;

// What the compiled model made of an entry of graph.input.
typedef enum {
  INPUT_FED,         // it takes a tensor
  INPUT_INITIALIZED, // its initializer has become a constant
  INPUT_UNUSED,      // nothing depends on it
} input_role;

struct assay_executable {
  assay_backend *backend;
  ov_compiled_model_t *model;
  char **input_names;   // the entries of graph.input
  input_role *inputs;   // of each entry
  size_t input_count;
  output_type *outputs;
  size_t output_count;
};

struct assay_result {
  pool memory;
  assay_value *values;
  size_t count;
};

// Finds the role of every entry of graph.input: the runtime's inputs leave out those with an
// initializer, and may leave out those that nothing depends on.
assay_status read_inputs(assay_bytes model, assay_executable *executable, assay_message *why);

// Reads the types of the outputs of the compiled model; after read_inputs.
assay_status read_outputs(assay_bytes model, assay_executable *executable, assay_message *why);

assay_status adapter_compile(assay_backend *, assay_bytes, assay_text, assay_executable **,
                             assay_message *);
assay_status adapter_execute(assay_executable *, const assay_value *, size_t, assay_result **,
                             assay_message *);
assay_status adapter_execute_into(assay_executable *, const assay_value *, size_t,
                                  assay_destination *, size_t, assay_message *);
void adapter_release_executable(assay_executable *);
void adapter_release_result(assay_result *);

#endif
