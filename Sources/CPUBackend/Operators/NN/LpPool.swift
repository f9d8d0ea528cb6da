import Tensors

/// The Lp norm of the elements under each window; padding adds nothing.
///
/// Sums are kept in binary64 and rounded once. A window over nothing is zero.
enum LpPoolKernel: OperatorKernel {
  static let name = "LpPool"
  static let versions = [2, 11, 18, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let windows = try PooledWindows(call, x.shape)
    let norm = try PowerNorm(call)
    let norms = windows.map(try x.reals(Double.self), initial: 0.0) { x, plane, walk, index in
      var sum = 0.0
      walk.forEachRun(ofWindow: index) { start, step, count in
        for tap in 0..<count { sum += norm.power(x[plane + start + tap * step]) }
      }
      return norm.root(sum)
    }
    return [.tensor(try .rounding(norms, to: x.type, windows.shape))]
  }
}
