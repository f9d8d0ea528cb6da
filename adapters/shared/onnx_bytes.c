// Reading and writing of the few protobuf messages the adapter needs.
#include "onnx_bytes.h"

#include <string.h>

static bool read_varint(span *in, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; shift < 64 && in->at < in->end; shift += 7) {
    const uint8_t byte = *in->at++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool next_field(span *in, field *out) {
  if (in->at >= in->end) return false;
  span rest = *in;
  uint64_t tag, length = 0;
  if (!read_varint(&rest, &tag)) return false;
  *out = (field){.number = tag >> 3, .content = {rest.at, rest.at}, .value_at = rest.at};
  switch (tag & 7) {
    case 0:
      if (!read_varint(&rest, &out->value)) return false;
      break;
    case 1: length = 8; break;
    case 5: length = 4; break;
    case 2:
      if (!read_varint(&rest, &length)) return false;
      break;
    default: return false;
  }
  if (length > (uint64_t)(rest.end - rest.at)) return false;
  if ((tag & 7) == 2) {
    out->content = (span){rest.at, rest.at + length};
    out->value_at = rest.at;
  }
  rest.at += length;
  *in = rest;
  return true;
}

bool find_field(span message, uint64_t number, field *out) {
  bool found = false;
  for (field each; next_field(&message, &each);) {
    if (each.number != number) continue;
    *out = each;
    found = true;
  }
  return found && message.at == message.end;
}

static void write_raw(writer *out, const void *bytes, size_t count) {
  if (out->count <= sizeof out->bytes && count <= sizeof out->bytes - out->count) {
    if (count != 0) memcpy(out->bytes + out->count, bytes, count);
    out->count += count;
  } else {
    out->count = sizeof out->bytes + 1;
  }
}

static void write_varint(writer *out, uint64_t value) {
  do {
    const uint8_t byte = (uint8_t)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    write_raw(out, &byte, 1);
    value >>= 7;
  } while (value != 0);
}

bool is_complete(const writer *out) { return out->count <= sizeof out->bytes; }

void write_integer(writer *out, uint64_t number, uint64_t value) {
  write_varint(out, number << 3);
  write_varint(out, value);
}

void write_bytes(writer *out, uint64_t number, const void *bytes, size_t count) {
  write_varint(out, number << 3 | 2);
  write_varint(out, count);
  write_raw(out, bytes, count);
}

void write_text(writer *out, uint64_t number, const char *text) {
  write_bytes(out, number, text, strlen(text));
}

void write_message(writer *out, uint64_t number, const writer *message) {
  if (!is_complete(message)) {
    out->count = sizeof out->bytes + 1;
  } else {
    write_bytes(out, number, message->bytes, message->count);
  }
}

void write_tensor_type(writer *out, int32_t element_type, const int64_t *dims, size_t rank) {
  writer tensor = {.count = 0}, shape = {.count = 0};
  write_integer(&tensor, ELEMENT_TYPE, (uint64_t)element_type);
  for (size_t i = 0; dims != NULL && i < rank; i++) {
    writer dim = {.count = 0};
    if (dims[i] >= 0) write_integer(&dim, DIM_VALUE, (uint64_t)dims[i]);
    write_message(&shape, SHAPE_DIM, &dim);
  }
  if (dims != NULL) write_message(&tensor, TENSOR_SHAPE, &shape);
  write_message(out, TYPE_TENSOR, &tensor);
}

void write_value(writer *graph, uint64_t number, const char *name, const writer *type) {
  writer value = {.count = 0};
  write_text(&value, VALUE_NAME, name);
  write_message(&value, VALUE_TYPE, type);
  write_message(graph, number, &value);
}

void write_integer_attribute(writer *node, const char *name, int64_t value) {
  enum { KIND_INT = 2 };
  writer attribute = {.count = 0};
  write_text(&attribute, ATTRIBUTE_NAME, name);
  write_integer(&attribute, ATTRIBUTE_INT, (uint64_t)value);
  write_integer(&attribute, ATTRIBUTE_TYPE, KIND_INT);
  write_message(node, NODE_ATTRIBUTE, &attribute);
}

void write_model(writer *out, const writer *graph, uint64_t opset) {
  // Format version 8 is the first with optional values, which is the newest thing written here.
  enum { IR_VERSION = 8 };
  writer import = {.count = 0};
  write_text(&import, OPSET_DOMAIN, "");
  write_integer(&import, OPSET_VERSION, opset);
  write_integer(out, MODEL_IR_VERSION, IR_VERSION);
  write_message(out, MODEL_GRAPH, graph);
  write_message(out, MODEL_OPSET, &import);
}
