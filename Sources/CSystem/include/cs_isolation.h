// How a process ties itself to its parent and cuts itself off from the rest.
#ifndef CS_ISOLATION_H
#define CS_ISOLATION_H

#include <stdbool.h>
#include <sys/types.h>

// Asks the kernel to send this process `signal` when the THREAD that started it ends. Only for
// children of a thread that lives as long as its process: a thread of a pool may end earlier, and
// would take the child with it. ESRCH: the parent is no longer `expected_parent`, so it died
// before the call; the process should end now.
int cs_signal_on_parent_death(int signal, pid_t expected_parent);

// Makes this process the parent of descendants whose own parent has died, so that it can wait for
// them. Not inherited by children.
int cs_adopt_orphans(void);

// Takes the network away: this process and its children see only a loopback interface of their
// own. Call it before any thread is started; it applies to the calling thread.
//
// Needs privileges. Sets *isolated to false and returns 0 where the kernel does not permit or does
// not know it: isolation is a precaution, not a condition for running.
int cs_isolate_network(bool *isolated);

#endif
