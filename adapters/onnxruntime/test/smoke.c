// Self-test of the adapter, through the standard interface alone.
//
//   smoke LIBRARY [OPTIONS_JSON]
//
// Every observation runs in a process of its own, because the runtime may die of one. It prints
// one line: what was asked, and the output's bits, the refusal, or the signal. Observations that
// the adapter answers for have the expected line beside them; a difference fails the test. The
// others are facts about the runtime, for docs/interop.md.
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

  const assay_text left[] = {TEXT("a\0b"), TEXT(""), TEXT("\xc3\xa9")};
  const assay_text right[] = {TEXT("c"), TEXT(""), TEXT("\0")};
  draft concat = draft_node("StringConcat", "", 20);
  draft_strings(&concat, DIMS(3), left, 3);
  draft_strings(&concat, DIMS(3), right, 3);
  draft_output(&concat, ASSAY_TYPE_STRING, DIMS(3));
  observe("StringConcat with zero bytes", &concat,
          "type 8 [3] \"a\\x00bc\" \"\" \"\\xc3\\xa9\\x00\"");

  const float nothing[1] = {0};
  draft relu = draft_node("Relu", "", 14);
  draft_tensor(&relu, ASSAY_TYPE_F32, DIMS(2, 0), nothing, 0);
  draft_output(&relu, ASSAY_TYPE_F32, DIMS(2, 0));
  observe("Relu of an empty tensor", &relu, "type 1 [2,0]");

  // The runtime folds this node, so the output is a constant of the compiled model.
  draft shape = draft_node("Shape", "", 13);
  draft_tensor(&shape, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&shape, ASSAY_TYPE_I64, DIMS(1));
  observe("Shape", &shape, "type 7 [1] 0000000000000003");
  observe_with("Shape into a destination", &shape, true, "type 7 [1] 0000000000000003");
  draft same = draft_node("Identity", "", 14);
  draft_tensor(&same, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&same, ASSAY_TYPE_F32, DIMS(3));
  observe_with("Identity into a destination", &same, true,
               "type 1 [3] 3f800000 c0000000 40600000");
  draft wrong = draft_node("Relu", "", 14);
  draft_tensor(&wrong, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&wrong, ASSAY_TYPE_F32, DIMS(4));
  observe("Relu declared of a wrong shape", &wrong, NULL);
  observe_with("Relu declared of a wrong shape into a destination", &wrong, true, NULL);
  draft compress = draft_node("NonZero", "", 13);
  draft_tensor(&compress, ASSAY_TYPE_F32, DIMS(3), b, sizeof b);
  draft_output(&compress, ASSAY_TYPE_I64, DIMS(1, 3));
  observe("NonZero declared of a wrong shape", &compress, "type 7 [1,2] 0000000000000000 "
          "0000000000000001");
  observe_with("NonZero declared of a wrong shape into a destination", &compress, true,
               "execute_into status 1 reason 5: ~");
}

static void structures(void) {
  const float one[] = {1}, two[] = {2, 4};
  writer sequence = {.count = 0}, optional = {.count = 0}, tensor = {.count = 0};
  sequence_type(&sequence, ASSAY_TYPE_F32);
  draft construct = draft_node("SequenceConstruct", "", 11);
  draft_tensor(&construct, ASSAY_TYPE_F32, DIMS(1), one, sizeof one);
  draft_tensor(&construct, ASSAY_TYPE_F32, DIMS(2), two, sizeof two);
  draft_typed_output(&construct, &sequence);
  observe("SequenceConstruct", &construct, "sequence of 2, kind 1 type 1 <type 1 [1] 3f800000> "
          "<type 1 [2] 40000000 40800000>");

  assay_value empty = {.kind = ASSAY_KIND_SEQUENCE};
  empty.sequence = (assay_sequence){ASSAY_KIND_TENSOR, ASSAY_TYPE_F32, 0, NULL};
  draft insert = draft_node("SequenceInsert", "", 11);
  draft_value(&insert, &sequence, empty);
  draft_tensor(&insert, ASSAY_TYPE_F32, DIMS(2), two, sizeof two);
  draft_typed_output(&insert, &sequence);
  observe("SequenceInsert into an empty sequence", &insert,
          "sequence of 1, kind 1 type 1 <type 1 [2] 40000000 40800000>");

  draft same = draft_node("Identity", "", 16);
  draft_value(&same, &sequence, empty);
  draft_typed_output(&same, &sequence);
  observe("Identity of an empty sequence", &same, "sequence of 0, kind 1 type 1");

  write_tensor_type(&tensor, ASSAY_TYPE_F32, DIMS(1), 1);
  optional_type(&optional, &tensor);
  const assay_value missing = {.kind = ASSAY_KIND_OPTIONAL};
  draft has = draft_node("OptionalHasElement", "", 18);
  draft_value(&has, &optional, missing);
  draft_output(&has, ASSAY_TYPE_BOOL, SCALAR);
  observe("OptionalHasElement of a missing value", &has, "type 9 [] 00");
  draft missing_same = draft_node("Identity", "", 16);
  draft_value(&missing_same, &optional, missing);
  draft_typed_output(&missing_same, &optional);
  observe("Identity of a missing value", &missing_same, "optional without value");

  draft wrap = draft_node("Optional", "", 15);
  draft_tensor(&wrap, ASSAY_TYPE_F32, DIMS(1), one, sizeof one);
  draft_typed_output(&wrap, &optional);
  observe("Optional of a tensor", &wrap, "optional type 1 [1] 3f800000");
}

