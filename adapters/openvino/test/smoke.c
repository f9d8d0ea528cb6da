// Self-test of the adapter, through the standard interface alone.
//
//   smoke LIBRARY [OPTIONS_JSON]
#include <math.h>
#include <string.h>

#include "observe.h"

static void basics(void) {
  const float a[] = {1, -2, 3.5f}, b[] = {2, 2, -0.0f};
  draft add = draft_node("Add", "", 14);
  draft_tensor(&add, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_tensor(&add, ASSAY_TYPE_F32, DIMS(3), b, sizeof b);
  draft_output(&add, ASSAY_TYPE_F32, DIMS(3));
  observe("Add f32", &add, "type 1 [3] 40400000 00000000 40600000");
  observe_with("Add f32 into a destination", &add, true, "type 1 [3] 40400000 00000000 40600000");
  add.input_count = 1;
  observe("Add with one value too few", &add, "execute status 3 reason 0: ~");

  draft scalar = draft_node("Neg", "", 13);
  draft_tensor(&scalar, ASSAY_TYPE_F32, SCALAR, a, sizeof *a);
  draft_output(&scalar, ASSAY_TYPE_F32, SCALAR);
  observe("Neg of a scalar", &scalar, "type 1 [] bf800000");
  observe_with("Neg of a scalar into a destination", &scalar, true, "type 1 [] bf800000");

  const float nothing[1] = {0};
  draft relu = draft_node("Relu", "", 14);
  draft_tensor(&relu, ASSAY_TYPE_F32, DIMS(2, 0), nothing, 0);
  draft_output(&relu, ASSAY_TYPE_F32, DIMS(2, 0));
  observe("Relu of an empty tensor", &relu, "type 1 [2,0]");

  // The runtime folds this node and drops the input.
  draft shape = draft_node("Shape", "", 13);
  draft_tensor(&shape, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&shape, ASSAY_TYPE_I64, DIMS(1));
  observe("Shape", &shape, "type 7 [1] 0000000000000003");
  observe_with("Shape into a destination", &shape, true, "type 7 [1] 0000000000000003");
  draft compress = draft_node("NonZero", "", 13);
  draft_tensor(&compress, ASSAY_TYPE_F32, DIMS(3), b, sizeof b);
  draft_output(&compress, ASSAY_TYPE_I64, DIMS(1, 2));
  observe("NonZero", &compress, "type 7 [1,2] 0000000000000000 0000000000000001");
}

static void refusals(void) {
  const float x[] = {1};
  static const uint8_t garbage[] = {0xff, 0xff, 0xff, 0x07, 0x12};
  observe_bytes("bytes that are no model", &(draft){.input_count = 0},
                (assay_bytes){garbage, sizeof garbage}, false, "compile status 2 reason 0: ~");
  draft nope = draft_node("Nope", "", 21);
  draft_tensor(&nope, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_output(&nope, ASSAY_TYPE_F32, DIMS(1));
  observe("an unknown operator", &nope, "compile status 1 reason 1: ~");

  const float complex_number[] = {1, 2};
  draft identity = draft_node("Identity", "", 14);
  draft_tensor(&identity, ASSAY_TYPE_C64, DIMS(1), complex_number, sizeof complex_number);
  draft_output(&identity, ASSAY_TYPE_C64, DIMS(1));
  observe("Identity c64", &identity, "compile status 1 reason 3: ~");

  const assay_text word[] = {TEXT("a")};
  draft words = draft_node("Identity", "", 14);
  draft_strings(&words, DIMS(1), word, 1);
  draft_output(&words, ASSAY_TYPE_STRING, DIMS(1));
  observe("Identity of strings", &words, "execute status 1 reason 3: ~");

  writer sequence = {.count = 0};
  sequence_type(&sequence, ASSAY_TYPE_F32);
  draft construct = draft_node("SequenceConstruct", "", 11);
  draft_tensor(&construct, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_typed_output(&construct, &sequence);
  observe("SequenceConstruct", &construct, "compile status 1 reason 1: ~");

  draft two = draft_node("MatMul", "", 13);
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(2, 3), (float[6]){0}, 6 * sizeof(float));
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(2, 3), (float[6]){0}, 6 * sizeof(float));
  draft_output(&two, ASSAY_TYPE_F32, DIMS(2, 3));
  observe("MatMul of shapes that do not fit", &two, "compile status 2 reason 0: ~");
}

// What the runtime answers where implementations differ; docs/interop.md keeps the answers.
static void facts(void) {
  // 257 takes nine bits: with factors in bfloat16 it becomes 256.
  const float wide[] = {257}, one[] = {1};
  draft product = draft_node("MatMul", "", 13);
  draft_tensor(&product, ASSAY_TYPE_F32, DIMS(1, 1), wide, sizeof wide);
  draft_tensor(&product, ASSAY_TYPE_F32, DIMS(1, 1), one, sizeof one);
  draft_output(&product, ASSAY_TYPE_F32, DIMS(1, 1));
  observe("MatMul f32 of 257 by 1", &product, NULL);

  const int64_t large[] = {(int64_t)1 << 40};
  draft sum = draft_node("Add", "", 14);
  draft_tensor(&sum, ASSAY_TYPE_I64, DIMS(1), large, sizeof large);
  draft_tensor(&sum, ASSAY_TYPE_I64, DIMS(1), large, sizeof large);
  draft_output(&sum, ASSAY_TYPE_I64, DIMS(1));
  observe("Add i64 of 2^40 and 2^40", &sum, NULL);

  const double fine[] = {1 + 0x1p-40};
  draft same = draft_node("Neg", "", 13);
  draft_tensor(&same, ASSAY_TYPE_F64, DIMS(1), fine, sizeof fine);
  draft_output(&same, ASSAY_TYPE_F64, DIMS(1));
  observe("Neg f64 of 1+2^-40", &same, NULL);

  const float tiny[] = {0x1p-149f, -0x1p-130f};
  draft subnormal = draft_node("Abs", "", 13);
  draft_tensor(&subnormal, ASSAY_TYPE_F32, DIMS(2), tiny, sizeof tiny);
  draft_output(&subnormal, ASSAY_TYPE_F32, DIMS(2));
  observe("Abs f32 of the subnormals 2^-149 -2^-130", &subnormal, NULL);

  const int32_t seven[] = {7}, zero[] = {0};
  draft by_zero = draft_node("Div", "", 14);
  draft_tensor(&by_zero, ASSAY_TYPE_I32, DIMS(1), seven, sizeof seven);
  draft_tensor(&by_zero, ASSAY_TYPE_I32, DIMS(1), zero, sizeof zero);
  draft_output(&by_zero, ASSAY_TYPE_I32, DIMS(1));
  observe("Div i32 of 7 by 0", &by_zero, NULL);

  const float number[] = {1, NAN}, other[] = {NAN, 1};
  draft max = draft_node("Max", "", 13);
  draft_tensor(&max, ASSAY_TYPE_F32, DIMS(2), number, sizeof number);
  draft_tensor(&max, ASSAY_TYPE_F32, DIMS(2), other, sizeof other);
  draft_output(&max, ASSAY_TYPE_F32, DIMS(2));
  observe("Max f32 of (1, NaN) and (NaN, 1)", &max, NULL);
}

// Complex, 6-bit, 2-bit and unsigned-zero 8-bit types are unknown to the ONNX frontend.
static bool is_known(int32_t type) {
  switch (type) {
    case ASSAY_TYPE_C64:
    case ASSAY_TYPE_C128:
    case ASSAY_TYPE_E4M3FNUZ:
    case ASSAY_TYPE_E5M2FNUZ:
    case ASSAY_TYPE_U2:
    case ASSAY_TYPE_I2:
    case ASSAY_TYPE_E2M3:
    case ASSAY_TYPE_E3M2: return false;
    default: return true;
  }
}

int main(int count, char **arguments) {
  if (!open_observed(count, arguments)) return 3;
  basics();
  refusals();
  observe_element_types(is_known, "execute_into status 1 reason 5: ~");
  facts();
  return close_observed();
}
