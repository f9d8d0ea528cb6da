import Tensors

/// A sequence without one of its tensors, the last one when no position is given.
enum SequenceEraseKernel: OperatorKernel {
  static let name = "SequenceErase"
  static let versions = [11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (given, element) = try call.sequence(0)
    var values = given
    let stated = try call.integers(1) ?? [-1]
    guard stated.count == 1, stated[0] >= -values.count, stated[0] < values.count else {
      throw .invalidInput("position \(stated) is outside of \(values.count) tensors")
    }
    values.remove(at: stated[0] < 0 ? stated[0] + values.count : stated[0])
    return [.sequence(values, element: element)]
  }
}
