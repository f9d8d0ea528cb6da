// From values of the standard interface to values of ONNX Runtime.
//
// Tensors are views of the caller's memory. Sequences and maps are made of their parts. The
// runtime's interface has no call for an empty sequence, so it is made by running a model of one
// node that outputs one. A missing optional value is not fed at all.
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "element_types.h"
#include "failure.h"

// Remembers the memory of a tensor, so that no output is handed out that lies in it.
static bool remember(range_list *list, const void *bytes, size_t count) {
  if (count == 0) return true;
  if (list->count == list->capacity) {
    const size_t capacity = list->capacity == 0 ? 8 : 2 * list->capacity;
    memory_range *ranges = realloc(list->ranges, capacity * sizeof *ranges);
    if (ranges == NULL) return false;
    list->ranges = ranges;
    list->capacity = capacity;
  }
  list->ranges[list->count++] = (memory_range){bytes, (const uint8_t *)bytes + count};
  return true;
}

void release_imported(imported *all) {
  release_values(all->backend->api, &all->made);
  free(all->memory.ranges);
  all->memory = (range_list){.count = 0};
}

// Takes a fresh value over, or reports why there is none.
static assay_status keep(imported *into, ort_status *failure, ort_value *value, ort_value **out,
                         assay_message *why) {
  if (failure != NULL) return execute_failure(into->backend->api, failure, why);
  if (!keep_value(into->backend->api, &into->made, value)) return out_of_memory(why);
  *out = value;
  return ASSAY_OK;
}

static assay_status import_strings(imported *into, const assay_tensor *tensor, ort_value **out,
                                   assay_message *why) {
  const ort_api *api = into->backend->api;
  ort_value *made = NULL;
  ort_status *failure = api->create_tensor(into->backend->allocator, tensor->dims, tensor->rank,
                                           ASSAY_TYPE_STRING, &made);
  const assay_status status = keep(into, failure, made, out, why);
  if (status != ASSAY_OK) return status;
  for (size_t i = 0; i < tensor->string_count; i++) {
    char *room = NULL;
    const assay_text text = tensor->strings[i];
    // Through a buffer, because the other calls end a text at its first zero byte.
    failure = api->string_buffer(*out, i, text.length, &room);
    if (failure != NULL) return execute_failure(api, failure, why);
    if (text.length != 0) memcpy(room, text.bytes, text.length);
  }
  return ASSAY_OK;
}

static assay_status import_tensor(imported *into, const assay_tensor *tensor, ort_value **out,
                                  assay_message *why) {
  static int64_t nothing; // an address for a tensor without elements, or without dimensions
  if (tensor->element_type == ASSAY_TYPE_STRING) return import_strings(into, tensor, out, why);
  const int32_t type = ort_element_type(tensor->element_type);
  if (type == 0) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "ONNX Runtime has no element type for ONNX's number %d",
                   (int)tensor->element_type);
  }
  if (!remember(&into->memory, tensor->bytes, tensor->byte_count)) return out_of_memory(why);
  void *bytes = tensor->byte_count != 0 ? (void *)(uintptr_t)tensor->bytes : &nothing;
  const int64_t *dims = tensor->rank != 0 ? tensor->dims : &nothing;
  ort_value *made = NULL;
  ort_status *failure =
      into->backend->api->view_tensor(into->backend->memory, bytes, tensor->byte_count, dims,
                                      tensor->rank, type, &made);
  if (failure != NULL && ort_element_type(tensor->element_type) > ASSAY_TYPE_STRING &&
      strstr(into->backend->api->error_message(failure), "upported") != NULL) {
    into->backend->api->release_status(failure);
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "ONNX Runtime makes no tensors of ONNX's element type %d",
                   (int)tensor->element_type);
  }
  return keep(into, failure, made, out, why);
}

