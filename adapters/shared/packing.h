// Sizes of packed tensors.
#ifndef ASSAY_ADAPTER_PACKING_H
#define ASSAY_ADAPTER_PACKING_H

#include <stdbool.h>

#include "assay_backend.h"

// Bits of one element; 0 for strings.
unsigned bits_per_element(assay_element_type type);

// The product of the dimensions. False: it does not fit.
bool element_total(const int64_t *dims, size_t rank, size_t *total);

// Bytes of `total` packed elements. False: it does not fit.
bool packed_size(assay_element_type type, size_t total, size_t *size);

#endif
