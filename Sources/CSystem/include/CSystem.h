// The few calls of the operating system that Swift cannot see: variadic functions, function-like
// macros, and sequences that must not be interrupted by a Swift runtime.
//
// Every function that can fail returns 0 or the value of errno that says why (ENOMEM, EINVAL ...);
// none of them uses errno itself to report, and none of them prints. Out parameters are written on
// success only, unless said otherwise.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include "cs_descriptors.h"
#include "cs_guarded.h"
#include "cs_isolation.h"
#include "cs_limits.h"
#include "cs_spawn.h"

#endif
