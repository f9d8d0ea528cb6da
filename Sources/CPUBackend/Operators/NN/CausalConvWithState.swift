import Glibc
import Tensors

/// A depthwise convolution that looks back only, with its last inputs carried on as a state.
///
/// Sums are binary64, one channel at a time; silu divides by 1 + e⁻ˣ, whose overflow gives 0. Without
/// a past the positions before the input are zeros.
enum CausalConvWithStateKernel: OperatorKernel {
  static let name = "CausalConvWithState"
  static let versions = [27]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isActivated(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let isActivated = try isActivated(call.attributes)
    let (x, w) = (try call.tensor(0), try call.tensor(1))
    guard x.shape.count == 3, w.shape.count == 3, w.shape[2] >= 1,
      w.shape[0] == x.shape[1], w.shape[1] == 1
    else {
      throw .invalidInput("an input of shape \(x.shape) and a kernel of shape \(w.shape)")
    }
    let size = w.shape[2]
    let stateShape = [x.shape[0], x.shape[1], size - 1]
    let stateCount = try Allocation.count(of: stateShape, type: .f64)
    let rows = try channels(call, x, stateShape)
    let kernels = try w.reals(Double.self)
    let bias = try bias(call, count: x.shape[1])
    var y: [Double] = []
    y.reserveCapacity(x.count)
    var state: [Double] = []
    state.reserveCapacity(stateCount)
    for (index, row) in rows.enumerated() {
      let channel = index % x.shape[1]
      for step in 0..<x.shape[2] {
        var sum = bias.map { $0[channel] } ?? 0
        for tap in 0..<size { sum += row[step + tap] * kernels[channel * size + tap] }
        y.append(isActivated ? sum / (1 + exp(-sum)) : sum)
      }
      state += row.suffix(size - 1)
    }
    return [
      .tensor(try .rounding(y, to: x.type, x.shape)),
      .tensor(try .rounding(state, to: x.type, stateShape)),
    ]
  }

  private static func isActivated(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("activation", of: ["none", "silu", "swish"], default: "none") != "none"
  }

  private static func bias(_ call: Call, count: Int) throws(KernelError) -> [Double]? {
    guard let tensor = try call.optionalTensor(2) else { return nil }
    guard tensor.shape == [count] else {
      throw .invalidInput("a bias of shape \(tensor.shape) for \(count) channels")
    }
    return try tensor.reals(Double.self)
  }

  /// Every channel of every batch element with its past before it.
  private static func channels(
    _ call: Call, _ x: Tensor, _ stateShape: Shape
  ) throws(KernelError) -> [[Double]] {
    let past = try call.optionalTensor(3)
    if let past, past.shape != stateShape {
      throw .invalidInput("past_state has shape \(past.shape), \(stateShape) is needed")
    }
    let (length, before) = (x.shape[2], stateShape[2])
    let count = try Allocation.count(of: [x.shape[0], x.shape[1]], type: .f64)
    let values = try x.reals(Double.self)
    let states = try past?.reals(Double.self)
    return (0..<count).map { row in
      let start =
        states.map { Array($0[row * before..<(row + 1) * before]) }
        ?? [Double](repeating: 0, count: before)
      return start + values[row * length..<(row + 1) * length]
    }
  }
}
