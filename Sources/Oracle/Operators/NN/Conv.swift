import ExtendedArithmetic
import Tensors

/// The convolution (cross-correlation) of a batch of images with filters.
///
///     y[n, m, o…] = Σ_{c, k…} x[n, g·C + c, o·stride − pad + k·dilation] · w[m, c, k…] + b[m]
///
/// - (C1) Channels fall into `group` groups; filter m reads the channels of its group only.
/// - (C2) Positions in the padding contribute nothing.
/// - (C3) `auto_pad` derives the pads from stride and kernel.
/// - Height: one per tap and channel, one for the bias.
/// - Source: onnx/onnx docs/Operators.md, Conv.
enum ConvEvaluator: Evaluator {
  static let name = "Conv"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, w, b) = (try call.tensor(0), try call.tensor(1), try call.optionalTensor(2))
    guard x.rank >= 3, w.rank == x.rank else {
      throw .invalid("Conv of ranks \(x.rank) and \(w.rank)")
    }
    let groups = try call.int("group", default: 1)
    let (channels, filters) = (w.shape[1], w.shape[0])
    guard groups > 0, filters % groups == 0, x.shape[1] == channels * groups else {
      throw .invalid("\(x.shape[1]) channels and \(filters) filters do not form \(groups) groups")
    }
    let kernel = Shape(w.shape[2...])
    if let declared = try call.ints("kernel_shape"), declared != kernel {
      throw .invalid("kernel_shape \(declared) is not that of the filter, \(kernel)")
    }
    guard b.map({ $0.shape == [filters] }) ?? true else { throw .invalid("the bias is no row") }
    let windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    let (pixels, weights, bias) = (try x.reals(), try w.reals(), try b?.reals())
    let (area, volume) = (windows.input.reduce(1, *), kernel.reduce(1, *))
    let places = (0..<(windows.output.elementCount ?? 0)).map {
      windows.taps(at: windows.output.index(ofLinear: $0))
    }
    var output = AccumulatedTensor(hasProducts: true, trace: call.trace)
    for image in 0..<x.shape[0] {
      for filter in 0..<filters {
        let first = image * x.shape[1] + (filter / (filters / groups)) * channels
        for taps in places {
          var terms: [DoubleDouble] = []
          terms.reserveCapacity(channels * taps.count + 1)
          for channel in 0..<channels {
            let (base, weight) = ((first + channel) * area, (filter * channels + channel) * volume)
            for (tap, position) in taps {
              terms.append(pixels[base + position] * weights[weight + tap])
            }
          }
          if let bias { terms.append(bias[filter]) }
          output.append(terms, height: channels * volume + (bias == nil ? 0 : 1))
        }
      }
    }
    return [output.outcome(x.type, [x.shape[0], filters] + windows.output)]
  }
}
