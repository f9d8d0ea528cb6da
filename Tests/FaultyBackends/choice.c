// The list of faults, and the choice of one by options.
#include "faults.h"

#include <string.h>

static const struct {
  const char *name, *expected;
} list[] = {
#define FAULT_ENTRY(identifier, name, expected) {name, expected},
    FAULTY_BACKENDS_LIST(FAULT_ENTRY)
#undef FAULT_ENTRY
};

size_t faulty_backends_count(void) { return fault_count; }

const char *faulty_backends_name(size_t index) {
  return index < fault_count ? list[index].name : NULL;
}

const char *faulty_backends_expected(size_t index) {
  return index < fault_count ? list[index].expected : NULL;
}

static size_t skip(assay_text text, size_t at, const char *bytes) {
  while (at < text.length && text.bytes[at] != 0 && strchr(bytes, text.bytes[at]) != NULL) at++;
  return at;
}

static size_t find(assay_text text, size_t at, const char *word) {
  const size_t length = strlen(word);
  for (; at + length <= text.length; at++)
    if (memcmp(text.bytes + at, word, length) == 0) return at;
  return text.length;
}

bool chosen_fault(assay_text options_json, fault *chosen) {
  static const char key[] = "\"fault\"";
  *chosen = fault_none;
  size_t start = find(options_json, 0, key);
  if (start == options_json.length) return true;
  start = skip(options_json, start + strlen(key), ": \t\r\n\"");
  const size_t length = find(options_json, start, "\"") - start;
  for (int i = 0; i < fault_count; i++) {
    bool same = strlen(list[i].name) == length &&
                memcmp(list[i].name, options_json.bytes + start, length) == 0;
    if (same) *chosen = (fault)i;
    if (same) return true;
  }
  return false;
}
