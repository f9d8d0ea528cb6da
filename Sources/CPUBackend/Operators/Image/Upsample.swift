import Tensors

/// The predecessor of Resize, up to operator set 9: enlarges, with the coordinates of Resize-10.
enum UpsampleKernel: OperatorKernel {
  static let name = "Upsample"
  static let versions = [9]

  static func check(_ declaration: Declaration) throws(KernelError) {
    try ResizeKernel.check(declaration)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, scales) = (try call.tensor(0), try call.tensor(1))
    guard scales.shape == [x.shape.count],
      try scales.reals(Float.self).allSatisfy({ $0 >= 1 })
    else { throw .invalidInput("one scale of at least 1 is needed for each axis") }
    return x.shape.isEmpty ? [.tensor(x)] : try ResizeKernel.run(call)
  }
}
