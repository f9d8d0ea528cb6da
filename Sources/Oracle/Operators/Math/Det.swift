import ExtendedArithmetic
import Tensors

/// The determinant of each square matrix.
///
/// - (C1) The last two axes are those of the matrices, the others remain.
/// - (C2) The matrices are square.
///   Evaluated by elimination with the largest pivot of each column.
/// - Source: onnx/onnx docs/Operators.md, Det.
enum DetEvaluator: Evaluator {
  static let name = "Det"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank >= 2, x.shape[x.rank - 1] == x.shape[x.rank - 2] else {
      throw .invalid("Det of \(x.shape)")
    }
    let order = x.shape[x.rank - 1]
    let values = try x.reals()
    let shape = Shape(x.shape.dropLast(2))
    let results = (0..<(shape.elementCount ?? 0)).map { number -> DoubleDouble in
      let start = number * order * order
      let rows = (0..<order).map { row in
        Array(values[(start + row * order)..<(start + (row + 1) * order)])
      }
      return determinant(rows, call.trace)
    }
    return [.composite(ExactTensor(x.type, shape, reals: results))]
  }

  private static func determinant(_ matrix: [[DoubleDouble]], _ trace: Trace) -> DoubleDouble {
    var rows = matrix
    var product = DoubleDouble.one
    for column in rows.indices {
      let best = rows.indices[column...].reduce(column) { best, row in
        rows[best][column].magnitude < rows[row][column].magnitude ? row : best
      }
      if best != column {
        rows.swapAt(best, column)
        product = .zero - product
      }
      let pivot = rows[column][column]
      product = trace.multiply(product, pivot)
      guard pivot.high != 0 else { return product }
      for row in rows.indices[(column + 1)...] {
        let factor = trace.divide(rows[row][column], by: pivot)
        for place in (column + 1)..<rows.count {
          rows[row][place] = trace.subtract(
            rows[row][place], trace.multiply(factor, rows[column][place]))
        }
      }
    }
    return product
  }
}
