import Tensors

/// Rows divided by their maximum, their sum, or the root of the sum of their squares.
///
/// A row whose divisor is zero stays as it is.
enum NormalizerKernel: OperatorKernel {
  static let name = "Normalizer"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let norm = try call.attributes.choice("norm", of: ["MAX", "L1", "L2"], default: "MAX")
    let tensor = try call.tensor(0)
    let x = try FeatureRows(tensor)
    let results = (0..<x.count).flatMap { normalised(x.row($0), norm) }
    return [.tensor(try .rounding(results, to: .f32, tensor.shape))]
  }

  private static func normalised(_ row: ArraySlice<Double>, _ norm: String) -> [Double] {
    let divisor =
      switch norm {
      case "MAX": row.reduce(-Double.infinity) { $0.isNaN || $0 > $1 ? $0 : $1 }
      case "L1": row.reduce(0, +)
      default: row.reduce(0) { $0 + $1 * $1 }
      }
    if divisor == 0 { return Array(row) }
    return row.map { norm == "L2" ? ($0 * $0 / divisor).squareRoot() : $0 / divisor }
  }
}
