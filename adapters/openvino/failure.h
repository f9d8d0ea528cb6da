// Failures of the runtime as statuses of the standard interface.
#ifndef ASSAY_OV_FAILURE_H
#define ASSAY_OV_FAILURE_H

#include "explanation.h"
#include "ov_library.h"

// Turns the last failure of the runtime while it reads, compiles or executes a model into a status
// with its message.
assay_status reading_failure(const ov_library *library, ov_status_e failure, assay_message *why);
assay_status compile_failure(const ov_library *library, ov_status_e failure, assay_message *why);
assay_status execute_failure(const ov_library *library, ov_status_e failure, assay_message *why);

// The same for a call that fails for no reason of the caller's.
assay_status internal_failure(const ov_library *library, ov_status_e failure, assay_message *why);

#endif
