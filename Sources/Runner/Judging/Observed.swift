package import BackendHost
package import Tensors
package import Verification

/// What one execution of one case came to, before anything is judged.
package enum Observed: Sendable {
  case outputs([Value], ExecutionMarks)
  case refused(Refusal, during: Verdict.Phase)
  case died(Verdict.CrashKind, during: Verdict.Phase, explanation: String)
  case timedOut(during: Verdict.Phase, explanation: String)
}

/// What the worker noticed about an execution that gave outputs.
package struct ExecutionMarks: Hashable, Sendable {
  package var inputsMutated = false
  package var outOfBounds = false
  /// Per output: bytes that still hold the sentinel.
  package var unwritten: [UInt64] = []
  package var outputsDiffer = false

  package init() {}
}
