import ExtendedArithmetic

/// Arguments and results computed at high precision, one table per function in its own file.
enum ReferencePoints {
  /// One row: the arguments and the result rounded to a pair.
  struct Point {
    let arguments: [DoubleDouble]
    let high: Double
    let low: Double
  }

  struct MalformedTable: Error {}

  /// Reads a table of hex floats: `argumentCount` pairs, then the pair of the result.
  static func parse(_ table: String, argumentCount: Int) throws -> [Point] {
    let fields = try table.split(whereSeparator: \.isWhitespace).map { field in
      guard let value = Double(field) else { throw MalformedTable() }
      return value
    }
    let width = 2 * argumentCount + 2
    guard fields.count.isMultiple(of: width), !fields.isEmpty else { throw MalformedTable() }
    return stride(from: 0, to: fields.count, by: width).map { start in
      let arguments = (0..<argumentCount).map { index in
        DoubleDouble(high: fields[start + 2 * index], low: fields[start + 2 * index + 1])
      }
      return Point(
        arguments: arguments, high: fields[start + width - 2], low: fields[start + width - 1])
    }
  }
}

extension ReferencePoints.Point {
  /// Relative error of a result, formed with `Double` operations that are exact for close values.
  ///
  /// One unit of the smallest subnormal is forgiven: there the low part cannot be held.
  func relativeError(of value: DoubleDouble) -> Double {
    let difference = (value.high - high) + (value.low - low)
    if difference.magnitude <= 2 * .leastNonzeroMagnitude { return 0 }
    return (difference / high).magnitude
  }
}
