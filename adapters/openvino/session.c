// Compiling and executing.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"
#include "graph_names.h"
#include "options.h"
#include "packing.h"

static assay_status build(assay_executable *executable, assay_bytes model, assay_message *why) {
  const assay_backend *backend = executable->backend;
  const ov_library *library = backend->library;
  ov_model_t *read = NULL;
  ov_status_e failure = library->ov_core_read_model_from_memory_buffer(
      backend->core, model.bytes, model.count, NULL, &read);
  if (failure != OK) return reading_failure(library, failure, why);
  failure = library->ov_core_compile_model(backend->core, read, OV_DEVICE, 0, &executable->model);
  library->ov_model_free(read);
  return failure == OK ? ASSAY_OK : compile_failure(library, failure, why);
}

assay_status adapter_compile(assay_backend *backend, assay_bytes model, assay_text json,
                             assay_executable **out, assay_message *why) {
  options wanted;
  assay_status status = read_options(json, &wanted, why);
  if (status != ASSAY_OK) return status;
  if (wanted.numeric_mode[0] != '\0' && strcmp(wanted.numeric_mode, "strict-fp32") != 0) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_NUMERIC_MODE,
                   "the numeric mode \"%s\" is not declared", wanted.numeric_mode);
  }
  if (model.count == 0) {
    return explain(why, ASSAY_INVALID_MODEL, 0, "the model has no bytes");
  }
  assay_executable *executable = calloc(1, sizeof *executable);
  if (executable == NULL) return out_of_memory(why);
  executable->backend = backend;
  status = build(executable, model, why);
  if (status == ASSAY_OK) status = read_inputs(model, executable, why);
  if (status == ASSAY_OK) status = read_outputs(model, executable, why);
  if (status != ASSAY_OK) {
    adapter_release_executable(executable);
    return status;
  }
  *out = executable;
  return ASSAY_OK;
}

void adapter_release_executable(assay_executable *executable) {
  if (executable->model != NULL) {
    executable->backend->library->ov_compiled_model_free(executable->model);
  }
  if (executable->input_names != NULL) {
    release_names(executable->input_names, executable->input_count);
  }
  free(executable->inputs);
  free(executable->outputs);
  free(executable);
}

// Makes a tensor of the runtime on memory of the caller, and hands it to the request.
static assay_status feed(const ov_library *library, ov_infer_request_t *request, const char *name,
                         const assay_value *value, assay_message *why) {
  static int64_t nothing[8]; // an address for a tensor without elements, or without dimensions
  if (value->kind != ASSAY_KIND_TENSOR) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "OpenVINO takes tensors only, no sequence, optional or map");
  }
  const assay_tensor *tensor = &value->tensor;
  const ov_element_type_e type = ov_element_type(tensor->element_type);
  if (type == DYNAMIC) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "OpenVINO's C interface has no tensors of ONNX's element type %d",
                   (int)tensor->element_type);
  }
  void *bytes = tensor->byte_count != 0 ? (void *)(uintptr_t)tensor->bytes : nothing;
  int64_t *dims = tensor->rank != 0 ? (int64_t *)(uintptr_t)tensor->dims : nothing;
  const ov_shape_t shape = {tensor->rank, dims};
  ov_tensor_t *made = NULL;
  ov_status_e failure = library->ov_tensor_create_from_host_ptr(type, shape, bytes, &made);
  if (failure == OK) {
    failure = library->ov_infer_request_set_tensor(request, name, made);
    library->ov_tensor_free(made);
  }
  return failure == OK ? ASSAY_OK : execute_failure(library, failure, why);
}

// Opens a request with the caller's values as its inputs.
static assay_status prepare(assay_executable *executable, const assay_value *inputs, size_t count,
                            ov_infer_request_t **out, assay_message *why) {
  const ov_library *library = executable->backend->library;
  if (count != executable->input_count) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "the graph has %zu inputs, not %zu",
                   executable->input_count, count);
  }
  const ov_status_e failure =
      library->ov_compiled_model_create_infer_request(executable->model, out);
  if (failure != OK) return execute_failure(library, failure, why);
  for (size_t i = 0; i < count; i++) {
    const char *name = executable->input_names[i];
    const bool absent = inputs[i].kind == ASSAY_KIND_ABSENT;
    assay_status status = ASSAY_OK;
    if (absent && executable->inputs[i] == INPUT_FED) {
      status = explain(why, ASSAY_INVALID_INPUT, 0, "input %s has no value", name);
    } else if (!absent && executable->inputs[i] == INPUT_INITIALIZED) {
      status = explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_OTHER,
                       "OpenVINO takes no other value for an initializer, as for input %s", name);
    } else if (executable->inputs[i] == INPUT_FED) {
      status = feed(library, *out, name, &inputs[i], why);
    }
    if (status != ASSAY_OK) return status;
  }
  return ASSAY_OK;
}

