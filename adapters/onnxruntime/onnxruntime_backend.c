// ONNX Runtime behind the standard interface: sessions and the exported table.
//
// The adapter adds nothing to what the runtime computes and declares no capabilities: whatever
// the runtime takes is tried. It computes with the CPU provider, one thread unless the option
// "threads" says otherwise, and the runtime's default graph optimisations.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "failure.h"
#include "options.h"

static bool optimisation_level(const char *name, int32_t *level) {
  static const struct { const char *name; int32_t level; } levels[] = {
      {"none", 0}, {"basic", 1}, {"extended", 2}, {"all", 99}};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    if (strcmp(levels[i].name, name) == 0) return *level = levels[i].level, true;
  }
  return false;
}

static ort_status *configure(assay_backend *backend, const options *wanted) {
  const ort_api *api = backend->api;
  ort_status *failure = api->create_options(&backend->options);
  const int threads = wanted->threads > 0 ? (int)wanted->threads : 1;
  if (failure == NULL) failure = api->set_log_level(backend->options, ORT_LOG_ERROR);
  if (failure == NULL) failure = api->set_intra_threads(backend->options, threads);
  if (failure == NULL) failure = api->set_inter_threads(backend->options, 1);
  if (failure == NULL) failure = api->set_deterministic(backend->options, true);
  // Idle threads that spin would take time from other workers on the machine.
  if (failure == NULL) {
    failure = api->set_config(backend->options, "session.intra_op.allow_spinning", "0");
  }
  int32_t level = 0;
  if (failure == NULL && optimisation_level(wanted->optimisation, &level)) {
    failure = api->set_optimisation(backend->options, level);
  }
  return failure;
}

static ort_status *open_backend(assay_backend *backend, const options *wanted) {
  const ort_api *api = backend->api;
  ort_status *failure = api->create_env(ORT_LOG_ERROR, "assay", &backend->env);
  if (failure == NULL) failure = api->disable_telemetry(backend->env);
  if (failure == NULL) failure = configure(backend, wanted);
  if (failure == NULL) {
    failure = api->create_cpu_memory(ORT_ARENA_ALLOCATOR, ORT_MEMORY_DEFAULT, &backend->memory);
  }
  if (failure == NULL) failure = api->default_allocator(&backend->allocator);
  return failure;
}

static void destroy(assay_backend *backend) {
  const ort_api *api = backend->api;
  if (backend->memory != NULL) api->release_memory(backend->memory);
  if (backend->options != NULL) api->release_options(backend->options);
  if (backend->env != NULL) api->release_env(backend->env);
  free(backend);
}

static void write_description(assay_backend *backend) {
  const int length = snprintf(
      backend->description, sizeof backend->description,
      "{\"schema\":\"assay.describe/1\",\"identity\":{\"vendor\":\"ONNX Runtime project\","
      "\"product\":\"ONNX Runtime\",\"version\":\"%s\",\"device\":\"cpu\","
      "\"driver\":\"CPUExecutionProvider\"},"
      "\"numericModes\":[{\"name\":\"strict-fp32\"}],\"determinism\":\"D1\"}",
      backend->api->version);
  backend->description_length = (size_t)length;
}

static assay_status create(assay_text json, assay_backend **out, assay_message *why) {
  options wanted;
  assay_status status = read_options(json, &wanted, why);
  if (status != ASSAY_OK) return status;
  int32_t level = 0;
  if (wanted.optimisation[0] != '\0' && !optimisation_level(wanted.optimisation, &level)) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "graphOptimisation is none, basic, extended or "
                   "all, not \"%s\"", wanted.optimisation);
  }
  if (wanted.device[0] != '\0' && strcmp(wanted.device, "cpu") != 0) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "there is only the device \"cpu\", not \"%s\"",
                   wanted.device);
  }
  assay_backend *backend = calloc(1, sizeof *backend);
  if (backend == NULL) return out_of_memory(why);
  status = ort_load(wanted.library, &backend->api, why);
  if (status != ASSAY_OK) {
    free(backend);
    return status;
  }
  ort_status *failure = open_backend(backend, &wanted);
  if (failure != NULL) {
    status = internal_failure(backend->api, failure, why);
    destroy(backend);
    return status;
  }
  write_description(backend);
  *out = backend;
  return ASSAY_OK;
}

static assay_status describe(assay_backend *backend, assay_text *json, assay_message *why) {
  (void)why;
  *json = (assay_text){backend->description, backend->description_length};
  return ASSAY_OK;
}

static const assay_value *result_values(const assay_result *result, size_t *count) {
  *count = result->count;
  return result->values;
}

ASSAY_EXPORT const assay_api *assay_backend_api(uint32_t requested_version) {
  static const assay_api api = {
      .struct_size = sizeof(assay_api),
      .abi_version = ASSAY_ABI_VERSION,
      .create = create,
      .describe = describe,
      .compile = adapter_compile,
      .execute = adapter_execute,
      .result_values = result_values,
      .release_result = adapter_release_result,
      .release_executable = adapter_release_executable,
      .destroy = destroy,
      .execute_into = adapter_execute_into,
  };
  return requested_version == ASSAY_ABI_VERSION ? &api : NULL;
}
