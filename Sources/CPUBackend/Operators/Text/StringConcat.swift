import Tensors

/// Each string of the first tensor followed by one of the second, broadcast against each other.
enum StringConcatKernel: OperatorKernel {
  static let name = "StringConcat"
  static let versions = [20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let shape = try Axes.broadcast(a.shape, b.shape)
    let count = try Allocation.count(of: shape, type: .string)
    let loop = BroadcastLoop(a.shape, b.shape, to: shape)
    let texts = loop.values(count: count, a.strings, b.strings, initial: "") { $0 + $1 }
    return [.tensor(try .of(strings: texts, shape))]
  }
}
