// Element types of the standard interface and of ONNX Runtime, which numbers the newest otherwise.
#ifndef ASSAY_ORT_ELEMENT_TYPES_H
#define ASSAY_ORT_ELEMENT_TYPES_H

#include "ort_api.h"
#include "packing.h"

// The runtime's number for a type, 0 when it has none.
int32_t ort_element_type(assay_element_type type);

// The interface's number for a type of the runtime, 0 when it has none.
assay_element_type assay_element_type_of(int32_t ort_type);

#endif
