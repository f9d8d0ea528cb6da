import BackendHost
import CanonicalJSON

/// What a worker has used up, for measurements; nothing is judged by it.
package struct WorkerUsage: Hashable, Sendable {
  /// Processor time of the process, in nanoseconds.
  package var processorNanoseconds: Int64
  /// The part of it that the backend itself took; see `WorkerSession.backendTime`.
  package var backendNanoseconds: Int64
  /// Peak resident size, an upper bound (see `ExitFacts`).
  package var peakBytes: Int64

  package init(processorNanoseconds: Int64, backendNanoseconds: Int64, peakBytes: Int64) {
    self.processorNanoseconds = processorNanoseconds
    self.backendNanoseconds = backendNanoseconds
    self.peakBytes = peakBytes
  }

  init(_ exit: ExitFacts, backend: Duration) {
    processorNanoseconds = Int64(exit.processorTime / .nanoseconds(1))
    backendNanoseconds = Int64(backend / .nanoseconds(1))
    peakBytes = Int64(clamping: exit.peakResidentBytes)
  }

  var json: JSON {
    [
      "processorNanoseconds": .integer(processorNanoseconds),
      "backendNanoseconds": .integer(backendNanoseconds), "peakBytes": .integer(peakBytes),
    ]
  }

  init(_ field: JSONField) throws(JSONFieldError) {
    processorNanoseconds = try field.member("processorNanoseconds").integer()
    backendNanoseconds = try field.member("backendNanoseconds").integer()
    peakBytes = try field.member("peakBytes").integer()
  }
}
