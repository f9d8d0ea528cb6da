import Tensors

/// A batched matrix product of 8-bit operands with zero points, summed in 32 bits that wrap around.
struct QuantisedProduct {
  /// The shape of the result.
  let shape: Shape
  /// The same with the rows and columns that a vector operand lacks.
  let fullShape: Shape
  private let rows: Int
  private let columns: Int
  private let depth: Int
  /// For each product of the batch, the position of its operands in units of whole matrices.
  private let pairs: [(a: Int, b: Int)]

  /// - Throws: `invalidInput` when the shapes do not fit.
  init(_ a: Shape, _ b: Shape) throws(KernelError) {
    guard let lastLeft = a.last, let lastRight = b.last else {
      throw .invalidInput("a scalar has no matrix product")
    }
    rows = a.count == 1 ? 1 : a[a.count - 2]
    columns = b.count == 1 ? 1 : lastRight
    depth = lastLeft
    guard depth == (b.count == 1 ? lastRight : b[b.count - 2]) else {
      throw .invalidInput("the inner dimensions of \(a) and \(b) differ")
    }
    let (left, right) = (Array(a.dropLast(2)), Array(b.dropLast(2)))
    let batch = try Axes.broadcast(left, right)
    fullShape = batch + [rows, columns]
    _ = try Allocation.count(of: fullShape, type: .f64)
    pairs =
      fullShape.contains(0)
      ? []
      : zip(
        StridedView(broadcasting: left, to: batch).positions,
        StridedView(broadcasting: right, to: batch).positions
      ).map { (a: $0, b: $1) }
    shape = batch + (a.count == 1 ? [] : [rows]) + (b.count == 1 ? [] : [columns])
  }

  /// The sums in row-major order of operands less their zero points.
  func sums(_ a: [Int16], _ b: [Int16], pool: ThreadPool) -> [Int32] {
    var result = [Int32](repeating: 0, count: pairs.count * rows * columns)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        result.withUnsafeMutableBufferPointer { result in
          // Without elements on a side there is no memory to point to, and the sums stay zero.
          guard let a = a.baseAddress, let b = b.baseAddress, let c = result.baseAddress,
            depth > 0
          else { return }
          for (index, pair) in pairs.enumerated() {
            IntegerGemm.multiply(
              m: rows, n: columns, k: depth,
              a: a + pair.a * rows * depth, aRowStride: depth, aColumnStride: 1,
              b: b + pair.b * depth * columns, bRowStride: columns,
              c: c + index * rows * columns, cRowStride: columns, pool: pool)
          }
        }
      }
    }
    return result
  }
}

/// The lines of a matrix that have a scale and a zero point of their own.
enum QuantisedLine {
  case row, column

  /// The shape under which a scale or zero point broadcasts to its matrix.
  ///
  /// One element stands for the whole matrix, a vector for its rows or columns; otherwise the rank
  /// is that of the matrix and the axis that is not quantised has size 1.
  /// - Throws: `invalidInput` for any other shape.
  func shape(_ parameter: Shape, of matrix: Shape) throws(KernelError) -> Shape {
    if parameter.elementCount == 1 { return [] }
    let own = self == .row ? 2 : 1
    let other = 3 - own
    if matrix.count >= 2 {
      if parameter == [matrix[matrix.count - own]] {
        return self == .row ? parameter + [1] : parameter
      }
      if parameter.count == matrix.count, parameter[parameter.count - other] == 1,
        parameter.broadcast(with: matrix) == matrix
      {
        return parameter
      }
    }
    throw .invalidInput(
      "a scale or zero point of shape \(parameter) does not fit shape \(matrix)")
  }

  /// The elements of an 8-bit tensor less their zero points.
  func differences(_ x: Tensor, _ zero: Tensor?) throws(KernelError) -> [Int16] {
    let values = x.wideIntegers.map { Int16(truncatingIfNeeded: $0) }
    guard let zero else { return values }
    let zeros = zero.wideIntegers.map { Int16(truncatingIfNeeded: $0) }
    let shape = try shape(zero.shape, of: x.shape)
    if shape.isEmpty { return values.map { $0 &- zeros[0] } }
    let positions = StridedView(broadcasting: shape, to: x.shape).positions
    return zip(values, positions).map { $0 &- zeros[$1] }
  }
}
