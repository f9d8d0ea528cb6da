// What the adapter knows of a model: the roles of its inputs and the types of its outputs.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"
#include "graph_names.h"
#include "onnx_bytes.h"

// Whether the graph has an initializer of this name.
static bool is_initialized(assay_bytes model, const char *name) {
  enum { TENSOR_NAME = 8 };
  const span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  const size_t length = strlen(name);
  field graph, each, own;
  if (!find_field(all, MODEL_GRAPH, &graph)) return false;
  for (span rest = graph.content; next_field(&rest, &each);) {
    if (each.number != GRAPH_INITIALIZER || !find_field(each.content, TENSOR_NAME, &own)) continue;
    if ((size_t)(own.content.end - own.content.at) == length &&
        memcmp(own.content.at, name, length) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_fed(const assay_executable *executable, const char *name) {
  ov_output_const_port_t *port = NULL;
  const ov_library *library = executable->backend->library;
  if (library->ov_compiled_model_input_by_name(executable->model, name, &port) != OK) return false;
  library->ov_output_const_port_free(port);
  return true;
}

assay_status read_inputs(assay_bytes model, assay_executable *executable, assay_message *why) {
  const assay_status status =
      read_names(model, GRAPH_INPUT, &executable->input_names, &executable->input_count, why);
  if (status != ASSAY_OK) return status;
  executable->inputs = calloc(executable->input_count + 1, sizeof *executable->inputs);
  if (executable->inputs == NULL) return out_of_memory(why);
  for (size_t i = 0; i < executable->input_count; i++) {
    const char *name = executable->input_names[i];
    executable->inputs[i] = is_initialized(model, name) ? INPUT_INITIALIZED
                            : is_fed(executable, name)  ? INPUT_FED
                                                        : INPUT_UNUSED;
  }
  return ASSAY_OK;
}

static ov_status_e read_shape(const ov_library *library, const ov_output_const_port_t *port,
                              output_type *out) {
  ov_partial_shape_t shape;
  const ov_status_e failure = library->ov_port_get_partial_shape(port, &shape);
  if (failure != OK) return failure;
  // A rank is a range of its own; an unknown one has different ends.
  out->fixed = shape.rank.min == shape.rank.max && shape.rank.max >= 0 &&
               shape.rank.max <= (int64_t)ASSAY_MAX_RANK;
  out->rank = out->fixed ? (uint32_t)shape.rank.max : 0;
  for (uint32_t i = 0; i < out->rank; i++) {
    out->dims[i] = shape.dims[i].min;
    out->fixed = out->fixed && shape.dims[i].min == shape.dims[i].max && shape.dims[i].min >= 0;
  }
  library->ov_partial_shape_free(&shape);
  return OK;
}

static bool is_input(const assay_executable *executable, const char *name) {
  for (size_t i = 0; i < executable->input_count; i++) {
    if (strcmp(executable->input_names[i], name) == 0) return true;
  }
  return false;
}

// Marks the outputs of the graph that are inputs of it.
static assay_status find_passed(assay_bytes model, assay_executable *executable,
                                assay_message *why) {
  char **names = NULL;
  size_t count = 0;
  const assay_status status = read_names(model, GRAPH_OUTPUT, &names, &count, why);
  if (status != ASSAY_OK) return status;
  for (size_t i = 0; i < count && i < executable->output_count; i++) {
    executable->outputs[i].passed = is_input(executable, names[i]);
  }
  release_names(names, count);
  return ASSAY_OK;
}

assay_status read_outputs(assay_bytes model, assay_executable *executable, assay_message *why) {
  const ov_library *library = executable->backend->library;
  size_t count = 0;
  ov_status_e failure = library->ov_compiled_model_outputs_size(executable->model, &count);
  if (failure != OK) return internal_failure(library, failure, why);
  executable->outputs = calloc(count + 1, sizeof *executable->outputs);
  if (executable->outputs == NULL) return out_of_memory(why);
  executable->output_count = count;
  for (size_t i = 0; i < count && failure == OK; i++) {
    ov_output_const_port_t *port = NULL;
    ov_element_type_e type = DYNAMIC;
    failure = library->ov_compiled_model_output_by_index(executable->model, i, &port);
    if (failure == OK) failure = library->ov_port_get_element_type(port, &type);
    executable->outputs[i].element_type = assay_element_type_of(type);
    if (failure == OK) failure = read_shape(library, port, &executable->outputs[i]);
    if (port != NULL) library->ov_output_const_port_free(port);
  }
  if (failure != OK) return internal_failure(library, failure, why);
  return find_passed(model, executable, why);
}
