import Tensors

/// A layer of gated recurrent units.
///
///     z = f(x·Wzᵀ + h·Rzᵀ + bz)      r = f(x·Wrᵀ + h·Rrᵀ + br)
///     n = g(x·Whᵀ + (r∘h)·Rhᵀ + bh), with `linear_before_reset` g(x·Whᵀ + r∘(h·Rhᵀ + bRh) + bWh)
///     h = (1 − z)∘n + z∘h
///
/// Gates lie in the order z, r, h. `clip` bounds the argument of every activation. All arithmetic is
/// binary64. Beyond the length of a sequence Y is zero and the state stays what it was.
enum GRUKernel: OperatorKernel {
  static let name = "GRU"
  static let versions = [7, 14, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let input = try RecurrentInput(call, gates: 3)
    let sums = try RecurrentSums(call, input, gates: 3)
    let names = Array(repeating: ["Sigmoid", "Tanh"], count: input.directions)
    let functions = try RecurrentActivation.list(
      call.attributes, defaults: Array(names.joined()))
    let resetsLast = try call.flag("linear_before_reset", default: false)
    return try input.outputs(call, try call.tensor(0)) { direction, x, h in
      let (f, g) = (functions[2 * direction], functions[2 * direction + 1])
      let gates = (0..<2).map { gate in
        (0..<input.hiddenSize).map { unit in
          f(sums.clipped(sums.whole(x, h, gate, unit, direction)))
        }
      }
      let past = zip(gates[1], h).map { $0 * $1 }
      return (0..<input.hiddenSize).map { unit in
        let inner =
          resetsLast
          ? sums.recurrent(h, 2, unit, direction) + sums.recurrentBias(2, unit, direction) : 0
        let argument =
          resetsLast
          ? sums.input(x, 2, unit, direction) + gates[1][unit] * inner
            + sums.inputBias(2, unit, direction)
          : sums.whole(x, past[...], 2, unit, direction)
        let z = gates[0][unit]
        return (1 - z) * g(sums.clipped(argument)) + z * h[h.startIndex + unit]
      }
    }
  }
}
