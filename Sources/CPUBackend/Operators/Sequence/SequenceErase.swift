import Tensors

/// A sequence without one of its tensors, the last one when no position is given.
enum SequenceEraseKernel: OperatorKernel {
  static let name = "SequenceErase"
  static let versions = [11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard case .sequence(var values, let element) = call.value(0) else {
      throw .invalidInput("input 0 must be a sequence")
    }
    let stated = try call.integers(1) ?? [-1]
    guard stated.count == 1, stated[0] >= -values.count, stated[0] < values.count else {
      throw .invalidInput("position \(stated) is outside of \(values.count) tensors")
    }
    values.remove(at: stated[0] < 0 ? stated[0] + values.count : stated[0])
    return [.sequence(values, element: element)]
  }
}
