// Sizes of packed tensors.
#include "packing.h"

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
