import Tensors

/// The distinct elements, or distinct slices along an axis, with where they occur.
///
/// - (C1) Sorted (the default) in ascending order, slices by their elements in row-major order;
///   else in the order of the first occurrence.
/// - (C2) `indices`: the first occurrence of each; `inverse_indices`: which of them each element
///   is; `counts`: how often each occurs.
/// - (C3) Without an axis the input counts as flattened.
/// - NaN, whose equality and order the text leaves open, is not evaluated (register A2), nor is an
///   order of complex numbers.
/// - Source: onnx/onnx docs/Operators.md, Unique.
enum UniqueEvaluator: Evaluator {
  static let name = "Unique"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let given = try call.tensor(0)
    let isFlat = call.node.attributes["axis"] == nil
    let x = isFlat ? try given.reshaped([given.count]) : given
    let axis = isFlat ? 0 : try call.axis(try call.int("axis"), rank: x.rank)
    let slices = Slices(x.shape, axis)
    let order = try SliceOrder(x, slices)
    let isSorted = try call.flag("sorted", default: true)
    guard !isSorted || order.isTotal else { throw .unsupported("an order of complex numbers") }
    var firsts: [Int] = []
    for slice in 0..<x.shape[axis] where !firsts.contains(where: { order.isEqual($0, slice) }) {
      firsts.append(slice)
    }
    if isSorted { firsts.sort { order.precedes($0, $1) } }
    let inverse = (0..<x.shape[axis]).map { slice in
      firsts.firstIndex { order.isEqual($0, slice) } ?? 0
    }
    let counts = firsts.indices.map { unique in inverse.filter { $0 == unique }.count }
    return [.exact(try x.slices(firsts, of: axis), signedZero: false)]
      + [firsts, inverse, counts].map { numbers in
        .exact(ExactTensor(.i64, [numbers.count], integers: numbers.map { Int128($0) }))
      }
  }
}

/// The row-major positions of the elements of each slice along an axis.
private struct Slices {
  let positions: [[Int]]

  init(_ shape: Shape, _ axis: Int) {
    let stride = shape.rowMajorStrides[axis]
    let length = shape[axis]
    var positions = [[Int]](repeating: [], count: length)
    for linear in 0..<(shape.elementCount ?? 0) {
      positions[linear / stride % length].append(linear)
    }
    self.positions = positions
  }
}

/// Compares slices element by element.
private struct SliceOrder {
  let isTotal: Bool
  private let keys: [SortKeys]
  private let slices: Slices

  init(_ x: ExactTensor, _ slices: Slices) throws(EvaluationError) {
    self.slices = slices
    isTotal = if case .complex = x.elements { false } else { true }
    if case .complex(let values) = x.elements {
      let real = ExactTensor(.f64, x.shape, reals: values.map(\.real))
      let imaginary = ExactTensor(.f64, x.shape, reals: values.map(\.imaginary))
      keys = [try SortKeys(real), try SortKeys(imaginary)]
    } else {
      keys = [try SortKeys(x)]
    }
    for position in 0..<x.count where keys.contains(where: { $0.isNaN(position) }) {
      throw .unsupported("Unique of NaN")
    }
  }

  func isEqual(_ a: Int, _ b: Int) -> Bool {
    zip(slices.positions[a], slices.positions[b]).allSatisfy { x, y in
      keys.allSatisfy { $0.isEqual(x, y) }
    }
  }

  func precedes(_ a: Int, _ b: Int) -> Bool {
    for (x, y) in zip(slices.positions[a], slices.positions[b]) {
      for key in keys where !key.isEqual(x, y) { return key.precedes(x, y) }
    }
    return false
  }
}
