// Just enough protobuf: reading the inputs of a model, and writing models of one node.
#ifndef ASSAY_ONNX_BYTES_H
#define ASSAY_ONNX_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A stretch of foreign bytes.
typedef struct {
  const uint8_t *at, *end;
} span;

// One field of a message. `content` is set for length-delimited fields, `value` for integers.
typedef struct {
  uint64_t number;
  uint64_t value;
  span content;
  const uint8_t *value_at; // where the value or the content begins
} field;

// Takes the next field. False at the end and at malformed bytes; then `in` is not empty.
bool next_field(span *in, field *out);

// Finds the last field of this number, as the last one counts. False: absent or malformed.
bool find_field(span message, uint64_t number, field *out);

// Numbers of the fields that are read or written.
enum {
  MODEL_IR_VERSION = 1, MODEL_GRAPH = 7, MODEL_OPSET = 8, OPSET_DOMAIN = 1, OPSET_VERSION = 2,
  GRAPH_NODE = 1, GRAPH_NAME = 2, GRAPH_INITIALIZER = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12,
  NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_OPERATOR = 4, NODE_ATTRIBUTE = 5,
  ATTRIBUTE_NAME = 1, ATTRIBUTE_INT = 3, ATTRIBUTE_TYPE = 20,
  VALUE_NAME = 1, VALUE_TYPE = 2,
  TYPE_TENSOR = 1, TYPE_SEQUENCE = 4, TYPE_OPTIONAL = 9, ELEMENT_TYPE = 1, TENSOR_SHAPE = 2,
  SHAPE_DIM = 1, DIM_VALUE = 1,
};

// Bytes being written; too long a message leaves `count` above the capacity and is refused.
typedef struct {
  uint8_t bytes[2048];
  size_t count;
} writer;

void write_integer(writer *out, uint64_t number, uint64_t value);
void write_bytes(writer *out, uint64_t number, const void *bytes, size_t count);
void write_text(writer *out, uint64_t number, const char *text);
void write_message(writer *out, uint64_t number, const writer *message);
bool is_complete(const writer *out);

// A TypeProto: a tensor of this type with these dimensions (unknown rank when dims is NULL).
void write_tensor_type(writer *out, int32_t element_type, const int64_t *dims, size_t rank);
// A ValueInfoProto as a field of a graph.
void write_value(writer *graph, uint64_t number, const char *name, const writer *type);
// An attribute of a node: an integer.
void write_integer_attribute(writer *node, const char *name, int64_t value);
// A model around a graph, for this version of the default operator set.
void write_model(writer *out, const writer *graph, uint64_t opset);

#endif
