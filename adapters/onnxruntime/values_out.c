// From values of ONNX Runtime to values of the standard interface.
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"

typedef struct {
  assay_result *into;
  assay_backend *backend;
  const range_list *foreign;
  assay_message *why;
} exporter;

static bool overlaps(const range_list *list, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < list->count; i++) {
    if (bytes < list->ranges[i].end && list->ranges[i].start < bytes + count) return true;
  }
  return false;
}

static assay_status export_strings(exporter *to, const ort_value *value, size_t total,
                                   assay_tensor *out) {
  const ort_api *api = to->backend->api;
  size_t length = 0;
  ort_status *failure = api->string_length(value, &length);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  if (total > SIZE_MAX / sizeof(assay_text) - 1 || length == SIZE_MAX) {
    return out_of_memory(to->why);
  }
  char *bytes = pool_take(&to->into->memory, length + 1);
  size_t *offsets = pool_take(&to->into->memory, (total + 1) * sizeof *offsets);
  assay_text *texts = pool_take(&to->into->memory, (total + 1) * sizeof *texts);
  if (bytes == NULL || offsets == NULL || texts == NULL) return out_of_memory(to->why);
  if (total != 0) {
    failure = api->string_content(value, bytes, length, offsets, total);
    if (failure != NULL) return internal_failure(api, failure, to->why);
  }
  for (size_t i = 0; i < total; i++) {
    const size_t end = i + 1 < total ? offsets[i + 1] : length;
    texts[i] = (assay_text){bytes + offsets[i], end - offsets[i]};
  }
  out->strings = texts;
  out->string_count = total;
  return ASSAY_OK;
}

static assay_status export_bytes(exporter *to, ort_value *value, size_t total,
                                 assay_tensor *out) {
  void *bytes = NULL;
  size_t size = 0;
  if (!packed_size(out->element_type, total, &size)) return out_of_memory(to->why);
  if (size == 0) return ASSAY_OK;
  ort_status *failure = to->backend->api->tensor_bytes(value, &bytes);
  if (failure != NULL) return internal_failure(to->backend->api, failure, to->why);
  const unsigned used = (unsigned)((total * bits_per_element(out->element_type)) % 8);
  // Copied where the memory is the caller's (an output that is an input of the graph), and where
  // the padding of the last byte, which the runtime leaves undefined, has to be cleared.
  if (used != 0 || overlaps(to->foreign, bytes, size)) {
    uint8_t *copy = pool_take(&to->into->memory, size);
    if (copy == NULL) return out_of_memory(to->why);
    memcpy(copy, bytes, size);
    if (used != 0) copy[size - 1] &= (uint8_t)((1u << used) - 1);
    bytes = copy;
  }
  out->bytes = bytes;
  out->byte_count = size;
  return ASSAY_OK;
}

static assay_status read_shape(exporter *to, const ort_tensor_type *type, assay_tensor *out) {
  const ort_api *api = to->backend->api;
  int32_t element = 0;
  size_t rank = 0;
  ort_status *failure = api->element_type(type, &element);
  if (failure == NULL) failure = api->rank(type, &rank);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  out->element_type = assay_element_type_of(element);
  if (out->element_type == 0 || rank > ASSAY_MAX_RANK) {
    return explain(to->why, ASSAY_INTERNAL_ERROR, 0, "ONNX Runtime returned a tensor of its "
                   "element type %d and rank %zu", (int)element, rank);
  }
  int64_t *dims = pool_take(&to->into->memory, (rank + 1) * sizeof *dims);
  if (dims == NULL) return out_of_memory(to->why);
  failure = api->dims(type, dims, rank);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  out->rank = (uint32_t)rank;
  out->dims = dims;
  return ASSAY_OK;
}

static assay_status export_tensor(exporter *to, ort_value *value, assay_tensor *out) {
  const ort_api *api = to->backend->api;
  ort_tensor_type *type = NULL;
  ort_status *failure = api->tensor_type(value, &type);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  const assay_status status = read_shape(to, type, out);
  api->release_tensor_type(type);
  if (status != ASSAY_OK) return status;
  size_t total = 0;
  if (!element_total(out->dims, out->rank, &total)) {
    return explain(to->why, ASSAY_INTERNAL_ERROR, 0, "ONNX Runtime returned a negative dimension");
  }
  return out->element_type == ASSAY_TYPE_STRING ? export_strings(to, value, total, out)
                                                : export_bytes(to, value, total, out);
}

static assay_status export_nested(exporter *to, ort_value *value, const output_type *type,
                                  unsigned depth, assay_value *out);

