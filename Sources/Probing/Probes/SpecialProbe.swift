import ModelFormat
import NumericFormats
import Tensors
import Verification

/// Subnormals, overflow, NaN, and the sign of zero.
enum SpecialProbe {
  /// Factors with subnormal products, then subnormal factors with normal products.
  private static func ladder(
    _ format: FloatFormat
  ) -> (results: [(Double, Double)], inputs: [(Double, Double)]) {
    let steps = 1..<format.precision
    let results = steps.map { (format.smallestNormal, powerOfTwo(-$0)) }
    let inputs = steps.map { (powerOfTwo(format.minExponent - $0), powerOfTwo($0)) }
    return (results, inputs)
  }

  private static func finding(
    _ pairs: [(Double, Double)], _ observed: some Sequence<Double>
  ) -> [SubnormalFinding.Sample] {
    zip(pairs, observed).map {
      SubnormalFinding.Sample(expected: $0.0 * $0.1, observed: $1)
    }
  }

  static func subnormals(_ type: ElementType) -> Probe? {
    guard let format = type.floatFormat else { return nil }
    let (results, inputs) = ladder(format)
    let pairs = results + inputs
    guard
      let call = ArithmeticProbe.elementwise("Mul", type, [pairs.map(\.0), pairs.map(\.1)])
    else { return nil }
    return Probe(.elementwise, call, type: type, fields: [.subnormals]) { outputs in
      guard let found = outputs.first?.doubles, found.count == pairs.count else { return [] }
      return [
        .subnormals(
          SubnormalFinding(
            results: finding(results, found),
            inputs: finding(inputs, found.dropFirst(results.count))))
      ]
    }
  }

  /// The same through products and sums: one pair in each row of zeros.
  static func subnormals(
    _ family: ProbeRecord.Family, _ form: MatrixProduct.Form, _ type: ElementType
  ) -> Probe? {
    guard let format = type.floatFormat else { return nil }
    let (results, allInputs) = ladder(format)
    // Factors that are rounded to bf16 keep these rungs, so that only flushing shows.
    let inputs = allInputs.prefix(FloatFormat.bf16.precision - 1)
    let sums = form == .reduceSum
    let pairs = sums ? results.map { ($0.0 * $0.1, 1.0) } : results + inputs
    let depth = max(pairs.count, 8)
    let left = pairs.enumerated().map { place, pair in
      (0..<depth).map { $0 == place ? pair.0 : 0 }
    }
    let column = (0..<depth).map { pairs.indices.contains($0) ? pairs[$0].1 : 0 }
    let width = sums ? 1 : 8
    let product = MatrixProduct(
      left: left, columns: [[Double]](repeating: column, count: width))
    guard let call = product.call(form, type: type) else { return nil }
    return Probe(family, call, type: type, fields: [.subnormals]) { outputs in
      guard let found = product.rows(of: outputs, form) else { return [] }
      let firsts = found.map { $0.first ?? .nan }
      // A sum has the same number as input and as result, so only its result can be told.
      return [
        .subnormals(
          SubnormalFinding(
            results: finding(sums ? pairs : results, firsts),
            inputs: sums ? [] : finding(Array(inputs), firsts.dropFirst(results.count))))
      ]
    }
  }

  static func overflow(_ type: ElementType) -> Probe? {
    guard let format = type.floatFormat else { return nil }
    let greatest = format.greatestFinite
    // Half the unit of the largest value is a tie, which goes to the next power of two.
    let half = powerOfTwo(format.maxExponent - format.precision)
    let below = half * (1 - format.unitRoundoff)
    let pairs = [(greatest, below), (greatest, half), (greatest, greatest)]
    let signed = pairs + pairs.map { (-$0.0, -$0.1) }
    guard
      let call = ArithmeticProbe.elementwise("Add", type, [signed.map(\.0), signed.map(\.1)])
    else { return nil }
    return Probe(.elementwise, call, type: type, fields: [.overflow]) { outputs in
      guard let found = outputs.first?.doubles, found.count == signed.count else { return [] }
      let finding = OverflowFinding(
        below: [found[0], found[3]], beyond: [found[1], found[2], found[4], found[5]],
        greatest: greatest)
      return finding.map { [.overflow($0)] } ?? []
    }
  }

  /// exp(12) is beyond float16.
  static func exponential() -> Probe? {
    guard let call = ArithmeticProbe.elementwise("Exp", .f16, [[12, 80, 600, 12]]) else {
      return nil
    }
    return Probe(.elementwise, call, type: .f16, fields: [.overflow]) { outputs in
      guard let found = outputs.first?.doubles else { return [] }
      let finding = OverflowFinding(
        below: [], beyond: found, greatest: FloatFormat.f16.greatestFinite)
      return finding.map { [.overflow($0)] } ?? []
    }
  }

