// Observing a library through the standard interface alone, for the self-tests of the adapters.
//
// Every observation runs in a process of its own, because a runtime may die of one. It prints one
// line: what was asked, and the output's bits, the refusal, or the signal. With an expected line a
// difference counts as a failure; a "~" in it stands for the runtime's own words. Without one (NULL)
// the line is a fact about the runtime.
#ifndef ASSAY_ADAPTER_OBSERVE_H
#define ASSAY_ADAPTER_OBSERVE_H

#include <stdbool.h>

#include "drafts.h"

#define DIMS(...) ((const int64_t[]){__VA_ARGS__, -1})
#define SCALAR ((const int64_t[]){-1})
#define TEXT(literal) ((assay_text){literal, sizeof literal - 1})

// Takes the arguments of the program, LIBRARY [OPTIONS_JSON], and loads the library.
bool open_observed(int count, char **arguments);
// Says how many answers were not as expected; the program's exit code.
int close_observed(void);

void observe(const char *name, draft *from, const char *expected);
// `into`: executed into memory of the caller.
void observe_with(const char *name, draft *from, bool into, const char *expected);
void observe_bytes(const char *name, const draft *from, assay_bytes model, bool into,
                   const char *expected);

// Sends every element type but strings through a graph whose output is its input, so that the
// runtime needs no kernel for it. `into_destination`: the answer when executed into memory of ours.
void observe_element_types(bool (*is_known)(int32_t type), const char *into_destination);

#endif
