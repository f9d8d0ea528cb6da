#define _GNU_SOURCE
#include "cs_spawn.h"

#include "cs_descriptors.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Child numbers end here; parent descriptors are moved above, so that no dup2 of the child
// overwrites a descriptor that a later dup2 still needs.
enum { child_number_end = 50 };

// Records the actions that leave the child with exactly the descriptors asked for. `moved` holds
// the parent's descriptors at numbers >= child_number_end.
static int add_descriptor_actions(posix_spawn_file_actions_t *actions, const cs_program *program,
                                  const int *moved) {
  bool wanted[child_number_end] = {false};
  for (size_t i = 0; i < program->descriptor_count; i++) {
    int number = program->descriptors[i].child;
    if (number < 0 || number >= child_number_end || wanted[number]) return EINVAL;
    wanted[number] = true;
    int failure = posix_spawn_file_actions_adddup2(actions, moved[i], number);
    if (failure != 0) return failure;
  }
  for (int number = 0; number < child_number_end; number++) {
    if (wanted[number]) continue;
    int failure = posix_spawn_file_actions_addclose(actions, number);
    if (failure != 0) return failure;
  }
  return posix_spawn_file_actions_addclosefrom_np(actions, child_number_end);
}

static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int failure = posix_spawnattr_setsigmask(attributes, &none);
  // A parent that ignores SIGPIPE would otherwise pass that on.
  if (failure == 0) failure = posix_spawnattr_setsigdefault(attributes, &all);
  if (failure == 0) failure = posix_spawnattr_setpgroup(attributes, 0);
  if (failure == 0) {
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    failure = posix_spawnattr_setflags(attributes, flags);
  }
  return failure;
}

static int spawn_with(const cs_program *program, const int *moved,
                      posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
                      pid_t *child) {
  int failure = add_descriptor_actions(actions, program, moved);
  if (failure == 0 && program->working_directory != NULL)
    failure = posix_spawn_file_actions_addchdir_np(actions, program->working_directory);
  if (failure == 0) failure = set_attributes(attributes);
  if (failure != 0) return failure;
  pid_t started = 0;
  // The standard's prototype lacks the const that it promises.
  failure = posix_spawn(&started, program->path, actions, attributes,
                        (char *const *)program->arguments, (char *const *)program->environment);
  if (failure == 0) *child = started;
  return failure;
}

static int spawn_moved(const cs_program *program, const int *moved, pid_t *child) {
  posix_spawn_file_actions_t actions;
  int failure = posix_spawn_file_actions_init(&actions);
  if (failure != 0) return failure;
  posix_spawnattr_t attributes;
  failure = posix_spawnattr_init(&attributes);
  if (failure == 0) {
    failure = spawn_with(program, moved, &actions, &attributes, child);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return failure;
}

int cs_spawn(const cs_program *program, pid_t *child) {
  if (program->descriptor_count > child_number_end) return EINVAL;
  int moved[child_number_end];
  size_t count = 0;
  int failure = 0;
  while (failure == 0 && count < program->descriptor_count) {
    int parent = program->descriptors[count].parent;
    failure = cs_duplicate_above(parent, child_number_end, &moved[count]);
    if (failure == 0) count++;
  }
  if (failure == 0) failure = spawn_moved(program, moved, child);
  for (size_t i = 0; i < count; i++) close(moved[i]);
  return failure;
}

bool cs_exited(int status) { return WIFEXITED(status); }
int cs_exit_code(int status) { return WEXITSTATUS(status); }
bool cs_signalled(int status) { return WIFSIGNALED(status); }
int cs_end_signal(int status) { return WTERMSIG(status); }

int cs_signal_group(pid_t group, int signal) {
  if (group <= 1) return EINVAL;
  return kill(-group, signal) == 0 ? 0 : errno;
}

int cs_process_descriptor(pid_t process, int *descriptor) {
  // glibc before 2.36 has no wrapper; the descriptor is close-on-exec by definition.
  long opened = syscall(SYS_pidfd_open, process, 0);
  if (opened < 0) return errno;
  *descriptor = (int)opened;
  return 0;
}
