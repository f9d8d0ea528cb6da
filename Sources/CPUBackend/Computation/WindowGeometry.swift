package import Tensors

/// Where the windows of convolution and pooling lie, one entry per spatial axis.
package struct WindowGeometry: Sendable {
  /// How the padding comes about.
  package enum Padding: Hashable, Sendable {
    /// Given amounts: all beginnings, then all ends.
    case explicit([Int])
    /// As many windows as strides fit, the odd padding at the end.
    case sameUpper
    /// As many windows as strides fit, the odd padding at the beginning.
    case sameLower
    /// No padding.
    case valid
  }

  package let input: Shape
  package let kernel: [Int]
  package let strides: [Int]
  package let dilations: [Int]
  /// Padding in front of each axis.
  package let begins: [Int]
  /// Padding behind each axis.
  package let ends: [Int]
  /// The number of windows along each axis.
  package let output: Shape

  /// Reads `strides`, `dilations`, `pads`, `auto_pad` and `ceil_mode`.
  ///
  /// - Throws: `invalidModel` for attributes that no input could fit, `invalidInput` for a window
  ///   larger than the padded input.
  package init(
    _ attributes: Attributes, input: Shape, kernel: [Int]
  ) throws(KernelError) {
    try self.init(
      input: input, kernel: kernel, strides: try attributes.ints("strides"),
      dilations: try attributes.ints("dilations"),
      padding: try Self.padding(attributes, rank: input.count),
      ceil: try attributes.flag("ceil_mode", default: false))
  }

  /// Lists that are left out mean 1 along every axis.
  package init(
    input: Shape, kernel: [Int], strides: [Int]? = nil, dilations: [Int]? = nil,
    padding: Padding = .valid, ceil: Bool = false
  ) throws(KernelError) {
    let rank = input.count
    let ones = [Int](repeating: 1, count: rank)
    let (strides, dilations) = (strides ?? ones, dilations ?? ones)
    for (name, list) in [
      ("kernel_shape", kernel), ("strides", strides), ("dilations", dilations),
    ] {
      guard list.count == rank, list.allSatisfy({ 1...Self.largest ~= $0 }) else {
        throw .invalidModel("\(name) \(list) is not for \(rank) spatial axes")
      }
    }
    guard input.allSatisfy({ 0...Self.largest ~= $0 }) else {
      throw .unsupported(.shape, "spatial dimensions \(input)")
    }
    (self.input, self.kernel, self.strides, self.dilations) = (input, kernel, strides, dilations)
    var spans: [Span] = []
    for axis in 0..<rank {
      spans.append(
        try Span(
          size: input[axis], reach: (kernel[axis] - 1) * dilations[axis] + 1,
          stride: strides[axis], padding: padding, axis: axis, rank: rank, ceil: ceil))
    }
    begins = spans.map(\.begin)
    ends = spans.map(\.end)
    output = spans.map(\.count)
  }

  /// Keeps products of two such numbers inside `Int`.
  private static let largest = 1 << 30

  /// The input index under a tap of a window along an axis; nil in the padding.
  package func source(axis: Int, window: Int, tap: Int) -> Int? {
    let index = window * strides[axis] + tap * dilations[axis] - begins[axis]
    return index >= 0 && index < input[axis] ? index : nil
  }

  private static func padding(
    _ attributes: Attributes, rank: Int
  ) throws(KernelError) -> Padding {
    switch try attributes.choice(
      "auto_pad", of: ["NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"], default: "NOTSET")
    {
    case "SAME_UPPER": return .sameUpper
    case "SAME_LOWER": return .sameLower
    case "VALID": return .valid
    default:
      let pads = try attributes.ints("pads") ?? [Int](repeating: 0, count: 2 * rank)
      guard pads.count == 2 * rank, pads.allSatisfy({ 0...largest ~= $0 }) else {
        throw .invalidModel("pads \(pads) is not for \(rank) spatial axes")
      }
      return .explicit(pads)
    }
  }

  /// Padding and number of windows along one axis.
  private struct Span {
    var begin = 0
    var end = 0
    var count = 0

    init(
      size: Int, reach: Int, stride: Int, padding: Padding, axis: Int, rank: Int, ceil: Bool
    ) throws(KernelError) {
      switch padding {
      case .explicit(let pads):
        (begin, end) = (pads[axis], pads[rank + axis])
      case .sameUpper, .sameLower:
        let count = (size + stride - 1) / stride
        let total = max((count - 1) * stride + reach - size, 0)
        begin = padding == .sameUpper ? total / 2 : total - total / 2
        end = total - begin
      case .valid: break
      }
      let room = size + begin + end - reach
      guard room >= 0 else {
        throw .invalidInput("a window of \(reach) is larger than \(size) plus its padding")
      }
      count = room / stride + 1
      guard ceil else { return }
      if room % stride != 0 { count += 1 }
      // A window that would start behind the input and its front padding is not taken.
      if (count - 1) * stride >= size + begin, count > 1 { count -= 1 }
    }
  }
}
