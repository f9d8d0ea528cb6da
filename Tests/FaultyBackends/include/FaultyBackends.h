// A backend with a choice of faults, for testing the harness against libraries that crash, hang,
// lie or misbehave.
//
// It supports one model: a single node Add on two float32 tensors of equal shape. The options given
// to `create` choose the fault: {"fault": "hang-in-compile"}; without the key there is none.
#ifndef FAULTY_BACKENDS_H
#define FAULTY_BACKENDS_H

#include <stddef.h>

// FAULT(identifier, name, expected)
//
// `expected` is the verdict that a case gets which executes Add twice with different inputs: kind
// and code as in reports, or the beginning of it where the code depends on the case. Alternatives
// are separated by "|"; their reason stands in the comment. The verdict is the worst of the two.
#define FAULTY_BACKENDS_LIST(FAULT)                                                               \
  /* Correct, and must stay unharmed by what else it does. */                                     \
  FAULT(none, "none", "pass")                                                                     \
  /* Prints zeros, line ends and frame-like bytes on standard output before each result. */       \
  FAULT(stdout_garbage, "stdout-garbage", "pass")                                                 \
  /* Writes 10 MB on standard error in each execution. */                                         \
  FAULT(stderr_flood, "stderr-flood", "pass")                                                     \
  /* Leaves a child behind that holds all descriptors; it must be gone with the worker. Its */    \
  /* number is printed on standard error: "child 1234". */                                        \
  FAULT(child_process, "child-process", "pass")                                                   \
  /* The same in a session of its own, out of reach of the process group; ends after 20 s. */     \
  FAULT(detached_child, "detached-child", "pass")                                                 \
  /* Leaves the working directory, the file mode mask and the environment changed. */             \
  FAULT(altered_surroundings, "altered-surroundings", "pass")                                     \
                                                                                                  \
  /* Ends the process. */                                                                         \
  FAULT(segfault_in_execute, "segfault-in-execute", "crash.signal")                               \
  FAULT(abort_in_compile, "abort-in-compile", "crash.signal")                                     \
  FAULT(stack_overflow, "stack-overflow", "crash.signal")                                         \
  FAULT(double_free, "double-free", "crash.signal")                                               \
  FAULT(abort_in_thread, "abort-in-thread", "crash.signal")                                       \
  FAULT(sigkill_self, "sigkill-self", "crash.signal")                                             \
  FAULT(exit_0_in_execute, "exit-0-in-execute", "crash.exit")                                     \
  FAULT(exit_3_in_compile, "exit-3-in-compile", "crash.exit")                                     \
  /* Touches up to 3 GiB and aborts when there is no more; correct where no limit stops it. */    \
  FAULT(memory_hog, "memory-hog", "crash.memory|crash.signal")                                    \
  /* Descriptors 0 ... 255; a worker whose own are above survives. */                             \
  FAULT(closes_all_fds, "closes-all-fds", "crash|pass")                                           \
  /* Garbage into descriptors 3 ... 255; likewise. */                                             \
  FAULT(write_to_all_fds, "write-to-all-fds", "crash|pass")                                       \
                                                                                                  \
  /* Never comes back. */                                                                         \
  FAULT(hang_in_load, "hang-in-load", "timeout.start")                                            \
  FAULT(hang_in_compile, "hang-in-compile", "timeout.compile")                                    \
  FAULT(hang_in_execute, "hang-in-execute", "timeout.run")                                        \
  /* Computes for ever and ignores SIGTERM. */                                                    \
  FAULT(spin_in_execute, "spin-in-execute", "timeout.run")                                        \
  /* The results before it are correct. */                                                        \
  FAULT(hang_in_destroy, "hang-in-destroy", "timeout.shutdown")                                   \
                                                                                                  \
  /* Returns wrong outputs. */                                                                    \
  FAULT(nan_everywhere, "nan-everywhere", "fail.value")                                           \
  FAULT(off_by_one_ulp, "off-by-one-ulp", "fail.value")                                           \
  FAULT(last_element_wrong, "last-element-wrong", "fail.value")                                   \
  /* The outputs of the execution before; the first execution is correct. */                      \
  FAULT(stale_output, "stale-output", "fail.value")                                               \
  /* Every second execution is one ulp off. */                                                    \
  FAULT(nondeterministic, "nondeterministic", "fail.nondeterministic|fail.value")                 \
  /* Leaves the last element alone; without a destination of the caller it is zero. */            \
  FAULT(unwritten, "unwritten", "fail.unwritten|fail.value")                                      \
  FAULT(wrong_shape, "wrong-shape", "fail.shape")                                                 \
  FAULT(wrong_type, "wrong-type", "fail.type")                                                    \
  FAULT(wrong_count, "wrong-count", "fail.structure")                                             \
  FAULT(wrong_kind, "wrong-kind", "fail.structure")                                               \
                                                                                                  \
  /* Returns outputs that cannot be read safely. */                                               \
  FAULT(null_outputs, "null-outputs", "fail|crash")                                               \
  FAULT(null_bytes, "null-bytes", "fail|crash")                                                   \
  FAULT(null_result, "null-result", "fail|crash")                                                 \
  FAULT(null_executable, "null-executable", "fail|crash")                                         \
  FAULT(wrong_byte_count, "wrong-byte-count", "fail|crash")                                       \
  /* Dimensions whose product overflows. */                                                       \
  FAULT(huge_output_shape, "huge-output-shape", "fail")                                           \
  FAULT(negative_dimension, "negative-dimension", "fail")                                         \
  /* Two thousand million dimensions. */                                                          \
  FAULT(huge_rank, "huge-rank", "fail|crash")                                                     \
  /* A sequence that contains itself. */                                                          \
  FAULT(endless_nesting, "endless-nesting", "fail|crash")                                         \
                                                                                                  \
  /* Writes where it must not. */                                                                 \
  FAULT(input_mutation, "input-mutation", "fail.inputMutated")                                    \
  /* One byte before or behind the destination, or the first input when there is none. The byte */ \
  /* behind may be the first of an inaccessible page. */                                          \
  FAULT(write_before_buffer, "write-before-buffer", "fail.outOfBounds")                           \
  FAULT(write_past_end, "write-past-end", "fail.outOfBounds|crash.signal")                        \
                                                                                                  \
  /* Answers with a status, or with nonsense. */                                                  \
  FAULT(unsupported_everything, "unsupported-everything", "unsupported.operator")                 \
  /* The same, having declared Add. */                                                            \
  FAULT(unsupported_declared, "unsupported-declared", "fail.unsupportedDeclared")                 \
  FAULT(invalid_model_everything, "invalid-model-everything", "fail.backendError")                \
  FAULT(control_bytes_in_message, "control-bytes-in-message", "fail.backendError")                \
  /* Claims a message longer than its buffer. */                                                  \
  FAULT(overlong_message, "overlong-message", "fail.backendError")                                \
  FAULT(unknown_status, "unknown-status", "fail.backendError")                                    \
  FAULT(describe_garbage, "describe-garbage", "crash|inconclusive")

// How many faults there are.
size_t faulty_backends_count(void);

// The name and the expected verdict of a fault, as text that lives for ever; NULL for an index
// outside of 0 ..< faulty_backends_count().
const char *faulty_backends_name(size_t index);
const char *faulty_backends_expected(size_t index);

#endif
