import Tensors

/// The convolution (cross-correlation) of an image with a bank of filters.
///
///     y[n, m, p] = b[m] + Σ_c Σ_t w[m, c, t] · x[n, g·C/G + c, p·stride − pad + t·dilation]
///
/// m belongs to group g = m·G/M; elements outside of the image are zero. Types of 16 bits are
/// summed in `Float` and rounded once. Every group of every image is one matrix product with the
/// matrix of its windows.
enum ConvKernel: OperatorKernel {
  static let name = "Conv"
  static let versions = [1, 11, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, w) = (try call.tensor(0), try call.tensor(1))
    let bias = try call.optionalTensor(2)
    let plan = try plan(call, x.shape, w.shape, bias?.shape)
    return [
      .tensor(
        x.type == .f64
          ? try convolve(plan, x, w, bias, as: Double.self, call.resources.pool)
          : try convolve(plan, x, w, bias, as: Float.self, call.resources.pool))
    ]
  }

  /// What one call computes.
  struct Plan {
    var windows: SlidingWindows
    var images: Int
    var groups: Int
    /// Channels of the image in a group.
    var channels: Int
    /// Filters in a group.
    var filters: Int
    var shape: Shape
  }

  /// The windows and sizes of a convolution.
  ///
  /// - Throws: `invalidModel` or `invalidInput` for attributes and shapes that do not fit.
  static func plan(
    _ call: Call, _ x: Shape, _ w: Shape, _ bias: Shape?
  ) throws(KernelError) -> Plan {
    guard x.count >= 3, w.count == x.count else {
      throw .invalidInput("the image has shape \(x), the filters \(w)")
    }
    let groups = try call.int("group", default: 1)
    guard groups >= 1, groups <= WindowAxis.limit else {
      throw .invalidModel("group is \(groups), it must be at least 1")
    }
    guard w[1] <= WindowAxis.limit, w[1] * groups == x[1], w[0] % groups == 0 else {
      throw .invalidInput("\(groups) groups do not divide image \(x) and filters \(w)")
    }
    let kernel = try call.ints("kernel_shape") ?? Array(w[2...])
    guard kernel == Array(w[2...]) else {
      throw .invalidInput("kernel_shape is \(kernel), the filters have shape \(w)")
    }
    if let bias, bias != [w[0]] {
      throw .invalidInput("the bias has shape \(bias) for \(w[0]) filters")
    }
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x[2...]), kernel: kernel)
    return Plan(
      windows: try SlidingWindows(geometry), images: x[0], groups: groups, channels: w[1],
      filters: w[0] / groups, shape: [x[0], w[0]] + geometry.output)
  }

  private static func convolve<Number: Real & GemmElement>(
    _ plan: Plan, _ x: Tensor, _ w: Tensor, _ bias: Tensor?, as _: Number.Type, _ pool: ThreadPool
  ) throws(KernelError) -> Tensor {
    let (image, weights) = (try x.reals(Number.self), try w.reals(Number.self))
    let bias = try bias?.reals(Number.self)
    let count = try Allocation.count(of: plan.shape, type: .f64)
    var result = [Number](repeating: 0, count: count)
    result.withUnsafeMutableBufferPointer { result in
      image.withUnsafeBufferPointer { image in
        weights.withUnsafeBufferPointer { weights in
          guard let y = result.baseAddress, let x = image.baseAddress,
            let w = weights.baseAddress, !result.isEmpty, !image.isEmpty, !weights.isEmpty
          else { return }
          multiply(plan, x, w, y, pool)
        }
      }
      if let bias { add(bias, plan.windows.outputCount, to: result) }
    }
    return try .rounding(result, to: x.type, plan.shape)
  }

  private static func multiply<Number: Real & GemmElement>(
    _ plan: Plan, _ x: UnsafePointer<Number>, _ w: UnsafePointer<Number>,
    _ y: UnsafeMutablePointer<Number>, _ pool: ThreadPool
  ) {
    let (input, output) = (plan.windows.inputCount, plan.windows.outputCount)
    let depth = plan.channels * plan.windows.tapCount
    for part in 0..<plan.images * plan.groups {
      let image = x + part * plan.channels * input
      let weights = w + part % plan.groups * plan.filters * depth
      let target = y + part * plan.filters * output
      if plan.windows.isPointwise {
        PackedGemm.multiply(
          m: plan.filters, n: output, k: depth, a: weights, aRowStride: depth, aColumnStride: 1,
          b: image, bRowStride: output, bColumnStride: 1, c: target, cRowStride: output,
          pool: pool)
      } else {
        multiplyColumns(plan, image, weights, target, pool)
      }
    }
  }

  private static func multiplyColumns<Number: Real & GemmElement>(
    _ plan: Plan, _ image: UnsafePointer<Number>, _ weights: UnsafePointer<Number>,
    _ target: UnsafeMutablePointer<Number>, _ pool: ThreadPool
  ) {
    let columns = WindowColumns(plan.windows, channels: plan.channels)
    let depth = columns.rowCount
    ScratchStore.shared.withBuffer(of: Number.self, count: columns.blockCount) { block in
      for row in stride(from: 0, to: columns.windowRows, by: columns.blockRows) {
        let rows = row..<min(row + columns.blockRows, columns.windowRows)
        columns.unfold(image, rows: rows, into: block, pool: pool)
        let width = rows.count * columns.rowLength
        PackedGemm.multiply(
          m: plan.filters, n: width, k: depth, a: weights, aRowStride: depth, aColumnStride: 1,
          b: block, bRowStride: width, bColumnStride: 1,
          c: target + row * columns.rowLength, cRowStride: plan.windows.outputCount, pool: pool)
      }
    }
  }

  /// Adds a number to every element of its plane; planes of all images follow each other.
  static func add<Number: Real>(
    _ bias: [Number], _ plane: Int, to target: UnsafeMutableBufferPointer<Number>
  ) {
    guard plane > 0, !bias.isEmpty else { return }
    for part in 0..<target.count / plane {
      let term = bias[part % bias.count]
      for index in part * plane..<(part + 1) * plane { target[index] += term }
    }
  }
}
