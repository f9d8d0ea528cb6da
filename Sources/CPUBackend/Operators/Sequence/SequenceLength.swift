import Tensors

/// The number of tensors in a sequence.
enum SequenceLengthKernel: OperatorKernel {
  static let name = "SequenceLength"
  static let versions = [11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let values = try call.sequence(0).values
    return [.tensor(try .of(.i64, [], [Int64(values.count)]))]
  }
}
