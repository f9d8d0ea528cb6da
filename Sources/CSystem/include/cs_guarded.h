// Buffers that notice writes outside of them.
//
//   | no access | canary ........ | bytes ............ | canary | no access |
//     a page      256 or more       size                 < alignment  a page
//
// The canary bytes hold a known pattern; cs_guarded_check compares. The pages on both ends fault on
// any access, so that a write far off ends the process instead of damaging something unrelated.
#ifndef CS_GUARDED_H
#define CS_GUARDED_H

#include <stddef.h>
#include <stdint.h>

// A guarded buffer. Only `bytes` and `size` are for the caller.
typedef struct cs_guarded {
  uint8_t *bytes;
  size_t size;
  uint8_t *mapping;
  size_t mapping_size;
} cs_guarded;

// Maps a buffer of `size` bytes, all zero, whose address is a multiple of `alignment`, a power of
// two up to 4096. With alignment 1 the first byte beyond the buffer faults; otherwise up to
// alignment - 1 canary bytes come first. `size` may be 0; `bytes` is a valid address all the same.
//
// EINVAL: alignment. ENOMEM: no memory, or the size cannot be rounded up to pages.
int cs_guarded_alloc(size_t size, size_t alignment, cs_guarded *buffer);

// Looks for damage around the buffer. Returns 0 when the canaries are intact, else EFAULT, and then
// sets *offset, unless NULL, to the place of the damaged byte nearest to the buffer, in bytes from
// its start: negative before it, size or more behind it. Damage before it is reported first.
int cs_guarded_check(const cs_guarded *buffer, ptrdiff_t *offset);

// Unmaps the buffer and clears the structure. A cleared structure is left alone.
void cs_guarded_free(cs_guarded *buffer);

#endif
