import Glibc

/// When the death of a worker is put down to a lack of memory.
///
/// A process that runs into its address space limit is not killed: an allocation fails, and then
/// it aborts, throws or runs on with a null pointer. So a death counts as one of memory when
/// - the peak resident size came to three quarters of the limit, or
/// - it got SIGKILL, which the harness did not send, having used half of the machine's memory:
///   then it was the kernel, or
/// - it aborted or exited with an error and its last words on standard error are those that the
///   usual runtimes say when an allocation fails.
/// A refusal with status `outOfMemory` is none: the worker lives.
enum MemoryDeath {
  private static let lastWords = [
    "std::bad_alloc", "MemoryError", "Cannot allocate memory", "out of memory", "Out of memory",
    "cannot allocate memory",
  ]
  /// How far back in the output last words are looked for.
  private static let lastBytes = 4096

  static func explains(_ exit: ExitFacts, limits: WorkerLimits) -> Bool {
    guard exit.signal != nil || (exit.status ?? 0) != 0 else { return false }
    let limit = limits.memoryBytes
    if limit > 0, exit.peakResidentBytes >= limit / 4 * 3 { return true }
    if exit.signal == SIGKILL { return exit.peakResidentBytes >= physicalBytes / 2 }
    guard exit.signal == nil || exit.signal == SIGABRT else { return false }
    let words = String(decoding: exit.standardError.suffix(lastBytes), as: UTF8.self)
    return lastWords.contains { words.contains($0) }
  }

  private static var physicalBytes: UInt64 {
    UInt64(clamping: sysconf(Int32(_SC_PHYS_PAGES)))
      &* UInt64(clamping: sysconf(Int32(_SC_PAGESIZE)))
  }
}
