/// The judgement of one execution of one case (certification §1; closed set).
package enum Verdict: Hashable, Sendable {
  case pass
  case fail(FailureCode)
  case unsupported(UnsupportedReason)
  case crash(CrashKind)
  case timeout(Phase)
  /// Ours; never counts as a pass.
  case inconclusive(HarnessFault)

  /// What was wrong with the outputs.
  package enum FailureCode: String, CaseIterable, Hashable, Sendable {
    case valueExact = "value.exact"
    case valueBound = "value.bound"
    case valueDistribution = "value.distribution"
    case valueClass = "value.class"
    case indexOrder = "index.order"
    case shape
    case type
    /// Wrong number of outputs, or another kind of value.
    case structure
    case unwritten
    case outOfBounds
    case inputMutated
    case nondeterministic
    case relation
    case acceptedInvalid
    case unsupportedMandatory
    case unsupportedDeclared
    case wrongUndeclared
    /// A valid model was refused as invalid, or the backend reported an error of its own.
    case backendError
    case deviceNotUsed
    case staleWaiver
  }

  /// Why a backend declined a case.
  package enum UnsupportedReason: String, CaseIterable, Hashable, Sendable {
    case `operator`, opset, dtype, rank, shape, attribute, dynamicShape, layout, numericMode
    case memory, other
  }

  /// How a worker died.
  package enum CrashKind: Hashable, Sendable {
    case signal(Int32)
    case exit(Int32)
    case memory
    /// Malformed or torn frame, or a message out of order.
    case protocolViolation
    case load
  }

  /// Where a deadline passed.
  package enum Phase: String, CaseIterable, Hashable, Sendable {
    case start, compile, run, shutdown
  }

  /// What the harness itself could not do.
  package enum HarnessFault: String, CaseIterable, Hashable, Sendable {
    case golden, oracle, spawn, resources, io, mistrusted
  }
}
