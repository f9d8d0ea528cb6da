import Tensors

/// One at the first greatest element of each row, zero elsewhere.
///
/// NaN counts as larger than every number. Versions before 13 take the axes from `axis` on together.
enum HardmaxKernel: OperatorKernel {
  static let name = "Hardmax"
  static let versions = [1, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let lanes = try SoftmaxKernel.axisLanes(call, x.shape)
    return [
      .tensor(
        try lanes.mapReals(x, as: Double.self) { source, target in
          var best = 0
          for index in source.indices where !source[best].isNaN {
            if !(source[index] <= source[best]) { best = index }
          }
          target[best] = 1
        })
    ]
  }
}
