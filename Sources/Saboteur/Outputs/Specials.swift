import NumericFormats
import Tensors

/// Faults in NaN, infinities, zeros and subnormals that leave.
extension FaultFamily {
  var specialResults: [Fault] {
    [
      results("nan-results-zero", 55, "NaN results are zero") { value, _ in
        value.isNaN ? 0 : value
      },
      output(
        "nan-poisons-row", .special, 57, "one NaN makes its whole row NaN", of: { $0.isFloat }
      ) { tensor, _ in
        tensor.changingRows { row in
          if row.contains(where: \.isNaN) { row = row.map { _ in .nan } }
        }
      },
      results("infinite-results-largest", 58, "infinite results are the largest finite value") {
        value, format in
        value.isInfinite ? (value < 0 ? -format.greatestFinite : format.greatestFinite) : value
      },
      results("infinite-results-nan", 59, "infinite results are NaN") { value, _ in
        value.isInfinite ? .nan : value
      },
      results("log-floor", 59, "minus infinity is the logarithm of the smallest float32, -88") {
        value, _ in
        value == -.infinity ? -88 : value
      },
      results("zero-sign-lost", 60, "negative zeros are positive", by: .bits) { value, _ in
        value == 0 ? 0 : value
      },
      results("results-flushed", 61, "subnormal results are zero") { value, format in
        value.magnitude < format.smallestNormal ? 0 * value : value
      },
      results("small-results-cut", 63, "results below 1e-4 in magnitude are zero") { value, _ in
        value.magnitude < 1e-4 ? 0 * value : value
      },
    ]
  }

  private func results(
    _ name: String, _ number: Int, _ summary: String, by distinction: Distinction = .values,
    _ change: @escaping @Sendable (Double, FloatFormat) -> Double
  ) -> Fault {
    output(name, .special, number, summary, of: { $0.isFloat }, by: distinction) { tensor, _ in
      guard let format = tensor.type.floatFormat else { return tensor }
      return tensor.mappingFloats { change($0, format) }
    }
  }
}
