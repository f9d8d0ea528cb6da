// The numberings of element types. OpenVINO also has a type for strings, but its C interface
// cannot read them back, and none for complex, 6-bit and unsigned-zero 8-bit floating point.
#include "element_types.h"

#include "packing.h"

static const struct { assay_element_type interface; ov_element_type_e runtime; } pairs[] = {
    {ASSAY_TYPE_F32, F32},      {ASSAY_TYPE_U8, U8},       {ASSAY_TYPE_I8, I8},
    {ASSAY_TYPE_U16, U16},      {ASSAY_TYPE_I16, I16},     {ASSAY_TYPE_I32, I32},
    {ASSAY_TYPE_I64, I64},      {ASSAY_TYPE_BOOL, BOOLEAN}, {ASSAY_TYPE_F16, F16},
    {ASSAY_TYPE_F64, F64},      {ASSAY_TYPE_U32, U32},     {ASSAY_TYPE_U64, U64},
    {ASSAY_TYPE_BF16, BF16},    {ASSAY_TYPE_E4M3FN, F8E4M3},
    // The header's name for e5m2 has a misprint.
    {ASSAY_TYPE_E5M2, F8E5M3},  {ASSAY_TYPE_U4, U4},       {ASSAY_TYPE_I4, I4},
    {ASSAY_TYPE_E2M1, F4E2M1},  {ASSAY_TYPE_E8M0, F8E8M0}, {ASSAY_TYPE_U2, U2},
};

enum { PAIR_COUNT = sizeof pairs / sizeof *pairs };

ov_element_type_e ov_element_type(assay_element_type type) {
  for (size_t i = 0; i < PAIR_COUNT; i++) {
    if (pairs[i].interface == type) return pairs[i].runtime;
  }
  return DYNAMIC;
}

assay_element_type assay_element_type_of(ov_element_type_e type) {
  for (size_t i = 0; i < PAIR_COUNT; i++) {
    if (pairs[i].runtime == type) return pairs[i].interface;
  }
  return 0;
}

assay_element_type first_misnumbered_type(const ov_library *library) {
  for (size_t i = 0; i < PAIR_COUNT; i++) {
    int64_t dims[] = {8};
    ov_tensor_t *tensor = NULL;
    size_t found = 0, expected = 0;
    const bool made =
        library->ov_tensor_create(pairs[i].runtime, (ov_shape_t){1, dims}, &tensor) == OK;
    const bool same = made && packed_size(pairs[i].interface, 8, &expected) &&
                      library->ov_tensor_get_byte_size(tensor, &found) == OK && found == expected;
    if (made) library->ov_tensor_free(tensor);
    if (!same) return pairs[i].interface;
  }
  return 0;
}