// SequenceEmpty has been there since operator set 11.
static assay_status import_empty_sequence(imported *into, const assay_sequence *sequence,
                                          ort_value **out, assay_message *why) {
  if (sequence->element_kind != ASSAY_KIND_TENSOR) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "ONNX Runtime takes no empty sequence of anything but tensors");
  }
  writer tensor = {.count = 0}, element = {.count = 0}, type = {.count = 0};
  writer node = {.count = 0}, graph = {.count = 0}, model = {.count = 0};
  write_tensor_type(&tensor, sequence->element_type, NULL, 0);
  write_message(&element, ELEMENT_TYPE, &tensor);
  write_message(&type, TYPE_SEQUENCE, &element);
  write_text(&node, NODE_OUTPUT, "y");
  write_text(&node, NODE_OPERATOR, "SequenceEmpty");
  write_integer_attribute(&node, "dtype", sequence->element_type);
  write_message(&graph, GRAPH_NODE, &node);
  write_text(&graph, GRAPH_NAME, "empty");
  write_value(&graph, GRAPH_OUTPUT, "y", &type);
  write_model(&model, &graph, 11);
  ort_value *made = NULL;
  const assay_status status = run_constant_model(into->backend, &model, &made, why);
  return status != ASSAY_OK ? status : keep(into, NULL, made, out, why);
}

static assay_status import_nested(imported *into, const assay_value *value,
                                  const char *name, unsigned depth, ort_value **out,
                                  assay_message *why);

static assay_status import_sequence(imported *into, const assay_sequence *sequence,
                                    const char *name, unsigned depth, ort_value **out,
                                    assay_message *why) {
  if (sequence->count == 0) return import_empty_sequence(into, sequence, out, why);
  ort_value **parts = calloc(sequence->count, sizeof *parts);
  if (parts == NULL) return out_of_memory(why);
  assay_status status = ASSAY_OK;
  for (size_t i = 0; i < sequence->count && status == ASSAY_OK; i++) {
    status = import_nested(into, &sequence->elements[i], name, depth + 1, &parts[i], why);
  }
  if (status == ASSAY_OK) {
    ort_value *made = NULL;
    ort_status *failure = into->backend->api->create_value(
        (const ort_value *const *)parts, sequence->count, ORT_KIND_SEQUENCE, &made);
    status = keep(into, failure, made, out, why);
  }
  free(parts);
  return status;
}

static assay_status import_map(imported *into, const assay_map *map, ort_value **out,
                               assay_message *why) {
  if (map->values->kind != ASSAY_KIND_TENSOR) {
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                   "ONNX Runtime takes only maps to tensors of rank 1");
  }
  ort_value *parts[2] = {NULL, NULL}, *made = NULL;
  assay_status status = import_tensor(into, map->keys, &parts[0], why);
  if (status == ASSAY_OK) status = import_tensor(into, &map->values->tensor, &parts[1], why);
  if (status != ASSAY_OK) return status;
  ort_status *failure = into->backend->api->create_value((const ort_value *const *)parts, 2,
                                                         ORT_KIND_MAP, &made);
  return keep(into, failure, made, out, why);
}

static assay_status import_nested(imported *into, const assay_value *value,
                                  const char *name, unsigned depth, ort_value **out,
                                  assay_message *why) {
  if (depth > ASSAY_MAX_NESTING) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "input %s is nested too deeply", name);
  }
  switch (value->kind) {
    case ASSAY_KIND_TENSOR: return import_tensor(into, &value->tensor, out, why);
    case ASSAY_KIND_SEQUENCE:
      return import_sequence(into, &value->sequence, name, depth, out, why);
    case ASSAY_KIND_MAP: return import_map(into, &value->map, out, why);
    case ASSAY_KIND_OPTIONAL:
      // The runtime's value of a present optional is the contained value itself.
      if (value->optional.value == NULL) {
        return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                       "ONNX Runtime takes no missing optional value inside of input %s",
                       name);
      }
      return import_nested(into, value->optional.value, name, depth + 1, out, why);
    default:
      return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE,
                     "input %s is of an unknown kind of value, %d", name,
                     (int)value->kind);
  }
}

assay_status import_value(imported *into, const assay_value *value, const char *name,
                          ort_value **out, assay_message *why) {
  return import_nested(into, value, name, 0, out, why);
}
