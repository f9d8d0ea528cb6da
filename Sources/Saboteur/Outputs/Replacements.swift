import NumericFormats
import Tensors

/// Faults that put plausible values in place of the results.
extension FaultFamily {
  var replacements: [Fault] {
    [
      output("all-ones", .gross, nil, "every output element is one", of: { !$0.isText }) {
        tensor, _ in
        tensor.mappingFloats { _ in 1 }.mappingIntegers { _ in 1 }.mappingBools { _ in true }
      },
      output("sign-flip-one", .gross, 6, "one element has the wrong sign", of: { !$0.isText }) {
        tensor, _ in
        tensor.flippingOne()
      },
      output("input-copied", .gross, nil, "the first input of the output's shape is handed out") {
        tensor, occasion in
        occasion.inputs.first { $0.type == tensor.type && $0.shape == tensor.shape } ?? tensor
      },
      output("garbage-row", .gross, 9, "the last row holds what memory held", of: { !$0.isText }) {
        tensor, _ in
        tensor.withGarbage()
      },
      output(
        "lane-off", .gross, 21,
        "one lane of 128 along the last axis is too large by 0.9 %, in bfloat16 by 6 %",
        of: { $0.isFloat(atLeast: 8) }
      ) { tensor, _ in
        tensor.withOneLaneOff()
      },
      output(
        "row-uniform", .gross, 22, "every row is its mean, as of a softmax of equal scores",
        of: { $0.isFloat }
      ) { tensor, _ in
        tensor.changingRows { row in
          let mean = row.reduce(0, +) / Double(row.count)
          for index in row.indices { row[index] = mean }
        }
      },
      output("mean-in-place", .gross, 23, "every element is the mean of all", of: { $0.isFloat }) {
        tensor, _ in
        tensor.changingFloats { values in
          let finite = values.filter(\.isFinite)
          guard !finite.isEmpty else { return values }
          let mean = finite.reduce(0) { $0 + $1 / Double(finite.count) }
          return values.map { _ in mean }
        }
      },
    ]
  }
}

extension ElementType {
  /// Strings have no values to compute with, nor have complex numbers one code.
  var isText: Bool {
    switch meaning {
    case .string, .complex: true
    case .float, .integer, .bool: false
    }
  }

  /// Whether this is a float type of at least so many bits of precision.
  func isFloat(atLeast precision: Int) -> Bool { (floatFormat?.precision ?? 0) >= precision }

  /// Whether this is a float type of more precision than the format.
  func isFloat(wider format: FloatFormat) -> Bool { isFloat(atLeast: format.precision + 1) }
}

extension Tensor {
  /// The values of a bool tensor replaced.
  func mappingBools(_ change: (Bool) -> Bool) -> Tensor {
    guard type == .bool else { return self }
    return Tensor(type: type, shape: shape, codes: codes.map { change($0 != 0) ? 1 : 0 }) ?? self
  }

  /// The values of a float tensor replaced row by row along the last axis; a scalar is one row.
  func changingRows(_ change: (inout [Double]) -> Void) -> Tensor {
    changingFloats { values in
      let width = max(1, shape.last ?? 1)
      var changed: [Double] = []
      changed.reserveCapacity(values.count)
      for start in stride(from: 0, to: values.count, by: width) {
        var row = Array(values[start..<min(start + width, values.count)])
        change(&row)
        changed += row
      }
      return changed
    }
  }

  /// One lane of 128 too large by 9e-3, or by 16 times the unit round-off of a type that has so few
  /// bits that this is more: 9e-3 are two roundings of bfloat16, which no bound may tell from the
  /// type's own.
  fileprivate func withOneLaneOff() -> Tensor {
    guard let format = type.floatFormat else { return self }
    let factor = 1 + max(9e-3, 16 * format.unitRoundoff)
    return changingRows { row in
      for lane in row.indices where lane % 128 == min(5, row.count - 1) { row[lane] *= factor }
    }
  }

  /// The element of middle magnitude negated: neither the easiest to notice nor the hardest.
  fileprivate func flippingOne() -> Tensor {
    if type == .bool {
      var isFirst = true
      return mappingBools { value in
        defer { isFirst = false }
        return isFirst ? !value : value
      }
    }
    let magnitudes = doubles?.map(\.magnitude) ?? integers?.map { Double($0.magnitude) } ?? []
    let order = magnitudes.indices.filter { magnitudes[$0] > 0 && magnitudes[$0].isFinite }
      .sorted { (magnitudes[$0], $0) < (magnitudes[$1], $1) }
    guard !order.isEmpty else { return self }
    let chosen = order[order.count / 2]
    return changingFloats { values in
      var values = values
      values[chosen].negate()
      return values
    }.changingIntegers { values in
      var values = values
      values[chosen].negate()
      return values
    }
  }

  /// The last row filled with one byte pattern, bools with true.
  fileprivate func withGarbage() -> Tensor {
    guard let rows = Rows(shape) else { return self }
    var codes = codes
    let pattern: UInt64 = type == .bool ? 1 : 0x5A5A_5A5A_5A5A_5A5A
    for index in codes.indices.suffix(rows.columns) { codes[index] = pattern }
    return Tensor(type: type, shape: shape, codes: codes) ?? self
  }
}
