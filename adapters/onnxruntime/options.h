// The options of create and compile: a JSON object.
#ifndef ASSAY_ORT_OPTIONS_H
#define ASSAY_ORT_OPTIONS_H

#include "ort_api.h"

typedef struct {
  char library[4096];     // path of the runtime; empty: see ort_load
  char device[64];        // empty or "cpu"
  char optimisation[16];  // "none", "basic", "extended", "all"; empty: the runtime's default
  char numeric_mode[64];  // of compile; empty: the first declared
  int64_t threads;        // 0: absent
} options;

// Reads the options that are known and checks the form of all. The empty text counts as {}.
assay_status read_options(assay_text json, options *out, assay_message *why);

#endif
