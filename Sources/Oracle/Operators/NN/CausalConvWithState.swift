import ExtendedArithmetic
import Tensors

/// A causal convolution of each channel with its own kernel, carried on from call to call.
///
///     y[n, c, t] = act(Σ_j w[c, 0, j] · s[n, c, t + j] + b[c]),  s = the past followed by the input
///
/// - (C1) The result at t reads the inputs up to t, the last tap that of t itself.
/// - (C2) The past has k − 1 positions; without it they are zeros.
/// - (C3) present_state holds the last k − 1 positions of s, of the past too where the input is
///   shorter.
/// - (C4) `activation`: silu and swish are y·σ(y), none leaves the sum.
/// - Height: one per tap, one for the bias. With an activation a composite, in which the function
///   body holds the sum in the type of the input.
/// - y·σ(y) of −∞ is NaN by the formula and 0 in the limit: left open.
/// - Source: onnx/onnx docs/Operators.md, CausalConvWithState.
enum CausalConvWithStateEvaluator: Evaluator {
  static let name = "CausalConvWithState"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let activation = try call.string("activation", default: "none")
    guard ["none", "silu", "swish"].contains(activation) else {
      throw .invalid("CausalConvWithState: no activation is called \"\(activation)\"")
    }
    let (x, w) = (try call.tensor(0), try call.tensor(1))
    guard x.rank == 3, w.rank == 3, w.shape[0] == x.shape[1], w.shape[1] == 1, w.shape[2] > 0 else {
      throw .invalid("CausalConvWithState of \(x.shape) with the kernel \(w.shape)")
    }
    let (taps, length) = (w.shape[2], x.shape[2])
    let whole = try sequence(call, x, past: taps - 1)
    let bias = try call.optionalTensor(2)
    guard bias.map({ $0.shape == [x.shape[1]] }) ?? true else {
      throw .invalid("CausalConvWithState: the bias is no row of \(x.shape[1])")
    }
    let (values, kernel, offsets) = (try whole.reals(), try w.reals(), try bias?.reals())
    var sums: [Sum] = []
    for row in 0..<(x.shape[0] * x.shape[1]) {
      let channel = row % x.shape[1]
      let weights = Array(kernel[(channel * taps)..<((channel + 1) * taps)])
      for step in 0..<length {
        let start = row * (taps - 1 + length) + step
        sums.append(
          Sum(
            factors: Array(values[start..<(start + taps)]), weights: weights,
            bias: offsets?[channel]))
      }
    }
    let state = try whole.part(length..<(length + taps - 1), of: 2)
    let y =
      activation == "none" ? plain(sums, x, call.trace) : activated(sums, x, call.trace)
    return [y, .exact(state)]
  }

  /// One element of the result before the activation.
  private struct Sum {
    let factors: [DoubleDouble]
    let weights: [DoubleDouble]
    let bias: DoubleDouble?
  }

  /// The past, or zeros, followed by the input.
  private static func sequence(
    _ call: Call, _ x: ExactTensor, past count: Int
  ) throws(EvaluationError) -> ExactTensor {
    let before = Shape([x.shape[0], x.shape[1], count])
    let past = try call.optionalTensor(3)
    guard past.map({ $0.shape == before }) ?? true else {
      throw .invalid("CausalConvWithState: the past is not of shape \(before)")
    }
    let zero = ExactTensor(x.type, [], reals: [.zero])
    let all = try ExactTensor.joined([x] + (past.map { [$0] } ?? []))
    let total = count + x.shape[2]
    var positions: [Int?] = []
    for row in 0..<(x.shape[0] * x.shape[1]) {
      for place in 0..<total {
        if place >= count {
          positions.append(row * x.shape[2] + place - count)
        } else {
          positions.append(past == nil ? nil : x.count + row * count + place)
        }
      }
    }
    return try all.gathered(positions, shape: [x.shape[0], x.shape[1], total], fill: zero)
  }

  private static func plain(_ sums: [Sum], _ x: ExactTensor, _ trace: Trace) -> Outcome {
    var output = AccumulatedTensor(hasProducts: true, trace: trace)
    for sum in sums {
      var terms = zip(sum.factors, sum.weights).map { $0 * $1 }
      if let bias = sum.bias { terms.append(bias) }
      output.append(terms, height: terms.count)
    }
    return output.outcome(x.type, x.shape)
  }

  private static func activated(_ sums: [Sum], _ x: ExactTensor, _ trace: Trace) -> Outcome {
    let units = Trace.units(of: x.type)
    var values: [DoubleDouble] = []
    var isOpen: [Bool] = []
    for sum in sums {
      let product = trace.dot(sum.factors, sum.weights)
      let total = sum.bias.map { trace.add(product, $0) } ?? product
      let held = units == 1 ? total : trace.step(total, units: units)
      values.append(trace.multiply(held, trace.primitive(.sigmoid, held)))
      isOpen.append(total.high == -.infinity)
    }
    var outcome = Outcome.composite(ExactTensor(x.type, x.shape, reals: values))
    if isOpen.contains(true) { outcome.undefined = isOpen }
    return outcome
  }
}
