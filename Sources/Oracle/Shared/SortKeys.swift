import ExtendedArithmetic

/// Compares elements of a real, integer or string tensor by position.
struct SortKeys {
  private enum Keys {
    case reals([DoubleDouble])
    case integers([Int128])
    /// UTF-8 bytes, whose order is that of the code points; no two different texts are equal.
    case texts([[UInt8]])
  }

  private let keys: Keys

  init(_ x: ExactTensor) throws(EvaluationError) {
    switch x.elements {
    case .reals(let values): keys = .reals(values)
    case .integers(let values): keys = .integers(values)
    case .strings(let values): keys = .texts(values.map { Array($0.utf8) })
    case .complex: throw .unsupported("an order of complex numbers")
    }
  }

  /// Whether the element at `a` is smaller than the one at `b`.
  func precedes(_ a: Int, _ b: Int) -> Bool {
    switch keys {
    case .reals(let values): values[a] < values[b]
    case .integers(let values): values[a] < values[b]
    case .texts(let values): values[a].lexicographicallyPrecedes(values[b])
    }
  }

  /// Whether the elements are equal; −0 equals +0.
  func isEqual(_ a: Int, _ b: Int) -> Bool { !precedes(a, b) && !precedes(b, a) }

  func isNaN(_ a: Int) -> Bool {
    if case .reals(let values) = keys { values[a].isNaN } else { false }
  }
}