// Takes element `index` of a sequence or a map and shows it.
static assay_status export_element(exporter *to, const ort_value *value, size_t index,
                                   unsigned depth, assay_value *out) {
  static const output_type plain = {.optional = false};
  const ort_api *api = to->backend->api;
  ort_value *element = NULL;
  ort_status *failure = api->element(value, (int)index, to->backend->allocator, &element);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  if (!keep_value(api, &to->into->kept, element)) return out_of_memory(to->why);
  return export_nested(to, element, &plain, depth + 1, out);
}

static assay_status export_sequence(exporter *to, ort_value *value, const output_type *type,
                                    unsigned depth, assay_sequence *out) {
  const ort_api *api = to->backend->api;
  size_t count = 0;
  ort_status *failure = api->element_count(value, &count);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  if (count > SIZE_MAX / sizeof(assay_value) - 1 || count > INT32_MAX) {
    return out_of_memory(to->why);
  }
  assay_value *elements = pool_take(&to->into->memory, (count + 1) * sizeof *elements);
  if (elements == NULL) return out_of_memory(to->why);
  for (size_t i = 0; i < count; i++) {
    const assay_status status = export_element(to, value, i, depth, &elements[i]);
    if (status != ASSAY_OK) return status;
  }
  *out = (assay_sequence){type->element_kind, type->element_type, count, elements};
  if (count != 0) {
    out->element_kind = elements[0].kind;
    const bool tensors = elements[0].kind == ASSAY_KIND_TENSOR;
    out->element_type = tensors ? elements[0].tensor.element_type : 0;
  }
  return ASSAY_OK;
}

static assay_status export_map(exporter *to, ort_value *value, unsigned depth, assay_map *out) {
  assay_value *parts = pool_take(&to->into->memory, 2 * sizeof *parts);
  if (parts == NULL) return out_of_memory(to->why);
  for (size_t i = 0; i < 2; i++) {
    const assay_status status = export_element(to, value, i, depth, &parts[i]);
    if (status != ASSAY_OK) return status;
  }
  *out = (assay_map){&parts[0].tensor, &parts[1]};
  return ASSAY_OK;
}

static assay_status export_present(exporter *to, ort_value *value, const output_type *type,
                                   unsigned depth, assay_value *out) {
  const ort_api *api = to->backend->api;
  int32_t kind = 0;
  ort_status *failure = api->value_kind(value, &kind);
  if (failure != NULL) return internal_failure(api, failure, to->why);
  switch (kind) {
    case ORT_KIND_TENSOR:
      out->kind = ASSAY_KIND_TENSOR;
      return export_tensor(to, value, &out->tensor);
    case ORT_KIND_SEQUENCE:
      out->kind = ASSAY_KIND_SEQUENCE;
      return export_sequence(to, value, type, depth, &out->sequence);
    case ORT_KIND_MAP:
      out->kind = ASSAY_KIND_MAP;
      return export_map(to, value, depth, &out->map);
    case ORT_KIND_SPARSE_TENSOR:
      // No output of an operator is declared so: a finding, not a gap.
      return explain(to->why, ASSAY_INTERNAL_ERROR, 0,
                     "ONNX Runtime returned a sparse tensor where the model declares a tensor");
    default:
      return explain(to->why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                     "ONNX Runtime returned a kind of value the adapter does not know, %d",
                     (int)kind);
  }
}

static assay_status export_nested(exporter *to, ort_value *value, const output_type *type,
                                  unsigned depth, assay_value *out) {
  if (depth > ASSAY_MAX_NESTING) {
    return explain(to->why, ASSAY_INTERNAL_ERROR, 0, "an output is nested too deeply");
  }
  if (!type->optional) return export_present(to, value, type, depth, out);
  int present = 0;
  ort_status *failure = to->backend->api->has_value(value, &present);
  if (failure != NULL) return internal_failure(to->backend->api, failure, to->why);
  out->kind = ASSAY_KIND_OPTIONAL;
  if (!present) return ASSAY_OK;
  assay_value *contained = pool_take(&to->into->memory, sizeof *contained);
  if (contained == NULL) return out_of_memory(to->why);
  out->optional.value = contained;
  return export_present(to, value, type, depth + 1, contained);
}

assay_status export_value(assay_result *into, assay_backend *backend, const range_list *foreign,
                          ort_value *value, const output_type *type, assay_value *out,
                          assay_message *why) {
  exporter to = {into, backend, foreign, why};
  if (!keep_value(backend->api, &into->kept, value)) return out_of_memory(why);
  return export_nested(&to, value, type, 0, out);
}
