import Tensors

/// The Blackman window, 0.42 − 0.5·cos(2πn/N) + 0.08·cos(4πn/N).
enum BlackmanWindowKernel: OperatorKernel {
  static let name = "BlackmanWindow"
  static let versions = [17]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    try CosineWindow.outputTypes(declaration)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    try CosineWindow.run(call, factors: [0.42, 0.5, 0.08])
  }
}
