// The names of inputs and outputs of a model in the order of its graph.
//
// Runtimes list inputs without those that have an initializer; the standard interface counts
// them, so the names are read from the model itself.
#include "graph_names.h"

#include <stdlib.h>
#include <string.h>

#include "explanation.h"
#include "onnx_bytes.h"

void release_names(char **names, size_t count) {
  for (size_t i = 0; i < count; i++) free(names[i]);
  free(names);
}

static char *read_name(span value) {
  field name = {.number = 0};
  if (!find_field(value, VALUE_NAME, &name)) return calloc(1, 1);
  const size_t length = (size_t)(name.content.end - name.content.at);
  char *copy = calloc(1, length + 1);
  if (copy != NULL && length != 0) memcpy(copy, name.content.at, length);
  return copy;
}

assay_status read_names(assay_bytes model, uint64_t field_number, char ***out, size_t *count,
                        assay_message *why) {
  const span all = {model.bytes, (const uint8_t *)model.bytes + model.count};
  field graph, each;
  size_t total = 0, read = 0;
  if (!find_field(all, MODEL_GRAPH, &graph)) {
    return explain(why, ASSAY_INVALID_MODEL, 0, "the bytes are no ONNX model with a graph");
  }
  for (span rest = graph.content; next_field(&rest, &each);) total += each.number == field_number;
  char **names = calloc(total + 1, sizeof *names);
  if (names == NULL) return out_of_memory(why);
  for (span rest = graph.content; next_field(&rest, &each);) {
    if (each.number != field_number) continue;
    names[read] = read_name(each.content);
    if (names[read++] == NULL) {
      release_names(names, read);
      return out_of_memory(why);
    }
  }
  *out = names;
  *count = total;
  return ASSAY_OK;
}
