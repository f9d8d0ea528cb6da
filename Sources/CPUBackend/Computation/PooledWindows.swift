import Tensors

/// The windows of a pool over every plane of an input N×C×D1×….
struct PooledWindows {
  /// The output's shape.
  let shape: Shape
  let windows: SlidingWindows
  private let planes: Int
  private let pool: ThreadPool

  /// Reads `kernel_shape` and the attributes of windows.
  ///
  /// - Throws: `invalidInput` for shapes that do not fit, `outOfMemory` when the output is too large.
  init(_ call: Call, _ input: Shape) throws(KernelError) {
    planes = try ChannelPlanes(input).count
    let geometry = try WindowGeometry(
      call.attributes, input: Array(input[2...]), kernel: try call.ints("kernel_shape") ?? [])
    windows = try SlidingWindows(geometry)
    shape = Array(input[..<2]) + geometry.output
    // Results have up to eight bytes.
    _ = try Allocation.count(of: shape, type: .f64)
    pool = call.resources.pool
  }

  /// The value of the body for every window, in the order of the output; planes run in parallel.
  ///
  /// - Parameter body: Gets all elements, the position of its plane in them, the walk over the
  ///   elements of a plane, and the window's index. Is called from several threads.
  func map<Element, Result>(
    _ x: [Element], initial: Result,
    _ body: (
      _ x: UnsafeBufferPointer<Element>, _ plane: Int, _ walk: WindowWalk, _ index: [Int]
    ) -> Result
  ) -> [Result] {
    let (input, output) = (windows.inputCount, windows.outputCount)
    let walk = WindowWalk(windows)
    var results = [Result](repeating: initial, count: planes * output)
    results.withUnsafeMutableBufferPointer { results in
      x.withUnsafeBufferPointer { x in
        pool.parallelFor(count: planes, grain: max(1, 4096 / max(1, output))) { range in
          for plane in range {
            walk.forEachWindow { number, index in
              results[plane * output + number] = body(x, plane * input, walk, index)
            }
          }
        }
      }
    }
    return results
  }
}
