// Memory and values that are released together.
#include <stdlib.h>

#include "adapter.h"

struct chunk {
  chunk *before;
  // What follows starts at a multiple of the strictest alignment.
  max_align_t bytes[];
};

void *pool_take(pool *from, size_t size) {
  if (size > SIZE_MAX - sizeof(chunk)) return NULL;
  chunk *taken = calloc(1, sizeof(chunk) + size);
  if (taken == NULL) return NULL;
  taken->before = from->last;
  from->last = taken;
  return taken->bytes;
}

void pool_empty(pool *all) {
  while (all->last != NULL) {
    chunk *before = all->last->before;
    free(all->last);
    all->last = before;
  }
}

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
