import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

/// A tensor of values that the type holds exactly; anything else is an error of the test.
func tensor(
  _ type: ElementType, _ values: [Double], shape: Shape? = nil
) throws -> Tensor {
  let tensor = try #require(
    Tensor(type: type, shape: shape ?? [values.count], rounding: values))
  let stored = try #require(tensor.doubles)
  for (value, kept) in zip(values, stored) where !value.isNaN {
    try #require(value == kept, "the test value \(value) is not exact in \(type)")
  }
  return tensor
}

/// An integer tensor.
func integers(_ type: ElementType, _ values: [Int128], shape: Shape? = nil) throws -> Tensor {
  try #require(Tensor(type: type, shape: shape ?? [values.count], wrapping: values))
}

/// The golden of one output named `y` with one alternative.
func golden(
  _ type: ElementType, _ shape: Shape, _ columns: GoldenColumns, signedZero: Bool = false,
  undefined: [Bool] = []
) -> Golden {
  let tensor = GoldenTensor(
    type: type, shape: shape, columns: columns, signedZero: signedZero, undefined: undefined)
  return Golden(outputs: [GoldenOutput(name: "y", alternatives: [.tensor(tensor)])])
}

/// Judges one observed tensor against one golden tensor.
func judge(
  _ observed: Tensor, _ columns: GoldenColumns, mode: NumericMode = .strict,
  twin: Twin = .adversarial, signedZero: Bool = false, undefined: [Bool] = []
) -> Judgement {
  Verifier.judge(
    [.tensor(observed)],
    against: golden(
      observed.type, observed.shape, columns, signedZero: signedZero, undefined: undefined),
    in: JudgementContext(mode: mode, twin: twin))
}

/// The verdict on a float32 vector.
func verdict(
  _ values: [Double], _ columns: GoldenColumns, type: ElementType = .f32,
  mode: NumericMode = .strict, twin: Twin = .adversarial, signedZero: Bool = false
) throws -> Verdict {
  judge(
    try tensor(type, values), columns, mode: mode, twin: twin, signedZero: signedZero
  ).verdict
}

/// The strict mode with a change.
func mode(_ change: (inout NumericMode) -> Void) -> NumericMode {
  var mode = NumericMode.strict
  change(&mode)
  return mode
}

func named(_ name: String) throws -> NumericMode { try #require(NumericMode.named[name]) }

/// Evidence for the schemes of other suites; by default of one composite output.
func evidence(
  _ observed: [Double], _ golden: [Double], _ type: ElementType = .f32,
  _ accuracyClass: AccuracyClass = .composite, length: Int = 1, magnitude: [Double] = [],
  mode: NumericMode = .strict
) -> SchemeEvidence {
  SchemeEvidence(
    observed: observed, golden: golden, type: type, accuracyClass: accuracyClass, length: length,
    magnitude: magnitude, mode: mode)
}
