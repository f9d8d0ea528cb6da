/* The kernels for AVX2 with FMA (x86-64-v3): 6 x 2 accumulators of 32 bytes, 15 of 16 registers. */
#if defined(__x86_64__)
#define CK_TABLE ck_table_avx2
#define CK_NAME "avx2"
#define CK_VECTOR_BYTES 32
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 2
#include "CPUKernels.h"
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2"))), apply_to = function)
#include "kernels/all.inc"
#pragma clang attribute pop
#endif
