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
    guard x.shape.count >= 3 else { throw .invalidInput("the input has shape \(x.shape)") }
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x.shape[2...]),
      kernel: try call.ints("kernel_shape") ?? [])
    let windows = try SlidingWindows(geometry)
    let shape = Array(x.shape[..<2]) + geometry.output
    _ = try Allocation.count(of: shape, type: .i64)
    let order = try call.int("storage_order", default: 0)
    guard order == 0 || order == 1 else {
      throw .invalidModel("storage_order is \(order), it must be 0 or 1")
    }
    let (positions, lowest) = try positions(x, windows, call.resources.pool)
    let values = try Selection(positions).tensor(of: x, fill: lowest, shape: shape)
    guard call.wants(1) else { return [.tensor(values)] }
    let indices = order == 0 ? positions : columnMajor(positions, Array(x.shape[2...]))
    return [.tensor(values), .tensor(try .of(.i64, shape, indices.map { Int64($0) }))]
  }

  private static func positions(
    _ x: Tensor, _ windows: SlidingWindows, _ pool: ThreadPool
  ) throws(KernelError) -> (positions: [Int], lowest: Tensor) {
    let planes = try Allocation.count(of: Array(x.shape[..<2]), type: .u8)
    switch x.type {
    case .i8:
      let lowest = try Tensor.of(.i8, [], [Int8.min])
      return (greatest(x.elements(Int8.self), planes, windows, pool), lowest)
    case .u8:
      let lowest = try Tensor.of(.u8, [], [UInt8.min])
      return (greatest(x.elements(UInt8.self), planes, windows, pool), lowest)
    case .f64:
      let lowest = try Tensor.of(.f64, [], [-Double.infinity])
      return (greatest(x.elements(Double.self), planes, windows, pool), lowest)
    default:
      let lowest = try Tensor.rounding([-Float.infinity], to: x.type, [])
      return (greatest(try x.reals(Float.self), planes, windows, pool), lowest)
    }
  }

  /// The position of the greatest element under each window of each plane.
  private static func greatest<Element: Comparable & BitwiseCopyable>(
    _ x: [Element], _ planes: Int, _ windows: SlidingWindows, _ pool: ThreadPool
  ) -> [Int] {
    let (input, output) = (windows.inputCount, windows.outputCount)
    let walk = WindowWalk(windows)
    var positions = [Int](repeating: Selection.filled, count: planes * output)
    positions.withUnsafeMutableBufferPointer { positions in
      x.withUnsafeBufferPointer { x in
        pool.parallelFor(count: planes, grain: max(1, 4096 / max(1, output))) { range in
          for plane in range {
            walk.forEachWindow { number, index in
              positions[plane * output + number] = greatest(x, plane * input, walk, index)
            }
          }
        }
      }
    }
    return positions
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
