// Compiling and executing.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"
#include "options.h"

static assay_status open_session(assay_backend *backend, assay_bytes model, ort_session **out,
                                 assay_message *why) {
  ort_status *failure = backend->api->create_session(backend->env, model.bytes, model.count,
                                                     backend->options, out);
  if (failure == NULL) return ASSAY_OK;
  const char *text = backend->api->error_message(failure);
  const bool no_kernel = strstr(text, "Could not find an implementation for") != NULL ||
                         strstr(text, "Failed to find kernel for") != NULL;
  const assay_status status = compile_failure(backend->api, failure, why);
  if (no_kernel) why->reason = refusal_reason(backend, model);
  return status;
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
  status = open_session(backend, model, &executable->session, why);
  if (status == ASSAY_OK) {
    status = read_names(model, GRAPH_INPUT, &executable->input_names, &executable->input_count, why);
  }
  if (status == ASSAY_OK) status = read_outputs(executable, why);
  if (status != ASSAY_OK) {
    adapter_release_executable(executable);
    return status;
  }
  *out = executable;
  return ASSAY_OK;
}

void adapter_release_executable(assay_executable *executable) {
  const assay_backend *backend = executable->backend;
  for (size_t i = 0; i < executable->output_count; i++) {
    if (executable->output_names[i] == NULL) continue;
    ort_status *failure =
        backend->api->allocator_free(backend->allocator, executable->output_names[i]);
    if (failure != NULL) backend->api->release_status(failure);
  }
  free(executable->output_names);
  free(executable->output_types);
  if (executable->input_names != NULL) {
    release_names(executable->input_names, executable->input_count);
  }
  if (executable->session != NULL) backend->api->release_session(executable->session);
  free(executable);
}

// Runs the session on the caller's values. `outputs` holds one place per output; a place that is
// not NULL is written to, the others are filled.
static assay_status run(assay_executable *executable, const assay_value *inputs, size_t count,
                        imported *values, ort_value **outputs, assay_message *why) {
  if (count != executable->input_count) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "the graph has %zu inputs, not %zu",
                   executable->input_count, count);
  }
  const char **names = calloc(count + 1, sizeof *names);
  ort_value **fed = calloc(count + 1, sizeof *fed);
  assay_status status = names != NULL && fed != NULL ? ASSAY_OK : out_of_memory(why);
  size_t used = 0;
  for (size_t i = 0; i < count && status == ASSAY_OK; i++) {
    // An absent input is not fed; when it has no initializer either, the runtime says so. Nor is
    // a missing optional value: the runtime dies of one that is, and supplies it otherwise.
    const bool missing =
        inputs[i].kind == ASSAY_KIND_OPTIONAL && inputs[i].optional.value == NULL;
    if (inputs[i].kind == ASSAY_KIND_ABSENT || missing) continue;
    names[used] = executable->input_names[i];
    status = import_value(values, &inputs[i], names[used], &fed[used], why);
    used++;
  }
  if (status == ASSAY_OK) {
    const ort_api *api = executable->backend->api;
    ort_status *failure = api->run(executable->session, NULL, names,
                                   (const ort_value *const *)fed, used,
                                   (const char *const *)executable->output_names,
                                   executable->output_count, outputs);
    if (failure != NULL) status = execute_failure(api, failure, why);
  }
  free(names);
  free(fed);
  return status;
}

void adapter_release_result(assay_result *result) {
  release_values(result->api, &result->kept);
  pool_empty(&result->memory);
  free(result);
}

static assay_status collect(assay_executable *executable, const imported *values,
                            ort_value **outputs, assay_result **out, assay_message *why) {
  const size_t count = executable->output_count;
  assay_result *result = calloc(1, sizeof *result);
  assay_status status = result != NULL ? ASSAY_OK : out_of_memory(why);
  if (status == ASSAY_OK) {
    result->api = executable->backend->api;
    result->count = count;
    result->values = pool_take(&result->memory, (count + 1) * sizeof *result->values);
    if (result->values == NULL) status = out_of_memory(why);
  }
  for (size_t i = 0; i < count; i++) {
    if (outputs[i] == NULL) continue;
    if (status != ASSAY_OK) {
      executable->backend->api->release_value(outputs[i]);
    } else {
      status = export_value(result, executable->backend, &values->memory, outputs[i],
                            &executable->output_types[i], &result->values[i], why);
    }
  }
  if (status == ASSAY_OK) {
    *out = result;
  } else if (result != NULL) {
    adapter_release_result(result);
  }
  return status;
}

