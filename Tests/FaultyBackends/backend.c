// The functions of the interface.
#include "faults.h"

#include <stdlib.h>
#include <string.h>

struct assay_backend {
  fault fault;
};

struct assay_executable {
  fault fault;
};

struct assay_result {
  assay_value values[2];
  size_t value_count;
  output made;
  float elements[];
};

static assay_status explain(assay_message *why, assay_status status, assay_reason reason,
                            const char *sentence) {
  const size_t length = strlen(sentence);
  why->length = length < why->capacity ? length : why->capacity;
  memcpy(why->buffer, sentence, why->length);
  why->reason = reason;
  return status;
}

static assay_status no_memory(assay_message *why) {
  return explain(why, ASSAY_OUT_OF_MEMORY, ASSAY_REASON_NONE, "no memory");
}

static assay_status create(assay_text options_json, assay_backend **out, assay_message *why) {
  fault chosen;
  if (!chosen_fault(options_json, &chosen))
    return explain(why, ASSAY_INVALID_INPUT, ASSAY_REASON_NONE, "no fault of this name");
  strike(chosen, stage_create);
  *out = malloc(sizeof **out);
  if (*out == NULL) return no_memory(why);
  (*out)->fault = chosen;
  return ASSAY_OK;
}

#define IDENTITY                                                                               \
  "{\"schema\":\"assay.describe/1\",\"identity\":{\"vendor\":\"Assay\",\"product\":\"faulty\"," \
  "\"version\":\"1.0\",\"device\":\"cpu\"},\"capabilities\":["
#define ADD "{\"operator\":\"Add\",\"opsets\":[7,28],\"types\":{\"T\":[\"f32\"]}}"
#define REST                                                                           \
  "],\"unsupported\":[{\"match\":{\"operator\":\"Add\"},\"reason\":\"shape\",\"text\":" \
  "\"no broadcasting\"}],\"determinism\":\"D3\"}"

static assay_status describe(assay_backend *backend, assay_text *json_out, assay_message *why) {
  static const char declares_add[] = IDENTITY ADD REST;
  static const char declares_nothing[] = IDENTITY REST;
  static const char garbage[] = "{\"identity\":\0\xff\xfe]]";
  (void)why;
  if (backend->fault == fault_describe_garbage)
    *json_out = (assay_text){garbage, sizeof garbage - 1};
  else if (backend->fault == fault_unsupported_everything)
    *json_out = (assay_text){declares_nothing, sizeof declares_nothing - 1};
  else
    *json_out = (assay_text){declares_add, sizeof declares_add - 1};
  return ASSAY_OK;
}

static assay_status compile(assay_backend *backend, assay_bytes onnx_model, assay_text options_json,
                            assay_executable **out, assay_message *why) {
  (void)options_json;
  const fault fault = backend->fault;
  strike(fault, stage_compile);
  if (fault == fault_invalid_model_everything)
    return explain(why, ASSAY_INVALID_MODEL, ASSAY_REASON_NONE, "every model is invalid");
  const bool refuse = fault == fault_unsupported_everything || fault == fault_unsupported_declared;
  if (refuse || !is_single_add(onnx_model))
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR, "only a single Add is supported");
  *out = NULL;
  if (fault == fault_null_executable) return ASSAY_OK;
  *out = malloc(sizeof **out);
  if (*out == NULL) return no_memory(why);
  (*out)->fault = fault;
  return ASSAY_OK;
}

// Refuses what execute and execute_into refuse alike, and answers with the faults of the answer.
static assay_status check_call(fault fault, const assay_value *inputs, size_t input_count,
                               assay_message *why) {
  static const char control_bytes[] = "\x1b[2J\x1b]0;title\x07 \0 \r\n\t \x80\xff\xc3 \xef\xbb\xbf";
  if (input_count != 2 || inputs[0].kind != ASSAY_KIND_TENSOR ||
      inputs[1].kind != ASSAY_KIND_TENSOR)
    return explain(why, ASSAY_INVALID_INPUT, ASSAY_REASON_NONE, "Add takes two tensors");
  const assay_tensor *a = &inputs[0].tensor, *b = &inputs[1].tensor;
  if (a->element_type != ASSAY_TYPE_F32 || b->element_type != ASSAY_TYPE_F32)
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE, "only float32 is supported");
  if (a->rank != b->rank || a->rank > ASSAY_MAX_RANK ||
      (a->rank != 0 && memcmp(a->dims, b->dims, a->rank * sizeof(int64_t)) != 0))
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE, "only equal shapes are supported");
  if (fault == fault_control_bytes_in_message && sizeof control_bytes <= why->capacity) {
    memcpy(why->buffer, control_bytes, sizeof control_bytes);
    why->length = sizeof control_bytes;
    return ASSAY_INTERNAL_ERROR;
  }
  if (fault == fault_overlong_message) {
    explain(why, ASSAY_INTERNAL_ERROR, ASSAY_REASON_NONE, "longer than it is");
    why->length = SIZE_MAX / 2;
    return ASSAY_INTERNAL_ERROR;
  }
  return fault == fault_unknown_status ? 4711 : ASSAY_OK;
}

