// Just enough protobuf to recognise the one model that is supported.
#include "faults.h"

#include <string.h>

typedef struct span {
  const uint8_t *at, *end;
} span;

static bool take_varint(span *message, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; shift < 64 && message->at < message->end; shift += 7) {
    const uint8_t byte = *message->at++;
    *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Takes one field of a message; `content` is empty unless the field is length-delimited.
static bool take_field(span *message, uint64_t *number, span *content) {
  enum { varint = 0, fixed64 = 1, delimited = 2, fixed32 = 5 };
  uint64_t tag, length = 0;
  if (!take_varint(message, &tag)) return false;
  const unsigned wire_type = tag & 7;
  *number = tag >> 3;
  *content = (span){message->at, message->at};
  if (wire_type == varint) return take_varint(message, &length);
  if (wire_type == delimited && !take_varint(message, &length)) return false;
  if (wire_type == fixed64) length = 8;
  if (wire_type == fixed32) length = 4;
  if (wire_type == 3 || wire_type == 4 || wire_type > fixed32) return false;
  if (length > (uint64_t)(message->end - message->at)) return false;
  if (wire_type == delimited) *content = (span){message->at, message->at + length};
  message->at += length;
  return true;
}

// How often field `wanted` occurs, -1 for a malformed message; `last` is its last content.
static int occurrences(span message, uint64_t wanted, span *last) {
  int count = 0;
  while (message.at < message.end) {
    uint64_t number;
    span content;
    if (!take_field(&message, &number, &content)) return -1;
    if (number != wanted) continue;
    *last = content;
    count++;
  }
  return count;
}

bool is_single_add(assay_bytes model) {
  enum { model_graph = 7, graph_node = 1, node_operator = 4, node_domain = 7 };
  if (model.count == 0) return false;
  const span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  span graph, node, name, domain = {0};
  if (occurrences(all, model_graph, &graph) != 1) return false;
  if (occurrences(graph, graph_node, &node) != 1) return false;
  if (occurrences(node, node_operator, &name) != 1) return false;
  if (occurrences(node, node_domain, &domain) < 0 || domain.at != domain.end) return false;
  return name.end - name.at == 3 && memcmp(name.at, "Add", 3) == 0;
}
