import ExtendedArithmetic

/// Compares elements of a real or integer tensor by position.
struct SortKeys {
  private let reals: [DoubleDouble]
  private let integers: [Int128]

  init(_ x: ExactTensor) throws(EvaluationError) {
    reals = x.isIntegral ? [] : try x.reals()
    integers = x.isIntegral ? try x.integers() : []
  }

  /// Whether the element at `a` is smaller than the one at `b`.
  func precedes(_ a: Int, _ b: Int) -> Bool {
    reals.isEmpty ? integers[a] < integers[b] : reals[a] < reals[b]
  }

  /// Whether the elements are equal; −0 equals +0.
  func isEqual(_ a: Int, _ b: Int) -> Bool { !precedes(a, b) && !precedes(b, a) }

  func isNaN(_ a: Int) -> Bool { reals.isEmpty ? false : reals[a].isNaN }
}
