package import Tensors

/// The sliding windows of a convolution or pool over the spatial axes of its input.
package struct WindowGeometry: Sendable {
  package let axes: [WindowAxis]

  /// Taps of a window; at most `Int.max`.
  package let tapCount: Int
  /// Elements of one plane of the input.
  package let inputCount: Int
  /// Windows over one plane.
  package let outputCount: Int

  /// - Throws: `outOfMemory` when a plane of the input or of the windows is too large.
  package init(axes: [WindowAxis]) throws(KernelError) {
    self.axes = axes
    inputCount = try Allocation.count(of: axes.map(\.input), type: .u8)
    outputCount = try Allocation.count(of: axes.map(\.output), type: .u8)
    tapCount = axes.map(\.kernel).elementCount ?? Int.max
  }

  /// Windows per axis.
  package var outputShape: Shape { axes.map(\.output) }

  /// Whether window p reads element p and nothing else.
  package var isPointwise: Bool {
    axes.allSatisfy {
      $0.kernel == 1 && $0.stride == 1 && $0.padBegin == 0 && $0.input == $0.output
    }
  }

  /// Reads `strides`, `dilations`, `pads` and `auto_pad` of a convolution or pool.
  ///
  /// - Throws: `invalidModel` for attributes the standard excludes, `invalidInput` for an input
  ///   that is smaller than a window.
  package init(
    _ call: Call, input: Shape, kernel: [Int], roundingUp: Bool = false
  ) throws(KernelError) {
    let settings = try WindowSettings(call, rank: input.count)
    try WindowSettings.check("kernel_shape", kernel, count: input.count, least: 1)
    var axes: [WindowAxis] = []
    for axis in input.indices {
      axes.append(
        try settings.axis(
          axis, input: input[axis], kernel: kernel[axis], roundingUp: roundingUp))
    }
    try self.init(axes: axes)
  }
}

/// The attributes that place windows.
package struct WindowSettings: Sendable {
  /// What `auto_pad` says.
  package enum Padding: String, CaseIterable, Sendable {
    case explicit = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case valid = "VALID"
  }

  package let padding: Padding
  package let strides: [Int]
  package let dilations: [Int]
  /// Begins of all axes, then ends of all axes.
  package let pads: [Int]

  /// - Throws: `invalidModel` for a value or count that the standard excludes.
  package init(_ call: Call, rank: Int) throws(KernelError) {
    guard rank > 0 else { throw .invalidInput("the input has no spatial axis") }
    let word = try call.attributes.choice(
      "auto_pad", of: Padding.allCases.map(\.rawValue), default: Padding.explicit.rawValue)
    padding = Padding(rawValue: word) ?? .explicit
    strides = try call.ints("strides") ?? Array(repeating: 1, count: rank)
    dilations = try call.ints("dilations") ?? Array(repeating: 1, count: rank)
    pads = try call.ints("pads") ?? Array(repeating: 0, count: 2 * rank)
    try Self.check("strides", strides, count: rank, least: 1)
    try Self.check("dilations", dilations, count: rank, least: 1)
    try Self.check("pads", pads, count: 2 * rank, least: 0)
  }

  /// Checks the values of one attribute.
  package static func check(
    _ name: String, _ values: [Int], count: Int, least: Int
  ) throws(KernelError) {
    guard values.count == count else {
      throw .invalidModel("\(name) has \(values.count) values, \(count) are needed")
    }
    for value in values where value < least || value > WindowAxis.limit {
      throw .invalidModel("\(name) has \(value), it must be in \(least)...\(WindowAxis.limit)")
    }
  }

  fileprivate func axis(
    _ axis: Int, input: Int, kernel: Int, roundingUp: Bool
  ) throws(KernelError) -> WindowAxis {
    guard input <= WindowAxis.limit else { throw .invalidInput("axis of \(input) elements") }
    let (stride, dilation) = (strides[axis], dilations[axis])
    let extent = (kernel - 1) * dilation + 1
    var (begin, end) = (0, 0)
    let output: Int
    switch padding {
    case .sameUpper, .sameLower:
      output = (input + stride - 1) / stride
      let total = max(0, (output - 1) * stride + extent - input)
      begin = padding == .sameUpper ? total / 2 : total - total / 2
      end = total - begin
    case .explicit, .valid:
      if padding == .explicit { (begin, end) = (pads[axis], pads[axis + pads.count / 2]) }
      output = try Self.windows(
        input, extent: extent, stride: stride, begin: begin, end: end, roundingUp: roundingUp)
    }
    return WindowAxis(
      input: input, output: output, kernel: kernel, stride: stride, dilation: dilation,
      padBegin: begin, padEnd: end)
  }

  private static func windows(
    _ input: Int, extent: Int, stride: Int, begin: Int, end: Int, roundingUp: Bool
  ) throws(KernelError) -> Int {
    let room = input + begin + end - extent
    guard room >= 0 else {
      if input == 0 { return 0 }
      throw .invalidInput(
        "a window of \(extent) elements over \(input) with padding \(begin) and \(end)")
    }
    guard roundingUp else { return room / stride + 1 }
    let count = (room + stride - 1) / stride + 1
    // A last window that starts in the padding behind the input would see nothing of it.
    return (count - 1) * stride >= input + begin ? count - 1 : count
  }
}
