import Tensors

/// The tensor repeated as often along each axis as `repeats` says; 0 leaves an empty axis.
enum TileKernel: OperatorKernel {
  static let name = "Tile"
  static let versions = [6, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let repeats = try call.integers(1) ?? []
    guard repeats.count == x.shape.count else {
      throw .invalidInput("\(repeats.count) repeats for rank \(x.shape.count)")
    }
    var shape: Shape = []
    for (size, times) in zip(x.shape, repeats) {
      let (total, overflow) = size.multipliedReportingOverflow(by: times)
      guard times >= 0, !overflow else { throw .invalidInput("\(size) repeated \(times) times") }
      shape.append(total)
    }
    guard try Allocation.count(of: shape, type: .i64) > 0 else {
      return [.tensor(try Selection([]).tensor(of: x, shape: shape))]
    }
    let axes = zip(shape, x.shape).map { total, size in (0..<total).map { $0 % size } }
    return [.tensor(try Selection(axes: axes, of: x.shape).tensor(of: x, shape: shape))]
  }
}
