import ExtendedArithmetic
package import Spec
import Tensors

/// One output of an operator: its exact value and the rule it is judged by.
package struct Outcome: Sendable {
  package var value: ExactValue
  package var rule: Rule
  /// Whether the sign of a zero is judged (numerics §6.11 S2).
  package var signedZero = false
  /// True where the standard leaves an element open; empty when it never does.
  package var undefined: [Bool] = []
  /// Further legal results for the whole output.
  package var alternatives: [ExactValue] = []
  /// Whether a following node sees the value rounded to its type, because the text says so (Cast).
  package var materialises = false

  /// Whether every legal order of a class D result is exact in 24 bits.
  package var exactInAnyOrder = false
  /// What a mode must keep before this result for it to be judged (numerics §6.10, M6).
  package var required = RequiredPrecision.none

  package init(_ value: ExactValue, _ rule: Rule) {
    self.value = value
    self.rule = rule
  }

  /// How an output is judged; the cases follow `AccuracyClass`.
  package enum Rule: Sendable {
    /// X: the value is exactly representable (or wraps) and must be met bit for bit.
    case exact
    /// X per element: this value or one of the tensors' at the same position.
    case oneOf([ExactTensor])
    case rounded
    case elementwise(ElementwiseBudget)
    case accumulated(Accumulation)
    case product(ProductRange)
    /// Judged by sensitivities, which the driver measures by running the evaluator perturbed.
    case composite
    case quantised(QuantisedColumn)
    case selection(SelectionColumn)
    case random(Distribution)
  }
}

extension Outcome.Rule {
  /// Whether the result is that of an elementary function.
  var isElementary: Bool { if case .elementwise = self { true } else { false } }
}

extension Outcome {
  /// A moved, selected or integer result: class X.
  package static func exact(_ tensor: ExactTensor, signedZero: Bool = true) -> Outcome {
    var outcome = Outcome(.tensor(tensor), .exact)
    outcome.signedZero = signedZero
    return outcome
  }

  /// A correctly rounded result: class R.
  package static func rounded(_ tensor: ExactTensor, signedZero: Bool = false) -> Outcome {
    var outcome = Outcome(.tensor(tensor), .rounded)
    outcome.signedZero = signedZero
    return outcome
  }

  /// A result of an elementary function: class E with its budget in ulps.
  package static func elementwise(
    _ tensor: ExactTensor, ulps: Double, absolute: [Float] = [], range: ClosedRange<Double>? = nil
  ) -> Outcome {
    Outcome(
      .tensor(tensor), .elementwise(ElementwiseBudget(ulps: ulps, absolute: absolute, range: range))
    )
  }

  /// A composition of primitives: class C.
  package static func composite(_ tensor: ExactTensor) -> Outcome {
    Outcome(.tensor(tensor), .composite)
  }
}
