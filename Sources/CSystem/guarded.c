#define _GNU_SOURCE
#include "cs_guarded.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { front_canary = 256, largest_alignment = 4096 };

// The canary of the eight bytes at a multiple of eight. It varies, so that no run of equal bytes and
// no shifted copy of a neighbouring canary passes for it.
static uint64_t pattern_word(uintptr_t address) {
  uint64_t mixed = (uint64_t)(address / 8) * UINT64_C(0x9e3779b97f4a7c15);
  return mixed ^ mixed >> 32;
}

// The canary byte at an address.
static uint8_t pattern(const uint8_t *address) {
  uintptr_t place = (uintptr_t)address;
  uint64_t word = pattern_word(place);
  uint8_t bytes[8];
  memcpy(bytes, &word, sizeof bytes);
  return bytes[place % 8];
}

static bool round_up(size_t value, size_t unit, size_t *rounded) {
  if (value > SIZE_MAX - (unit - 1)) return false;
  *rounded = (value + unit - 1) & ~(unit - 1);
  return true;
}

// The writable part of the mapping: without the page on either end.
static uint8_t *writable_start(const cs_guarded *buffer) {
  return buffer->mapping + (size_t)sysconf(_SC_PAGESIZE);
}

static uint8_t *writable_end(const cs_guarded *buffer) {
  return buffer->mapping + buffer->mapping_size - (size_t)sysconf(_SC_PAGESIZE);
}

static void write_canary(uint8_t *p, const uint8_t *end) {
  for (; p < end && (uintptr_t)p % 8 != 0; p++) *p = pattern(p);
  for (; end - p >= 8; p += 8) {
    uint64_t word = pattern_word((uintptr_t)p);
    memcpy(p, &word, sizeof word);
  }
  for (; p < end; p++) *p = pattern(p);
}

// Nearly always true, so that eight bytes are compared at a time and the place of a damaged one is
// looked for afterwards.
static bool holds_canary(const uint8_t *p, const uint8_t *end) {
  for (; p < end && (uintptr_t)p % 8 != 0; p++)
    if (*p != pattern(p)) return false;
  uint64_t difference = 0;
  for (; end - p >= 8; p += 8) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    difference |= word ^ pattern_word((uintptr_t)p);
  }
  for (; p < end; p++) difference |= *p ^ pattern(p);
  return difference == 0;
}

static void write_canaries(const cs_guarded *buffer) {
  write_canary(writable_start(buffer), buffer->bytes);
  write_canary(buffer->bytes + buffer->size, writable_end(buffer));
}

int cs_guarded_alloc(size_t size, size_t alignment, cs_guarded *buffer) {
  bool power_of_two = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!power_of_two || alignment > largest_alignment) return EINVAL;
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t aligned, writable;
  if (!round_up(size, alignment, &aligned)) return ENOMEM;
  if (aligned > SIZE_MAX - front_canary) return ENOMEM;
  if (!round_up(aligned + front_canary, page, &writable)) return ENOMEM;
  if (writable > SIZE_MAX - 2 * page) return ENOMEM;

  const size_t total = writable + 2 * page;
  void *mapping = mmap(NULL, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) return errno;
  uint8_t *start = (uint8_t *)mapping + page;
  if (mprotect(start, writable, PROT_READ | PROT_WRITE) != 0) {
    int reason = errno;
    munmap(mapping, total);
    return reason;
  }
  buffer->bytes = start + writable - aligned;
  buffer->size = size;
  buffer->mapping = mapping;
  buffer->mapping_size = total;
  write_canaries(buffer);
  return 0;
}

int cs_guarded_check(const cs_guarded *buffer, ptrdiff_t *offset) {
  const uint8_t *damage = NULL;
  const uint8_t *start = writable_start(buffer);
  const uint8_t *end = writable_end(buffer);
  if (holds_canary(start, buffer->bytes) && holds_canary(buffer->bytes + buffer->size, end))
    return 0;
  for (const uint8_t *p = buffer->bytes; damage == NULL && p > start; p--)
    if (p[-1] != pattern(p - 1)) damage = p - 1;
  for (const uint8_t *p = buffer->bytes + buffer->size; damage == NULL && p < end; p++)
    if (*p != pattern(p)) damage = p;
  if (damage == NULL) return 0;
  if (offset != NULL) *offset = damage - buffer->bytes;
  return EFAULT;
}

void cs_guarded_free(cs_guarded *buffer) {
  if (buffer->mapping != NULL) munmap(buffer->mapping, buffer->mapping_size);
  memset(buffer, 0, sizeof *buffer);
}
