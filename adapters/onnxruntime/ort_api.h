// The part of ONNX Runtime's C interface that the adapter uses.
//
// The runtime exports one function, which returns a base table; that returns an append-only table
// of functions for a requested version. The wheel carries no header, so the members are declared
// here by position: the position of a function never changes once it was released. ort_check.c
// tests the table before anything relies on it.
#ifndef ASSAY_ORT_API_H
#define ASSAY_ORT_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assay_backend.h"

typedef struct ort_status ort_status;
typedef struct ort_env ort_env;
typedef struct ort_options ort_options;
typedef struct ort_session ort_session;
typedef struct ort_run_options ort_run_options;
typedef struct ort_value ort_value;
typedef struct ort_memory ort_memory;
typedef struct ort_allocator ort_allocator;
typedef struct ort_type ort_type;
typedef struct ort_tensor_type ort_tensor_type;
typedef struct ort_sequence_type ort_sequence_type;
typedef struct ort_optional_type ort_optional_type;

// The version of the table that is asked for: the first with all the functions below.
#define ORT_TABLE_VERSION 17u

#define ORT_LOG_ERROR 3
#define ORT_LOG_FATAL 4
#define ORT_ARENA_ALLOCATOR 1
#define ORT_MEMORY_DEFAULT 0

// Error codes.
#define ORT_FAIL 1
#define ORT_INVALID_ARGUMENT 2
#define ORT_RUNTIME_EXCEPTION 6
#define ORT_INVALID_PROTOBUF 7
#define ORT_NOT_IMPLEMENTED 9
#define ORT_INVALID_GRAPH 10

// Kinds of values.
#define ORT_KIND_TENSOR 1
#define ORT_KIND_SEQUENCE 2
#define ORT_KIND_MAP 3
#define ORT_KIND_SPARSE_TENSOR 5
#define ORT_KIND_OPTIONAL 6

