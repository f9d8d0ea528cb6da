// The runtime's error codes and messages as statuses of the standard interface.
//
// The codes alone do not tell: FAIL covers an opset the runtime does not take as well as a shape
// that contradicts the model. The phrases below are those of ONNX Runtime 1.17 to 1.32.
#include "failure.h"

#include <string.h>

typedef struct {
  const char *phrase;
  assay_status status;
  assay_reason reason;
} meaning;

// Looked up in order; the first phrase that occurs decides.
static const meaning when_compiling[] = {
    {"bad_alloc", ASSAY_OUT_OF_MEMORY, 0},
    {"Failed to allocate memory", ASSAY_OUT_OF_MEMORY, 0},
    {"is under development and support for this is limited", ASSAY_UNSUPPORTED,
     ASSAY_REASON_OPSET},
    {"Unsupported model IR version", ASSAY_UNSUPPORTED, ASSAY_REASON_OPSET},
    {"No Op registered for", ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR},
    {"is not a registered function/op", ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR},
    {"Could not find an implementation for", ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR},
    {"Failed to find kernel for", ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR},
    {"Batchwise recurrent operations", ASSAY_UNSUPPORTED, ASSAY_REASON_ATTRIBUTE},
    // Element types of the standard that the runtime has no name for yet.
    {"'tensor(float6e", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"is not currently registered or supported", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Invalid tensor data type", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"nsupported tensor type", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"This is an invalid model", ASSAY_INVALID_MODEL, 0},
    {"ShapeInferenceError", ASSAY_INVALID_MODEL, 0},
    {"TypeInferenceError", ASSAY_INVALID_MODEL, 0},
    // A kernel's condition on its attributes: the model is refused, nothing went wrong.
    {" was false.", ASSAY_INVALID_MODEL, 0},
};

static const meaning when_executing[] = {
    {"bad_alloc", ASSAY_OUT_OF_MEMORY, 0},
    {"Failed to allocate memory", ASSAY_OUT_OF_MEMORY, 0},
    {"is not currently registered or supported", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Integer division by zero", ASSAY_INVALID_INPUT, 0},
    // Gaps that a kernel only names when it runs: an element type, a number of dimensions.
    {"data type is not supported with", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"operator does not support double yet", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"mode only supports:", ASSAY_UNSUPPORTED, ASSAY_REASON_RANK},
    // Memory was provided for an output of the declared shape, which the execution contradicts.
    {"shape verification failed", ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE},
    {"but the computed output shape for this run is", ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE},
};

static const meaning *find(const meaning *table, size_t count, const char *text) {
  for (size_t i = 0; i < count; i++) {
    if (strstr(text, table[i].phrase) != NULL) return &table[i];
  }
  return NULL;
}

static assay_status report(const ort_api *api, ort_status *failure, const meaning *known,
                           assay_status otherwise, assay_message *why) {
  const assay_status status = known != NULL ? known->status : otherwise;
  assay_reason reason = known != NULL ? known->reason : 0;
  if (status == ASSAY_UNSUPPORTED && reason == 0) reason = ASSAY_REASON_OTHER;
  explain(why, status, reason, "ONNX Runtime, code %d: %s", (int)api->error_code(failure),
          api->error_message(failure));
  api->release_status(failure);
  return status;
}

assay_status compile_failure(const ort_api *api, ort_status *failure, assay_message *why) {
  const meaning *known = find(when_compiling, sizeof when_compiling / sizeof *when_compiling,
                              api->error_message(failure));
  assay_status otherwise = ASSAY_INTERNAL_ERROR;
  switch (api->error_code(failure)) {
    case ORT_NOT_IMPLEMENTED: otherwise = ASSAY_UNSUPPORTED; break;
    case ORT_INVALID_GRAPH:
    case ORT_INVALID_PROTOBUF:
    case ORT_INVALID_ARGUMENT: otherwise = ASSAY_INVALID_MODEL; break;
    default: break;
  }
  return report(api, failure, known, otherwise, why);
}

assay_status execute_failure(const ort_api *api, ort_status *failure, assay_message *why) {
  const meaning *known = find(when_executing, sizeof when_executing / sizeof *when_executing,
                              api->error_message(failure));
  assay_status otherwise = ASSAY_INTERNAL_ERROR;
  switch (api->error_code(failure)) {
    case ORT_NOT_IMPLEMENTED: otherwise = ASSAY_UNSUPPORTED; break;
    case ORT_INVALID_ARGUMENT: otherwise = ASSAY_INVALID_INPUT; break;
    default: break;
  }
  return report(api, failure, known, otherwise, why);
}

assay_status internal_failure(const ort_api *api, ort_status *failure, assay_message *why) {
  return report(api, failure, NULL, ASSAY_INTERNAL_ERROR, why);
}
