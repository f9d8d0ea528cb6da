// Finding out what a model is refused for.
//
// The runtime has one message for three things: no kernel for the operator at all, none for this
// version of it, none for these element types. The difference is found by asking for the same
// graph with another element type, and then with an older operator set.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"

static bool is_taken(assay_backend *backend, const uint8_t *model, size_t size) {
  ort_session *session = NULL;
  ort_status *failure =
      backend->api->create_session(backend->env, model, size, backend->options, &session);
  if (failure != NULL) backend->api->release_status(failure);
  if (session != NULL) backend->api->release_session(session);
  return failure == NULL;
}

// The place of a tensor type's element type, which is one byte; NULL for other kinds of types.
static uint8_t *element_type_place(span value, uint8_t *copy, const uint8_t *original) {
  field type, tensor, element;
  if (!find_field(value, VALUE_TYPE, &type) || !find_field(type.content, TYPE_TENSOR, &tensor) ||
      !find_field(tensor.content, ELEMENT_TYPE, &element) || element.value > 127) {
    return NULL;
  }
  return copy + (element.value_at - original);
}

// Replaces element type `from` of inputs and outputs by `to`. Returns the first type it meets
// when `from` is 0, and then changes nothing.
static uint8_t replace_types(assay_bytes model, uint8_t *copy, uint8_t from, uint8_t to) {
  const span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  field graph, each;
  if (!find_field(all, MODEL_GRAPH, &graph)) return 0;
  for (span rest = graph.content; next_field(&rest, &each);) {
    if (each.number != GRAPH_INPUT && each.number != GRAPH_OUTPUT) continue;
    uint8_t *place = element_type_place(each.content, copy, model.bytes);
    if (place == NULL) continue;
    if (from == 0) return *place;
    if (*place == from) *place = to;
  }
  return 0;
}

static bool taken_with_other_type(assay_backend *backend, assay_bytes model, uint8_t *copy) {
  static const uint8_t common[] = {ASSAY_TYPE_F32, ASSAY_TYPE_I64, ASSAY_TYPE_I32, ASSAY_TYPE_BOOL,
                                   ASSAY_TYPE_U8, ASSAY_TYPE_F16, ASSAY_TYPE_F64};
  const uint8_t first = replace_types(model, copy, 0, 0);
  for (size_t i = 0; first != 0 && i < sizeof common; i++) {
    if (common[i] == first) continue;
    memcpy(copy, model.bytes, model.count);
    replace_types(model, copy, first, common[i]);
    if (is_taken(backend, copy, model.count)) return true;
  }
  return false;
}

static bool taken_with_older_opset(assay_backend *backend, assay_bytes model, uint8_t *copy) {
  const span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  memcpy(copy, model.bytes, model.count);
  field each, version;
  for (span rest = all; next_field(&rest, &each);) {
    if (each.number != MODEL_OPSET || !find_field(each.content, OPSET_VERSION, &version) ||
        version.value > 127) {
      continue;
    }
    uint8_t *place = copy + (version.value_at - (const uint8_t *)model.bytes);
    while (*place > 1) {
      *place -= 1;
      if (is_taken(backend, copy, model.count)) return true;
    }
    *place = (uint8_t)version.value;
  }
  return false;
}

assay_reason refusal_reason(assay_backend *backend, assay_bytes model) {
  // A graph with large initializers is not worth dozens of attempts.
  enum { LARGEST = 1 << 20 };
  uint8_t *copy = model.count > 0 && model.count <= LARGEST ? malloc(model.count) : NULL;
  if (copy == NULL) return ASSAY_REASON_OPERATOR;
  memcpy(copy, model.bytes, model.count);
  assay_reason reason = ASSAY_REASON_OPERATOR;
  if (taken_with_older_opset(backend, model, copy)) {
    reason = ASSAY_REASON_OPSET;
  } else if (memcpy(copy, model.bytes, model.count),
             taken_with_other_type(backend, model, copy)) {
    reason = ASSAY_REASON_DTYPE;
  }
  free(copy);
  return reason;
}
