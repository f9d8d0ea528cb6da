// Writing the models of a self-test, and printing what comes back.
#include "drafts.h"

#include <inttypes.h>
#include <string.h>

#include "packing.h"

draft draft_node(const char *operator, const char *domain, uint64_t opset) {
  enum { NODE_DOMAIN = 7 };
  draft made = {.input_count = 0};
  writer import = {.count = 0};
  write_text(&made.node, NODE_OPERATOR, operator);
  write_text(&made.node, NODE_DOMAIN, domain);
  write_text(&import, OPSET_DOMAIN, domain);
  write_integer(&import, OPSET_VERSION, opset);
  write_message(&made.imports, MODEL_OPSET, &import);
  write_text(&made.graph, GRAPH_NAME, "smoke");
  return made;
}

void draft_value(draft *to, const writer *type, assay_value value) {
  const char name[] = {(char)('a' + to->input_count), '\0'};
  write_text(&to->node, NODE_INPUT, name);
  write_value(&to->graph, GRAPH_INPUT, name, type);
  to->inputs[to->input_count++] = value;
}

static uint32_t copy_dims(draft *to, const int64_t *dims) {
  uint32_t rank = 0;
  for (; dims[rank] >= 0; rank++) to->dims[to->input_count][rank] = dims[rank];
  return rank;
}

void draft_tensor(draft *to, int32_t type, const int64_t *dims, const void *bytes, size_t count) {
  const uint32_t rank = copy_dims(to, dims);
  writer proto = {.count = 0};
  write_tensor_type(&proto, type, dims, rank);
  assay_value value = {.kind = ASSAY_KIND_TENSOR};
  value.tensor = (assay_tensor){.element_type = type, .rank = rank, .bytes = bytes,
                                .byte_count = count};
  draft_value(to, &proto, value);
}

void draft_strings(draft *to, const int64_t *dims, const assay_text *texts, size_t count) {
  const uint32_t rank = copy_dims(to, dims);
  writer proto = {.count = 0};
  write_tensor_type(&proto, ASSAY_TYPE_STRING, dims, rank);
  assay_value value = {.kind = ASSAY_KIND_TENSOR};
  value.tensor = (assay_tensor){.element_type = ASSAY_TYPE_STRING, .rank = rank,
                                .strings = texts, .string_count = count};
  draft_value(to, &proto, value);
}

void draft_typed_output(draft *to, const writer *type) {
  write_text(&to->node, NODE_OUTPUT, "y");
  write_value(&to->graph, GRAPH_OUTPUT, "y", type);
}

void draft_output(draft *to, int32_t type, const int64_t *dims) {
  size_t rank = 0;
  while (dims != NULL && dims[rank] >= 0) rank++;
  writer proto = {.count = 0};
  write_tensor_type(&proto, type, dims, rank);
  draft_typed_output(to, &proto);
}

void draft_integers(draft *to, const char *name, const int64_t *values, size_t count) {
  enum { ATTRIBUTE_INTS = 8, KIND_INTS = 7 };
  writer attribute = {.count = 0};
  write_text(&attribute, ATTRIBUTE_NAME, name);
  for (size_t i = 0; i < count; i++) write_integer(&attribute, ATTRIBUTE_INTS, (uint64_t)values[i]);
  write_integer(&attribute, ATTRIBUTE_TYPE, KIND_INTS);
  write_message(&to->node, NODE_ATTRIBUTE, &attribute);
}

void draft_text(draft *to, const char *name, const char *value) {
  enum { ATTRIBUTE_TEXT = 4, KIND_TEXT = 3 };
  writer attribute = {.count = 0};
  write_text(&attribute, ATTRIBUTE_NAME, name);
  write_text(&attribute, ATTRIBUTE_TEXT, value);
  write_integer(&attribute, ATTRIBUTE_TYPE, KIND_TEXT);
  write_message(&to->node, NODE_ATTRIBUTE, &attribute);
}

void draft_nothing(draft *to) { write_text(&to->node, NODE_INPUT, ""); }

void draft_model(const draft *from, writer *out) {
  enum { IR_VERSION = 10 };
  writer graph = from->graph;
  write_message(&graph, GRAPH_NODE, &from->node);
  write_integer(out, MODEL_IR_VERSION, IR_VERSION);
  write_message(out, MODEL_GRAPH, &graph);
  memcpy(out->bytes + out->count, from->imports.bytes, from->imports.count);
  out->count += from->imports.count;
}

void sequence_type(writer *out, int32_t element_type) {
  writer element = {.count = 0}, sequence = {.count = 0};
  write_tensor_type(&element, element_type, NULL, 0);
  write_message(&sequence, ELEMENT_TYPE, &element);
  write_message(out, TYPE_SEQUENCE, &sequence);
}

void optional_type(writer *out, const writer *contained) {
  writer optional = {.count = 0};
  write_message(&optional, ELEMENT_TYPE, contained);
  write_message(out, TYPE_OPTIONAL, &optional);
}

static void print_text(FILE *to, assay_text text) {
  fputs(" \"", to);
  for (size_t i = 0; i < text.length; i++) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    if (byte >= 0x20 && byte < 0x7f) {
      fputc(byte, to);
    } else {
      fprintf(to, "\\x%02x", byte);
    }
  }
  fputc('"', to);
}

static void print_tensor(FILE *to, const assay_tensor *tensor) {
  fprintf(to, "type %d [", (int)tensor->element_type);
  for (uint32_t i = 0; i < tensor->rank; i++) {
    fprintf(to, "%s%" PRId64, i == 0 ? "" : ",", tensor->dims[i]);
  }
  fputs("]", to);
  for (size_t i = 0; i < tensor->string_count; i++) print_text(to, tensor->strings[i]);
  const unsigned bits = bits_per_element(tensor->element_type);
  const size_t width = bits < 8 ? 1 : bits / 8;
  const uint8_t *bytes = tensor->bytes;
  for (size_t at = 0; at + width <= tensor->byte_count; at += width) {
    fputc(' ', to);
    for (size_t i = width; i > 0; i--) fprintf(to, "%02x", bytes[at + i - 1]);
  }
}

void print_value(FILE *to, const assay_value *value) {
  switch (value->kind) {
    case ASSAY_KIND_TENSOR: print_tensor(to, &value->tensor); break;
    case ASSAY_KIND_SEQUENCE:
      fprintf(to, "sequence of %zu, kind %d type %d", value->sequence.count,
              (int)value->sequence.element_kind, (int)value->sequence.element_type);
      for (size_t i = 0; i < value->sequence.count; i++) {
        fputs(" <", to);
        print_value(to, &value->sequence.elements[i]);
        fputs(">", to);
      }
      break;
    case ASSAY_KIND_OPTIONAL:
      fputs(value->optional.value == NULL ? "optional without value" : "optional ", to);
      if (value->optional.value != NULL) print_value(to, value->optional.value);
      break;
    case ASSAY_KIND_MAP:
      fputs("map ", to);
      print_tensor(to, value->map.keys);
      fputs(" to ", to);
      print_value(to, value->map.values);
      break;
    default: fprintf(to, "kind %d", (int)value->kind); break;
  }
}
