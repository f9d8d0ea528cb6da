import Tensors

extension FailurePattern {
  @Sendable static func allZero(_ pattern: FailurePattern) -> String? {
    pattern.observed.count > 1 && pattern.observed.allSatisfy { $0 == 0 }
      ? "all outputs are zero (not computed, or not written back)" : nil
  }

  @Sendable static func constantOutput(_ pattern: FailurePattern) -> String? {
    guard let first = pattern.observed.first, first != 0, pattern.observed.count > 2,
      pattern.observed.allSatisfy({ $0 == first }), pattern.golden.contains(where: { $0 != first })
    else { return nil }
    return "one value in every element"
  }

  /// Every row along the last axis is the same although the goldens' rows differ.
  @Sendable static func repeatedRow(_ pattern: FailurePattern) -> String? {
    guard let width = pattern.shape.last, width > 1, pattern.observed.count >= 2 * width else {
      return nil
    }
    func repeats(_ values: [Double]) -> Bool {
      values.indices.dropFirst(width).allSatisfy { values[$0] == values[$0 - width] }
    }
    return repeats(pattern.observed) && !repeats(pattern.golden) ? "one row repeated" : nil
  }

  /// The matrix of the last two axes written in the other order.
  @Sendable static func transposed(_ pattern: FailurePattern) -> String? {
    guard pattern.shape.count >= 2, pattern.wrong.count > 1 else { return nil }
    let (rows, columns) = (pattern.shape[pattern.shape.count - 2], pattern.shape.last ?? 0)
    guard rows > 1, columns > 1 else { return nil }
    let size = rows * columns
    let isTransposed = pattern.observed.indices.allSatisfy { position in
      let (matrix, rest) = position.quotientAndRemainder(dividingBy: size)
      // Element (r, c) of the observed memory read as a columns × rows matrix.
      let source = matrix * size + (rest % rows) * columns + rest / rows
      return pattern.isNear(pattern.observed[position], pattern.golden[source])
    }
    return isTransposed ? "transposed: the last two axes are exchanged" : nil
  }

  /// Each wrong element has its neighbour's value.
  @Sendable static func shiftedByOne(_ pattern: FailurePattern) -> String? {
    guard pattern.wrong.count > 2 else { return nil }
    for shift in [1, -1] {
      let inside = pattern.wrong.filter { pattern.golden.indices.contains($0 + shift) }
      let differs = inside.contains { pattern.golden[$0] != pattern.golden[$0 + shift] }
      if inside.count > 2, inside.count >= pattern.wrong.count - 1, differs,
        inside.allSatisfy({ pattern.isNear(pattern.observed[$0], pattern.golden[$0 + shift]) })
      {
        return "off by one: each element has the value of its \(shift > 0 ? "next" : "previous") "
          + "neighbour"
      }
    }
    return nil
  }

  /// All wrong elements have the last index of one axis: a tail that was not computed.
  @Sendable static func lastOfAxis(_ pattern: FailurePattern) -> String? {
    guard let (axis, index) = pattern.commonIndex, index == pattern.shape[axis] - 1 else {
      return nil
    }
    return "only the last index of axis \(axis) is wrong (a tail of a loop or tile)"
  }

  @Sendable static func oneOfAxis(_ pattern: FailurePattern) -> String? {
    guard let (axis, index) = pattern.commonIndex, index < pattern.shape[axis] - 1 else {
      return nil
    }
    return "only index \(index) of axis \(axis) is wrong (one lane, row or channel)"
  }

  /// The axis of which all wrong elements share one index; the last such axis.
  private var commonIndex: (axis: Int, index: Int)? {
    guard wrong.count > 1, let first = wrong.first else { return nil }
    let strides = shape.rowMajorStrides
    for axis in shape.indices.reversed() where shape[axis] > 1 {
      let index = first / strides[axis] % shape[axis]
      if wrong.allSatisfy({ $0 / strides[axis] % shape[axis] == index }) { return (axis, index) }
    }
    return nil
  }

  /// Equal up to the noise of an ordinary computation, 2^-6 relative.
  func isNear(_ a: Double, _ b: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 0x1p-6 * max(abs(a), abs(b))
  }
}
