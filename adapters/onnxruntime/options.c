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
  if (strcmp(name, "graphOptimisation") == 0) {
    return read_text_value(in, out->optimisation, sizeof out->optimisation);
  }
  if (strcmp(name, "numericMode") == 0) {
    return read_text_value(in, out->numeric_mode, sizeof out->numeric_mode);
  }
  if (strcmp(name, "threads") == 0) return read_integer_value(in, 1, 4096, &out->threads);
  return skip_value(in);
}

assay_status read_options(assay_text json, options *out, assay_message *why) {
  *out = (options){.threads = 0};
  return read_members(json, read_member, out, why);
}
