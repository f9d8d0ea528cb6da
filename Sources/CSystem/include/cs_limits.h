// Limits that a process puts on itself before it loads foreign code. They are inherited by its
// children and can only be lowered: a limit above the present hard limit is cut to that.
//
// posix_spawn cannot set limits for a child, so a worker calls these first thing in main.
#ifndef CS_LIMITS_H
#define CS_LIMITS_H

#include <stdint.h>

// Bytes of address space, mapped files and reservations included. Beyond it, allocation fails.
int cs_limit_address_space(uint64_t bytes);

// Seconds of CPU time over all threads. SIGXCPU at the limit, SIGKILL one second later.
int cs_limit_cpu_time(uint64_t seconds);

// Bytes of a core file; 0: none is written.
int cs_limit_core_file(uint64_t bytes);

// Number of open descriptors, as one more than the largest number.
int cs_limit_open_files(uint64_t count);

#endif
