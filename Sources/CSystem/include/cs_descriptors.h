// Pipes and memory files, close-on-exec from birth: another thread may spawn at any moment, and a
// descriptor it leaks into a stranger's child keeps a pipe open for ever.
#ifndef CS_DESCRIPTORS_H
#define CS_DESCRIPTORS_H

#include <stddef.h>

// Makes a pipe, both ends close-on-exec. The caller closes them.
int cs_pipe(int *read_end, int *write_end);

// Makes an unnamed file in memory of `size` zero bytes, close-on-exec, and sets *descriptor. `name`
// only shows in /proc. The caller closes it.
int cs_memory_file(const char *name, size_t size, int *descriptor);

// Duplicates `descriptor` to the lowest free number that is at least `minimum`, close-on-exec.
// The original stays open.
int cs_duplicate_above(int descriptor, int minimum, int *duplicate);

#endif
