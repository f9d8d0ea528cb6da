import ModelFormat
import Tensors

/// A product of two matrices, and the operators it can be put to.
struct MatrixProduct {
  enum Form: String, CaseIterable {
    case matmul = "MatMul"
    case gemm = "Gemm"
    /// As a convolution with windows of one element: rows are positions, columns are channels.
    case conv = "Conv"
    /// The sum over the columns of the left matrix; the right one must be a column of ones.
    case reduceSum = "ReduceSum"
  }

  /// Rows of the left matrix.
  let left: [[Double]]
  /// Columns of the right matrix.
  let columns: [[Double]]

  /// The call, with the right matrix as an input or as a constant; nil for ragged matrices.
  func call(_ form: Form, type: ElementType, rightIsConstant: Bool = false) -> ProbeCall? {
    let (rows, depth, width) = (left.count, columns.first?.count ?? 0, columns.count)
    guard left.allSatisfy({ $0.count == depth }), columns.allSatisfy({ $0.count == depth }) else {
      return nil
    }
    func tensor(_ shape: Shape, _ values: [Double]) -> Tensor? {
      Tensor(type: type, shape: shape, rounding: values)
    }
    // Depth first: element (k, j) of a matrix given by its vectors j.
    func transposed(_ vectors: [[Double]]) -> [Double] {
      (0..<depth).flatMap { place in vectors.map { $0[place] } }
    }
    let first: Tensor?
    let second: Tensor?
    var attributes: [String: Attribute] = [:]
    let shape: Shape
    switch form {
    case .matmul, .gemm:
      first = tensor([rows, depth], left.flatMap { $0 })
      second = tensor([depth, width], transposed(columns))
      shape = [rows, width]
    case .conv:
      first = tensor([1, depth, 1, rows], transposed(left))
      second = tensor([width, depth, 1, 1], columns.flatMap { $0 })
      shape = [1, width, 1, rows]
    case .reduceSum:
      first = tensor([rows, depth], left.flatMap { $0 })
      second = Tensor(type: .i64, shape: [1], codes: [1])
      attributes["keepdims"] = .int(0)
      shape = [rows]
    }
    guard let first, let second else { return nil }
    let isConstant = rightIsConstant || form == .reduceSum
    return ProbeCall(
      operatorName: form.rawValue, attributes: attributes,
      inputs: isConstant ? [first] : [first, second], constants: isConstant ? [second] : [],
      outputType: type, outputShape: shape)
  }

  /// The product as rows, from the outputs of the call; nil for another shape.
  func rows(of outputs: [Tensor], _ form: Form) -> [[Double]]? {
    let (count, width) = (left.count, form == .reduceSum ? 1 : columns.count)
    guard let values = outputs.first?.doubles, values.count == count * width else { return nil }
    return (0..<count).map { row in
      (0..<width).map { column in
        form == .conv ? values[column * count + row] : values[row * width + column]
      }
    }
  }
}
