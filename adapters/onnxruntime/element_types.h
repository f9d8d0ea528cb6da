// Element types of the standard interface and of ONNX Runtime, which numbers the newest otherwise.
#ifndef ASSAY_ORT_ELEMENT_TYPES_H
#define ASSAY_ORT_ELEMENT_TYPES_H

#include "ort_api.h"

// The runtime's number for a type, 0 when it has none.
int32_t ort_element_type(assay_element_type type);

// The interface's number for a type of the runtime, 0 when it has none.
assay_element_type assay_element_type_of(int32_t ort_type);

// Bits of one element; 0 for strings.
unsigned bits_per_element(assay_element_type type);

// The product of the dimensions. False: it does not fit.
bool element_total(const int64_t *dims, size_t rank, size_t *total);

// Bytes of `total` packed elements. False: it does not fit.
bool packed_size(assay_element_type type, size_t total, size_t *size);

#endif
