import Tensors

/// A sequence with one more tensor, put before a position or at the end.
///
/// Positions from -n to n are taken for n tensors; negative ones count from the end.
enum SequenceInsertKernel: OperatorKernel {
  static let name = "SequenceInsert"
  static let versions = [11]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard declaration.inputTypes.count > 1, let type = declaration.inputTypes[1],
      case .sequence(let element) = declaration.inputTypes[0], element != type
    else { return }
    throw .invalidModel("a sequence of \(element) does not take \(type)")
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (given, element) = try call.sequence(0)
    var values = given
    let tensor = try call.tensor(1)
    guard element == .tensor(tensor.type) else {
      throw .invalidInput("a sequence of \(element) does not take \(tensor.type.onnxName)")
    }
    var position = values.count
    if let stated = try call.integers(2) {
      guard stated.count == 1, stated[0] >= -values.count, stated[0] <= values.count else {
        throw .invalidInput("position \(stated) is outside of \(values.count) tensors")
      }
      position = stated[0] < 0 ? stated[0] + values.count : stated[0]
    }
    values.insert(.tensor(tensor), at: position)
    return [.sequence(values, element: element)]
  }
}
