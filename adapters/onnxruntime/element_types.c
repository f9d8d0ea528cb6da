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
