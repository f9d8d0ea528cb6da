import Tensors

/// The sliding windows of convolutions and pools over the spatial axes.
struct Windows {
  let input: Shape
  let kernel: Shape
  let strides: [Int]
  let dilations: [Int]
  let padsBefore: [Int]
  let padsAfter: [Int]
  let output: Shape

  /// Reads strides, dilations, pads, auto_pad and ceil_mode for the given spatial dimensions.
  init(_ call: Call, input: Shape, kernel: Shape) throws(EvaluationError) {
    let axes = input.count
    func list(_ name: String, default value: Int, count: Int) throws(EvaluationError) -> [Int] {
      let list = try call.ints(name) ?? [Int](repeating: value, count: count)
      guard list.count == count else {
        throw .invalid("\(call.node.operatorName): \(name) has \(list.count) entries, not \(count)")
      }
      return list
    }
    strides = try list("strides", default: 1, count: axes)
    dilations = try list("dilations", default: 1, count: axes)
    guard kernel.count == axes, kernel.allSatisfy({ $0 > 0 }), strides.allSatisfy({ $0 > 0 }),
      dilations.allSatisfy({ $0 > 0 })
    else { throw .invalid("\(call.node.operatorName): kernel, strides and dilations are positive") }
    let pads = try list("pads", default: 0, count: 2 * axes)
    // Sizes up to here keep every product and sum below inside of 64 bits.
    let largest = 1 << 30
    guard (input + kernel + strides + dilations).allSatisfy({ $0 <= largest }),
      pads.allSatisfy({ -largest...largest ~= $0 }),
      kernel.elementCount.map({ $0 <= largest }) ?? false
    else { throw .unsupported("\(call.node.operatorName): windows larger than 2^30") }
    let mode = try call.string("auto_pad", default: "NOTSET")
    let isCeiling = try call.flag("ceil_mode")
    var (before, after, output) = (Array(pads[..<axes]), Array(pads[axes...]), Shape())
    for axis in 0..<axes {
      let extent = dilations[axis] * (kernel[axis] - 1) + 1
      switch mode {
      case "NOTSET": break
      case "VALID": (before[axis], after[axis]) = (0, 0)
      case "SAME_UPPER", "SAME_LOWER":
        let size = (input[axis] + strides[axis] - 1) / strides[axis]
        let total = Swift.max(0, (size - 1) * strides[axis] + extent - input[axis])
        let (small, large) = (total / 2, total - total / 2)
        (before[axis], after[axis]) = mode == "SAME_UPPER" ? (small, large) : (large, small)
      default: throw .invalid("\(call.node.operatorName) knows no auto_pad \"\(mode)\"")
      }
      output.append(
        try Self.size(
          input[axis] + before[axis] + after[axis] - extent, stride: strides[axis],
          isCeiling: isCeiling, start: input[axis] + before[axis]))
    }
    for shape in [kernel, output] { _ = try call.boundedCount(of: shape) }
    (self.input, self.kernel, self.output) = (input, kernel, output)
    (padsBefore, padsAfter) = (before, after)
  }

  /// The number of windows; with ceil_mode one may hang over the end but never start there.
  private static func size(
    _ room: Int, stride: Int, isCeiling: Bool, start: Int
  ) throws(EvaluationError) -> Int {
    guard room >= 0 else { return 0 }
    var size = (isCeiling ? room + stride - 1 : room) / stride + 1
    if isCeiling, (size - 1) * stride >= start { size -= 1 }
    return size
  }

  /// For one output position: the kernel taps inside the input as (tap, input position), row-major.
  func taps(at output: [Int]) -> [(tap: Int, position: Int)] {
    var result: [(tap: Int, position: Int)] = []
    let strides = input.rowMajorStrides
    for tap in 0..<(kernel.elementCount ?? 0) {
      let offset = kernel.index(ofLinear: tap)
      var position = 0
      var isInside = true
      for axis in input.indices {
        let coordinate =
          output[axis] * self.strides[axis] - padsBefore[axis] + offset[axis] * dilations[axis]
        isInside = isInside && coordinate >= 0 && coordinate < input[axis]
        position += coordinate * strides[axis]
      }
      if isInside { result.append((tap, position)) }
    }
    return result
  }

  /// How many taps of the window lie inside the input or its padding, as averages with
  /// `count_include_pad` count them: what ceil_mode adds beyond the padding does not count.
  func paddedCount(at output: [Int]) -> Int {
    input.indices.reduce(1) { count, axis in
      let first = output[axis] * strides[axis] - padsBefore[axis]
      let inside = (0..<kernel[axis]).filter {
        first + $0 * dilations[axis] < input[axis] + padsAfter[axis]
      }
      return count * inside.count
    }
  }
}
