import Tensors

/// The Lp norm of the elements under each window; padding adds nothing.
///
/// Sums are kept in binary64 and rounded once. A window over nothing is zero.
enum LpPoolKernel: OperatorKernel {
  static let name = "LpPool"
  static let versions = [2, 11, 18, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let planes = try ChannelPlanes(x.shape)
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x.shape[2...]),
      kernel: try call.ints("kernel_shape") ?? [])
    let windows = try SlidingWindows(geometry)
    let shape = Array(x.shape[..<2]) + geometry.output
    _ = try Allocation.count(of: shape, type: .f64)
    let norms = norms(
      try x.reals(Double.self), planes.count, windows, try PowerNorm(call), call.resources.pool)
    return [.tensor(try .rounding(norms, to: x.type, shape))]
  }

  private static func norms(
    _ x: [Double], _ planes: Int, _ windows: SlidingWindows, _ norm: PowerNorm,
    _ pool: ThreadPool
  ) -> [Double] {
    let (input, output) = (windows.inputCount, windows.outputCount)
    let walk = WindowWalk(windows)
    var norms = [Double](repeating: 0, count: planes * output)
    norms.withUnsafeMutableBufferPointer { norms in
      x.withUnsafeBufferPointer { x in
        pool.parallelFor(count: planes, grain: max(1, 4096 / max(1, output))) { range in
          for plane in range {
            walk.forEachWindow { number, index in
              var sum = 0.0
              walk.forEachRun(ofWindow: index) { start, step, count in
                for tap in 0..<count { sum += norm.power(x[plane * input + start + tap * step]) }
              }
              norms[plane * output + number] = norm.root(sum)
            }
          }
        }
      }
    }
    return norms
  }
}
