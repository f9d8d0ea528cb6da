import Spec

/// The values visible at one place of a graph: its own, then those of the enclosing graphs.
final class Scope {
  private var values: [String: EvaluatedValue] = [:]
  private let outer: Scope?

  init(outer: Scope? = nil) { self.outer = outer }

  subscript(name: String) -> EvaluatedValue? {
    get { values[name] ?? outer?[name] }
    set { values[name] = newValue }
  }
}

/// A value in a graph together with how well it is known.
struct EvaluatedValue {
  /// What a following node reads.
  var value: ExactValue
  /// How the value is judged when it is an output of the graph.
  var outcome: Outcome
  /// Whether every conforming backend holds exactly this value here.
  var isSettled: Bool

  /// What a mode must keep for the exact steps before this value to be exact.
  var required = RequiredPrecision.none

  /// A graph input or constant.
  init(given value: ExactValue) {
    self.value = value
    outcome = Outcome(value, .exact)
    outcome.signedZero = true
    isSettled = true
  }

  init(value: ExactValue, outcome: Outcome, isSettled: Bool) {
    self.value = value
    self.outcome = outcome
    self.isSettled = isSettled
  }
}
