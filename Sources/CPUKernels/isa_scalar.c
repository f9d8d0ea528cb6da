/* The kernels for whatever the compiler may assume without asking the machine.
 *
 * On aarch64 that is NEON: 8 x 3 accumulators of 16 bytes, 28 of 32 registers. On x86-64 it is
 * SSE2, which has no FMA: each becomes a call of the C library's exact fma, correct but slow.
 */
#define CK_TABLE ck_table_baseline
#define CK_VECTOR_BYTES 16
#if defined(__aarch64__)
#define CK_NAME "neon"
#define CK_TILE_ROWS 8
#define CK_TILE_VECTORS 3
#else
#define CK_NAME "scalar"
#define CK_TILE_ROWS 4
#define CK_TILE_VECTORS 2
#endif
#include "CPUKernels.h"
#include "kernels/all.inc"
