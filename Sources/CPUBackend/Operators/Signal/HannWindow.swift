import Tensors

/// The Hann window, ½ − ½·cos(2πn/N).
enum HannWindowKernel: OperatorKernel {
  static let name = "HannWindow"
  static let versions = [17]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    try CosineWindow.outputTypes(declaration)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    try CosineWindow.run(call, factors: [0.5, 0.5, 0])
  }
}
