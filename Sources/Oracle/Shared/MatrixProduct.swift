import ExtendedArithmetic
import Tensors

/// The geometry of a batched matrix product, and its evaluation on floats and integers.
struct MatrixProduct {
  private let a: ExactTensor
  private let b: ExactTensor
  private let rows: Int
  private let columns: Int
  private let depth: Int
  private let batch: Shape
  /// The shape with the axes of rank-1 operands removed.
  let shape: Shape

  init(_ a: ExactTensor, _ b: ExactTensor) throws(EvaluationError) {
    guard a.rank >= 1, b.rank >= 1 else { throw .invalid("a matrix product of a scalar") }
    guard a.type == b.type || a.isIntegral && b.isIntegral else {
      throw .invalid("a matrix product of \(a.type.onnxName) and \(b.type.onnxName)")
    }
    let left = a.rank == 1 ? [1] + a.shape : a.shape
    let right = b.rank == 1 ? b.shape + [1] : b.shape
    (rows, depth) = (left[left.count - 2], left[left.count - 1])
    columns = right[right.count - 1]
    guard right[right.count - 2] == depth else {
      throw .invalid("inner dimensions \(depth) and \(right[right.count - 2]) differ")
    }
    guard let batch = Shape(left.dropLast(2)).broadcast(with: Shape(right.dropLast(2))) else {
      throw .invalid("batch shapes \(left.dropLast(2)) and \(right.dropLast(2)) do not broadcast")
    }
    self.batch = batch
    self.a = try a.reshaped(left).broadcast(to: batch + [rows, depth])
    self.b = try b.reshaped(right).broadcast(to: batch + [depth, columns])
    shape = batch + (a.rank == 1 ? [] : [rows]) + (b.rank == 1 ? [] : [columns])
  }

  /// Class D on floats; on integers exact with the result wrapped to the operands' type.
  func outcomes(_ trace: Trace? = nil) throws(EvaluationError) -> [Outcome] {
    if a.isIntegral {
      let (left, right) = (try a.integers(), try b.integers())
      var sums: [Int128] = []
      forEachElement { p, q in
        sums.append(
          (0..<depth).reduce(0) { $0 &+ left[p + $1] &* right[q + $1 * columns] })
      }
      return [.exact(try ExactTensor(a.type, shape, integers: sums).wrapped())]
    }
    let (left, right) = (try a.reals(), try b.reals())
    var output = AccumulatedTensor(hasProducts: true, trace: trace)
    forEachElement { p, q in
      let terms = (0..<depth).map { left[p + $0] * right[q + $0 * columns] }
      output.append(terms, height: depth)
    }
    return [output.outcome(a.type, shape)]
  }

  /// Calls with the positions of each output's first factors, in row-major order of the outputs.
  private func forEachElement(_ body: (Int, Int) -> Void) {
    for block in 0..<batch.reduce(1, *) {
      for row in 0..<rows {
        for column in 0..<columns {
          body((block * rows + row) * depth, block * depth * columns + column)
        }
      }
    }
  }
}
