import Tensors

/// The dimensions of a tensor, or those from `start` to `end`, both limited to its axes.
enum ShapeKernel: OperatorKernel {
  static let name = "Shape"
  static let versions = [1, 13, 15, 19, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let shape = try call.tensor(0).shape
    let rank = shape.count
    func limited(_ axis: Int) -> Int { axis < 0 ? max(axis + rank, 0) : min(axis, rank) }
    let start = limited(try call.int("start", default: 0))
    let end = max(start, limited(try call.int("end", default: rank)))
    let sizes = shape[start..<end].map { Int64($0) }
    return [.tensor(try .of(.i64, [sizes.count], sizes))]
  }
}
