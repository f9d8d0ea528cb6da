// What the parts of the faulty backend know of each other.
#ifndef FAULTS_H
#define FAULTS_H

#include "FaultyBackends.h"
#include "assay_backend.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Hidden: the library exports nothing but its entry and the list of faults.
#define INTERNAL __attribute__((visibility("hidden")))

typedef enum fault {
#define FAULT_CASE(identifier, name, expected) fault_##identifier,
  FAULTY_BACKENDS_LIST(FAULT_CASE)
#undef FAULT_CASE
  fault_count
} fault;

// Finds the fault that the options ask for. False: the name is none of the list.
INTERNAL bool chosen_fault(assay_text options_json, fault *chosen);

// The functions of the interface in which a fault of the process can strike.
typedef enum stage { stage_create, stage_compile, stage_execute, stage_destroy } stage;

// Does to the process what the fault asks for at this stage; may not return.
INTERNAL void strike(fault fault, stage stage);

// True when `model` is an ONNX model whose graph has exactly one node: Add of the default domain.
INTERNAL bool is_single_add(assay_bytes model);

enum { output_rank_limit = ASSAY_MAX_RANK + 1 };

// An output while it is made, wherever its elements are.
typedef struct output {
  float *elements;
  size_t count;
  size_t byte_count;
  assay_element_type type;
  uint32_t rank;
  int64_t dims[output_rank_limit];
} output;

// Adds the inputs and applies the faults that concern the outputs or the memory around them.
// `own_memory`: the elements are the backend's, so a write out of bounds goes to the first input.
INTERNAL void make_output(fault fault, const assay_tensor *a, const assay_tensor *b,
                          bool own_memory, output *made);

#endif
