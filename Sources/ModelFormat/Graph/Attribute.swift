package import Tensors

/// The value of a node's attribute.
package indirect enum Attribute: Hashable, Sendable {
  case int(Int64)
  case ints([Int64])
  case float(Float)
  case floats([Float])
  case string(String)
  case strings([String])
  case tensor(Tensor)
  case tensors([Tensor])
  case sparse(SparseTensor)
  case sparseTensors([SparseTensor])
  case graph(Graph)
  case graphs([Graph])
  case type(ValueType)
  case types([ValueType])
  /// Inside a function body: the value of the function's attribute of this name and kind.
  case reference(String, kind: AttributeKind)
}

/// A sparse tensor in coordinate form.
package struct SparseTensor: Hashable, Sendable {
  package var shape: Shape
  /// The stored elements, rank 1.
  package var values: Tensor
  /// Positions: rank 1 (linear) or rank 2 (one row of coordinates each), i64.
  package var indices: Tensor

  package init(shape: Shape, values: Tensor, indices: Tensor) {
    self.shape = shape
    self.values = values
    self.indices = indices
  }
}

extension Attribute {
  /// The integer of an `int` attribute, else nil.
  package var intValue: Int64? { if case .int(let value) = self { value } else { nil } }
  /// The integers of an `ints` attribute, else nil.
  package var intsValue: [Int64]? { if case .ints(let value) = self { value } else { nil } }
  /// The number of a `float` attribute, else nil.
  package var floatValue: Float? { if case .float(let value) = self { value } else { nil } }
  /// The numbers of a `floats` attribute, else nil.
  package var floatsValue: [Float]? { if case .floats(let value) = self { value } else { nil } }
  /// The text of a `string` attribute, else nil.
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  /// The texts of a `strings` attribute, else nil.
  package var stringsValue: [String]? { if case .strings(let value) = self { value } else { nil } }
  /// The tensor of a `tensor` attribute, else nil.
  package var tensorValue: Tensor? { if case .tensor(let value) = self { value } else { nil } }
  /// The graph of a `graph` attribute, else nil.
  package var graphValue: Graph? { if case .graph(let value) = self { value } else { nil } }
}
