import Tensors

/// The exact sums of a convolution of codes with filters of codes, both less their zero points.
///
///     s[n, m, o…] = Σ_{c, k…} (x[n, g·C + c, …] − zx) · (w[m, c, k…] − zw[m])
///
/// Positions in the padding contribute nothing: they hold the zero point.
struct IntegerConvolution {
  let shape: Shape
  let sums: [Int128]
  /// The filter that an element of the result belongs to.
  private let area: Int
  private let filters: Int

  init(
    _ call: Call, _ x: ExactTensor, _ w: ExactTensor, zeroPoints: (x: ExactTensor?, w: ExactTensor?)
  ) throws(EvaluationError) {
    let name = call.node.operatorName
    guard x.rank >= 3, w.rank == x.rank else { throw .invalid("\(name) of \(x.shape), \(w.shape)") }
    let groups = try call.int("group", default: 1)
    let (channels, filters) = (w.shape[1], w.shape[0])
    let kernel = Shape(w.shape[2...])
    guard groups > 0, filters % groups == 0, x.shape[1] == channels * groups,
      try call.ints("kernel_shape") ?? kernel == kernel
    else { throw .invalid("\(name): \(x.shape) and \(w.shape) in \(groups) groups do not fit") }
    let windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    let pixels = try Self.shifted(x, zeroPoints.x, lines: 1)
    let weights = try Self.shifted(w, zeroPoints.w, lines: filters)
    let (plane, volume) = (windows.input.reduce(1, *), kernel.reduce(1, *))
    let places = (0..<(windows.output.elementCount ?? 0)).map {
      windows.taps(at: windows.output.index(ofLinear: $0))
    }
    var sums: [Int128] = []
    for image in 0..<x.shape[0] {
      for filter in 0..<filters {
        let first = image * x.shape[1] + (filter / (filters / groups)) * channels
        for taps in places {
          var sum = Int128(0)
          for channel in 0..<channels {
            let (base, weight) = ((first + channel) * plane, (filter * channels + channel) * volume)
            for (tap, position) in taps { sum += pixels[base + position] * weights[weight + tap] }
          }
          sums.append(sum)
        }
      }
    }
    self.sums = sums
    shape = [x.shape[0], filters] + windows.output
    (area, self.filters) = (places.count, filters)
  }

  func filter(of position: Int) -> Int { position / Swift.max(1, area) % Swift.max(1, filters) }

  /// The codes less their zero point: one for all, or one for each of the leading lines.
  private static func shifted(
    _ codes: ExactTensor, _ zeroPoint: ExactTensor?, lines: Int
  ) throws(EvaluationError) -> [Int128] {
    let values = try codes.integers()
    guard let zeroPoint else { return values }
    let offsets = try zeroPoint.integers()
    guard offsets.count == 1 || (zeroPoint.rank == 1 && offsets.count == lines) else {
      throw .invalid("a zero point of \(zeroPoint.shape) for \(lines) filters")
    }
    let length = Swift.max(1, values.count / Swift.max(1, lines))
    return values.enumerated().map { index, value in
      value - (offsets.count == 1 ? offsets[0] : offsets[index / length])
    }
  }
}
