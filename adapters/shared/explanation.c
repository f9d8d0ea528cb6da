// Explaining a refusal through the standard interface.
#include "explanation.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

assay_status explain(assay_message *why, assay_status status, assay_reason reason,
                     const char *format, ...) {
  char text[2048];
  va_list values;
  va_start(values, format);
  const int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  size_t count = length < 0 ? 0 : (size_t)length;
  if (count >= sizeof text) count = sizeof text - 1;
  if (count > why->capacity) count = why->capacity;
  // Cut at the border of a character: a continuation byte has the high bits 10.
  if (length >= 0 && count < (size_t)length) {
    while (count > 0 && ((unsigned char)text[count] & 0xc0) == 0x80) count--;
  }
  memcpy(why->buffer, text, count);
  why->length = count;
  why->reason = reason;
  return status;
}

assay_status out_of_memory(assay_message *why) {
  return explain(why, ASSAY_OUT_OF_MEMORY, 0, "no host memory");
}