// ORT_FUNCTION(position, name, result, parameters)
#define ORT_FUNCTIONS                                                                             \
  ORT_FUNCTION(0, create_status, ort_status *, (int32_t code, const char *text))                  \
  ORT_FUNCTION(1, error_code, int32_t, (const ort_status *))                                      \
  ORT_FUNCTION(2, error_message, const char *, (const ort_status *))                              \
  ORT_FUNCTION(3, create_env, ort_status *, (int32_t level, const char *name, ort_env **))        \
  ORT_FUNCTION(6, disable_telemetry, ort_status *, (const ort_env *))                             \
  ORT_FUNCTION(8, create_session, ort_status *,                                                   \
               (const ort_env *, const void *model, size_t size, const ort_options *,             \
                ort_session **))                                                                  \
  ORT_FUNCTION(9, run, ort_status *,                                                              \
               (ort_session *, const ort_run_options *, const char *const *input_names,           \
                const ort_value *const *inputs, size_t input_count,                               \
                const char *const *output_names, size_t output_count, ort_value **outputs))       \
  ORT_FUNCTION(10, create_options, ort_status *, (ort_options **))                                \
  ORT_FUNCTION(22, set_log_level, ort_status *, (ort_options *, int level))                       \
  ORT_FUNCTION(23, set_optimisation, ort_status *, (ort_options *, int32_t level))                \
  ORT_FUNCTION(24, set_intra_threads, ort_status *, (ort_options *, int count))                   \
  ORT_FUNCTION(25, set_inter_threads, ort_status *, (ort_options *, int count))                   \
  ORT_FUNCTION(31, output_count, ort_status *, (const ort_session *, size_t *))                   \
  ORT_FUNCTION(34, output_type, ort_status *, (const ort_session *, size_t, ort_type **))         \
  ORT_FUNCTION(37, output_name, ort_status *,                                                     \
               (const ort_session *, size_t, ort_allocator *, char **))                           \
  ORT_FUNCTION(48, create_tensor, ort_status *,                                                   \
               (ort_allocator *, const int64_t *dims, size_t rank, int32_t type, ort_value **))   \
  ORT_FUNCTION(49, view_tensor, ort_status *,                                                     \
               (const ort_memory *, void *bytes, size_t count, const int64_t *dims, size_t rank,  \
                int32_t type, ort_value **))                                                      \
  ORT_FUNCTION(51, tensor_bytes, ort_status *, (ort_value *, void **))                            \
  ORT_FUNCTION(53, string_length, ort_status *, (const ort_value *, size_t *))                    \
  ORT_FUNCTION(54, string_content, ort_status *,                                                  \
               (const ort_value *, void *bytes, size_t size, size_t *offsets, size_t count))      \
  ORT_FUNCTION(55, as_tensor_type, ort_status *, (const ort_type *, const ort_tensor_type **))    \
  ORT_FUNCTION(56, type_kind, ort_status *, (const ort_type *, int32_t *))                        \
  ORT_FUNCTION(60, element_type, ort_status *, (const ort_tensor_type *, int32_t *))              \
  ORT_FUNCTION(61, rank, ort_status *, (const ort_tensor_type *, size_t *))                       \
  ORT_FUNCTION(62, dims, ort_status *, (const ort_tensor_type *, int64_t *, size_t))              \
  ORT_FUNCTION(65, tensor_type, ort_status *, (const ort_value *, ort_tensor_type **))            \
  ORT_FUNCTION(67, value_kind, ort_status *, (const ort_value *, int32_t *))                      \
  ORT_FUNCTION(69, create_cpu_memory, ort_status *, (int32_t, int32_t, ort_memory **))            \
  ORT_FUNCTION(76, allocator_free, ort_status *, (ort_allocator *, void *))                       \
  ORT_FUNCTION(78, default_allocator, ort_status *, (ort_allocator **))                           \
  ORT_FUNCTION(80, element, ort_status *,                                                         \
               (const ort_value *, int index, ort_allocator *, ort_value **))                     \
  ORT_FUNCTION(81, element_count, ort_status *, (const ort_value *, size_t *))                    \
  ORT_FUNCTION(82, create_value, ort_status *,                                                    \
               (const ort_value *const *parts, size_t count, int32_t kind, ort_value **))         \
  ORT_FUNCTION(92, release_env, void, (ort_env *))                                                \
  ORT_FUNCTION(93, release_status, void, (ort_status *))                                          \
  ORT_FUNCTION(94, release_memory, void, (ort_memory *))                                          \
  ORT_FUNCTION(95, release_session, void, (ort_session *))                                        \
  ORT_FUNCTION(96, release_value, void, (ort_value *))                                            \
  ORT_FUNCTION(98, release_type, void, (ort_type *))                                              \
  ORT_FUNCTION(99, release_tensor_type, void, (ort_tensor_type *))                                \
  ORT_FUNCTION(100, release_options, void, (ort_options *))                                       \
  ORT_FUNCTION(104, as_sequence_type, ort_status *,                                               \
               (const ort_type *, const ort_sequence_type **))                                    \
  ORT_FUNCTION(107, sequence_element_type, ort_status *, (const ort_sequence_type *, ort_type **)) \
  ORT_FUNCTION(130, set_config, ort_status *, (ort_options *, const char *, const char *))        \
  ORT_FUNCTION(192, has_value, ort_status *, (const ort_value *, int *))                          \
  ORT_FUNCTION(250, as_optional_type, ort_status *,                                               \
               (const ort_type *, const ort_optional_type **))                                    \
  ORT_FUNCTION(251, optional_contained_type, ort_status *,                                        \
               (const ort_optional_type *, ort_type **))                                          \
  ORT_FUNCTION(252, string_buffer, ort_status *,                                                  \
               (ort_value *, size_t index, size_t length, char **))                               \
  ORT_FUNCTION(254, build_description, const char *, (void))                                      \
  ORT_FUNCTION(273, set_deterministic, ort_status *, (ort_options *, bool))

// The functions by name, and the version the library states.
typedef struct ort_api {
  char version[32];
#define ORT_FUNCTION(position, name, result, parameters) result(*name) parameters;
  ORT_FUNCTIONS
#undef ORT_FUNCTION
} ort_api;

// Loads the runtime once per process and checks its table. `path` may be NULL: then the
// environment variable ASSAY_ONNXRUNTIME_LIBRARY, then a libonnxruntime.so* beside the adapter.
// The library stays loaded, because its static destructors do not survive being unloaded.
assay_status ort_load(const char *path, const ort_api **out, assay_message *why);

// Tests that the functions are what their positions say. False: `why` names the first that is not.
bool ort_check(const ort_api *api, const char **why);

#endif
