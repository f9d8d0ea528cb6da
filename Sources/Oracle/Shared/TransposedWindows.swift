import Tensors

/// The geometry of a transposed convolution over the spatial axes.
struct TransposedWindows {
  let input: Shape
  let kernel: Shape
  let output: Shape
  private let strides: [Int]
  private let dilations: [Int]
  private let padsBefore: [Int]

  init(_ call: Call, input: Shape, kernel: Shape) throws(EvaluationError) {
    let axes = input.count
    let ones = [Int](repeating: 1, count: axes)
    strides = try call.ints("strides") ?? ones
    dilations = try call.ints("dilations") ?? ones
    let extra = try call.ints("output_padding") ?? [Int](repeating: 0, count: axes)
    var pads = try call.ints("pads") ?? [Int](repeating: 0, count: 2 * axes)
    guard strides.count == axes, dilations.count == axes, extra.count == axes,
      pads.count == 2 * axes, strides.allSatisfy({ $0 > 0 }), dilations.allSatisfy({ $0 > 0 })
    else { throw .invalid("ConvTranspose: strides, dilations or pads do not fit \(axes) axes") }
    let mode = try call.string("auto_pad", default: "NOTSET")
    let asked = try call.ints("output_shape").map { Shape($0.suffix(axes)) }
    var output: Shape = []
    for axis in 0..<axes {
      let extent = dilations[axis] * (kernel[axis] - 1) + 1
      let full = strides[axis] * (input[axis] - 1) + extra[axis] + extent
      var size = full - pads[axis] - pads[axis + axes]
      if mode == "SAME_UPPER" || mode == "SAME_LOWER" || asked != nil {
        size = asked?[axis] ?? input[axis] * strides[axis]
        let total = Swift.max(0, full - size)
        let (small, large) = (total / 2, total - total / 2)
        // From version 11 on the text gives the larger half to the end for SAME_UPPER and to the
        // start otherwise; version 1 has the condition the other way round.
        let isAtEnd = (mode == "SAME_UPPER") == (call.version >= 11)
        (pads[axis], pads[axis + axes]) = isAtEnd ? (small, large) : (large, small)
      } else if mode == "VALID" {
        size = full
        (pads[axis], pads[axis + axes]) = (0, 0)
      }
      guard size >= 0 else { throw .invalid("ConvTranspose: the pads leave nothing") }
      output.append(size)
    }
    (self.input, self.kernel, self.output) = (input, kernel, output)
    padsBefore = Array(pads[..<axes])
  }

  /// For every output position: which kernel tap of which input position is added to it.
  var sources: [[(tap: Int, source: Int)]] {
    var result = [[(tap: Int, source: Int)]](repeating: [], count: output.reduce(1, *))
    let targets = output.rowMajorStrides
    for source in 0..<(input.elementCount ?? 0) {
      let start = input.index(ofLinear: source)
      for tap in 0..<(kernel.elementCount ?? 0) {
        let offset = kernel.index(ofLinear: tap)
        var position: Int? = 0
        for axis in input.indices {
          let coordinate =
            start[axis] * strides[axis] - padsBefore[axis] + offset[axis] * dilations[axis]
          let isInside = coordinate >= 0 && coordinate < output[axis]
          position = isInside ? position.map { $0 + coordinate * targets[axis] } : nil
        }
        if let position { result[position].append((tap, source)) }
      }
    }
    return result
  }
}
