import Tensors
import Verification

/// Accumulator width and rounding, from rows that are multiplied by ones.
enum AccumulatorProbe {
  private static let depth = 130

  /// Places of 2^k and −2^k: neighbours in no lane order that is in use.
  private static let ends = [(0, 129), (0, 65), (1, 128), (129, 0)]
  /// Places of 2^k, 3 and −2^k, for sequential, lane-wise and blocked orders.
  private static let triples = [
    (0, 1, 2), (0, 1, 129), (0, 8, 16), (0, 16, 32), (0, 32, 64), (0, 64, 128), (0, 64, 129),
    (129, 128, 127),
  ]

  private static func exponents(_ type: ElementType) -> [Int] {
    switch type {
    case .f16: Array(8...15)
    case .f64: Array(20...60)
    default: Array(8...40)
    }
  }

  /// Ones between 2^k and −2^k.
  private static func absorbing(_ exponent: Int, _ ends: (Int, Int)) -> [Double] {
    let large = Double(sign: .plus, exponent: exponent, significand: 1)
    return (0..<depth).map { $0 == ends.0 ? large : $0 == ends.1 ? -large : 1 }
  }

  /// 2^k, 3 and −2^k among zeros.
  private static func tie(_ exponent: Int, _ places: (Int, Int, Int)) -> [Double] {
    let large = Double(sign: .plus, exponent: exponent, significand: 1)
    return (0..<depth).map {
      $0 == places.0 ? large : $0 == places.1 ? 3 : $0 == places.2 ? -large : 0
    }
  }

  static func probe(
    _ family: ProbeRecord.Family, _ form: MatrixProduct.Form, _ type: ElementType
  ) -> Probe? {
    let exponents = exponents(type)
    let losses = exponents.flatMap { k in ends.map { (k, absorbing(k, $0)) } }
    let ties = exponents.flatMap { k in triples.map { (k, tie(k, $0)) } }
    let rows = (losses + ties).map(\.1)
    // Several equal columns, so that it is a product of matrices and not of a vector.
    let width = form == .reduceSum ? 1 : 8
    let ones = [[Double]](repeating: [Double](repeating: 1, count: depth), count: width)
    let product = MatrixProduct(left: rows, columns: ones)
    guard let call = product.call(form, type: type) else { return nil }
    let fields: [ProbeRecord.Field] = [.accumulator, .accumulateRounding]
    return Probe(family, call, type: type, fields: fields) { outputs in
      guard let found = product.rows(of: outputs, form) else { return [] }
      let samples = zip(losses, found).flatMap { sent, sums in
        sums.map {
          AccumulatorFinding.Sample(
            exponent: sent.0, expected: Double(depth - 2), observed: $0)
        }
      }
      guard let finding = AccumulatorFinding(samples) else { return [] }
      let sums = zip(ties, found.dropFirst(losses.count))
        .filter { $0.0.0 == finding.bits }.flatMap { $0.1 }
      let rounding = finding.isLowerBound ? nil : AccumulateRounding.decode(sums)
      return [.accumulator(finding)] + (rounding.map { [.accumulateRounding($0)] } ?? [])
    }
  }
}
