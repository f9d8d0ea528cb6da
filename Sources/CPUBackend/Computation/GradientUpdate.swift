package import Tensors

/// What the operators that move tensors along their gradients share.
///
/// The inputs behind rate and count lie in equal groups: all values, all gradients, all states of
/// each kind; the outputs are the same without the gradients. Arithmetic is binary64, rounded once.
package struct GradientUpdate {
  package let rate: Double
  package let count: Int64
  private let tensors: [Tensor]
  private let groups: Int

  /// - Throws: `invalidInput` for a rate or count that is no scalar, groups that are not equal, or
  ///   tensors of one variable that differ in shape or type.
  package init(_ call: Call, states: Int) throws(KernelError) {
    let (rate, count) = (try call.tensor(0), try call.tensor(1))
    guard rate.count == 1, count.count == 1 else {
      throw .invalidInput("rate and count of shapes \(rate.shape) and \(count.shape)")
    }
    self.rate = try rate.reals(Double.self)[0]
    self.count = count.elements(Int64.self)[0]
    tensors = try call.tensors(from: 2)
    groups = states + 2
    guard !tensors.isEmpty, tensors.count % groups == 0 else {
      throw .invalidInput("\(tensors.count) tensors do not form \(groups) equal groups")
    }
    let size = tensors.count / groups
    for (position, tensor) in tensors.enumerated() {
      let value = tensors[position % size]
      guard tensor.shape == value.shape, tensor.type == value.type else {
        throw .invalidInput("input \(position + 2) does not fit the tensor that it belongs to")
      }
    }
  }

  /// Runs the step on every element; `step` turns value, gradient and states into value and states.
  package func outputs(_ step: ([Double]) -> [Double]) throws(KernelError) -> [Value] {
    let size = tensors.count / groups
    var results: [Value?] = Array(repeating: nil, count: size * (groups - 1))
    for variable in 0..<size {
      var columns: [[Double]] = []
      for group in 0..<groups {
        columns.append(try tensors[group * size + variable].reals(Double.self))
      }
      var outputs = Array(repeating: [Double](), count: groups - 1)
      for element in columns[0].indices {
        for (output, value) in step(columns.map { $0[element] }).enumerated() {
          outputs[output].append(value)
        }
      }
      let (type, shape) = (tensors[variable].type, tensors[variable].shape)
      for (output, values) in outputs.enumerated() {
        results[output * size + variable] = .tensor(try .rounding(values, to: type, shape))
      }
    }
    return results.compactMap { $0 }
  }

  /// The types of the outputs, as far as those of the inputs are known.
  package static func outputTypes(_ declaration: Declaration, states: Int) -> [ValueType?] {
    let tensors = Array(declaration.inputTypes.dropFirst(2))
    let size = tensors.count / (states + 2)
    guard size > 0 else { return [] }
    return (0..<declaration.outputCount).map { tensors[$0 % size] }
  }
}
