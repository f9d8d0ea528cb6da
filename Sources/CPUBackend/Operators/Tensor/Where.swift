import Tensors

/// The element of the first tensor where the condition holds, else that of the second.
enum WhereKernel: OperatorKernel {
  static let name = "Where"
  static let versions = [9, 16]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let condition = try call.tensor(0)
    let (x, y) = (try call.tensor(1), try call.tensor(2))
    let shape = try Axes.broadcast([condition.shape, x.shape, y.shape])
    _ = try Allocation.count(of: shape, type: .i64)
    let choice = Choice(
      condition: condition.bytes,
      conditions: StridedView(broadcasting: condition.shape, to: shape).positions,
      first: StridedView(broadcasting: x.shape, to: shape).positions,
      second: StridedView(broadcasting: y.shape, to: shape).positions)
    return [.tensor(try choice.tensor(of: [x, y], shape: shape))]
  }

  private struct Choice: Movement {
    let condition: [UInt8]
    let conditions: [Int]
    let first: [Int]
    let second: [Int]

    func move<Unit>(
      _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
    ) {
      for index in target.indices {
        target[index] =
          condition[conditions[index]] != 0
          ? sources[0][first[index]] : sources[1][second[index]]
      }
    }
  }
}
