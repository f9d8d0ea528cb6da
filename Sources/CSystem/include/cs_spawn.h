// Starting a worker, learning how it ended, and ending it.
#ifndef CS_SPAWN_H
#define CS_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// One descriptor that the child receives: `parent` here becomes `child` there.
typedef struct cs_descriptor {
  int parent;
  int child;
} cs_descriptor;

// What to start, and in what surroundings.
typedef struct cs_program {
  // Path of the executable; the search path is not used.
  const char *path;
  // Arguments including the program's name, and the whole environment, as "NAME=value": nothing is
  // inherited. Both end with NULL.
  const char *const *arguments;
  const char *const *environment;
  // NULL: that of the parent.
  const char *working_directory;
  // The only descriptors the child has; every other one is closed. Child numbers must be distinct
  // and lie in 0 ..< 50. A parent number may appear twice and may equal the child number of another
  // entry. The parent's copies stay open.
  const cs_descriptor *descriptors;
  size_t descriptor_count;
} cs_program;

// Starts a program as the leader of a new process group, with no signal blocked and every signal
// at its default action, and sets *child. Uses posix_spawn, never fork: the parent has threads.
//
// ENOENT, EACCES ...: the program or the directory cannot be used. EINVAL: a descriptor number is
// out of range or used twice. EMFILE: too many open files.
int cs_spawn(const cs_program *program, pid_t *child);

// The four parts of a status from waitpid. cs_exit_code is meaningful only if cs_exited, and
// cs_end_signal only if cs_signalled.
bool cs_exited(int status);
int cs_exit_code(int status);
bool cs_signalled(int status);
int cs_end_signal(int status);

// Sends a signal to every process of a group. ESRCH: the group is empty. EINVAL: `group` is not
// greater than 1, which would reach processes that are not ours.
int cs_signal_group(pid_t group, int signal);

// Opens a descriptor that becomes readable when the process ends; it can be polled with a time
// limit, which waitpid cannot. Close-on-exec; the caller closes it. ENOSYS: kernel before 5.3.
int cs_process_descriptor(pid_t process, int *descriptor);

#endif
