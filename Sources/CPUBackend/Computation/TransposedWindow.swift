package import Tensors

/// Places the windows of a transposed convolution: the image has one element per window, and the
/// result is what the windows run over.
package enum TransposedWindow {
  /// The axes; their `input` is the result.
  ///
  /// - Throws: `invalidModel` for attributes the standard excludes, `invalidInput` for a result of
  ///   less than no element.
  package static func axes(
    _ call: Call, image: Shape, kernel: [Int]
  ) throws(KernelError) -> [WindowAxis] {
    let rank = image.count
    let settings = try WindowSettings(call, rank: rank)
    try WindowSettings.check("kernel_shape", kernel, count: rank, least: 1)
    let extra = try call.ints("output_padding") ?? Array(repeating: 0, count: rank)
    try WindowSettings.check("output_padding", extra, count: rank, least: 0)
    let stated = try statedShape(call, settings, image)
    var axes: [WindowAxis] = []
    for axis in image.indices {
      let (stride, dilation) = (settings.strides[axis], settings.dilations[axis])
      guard image[axis] <= WindowAxis.limit else {
        throw .invalidInput("axis of \(image[axis]) elements")
      }
      let full = stride * (image[axis] - 1) + extra[axis] + (kernel[axis] - 1) * dilation + 1
      let (begin, end) = padding(settings, axis, total: stated.map { full - $0[axis] })
      let length = stated?[axis] ?? (full - begin - end)
      guard (0...WindowAxis.limit).contains(length) else {
        throw .invalidInput("the result has \(length) elements along spatial axis \(axis)")
      }
      axes.append(
        WindowAxis(
          input: length, output: image[axis], kernel: kernel[axis], stride: stride,
          dilation: dilation, padBegin: begin, padEnd: end))
    }
    return axes
  }

  /// The result's spatial shape where `output_shape` or `auto_pad` decide it.
  private static func statedShape(
    _ call: Call, _ settings: WindowSettings, _ image: Shape
  ) throws(KernelError) -> [Int]? {
    if let stated = try call.ints("output_shape") {
      // Some exporters state the batch and channel axes as well.
      let spatial = Array(stated.suffix(image.count))
      guard stated.count == image.count || stated.count == image.count + 2 else {
        throw .invalidModel("output_shape \(stated) for \(image.count) spatial axes")
      }
      try WindowSettings.check("output_shape", spatial, count: image.count, least: 0)
      return spatial
    }
    switch settings.padding {
    case .sameUpper, .sameLower:
      return zip(image, settings.strides).map { min($0, WindowAxis.limit) * $1 }
    case .explicit, .valid: return nil
    }
  }

  /// A total splits evenly; the odd element goes in front unless `auto_pad` is SAME_UPPER.
  private static func padding(
    _ settings: WindowSettings, _ axis: Int, total: Int?
  ) -> (begin: Int, end: Int) {
    guard let total else {
      guard settings.padding == .explicit else { return (0, 0) }
      return (settings.pads[axis], settings.pads[axis + settings.strides.count])
    }
    // The arithmetic shift rounds down, also for a result that is longer than the windows reach.
    let lower = total >> 1
    return settings.padding == .sameUpper ? (lower, total - lower) : (total - lower, lower)
  }
}
