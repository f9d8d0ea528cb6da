import Tensors
import Verification

/// Input width: odd integers of exactly w bits times −1, 0 and 1, so that every sum in every order is
/// exact, and a factor that loses bits changes it.
enum WidthProbe {
  private static let depth = 64

  /// A row for each width; every column picks one element, so that all of them stay exact.
  private static func ladder(_ type: ElementType) -> (widths: [Int], rows: [[Double]]) {
    let widths = Ladder.widths(precision: type.floatFormat?.precision ?? 1)
    return (widths, widths.map { Ladder.oddIntegers(width: $0, count: depth) })
  }

  /// Columns of the unit matrix with alternating signs.
  private static var picks: [[Double]] {
    (0..<depth).map { place in
      (0..<depth).map { $0 == place ? (place % 2 == 0 ? 1 : -1) : 0 }
    }
  }

  /// The wide numbers on the left.
  static func left(
    _ family: ProbeRecord.Family, _ form: MatrixProduct.Form, _ type: ElementType
  ) -> Probe? {
    let (widths, rows) = ladder(type)
    if form == .reduceSum { return sums(type, widths, rows) }
    let (product, columns) = (MatrixProduct(left: rows, columns: picks), picks)
    guard let call = product.call(form, type: type) else { return nil }
    return Probe(family, call, type: type, fields: [.inputPrecision]) { outputs in
      guard let found = product.rows(of: outputs, form) else { return [] }
      let samples = zip(widths, zip(rows, found)).flatMap { width, pair in
        zip(zip(pair.0, columns.indices.map { $0 % 2 == 0 ? 1.0 : -1 }), pair.1).map {
          WidthFinding.Sample(width: width, sent: $0.0 * $0.1, observed: $1)
        }
      }
      return WidthFinding(samples).map { [.inputs($0)] } ?? []
    }
  }

  /// The wide numbers on the right, as a constant of the model: weights.
  static func right(
    _ family: ProbeRecord.Family, _ form: MatrixProduct.Form, _ type: ElementType
  ) -> Probe? {
    let (widths, columns) = ladder(type)
    let product = MatrixProduct(left: picks, columns: columns)
    guard let call = product.call(form, type: type, rightIsConstant: true) else { return nil }
    return Probe(family, call, type: type, fields: [.inputPrecision]) { outputs in
      guard let found = product.rows(of: outputs, form) else { return [] }
      let samples = found.enumerated().flatMap { place, row in
        zip(zip(widths, columns), row).map { ladder, observed in
          WidthFinding.Sample(
            width: ladder.0, sent: ladder.1[place] * (place % 2 == 0 ? 1 : -1),
            observed: observed)
        }
      }
      return WidthFinding(samples).map { [.inputs($0)] } ?? []
    }
  }

  /// One number in each row of zeros.
  private static func sums(_ type: ElementType, _ widths: [Int], _ rows: [[Double]]) -> Probe? {
    let wide = zip(widths, rows).flatMap { width, row in row.prefix(8).map { (width, $0) } }
    let lines = wide.enumerated().map { number, pair in
      (0..<depth).map { $0 == number * 7 % depth ? pair.1 : 0 }
    }
    let product = MatrixProduct(
      left: lines, columns: [[Double](repeating: 1, count: depth)])
    guard let call = product.call(.reduceSum, type: type) else { return nil }
    return Probe(.reduce, call, type: type, fields: [.inputPrecision]) { outputs in
      guard let found = product.rows(of: outputs, .reduceSum) else { return [] }
      let samples = zip(wide, found).map {
        WidthFinding.Sample(width: $0.0, sent: $0.1, observed: $1.first ?? .nan)
      }
      return WidthFinding(samples).map { [.inputs($0)] } ?? []
    }
  }

  /// The standing probe: 13 bits and a depth of 2,048, where kernels for large products are chosen.
  static func standing(_ form: MatrixProduct.Form) -> Probe? {
    let (depth, width, rows, columns) = (2048, 13, 16, 16)
    let integers = Ladder.oddIntegers(width: width, count: rows * depth)
    let left = (0..<rows).map { Array(integers[($0 * depth)..<(($0 + 1) * depth)]) }
    // Half of the elements, with both signs: Σ|a| < 1,024 · 2^13 = 2^23.
    let right = (0..<columns).map { column in
      (0..<depth).map { place in
        Double([0, 1, 0, -1][(place + column * (1 + place / 4 % 3)) % 4])
      }
    }
    let product = MatrixProduct(left: left, columns: right)
    guard let call = product.call(form, type: .f32) else { return nil }
    let exact = left.map { row in
      right.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return Probe(.matmul, call, type: .f32, fields: [.inputPrecision]) { outputs in
      // It tells whether 13 bits were kept; how many were is for the ladder.
      product.rows(of: outputs, form).map { [.standing(width: width, isExact: $0 == exact)] } ?? []
    }
  }
}
