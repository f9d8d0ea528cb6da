import Tensors

/// The Hamming window, 25/46 − 21/46·cos(2πn/N).
enum HammingWindowKernel: OperatorKernel {
  static let name = "HammingWindow"
  static let versions = [17]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    try CosineWindow.outputTypes(declaration)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    try CosineWindow.run(call, factors: [25.0 / 46, 21.0 / 46, 0])
  }
}
