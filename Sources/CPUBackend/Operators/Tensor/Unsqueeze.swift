import Tensors

/// The tensor with axes of one element inserted, named as axes of the result.
enum UnsqueezeKernel: OperatorKernel {
  static let name = "Unsqueeze"
  static let versions = [1, 11, 13, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let stated = call.version >= 13 ? try call.integers(1) : try call.ints("axes") else {
      throw .invalidInput("axes are missing")
    }
    var shape = x.shape
    let axes = try Axes.normalised(stated, rank: shape.count + stated.count)
    for axis in axes.sorted() { shape.insert(1, at: axis) }
    return [.tensor(try x.under(shape))]
  }
}
