/* Kernels of the CPU backend: one table of functions per instruction set.
 *
 * Every table computes the same bits. Each floating-point result is defined below as one sequence
 * of correctly rounded operations, so that neither the instruction set nor the number of threads
 * can be seen in an output. The only exception is a NaN: it appears in the same places everywhere,
 * but its sign and payload are those of the hardware.
 *
 * Rules for every kernel
 * - Counts are elements, never negative; a count of 0 touches no memory except where stated.
 *   Strides are elements and may be negative or 0 for inputs.
 * - Pointers need the alignment of their element type only. Nothing outside the named elements is
 *   read or written. Inputs and outputs must not overlap unless "in place" is stated.
 * - Kernels keep no state and may run on any number of threads.
 * - The rounding mode is to nearest even and subnormal numbers are honoured; callers do not change
 *   the floating-point environment.
 */
#ifndef CPU_KERNELS_H
#define CPU_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/* The tables are constants, so Swift may share them between threads. */
#define CK_CONSTANT __attribute__((swift_attr("@Sendable")))

enum {
  /* Depth of one block of a matrix product. It is part of the result's bits: see ck_macro_f32. */
  CK_BLOCK_DEPTH = 384,
  /* Number of partial results of a reduction. It is part of the result's bits: see ck_fold_f32. */
  CK_REDUCTION_LANES = 16,
};

/* Packs a `count` x `depth` operand into panels of W elements: for every group of W indices i, the
 * elements x[i * stride + p * depth_stride] for p = 0, 1, ... follow each other, W at a time.
 * Places beyond `count` are 0. W is the table's tile_rows for gemm_pack_a, tile_columns for gemm_pack_b.
 * The destination holds ceil(count / W) * W * depth elements. */
typedef void (*ck_pack_f32)(float *panels, const float *x, ptrdiff_t stride, ptrdiff_t depth_stride,
                            ptrdiff_t count, ptrdiff_t depth);
typedef void (*ck_pack_f64)(double *panels, const double *x, ptrdiff_t stride,
                            ptrdiff_t depth_stride, ptrdiff_t count, ptrdiff_t depth);

/* c = a * b (`accumulate` = 0) or c += a * b for one block: `a` and `b` are packed, m x depth and
 * depth x n. Each element is the chain s = 0; s = fma(a[p], b[p], s) for p = 0, 1, ...; then c = s
 * or c = c + s. A longer product is the sum of its blocks of CK_BLOCK_DEPTH, in order. */
typedef void (*ck_macro_f32)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const float *a,
                             const float *b, float *c, ptrdiff_t c_stride, int accumulate);
typedef void (*ck_macro_f64)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const double *a,
                             const double *b, double *c, ptrdiff_t c_stride, int accumulate);

/* The same without packing and for any depth, block after block, with the bits that packing and
 * gemm_macro would give: c[i * c_stride + j] from a[i * a_stride + p * a_depth_stride] and
 * b[p * b_depth_stride + j]. A depth of 0 writes, or adds, zeros. */
typedef void (*ck_direct_f32)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const float *a,
                              ptrdiff_t a_stride, ptrdiff_t a_depth_stride, const float *b,
                              ptrdiff_t b_depth_stride, float *c, ptrdiff_t c_stride,
                              int accumulate);
typedef void (*ck_direct_f64)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const double *a,
                              ptrdiff_t a_stride, ptrdiff_t a_depth_stride, const double *b,
                              ptrdiff_t b_depth_stride, double *c, ptrdiff_t c_stride,
                              int accumulate);

/* c = a * b for integers, with the operands of ck_direct_f32: exact modulo 2^32. */
typedef void (*ck_direct_i16)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth, const int16_t *a,
                              ptrdiff_t a_stride, ptrdiff_t a_depth_stride, const int16_t *b,
                              ptrdiff_t b_depth_stride, int32_t *c, ptrdiff_t c_stride);

/* One row of gemm_direct, for matrices too large for a cache: y[j] from x[p * x_stride] and
 * b[p * b_depth_stride + j], reading b along its rows. The same bits. A depth of 0 writes zeros. */
typedef void (*ck_gemv_f32)(ptrdiff_t n, ptrdiff_t depth, const float *x, ptrdiff_t x_stride,
                            const float *b, ptrdiff_t b_depth_stride, float *y);
typedef void (*ck_gemv_f64)(ptrdiff_t n, ptrdiff_t depth, const double *x, ptrdiff_t x_stride,
                            const double *b, ptrdiff_t b_depth_stride, double *y);

/* y[i] = f(x[i]), in place if y == x.
 * - sqrt: correctly rounded.
 * - exp: at most 1 ulp from the exact value, also for subnormal results; exp(-inf) = +0,
 *   exp(+inf) = +inf, overflow gives +inf, underflow +0, NaN gives a quiet NaN.
 * - softmax: exp(x[i] - m) / s with m = maximum(x) and s = sum of the exponentials, both as in
 *   ck_fold_f32. A NaN, a +inf or only -inf in the row make it all NaN. */
typedef void (*ck_map_f32)(const float *x, float *y, ptrdiff_t n);

/* y[i] = f(a[i * a_step], b[i * b_step]) with steps of 0 (one value for all) or 1; in place if y
 * equals an input of step 1. Correctly rounded; max and min are the maximum and minimum of IEEE
 * 754-2019: NaN if either operand is NaN, and -0 < +0. */
