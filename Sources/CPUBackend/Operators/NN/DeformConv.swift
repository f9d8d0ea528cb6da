import Tensors

/// A convolution whose taps are moved by offsets and weighed by a mask.
///
///     y[n, m, p] = b[m] + Σ_c Σ_t w[m, c, t] · mask[n, t, p] · x[n, c, p·stride − pad + t·dilation + offset]
///
/// Between elements the image is interpolated, around it stand zeros. Everything is computed in
/// binary64 and rounded once.
enum DeformConvKernel: OperatorKernel {
  static let name = "DeformConv"
  static let versions = [19, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, w, offset) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    let (bias, mask) = (try call.optionalTensor(3), try call.optionalTensor(4))
    let plan = try ConvKernel.plan(call, x.shape, w.shape, bias?.shape)
    let parts = try call.int("offset_group", default: 1)
    guard parts >= 1, x.shape[1] % parts == 0 else {
      throw .invalidInput("\(parts) groups of offsets for \(x.shape[1]) channels")
    }
    let (axes, taps) = (plan.windows.axes.count, plan.windows.tapCount)
    let output = Array(plan.shape[2...])
    try check(offset, x.shape[0], parts, taps, axes, output)
    if let mask {
      guard axes == 2 else { throw .unsupported(.rank, "a mask over \(axes) spatial axes") }
      try check(mask, x.shape[0], parts, taps, 1, output)
    }
    let count = try Allocation.count(of: plan.shape, type: .f64)
    guard count > 0 else { return [.tensor(try .rounding([Double](), to: x.type, plan.shape))] }
    let sampler = Sampler(
      windows: plan.windows, channels: x.shape[1], parts: parts, x: try x.reals(Double.self),
      offsets: try offset.reals(Double.self), mask: try mask?.reals(Double.self))
    let result = convolved(
      plan, try w.reals(Double.self), try bias?.reals(Double.self), sampler)
    return [.tensor(try .rounding(result, to: x.type, plan.shape))]
  }

  private static func check(
    _ tensor: Tensor, _ images: Int, _ parts: Int, _ taps: Int, _ numbers: Int, _ output: Shape
  ) throws(KernelError) {
    guard let channels = [parts, taps, numbers].elementCount,
      tensor.shape == [images, channels] + output
    else {
      throw .invalidInput("\(tensor.shape) for \(parts)·\(taps)·\(numbers) channels of \(output)")
    }
  }

  private static func convolved(
    _ plan: ConvKernel.Plan, _ weights: [Double], _ bias: [Double]?, _ sampler: Sampler
  ) -> [Double] {
    let (places, taps) = (plan.windows.outputCount, plan.windows.tapCount)
    let filters = plan.groups * plan.filters
    var result = [Double](repeating: 0, count: plan.images * filters * places)
    for image in 0..<plan.images {
      for channel in 0..<plan.groups * plan.channels {
        let group = channel / max(1, plan.channels)
        let samples = sampler.samples(image, channel)
        for filter in group * plan.filters..<(group + 1) * plan.filters {
          let base = (filter * plan.channels + channel % plan.channels) * taps
          let target = (image * filters + filter) * places
          for place in 0..<places {
            for tap in 0..<taps {
              result[target + place] += weights[base + tap] * samples[place * taps + tap]
            }
          }
        }
      }
    }
    if let bias {
      result.withUnsafeMutableBufferPointer { ConvKernel.add(bias, places, to: $0) }
    }
    return result
  }

  /// Reads the image where the offsets say.
  private struct Sampler {
    let windows: SlidingWindows
    let channels: Int
    let parts: Int
    let x: [Double]
    let offsets: [Double]
    let mask: [Double]?

    /// What the taps of every window read of one channel, window by window.
    func samples(_ image: Int, _ channel: Int) -> [Double] {
      let (axes, taps, places) = (windows.axes, windows.tapCount, windows.outputCount)
      let strides = axes.map(\.input).rowMajorStrides
      let kernel = axes.map(\.kernel)
      let group = image * parts + channel / (channels / parts)
      let plane = (image * channels + channel) * windows.inputCount
      var result: [Double] = []
      result.reserveCapacity(taps * places)
      WindowWalk(windows).forEachWindow { place, index in
        for tap in 0..<taps {
          let part = kernel.index(ofLinear: tap)
          var point = SamplingPoint()
          for (number, axis) in axes.enumerated() {
            let offset = offsets[((group * taps + tap) * axes.count + number) * places + place]
            let fixed = axis.coordinate(window: index[number], tap: part[number])
            let near = SamplingPoint.neighbours(of: Double(fixed) + offset, .linear)
            point.weigh(
              near.filter { 0..<axis.input ~= $0.index }, stride: strides[number])
          }
          let factor = mask.map { $0[(group * taps + tap) * places + place] } ?? 1
          result.append(point.value(of: x, plane: plane) * factor)
        }
      }
      return result
    }
  }
}
