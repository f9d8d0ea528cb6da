#define _GNU_SOURCE
#include "cs_limits.h"

#include <errno.h>
#include <sys/resource.h>

// Lowers the soft limit to `soft` and the hard limit to `hard`, or leaves what is lower already.
static int lower(int resource, rlim_t soft, rlim_t hard) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return errno;
  if (hard < limit.rlim_max) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

int cs_limit_address_space(uint64_t bytes) { return lower(RLIMIT_AS, bytes, bytes); }

int cs_limit_cpu_time(uint64_t seconds) {
  return lower(RLIMIT_CPU, seconds, seconds < UINT64_MAX ? seconds + 1 : seconds);
}

int cs_limit_core_file(uint64_t bytes) { return lower(RLIMIT_CORE, bytes, bytes); }

int cs_limit_open_files(uint64_t count) { return lower(RLIMIT_NOFILE, count, count); }
