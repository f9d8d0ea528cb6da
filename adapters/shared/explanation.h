// Explaining a refusal through the standard interface.
#ifndef ASSAY_ADAPTER_EXPLANATION_H
#define ASSAY_ADAPTER_EXPLANATION_H

#include "assay_backend.h"

// Writes a printf-style sentence into `why` and returns `status`.
assay_status explain(assay_message *why, assay_status status, assay_reason reason,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

assay_status out_of_memory(assay_message *why);

#endif
