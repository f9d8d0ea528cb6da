import Glibc

/// What a session lends to the operators of its executables.
package struct Resources: Sendable {
  /// Threads for loops inside an operator; they end with the session.
  package let pool: ThreadPool

  /// - Parameter threadCount: Threads that compute, the caller's included; at least 1.
  package init(threadCount: Int) {
    pool = ThreadPool(threadCount: threadCount)
  }

  /// The threads of the process, for tools that hold no session.
  package static let shared = Resources(pool: .shared)

  /// One thread per core, or as many as `ASSAY_CPU_THREADS` says.
  static var defaultThreadCount: Int {
    if let value = getenv("ASSAY_CPU_THREADS"), let count = Int(String(cString: value)), count > 0 {
      return count
    }
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  private init(pool: ThreadPool) { self.pool = pool }
}
