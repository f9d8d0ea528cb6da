// A reader for JSON objects of which a few members matter.
#ifndef ASSAY_ADAPTER_JSON_MEMBERS_H
#define ASSAY_ADAPTER_JSON_MEMBERS_H

#include <stdbool.h>

#include "assay_backend.h"

// The rest of a text.
typedef struct {
  const char *at, *end;
} cursor;

// Reads the value of the member `name` into `into`. False: the value is unusable or malformed.
typedef bool member_reader(cursor *in, const char *name, void *into);

// Hands every member of the object to `read`. The empty text counts as {}.
assay_status read_members(assay_text json, member_reader *read, void *into, assay_message *why);

// For readers of members. False: malformed, of another kind, too long or out of range.
bool read_text_value(cursor *in, char *out, size_t capacity);
bool read_integer_value(cursor *in, int64_t least, int64_t most, int64_t *out);
bool skip_value(cursor *in);

#endif
