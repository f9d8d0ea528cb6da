#define _GNU_SOURCE
#include "cs_descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

int cs_pipe(int *read_end, int *write_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

int cs_memory_file(const char *name, size_t size, int *descriptor) {
  if (size > INT64_MAX) return EFBIG;
  int file = memfd_create(name, MFD_CLOEXEC);
  if (file < 0) return errno;
  if (ftruncate(file, (off_t)size) != 0) {
    int reason = errno;
    close(file);
    return reason;
  }
  *descriptor = file;
  return 0;
}

int cs_duplicate_above(int descriptor, int minimum, int *duplicate) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, minimum);
  if (copy < 0) return errno;
  *duplicate = copy;
  return 0;
}
