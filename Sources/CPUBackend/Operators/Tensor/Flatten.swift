import Tensors

/// The tensor as a matrix; axes from `axis` on become its columns, those before its rows.
enum FlattenKernel: OperatorKernel {
  static let name = "Flatten"
  static let versions = [9, 11, 13, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let (axis, rank) = (try call.int("axis", default: 1), x.shape.count)
    guard axis >= -rank, axis <= rank else {
      throw .invalidInput("axis \(axis) is outside of rank \(rank)")
    }
    let border = axis < 0 ? axis + rank : axis
    let sides = [x.shape[..<border], x.shape[border...]]
    return [.tensor(try x.under(sides.map { $0.reduce(1) { $0 &* $1 } }))]
  }
}
