import Tensors

/// The greatest element under each window.
///
///     y[n, c, p] = max_t x[n, c, p·stride − pad + t·dilation]
///
/// Padding never wins; NaN wins over everything. Of equal elements the first in row-major order
/// counts for `Indices`. A window over nothing but padding is −Inf or the least integer, with
/// index −1.
enum MaxPoolKernel: OperatorKernel {
  static let name = "MaxPool"
  static let versions = [1, 8, 10, 11, 12, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let windows = try PooledWindows(call, x.shape)
    let order = try call.int("storage_order", default: 0)
    guard order == 0 || order == 1 else {
      throw .invalidModel("storage_order is \(order), it must be 0 or 1")
    }
    let (positions, lowest) = try positions(x, windows)
    let values = try Selection(positions).tensor(of: x, fill: lowest, shape: windows.shape)
    guard call.wants(1) else { return [.tensor(values)] }
    let indices = order == 0 ? positions : columnMajor(positions, Array(x.shape[2...]))
    return [.tensor(values), .tensor(try .of(.i64, windows.shape, indices.map { Int64($0) }))]
  }

  /// The position of the greatest element under each window, and what stands for none.
  private static func positions(
    _ x: Tensor, _ windows: PooledWindows
  ) throws(KernelError) -> (positions: [Int], lowest: Tensor) {
    switch x.type {
    case .i8:
      return (greatest(x.elements(Int8.self), windows), try .of(.i8, [], [Int8.min]))
    case .u8:
      return (greatest(x.elements(UInt8.self), windows), try .of(.u8, [], [UInt8.min]))
    case .f64:
      return (greatest(x.elements(Double.self), windows), try .of(.f64, [], [-Double.infinity]))
    default:
      let lowest = try Tensor.rounding([-Float.infinity], to: x.type, [])
      return (greatest(try x.reals(Float.self), windows), lowest)
    }
  }

  private static func greatest<Element: Comparable>(
    _ x: [Element], _ windows: PooledWindows
  ) -> [Int] {
    windows.map(x, initial: Selection.filled) { greatest($0, $1, $2, $3) }
  }

  private static func greatest<Element: Comparable>(
    _ x: UnsafeBufferPointer<Element>, _ plane: Int, _ walk: WindowWalk, _ index: [Int]
  ) -> Int {
    var best = Selection.filled
    walk.forEachRun(ofWindow: index) { start, step, count in
      for tap in 0..<count {
        let position = plane + start + tap * step
        // NaN is the one element that differs from itself; it wins and then stays.
        if best < 0 || (!(x[position] <= x[best]) && x[best] == x[best]) { best = position }
      }
    }
    return best
  }

  /// Positions with the first spatial axis counting fastest; channels and images keep their order.
  private static func columnMajor(_ positions: [Int], _ spatial: Shape) -> [Int] {
    let plane = spatial.reduce(1, *)
    return positions.map { position in
      guard position >= 0 else { return position }
      let index = spatial.index(ofLinear: position % plane)
      var (result, stride) = (position / plane * plane, 1)
      for axis in spatial.indices {
        result += index[axis] * stride
        stride *= spatial[axis]
      }
      return result
    }
  }
}
