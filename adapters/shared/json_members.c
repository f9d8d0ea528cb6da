// A reader for JSON objects of which a few members matter.
#include "json_members.h"

#include <stdlib.h>
#include <string.h>

#include "explanation.h"

enum { DEEPEST = 32 };

static void skip_space(cursor *in) {
  while (in->at < in->end && strchr(" \t\r\n", *in->at) != NULL && *in->at != '\0') in->at++;
}

static bool take(cursor *in, char wanted) {
  skip_space(in);
  if (in->at >= in->end || *in->at != wanted) return false;
  in->at++;
  return true;
}

static bool read_hex(cursor *in, unsigned *value) {
  if (in->end - in->at < 4) return false;
  *value = 0;
  for (int i = 0; i < 4; i++) {
    const char digit = *in->at++;
    const char *all = "0123456789abcdef";
    const char *place = digit != '\0' ? strchr(all, digit | (digit >= 'A' ? 0x20 : 0)) : NULL;
    if (place == NULL) return false;
    *value = *value << 4 | (unsigned)(place - all);
  }
  return true;
}

// Appends a code point as UTF-8.
static size_t encode(unsigned point, char *out) {
  if (point < 0x80) return out[0] = (char)point, 1;
  const size_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  for (size_t i = count - 1; i > 0; i--, point >>= 6) out[i] = (char)(0x80 | (point & 0x3f));
  out[0] = (char)(0xf00u >> count | point);
  return count;
}

static bool read_escape(cursor *in, char *out, size_t *count) {
  if (in->at >= in->end) return false;
  const char kind = *in->at++;
  const char *names = "\"\\/bfnrt", *values = "\"\\/\b\f\n\r\t";
  if (kind == 'u') {
    unsigned high, low;
    if (!read_hex(in, &high)) return false;
    if (high >= 0xd800 && high < 0xdc00) {
      if (in->end - in->at < 6 || in->at[0] != '\\' || in->at[1] != 'u') return false;
      in->at += 2;
      if (!read_hex(in, &low) || low < 0xdc00 || low > 0xdfff) return false;
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
    *count = encode(high, out);
    return high != 0 && (high < 0xdc00 || high > 0xdfff);
  }
  const char *place = kind != '\0' ? strchr(names, kind) : NULL;
  if (place == NULL) return false;
  out[0] = values[place - names];
  *count = 1;
  return true;
}

// Reads a string into `out`, zero-terminated. False: malformed. One too long sets *fits to false.
static bool read_string(cursor *in, char *out, size_t capacity, bool *fits) {
  size_t length = 0;
  *fits = true;
  if (!take(in, '"')) return false;
  while (in->at < in->end && *in->at != '"') {
    char piece[4] = {*in->at++};
    size_t count = 1;
    if ((unsigned char)piece[0] < 0x20) return false;
    if (piece[0] == '\\' && !read_escape(in, piece, &count)) return false;
    if (length + count >= capacity) {
      *fits = false;
      continue;
    }
    memcpy(out + length, piece, count);
    length += count;
  }
  out[length] = '\0';
  return take(in, '"');
}

// Reads a number, true, false or null as text.
static bool read_word(cursor *in, char *out, size_t capacity) {
  size_t length = 0;
  skip_space(in);
  while (in->at < in->end && *in->at != '\0' && strchr(",]} \t\r\n", *in->at) == NULL) {
    if (length + 1 >= capacity) return false;
    out[length++] = *in->at++;
  }
  out[length] = '\0';
  if (strcmp(out, "true") == 0 || strcmp(out, "false") == 0 || strcmp(out, "null") == 0) {
    return true;
  }
  return length > 0 && strspn(out, "+-.0123456789eE") == length;
}

static bool skip_nested(cursor *in, int depth) {
  char ignored[512];
  bool fits;
  skip_space(in);
  if (in->at >= in->end || depth > DEEPEST) return false;
  if (*in->at == '"') return read_string(in, ignored, sizeof ignored, &fits);
  if (*in->at != '{' && *in->at != '[') return read_word(in, ignored, sizeof ignored);
  const bool object = *in->at++ == '{';
  const char close = object ? '}' : ']';
  if (take(in, close)) return true;
  do {
    if (object && (!read_string(in, ignored, sizeof ignored, &fits) || !take(in, ':'))) {
      return false;
    }
    if (!skip_nested(in, depth + 1)) return false;
  } while (take(in, ','));
  return take(in, close);
}

bool skip_value(cursor *in) { return skip_nested(in, 0); }

bool read_text_value(cursor *in, char *out, size_t capacity) {
  bool fits;
  return read_string(in, out, capacity, &fits) && fits;
}

bool read_integer_value(cursor *in, int64_t least, int64_t most, int64_t *out) {
  char word[32], *end;
  if (!read_word(in, word, sizeof word)) return false;
  *out = strtoll(word, &end, 10);
  return *end == '\0' && *out >= least && *out <= most;
}

assay_status read_members(assay_text json, member_reader *read, void *into, assay_message *why) {
  if (json.length == 0) return ASSAY_OK;
  cursor in = {json.bytes, json.bytes + json.length};
  bool well_formed = take(&in, '{');
  if (well_formed && !take(&in, '}')) {
    do {
      char name[128];
      bool fits;
      if (!read_string(&in, name, sizeof name, &fits) || !take(&in, ':')) {
        well_formed = false;
      } else if (!read(&in, name, into)) {
        return explain(why, ASSAY_INVALID_INPUT, 0, "the option \"%s\" has an unusable value",
                       name);
      }
    } while (well_formed && take(&in, ','));
    well_formed = well_formed && take(&in, '}');
  }
  skip_space(&in);
  if (!well_formed || in.at != in.end) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "the options are no JSON object");
  }
  return ASSAY_OK;
}