// Not through ov_infer_request_infer, which computes on the calling thread: after an inference that
// failed, that of the next model may die of a null pointer in the plug-in (2026.4.1).
static assay_status infer(const ov_library *library, ov_infer_request_t *request,
                          assay_message *why) {
  ov_status_e failure = library->ov_infer_request_start_async(request);
  if (failure == OK) failure = library->ov_infer_request_wait(request);
  return failure == OK ? ASSAY_OK : execute_failure(library, failure, why);
}

void adapter_release_result(assay_result *result) {
  pool_empty(&result->memory);
  free(result);
}

static assay_status copy_shape(const ov_library *library, const ov_tensor_t *tensor, pool *memory,
                               assay_tensor *out, assay_message *why) {
  ov_shape_t shape = {0, NULL};
  const ov_status_e failure = library->ov_tensor_get_shape(tensor, &shape);
  // The C interface makes no shape of rank 0, so it cannot hand out that of a scalar either.
  if (failure == INVALID_C_PARAM) return ASSAY_OK;
  if (failure != OK) return internal_failure(library, failure, why);
  assay_status status = ASSAY_OK;
  int64_t *dims = NULL;
  if (shape.rank < 0 || shape.rank > (int64_t)ASSAY_MAX_RANK) {
    status = explain(why, ASSAY_INTERNAL_ERROR, 0, "OpenVINO returned a tensor of rank %lld",
                     (long long)shape.rank);
  } else {
    dims = pool_take(memory, ((size_t)shape.rank + 1) * sizeof *dims);
    if (dims == NULL) status = out_of_memory(why);
  }
  if (status == ASSAY_OK) {
    if (shape.rank != 0) memcpy(dims, shape.dims, (size_t)shape.rank * sizeof *dims);
    out->rank = (uint32_t)shape.rank;
    out->dims = dims;
  }
  library->ov_shape_free(&shape);
  return status;
}

// Copies the elements: the runtime reuses its memory when the executable runs again, and an output
// that is an input of the graph lies in the memory of the caller.
static assay_status copy_elements(const ov_library *library, const ov_tensor_t *tensor,
                                  pool *memory, assay_tensor *out, assay_message *why) {
  size_t total = 0, size = 0, held = 0;
  void *bytes = NULL;
  if (!element_total(out->dims, out->rank, &total) ||
      !packed_size(out->element_type, total, &size)) {
    return explain(why, ASSAY_INTERNAL_ERROR, 0, "OpenVINO returned an impossible shape");
  }
  if (size == 0) return ASSAY_OK;
  ov_status_e failure = library->ov_tensor_get_byte_size(tensor, &held);
  if (failure == OK) failure = library->ov_tensor_data(tensor, &bytes);
  if (failure != OK) return internal_failure(library, failure, why);
  if (held < size) {
    return explain(why, ASSAY_INTERNAL_ERROR, 0, "OpenVINO returned %zu bytes instead of %zu",
                   held, size);
  }
  uint8_t *copy = pool_take(memory, size);
  if (copy == NULL) return out_of_memory(why);
  memcpy(copy, bytes, size);
  // The padding of the last byte is undefined in the runtime and zero in the interface.
  const unsigned used = (unsigned)((total * bits_per_element(out->element_type)) % 8);
  if (used != 0) copy[size - 1] &= (uint8_t)((1u << used) - 1);
  out->bytes = copy;
  out->byte_count = size;
  return ASSAY_OK;
}

