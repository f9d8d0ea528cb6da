/* The kernels for AVX-512 (x86-64-v4): 12 x 2 accumulators of 64 bytes, 27 of 32 registers. */
#if defined(__x86_64__)
#define CK_TABLE ck_table_avx512
#define CK_NAME "avx512"
#define CK_VECTOR_BYTES 64
#define CK_TILE_ROWS 12
#define CK_TILE_VECTORS 2
#include "CPUKernels.h"
#pragma clang attribute push(__attribute__((                                                  \
    target("avx512f,avx512vl,avx512bw,avx512dq,avx512cd,avx2,fma,f16c,bmi,bmi2"),             \
    min_vector_width(512))), apply_to = function)
#include "kernels/all.inc"
#pragma clang attribute pop
#endif
