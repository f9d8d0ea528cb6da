// Values of the runtime that are released together.
#include <stdlib.h>

#include "adapter.h"

bool keep_value(const ort_api *api, value_list *list, ort_value *value) {
  if (list->count == list->capacity) {
    const size_t capacity = list->capacity == 0 ? 8 : 2 * list->capacity;
    ort_value **values = realloc(list->values, capacity * sizeof *values);
    if (values == NULL) {
      api->release_value(value);
      return false;
    }
    list->values = values;
    list->capacity = capacity;
  }
  list->values[list->count++] = value;
  return true;
}

void release_values(const ort_api *api, value_list *list) {
  while (list->count > 0) api->release_value(list->values[--list->count]);
  free(list->values);
  *list = (value_list){.count = 0};
}
