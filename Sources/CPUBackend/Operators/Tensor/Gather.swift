import Tensors

/// Slices of a tensor along an axis, one for each index; negative indices count from the end.
enum GatherKernel: OperatorKernel {
  static let name = "Gather"
  static let versions = [1, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    let axis = try Axes.normalised(try call.int("axis", default: 0), rank: x.shape.count)
    let shape = Array(x.shape[..<axis]) + indices.shape + Array(x.shape[(axis + 1)...])
    _ = try Allocation.count(of: shape, type: .i64)
    let rows = try rows(try indices.indexValues(of: "indices"), size: x.shape[axis])
    let outer = x.shape[..<axis].reduce(1) { $0 &* $1 }
    let inner = x.shape[(axis + 1)...].reduce(1) { $0 &* $1 }
    var positions: [Int] = []
    positions.reserveCapacity(outer &* rows.count &* inner)
    for block in 0..<outer {
      for row in rows {
        let start = (block * x.shape[axis] + row) * inner
        positions.append(contentsOf: start..<start + inner)
      }
    }
    return [.tensor(try Selection(positions).tensor(of: x, shape: shape))]
  }

  private static func rows(_ indices: [Int], size: Int) throws(KernelError) -> [Int] {
    guard let wrong = indices.first(where: { $0 < -size || $0 >= size }) else {
      return indices.map { $0 < 0 ? $0 + size : $0 }
    }
    throw .invalidInput("index \(wrong) is outside of \(size) slices")
  }
}
