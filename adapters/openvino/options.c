// The options of create and compile.
#include "options.h"

#include <string.h>

#include "json_members.h"

static bool read_member(cursor *in, const char *name, void *into) {
  options *out = into;
  if (strcmp(name, "library") == 0) {
    return read_text_value(in, out->library, sizeof out->library);
  }
  if (strcmp(name, "device") == 0) return read_text_value(in, out->device, sizeof out->device);
  if (strcmp(name, "inference_precision") == 0) {
    return read_text_value(in, out->inference_precision, sizeof out->inference_precision);
  }
  if (strcmp(name, "execution_mode") == 0) {
    return read_text_value(in, out->execution_mode, sizeof out->execution_mode);
  }
  if (strcmp(name, "numericMode") == 0) {
    return read_text_value(in, out->numeric_mode, sizeof out->numeric_mode);
  }
  if (strcmp(name, "threads") == 0) return read_integer_value(in, 1, 4096, &out->threads);
  if (strcmp(name, "streams") == 0) return read_integer_value(in, 1, 4096, &out->streams);
  return skip_value(in);
}

assay_status read_options(assay_text json, options *out, assay_message *why) {
  *out = (options){.threads = 0};
  return read_members(json, read_member, out, why);
}
