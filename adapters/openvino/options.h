// The options of create and compile: a JSON object.
#ifndef ASSAY_OV_OPTIONS_H
#define ASSAY_OV_OPTIONS_H

#include "assay_backend.h"

// Texts are empty when absent.
typedef struct {
  char library[4096];              // path of libopenvino_c.so; empty: see ov_load
  char device[64];                 // "cpu"
  char inference_precision[16];    // "f32", "bf16", "f16", "dynamic"
  char execution_mode[16];         // "performance", "accuracy"
  char numeric_mode[64];           // of compile
  int64_t threads, streams;        // 0: absent
} options;

// Reads the options that are known and checks the form of all. The empty text counts as {}.
assay_status read_options(assay_text json, options *out, assay_message *why);

#endif
