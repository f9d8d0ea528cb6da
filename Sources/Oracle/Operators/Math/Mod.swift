import ExtendedArithmetic

/// The elementwise remainder.
///
///     fmod = 0:  c = a − b·⌊a/b⌋        (the sign of the divisor, integers only)
///     fmod = 1:  c = a − b·trunc(a/b)   (the sign of the dividend, C's fmod)
///
/// - (C1) Floats demand fmod = 1, whose result is exact; from version 28 on they also take fmod = 0.
/// - (C2) The remainder by an integer zero, and of the least integer by −1, are left open (register
///   A5, A6).
/// - Source: onnx/onnx docs/Operators.md, Mod.
enum ModEvaluator: Evaluator {
  static let name = "Mod"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try ExactTensor.broadcast(try call.tensor(0), try call.tensor(1))
    let isTruncated = try call.flag("fmod")
    if a.isIntegral { return [try integers(a, b, isTruncated: isTruncated)] }
    guard isTruncated || call.version >= 28 else {
      throw .invalid("Mod of floats demands fmod = 1")
    }
    guard isTruncated else { return [try floored(a, b)] }
    // The remainder of two binary64 values is a binary64 value: no rounding occurs.
    let remainders = zip(try a.reals(), try b.reals()).map {
      DoubleDouble($0.high.truncatingRemainder(dividingBy: $1.high))
    }
    return [.exact(ExactTensor(a.type, shape, reals: remainders), signedZero: false)]
  }

  /// a − b·⌊a/b⌋: the exact remainder moved to the divisor's sign, which may round once.
  private static func floored(
    _ a: ExactTensor, _ b: ExactTensor
  ) throws(EvaluationError) -> Outcome {
    let remainders = zip(try a.reals(), try b.reals()).map { a, b -> DoubleDouble in
      let remainder = a.high.truncatingRemainder(dividingBy: b.high)
      let hasWrongSign = remainder != 0 && (remainder < 0) != (b.high < 0)
      return hasWrongSign ? DoubleDouble(remainder) + b : DoubleDouble(remainder)
    }
    return .rounded(ExactTensor(a.type, a.shape, reals: remainders))
  }

  private static func integers(
    _ a: ExactTensor, _ b: ExactTensor, isTruncated: Bool
  ) throws(EvaluationError) -> Outcome {
    let pairs = Array(zip(try a.integers(), try b.integers()))
    let remainders = pairs.map { (dividend, divisor) -> Int128 in
      guard divisor != 0 else { return 0 }
      let remainder = dividend % divisor
      let hasWrongSign = remainder != 0 && (remainder < 0) != (divisor < 0)
      return !isTruncated && hasWrongSign ? remainder + divisor : remainder
    }
    var outcome = Outcome.exact(ExactTensor(a.type, a.shape, integers: remainders))
    let least = try ExactTensor.leastInteger(of: a.type)
    outcome.undefined = OpenElements.mask(
      pairs.map { $1 == 0 || ($1 == -1 && $0 == least && least < 0) })
    return outcome
  }
}
