import Tensors

/// A matrix with ones on the k-th diagonal, zeros elsewhere, of the shape of another one.
enum EyeLikeKernel: OperatorKernel {
  static let name = "EyeLike"
  static let versions = [9, 22]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    let stated = try declaration.attributes.elementType("dtype").map { ValueType.tensor($0) }
    return [stated ?? declaration.inputTypes.first ?? nil]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard x.shape.count == 2 else { throw .invalidInput("rank \(x.shape.count) is no matrix") }
    let type = try call.attributes.elementType("dtype") ?? x.type
    var positions = [Int](repeating: 0, count: try Allocation.count(of: x.shape, type: .i64))
    let k = try call.int("k", default: 0)
    for row in 0..<x.shape[0] {
      let (column, overflow) = row.addingReportingOverflow(k)
      if !overflow, column >= 0, column < x.shape[1] { positions[row * x.shape[1] + column] = 1 }
    }
    return [.tensor(try Selection(positions).tensor(of: try digits(type), shape: x.shape))]
  }

  /// 0 and 1.
  private static func digits(_ type: ElementType) throws(KernelError) -> Tensor {
    if type.isFloat { return try .rounding([0, 1] as [Float], to: type, [2]) }
    if type == .bool { return try .of(.bool, [2], [UInt8(0), 1]) }
    return try .wrapping([0, 1], to: type, [2])
  }
}
