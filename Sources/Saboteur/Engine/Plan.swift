import ModelFormat
import Tensors

/// What a fault does to one model; parts that are nil stay as they are.
struct Plan: Sendable {
  /// The model that runs instead.
  var model: Model?
  /// Changes a tensor that enters: an input of the graph or a constant.
  var input: (@Sendable (Operand) -> Tensor)?
  /// Changes all inputs of the graph at once; nil where it cannot.
  var inputs: (@Sendable ([Tensor]) -> [Tensor]?)?
  /// Changes a tensor that leaves.
  var output: (@Sendable (Tensor, Occasion) -> Tensor)?
  /// Changes a whole value that leaves.
  var value: (@Sendable (Value) -> Value)?

  init(
    model: Model? = nil, input: (@Sendable (Operand) -> Tensor)? = nil,
    inputs: (@Sendable ([Tensor]) -> [Tensor]?)? = nil,
    output: (@Sendable (Tensor, Occasion) -> Tensor)? = nil,
    value: (@Sendable (Value) -> Value)? = nil
  ) {
    (self.model, self.input, self.inputs) = (model, input, inputs)
    (self.output, self.value) = (output, value)
  }
}

/// A tensor on its way in.
struct Operand: Sendable {
  let tensor: Tensor
  /// The position among the operator's inputs.
  let position: Int
  /// The formal parameter's name in the standard.
  let parameter: String
}

/// The circumstances under which an output is changed.
struct Occasion: Sendable {
  /// How many runs the executable had before.
  let run: Int
  /// The tensors the run was given.
  let inputs: [Tensor]
  let seed: UInt64
}

/// Which difference makes a fault's outputs others than the right ones.
///
/// Outputs that differ in less are given out unchanged: a fault that a correct backend may show is
/// none, and the suite could not be blamed for letting it pass.
enum Distinction: Hashable, Sendable {
  /// Any bit.
  case bits
  /// A value: zeros of both signs are one, and so are all NaNs.
  case values
  /// More than rounding: a mere change of the order of operations is not this fault.
  case placement
}
