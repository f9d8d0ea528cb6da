import Tensors

/// A layer of a simple recurrent network.
///
///     h = f(x·Wᵀ + h·Rᵀ + b)
///
/// `clip` bounds the argument of the activation. All arithmetic is binary64. Beyond the length of a
/// sequence Y is zero and the state stays what it was.
enum RNNKernel: OperatorKernel {
  static let name = "RNN"
  static let versions = [7, 14, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let input = try RecurrentInput(call, gates: 1)
    let sums = try RecurrentSums(call, input, gates: 1)
    let functions = try RecurrentActivation.list(
      call.attributes, defaults: Array(repeating: "Tanh", count: input.directions))
    return try input.outputs(call, try call.tensor(0)) { direction, x, h in
      (0..<input.hiddenSize).map { unit in
        functions[direction](sums.clipped(sums.whole(x, h, 0, unit, direction)))
      }
    }
  }
}
