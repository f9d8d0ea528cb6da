import Tensors

/// Rows over the last axes divided by their root mean square, then scaled.
///
///     y = x / √(mean(x²) + ε) · scale
///
/// The result has the type of the scale.
enum RMSNormalizationKernel: OperatorKernel {
  static let name = "RMSNormalization"
  static let versions = [23]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, scaleTensor) = (try call.tensor(0), try call.tensor(1))
    let rows = try RowNormalization(call, x.shape)
    let scale = try rows.broadcast(scaleTensor, "the scale")
    var result = [Double](repeating: 0, count: scale.count)
    rows.forEachRow(try rows.elements(x), &result) { row, source, target in
      let square = LaneTree.sum(source) { $0 * $0 } / Double(source.count)
      let inverse = rows.inverseRoot(square)
      for index in source.indices {
        target[index] = source[index] * inverse * scale[row * rows.length + index]
      }
    }
    return [.tensor(try .rounding(result, to: scaleTensor.type, x.shape))]
  }
}