  /// NaN as the first and as the second operand, next to smaller and larger numbers.
  static func extremum(_ name: String, _ type: ElementType) -> Probe? {
    let left = [Double.nan, .nan, 1, -1, .nan]
    let right = [1, -1, Double.nan, .nan, .nan]
    guard let call = ArithmeticProbe.elementwise(name, type, [left, right]) else { return nil }
    return Probe(.elementwise, call, type: type, fields: [.minMaxNaN]) { outputs in
      guard let found = outputs.first?.doubles, found.count == left.count else { return [] }
      let survives = [
        found[0].isNaN && found[1].isNaN, found[2].isNaN && found[3].isNaN,
      ]
      return NaNFinding(survives: survives).map { [.minMaxNaN($0)] } ?? []
    }
  }

  /// A NaN at each position of a row among growing numbers.
  static func reduced(_ name: String, _ type: ElementType) -> Probe? {
    let count = 17
    let values = (0..<count).flatMap { row in
      (0..<count).map { $0 == row ? Double.nan : Double($0) }
    }
    guard let input = Tensor(type: type, shape: [count, count], rounding: values) else {
      return nil
    }
    let call = ProbeCall(
      operatorName: name, attributes: ["axes": .ints([1]), "keepdims": .int(0)], inputs: [input],
      outputType: type, outputShape: [count])
    return Probe(.reduce, call, type: type, fields: [.minMaxNaN]) { survivors($0, count) }
  }

  /// A NaN at each position of a window.
  static func pooled(_ type: ElementType) -> Probe? {
    let count = 9
    let values = (0..<count).flatMap { image in
      (0..<count).map { $0 == image ? Double.nan : Double($0) }
    }
    guard let input = Tensor(type: type, shape: [count, 1, 3, 3], rounding: values) else {
      return nil
    }
    let call = ProbeCall(
      operatorName: "MaxPool", attributes: ["kernel_shape": .ints([3, 3])], inputs: [input],
      outputType: type, outputShape: [count, 1, 1, 1])
    return Probe(.conv, call, type: type, fields: [.minMaxNaN]) { survivors($0, count) }
  }

  private static func survivors(_ outputs: [Tensor], _ count: Int) -> [Finding] {
    guard let found = outputs.first?.doubles, found.count == count else { return [] }
    return NaNFinding(survives: found.map(\.isNaN)).map { [.minMaxNaN($0)] } ?? []
  }

  /// −0 as operand and as result.
  static func zero(_ name: String, _ type: ElementType) -> Probe? {
    let operands: [[Double]] = name == "Neg" ? [[0, -0.0]] : [[-0.0, 0], [3, -5]]
    guard let call = ArithmeticProbe.elementwise(name, type, operands) else { return nil }
    let signs: [FloatingPointSign] = name == "Neg" ? [.minus, .plus] : [.minus, .minus]
    return Probe(.elementwise, call, type: type, fields: [.zeroSign]) { outputs in
      guard let found = outputs.first?.doubles, found.count == signs.count else { return [] }
      return [.zeroSign(zip(found, signs).allSatisfy { $0 == 0 && $0.sign == $1 })]
    }
  }

  /// Sums beyond the range of a signed integer type, on both sides.
  static func integers(_ type: ElementType) -> Probe? {
    guard case .integer(let bits, true) = type.meaning else { return nil }
    let half = Int128(1) << Int128(bits - 1)
    let pairs = [(half - 1, Int128(1)), (half - 1, half - 1), (-half, Int128(-1)), (-half, -half)]
    guard let left = Tensor(type: type, shape: [pairs.count], wrapping: pairs.map(\.0)),
      let right = Tensor(type: type, shape: [pairs.count], wrapping: pairs.map(\.1))
    else { return nil }
    let call = ProbeCall(
      operatorName: "Add", inputs: [left, right], outputType: type, outputShape: [pairs.count])
    return Probe(.elementwise, call, type: type, fields: [.integerOverflow]) { outputs in
      guard let found = outputs.first?.integers, found.count == pairs.count else { return [] }
      let samples = zip(pairs, found).map {
        IntegerOverflowFinding.Sample(exact: $0.0 + $0.1, observed: $1)
      }
      return IntegerOverflowFinding(samples, bits: bits).map { [.integerOverflow($0)] } ?? []
    }
  }
}
