import Tensors

/// The triangle of each matrix on and above, or on and below, the k-th diagonal; zero elsewhere.
enum TriluKernel: OperatorKernel {
  static let name = "Trilu"
  static let versions = [14]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard x.shape.count >= 2 else { throw .invalidInput("rank \(x.shape.count) has no matrix") }
    let stated = try call.integers(1) ?? [0]
    guard stated.count == 1 else { throw .invalidInput("k has \(stated.count) elements") }
    let isUpper = try call.flag("upper", default: true)
    let (rows, columns) = (x.shape[x.shape.count - 2], x.shape[x.shape.count - 1])
    guard x.count > 0 else { return [.tensor(x)] }
    // Diagonals beyond the matrix are all the same.
    let k = min(max(stated[0], -rows), columns)
    let positions = (0..<x.count).map { position in
      let column = position % columns
      let limit = position / columns % rows + k
      let isKept = isUpper ? column >= limit : column <= limit
      return isKept ? position : Selection.filled
    }
    return [.tensor(try Selection(positions).tensor(of: x, shape: x.shape))]
  }
}
