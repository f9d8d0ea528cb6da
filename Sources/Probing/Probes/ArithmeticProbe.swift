import ModelFormat
import NumericFormats
import Tensors
import Verification

/// Width and rounding of elementwise arithmetic.
enum ArithmeticProbe {
  enum Operation: String, CaseIterable {
    case add = "Add"
    case mul = "Mul"
    case div = "Div"
    case sqrt = "Sqrt"

    /// The result in binary64, which is enough to round it once more to at most 24 bits correctly.
    func apply(_ a: Double, _ b: Double) -> Double {
      switch self {
      case .add: a + b
      case .mul: a * b
      case .div: a / b
      case .sqrt: a.squareRoot()
      }
    }
  }

  static func elementwise(
    _ name: String, _ type: ElementType, _ operands: [[Double]]
  ) -> ProbeCall? {
    let count = operands.first?.count ?? 0
    let inputs = operands.compactMap { Tensor(type: type, shape: [count], rounding: $0) }
    guard inputs.count == operands.count else { return nil }
    return ProbeCall(
      operatorName: name, inputs: inputs, outputType: type, outputShape: [count])
  }

  /// Odd integers plus zero, or times one.
  static func width(_ operation: Operation, _ type: ElementType) -> Probe? {
    let widths = Ladder.widths(precision: type.floatFormat?.precision ?? 1)
    let sent = widths.flatMap { width in
      Ladder.oddIntegers(width: width, count: 8).map { (width, $0) }
    }
    let neutral = sent.map { _ in operation == .add ? 0.0 : 1 }
    guard let call = elementwise(operation.rawValue, type, [sent.map(\.1), neutral]) else {
      return nil
    }
    return Probe(.elementwise, call, type: type, fields: [.computePrecision]) { outputs in
      guard let found = outputs.first?.doubles, found.count == sent.count else { return [] }
      let samples = zip(sent, found).map {
        WidthFinding.Sample(width: $0.0, sent: $0.1, observed: $1)
      }
      return WidthFinding(samples).map { [.compute($0)] } ?? []
    }
  }

  /// Halfway and ordinary results; the type's own values, so that only the result is rounded.
  static func rounding(_ operation: Operation, _ type: ElementType) -> Probe? {
    guard let format = type.floatFormat, format.precision <= 24 else { return nil }
    let (left, right) = operands(operation, format)
    let sent = operation == .sqrt ? [left] : [left, right]
    guard let call = elementwise(operation.rawValue, type, sent) else { return nil }
    return Probe(.elementwise, call, type: type, fields: [.basicRounding]) { outputs in
      guard let found = outputs.first?.doubles, found.count == left.count else { return [] }
      let samples = zip(zip(left, right), found).map { pair, observed in
        let exact = operation.apply(pair.0, pair.1)
        return RoundingFinding.Sample(
          nearest: format.round(exact), towardZero: format.roundTowardZero(exact),
          observed: observed)
      }
      return RoundingFinding(samples, format: format).map { [.basicRounding($0)] } ?? []
    }
  }

  /// 256 pairs of p-bit integers, scaled so that sums need two bits more than there are.
  private static func operands(
    _ operation: Operation, _ format: FloatFormat
  ) -> (left: [Double], right: [Double]) {
    let left = Ladder.oddIntegers(width: format.precision, count: 256)
    let right = Ladder.oddIntegers(width: max(4, format.precision - 1), count: 256)
    // Towards 1, so that products and roots stay in the range of every type.
    let scale = powerOfTwo(1 - format.precision)
    // Half a unit below the last bit makes a sum a tie, a quarter makes it an ordinary one.
    let shares = operation == .add ? [scale / 2, scale / 4] : [scale, scale]
    return (
      left.map { $0 * scale },
      right.enumerated().map { $0.element * ($0.offset % 2 == 0 ? shares[0] : shares[1]) }
    )
  }

  /// Integers plus zero: an integer type may be computed in a narrower one.
  static func integerWidth() -> Probe? {
    let sent = (4...53).flatMap { width in
      Ladder.oddIntegers(width: width, count: 4).map { (width, $0) }
    }
    let values = sent.map { Int128($0.1) }
    let zeros = [Int128](repeating: 0, count: sent.count)
    guard let left = Tensor(type: .i64, shape: [sent.count], wrapping: values),
      let right = Tensor(type: .i64, shape: [sent.count], wrapping: zeros)
    else { return nil }
    let call = ProbeCall(
      operatorName: "Add", inputs: [left, right], outputType: .i64, outputShape: [sent.count])
    return Probe(.elementwise, call, type: .i64, fields: [.computePrecision]) { outputs in
      guard let found = outputs.first?.integers, found.count == sent.count else { return [] }
      let samples = zip(sent, found).map {
        WidthFinding.Sample(width: $0.0, sent: $0.1, observed: Double($1))
      }
      return WidthFinding(samples).map { [.compute($0)] } ?? []
    }
  }
}
