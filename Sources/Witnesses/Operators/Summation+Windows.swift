import CPUBackend
import Tensors

/// How images, filters and groups of a convolution lie.
private struct ConvolutionPlan {
  var taps: [[WindowTaps.Tap]]
  /// Elements of a plane of the image, and taps of a filter.
  var plane: Int
  var volume: Int
  var images: Int
  var groups: Int
  /// Channels and filters of one group.
  var channels: Int
  var filters: Int
  /// Where the weight of (filter, channel) within a group starts.
  var weightStart: (_ filter: Int, _ channel: Int, _ group: Int) -> Int
}

extension Summation {
  var conv: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try conv(call)
    } double: { call, _ throws(KernelError) in
      try conv(call)
    }
  }

  var convTranspose: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try convTranspose(call)
    } double: { call, _ throws(KernelError) in
      try convTranspose(call)
    }
  }

  private func conv<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let (x, w) = (try call.tensor(0).shape, try call.tensor(1).shape)
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x[2...]), kernel: Array(w[2...]))
    let windows = try SlidingWindows(geometry)
    let groups = try call.int("group", default: 1)
    let (filters, channels, volume) = (w[0] / groups, w[1], windows.tapCount)
    let plan = ConvolutionPlan(
      taps: WindowTaps(windows.axes).taps, plane: windows.inputCount, volume: volume,
      images: x[0], groups: groups, channels: channels, filters: filters
    ) { filter, channel, group in
      ((group * filters + filter) * channels + channel) * volume
    }
    return try convolve(call, plan)
  }

  private func convTranspose<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let (x, w) = (try call.tensor(0).shape, try call.tensor(1).shape)
    let axes = try TransposedWindow.axes(call, image: Array(x[2...]), kernel: Array(w[2...]))
    let windows = try SlidingWindows(axes: axes)
    let groups = try call.int("group", default: 1)
    let (filters, channels, volume) = (w[1], x[1] / groups, windows.tapCount)
    let plan = ConvolutionPlan(
      taps: WindowTaps(axes).readers(planeCount: windows.inputCount),
      plane: windows.outputCount, volume: volume, images: x[0], groups: groups,
      channels: channels, filters: filters
    ) { filter, channel, group in
      ((group * channels + channel) * filters + filter) * volume
    }
    return try convolve(call, plan)
  }

  private func convolve<Number: Real>(
    _ call: Call, _ plan: ConvolutionPlan
  ) throws(KernelError) -> [Number] {
    let x = factors.prepared(try call.tensor(0).reals(Number.self))
    let w = factors.prepared(try call.tensor(1).reals(Number.self))
    let bias = try call.optionalTensor(2)?.reals(Number.self)
    var plans: [Int: SummationPlan] = [:]
    var result: [Number] = []
    for part in 0..<plan.images * plan.groups * plan.filters {
      let (filter, group) = (part % plan.filters, part / plan.filters % plan.groups)
      let image = part / plan.filters * plan.channels * plan.plane
      for taps in plan.taps {
        var (a, b): ([Number], [Number]) = ([], [])
        for channel in 0..<plan.channels {
          let weight = plan.weightStart(filter, channel, group)
          for tap in taps {
            a.append(x[image + channel * plan.plane + tap.position])
            b.append(w[weight + tap.tap])
          }
        }
        let order = plans[a.count] ?? SummationPlan(order, count: a.count)
        plans[a.count] = order
        let sum = dot(a, b, order)
        let step = joining ?? accumulator
        result.append(bias.map { step.adding($0[group * plan.filters + filter], to: sum) } ?? sum)
      }
    }
    return result
  }

  var averagePool: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try averagePool(call)
    } double: { call, _ throws(KernelError) in
      try averagePool(call)
    }
  }

  private func averagePool<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let x = try call.tensor(0)
    let geometry = try WindowGeometry(
      call.attributes, input: Array(x.shape[2...]), kernel: try call.ints("kernel_shape") ?? [])
    let windows = try SlidingWindows(geometry)
    let isPaddingCounted = try call.flag("count_include_pad", default: false)
    let taps = WindowTaps(windows.axes).taps
    let outputs = windows.axes.map(\.output)
    let padded = taps.indices.map { number in
      zip(windows.axes, outputs.index(ofLinear: number)).reduce(1) {
        $0 * $1.0.paddedTapCount(ofWindow: $1.1)
      }
    }
    let values = try x.reals(Number.self)
    var result: [Number] = []
    for plane in 0..<(x.shape[0] * x.shape[1]) {
      for (number, taps) in taps.enumerated() {
        let sum = sum(taps.map { values[plane * windows.inputCount + $0.position] })
        let count = isPaddingCounted ? padded[number] : taps.count
        result.append(count > 0 ? sum / Number(count) : 0)
      }
    }
    return result
  }
}