assay_status adapter_execute(assay_executable *executable, const assay_value *inputs, size_t count,
                             assay_result **out, assay_message *why) {
  ort_value **outputs = calloc(executable->output_count + 1, sizeof *outputs);
  if (outputs == NULL) return out_of_memory(why);
  imported values = {.backend = executable->backend};
  assay_status status = run(executable, inputs, count, &values, outputs, why);
  if (status == ASSAY_OK) status = collect(executable, &values, outputs, out, why);
  release_imported(&values);
  free(outputs);
  return status;
}

// Whether an output of the graph is an input of the graph. The runtime then leaves memory that
// was provided for the output as it is.
static bool is_input(const assay_executable *executable, const char *output) {
  for (size_t i = 0; i < executable->input_count; i++) {
    if (strcmp(executable->input_names[i], output) == 0) return true;
  }
  return false;
}

// Makes a value of the runtime on the memory of the destination of output `index`.
static assay_status bind_destination(assay_executable *executable, size_t index,
                                     assay_destination *to, ort_value **out, assay_message *why) {
  const ort_api *api = executable->backend->api;
  const output_type *type = &executable->output_types[index];
  size_t total = 0, size = 0;
  // The runtime leaves the padding bits of a last byte undefined, so these types are left out.
  const bool fits = !is_input(executable, executable->output_names[index]) && type->fixed &&
                    bits_per_element(type->tensor_type) >= 8 &&
                    element_total(type->dims, type->rank, &total) && total != 0 &&
                    packed_size(type->tensor_type, total, &size) && size <= to->capacity &&
                    type->rank <= to->rank_capacity;
  if (!fits) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE,
                   "an output is not of a shape that is known beforehand");
  }
  ort_status *failure =
      api->view_tensor(executable->backend->memory, to->bytes, size, type->dims, type->rank,
                       ort_element_type(type->tensor_type), out);
  if (failure != NULL) return internal_failure(api, failure, why);
  to->rank = type->rank;
  to->element_type = type->tensor_type;
  to->byte_count = size;
  if (type->rank != 0) memcpy(to->dims, type->dims, type->rank * sizeof *to->dims);
  return ASSAY_OK;
}

assay_status adapter_execute_into(assay_executable *executable, const assay_value *inputs,
                                  size_t count, assay_destination *destinations,
                                  size_t destination_count, assay_message *why) {
  if (destination_count != executable->output_count) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "the graph has %zu outputs, not %zu",
                   executable->output_count, destination_count);
  }
  ort_value **outputs = calloc(destination_count + 1, sizeof *outputs);
  if (outputs == NULL) return out_of_memory(why);
  imported values = {.backend = executable->backend};
  assay_status status = ASSAY_OK;
  for (size_t i = 0; i < destination_count && status == ASSAY_OK; i++) {
    status = bind_destination(executable, i, &destinations[i], &outputs[i], why);
  }
  if (status == ASSAY_OK) status = run(executable, inputs, count, &values, outputs, why);
  for (size_t i = 0; i < destination_count; i++) {
    if (outputs[i] != NULL) executable->backend->api->release_value(outputs[i]);
  }
  release_imported(&values);
  free(outputs);
  return status;
}

assay_status run_constant_model(assay_backend *backend, const writer *model, ort_value **out,
                                assay_message *why) {
  static const char *const names[] = {"y"};
  if (!is_complete(model)) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_OTHER, "the type of an input is too long");
  }
  const ort_api *api = backend->api;
  ort_session *session = NULL;
  ort_status *failure = api->create_session(backend->env, model->bytes, model->count,
                                            backend->options, &session);
  if (failure == NULL) failure = api->run(session, NULL, NULL, NULL, 0, names, 1, out);
  if (session != NULL) api->release_session(session);
  if (failure == NULL) return ASSAY_OK;
  // The model is the adapter's own, so its rejection is no finding about the caller's.
  const assay_status status = compile_failure(api, failure, why);
  return status == ASSAY_INVALID_MODEL ? ASSAY_INTERNAL_ERROR : status;
}
