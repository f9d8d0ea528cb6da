import Tensors

/// The convolution of 8-bit codes less their zero points; 32-bit sums wrap around.
///
/// The zero point of the image belongs to the whole of it, that of the filters to all or to each.
/// Padding contributes nothing.
struct IntegerConvolution {
  let shape: Shape
  /// Elements of one plane of the result.
  let plane: Int
  /// In row-major order.
  let sums: [Int32]

  init(
    _ call: Call, _ x: Tensor, _ w: Tensor, zeroPoints: (x: Tensor?, w: Tensor?)
  ) throws(KernelError) {
    let plan = try ConvKernel.plan(call, x.shape, w.shape, nil)
    shape = plan.shape
    plane = plan.windows.outputCount
    let count = try Allocation.count(of: shape, type: .i32)
    let image = try Self.shifted(x, zeroPoints.x, lines: 1)
    let weights = try Self.shifted(w, zeroPoints.w, lines: w.shape[0])
    var sums = [Int32](repeating: 0, count: count)
    let taps = Self.taps(plan.windows)
    let (depth, input) = (plan.windows.tapCount, plan.windows.inputCount)
    for part in 0..<plan.images * plan.groups * plan.filters where plane > 0 {
      let filter = part % (plan.groups * plan.filters)
      let first = part / plan.filters * plan.channels
      for channel in 0..<plan.channels {
        let source = (first + channel) * input
        let line = (filter * plan.channels + channel) * depth
        for (window, pairs) in taps.enumerated() {
          for (tap, position) in pairs {
            sums[part * plane + window] &+= image[source + position] &* weights[line + tap]
          }
        }
      }
    }
    self.sums = sums
  }

  /// For each window the taps inside of the image and the elements they read.
  private static func taps(_ windows: SlidingWindows) -> [[(tap: Int, position: Int)]] {
    var result: [[(tap: Int, position: Int)]] = []
    let walk = WindowWalk(windows)
    let kernel = windows.axes.map(\.kernel)
    let strides = windows.axes.map(\.input).rowMajorStrides
    walk.forEachWindow { _, index in
      var pairs: [(tap: Int, position: Int)] = []
      for tap in 0..<windows.tapCount {
        let offsets = kernel.index(ofLinear: tap)
        var position = 0
        var isInside = true
        for (axis, offset) in offsets.enumerated() {
          let coordinate = windows.axes[axis].coordinate(window: index[axis], tap: offset)
          isInside = isInside && coordinate >= 0 && coordinate < windows.axes[axis].input
          position += coordinate * strides[axis]
        }
        if isInside { pairs.append((tap, position)) }
      }
      result.append(pairs)
    }
    return result
  }

  private static func shifted(
    _ codes: Tensor, _ zero: Tensor?, lines: Int
  ) throws(KernelError) -> [Int32] {
    let values = codes.wideIntegers.map { Int32(truncatingIfNeeded: $0) }
    guard let zero else { return values }
    let zeros = zero.wideIntegers.map { Int32(truncatingIfNeeded: $0) }
    guard zeros.count == 1 || zero.shape == [lines] else {
      throw .invalidInput("a zero point of shape \(zero.shape) for \(lines) filters")
    }
    let length = max(1, values.count / max(1, lines))
    return values.enumerated().map { $1 &- (zeros.count == 1 ? zeros[0] : zeros[$0 / length]) }
  }
}
