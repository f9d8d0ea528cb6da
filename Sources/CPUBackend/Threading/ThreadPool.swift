import CPUKernels
import Glibc
import Synchronization

/// Threads that share the iterations of a loop with the thread that asks for it.
///
/// A loop of a few microseconds must not pay for waking a thread, so idle workers spin for a moment
/// before they sleep, and the caller never waits for a worker that has not begun. One loop runs
/// at a time; a second caller, or a loop inside a loop, does its iterations alone. Which thread
/// takes which range is left to chance: results must not depend on it.
package final class ThreadPool: Sendable {
  /// The pool of the process, with one thread per core or as many as `ASSAY_CPU_THREADS` says.
  package static let shared = ThreadPool(threadCount: defaultThreadCount)

  /// The number of threads that can take part in a loop, its caller included; at least 1.
  package let threadCount: Int

  private let crew: ThreadCrew?

  /// Starts `threadCount - 1` workers; they end when the pool is released.
  ///
  /// If the system refuses a thread the pool is smaller, down to no worker at all.
  package init(threadCount: Int) {
    let crew = threadCount > 1 ? ThreadCrew(workerCount: min(threadCount, 256) - 1) : nil
    self.crew = crew
    self.threadCount = 1 + (crew?.workerCount ?? 0)
  }

  deinit {
    crew?.dismiss()
  }

  /// Calls `body` with ranges that together cover `0..<count` once, possibly at the same time on
  /// several threads, and returns when all calls have returned.
  ///
  /// Everything written before the call is visible to `body`, everything written by `body` is
  /// visible after it.
  /// - Parameters:
  ///   - count: The number of iterations; none if it is not positive.
  ///   - grain: The fewest iterations worth a range of their own, 10 µs of work or more; values
  ///     below 1 count as 1.
  ///   - body: Must be safe to call from several threads, although its type cannot say so: it will
  ///     capture pointers.
  package func parallelFor(count: Int, grain: Int, body: (Range<Int>) -> Void) {
    guard count > 0 else { return }
    let grain = max(1, grain)
    guard let crew, count > grain, crew.tryAcquire() else { return body(0..<count) }
    defer { crew.release() }
    // Four ranges per thread even out threads that are held up, without many small calls.
    let ranges = 4 * threadCount
    let step = max(grain, count / ranges + (count % ranges == 0 ? 0 : 1))
    withoutActuallyEscaping(body) { body in
      crew.run(Loop(count: count, step: step, body: body))
    }
  }

  private static var defaultThreadCount: Int {
    if let value = getenv("ASSAY_CPU_THREADS"), let count = Int(String(cString: value)), count > 0 {
      return count
    }
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}

/// One parallel loop.
struct Loop {
  var count: Int
  /// Iterations per range.
  var step: Int
  var body: (Range<Int>) -> Void
}
