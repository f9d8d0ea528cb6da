// Memory that is released at once.
#include "pool.h"

#include <stdint.h>
#include <stdlib.h>

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
