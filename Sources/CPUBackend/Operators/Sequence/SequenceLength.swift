import Tensors

/// The number of tensors in a sequence.
enum SequenceLengthKernel: OperatorKernel {
  static let name = "SequenceLength"
  static let versions = [11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard case .sequence(let values, _) = call.value(0) else {
      throw .invalidInput("input 0 must be a sequence")
    }
    return [.tensor(try .of(.i64, [], [Int64(values.count)]))]
  }
}
