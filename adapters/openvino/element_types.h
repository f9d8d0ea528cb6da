// Element types of the standard interface and of OpenVINO.
#ifndef ASSAY_OV_ELEMENT_TYPES_H
#define ASSAY_OV_ELEMENT_TYPES_H

#include "ov_library.h"

// The runtime's number for a type, DYNAMIC when it has none that the adapter can pass.
ov_element_type_e ov_element_type(assay_element_type type);

// The interface's number for a type of the runtime, 0 when it has none.
assay_element_type assay_element_type_of(ov_element_type_e type);

// Makes a tensor of every type and compares its size: a library that numbers the types otherwise
// than the headers gives other sizes. Returns the first type with another size, 0 when all agree.
assay_element_type first_misnumbered_type(const ov_library *library);

#endif
