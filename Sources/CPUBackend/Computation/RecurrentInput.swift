package import Tensors

/// The directions, sizes and common inputs of a recurrent operator, brought to layout 0.
package struct RecurrentInput: Sendable {
  package let steps: Int
  package let batch: Int
  package let inputSize: Int
  package let hiddenSize: Int
  /// For each direction whether it runs from the last step to the first.
  package let isReversed: [Bool]
  /// Whether the batch is the first axis of inputs and outputs.
  package let isBatchFirst: Bool
  /// Valid steps of each batch element.
  package let lengths: [Int]

  package var directions: Int { isReversed.count }

  /// Reads the shapes of inputs 0 … 4 and the attributes that all recurrent operators share.
  ///
  /// - Parameter gates: Blocks of `hiddenSize` rows in the weights.
  /// - Throws: `invalidModel` for attributes, `invalidInput` for shapes or lengths.
  package init(_ call: Call, gates: Int) throws(KernelError) {
    let (x, w, r) = (try call.tensor(0).shape, try call.tensor(1).shape, try call.tensor(2).shape)
    let direction = try call.attributes.choice(
      "direction", of: ["forward", "reverse", "bidirectional"], default: "forward")
    isReversed = direction == "bidirectional" ? [false, true] : [direction == "reverse"]
    let layout = try call.int("layout", default: 0)
    guard layout == 0 || layout == 1 else {
      throw .invalidModel("layout is \(layout), it must be 0 or 1")
    }
    isBatchFirst = layout == 1
    guard x.count == 3, r.count == 3, r[2] <= WindowAxis.limit else {
      throw .invalidInput("X has shape \(x) and R \(r), rank 3 is needed")
    }
    (steps, batch) = isBatchFirst ? (x[1], x[0]) : (x[0], x[1])
    (inputSize, hiddenSize) = (x[2], r[2])
    let count = isReversed.count
    guard w == [count, gates * hiddenSize, inputSize], r == [count, gates * hiddenSize, hiddenSize]
    else {
      throw .invalidInput(
        "weights of shapes \(w) and \(r) do not fit \(count) directions and input \(x)")
    }
    guard try call.int("hidden_size", default: hiddenSize) == hiddenSize else {
      throw .invalidModel("hidden_size differs from the \(hiddenSize) of the weights")
    }
    _ = try Allocation.count(of: [max(1, steps), count, batch, gates * hiddenSize], type: .f64)
    if let bias = try call.optionalTensor(3), bias.shape != [count, 2 * gates * hiddenSize] {
      throw .invalidInput("the bias has shape \(bias.shape)")
    }
    lengths = try Self.lengths(call, batch: batch, steps: steps)
  }

  private static func lengths(
    _ call: Call, batch: Int, steps: Int
  ) throws(KernelError) -> [Int] {
    guard let tensor = try call.optionalTensor(4) else {
      return Array(repeating: steps, count: batch)
    }
    guard tensor.shape == [batch] else {
      throw .invalidInput("sequence_lens has shape \(tensor.shape) for a batch of \(batch)")
    }
    let lengths = try tensor.indexValues(of: "sequence_lens")
    for length in lengths where !(0...steps).contains(length) {
      throw .invalidInput("sequence_lens has \(length) of \(steps) steps")
    }
    return lengths
  }

  /// The input sequence as (step, batch, feature).
  package func sequence<Number: Real>(
    _ x: Tensor, as _: Number.Type
  ) throws(KernelError) -> [Number] {
    guard isBatchFirst else { return try x.reals(Number.self) }
    return try StridedView(x.shape, permutation: [1, 0, 2]).tensor(of: x).reals(Number.self)
  }

  /// An initial state as (direction, batch, feature); zeros when it is omitted.
  package func state(_ call: Call, _ position: Int) throws(KernelError) -> [Double] {
    guard let tensor = try call.optionalTensor(position) else {
      return Array(repeating: 0, count: directions * batch * hiddenSize)
    }
    let expected =
      isBatchFirst ? [batch, directions, hiddenSize] : [directions, batch, hiddenSize]
    guard tensor.shape == expected else {
      throw .invalidInput(
        "input \(position) has shape \(tensor.shape), \(expected) is needed")
    }
    guard isBatchFirst else { return try tensor.reals(Double.self) }
    return try StridedView(tensor.shape, permutation: [1, 0, 2]).tensor(of: tensor)
      .reals(Double.self)
  }

  /// The step of the sequence that a direction reads as its n-th; nil beyond the valid ones.
  package func step(_ number: Int, direction: Int, batch element: Int) -> Int? {
    let length = lengths[element]
    guard number < length else { return nil }
    return isReversed[direction] ? length - 1 - number : number
  }

  /// The output Y from values of shape (step, direction, batch, feature).
  package func outputs<Number: Real>(
    _ values: [Number], _ type: ElementType
  ) throws(KernelError) -> Tensor {
    let y = try Tensor.rounding(values, to: type, [steps, directions, batch, hiddenSize])
    guard isBatchFirst else { return y }
    return try StridedView(y.shape, permutation: [2, 0, 1, 3]).tensor(of: y)
  }

  /// A last state from values of shape (direction, batch, feature).
  package func lastState(_ values: [Double], _ type: ElementType) throws(KernelError) -> Tensor {
    let state = try Tensor.rounding(values, to: type, [directions, batch, hiddenSize])
    guard isBatchFirst else { return state }
    return try StridedView(state.shape, permutation: [1, 0, 2]).tensor(of: state)
  }
}
