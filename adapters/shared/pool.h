// Memory that is released at once.
#ifndef ASSAY_ADAPTER_POOL_H
#define ASSAY_ADAPTER_POOL_H

#include <stddef.h>

typedef struct chunk chunk;
typedef struct { chunk *last; } pool;
// Zeroed memory; NULL when there is none.
void *pool_take(pool *from, size_t size);
void pool_empty(pool *all);

#endif
