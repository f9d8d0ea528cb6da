import Tensors

/// One tensor of a sequence; negative positions count from the end.
enum SequenceAtKernel: OperatorKernel {
  static let name = "SequenceAt"
  static let versions = [11]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [declaration.typeInsideSequence]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let values = try call.sequence(0).values
    guard let stated = try call.integers(1), stated.count == 1, stated[0] >= -values.count,
      stated[0] < values.count
    else {
      throw .invalidInput("the position is not one number inside of \(values.count) tensors")
    }
    return [values[stated[0] < 0 ? stated[0] + values.count : stated[0]]]
  }
}
