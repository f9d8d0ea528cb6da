import Tensors

/// The matrix product of quantised operands, quantised again.
///
///     y = limit(round(Σ (a - a zero) · (b - b zero) · a scale · b scale / y scale) + y zero)
///
/// The sum is exact in 32 bits that wrap around; what follows is computed in float64. The first
/// operand and the result have parameters for the whole tensor or each row, the second for the whole
/// tensor or each column.
enum QLinearMatMulKernel: OperatorKernel {
  static let name = "QLinearMatMul"
  static let versions = [10, 21]

  /// The float8 types are not implemented: the standard does not say how their sums are rounded.
  static func supports(_ type: ValueType, for variable: String, version: Int) -> Bool {
    guard variable != "TS", case .tensor(let element) = type else { return true }
    return !element.isFloat
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (a, b) = (try call.tensor(0), try call.tensor(3))
    let product = try QuantisedProduct(a.shape, b.shape)
    let full = product.fullShape
    let left = try QuantisedLine.row.differences(a, try call.tensor(2))
    let right = try QuantisedLine.column.differences(b, try call.tensor(5))
    let sums = product.sums(left, right, pool: call.resources.pool)
    let zero = try call.tensor(7)
    let leftScales = try spread(try call.tensor(1), .row, of: a.shape, to: full)
    let rightScales = try spread(try call.tensor(4), .column, of: b.shape, to: full)
    let scales = try spread(try call.tensor(6), .row, of: full, to: full)
    var values = [Double](repeating: 0, count: sums.count)
    for index in values.indices {
      values[index] =
        Double(sums[index]) * (leftScales[index] * rightScales[index] / scales[index])
    }
    let quantiser = Quantiser(type: zero.type, overflow: .saturate)
    let zeros = try spread(zero, .row, of: full, to: full)
    return [.tensor(try quantiser.tensor(values, zeros: zeros, product.shape))]
  }

  /// The parameter of each element of the result.
  private static func spread(
    _ parameter: Tensor, _ line: QuantisedLine, of matrix: Shape, to full: Shape
  ) throws(KernelError) -> [Double] {
    let values = try parameter.exactDoubles()
    let shape = try line.shape(parameter.shape, of: matrix)
    if shape.isEmpty {
      return [Double](repeating: values[0], count: full.elementCount ?? 0)
    }
    return StridedView(broadcasting: shape, to: full).positions.map { values[$0] }
  }
}
