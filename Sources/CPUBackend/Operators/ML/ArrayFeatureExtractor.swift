import Tensors

/// Elements picked along the last axis; indices count from zero.
///
/// A vector counts as one row, and indices of any shape as a list.
enum ArrayFeatureExtractorKernel: OperatorKernel {
  static let name = "ArrayFeatureExtractor"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let indices = try call.tensor(1).wideIntegers
    guard let length = x.shape.last else { throw .invalidInput("a scalar has no last axis") }
    for index in indices where index < 0 || index >= length {
      throw .invalidInput("index \(index) is outside of \(length) elements")
    }
    let outer = x.shape.count == 1 ? [1] : Array(x.shape.dropLast())
    let shape = outer + [indices.count]
    let rows = try Allocation.count(of: outer, type: .u8)
    _ = try Allocation.count(of: shape, type: x.type)
    var positions: [Int] = []
    for row in 0..<rows { positions += indices.map { row * length + Int($0) } }
    return [.tensor(try Selection(positions).tensor(of: x, shape: shape))]
  }
}
