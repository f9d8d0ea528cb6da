import Tensors

/// The determinants of square matrices over the last two axes, by elimination in binary64.
enum DetKernel: OperatorKernel {
  static let name = "Det"
  static let versions = [11, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let order = x.shape.last, x.shape.count >= 2, x.shape[x.shape.count - 2] == order else {
      throw .invalidInput("shape \(x.shape) is not one of square matrices")
    }
    let shape = Array(x.shape.dropLast(2))
    let count = try Allocation.count(of: shape, type: .f64)
    let values = try x.reals(Double.self)
    let size = order * order
    let results = (0..<count).map { determinant(Array(values[$0 * size..<($0 + 1) * size]), order) }
    return [.tensor(try .rounding(results, to: x.type, shape))]
  }

  private static func determinant(_ matrix: [Double], _ order: Int) -> Double {
    var a = matrix
    var result = 1.0
    for column in 0..<order {
      var best = column
      for row in column..<order
      where abs(a[row * order + column]) > abs(a[best * order + column]) { best = row }
      if best != column {
        for place in 0..<order { a.swapAt(best * order + place, column * order + place) }
        result = -result
      }
      let pivot = a[column * order + column]
      result *= pivot
      guard pivot != 0 else { return result }
      for row in column + 1..<order {
        let factor = a[row * order + column] / pivot
        for place in column..<order {
          a[row * order + place] -= factor * a[column * order + place]
        }
      }
    }
    return result
  }
}
