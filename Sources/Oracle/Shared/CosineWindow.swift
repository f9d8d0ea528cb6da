import ExtendedArithmetic
import Spec
import Tensors

/// A window that is a sum of cosines.
///
///     w[n] = a₀ − a₁·cos(2πn/N) + a₂·cos(4πn/N),   0 ≤ n < size
///
/// N is the size when `periodic`, one less when not. The function body of the standard computes in
/// float32 and casts last, which decides three things:
///
/// - Integers are truncated; next to a whole number either neighbour is right.
/// - Of float64, elements that the steps in float32 change are left open.
/// - The symmetric window of one point divides by zero and is left open.
///
/// Budget in units of float32's u: the angle φ has the rounding of 2π (½), of the quotient and of
/// the product with n (1 each), which the cosine takes over with φ·|sin φ|; the cosine errs by 4 ulp
/// or 8|cos φ|, its product with the rounded factor by 2|cos φ|; a₀ and each sum round once.
struct CosineWindow {
  /// The longest window evaluated here.
  private static let greatestSize = 1 << 20
  private static let types: Set<ElementType> = [
    .u8, .u16, .u32, .u64, .i8, .i16, .i32, .i64, .f16, .f32, .f64, .bf16,
  ]

  /// a₀, a₁, a₂.
  private let factors: [DoubleDouble]
  private let size: Int
  /// N.
  private let period: Int
  private let type: ElementType

  init(_ call: Call, factors: [DoubleDouble]) throws(EvaluationError) {
    let name = call.node.operatorName
    let input = try call.tensor(0)
    guard input.count == 1, let size = try input.ints().first else {
      throw .invalid("\(name): the size has shape \(input.shape)")
    }
    guard (0...Self.greatestSize).contains(size) else {
      throw .unsupported("\(name) of size \(size)")
    }
    let periodic = try call.int("periodic", default: 1)
    guard periodic == 0 || periodic == 1 else {
      throw .unsupported("\(name) with periodic = \(periodic)")
    }
    type = try Conversion.target(number: try call.int("output_datatype", default: 1))
    guard Self.types.contains(type) else { throw .invalid("\(name) of \(type.onnxName)") }
    (self.factors, self.size, period) = (factors, size, size - 1 + periodic)
  }

  func outcomes() throws(EvaluationError) -> [Outcome] {
    let values = (0..<size).map(value)
    let errors = (0..<size).map(error)
    if let integers = try integers(values, errors) { return [integers] }
    var outcome = Outcome.elementwise(
      ExactTensor(type, [size], reals: values), ulps: 1,
      absolute: AbsoluteBudget.column(errors))
    let isOpen = values.indices.map { index in
      guard period > 0 else { return true }
      guard type == .f64 else { return false }
      let difference = DoubleDouble(Double(inSingle(index))) - values[index]
      return difference.high.magnitude > errors[index] * 0x1p-53
    }
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }

  private func value(_ n: Int) -> DoubleDouble {
    guard period > 0 else { return .one }
    let first = factors[1] * UnitCircle(n, of: period).cosine
    let value = factors[0] - first + factors[2] * UnitCircle(2 * n, of: period).cosine
    // The ends of some windows are zero, but for the error of the arithmetic here.
    return value.high.magnitude < 0x1p-90 ? .zero : value
  }

  /// A of numerics §6.3.
  private func error(_ n: Int) -> Double {
    var error = 2 * factors[0].high
    for multiple in 1...2 where period > 0 {
      let point = UnitCircle(multiple * n, of: period)
      let angle = 2 * Double.pi * Double(multiple * n) / Double(period)
      error +=
        factors[multiple].high
        * (2.5 * angle * point.sine.high.magnitude + 10 * point.cosine.high.magnitude)
    }
    return error
  }

  /// The steps of the function body, each rounded to float32.
  private func inSingle(_ n: Int) -> Float {
    let held = factors.map { Float($0.high) }
    let angle = Float(n) * (Float(6.2831855) / Float(period))
    let first = held[0] - held[1] * Self.cosine(angle)
    return first + held[2] * Self.cosine(2 * angle)
  }

  private static func cosine(_ angle: Float) -> Float {
    Float(DoubleDouble.cos(DoubleDouble(Double(angle))).high)
  }

  /// The truncated values; nil for a floating-point type.
  private func integers(
    _ values: [DoubleDouble], _ errors: [Double]
  ) throws(EvaluationError) -> Outcome? {
    guard type.isInteger else { return nil }
    func truncated(_ shift: Double) -> ExactTensor {
      let numbers = values.indices.map { index in
        let moved = values[index] + DoubleDouble(shift * (errors[index] + 1) * 0x1p-24)
        return Int128(moved.rounded(.towardZero).high)
      }
      return ExactTensor(type, [size], integers: numbers)
    }
    let (upper, lower) = (truncated(1), truncated(-1))
    var outcome = Outcome(.tensor(upper), .oneOf([lower]))
    if try upper.integers() == lower.integers() { outcome = .exact(upper) }
    if period == 0, size == 1 { outcome.undefined = [true] }
    return outcome
  }
}
