import NumericFormats
import Tensors

extension Distinction {
  /// Whether the second value is another result than the first.
  func separates(_ right: Value, _ wrong: Value) -> Bool {
    switch (right, wrong) {
    case (.tensor(let a), .tensor(let b)): separates(a, b)
    case (.sequence(let a, let first), .sequence(let b, let second)):
      first != second || a.count != b.count || zip(a, b).contains { separates($0, $1) }
    case (.optional(let a?, _), .optional(let b?, _)): separates(a, b)
    case (.map(let keys, _, _), .map): separatesMaps(right, wrong, keys)
    case (.optional, _), (.tensor, _), (.sequence, _), (.map, _): right != wrong
    }
  }

  /// The order of the keys is no difference.
  private func separatesMaps(_ right: Value, _ wrong: Value, _ keys: Tensor) -> Bool {
    guard let a = right.column(orderedLike: keys), let b = wrong.column(orderedLike: keys) else {
      return true
    }
    return separates(a, b)
  }

  private func separates(_ right: Tensor, _ wrong: Tensor) -> Bool {
    guard right != wrong else { return false }
    guard self != .bits, right.type == wrong.type, right.shape == wrong.shape,
      let format = right.type.floatFormat, let a = right.doubles, let b = wrong.doubles
    else { return true }
    let slack = self == .placement ? Self.rounding(of: a, format) : 0
    return zip(a, b).contains { a, b in
      if a == b || (a.isNaN && b.isNaN) { return false }
      return !((a - b).magnitude <= slack)
    }
  }

  /// What rounding in another order may change, of results as large as the largest.
  ///
  /// Sums in another order differ by a few units of their largest terms; results stored in 16 bits
  /// by one. Narrower types round to equal codes or are another result.
  private static func rounding(of values: [Double], _ format: FloatFormat) -> Double {
    let largest = values.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let unit = largest.ulp * powerOfTwo(52 - (format.precision - 1))
    return format.precision >= 24 ? 4 * unit : format.precision >= 8 ? unit : 0
  }
}
