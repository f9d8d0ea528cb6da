// OpenVINO behind the standard interface: sessions and the exported table.
//
// The adapter adds nothing to what the runtime computes and declares no capabilities: whatever
// the runtime takes is tried, on the CPU device, with one thread in one stream unless an option
// says otherwise. The hints that decide about precision are left to the runtime unless an option
// names them; what is in force then stands in the description.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "failure.h"
#include "options.h"

static ov_status_e set(assay_backend *backend, const char *key, const char *value) {
  return backend->library->ov_core_set_property(backend->core, OV_DEVICE, key, value);
}

static ov_status_e configure(assay_backend *backend, const options *wanted) {
  char threads[24], streams[24], mode[sizeof wanted->execution_mode];
  snprintf(threads, sizeof threads, "%d", wanted->threads > 0 ? (int)wanted->threads : 1);
  snprintf(streams, sizeof streams, "%d", wanted->streams > 0 ? (int)wanted->streams : 1);
  ov_status_e failure = set(backend, "INFERENCE_NUM_THREADS", threads);
  if (failure == OK) failure = set(backend, "NUM_STREAMS", streams);
  if (failure == OK && wanted->inference_precision[0] != '\0') {
    failure = set(backend, "INFERENCE_PRECISION_HINT", wanted->inference_precision);
  }
  if (failure == OK && wanted->execution_mode[0] != '\0') {
    for (size_t i = 0; i < sizeof mode; i++) {
      mode[i] = (char)toupper((unsigned char)wanted->execution_mode[i]);
    }
    failure = set(backend, "EXECUTION_MODE_HINT", mode);
  }
  return failure;
}

static void destroy(assay_backend *backend) {
  if (backend->core != NULL) backend->library->ov_core_free(backend->core);
  free(backend);
}

// Copies a property of the device; what JSON would have to escape becomes a space.
static void read_property(const assay_backend *backend, const char *key, char *out,
                          size_t capacity) {
  char *value = NULL;
  out[0] = '\0';
  if (backend->library->ov_core_get_property(backend->core, OV_DEVICE, key, &value) != OK) return;
  snprintf(out, capacity, "%s", value);
  backend->library->ov_free(value);
  for (char *at = out; *at != '\0'; at++) {
    if ((unsigned char)*at < 0x20 || (unsigned char)*at > 0x7e || *at == '"' || *at == '\\') {
      *at = ' ';
    }
  }
}

static void write_description(assay_backend *backend) {
  char precision[64], mode[64], threads[64], streams[64];
  read_property(backend, "INFERENCE_PRECISION_HINT", precision, sizeof precision);
  read_property(backend, "EXECUTION_MODE_HINT", mode, sizeof mode);
  read_property(backend, "INFERENCE_NUM_THREADS", threads, sizeof threads);
  read_property(backend, "NUM_STREAMS", streams, sizeof streams);
  for (char *at = mode; *at != '\0'; at++) *at = (char)tolower((unsigned char)*at);
  const int length = snprintf(
      backend->description, sizeof backend->description,
      "{\"schema\":\"assay.describe/1\",\"identity\":{\"vendor\":\"OpenVINO project\","
      "\"product\":\"OpenVINO\",\"version\":\"%s\",\"device\":\"cpu\","
      "\"driver\":\"CPU plug-in: inference_precision=%s execution_mode=%s threads=%s streams=%s\"},"
      "\"numericModes\":[{\"name\":\"strict-fp32\"}],\"determinism\":\"D1\"}",
      backend->library->version, precision, mode, threads, streams);
  backend->description_length = (size_t)length;
}

static assay_status check_options(const options *wanted, assay_message *why) {
  static const char *const precisions[] = {"", "f32", "bf16", "f16", "dynamic"};
  static const char *const modes[] = {"", "performance", "accuracy"};
  bool precision = false, mode = false;
  for (size_t i = 0; i < sizeof precisions / sizeof *precisions; i++) {
    precision = precision || strcmp(precisions[i], wanted->inference_precision) == 0;
  }
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    mode = mode || strcmp(modes[i], wanted->execution_mode) == 0;
  }
  if (!precision) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "inference_precision is f32, bf16, f16 or "
                   "dynamic, not \"%s\"", wanted->inference_precision);
  }
  if (!mode) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "execution_mode is performance or accuracy, not "
                   "\"%s\"", wanted->execution_mode);
  }
  if (wanted->device[0] != '\0' && strcmp(wanted->device, "cpu") != 0) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "there is only the device \"cpu\", not \"%s\"",
                   wanted->device);
  }
  return ASSAY_OK;
}

static assay_status create(assay_text json, assay_backend **out, assay_message *why) {
  options wanted;
  assay_status status = read_options(json, &wanted, why);
  if (status == ASSAY_OK) status = check_options(&wanted, why);
  if (status != ASSAY_OK) return status;
  assay_backend *backend = calloc(1, sizeof *backend);
  if (backend == NULL) return out_of_memory(why);
  status = ov_load(wanted.library, &backend->library, why);
  if (status != ASSAY_OK) {
    free(backend);
    return status;
  }
  ov_status_e failure = backend->library->ov_core_create(&backend->core);
  if (failure == OK) failure = configure(backend, &wanted);
  if (failure != OK) {
    status = internal_failure(backend->library, failure, why);
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
