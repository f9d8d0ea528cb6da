import ExtendedArithmetic
import ModelFormat
import Tensors

/// A tensor that is part of the model.
///
/// - (C1) The output holds the elements of `value`.
/// - (C2) `sparse_value` is written out with zeros.
/// - (C3) `value_float`, `value_int`, `value_string` give scalars, their plural forms vectors.
/// - (C4) Exactly one of the attributes is given.
/// - Source: onnx/onnx docs/Operators.md, Constant.
enum ConstantEvaluator: Evaluator {
  static let name = "Constant"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard call.node.attributes.count == 1, let (name, value) = call.node.attributes.first else {
      throw .invalid("Constant needs exactly one attribute")
    }
    guard call.version >= 12 || name == "value" || call.version == 11 && name == "sparse_value"
    else { throw .invalid("Constant-\(call.version) has no attribute \"\(name)\"") }
    return [.exact(try tensor(name, value))]
  }

  private static func tensor(
    _ name: String, _ value: Attribute
  ) throws(EvaluationError) -> ExactTensor {
    switch (name, value) {
    case ("value", .tensor(let tensor)): return ExactTensor(tensor)
    case ("sparse_value", .sparse(let tensor)): return try dense(tensor)
    case ("value_float", .float(let value)):
      return ExactTensor(.f32, [], reals: [DoubleDouble(Double(value))])
    case ("value_floats", .floats(let values)):
      return ExactTensor(
        .f32, [values.count], reals: values.map { DoubleDouble(Double($0)) })
    case ("value_int", .int(let value)): return ExactTensor(.i64, [], integers: [Int128(value)])
    case ("value_ints", .ints(let values)):
      return ExactTensor(.i64, [values.count], integers: values.map { Int128($0) })
    case ("value_string", .string(let value)): return ExactTensor([], strings: [value])
    case ("value_strings", .strings(let values)):
      return ExactTensor([values.count], strings: values)
    default: throw .invalid("Constant has no attribute \"\(name)\" of this kind")
    }
  }

  /// Indices are positions in row-major order, or one row of coordinates for each element.
  private static func dense(_ sparse: SparseTensor) throws(EvaluationError) -> ExactTensor {
    let (shape, values) = (sparse.shape, ExactTensor(sparse.values))
    let numbers = try ExactTensor(sparse.indices).ints()
    let width = sparse.indices.shape.count == 2 ? shape.count : 1
    guard let total = shape.elementCount, numbers.count == width * values.count else {
      throw .invalid("a sparse tensor whose indices do not fit its values")
    }
    let strides = width == 1 ? [1] : shape.rowMajorStrides
    let limits = width == 1 ? [total] : shape
    var sources = [Int?](repeating: nil, count: total)
    for element in 0..<values.count {
      var position = 0
      for axis in 0..<width {
        let number = numbers[element * width + axis]
        guard number >= 0, number < limits[axis] else {
          throw .invalid("a sparse tensor with the index \(number)")
        }
        position += number * strides[axis]
      }
      sources[position] = element
    }
    return try values.gathered(sources, shape: shape, fill: .zero(of: values.type))
  }
}
