// The runtime's error codes and messages as statuses of the standard interface.
//
// The codes do not tell: nearly everything is GENERAL_ERROR. The phrases below are those of
// OpenVINO 2026.4.
#include "failure.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
  const char *phrase;
  assay_status status;
  assay_reason reason;
} meaning;

// Looked up in order; the first phrase that occurs decides.
static const meaning meanings[] = {
    {"bad_alloc", ASSAY_OUT_OF_MEMORY, 0},
    {"No conversion rule found for operations", ASSAY_UNSUPPORTED, ASSAY_REASON_OPERATOR},
    // Element types the frontend has no name for, or the plug-in no kernel.
    {"Unsupported data type", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Unknown type", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Unsupported input type", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Check 'input_et == element::", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Check 'is_supported_type'", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"cpu_convert can't convert", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"unsupported src_prc", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Check 'any_of(inPrc", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"CPU plugin does not support", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    // A combination of types: the operators behind the conversion take one type for all inputs.
    {"Check 'element::Type::merge(", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"Check 'validate::out_et(out_et)", ASSAY_UNSUPPORTED, ASSAY_REASON_DTYPE},
    {"with dynamic rank", ASSAY_UNSUPPORTED, ASSAY_REASON_DYNAMIC_SHAPE},
    {"Second tensor is not constant", ASSAY_UNSUPPORTED, ASSAY_REASON_DYNAMIC_SHAPE},
    {"this type of coordinate transformation mode is not supported", ASSAY_UNSUPPORTED,
     ASSAY_REASON_ATTRIBUTE},
    {"Unsupported padding mode", ASSAY_UNSUPPORTED, ASSAY_REASON_ATTRIBUTE},
    {"must be divisible by the block size", ASSAY_UNSUPPORTED, ASSAY_REASON_SHAPE},
    {"DequantizeLinear doesn't support case when dimension", ASSAY_UNSUPPORTED,
     ASSAY_REASON_SHAPE},
    {"Not Implemented", ASSAY_UNSUPPORTED, ASSAY_REASON_OTHER},
};

static const meaning *find(const char *text) {
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    if (strstr(text, meanings[i].phrase) != NULL) return &meanings[i];
  }
  return NULL;
}

static const char *message(const ov_library *library, ov_status_e failure) {
  // A refusal of the C interface itself leaves the message of an earlier failure in place.
  const bool own = failure == INVALID_C_PARAM || failure == NOT_IMPLEMENT_C_METHOD;
  const char *text = own ? NULL : library->ov_get_last_err_msg();
  return text != NULL && text[0] != '\0' ? text : library->ov_get_error_info(failure);
}

// Leaves out where the runtime threw, and puts the message on one line.
static void shorten(const char *text, char *out, size_t capacity) {
  static const char origin[] = "Exception from ";
  size_t length = 0;
  while (*text != '\0' && length + 1 < capacity) {
    if (strncmp(text, origin, sizeof origin - 1) == 0) {
      text += strcspn(text, "\n");
      continue;
    }
    const bool space = *text == ' ' || *text == '\n' || *text == '\t';
    if (!space) {
      out[length++] = *text;
    } else if (length > 0 && out[length - 1] != ' ') {
      out[length++] = ' ';
    }
    text++;
  }
  while (length > 0 && out[length - 1] == ' ') length--;
  out[length] = '\0';
}

static assay_status report(const ov_library *library, ov_status_e failure, assay_status otherwise,
                           assay_message *why) {
  const char *text = message(library, failure);
  const meaning *known = find(text);
  const assay_status status = known != NULL ? known->status : otherwise;
  assay_reason reason = known != NULL ? known->reason : 0;
  if (status == ASSAY_UNSUPPORTED && reason == 0) reason = ASSAY_REASON_OTHER;
  char line[1024];
  shorten(text, line, sizeof line);
  return explain(why, status, reason, "OpenVINO, code %d: %s", (int)failure, line);
}

assay_status reading_failure(const ov_library *library, ov_status_e failure, assay_message *why) {
  return report(library, failure, ASSAY_INVALID_MODEL, why);
}

assay_status compile_failure(const ov_library *library, ov_status_e failure, assay_message *why) {
  return report(library, failure,
                failure == NOT_IMPLEMENTED ? ASSAY_UNSUPPORTED : ASSAY_INTERNAL_ERROR, why);
}

assay_status execute_failure(const ov_library *library, ov_status_e failure, assay_message *why) {
  assay_status otherwise = ASSAY_INTERNAL_ERROR;
  if (failure == NOT_IMPLEMENTED) otherwise = ASSAY_UNSUPPORTED;
  if (failure == PARAMETER_MISMATCH) otherwise = ASSAY_INVALID_INPUT;
  return report(library, failure, otherwise, why);
}

assay_status internal_failure(const ov_library *library, ov_status_e failure, assay_message *why) {
  return explain(why, ASSAY_INTERNAL_ERROR, 0, "OpenVINO, code %d: %s", (int)failure,
                 message(library, failure));
}
