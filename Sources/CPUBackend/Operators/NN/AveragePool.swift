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
    let windows = try PooledWindows(call, x.shape)
    let isPaddingCounted = try call.flag("count_include_pad", default: false)
    let means = windows.map(try x.reals(Double.self), initial: 0.0) { x, plane, walk, index in
      let (sum, seen) = sum(x, plane, walk, index)
      let count = isPaddingCounted ? paddedCount(windows.windows, index) : Double(seen)
      return count > 0 ? sum / count : 0
    }
    return [.tensor(try .rounding(means, to: x.type, windows.shape))]
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
