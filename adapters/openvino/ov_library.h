// The part of OpenVINO's C interface that the adapter uses.
//
// The signatures come from the headers of the wheel, the functions from a library that is loaded
// when a session is created: the adapter is not linked against OpenVINO.
#ifndef ASSAY_OV_LIBRARY_H
#define ASSAY_OV_LIBRARY_H

#include "assay_backend.h"
#include "openvino/c/openvino.h"

#define OV_FUNCTIONS                              \
  OV_FUNCTION(ov_get_openvino_version)            \
  OV_FUNCTION(ov_version_free)                    \
  OV_FUNCTION(ov_get_last_err_msg)                \
  OV_FUNCTION(ov_get_error_info)                  \
  OV_FUNCTION(ov_free)                            \
  OV_FUNCTION(ov_core_create)                     \
  OV_FUNCTION(ov_core_free)                       \
  OV_FUNCTION(ov_core_set_property)               \
  OV_FUNCTION(ov_core_get_property)               \
  OV_FUNCTION(ov_core_read_model_from_memory_buffer) \
  OV_FUNCTION(ov_core_compile_model)              \
  OV_FUNCTION(ov_model_free)                      \
  OV_FUNCTION(ov_compiled_model_free)             \
  OV_FUNCTION(ov_compiled_model_input_by_name)    \
  OV_FUNCTION(ov_compiled_model_outputs_size)     \
  OV_FUNCTION(ov_compiled_model_output_by_index)  \
  OV_FUNCTION(ov_compiled_model_create_infer_request) \
  OV_FUNCTION(ov_port_get_element_type)           \
  OV_FUNCTION(ov_port_get_partial_shape)          \
  OV_FUNCTION(ov_partial_shape_free)              \
  OV_FUNCTION(ov_output_const_port_free)          \
  OV_FUNCTION(ov_infer_request_set_tensor)        \
  OV_FUNCTION(ov_infer_request_set_output_tensor_by_index) \
  OV_FUNCTION(ov_infer_request_get_output_tensor_by_index) \
  OV_FUNCTION(ov_infer_request_start_async)       \
  OV_FUNCTION(ov_infer_request_wait)              \
  OV_FUNCTION(ov_infer_request_free)              \
  OV_FUNCTION(ov_tensor_create)                   \
  OV_FUNCTION(ov_tensor_create_from_host_ptr)     \
  OV_FUNCTION(ov_tensor_get_element_type)         \
  OV_FUNCTION(ov_tensor_get_shape)                \
  OV_FUNCTION(ov_tensor_get_byte_size)            \
  OV_FUNCTION(ov_tensor_data)                     \
  OV_FUNCTION(ov_tensor_free)                     \
  OV_FUNCTION(ov_shape_free)

// The functions by name, and the version the library states.
typedef struct {
  char version[64];
#define OV_FUNCTION(name) __typeof__(name) *name;
  OV_FUNCTIONS
#undef OV_FUNCTION
} ov_library;

// Loads the runtime once per process and tests its numbering of element types. `path` may be
// empty: then the environment variable ASSAY_OPENVINO_LIBRARY, then a libopenvino_c.so* beside
// the adapter. The library stays loaded: its plug-ins do not survive being unloaded.
assay_status ov_load(const char *path, const ov_library **out, assay_message *why);

#endif
