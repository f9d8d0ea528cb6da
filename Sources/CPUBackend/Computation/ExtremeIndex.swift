import Tensors

/// The index of the extreme element of each row along `axis`: the first one, or the last with
/// `select_last_index`. NaN beats every number.
protocol ExtremeIndex {
  /// Whether `a` is beaten by `b`.
  static func isBeaten<Number: Comparable>(_ a: Number, by b: Number) -> Bool
}

extension OperatorKernel where Self: ExtremeIndex {
  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(try call.int("axis", default: 0), rank: x.shape.count)
    let lanes = Lanes(x.shape, axes: [axis])
    guard lanes.length > 0 || lanes.count == 0 else {
      throw .invalidInput("axis \(axis) is empty")
    }
    let takesLast = try call.flag("select_last_index", default: false)
    let rows = try lanes.gathered(x)
    let indices: [Int64]
    if x.type.isFloat {
      indices = lanes.reduce(try rows.reals(Double.self)) { row in
        index(row, takesLast) { $1.isNaN ? !$0.isNaN : isBeaten($0, by: $1) }
      }
    } else if x.type == .u64 {
      indices = lanes.reduce(rows.elements(UInt64.self)) {
        index($0, takesLast) { isBeaten($0, by: $1) }
      }
    } else {
      indices = lanes.reduce(rows.wideIntegers) { index($0, takesLast) { isBeaten($0, by: $1) } }
    }
    let shape = lanes.reducedShape(keepingAxes: try call.flag("keepdims", default: true))
    return [.tensor(try .of(.i64, shape, indices))]
  }

  private static func index<Number>(
    _ row: UnsafeBufferPointer<Number>, _ takesLast: Bool,
    _ isBeaten: (Number, Number) -> Bool
  ) -> Int64 {
    var best = 0
    for place in row.indices.dropFirst() {
      let wins =
        takesLast ? !isBeaten(row[place], row[best]) : isBeaten(row[best], row[place])
      if wins { best = place }
    }
    return Int64(best)
  }
}
