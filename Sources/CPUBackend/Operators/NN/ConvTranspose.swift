import Tensors

/// The adjoint of a convolution: every element of the image adds its filters to the result.
///
///     y[n, m, p·stride − pad + t·dilation] += Σ_c x[n, g·C/G + c, p] · w[g·C/G + c, m, t]
///
/// plus b[m]. The result has `stride·(in − 1) + output_padding + extent − pads` elements along an
/// axis unless `output_shape` or `auto_pad` states it, which then decide the padding.
enum ConvTransposeKernel: OperatorKernel {
  static let name = "ConvTranspose"
  static let versions = [1, 11, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, w) = (try call.tensor(0), try call.tensor(1))
    let bias = try call.optionalTensor(2)
    let plan = try plan(call, x.shape, w.shape, bias?.shape)
    return [
      .tensor(
        x.type == .f64
          ? try scatter(plan, x, w, bias, as: Double.self, call.resources.pool)
          : try scatter(plan, x, w, bias, as: Float.self, call.resources.pool))
    ]
  }

  /// The windows run over the result: the image has one element per window.
  private static func plan(
    _ call: Call, _ x: Shape, _ w: Shape, _ bias: Shape?
  ) throws(KernelError) -> ConvKernel.Plan {
    guard x.count >= 3, w.count == x.count else {
      throw .invalidInput("the image has shape \(x), the filters \(w)")
    }
    let groups = try call.int("group", default: 1)
    guard groups >= 1, groups <= WindowAxis.limit else {
      throw .invalidModel("group is \(groups), it must be at least 1")
    }
    guard w[0] == x[1], x[1] % groups == 0, w[1] <= WindowAxis.limit else {
      throw .invalidInput("\(groups) groups do not divide image \(x) and filters \(w)")
    }
    let kernel = try call.ints("kernel_shape") ?? Array(w[2...])
    guard kernel == Array(w[2...]) else {
      throw .invalidInput("kernel_shape is \(kernel), the filters have shape \(w)")
    }
    if let bias, bias != [w[1] * groups] {
      throw .invalidInput("the bias has shape \(bias) for \(w[1] * groups) filters")
    }
    let windows = try SlidingWindows(
      axes: try TransposedWindow.axes(call, image: Array(x[2...]), kernel: kernel))
    return ConvKernel.Plan(
      windows: windows, images: x[0], groups: groups, channels: x[1] / groups, filters: w[1],
      shape: [x[0], w[1] * groups] + windows.axes.map(\.input))
  }

  private static func scatter<Number: Real & GemmElement>(
    _ plan: ConvKernel.Plan, _ x: Tensor, _ w: Tensor, _ bias: Tensor?, as _: Number.Type,
    _ pool: ThreadPool
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
          for part in 0..<plan.images * plan.groups { fold(plan, part, x, w, y, pool) }
        }
      }
      if let bias { ConvKernel.add(bias, plan.windows.inputCount, to: result) }
    }
    return try .rounding(result, to: x.type, plan.shape)
  }

  /// One group of one image: the columns are wᵀ · x, block by block.
  private static func fold<Number: Real & GemmElement>(
    _ plan: ConvKernel.Plan, _ part: Int, _ x: UnsafePointer<Number>,
    _ w: UnsafePointer<Number>, _ y: UnsafeMutablePointer<Number>, _ pool: ThreadPool
  ) {
    let columns = WindowColumns(plan.windows, channels: plan.filters)
    let count = plan.windows.outputCount
    let image = x + part * plan.channels * count
    let weights = w + part % plan.groups * plan.channels * columns.rowCount
    let target = y + part * plan.filters * plan.windows.inputCount
    ScratchStore.shared.withBuffer(of: Number.self, count: columns.blockCount) { block in
      for row in stride(from: 0, to: columns.windowRows, by: columns.blockRows) {
        let rows = row..<min(row + columns.blockRows, columns.windowRows)
        let width = rows.count * columns.rowLength
        PackedGemm.multiply(
          m: columns.rowCount, n: width, k: plan.channels, a: weights, aRowStride: 1,
          aColumnStride: columns.rowCount, b: image + row * columns.rowLength,
          bRowStride: count, bColumnStride: 1, c: block, cRowStride: width, pool: pool)
        columns.fold(block, rows: rows, addingTo: target, pool: pool)
      }
    }
  }
}
