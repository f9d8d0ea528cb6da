// The sum, and the faults that spoil it.
#include "faults.h"

#include <stdlib.h>
#include <string.h>

// Flips bits, so that the write shows whatever was there.
static void damage(const void *place) { *(volatile unsigned char *)(uintptr_t)place ^= 0xff; }

static void add(const assay_tensor *a, const assay_tensor *b, size_t count, float *sum) {
  const float *x = a->bytes, *y = b->bytes;
  for (size_t i = 0; i < count; i++) sum[i] = x[i] + y[i];
}

// Swaps the elements for those of the execution before, as far as they go.
static void make_stale(output *made) {
  static float *previous = NULL;
  static size_t previous_count = 0;
  float *const current = malloc(made->byte_count + 1);
  if (current == NULL) return;
  if (made->count != 0) memcpy(current, made->elements, made->byte_count);
  const size_t shared = previous_count < made->count ? previous_count : made->count;
  if (shared != 0) memcpy(made->elements, previous, shared * sizeof(float));
  free(previous);
  previous = current;
  previous_count = made->count;
}

static float as_float(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// The next larger number; infinities and NaN stay. Written out, so that nothing needs libm.
static float next_above(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  if ((bits & 0x7f800000) == 0x7f800000) return value;
  if (value == 0) return as_float(1);
  return as_float(value > 0 ? bits + 1 : bits - 1);
}

static void step_up(output *made) {
  for (size_t i = 0; i < made->count; i++) made->elements[i] = next_above(made->elements[i]);
}

static void spoil_elements(fault fault, output *made) {
  static unsigned runs = 0;
  runs++;
  if (made->count == 0) return;
  float *const last = &made->elements[made->count - 1];
  switch (fault) {
    case fault_nan_everywhere:
      for (size_t i = 0; i < made->count; i++) made->elements[i] = as_float(0x7fc00000);
      break;
    case fault_off_by_one_ulp: step_up(made); break;
    case fault_last_element_wrong: *last = *last == 0 ? 1 : -*last; break;
    case fault_stale_output: make_stale(made); break;
    case fault_nondeterministic:
      if (runs % 2 == 0) step_up(made);
      break;
    default: break;
  }
}

static void spoil_description(fault fault, output *made) {
  switch (fault) {
    case fault_wrong_shape: made->dims[made->rank++] = 1; break;
    case fault_wrong_type: made->type = ASSAY_TYPE_I32; break;
    case fault_wrong_byte_count: made->byte_count -= made->byte_count != 0; break;
    case fault_huge_output_shape:
      made->rank = 2;
      made->dims[0] = made->dims[1] = INT64_C(1) << 62;
      break;
    case fault_negative_dimension:
      made->rank = 1;
      made->dims[0] = -1;
      break;
    case fault_huge_rank: made->rank = INT32_MAX; break;
    default: break;
  }
}

static void write_out_of_bounds(fault fault, const uint8_t *start, size_t size) {
  if (fault == fault_write_before_buffer) damage(start - 1);
  if (fault == fault_write_past_end) damage(start + size);
}

void make_output(fault fault, const assay_tensor *a, const assay_tensor *b, bool own_memory,
                 output *made) {
  made->count = a->byte_count / sizeof(float);
  made->byte_count = a->byte_count;
  made->type = ASSAY_TYPE_F32;
  made->rank = a->rank;
  if (a->rank != 0) memcpy(made->dims, a->dims, a->rank * sizeof(int64_t));
  const bool leave_last = fault == fault_unwritten && made->count != 0;
  add(a, b, made->count - leave_last, made->elements);
  spoil_elements(fault, made);
  if (own_memory)
    write_out_of_bounds(fault, a->bytes, a->byte_count);
  else
    write_out_of_bounds(fault, (const uint8_t *)made->elements, made->byte_count);
  if (fault == fault_input_mutation && a->byte_count != 0) damage(a->bytes);
  spoil_description(fault, made);
}
