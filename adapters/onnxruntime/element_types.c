// The two numberings of element types agree up to int4; the runtime has no 6-bit types.
#include "element_types.h"

enum { ORT_U2 = 24, ORT_I2 = 25, ORT_E8M0 = 26 };

int32_t ort_element_type(assay_element_type type) {
  switch (type) {
    case ASSAY_TYPE_E8M0: return ORT_E8M0;
    case ASSAY_TYPE_U2: return ORT_U2;
    case ASSAY_TYPE_I2: return ORT_I2;
    default: return type >= ASSAY_TYPE_F32 && type <= ASSAY_TYPE_E2M1 ? type : 0;
  }
}

assay_element_type assay_element_type_of(int32_t ort_type) {
  switch (ort_type) {
    case ORT_E8M0: return ASSAY_TYPE_E8M0;
    case ORT_U2: return ASSAY_TYPE_U2;
    case ORT_I2: return ASSAY_TYPE_I2;
    default: return ort_type >= ASSAY_TYPE_F32 && ort_type <= ASSAY_TYPE_E2M1 ? ort_type : 0;
  }
}

unsigned bits_per_element(assay_element_type type) {
  switch (type) {
    case ASSAY_TYPE_U2:
    case ASSAY_TYPE_I2: return 2;
    case ASSAY_TYPE_U4:
    case ASSAY_TYPE_I4:
    case ASSAY_TYPE_E2M1: return 4;
    case ASSAY_TYPE_U8:
    case ASSAY_TYPE_I8:
    case ASSAY_TYPE_BOOL:
    case ASSAY_TYPE_E4M3FN:
    case ASSAY_TYPE_E4M3FNUZ:
    case ASSAY_TYPE_E5M2:
    case ASSAY_TYPE_E5M2FNUZ:
    case ASSAY_TYPE_E8M0: return 8;
    case ASSAY_TYPE_U16:
    case ASSAY_TYPE_I16:
    case ASSAY_TYPE_F16:
    case ASSAY_TYPE_BF16: return 16;
    case ASSAY_TYPE_F32:
    case ASSAY_TYPE_I32:
    case ASSAY_TYPE_U32: return 32;
    case ASSAY_TYPE_F64:
    case ASSAY_TYPE_I64:
    case ASSAY_TYPE_U64:
    case ASSAY_TYPE_C64: return 64;
    case ASSAY_TYPE_C128: return 128;
    default: return 0;
  }
}

bool element_total(const int64_t *dims, size_t rank, size_t *total) {
  *total = 1;
  bool fits = true;
  for (size_t i = 0; i < rank; i++) {
    if (dims[i] < 0) return false;
    // A later dimension of 0 makes the product 0 although an earlier step overflowed.
    if (dims[i] == 0) return *total = 0, true;
    if (__builtin_mul_overflow(*total, (size_t)dims[i], total)) fits = false;
  }
  return fits;
}

bool packed_size(assay_element_type type, size_t total, size_t *size) {
  size_t bits;
  if (__builtin_mul_overflow(total, (size_t)bits_per_element(type), &bits)) return false;
  *size = bits / 8 + (bits % 8 != 0);
  return true;
}
