import ExtendedArithmetic

/// Mean and variance of a row, traced, by two legal decompositions.
struct Moments {
  let mean: DoubleDouble
  /// The population variance.
  let variance: DoubleDouble

  /// Decomposition 0: the mean, then the mean of the squared deviations. Decomposition 1: Welford's
  /// running update, whose error follows another path.
  init(_ row: [DoubleDouble], _ call: Call) {
    let trace = call.trace
    let count = DoubleDouble(Double(row.count))
    guard call.decomposition == 1, row.count > 1 else {
      let m = trace.divide(trace.sum(row), by: count)
      let squares = row.map { (value) -> DoubleDouble in
        let deviation = trace.subtract(value, m)
        return trace.multiply(deviation, deviation)
      }
      (mean, variance) = (m, trace.divide(trace.sum(squares), by: count))
      return
    }
    var (m, squares) = (DoubleDouble.zero, DoubleDouble.zero)
    for (position, value) in row.enumerated() {
      let deviation = trace.subtract(value, m)
      m = trace.add(m, trace.divide(deviation, by: DoubleDouble(Double(position + 1))))
      squares = trace.add(squares, trace.multiply(deviation, trace.subtract(value, m)))
    }
    (mean, variance) = (m, trace.divide(squares, by: count))
  }
}
