// A complete backend in C: models of one node, Add, on two float32 tensors of equal shape.
// It needs nothing but assay_backend.h; see README.md for the compile line.
#include "assay_backend.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct assay_backend { int sessions; };
struct assay_executable { int runs; };
struct assay_result {
  assay_value value;
  int64_t dims[ASSAY_MAX_RANK];
  float elements[];
};

static assay_status explain(assay_message *why, assay_status status, assay_reason reason,
                            const char *sentence) {
  size_t length = strlen(sentence);
  why->length = length < why->capacity ? length : why->capacity;
  memcpy(why->buffer, sentence, why->length);
  why->reason = reason;
  return status;
}

// ---- The model: just enough protobuf to find the operator ------------------------------------

typedef struct { const uint8_t *at, *end; } span;

static bool read_varint(span *in, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; shift < 64 && in->at < in->end; shift += 7) {
    uint8_t byte = *in->at++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Takes the next field; `content` is set for length-delimited ones and empty for the others.
static bool next_field(span *in, uint64_t *number, span *content) {
  uint64_t tag, length = 0;
  if (!read_varint(in, &tag)) return false;
  *number = tag >> 3;
  *content = (span){in->at, in->at};
  switch (tag & 7) {
    case 0: return read_varint(in, &length);
    case 1: length = 8; break;
    case 5: length = 4; break;
    case 2: if (!read_varint(in, &length)) return false; break;
    default: return false;
  }
  if (length > (uint64_t)(in->end - in->at)) return false;
  if ((tag & 7) == 2) *content = (span){in->at, in->at + length};
  in->at += length;
  return true;
}

// Finds field `wanted` of a message. Returns how often it occurs, or -1 for a malformed message.
static int find_field(span message, uint64_t wanted, span *found) {
  int count = 0;
  while (message.at < message.end) {
    uint64_t number;
    span content;
    if (!next_field(&message, &number, &content)) return -1;
    if (number == wanted) { *found = content; count++; }
  }
  return count;
}

// ---- The interface -----------------------------------------------------------------------------

static assay_status create(assay_text options, assay_backend **out, assay_message *why) {
  (void)options;
  *out = calloc(1, sizeof **out);
  return *out ? ASSAY_OK : explain(why, ASSAY_OUT_OF_MEMORY, 0, "no memory for a session");
}

static assay_status describe(assay_backend *backend, assay_text *json, assay_message *why) {
  static const char text[] =
      "{\"schema\":\"assay.describe/1\",\"identity\":{\"vendor\":\"Example\","
      "\"product\":\"minimal\",\"version\":\"1.0\",\"device\":\"cpu\"},"
      "\"capabilities\":[{\"operator\":\"Add\",\"opsets\":[7,28],\"types\":{\"T\":[\"f32\"]}}],"
      "\"unsupported\":[{\"match\":{\"operator\":\"Add\"},\"reason\":\"shape\","
      "\"text\":\"no broadcasting\"}],\"determinism\":\"D3\"}";
  (void)backend, (void)why;
  *json = (assay_text){text, sizeof text - 1};
  return ASSAY_OK;
}

static assay_status compile(assay_backend *backend, assay_bytes model, assay_text options,
                            assay_executable **out, assay_message *why) {
  (void)backend, (void)options;
  span graph, node, operator = {0}, domain = {0};
  span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  int nodes = find_field(all, 7, &graph) == 1 ? find_field(graph, 1, &node) : -1;
  if (nodes < 1 || find_field(node, 4, &operator) != 1 || find_field(node, 7, &domain) < 0)
    return explain(why, ASSAY_INVALID_MODEL, 0, "the bytes are no ONNX model with a node");
  bool add = operator.end - operator.at == 3 && memcmp(operator.at, "Add", 3) == 0;
  if (nodes != 1 || !add || domain.at != domain.end)
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR, "only a single Add is supported");
  *out = calloc(1, sizeof **out);
  return *out ? ASSAY_OK : explain(why, ASSAY_OUT_OF_MEMORY, 0, "no memory for an executable");
}

static assay_status execute(assay_executable *executable, const assay_value *inputs, size_t count,
                            assay_result **out, assay_message *why) {
  if (count != 2 || inputs[0].kind != ASSAY_KIND_TENSOR || inputs[1].kind != ASSAY_KIND_TENSOR)
    return explain(why, ASSAY_INVALID_INPUT, 0, "Add takes two tensors");
  const assay_tensor *a = &inputs[0].tensor, *b = &inputs[1].tensor;
  if (a->element_type != ASSAY_TYPE_F32 || b->element_type != ASSAY_TYPE_F32)
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE, "only float32 is supported");
  const size_t dims_size = a->rank * sizeof(int64_t);
  if (a->rank != b->rank || (a->rank != 0 && memcmp(a->dims, b->dims, dims_size) != 0))
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE, "broadcasting is not supported");
  assay_result *result = calloc(1, sizeof *result + a->byte_count);
  if (!result) return explain(why, ASSAY_OUT_OF_MEMORY, 0, "no memory for the output");
  const float *x = a->bytes, *y = b->bytes;
  for (size_t i = 0; i < a->byte_count / sizeof(float); i++) result->elements[i] = x[i] + y[i];
  if (a->rank != 0) memcpy(result->dims, a->dims, dims_size);
  result->value.kind = ASSAY_KIND_TENSOR;
  result->value.tensor = (assay_tensor){.element_type = ASSAY_TYPE_F32, .rank = a->rank,
      .dims = result->dims, .bytes = result->elements, .byte_count = a->byte_count};
  executable->runs++;
  *out = result;
  return ASSAY_OK;
}

static const assay_value *result_values(const assay_result *result, size_t *count) {
  *count = 1;
  return &result->value;
}

static void release_result(assay_result *result) { free(result); }
static void release_executable(assay_executable *executable) { free(executable); }
static void destroy(assay_backend *backend) { free(backend); }

const assay_api *assay_backend_api(uint32_t requested_version) {
  static const assay_api api = {sizeof(assay_api), ASSAY_ABI_VERSION, create, describe, compile,
      execute, result_values, release_result, release_executable, destroy, NULL, NULL, NULL};
  return requested_version == ASSAY_ABI_VERSION ? &api : NULL;
}
