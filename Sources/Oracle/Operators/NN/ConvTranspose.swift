import ExtendedArithmetic
import Tensors

/// The transposed convolution: the adjoint of Conv with respect to its input.
///
///     y[n, m, i·stride − pad + k·dilation] += x[n, c, i…] · w[c, m, k…];  then + b[m]
///
/// - (C1) The size per axis is stride·(in − 1) + output_padding + extent − pads.
/// - (C2) `output_shape` derives the pads instead; an odd one goes to the end, or to the start with
///   SAME_LOWER.
/// - (C3) Channels fall into `group` groups.
/// - Source: onnx/onnx docs/Operators.md, ConvTranspose.
enum ConvTransposeEvaluator: Evaluator {
  static let name = "ConvTranspose"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, w, b) = (try call.tensor(0), try call.tensor(1), try call.optionalTensor(2))
    guard x.rank >= 3, w.rank == x.rank, w.shape[0] == x.shape[1] else {
      throw .invalid("ConvTranspose of \(x.shape) and \(w.shape)")
    }
    let groups = try call.int("group", default: 1)
    guard groups > 0, x.shape[1] % groups == 0 else {
      throw .invalid("\(x.shape[1]) channels do not form \(groups) groups")
    }
    let geometry = try TransposedWindows(
      call, input: Shape(x.shape[2...]), kernel: Shape(w.shape[2...]))
    let filters = w.shape[1] * groups
    let (area, target) = (geometry.input.reduce(1, *), geometry.output.reduce(1, *))
    let channelsPerGroup = x.shape[1] / groups
    let volume = geometry.kernel.reduce(1, *)
    let (pixels, weights, bias) = (try x.reals(), try w.reals(), try b?.reals())
    var output = AccumulatedTensor(hasProducts: true)
    let sources = geometry.sources
    for image in 0..<x.shape[0] {
      for filter in 0..<filters {
        let group = filter / w.shape[1]
        for position in 0..<target {
          var terms: [DoubleDouble] = []
          for channel in (group * channelsPerGroup)..<((group + 1) * channelsPerGroup) {
            let pixel = (image * x.shape[1] + channel) * area
            let weight = (channel * w.shape[1] + filter % w.shape[1]) * volume
            for (tap, source) in sources[position] {
              terms.append(pixels[pixel + source] * weights[weight + tap])
            }
          }
          if let bias { terms.append(bias[filter]) }
          output.append(ExactSum(terms), height: terms.count)
        }
      }
    }
    return [output.outcome(x.type, [x.shape[0], filters] + geometry.output)]
  }
}
