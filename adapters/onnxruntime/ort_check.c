// Tests of the function table, made before anything relies on it.
//
// The positions of ort_api.h are checked by behaviour: a status must carry the code and the text
// it was made of, the build description must be one, and a model that adds two numbers must
// give the sum through the same calls that cases take. A table with other functions at these
// positions fails here with a message, or at worst ends the worker before any case ran.
#include <string.h>

#include "element_types.h"
#include "onnx_bytes.h"
#include "ort_api.h"

static bool status_round_trip(const ort_api *api) {
  ort_status *status = api->create_status(ORT_NOT_IMPLEMENTED, "assay");
  if (status == NULL) return false;
  const char *text = api->error_message(status);
  const bool same = api->error_code(status) == ORT_NOT_IMPLEMENTED && text != NULL &&
                    strcmp(text, "assay") == 0;
  api->release_status(status);
  return same;
}

// True when the call succeeded; releases its status.
static bool worked(const ort_api *api, ort_status *status) {
  if (status != NULL) api->release_status(status);
  return status == NULL;
}

static void write_sum_model(writer *out) {
  const int64_t dims[] = {2};
  writer type = {.count = 0}, node = {.count = 0}, graph = {.count = 0};
  write_tensor_type(&type, ASSAY_TYPE_F32, dims, 1);
  write_text(&node, NODE_INPUT, "a");
  write_text(&node, NODE_INPUT, "b");
  write_text(&node, NODE_OUTPUT, "c");
  write_text(&node, NODE_OPERATOR, "Add");
  write_message(&graph, GRAPH_NODE, &node);
  write_text(&graph, GRAPH_NAME, "sum");
  write_value(&graph, GRAPH_INPUT, "a", &type);
  write_value(&graph, GRAPH_INPUT, "b", &type);
  write_value(&graph, GRAPH_OUTPUT, "c", &type);
  write_model(out, &graph, 14);
}

// Adds {1, -2} and {0.5, 8}: {1.5, 6} in binary32 whatever the order of operations.
static bool sum_is_right(const ort_api *api, ort_session *session, ort_memory *memory) {
  static const char *const inputs[] = {"a", "b"}, *const outputs[] = {"c"};
  float a[] = {1, -2}, b[] = {0.5f, 8};
  const int64_t dims[] = {2};
  ort_value *values[2] = {NULL, NULL}, *sum = NULL;
  ort_tensor_type *type = NULL;
  int32_t kind = 0, element = 0;
  size_t rank = 0;
  int64_t extent = 0;
  void *bytes = NULL;
  const bool ran =
      worked(api, api->view_tensor(memory, a, sizeof a, dims, 1, 1, &values[0])) &&
      worked(api, api->view_tensor(memory, b, sizeof b, dims, 1, 1, &values[1])) &&
      worked(api, api->run(session, NULL, inputs, (const ort_value *const *)values, 2, outputs, 1,
                           &sum)) &&
      worked(api, api->value_kind(sum, &kind)) && kind == ORT_KIND_TENSOR &&
      worked(api, api->tensor_type(sum, &type)) &&
      worked(api, api->element_type(type, &element)) && element == 1 &&
      worked(api, api->rank(type, &rank)) && rank == 1 &&
      worked(api, api->dims(type, &extent, 1)) && extent == 2 &&
      worked(api, api->tensor_bytes(sum, &bytes));
  const float expected[] = {1.5f, 6};
  const bool right = ran && memcmp(bytes, expected, sizeof expected) == 0;
  if (type != NULL) api->release_tensor_type(type);
  if (sum != NULL) api->release_value(sum);
  for (int i = 0; i < 2; i++) {
    if (values[i] != NULL) api->release_value(values[i]);
  }
  return right;
}

static bool model_runs(const ort_api *api, ort_env *env) {
  writer model = {.count = 0};
  write_sum_model(&model);
  ort_options *options = NULL;
  ort_session *session = NULL;
  ort_memory *memory = NULL;
  size_t outputs = 0;
  const bool right =
      is_complete(&model) && worked(api, api->create_options(&options)) &&
      worked(api, api->set_intra_threads(options, 1)) &&
      worked(api, api->set_inter_threads(options, 1)) &&
      worked(api, api->create_session(env, model.bytes, model.count, options, &session)) &&
      worked(api, api->output_count(session, &outputs)) && outputs == 1 &&
      worked(api, api->create_cpu_memory(ORT_ARENA_ALLOCATOR, ORT_MEMORY_DEFAULT, &memory)) &&
      sum_is_right(api, session, memory);
  if (memory != NULL) api->release_memory(memory);
  if (session != NULL) api->release_session(session);
  if (options != NULL) api->release_options(options);
  return right;
}

bool ort_check(const ort_api *api, const char **why) {
  *why = "a status does not carry its code and text";
  if (!status_round_trip(api)) return false;
  *why = "there is no description of the build";
  const char *build = api->build_description();
  if (build == NULL || strstr(build, "ORT Build Info") == NULL) return false;
  *why = "no environment can be made";
  ort_env *env = NULL;
  if (!worked(api, api->create_env(ORT_LOG_FATAL, "assay", &env)) || env == NULL) return false;
  *why = "a model that adds two numbers does not give their sum";
  const bool right = model_runs(api, env);
  api->release_env(env);
  return right;
}
