// Explaining failures through the standard interface.
#ifndef ASSAY_ORT_FAILURE_H
#define ASSAY_ORT_FAILURE_H

#include "explanation.h"
#include "ort_api.h"

// Turns a failure of the runtime while it compiles or executes a model into a status with its
// message. Releases `failure`, which is not NULL.
assay_status compile_failure(const ort_api *api, ort_status *failure, assay_message *why);
assay_status execute_failure(const ort_api *api, ort_status *failure, assay_message *why);

// The same for a call that fails for no reason of the caller's.
assay_status internal_failure(const ort_api *api, ort_status *failure, assay_message *why);

#endif
