#define _GNU_SOURCE
#include "cs_isolation.h"

#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

int cs_signal_on_parent_death(int signal, pid_t expected_parent) {
  if (prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) != 0) return errno;
  return getppid() == expected_parent ? 0 : ESRCH;
}

int cs_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno; }

// A new network namespace has a loopback interface that is down; vendor stacks talk to their own
// children through it. Without it they fail in their own way, so an error here stops nothing.
static void raise_loopback(void) {
  int socket_number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_number < 0) return;
  struct ifreq request;
  memset(&request, 0, sizeof request);
  memcpy(request.ifr_name, "lo", sizeof "lo");
  if (ioctl(socket_number, SIOCGIFFLAGS, &request) == 0) {
    request.ifr_flags |= IFF_UP;
    (void)ioctl(socket_number, SIOCSIFFLAGS, &request);
  }
  close(socket_number);
}

int cs_isolate_network(bool *isolated) {
  if (unshare(CLONE_NEWNET) == 0) {
    raise_loopback();
    *isolated = true;
    return 0;
  }
  // EINVAL: a kernel without network namespaces. ENOSPC: none left for this user.
  bool refused = errno == EPERM || errno == EINVAL || errno == ENOSYS || errno == ENOSPC;
  if (!refused) return errno;
  *isolated = false;
  return 0;
}
