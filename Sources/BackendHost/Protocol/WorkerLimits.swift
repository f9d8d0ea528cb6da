import CSystem

/// What a worker has to live with; 0 means "no limit".
package struct WorkerLimits: Hashable, Sendable {
  /// Bytes of address space of the worker, mapped files and reservations included.
  package var memoryBytes: UInt64
  /// Seconds of CPU time over all threads and the whole life of the worker.
  package var cpuSeconds: UInt64
  /// Host threads the backend should compute with.
  package var threads: UInt32
  /// The longest message in either direction.
  package var frameBytes: UInt64

  package init(
    memoryBytes: UInt64 = 8 << 30, cpuSeconds: UInt64 = 0, threads: UInt32 = 0,
    frameBytes: UInt64 = 1 << 30
  ) {
    self.memoryBytes = memoryBytes
    self.cpuSeconds = cpuSeconds
    self.threads = threads
    self.frameBytes = frameBytes
  }

  /// Limits this process for the rest of its life; to be called before foreign code is loaded.
  /// - Throws: `Refusal` when the system refuses.
  package func apply() throws(Refusal) {
    var failure = cs_limit_core_file(0)
    if failure == 0, memoryBytes > 0 { failure = cs_limit_address_space(memoryBytes) }
    if failure == 0, cpuSeconds > 0 { failure = cs_limit_cpu_time(cpuSeconds) }
    guard failure == 0 else {
      throw Refusal(.error, message: "cannot limit the worker: \(errorText(failure))")
    }
  }

  /// `frameBytes` as a usable number: protobuf ends at 2 GiB.
  var frameLimit: Int {
    let most = 1 << 31 - 1
    return frameBytes == 0 ? most : min(most, Int(clamping: frameBytes))
  }

  var message: Assay_Worker_Limits {
    var message = Assay_Worker_Limits()
    message.memoryBytes = memoryBytes
    message.cpuSeconds = cpuSeconds
    message.threads = threads
    message.maxFrameBytes = frameBytes
    return message
  }

  init(_ message: Assay_Worker_Limits) {
    self.init(
      memoryBytes: message.memoryBytes, cpuSeconds: message.cpuSeconds, threads: message.threads,
      frameBytes: message.maxFrameBytes)
  }
}
