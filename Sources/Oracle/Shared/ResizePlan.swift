import ExtendedArithmetic
import Tensors

/// Sizes, scales and region of interest of one Resize call, by version of its inputs.
struct ResizePlan {
  let input: Shape
  let shape: Shape
  let mode: String
  let extrapolation: Double
  /// Per axis: the scale as an exact ratio of integers times a power of two, i.e. a DoubleDouble.
  private let scales: [DoubleDouble]
  private let roi: [DoubleDouble]
  private let transformation: String

  init(_ call: Call, _ input: Shape) throws(EvaluationError) {
    self.input = input
    mode = try call.string("mode", default: "nearest")
    extrapolation = try call.float("extrapolation_value", default: 0)
    transformation =
      call.version < 11
      ? "asymmetric" : try call.string("coordinate_transformation_mode", default: "half_pixel")
    let rank = input.count
    let axes = try call.axes(try call.ints("axes") ?? Array(0..<rank), rank: rank)
    let offset = call.version < 11 ? 1 : 2
    let given = try call.optionalTensor(offset).flatMap { $0.count > 0 ? $0 : nil }
    let sizes = call.version < 11 ? nil : try call.optionalTensor(3)?.ints()
    var region =
      [DoubleDouble](repeating: .zero, count: rank) + [DoubleDouble](repeating: .one, count: rank)
    if transformation == "tf_crop_and_resize", let roi = try call.optionalTensor(1)?.reals() {
      guard roi.count == 2 * axes.count else { throw .invalid("roi has \(roi.count) entries") }
      for (place, axis) in axes.enumerated() {
        (region[axis], region[rank + axis]) = (roi[place], roi[axes.count + place])
      }
    }
    roi = region
    var scales = [DoubleDouble](repeating: .one, count: rank)
    var shape = input
    if let given {
      let values = try given.reals()
      guard values.count == axes.count, values.allSatisfy({ $0 > .zero }) else {
        throw .invalid("scales of Resize do not fit its axes")
      }
      for (place, axis) in axes.enumerated() {
        scales[axis] = values[place]
        let extent = DoubleDouble(Double(input[axis])) * (region[rank + axis] - region[axis])
        let size = (extent * values[place]).floor().high
        guard size >= 0, size < 0x1p31 else { throw .invalid("Resize to \(size) elements") }
        shape[axis] = Int(size)
      }
    } else if let sizes {
      guard sizes.count == axes.count, sizes.allSatisfy({ $0 >= 0 }) else {
        throw .invalid("sizes of Resize do not fit its axes")
      }
      let policy = try call.string("keep_aspect_ratio_policy", default: "stretch")
      let ratios = zip(sizes, axes).map { size, axis in
        DoubleDouble(Double(size)) / DoubleDouble(Double(Swift.max(1, input[axis])))
      }
      for (place, axis) in axes.enumerated() {
        scales[axis] = ratios[place]
        shape[axis] = sizes[place]
        if policy != "stretch" {
          let common = policy == "not_larger" ? ratios.minimum : ratios.maximum
          scales[axis] = common
          // Round half up of the exact product.
          let exact = common * DoubleDouble(Double(input[axis]))
          let size = (exact + DoubleDouble(0.5)).floor().high
          guard size < 0x1p31 else { throw .unsupported("Resize to \(size) elements") }
          shape[axis] = Int(size)
        }
      }
    } else {
      throw .invalid("Resize has neither scales nor sizes")
    }
    _ = try call.boundedCount(of: shape)
    (self.scales, self.shape) = (scales, shape)
  }

  /// For every axis and output coordinate, the input elements that contribute.
  func axisTaps(_ call: Call) throws(EvaluationError) -> [[ResizeTaps]] {
    let kernel = try ResizeKernel(call, mode: mode)
    var result: [[ResizeTaps]] = []
    for axis in input.indices {
      guard
        scales[axis] != .one || input[axis] != shape[axis] || transformation == "tf_crop_and_resize"
      else {
        result.append((0..<shape[axis]).map { ResizeTaps(positions: [$0], weights: [.one]) })
        continue
      }
      guard input[axis] > 0 || shape[axis] == 0 else { throw .invalid("Resize of an empty axis") }
      var taps: [ResizeTaps] = []
      for output in 0..<shape[axis] {
        let coordinate = try coordinate(axis, output, call.trace)
        let isOutside =
          transformation == "tf_crop_and_resize"
          && (coordinate < .zero || coordinate > DoubleDouble(Double(input[axis] - 1)))
        taps.append(
          isOutside
            ? .outside
            : try kernel.taps(
              at: coordinate, length: input[axis], scale: scales[axis], call.trace))
      }
      result.append(taps)
    }
    return result
  }

  /// The input coordinate of an output coordinate; its roundings are part of the sensitivities.
  private func coordinate(
    _ axis: Int, _ output: Int, _ trace: Trace
  ) throws(EvaluationError) -> DoubleDouble {
    let (o, half) = (DoubleDouble(Double(output)), DoubleDouble(0.5))
    let (size, length) = (DoubleDouble(Double(shape[axis])), DoubleDouble(Double(input[axis])))
    let scale = scales[axis]
    func halfPixel() -> DoubleDouble {
      trace.subtract(trace.divide(o + half, by: scale), half)
    }
    switch transformation {
    case "asymmetric": return trace.divide(o, by: scale)
    case "half_pixel": return halfPixel()
    case "pytorch_half_pixel": return shape[axis] > 1 ? halfPixel() : .zero
    case "half_pixel_symmetric":
      // The centre of the input stays the centre of what scale · length would be.
      let adjustment = trace.divide(size, by: trace.multiply(scale, length))
      let offset = trace.multiply(length * half, trace.subtract(.one, adjustment))
      return trace.add(offset, halfPixel())
    case "align_corners":
      guard shape[axis] > 1 else { return .zero }
      return trace.divide(trace.multiply(o, length - .one), by: size - .one)
    case "tf_half_pixel_for_nn": return trace.divide(o + half, by: scale)
    case "tf_crop_and_resize":
      let (start, end) = (roi[axis], roi[input.count + axis])
      if shape[axis] == 1 {
        return trace.multiply(trace.add(start, end) * half, length - .one)
      }
      let step = trace.divide(
        trace.multiply(trace.subtract(end, start), length - .one), by: size - .one)
      return trace.add(trace.multiply(start, length - .one), trace.multiply(o, step))
    default: throw .invalid("Resize knows no coordinate mode \"\(transformation)\"")
    }
  }
}

/// The input elements along one axis that one output coordinate weighs.
struct ResizeTaps {
  let positions: [Int]
  let weights: [DoubleDouble]
  var isOutside = false

  var axis: SampledAxis { SampledAxis(positions: positions, weights: weights) }

  /// A coordinate that takes the extrapolation value.
  static let outside = ResizeTaps(positions: [0], weights: [.one], isOutside: true)
}
