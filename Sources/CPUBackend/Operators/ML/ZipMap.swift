import Tensors

/// A map for each row of a matrix; a vector is one row.
enum ZipMapKernel: OperatorKernel {
  static let name = "ZipMap"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.sequence(.map(key: try keys(declaration.attributes).type, value: .tensor(.f32)))]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let keys = try keys(call.attributes)
    let x = try call.tensor(0)
    guard x.shape.count == 1 || x.shape.count == 2, x.shape.last == keys.count else {
      throw .invalidInput("shape \(x.shape) has no column for each of \(keys.count) keys")
    }
    let rows = x.shape.count == 2 ? x.shape[0] : 1
    guard rows <= Self.rowLimit else { throw .outOfMemory("\(rows) maps") }
    let width = keys.count
    var maps: [Value] = []
    for row in 0..<rows {
      let values = try Selection(Array(row * width..<(row + 1) * width))
        .tensor(of: x, shape: [width])
      guard let map = Value.map(keys: keys, column: values) else {
        throw .invalidInput("row \(row) gives no map")
      }
      maps.append(map)
    }
    return [.sequence(maps, element: .map(key: keys.type, value: .tensor(.f32)))]
  }

  /// Maps without keys take memory too.
  private static let rowLimit = 1 << 22

  private static func keys(_ attributes: Attributes) throws(KernelError) -> Tensor {
    try StatedKeys.read(
      attributes, integers: "classlabels_int64s", strings: "classlabels_strings")
  }
}
