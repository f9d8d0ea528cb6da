package import Tensors

/// A backend as a worker serves it, whether it is a foreign library or code of this package.
///
/// Calls come one at a time. `start` comes first, `stop` last. Every error is a `Refusal`.
package protocol ServedBackend {
  /// A compiled model.
  associatedtype Executable

  /// The version of the standard interface of the library behind it; 0 when there is none.
  var abiVersion: UInt32 { get }

  /// Nanoseconds of CPU that the backend itself has taken so far, over all threads of the process;
  /// 0 when that is not measured.
  var processorTime: UInt64 { get }

  /// Limits the process and opens the backend.
  /// - Parameter options: a JSON object, or empty.
  mutating func start(options: String, limits: WorkerLimits) throws(Refusal)

  /// The JSON of `describe` in `assay_backend.h`.
  mutating func describe() throws(Refusal) -> String

  /// Compiles a serialised ONNX model.
  mutating func compile(_ model: [UInt8], options: String) throws(Refusal) -> Executable

  /// Where the nodes run, as JSON; empty when the backend does not say.
  mutating func placement(of executable: Executable) -> String

  mutating func execute(
    _ executable: Executable, inputs: [Value], request: ExecutionRequest
  ) throws(Refusal) -> ServedExecution

  mutating func release(_ executable: Executable)

  /// Ends the session; everything has been released.
  mutating func stop()
}

extension ServedBackend {
  package var abiVersion: UInt32 { 0 }
  package var processorTime: UInt64 { 0 }
  package mutating func start(options: String, limits: WorkerLimits) throws(Refusal) {
    try limits.apply()
  }
  package mutating func placement(of executable: Executable) -> String { "" }
  package mutating func release(_ executable: Executable) {}
  package mutating func stop() {}
}

/// How an executable is to be executed.
package struct ExecutionRequest: Hashable, Sendable {
  /// Fill the memory of the outputs with a pattern first and guard it, where the backend can write
  /// into memory of the caller.
  package var poison: Bool
  /// Executions, at least one.
  package var repetitions: Int

  package init(poison: Bool = false, repetitions: Int = 1) {
    self.poison = poison
    self.repetitions = max(1, repetitions)
  }
}

/// Outputs and what was observed while they were made.
package struct ServedExecution {
  package var outputs: [Value]
  package var inputsMutated = false
  package var outOfBounds = false
  package var poisoned = false
  /// Per output the number of bytes that were never written; empty when it is not known.
  package var unwritten: [UInt64] = []
  package var outputsDiffer = false
  /// For people: what the flags above come from.
  package var findings: [String] = []
  /// Nanoseconds the device says it computed; 0 when it does not say.
  package var deviceTime: UInt64 = 0
  /// Wall-clock nanoseconds of each execution; empty when the server is to measure.
  package var wallTimes: [UInt64] = []
  /// Nanoseconds of CPU of the last execution.
  package var processorTime: UInt64 = 0

  package init(outputs: [Value]) { self.outputs = outputs }
}