static void refusals(void) {
  const float x[] = {1};
  static const uint8_t garbage[] = {0xff, 0xff, 0xff, 0x07, 0x12};
  observe_bytes("bytes that are no model", &(draft){.input_count = 0},
                (assay_bytes){garbage, sizeof garbage}, false, "compile status 2 reason 0: ~");
  const struct {
    const char *name, *operator, *domain;
    uint64_t opset;
    const char *expected;
  } all[] = {
      {"an unknown operator", "Nope", "", 21, "compile status 1 reason 1: ~"},
      {"an unknown operator of a foreign domain", "Nope", "com.example", 1,
       "compile status 1 reason 1: ~"},
      {"Relu in operator set 28", "Relu", "", 28, NULL},
      {"Relu in operator set 29", "Relu", "", 29, NULL},
      {"Relu in operator set 99", "Relu", "", 99, "compile status 1 reason 2: ~"},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    draft made = draft_node(all[i].operator, all[i].domain, all[i].opset);
    draft_tensor(&made, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
    draft_output(&made, ASSAY_TYPE_F32, DIMS(1));
    observe(all[i].name, &made, all[i].expected);
  }
  const uint16_t bf16[] = {0x3f80};
  draft relu = draft_node("Relu", "", 14);
  draft_tensor(&relu, ASSAY_TYPE_BF16, DIMS(1), bf16, sizeof bf16);
  draft_output(&relu, ASSAY_TYPE_BF16, DIMS(1));
  observe("Relu bf16", &relu, "compile status 1 reason 3: ~");
  draft two = draft_node("Relu", "", 14);
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_output(&two, ASSAY_TYPE_F32, DIMS(1));
  observe("Relu with two inputs", &two, "compile status 2 reason 0: ~");
  const int64_t index[] = {3};
  draft gather = draft_node("Gather", "", 13);
  draft_tensor(&gather, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_tensor(&gather, ASSAY_TYPE_I64, DIMS(1), index, sizeof index);
  draft_output(&gather, ASSAY_TYPE_F32, DIMS(1));
  observe("Gather with an index out of range", &gather, "execute status 3 reason 0: ~");
}

// What a kernel refuses when it runs, saying which part of the request it does not do.
static void gaps(void) {
  const uint16_t half[] = {0x3c00, 0x3c00};
  const float x[] = {1, 2, 3, 4}, scales[] = {2};
  const int64_t index[] = {1};
  draft scatter = draft_node("ScatterND", "", 18);
  draft_tensor(&scatter, ASSAY_TYPE_F16, DIMS(2), half, sizeof half);
  draft_tensor(&scatter, ASSAY_TYPE_I64, DIMS(1, 1), index, sizeof index);
  draft_tensor(&scatter, ASSAY_TYPE_F16, DIMS(1), half, sizeof *half);
  draft_text(&scatter, "reduction", "add");
  draft_output(&scatter, ASSAY_TYPE_F16, DIMS(2));
  observe("ScatterND of float16 with a reduction", &scatter, "execute status 1 reason 3: ~");
  draft resize = draft_node("Resize", "", 19);
  draft_tensor(&resize, ASSAY_TYPE_F32, DIMS(4), x, sizeof x);
  draft_nothing(&resize);
  draft_tensor(&resize, ASSAY_TYPE_F32, DIMS(1), scales, sizeof scales);
  draft_text(&resize, "mode", "cubic");
  draft_output(&resize, ASSAY_TYPE_F32, DIMS(8));
  observe("Resize of one dimension by cubes", &resize, "execute status 1 reason 4: ~");
  const double ones[] = {1, 1, 1, 1};
  draft lstm = draft_node("LSTM", "", 14);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 1, 1), ones, sizeof *ones);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 4, 1), ones, sizeof ones);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 4, 1), ones, sizeof ones);
  write_integer_attribute(&lstm.node, "hidden_size", 1);
  draft_output(&lstm, ASSAY_TYPE_F64, DIMS(1, 1, 1, 1));
  observe("LSTM of float64", &lstm, "execute status 1 reason 3: ~");
}

void observe_facts(void (*observe_fact)(const char *name, draft *from));

static void observe_fact(const char *name, draft *from) { observe(name, from, NULL); }

// Complex and 6-bit types are unknown to the runtime.
static bool is_known(int32_t type) {
  return type < ASSAY_TYPE_C64 || (type > ASSAY_TYPE_C128 && type < ASSAY_TYPE_E2M3);
}

int main(int count, char **arguments) {
  if (!open_observed(count, arguments)) return 3;
  basics();
  structures();
  refusals();
  gaps();
  observe_element_types(is_known, "execute_into status 1 reason 5: ~");
  observe_facts(observe_fact);
  return close_observed();
}
