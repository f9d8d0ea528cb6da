import ExtendedArithmetic

extension Call {
  /// The lanes that Softmax, LogSoftmax and Hardmax work on, by version.
  func softmaxLanes(of x: ExactTensor) throws(EvaluationError) -> Lanes {
    if version >= 13 {
      let axis = try axis(try int("axis", default: -1), rank: x.rank)
      return Lanes(of: x.shape, along: axis)
    }
    let axis = try int("axis", default: 1)
    // Version 1 states no range; its wording allows an empty tail, [0, rank].
    if version < 11, axis == x.rank { return Lanes(of: x.shape, flattenedFrom: x.rank) }
    return Lanes(of: x.shape, flattenedFrom: try self.axis(axis, rank: x.rank))
  }
}

extension ExactTensor {
  /// Replaces every lane by the result of `change`, which keeps its length.
  func mapLanes(
    _ lanes: Lanes, _ change: ([DoubleDouble]) -> [DoubleDouble]
  ) throws(EvaluationError) -> ExactTensor {
    var values = try reals()
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      for (position, value) in zip(positions, change(positions.map { values[$0] })) {
        values[position] = value
      }
    }
    return ExactTensor(type, shape, reals: values)
  }
}

extension [DoubleDouble] {
  /// The largest element, NaN if any is NaN; −Inf when empty.
  var maximum: DoubleDouble {
    reduce(DoubleDouble(-Double.infinity)) {
      $0.isNaN || $1.isNaN ? DoubleDouble(.nan) : ($0 < $1 ? $1 : $0)
    }
  }
}
