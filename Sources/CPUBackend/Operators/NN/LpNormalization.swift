import Tensors

/// Each row along an axis divided by its L1 or L2 norm; zeros where the norm is zero.
enum LpNormalizationKernel: OperatorKernel {
  static let name = "LpNormalization"
  static let versions = [1, 22]

  static func check(_ declaration: Declaration) throws(KernelError) {
    let p = try declaration.attributes.int("p", default: 2)
    guard p == 1 || p == 2 else { throw .invalidModel("p is \(p), it must be 1 or 2") }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(try call.int("axis", default: -1), rank: x.shape.count)
    let norm = try PowerNorm(call)
    let lanes = Lanes(x.shape, axes: [axis])
    return [
      .tensor(
        try lanes.mapReals(x, as: Double.self) { source, target in
          let size = norm(source)
          for index in source.indices { target[index] = size == 0 ? 0 : source[index] / size }
        })
    ]
  }
}
