import Tensors

/// The mean of the elements under each window.
///
/// The divisor is the number of elements seen, or with `count_include_pad` the number of taps
/// inside of the input and its padding; what `ceil_mode` adds beyond the padding never counts.
/// Sums are kept in binary64 and rounded once. A window over nothing is zero.
enum AveragePoolKernel: OperatorKernel {
  static let name = "AveragePool"
  static let versions = [1, 7, 10, 11, 19, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard x.shape.count >= 3 else { throw .invalidInput("the input has shape \(x.shape)") }
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x.shape[2...]),
      kernel: try call.ints("kernel_shape") ?? [])
    let windows = try SlidingWindows(geometry)
    let isPaddingCounted = try call.flag("count_include_pad", default: false)
    let shape = Array(x.shape[..<2]) + geometry.output
    _ = try Allocation.count(of: shape, type: .f64)
    let planes = try Allocation.count(of: Array(x.shape[..<2]), type: .u8)
    let means = means(
      try x.reals(Double.self), planes, windows, isPaddingCounted,
      call.resources.pool)
    return [.tensor(try .rounding(means, to: x.type, shape))]
  }

  private static func means(
    _ x: [Double], _ planes: Int, _ windows: SlidingWindows, _ isPaddingCounted: Bool,
    _ pool: ThreadPool
  ) -> [Double] {
    let (input, output) = (windows.inputCount, windows.outputCount)
    let walk = WindowWalk(windows)
    var means = [Double](repeating: 0, count: planes * output)
    means.withUnsafeMutableBufferPointer { means in
      x.withUnsafeBufferPointer { x in
        pool.parallelFor(count: planes, grain: max(1, 4096 / max(1, output))) { range in
          for plane in range {
            walk.forEachWindow { number, index in
              let (sum, seen) = sum(x, plane * input, walk, index)
              let count = isPaddingCounted ? paddedCount(windows, index) : Double(seen)
              means[plane * output + number] = count > 0 ? sum / count : 0
            }
          }
        }
      }
    }
    return means
  }

  private static func sum(
    _ x: UnsafeBufferPointer<Double>, _ plane: Int, _ walk: WindowWalk, _ index: [Int]
  ) -> (sum: Double, count: Int) {
    var (sum, seen) = (0.0, 0)
    walk.forEachRun(ofWindow: index) { start, step, count in
      for tap in 0..<count { sum += x[plane + start + tap * step] }
      seen += count
    }
    return (sum, seen)
  }

  private static func paddedCount(_ windows: SlidingWindows, _ index: [Int]) -> Double {
    zip(windows.axes, index).reduce(1) { $0 * Double($1.0.paddedTapCount(ofWindow: $1.1)) }
  }
}
