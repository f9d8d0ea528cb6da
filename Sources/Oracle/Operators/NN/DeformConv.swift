import ExtendedArithmetic
import Tensors

/// A convolution whose taps read the image at places moved by offsets.
///
///     y[n, m, o] = Σ_{c, k} w[m, c, k] · mask[n, k, o] · x[n, c, o·stride − pad + k·dilation + offset]
///
/// plus b[m]; x between elements is interpolated linearly along every axis, and zero outside.
///
/// - (C1) Channels fall into `group` groups; filter m reads the channels of its group only.
/// - (C2) Channels also fall into `offset_group` groups, each with offsets and a mask of its own.
/// - (C3) Offsets are one number for each tap and axis: (offset_group, k…, axis) row-major, axes in
///   the order of the image.
/// - (C4) Places outside of the padded image give zero.
/// - (C5) Shapes of weights, bias, offsets and mask fit those of image and kernel.
/// - Open: places less than one element outside of an image without padding, where zero and the
///   slope to it differ; and offsets that are not finite.
/// - Source: onnx/onnx docs/Operators.md, DeformConv.
enum DeformConvEvaluator: Evaluator {
  static let name = "DeformConv"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let plan = try Plan(call)
    let (pixels, weights) = (try plan.x.reals(), try plan.w.reals())
    let bias = try call.optionalTensor(3)?.reals()
    let places = plan.windows.output.elementCount ?? 0
    var (results, isOpen): ([DoubleDouble], [Bool]) = ([], [])
    for image in 0..<plan.x.shape[0] {
      // samples[channel][place][tap]: what every filter reads.
      let samples = try (0..<plan.x.shape[1]).map { (channel) throws(EvaluationError) in
        try (0..<places).map { (place) throws(EvaluationError) in
          try plan.samples(pixels, image, channel, place)
        }
      }
      for filter in 0..<plan.filters {
        let first = filter / (plan.filters / plan.groups) * plan.w.shape[1]
        for place in 0..<places {
          var terms: [DoubleDouble] = []
          var isDefined = true
          for channel in 0..<plan.w.shape[1] {
            let base = (filter * plan.w.shape[1] + channel) * plan.volume
            for (tap, sample) in samples[first + channel][place].enumerated() {
              isDefined = isDefined && sample != nil
              terms.append(
                call.trace.factor(weights[base + tap]) * call.trace.factor(sample ?? .zero))
            }
          }
          if let bias { terms.append(bias[filter]) }
          let sum = ExactSum(terms, measuringPaths: call.trace.measuresPaths)
          results.append(call.trace.noted(sum, hasProducts: true))
          isOpen.append(!isDefined)
        }
      }
    }
    let shape = [plan.x.shape[0], plan.filters] + plan.windows.output
    var outcome = Outcome.composite(ExactTensor(plan.x.type, shape, reals: results))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }

  private struct Plan {
    let x: ExactTensor
    let w: ExactTensor
    let windows: Windows
    let groups: Int
    /// Taps of a filter in one channel.
    let volume: Int
    private let offsetGroups: Int
    private let offsets: [DoubleDouble]
    private let mask: [DoubleDouble]?
    private let trace: Trace

    var filters: Int { w.shape[0] }

    init(_ call: Call) throws(EvaluationError) {
      (x, w) = (try call.tensor(0), try call.tensor(1))
      guard x.rank >= 3, w.rank == x.rank else {
        throw .invalid("DeformConv of ranks \(x.rank) and \(w.rank)")
      }
      groups = try call.int("group", default: 1)
      offsetGroups = try call.int("offset_group", default: 1)
      guard groups > 0, offsetGroups > 0, x.shape[1] % groups == 0, w.shape[0] % groups == 0,
        x.shape[1] / groups == w.shape[1], x.shape[1] % offsetGroups == 0
      else { throw .invalid("\(x.shape) and \(w.shape) in \(groups), \(offsetGroups) groups") }
      let kernel = Shape(w.shape[2...])
      if let declared = try call.ints("kernel_shape"), declared != kernel {
        throw .invalid("kernel_shape \(declared) is not that of the filter, \(kernel)")
      }
      windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
      guard windows.padsBefore.allSatisfy({ $0 >= 0 }), windows.padsAfter.allSatisfy({ $0 >= 0 })
      else { throw .invalid("DeformConv with negative pads") }
      volume = kernel.reduce(1, *)
      _ = try call.boundedCount(of: [x.shape[0], w.shape[0]] + windows.output)
      let (taps, filters) = (volume, w.shape[0])
      if let bias = try call.optionalTensor(3), bias.shape != [filters] {
        throw .invalid("the bias is no row of \(filters)")
      }
      let (batch, output, parts) = (x.shape[0], windows.output, offsetGroups)
      func channels(_ tensor: ExactTensor, _ number: Int) throws(EvaluationError) {
        guard tensor.shape == [batch, number] + output else {
          throw .invalid("\(tensor.shape) for \(number) channels over \(output)")
        }
      }
      let offset = try call.tensor(2)
      try channels(offset, parts * taps * kernel.count)
      offsets = try offset.reals()
      if let mask = try call.optionalTensor(4) {
        guard kernel.count == 2 else {
          throw .unsupported("DeformConv with a mask over \(kernel.count) axes")
        }
        try channels(mask, parts * taps)
        self.mask = try mask.reals()
      } else {
        mask = nil
      }
      trace = call.trace
    }

    /// What the taps read of one channel at one place of the output; nil where it is left open.
    func samples(
      _ pixels: [DoubleDouble], _ image: Int, _ channel: Int, _ place: Int
    ) throws(EvaluationError) -> [DoubleDouble?] {
      let (area, count) = (windows.input.reduce(1, *), windows.output.reduce(1, *))
      let group = image * offsetGroups + channel / (x.shape[1] / offsetGroups)
      let index = windows.output.index(ofLinear: place)
      let strides = windows.input.rowMajorStrides
      return (0..<volume).map { tap in
        let part = windows.kernel.index(ofLinear: tap)
        var axes: [SampledAxis] = []
        for axis in windows.input.indices {
          let number = (group * volume + tap) * windows.input.count + axis
          let fixed =
            index[axis] * windows.strides[axis] - windows.padsBefore[axis]
            + part[axis] * windows.dilations[axis]
          guard let sampled = neighbours(axis, fixed, offsets[number * count + place]) else {
            return nil
          }
          axes.append(sampled)
        }
        let base = (image * x.shape[1] + channel) * area
        let value = SampledAxis.value(of: pixels, at: base, axes, strides: strides, trace)
        guard let mask else { return value }
        return trace.multiply(value, mask[(group * volume + tap) * count + place])
      }
    }

    /// The elements around a place along an axis; nil where it is left open.
    private func neighbours(_ axis: Int, _ fixed: Int, _ offset: DoubleDouble) -> SampledAxis? {
      let length = windows.input[axis]
      guard offset.isFinite else { return nil }
      let exact = DoubleDouble(fixed) + offset
      let (last, end) = (DoubleDouble(length - 1), DoubleDouble(length))
      let isBefore = exact < .zero && exact > -1 && windows.padsBefore[axis] == 0
      let isBehind = exact > last && exact < end && windows.padsAfter[axis] == 0
      guard !isBefore, !isBehind else { return nil }
      guard exact > -1, exact < end else { return .linear(at: .zero, trace)?.placed { _ in nil } }
      let moved = trace.add(DoubleDouble(fixed), offset)
      return SampledAxis.linear(at: moved, trace)?.placed { 0..<length ~= $0 ? $0 : nil }
    }
  }
}
