package import Tensors

/// A result of one execution that a relation compares, with its name in messages.
package struct RelationSide: Hashable, Sendable {
  /// E.g. `next.logits`.
  package let name: String
  package let tensor: Tensor

  package init(name: String, tensor: Tensor) { (self.name, self.tensor) = (name, tensor) }
}