typedef void (*ck_zip_f32)(const float *a, ptrdiff_t a_step, const float *b, ptrdiff_t b_step,
                           float *y, ptrdiff_t n);

/* Reduces a row over 16 lanes: lane l starts at the neutral element and takes x[l], x[l + 16], ...
 * in order; then lanes l and l + 8 are combined, then l and l + 4, l + 2, l + 1. sum adds,
 * sum_of_squares accumulates fma(x, x, lane), maximum and minimum are those of ck_zip_f32.
 * Of nothing: +0, +0, -inf, +inf. */
typedef float (*ck_fold_f32)(const float *x, ptrdiff_t n);

/* The same lanes accumulate fma(x[i], y[i], lane); of nothing: +0. */
typedef float (*ck_pair_fold_f32)(const float *x, const float *y, ptrdiff_t n);

/* Binary16 or bfloat16 to float: exact. A NaN keeps its sign and payload and becomes quiet. */
typedef void (*ck_expand_b16)(const uint16_t *x, float *y, ptrdiff_t n);

/* Float to binary16 or bfloat16, rounded once to nearest even; overflow gives an infinity. A NaN
 * keeps its sign and the upper payload bits and becomes quiet. */
typedef void (*ck_round_b16)(const float *x, uint16_t *y, ptrdiff_t n);

/* y[i] = x[i] - zero: what a quantised operand contributes to an integer product. Exact for a zero
 * within -128...255. */
typedef void (*ck_offset_u8)(const uint8_t *x, int16_t zero, int16_t *y, ptrdiff_t n);
typedef void (*ck_offset_s8)(const int8_t *x, int16_t zero, int16_t *y, ptrdiff_t n);

/* y[j * y_stride + i] = x[i * x_stride + j] for a matrix of `rows` x `columns` elements whose bits
 * are copied. With one column it gathers a strided vector, with one row it scatters. */
typedef void (*ck_transpose_b8)(ptrdiff_t rows, ptrdiff_t columns, const uint8_t *x,
                                ptrdiff_t x_stride, uint8_t *y, ptrdiff_t y_stride);
typedef void (*ck_transpose_b16)(ptrdiff_t rows, ptrdiff_t columns, const uint16_t *x,
                                 ptrdiff_t x_stride, uint16_t *y, ptrdiff_t y_stride);
typedef void (*ck_transpose_b32)(ptrdiff_t rows, ptrdiff_t columns, const uint32_t *x,
                                 ptrdiff_t x_stride, uint32_t *y, ptrdiff_t y_stride);
typedef void (*ck_transpose_b64)(ptrdiff_t rows, ptrdiff_t columns, const uint64_t *x,
                                 ptrdiff_t x_stride, uint64_t *y, ptrdiff_t y_stride);

/* The signatures, for code that walks over all kernels. */
enum __attribute__((enum_extensibility(closed))) ck_signature {
  ck_signature_pack_f32,
  ck_signature_pack_f64,
  ck_signature_macro_f32,
  ck_signature_macro_f64,
  ck_signature_direct_f32,
  ck_signature_direct_f64,
  ck_signature_direct_i16,
  ck_signature_gemv_f32,
  ck_signature_gemv_f64,
  ck_signature_map_f32,
  ck_signature_zip_f32,
  ck_signature_fold_f32,
  ck_signature_pair_fold_f32,
  ck_signature_expand_b16,
  ck_signature_round_b16,
  ck_signature_offset_u8,
  ck_signature_offset_s8,
  ck_signature_transpose_b8,
  ck_signature_transpose_b16,
  ck_signature_transpose_b32,
  ck_signature_transpose_b64,
};

/* A region of assumed nullability may not contain an include, so the table says it in full. */
#pragma clang assume_nonnull end

/* The kernels of one instruction set. */
typedef struct CK_CONSTANT ck_table {
  /* "avx512", "avx2", "neon" or "scalar": what ASSAY_CPU_ISA selects. */
  const char *_Nonnull name;
  /* Bytes of one vector register. */
  ptrdiff_t vector_bytes;
  /* Rows of a packed panel of `a`. */
  ptrdiff_t tile_rows;
  /* Columns of a packed panel of `b`. */
  ptrdiff_t tile_columns_f32;
  ptrdiff_t tile_columns_f64;
  /* Runs independent FMA chains in registers and returns the number of operations done: the peak
   * that one core can reach with this instruction set is that number over the time it took. */
  double (*_Nonnull fma_peak)(ptrdiff_t iterations);
#define CK_KERNEL(signature, name) ck_##signature _Nonnull name;
#include "kernels.def"
#undef CK_KERNEL
} ck_table;

#pragma clang assume_nonnull begin

/* One line of kernels.def; `offset` is where ck_table holds the function, in bytes. */
typedef struct CK_CONSTANT ck_kernel {
  const char *name;
  enum ck_signature signature;
  size_t offset;
} ck_kernel;

/* The tables this machine can run, best first; the last one runs everywhere. */
const ck_table *_Nonnull const *_Nonnull ck_all(size_t *count);

/* The table called `name` if this machine can run it, otherwise (also for NULL) the best one. */
const ck_table *ck_select(const char *_Nullable name);

/* ck_select of the environment variable ASSAY_CPU_ISA. */
const ck_table *ck_best(void);

/* All lines of kernels.def. */
const ck_kernel *ck_kernels(size_t *count);

/* Tells the core that this thread is spinning. */
static inline void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