static void show(fault fault, assay_result *result) {
  output *const made = &result->made;
  assay_value *const value = &result->values[0];
  value->kind = ASSAY_KIND_TENSOR;
  value->tensor = (assay_tensor){
      .element_type = made->type,
      .rank = made->rank,
      .dims = made->dims,
      .bytes = fault == fault_null_bytes ? NULL : result->elements,
      .byte_count = made->byte_count,
  };
  result->values[1] = *value;
  result->value_count = fault == fault_wrong_count ? 2 : 1;
  const bool nested = fault == fault_endless_nesting;
  if (!nested && fault != fault_wrong_kind) return;
  // The element of the sequence is the sum, or the sequence itself.
  value->kind = ASSAY_KIND_SEQUENCE;
  value->sequence = (assay_sequence){
      .element_kind = nested ? ASSAY_KIND_SEQUENCE : ASSAY_KIND_TENSOR,
      .element_type = nested ? 0 : ASSAY_TYPE_F32,
      .count = 1,
      .elements = nested ? value : &result->values[1],
  };
}

static assay_status execute(assay_executable *executable, const assay_value *inputs,
                            size_t input_count, assay_result **out, assay_message *why) {
  const fault fault = executable->fault;
  strike(fault, stage_execute);
  const assay_status status = check_call(fault, inputs, input_count, why);
  if (status != ASSAY_OK) return status;
  *out = NULL;
  if (fault == fault_null_result) return ASSAY_OK;
  assay_result *const result = calloc(1, sizeof *result + inputs[0].tensor.byte_count);
  if (result == NULL) return no_memory(why);
  result->made.elements = result->elements;
  make_output(fault, &inputs[0].tensor, &inputs[1].tensor, true, &result->made);
  show(fault, result);
  if (fault == fault_null_outputs) result->value_count = 0;
  *out = result;
  return ASSAY_OK;
}

static const assay_value *result_values(const assay_result *result, size_t *count) {
  // No other fault leaves no values.
  const bool null_outputs = result->value_count == 0;
  *count = null_outputs ? 1 : result->value_count;
  return null_outputs ? NULL : result->values;
}

// Faults of the result object exist in execute only.
static bool needs_result(fault fault) {
  return fault == fault_wrong_count || fault == fault_wrong_kind || fault == fault_null_outputs ||
         fault == fault_null_bytes || fault == fault_null_result || fault == fault_endless_nesting;
}

static assay_status execute_into(assay_executable *executable, const assay_value *inputs,
                                 size_t input_count, assay_destination *outputs,
                                 size_t output_count, assay_message *why) {
  const fault fault = executable->fault;
  if (output_count != 1 || needs_result(fault))
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_OTHER, "use execute");
  strike(fault, stage_execute);
  const assay_status status = check_call(fault, inputs, input_count, why);
  if (status != ASSAY_OK) return status;
  assay_destination *const destination = &outputs[0];
  if (inputs[0].tensor.byte_count > destination->capacity)
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE, "the destination is too small");
  output made = {.elements = destination->bytes};
  make_output(fault, &inputs[0].tensor, &inputs[1].tensor, false, &made);
  destination->rank = made.rank;
  destination->element_type = made.type;
  destination->byte_count = made.byte_count;
  const bool claims_rank = fault == fault_huge_rank;
  if (!claims_rank && made.rank > destination->rank_capacity)
    return explain(why, ASSAY_UNSUPPORTED, ASSAY_REASON_RANK, "more dimensions than expected");
  if (!claims_rank && made.rank != 0)
    memcpy(destination->dims, made.dims, made.rank * sizeof(int64_t));
  return ASSAY_OK;
}

static void release_result(assay_result *result) { free(result); }

static void release_executable(assay_executable *executable) { free(executable); }

static void destroy(assay_backend *backend) {
  strike(backend->fault, stage_destroy);
  free(backend);
}

// Weak: a test program may link this library's list of faults together with another backend, whose
// entry has the same name. Loading the shared library finds this one all the same.
__attribute__((weak)) const assay_api *assay_backend_api(uint32_t requested_version) {
  static const assay_api api = {
      .struct_size = sizeof(assay_api),
      .abi_version = ASSAY_ABI_VERSION,
      .create = create,
      .describe = describe,
      .compile = compile,
      .execute = execute,
      .result_values = result_values,
      .release_result = release_result,
      .release_executable = release_executable,
      .destroy = destroy,
      .execute_into = execute_into,
  };
  return requested_version == ASSAY_ABI_VERSION ? &api : NULL;
}
