// The types of the outputs of a session, as the runtime states them.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"

static ort_status *read_tensor_type(const ort_api *api, const ort_type *type, output_type *out) {
  const ort_tensor_type *tensor = NULL;
  int32_t element = 0;
  size_t rank = 0;
  ort_status *failure = api->as_tensor_type(type, &tensor);
  if (failure != NULL || tensor == NULL) return failure;
  failure = api->element_type(tensor, &element);
  if (failure == NULL) failure = api->rank(tensor, &rank);
  out->tensor_type = assay_element_type_of(element);
  // The runtime shows an unknown rank as rank 0, so a rank of 0 does not count as known.
  out->fixed = rank > 0 && rank <= ASSAY_MAX_RANK && out->tensor_type != ASSAY_TYPE_STRING;
  out->rank = out->fixed ? (uint32_t)rank : 0;
  if (failure == NULL && out->fixed) failure = api->dims(tensor, out->dims, rank);
  for (uint32_t i = 0; i < out->rank; i++) out->fixed = out->fixed && out->dims[i] >= 0;
  return failure;
}

static ort_status *read_sequence_type(const ort_api *api, const ort_type *type, output_type *out) {
  const ort_sequence_type *sequence = NULL;
  ort_type *element = NULL;
  int32_t kind = 0;
  ort_status *failure = api->as_sequence_type(type, &sequence);
  if (failure == NULL && sequence != NULL) failure = api->sequence_element_type(sequence, &element);
  if (failure != NULL || element == NULL) return failure;
  failure = api->type_kind(element, &kind);
  out->element_kind = kind == ORT_KIND_MAP ? ASSAY_KIND_MAP : ASSAY_KIND_TENSOR;
  if (failure == NULL && kind == ORT_KIND_TENSOR) {
    output_type tensor = {.fixed = false};
    failure = read_tensor_type(api, element, &tensor);
    out->element_type = tensor.tensor_type;
  }
  api->release_type(element);
  return failure;
}

static ort_status *read_type(const ort_api *api, const ort_type *type, output_type *out) {
  int32_t kind = 0;
  ort_status *failure = api->type_kind(type, &kind);
  if (failure != NULL) return failure;
  if (kind == ORT_KIND_TENSOR) return read_tensor_type(api, type, out);
  if (kind == ORT_KIND_SEQUENCE) return read_sequence_type(api, type, out);
  if (kind != ORT_KIND_OPTIONAL || out->optional) return NULL;
  const ort_optional_type *optional = NULL;
  ort_type *contained = NULL;
  failure = api->as_optional_type(type, &optional);
  if (failure == NULL && optional != NULL) {
    failure = api->optional_contained_type(optional, &contained);
  }
  out->optional = true;
  if (failure == NULL && contained != NULL) failure = read_type(api, contained, out);
  if (contained != NULL) api->release_type(contained);
  out->fixed = false;
  return failure;
}

assay_status read_outputs(assay_executable *executable, assay_message *why) {
  const ort_api *api = executable->backend->api;
  size_t count = 0;
  ort_status *failure = api->output_count(executable->session, &count);
  if (failure != NULL) return internal_failure(api, failure, why);
  executable->output_names = calloc(count + 1, sizeof *executable->output_names);
  executable->output_types = calloc(count + 1, sizeof *executable->output_types);
  if (executable->output_names == NULL || executable->output_types == NULL) {
    return out_of_memory(why);
  }
  executable->output_count = count;
  for (size_t i = 0; i < count && failure == NULL; i++) {
    ort_type *type = NULL;
    failure = api->output_name(executable->session, i, executable->backend->allocator,
                               &executable->output_names[i]);
    if (failure == NULL) failure = api->output_type(executable->session, i, &type);
    if (failure == NULL) failure = read_type(api, type, &executable->output_types[i]);
    if (type != NULL) api->release_type(type);
  }
  return failure == NULL ? ASSAY_OK : internal_failure(api, failure, why);
}
