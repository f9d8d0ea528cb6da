import Tensors

/// The predecessor of ScatterElements, up to operator set 10.
enum ScatterKernel: OperatorKernel {
  static let name = "Scatter"
  static let versions = [9]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try ScatterElementsKernel.scattered(call, .none))]
  }
}
