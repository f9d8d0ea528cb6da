import Tensors
import Verification

/// The order of the additions of a sum of 64 terms, from 2^60 and −2^60 at every pair of places
/// among ones.
enum OrderProbe {
  static let depth = 64

  /// The pairs of places, first ones first.
  static let pairs = (0..<depth).flatMap { i in ((i + 1)..<depth).map { (i, $0) } }

  /// Absorbs 62 ones in binary64 as well, and is a number of float32 and bfloat16.
  private static let large = Double(sign: .plus, exponent: 60, significand: 1)

  /// The terms for each pair.
  private static let rows = pairs.map { ends in
    (0..<depth).map { $0 == ends.0 ? large : $0 == ends.1 ? -large : 1 }
  }

  /// A probe for float32 or bfloat16; float16 has no number that a wider sum absorbs ones beside.
  static func probe(
    _ family: ProbeRecord.Family, _ form: MatrixProduct.Form, _ type: ElementType
  ) -> Probe? {
    // Several equal columns, so that it is a product of matrices and not of a vector.
    let width = form == .reduceSum ? 1 : 8
    let ones = [[Double]](repeating: [Double](repeating: 1, count: depth), count: width)
    let product = MatrixProduct(left: rows, columns: ones)
    guard let call = product.call(form, type: type) else { return nil }
    return Probe(family, call, type: type, fields: [.summationOrder]) { outputs in
      guard let found = product.rows(of: outputs, form) else { return [] }
      var left: [Int: Double] = [:]
      for (ends, sums) in zip(pairs, found) {
        guard let sum = sums.first, sums.allSatisfy({ $0 == sum }) else { return [] }
        left[ends.0 * depth + ends.1] = sum
      }
      let tree = SummationTree(count: depth) { left[$0 * depth + $1] ?? .nan }
      return tree.map { [.summationOrder($0)] } ?? []
    }
  }
}
