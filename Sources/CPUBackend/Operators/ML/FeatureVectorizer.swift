import Tensors

/// Tensors joined along their second axis, as float32; vectors count as single rows.
enum FeatureVectorizerKernel: OperatorKernel {
  static let name = "FeatureVectorizer"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let inputs = try call.tensors()
    let (rows, widths) = try sizes(inputs)
    if let stated = try call.ints("inputdimensions"), stated != widths {
      throw .unsupported(.attribute, "inputdimensions \(stated) for features of \(widths)")
    }
    var width = 0
    for part in widths {
      let (sum, overflow) = width.addingReportingOverflow(part)
      guard !overflow else { throw .outOfMemory("\(widths) columns") }
      width = sum
    }
    _ = try Allocation.count(of: [rows, width], type: .f32)
    var columns: [[Float]] = []
    for input in inputs { columns.append(try singles(input)) }
    var values: [Float] = []
    for row in 0..<rows {
      for (part, column) in zip(widths, columns) { values += column[row * part..<(row + 1) * part] }
    }
    return [.tensor(try .of(.f32, [rows, width], values))]
  }

  /// The rows that all inputs have, and the columns of each.
  private static func sizes(
    _ inputs: [Tensor]
  ) throws(KernelError) -> (rows: Int, widths: [Int]) {
    var rows: Int?
    var widths: [Int] = []
    for input in inputs {
      guard let width = input.shape.last, input.shape.count <= 2 else {
        throw .invalidInput("a feature of shape \(input.shape)")
      }
      let count = input.shape.count == 2 ? input.shape[0] : 1
      guard rows ?? count == count else {
        throw .invalidInput("features of \(count) and \(rows ?? 0) rows")
      }
      rows = count
      widths.append(width)
    }
    return (rows ?? 0, widths)
  }

  /// Each number rounded once.
  private static func singles(_ tensor: Tensor) throws(KernelError) -> [Float] {
    guard tensor.type.isFloat else { return tensor.wideIntegers.map { Float($0) } }
    return tensor.type == .f32
      ? tensor.elements(Float.self) : try tensor.reals(Double.self).map { Float($0) }
  }
}