static assay_status export_output(const ov_library *library, ov_infer_request_t *request,
                                  size_t index, pool *memory, assay_value *out,
                                  assay_message *why) {
  ov_tensor_t *tensor = NULL;
  ov_element_type_e type = DYNAMIC;
  ov_status_e failure =
      library->ov_infer_request_get_output_tensor_by_index(request, index, &tensor);
  if (failure == OK) failure = library->ov_tensor_get_element_type(tensor, &type);
  assay_status status = failure == OK ? ASSAY_OK : internal_failure(library, failure, why);
  out->kind = ASSAY_KIND_TENSOR;
  out->tensor.element_type = assay_element_type_of(type);
  if (status == ASSAY_OK && out->tensor.element_type == 0) {
    status = explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                     "OpenVINO's C interface cannot read its element type %d", (int)type);
  }
  if (status == ASSAY_OK) status = copy_shape(library, tensor, memory, &out->tensor, why);
  if (status == ASSAY_OK) status = copy_elements(library, tensor, memory, &out->tensor, why);
  if (tensor != NULL) library->ov_tensor_free(tensor);
  return status;
}

static assay_status collect(const assay_executable *executable, ov_infer_request_t *request,
                            assay_result **out, assay_message *why) {
  const size_t count = executable->output_count;
  assay_result *result = calloc(1, sizeof *result);
  if (result == NULL) return out_of_memory(why);
  result->count = count;
  result->values = pool_take(&result->memory, (count + 1) * sizeof *result->values);
  assay_status status = result->values != NULL ? ASSAY_OK : out_of_memory(why);
  for (size_t i = 0; i < count && status == ASSAY_OK; i++) {
    status = export_output(executable->backend->library, request, i, &result->memory,
                           &result->values[i], why);
  }
  if (status == ASSAY_OK) {
    *out = result;
  } else {
    adapter_release_result(result);
  }
  return status;
}

assay_status adapter_execute(assay_executable *executable, const assay_value *inputs, size_t count,
                             assay_result **out, assay_message *why) {
  const ov_library *library = executable->backend->library;
  ov_infer_request_t *request = NULL;
  assay_status status = prepare(executable, inputs, count, &request, why);
  if (status == ASSAY_OK) status = infer(library, request, why);
  if (status == ASSAY_OK) status = collect(executable, request, out, why);
  if (request != NULL) library->ov_infer_request_free(request);
  return status;
}

// Makes a tensor of the runtime on the memory of the destination of output `index`.
static assay_status bind_destination(const assay_executable *executable,
                                     ov_infer_request_t *request, size_t index,
                                     assay_destination *to, assay_message *why) {
  const ov_library *library = executable->backend->library;
  const output_type *type = &executable->outputs[index];
  size_t total = 0, size = 0;
  // The padding bits of a last byte are the runtime's to choose, so these types are left out.
  const bool fits = type->fixed && !type->passed && type->element_type != 0 &&
                    bits_per_element(type->element_type) >= 8 &&
                    element_total(type->dims, type->rank, &total) && total != 0 &&
                    packed_size(type->element_type, total, &size) && size <= to->capacity &&
                    type->rank <= to->rank_capacity;
  if (!fits) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE,
                   "an output is not of a shape that is known beforehand");
  }
  const ov_shape_t shape = {type->rank, (int64_t *)(uintptr_t)type->dims};
  ov_tensor_t *made = NULL;
  ov_status_e failure = library->ov_tensor_create_from_host_ptr(
      ov_element_type(type->element_type), shape, to->bytes, &made);
  if (failure == OK) {
    failure = library->ov_infer_request_set_output_tensor_by_index(request, index, made);
    library->ov_tensor_free(made);
  }
  if (failure != OK) return execute_failure(library, failure, why);
  to->rank = type->rank;
  to->element_type = type->element_type;
  to->byte_count = size;
  if (type->rank != 0) memcpy(to->dims, type->dims, type->rank * sizeof *to->dims);
  return ASSAY_OK;
}

assay_status adapter_execute_into(assay_executable *executable, const assay_value *inputs,
                                  size_t count, assay_destination *destinations,
                                  size_t destination_count, assay_message *why) {
  const ov_library *library = executable->backend->library;
  if (destination_count != executable->output_count) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "the graph has %zu outputs, not %zu",
                   executable->output_count, destination_count);
  }
  ov_infer_request_t *request = NULL;
  assay_status status = prepare(executable, inputs, count, &request, why);
  for (size_t i = 0; i < destination_count && status == ASSAY_OK; i++) {
    status = bind_destination(executable, request, i, &destinations[i], why);
  }
  if (status == ASSAY_OK) status = infer(library, request, why);
  if (request != NULL) library->ov_infer_request_free(request);
  return status;
}
