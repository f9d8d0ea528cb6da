import ExtendedArithmetic
import Tensors

/// The base raised elementwise to the exponent, in the base's type.
///
///     z[i] = x[i] ^ y[i]
///
/// - (C1) From version 12 on, the exponent may have another type than the base.
/// - (C2) Integers raised to non-negative integers are integer arithmetic and wrap around.
/// - (C3) Integers raised to negative or fractional exponents are left open (register A11).
/// - Budget: 16 ulp, the OpenCL C full profile's bound for pow.
/// - Source: onnx/onnx docs/Operators.md, Pow.
enum PowEvaluator: Evaluator {
  static let name = "Pow"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, y, shape) = try ExactTensor.broadcast(try call.tensor(0), try call.tensor(1))
    if x.isIntegral { return [try integers(x, y, shape)] }
    let exponents =
      y.isIntegral ? try y.integers().map { DoubleDouble($0) } : try y.reals()
    let powers = zip(try x.reals(), exponents).map { DoubleDouble.pow($0, $1) }
    return [.elementwise(ExactTensor(x.type, shape, reals: powers), ulps: 16)]
  }

  private static func integers(
    _ x: ExactTensor, _ y: ExactTensor, _ shape: Shape
  ) throws(EvaluationError) -> Outcome {
    let exponents =
      y.isIntegral
      ? try y.integers().map { Int128?($0) } : try y.reals().map { Int128(exactly: $0.high) }
    let powers = zip(try x.integers(), exponents).map { (base, exponent) -> Int128? in
      guard let exponent, exponent >= 0 else { return nil }
      return power(base, exponent)
    }
    let tensor = ExactTensor(x.type, shape, integers: powers.map { $0 ?? 0 })
    var outcome = Outcome.exact(try tensor.wrapped())
    // A power that a conversion through floating point would overflow is open for float exponents.
    let wrapped = try tensor.wrapped().integers()
    outcome.undefined = OpenElements.mask(
      zip(powers, wrapped).map { $0 == nil || (!y.isIntegral && $0 != $1) })
    return outcome
  }

  /// base^exponent modulo 2^128.
  private static func power(_ base: Int128, _ exponent: Int128) -> Int128 {
    var (result, square, rest) = (Int128(1), base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }
}
