// The faults that hit the process as a whole.
#define _GNU_SOURCE
#include "faults.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_all(int descriptor, const void *bytes, size_t count) {
  const char *at = bytes;
  while (count > 0) {
    const ssize_t written = write(descriptor, at, count);
    if (written <= 0) return;
    at += written;
    count -= (size_t)written;
  }
}

// Looks like the start of a frame, with zeros, line ends and invalid UTF-8.
static const unsigned char garbage[] = {0,   0,   0,    16,   '\n', '\0', 0xff, 0xfe,
                                        '{', '"', 0x80, '\n', 8,    1,    0x12, 0x7f};

static void print_garbage(void) { write_all(STDOUT_FILENO, garbage, sizeof garbage); }

static void flood_stderr(void) {
  char line[1000];
  memset(line, 'e', sizeof line);
  line[sizeof line - 1] = '\n';
  for (int i = 0; i < 10000; i++) write_all(STDERR_FILENO, line, sizeof line);
}

static void leave_child(bool detached, unsigned seconds) {
  static bool left = false;
  if (left) return;
  left = true;
  const pid_t child = fork();
  if (child == 0) {
    if (detached) setsid();
    sleep(seconds);
    _exit(0);
  }
  char line[32];
  const int length = snprintf(line, sizeof line, "child %d\n", (int)child);
  write_all(STDERR_FILENO, line, (size_t)length);
}

static void leave_attached_child(void) { leave_child(false, 1000); }
static void leave_detached_child(void) { leave_child(true, 20); }

static void alter_surroundings(void) {
  if (chdir("/") != 0) abort();
  umask(0777);
  clearenv();
}

static void segfault(void) {
  // Volatile, so that the compiler does not see the mistake.
  volatile int *volatile nowhere = NULL;
  *nowhere = 1;
}

static int overflow_stack(volatile char *above) {
  volatile char frame[4096];
  frame[0] = above[0];
  // Never true, but the compiler cannot know.
  if (above[0] == 'x') return 0;
  return overflow_stack(frame) + frame[0];
}

static void exhaust_stack(void) {
  volatile char start = 'a';
  overflow_stack(&start);
}

static void free_twice(void) {
  void *volatile memory = malloc(64);
  free(memory);
  free(memory);
}

static void *abort_here(void *unused) {
  (void)unused;
  abort();
}

static void abort_in_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, abort_here, NULL) == 0) pthread_join(thread, NULL);
}

static void kill_self(void) { kill(getpid(), SIGKILL); }
static void exit_0(void) { exit(0); }
static void exit_3(void) { exit(3); }

static void hog_memory(void) {
  enum { block = 16 << 20, most_blocks = 192 };
  void *blocks[most_blocks];
  for (int i = 0; i < most_blocks; i++) {
    blocks[i] = malloc(block);
    if (blocks[i] == NULL) abort();
    memset(blocks[i], 0x5a, block);
  }
  for (int i = 0; i < most_blocks; i++) free(blocks[i]);
}

static void close_descriptors(void) {
  for (int descriptor = 0; descriptor < 256; descriptor++) close(descriptor);
}

static void write_to_descriptors(void) {
  for (int descriptor = 3; descriptor < 256; descriptor++)
    write_all(descriptor, garbage, sizeof garbage);
}

static void hang(void) {
  for (;;) pause();
}

static void spin(void) {
  signal(SIGTERM, SIG_IGN);
  for (volatile unsigned turns = 0;; turns++) {}
}

static const struct {
  fault fault;
  stage stage;
  void (*act)(void);
} strikes[] = {
    {fault_stdout_garbage, stage_execute, print_garbage},
    {fault_stderr_flood, stage_execute, flood_stderr},
    {fault_child_process, stage_execute, leave_attached_child},
    {fault_detached_child, stage_execute, leave_detached_child},
    {fault_altered_surroundings, stage_execute, alter_surroundings},
    {fault_segfault_in_execute, stage_execute, segfault},
    {fault_abort_in_compile, stage_compile, abort},
    {fault_stack_overflow, stage_execute, exhaust_stack},
    {fault_double_free, stage_execute, free_twice},
    {fault_abort_in_thread, stage_execute, abort_in_thread},
    {fault_sigkill_self, stage_execute, kill_self},
    {fault_exit_0_in_execute, stage_execute, exit_0},
    {fault_exit_3_in_compile, stage_compile, exit_3},
    {fault_memory_hog, stage_execute, hog_memory},
    {fault_closes_all_fds, stage_execute, close_descriptors},
    {fault_write_to_all_fds, stage_execute, write_to_descriptors},
    {fault_hang_in_load, stage_create, hang},
    {fault_hang_in_compile, stage_compile, hang},
    {fault_hang_in_execute, stage_execute, hang},
    {fault_spin_in_execute, stage_execute, spin},
    {fault_hang_in_destroy, stage_destroy, hang},
};

void strike(fault fault, stage stage) {
  for (size_t i = 0; i < sizeof strikes / sizeof strikes[0]; i++)
    if (strikes[i].fault == fault && strikes[i].stage == stage) strikes[i].act();
}
