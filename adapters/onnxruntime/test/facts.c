// What the runtime answers where implementations differ; docs/interop.md keeps the answers.
#include <math.h>
#include <string.h>

#include "drafts.h"

#define DIMS(...) ((const int64_t[]){__VA_ARGS__, -1})

static void unary_f32(void (*fact)(const char *, draft *), const char *name, const char *operator,
                      uint64_t opset, const float *x, int64_t count) {
  draft made = draft_node(operator, "", opset);
  draft_tensor(&made, ASSAY_TYPE_F32, DIMS(count), x, (size_t)count * sizeof *x);
  draft_output(&made, ASSAY_TYPE_F32, DIMS(count));
  fact(name, &made);
}

static void arithmetic(void (*fact)(const char *, draft *)) {
  const int32_t least[] = {INT32_MIN}, minus_one[] = {-1}, zero[] = {0}, seven[] = {7};
  draft overflow = draft_node("Div", "", 14);
  draft_tensor(&overflow, ASSAY_TYPE_I32, DIMS(1), least, sizeof least);
  draft_tensor(&overflow, ASSAY_TYPE_I32, DIMS(1), minus_one, sizeof minus_one);
  draft_output(&overflow, ASSAY_TYPE_I32, DIMS(1));
  fact("Div i32 of -2147483648 by -1", &overflow);
  draft by_zero = draft_node("Div", "", 14);
  draft_tensor(&by_zero, ASSAY_TYPE_I32, DIMS(1), seven, sizeof seven);
  draft_tensor(&by_zero, ASSAY_TYPE_I32, DIMS(1), zero, sizeof zero);
  draft_output(&by_zero, ASSAY_TYPE_I32, DIMS(1));
  fact("Div i32 of 7 by 0", &by_zero);

  const float far[] = {-17.5f, -18, -20, -88, 17.5f}, far_tanh[] = {-9.5f, 0x1p-20f, 9.5f};
  unary_f32(fact, "Sigmoid f32 of -17.5 -18 -20 -88 17.5", "Sigmoid", 13, far, 5);
  unary_f32(fact, "Tanh f32 of -9.5 2^-20 9.5", "Tanh", 13, far_tanh, 3);
  const float tiny[] = {0x1p-149f, -0x1p-130f};
  unary_f32(fact, "Abs f32 of the subnormals 2^-149 -2^-130", "Abs", 13, tiny, 2);
}

static void products(void (*fact)(const char *, draft *)) {
  // One row times one column of 1, 2^-11 ...: the sum shows where the products were rounded.
  const uint16_t f16_row[] = {0x3c00, 0x1000, 0x1000, 0x1000}, f16_ones[] = {0x3c00, 0x3c00, 0x3c00,
                                                                            0x3c00};
  draft half = draft_node("MatMul", "", 13);
  draft_tensor(&half, ASSAY_TYPE_F16, DIMS(1, 4), f16_row, sizeof f16_row);
  draft_tensor(&half, ASSAY_TYPE_F16, DIMS(4, 1), f16_ones, sizeof f16_ones);
  draft_output(&half, ASSAY_TYPE_F16, DIMS(1, 1));
  fact("MatMul f16 of [1 2^-11 2^-11 2^-11] by ones", &half);
  const uint16_t bf16_row[] = {0x3f80, 0x3b80, 0x3b80, 0x3b80}, bf16_ones[] = {0x3f80, 0x3f80,
                                                                               0x3f80, 0x3f80};
  draft brain = draft_node("MatMul", "", 13);
  draft_tensor(&brain, ASSAY_TYPE_BF16, DIMS(1, 4), bf16_row, sizeof bf16_row);
  draft_tensor(&brain, ASSAY_TYPE_BF16, DIMS(4, 1), bf16_ones, sizeof bf16_ones);
  draft_output(&brain, ASSAY_TYPE_BF16, DIMS(1, 1));
  fact("MatMul bf16 of [1 2^-8 2^-8 2^-8] by ones", &brain);
}

static void casts(void (*fact)(const char *, draft *)) {
  // Above the middle between 1 and its successor in f16; a detour over f32 lands on the middle.
  const double close[] = {1 + 0x1p-11 + 0x1p-30};
  draft cast = draft_node("Cast", "", 13);
  draft_tensor(&cast, ASSAY_TYPE_F64, DIMS(1), close, sizeof close);
  write_integer_attribute(&cast.node, "to", ASSAY_TYPE_F16);
  draft_output(&cast, ASSAY_TYPE_F16, DIMS(1));
  fact("Cast f64 to f16 of 1+2^-11+2^-30", &cast);
  const float wild[] = {NAN, INFINITY, -INFINITY, 3e9f, -1.5f, 2.5f};
  draft integer = draft_node("Cast", "", 13);
  draft_tensor(&integer, ASSAY_TYPE_F32, DIMS(6), wild, sizeof wild);
  write_integer_attribute(&integer.node, "to", ASSAY_TYPE_I32);
  draft_output(&integer, ASSAY_TYPE_I32, DIMS(6));
  fact("Cast f32 to i32 of NaN Inf -Inf 3e9 -1.5 2.5", &integer);
}

static void order(void (*fact)(const char *, draft *)) {
  const float infinite[] = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
  draft pool = draft_node("MaxPool", "", 12);
  draft_tensor(&pool, ASSAY_TYPE_F32, DIMS(1, 1, 4), infinite, sizeof infinite);
  draft_integers(&pool, "kernel_shape", (const int64_t[]){2}, 1);
  draft_output(&pool, ASSAY_TYPE_F32, DIMS(1, 1, 3));
  fact("MaxPool f32 of -Inf", &pool);

  for (int length = 3; length <= 16; length += 13) {
    const int places[] = {0, length / 2, length - 1};
    for (int i = 0; i < 3; i++) {
      float x[16];
      for (int j = 0; j < length; j++) x[j] = (float)j + 1;
      x[places[i]] = NAN;
      draft reduce = draft_node("ReduceMax", "", 13);
      draft_tensor(&reduce, ASSAY_TYPE_F32, DIMS(length), x, (size_t)length * sizeof *x);
      draft_output(&reduce, ASSAY_TYPE_F32, DIMS(1));
      char name[96];
      snprintf(name, sizeof name, "ReduceMax f32 of 1 to %d with NaN at %d", length, places[i]);
      fact(name, &reduce);
    }
  }
  const float number[] = {1, NAN}, other[] = {NAN, 1};
  draft max = draft_node("Max", "", 13);
  draft_tensor(&max, ASSAY_TYPE_F32, DIMS(2), number, sizeof number);
  draft_tensor(&max, ASSAY_TYPE_F32, DIMS(2), other, sizeof other);
  draft_output(&max, ASSAY_TYPE_F32, DIMS(2));
  fact("Max f32 of (1, NaN) and (NaN, 1)", &max);
}

void observe_facts(void (*fact)(const char *name, draft *from));

void observe_facts(void (*fact)(const char *name, draft *from)) {
  arithmetic(fact);
  products(fact);
  casts(fact);
  order(fact);
}
