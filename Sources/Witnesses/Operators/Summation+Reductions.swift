import CPUBackend
import Tensors

extension Summation {
  /// ReduceSum.
  var reduceSum: Computation {
    reduction(axesBecomeInput: 13, single: { sum($0) }, double: { sum($0) })
  }

  /// ReduceMean.
  var reduceMean: Computation {
    reduction(
      axesBecomeInput: 18, single: { sum($0) / Float($0.count) },
      double: { sum($0) / Double($0.count) })
  }

  private func reduction(
    axesBecomeInput: Int, single: @escaping @Sendable ([Float]) -> Float,
    double: @escaping @Sendable ([Double]) -> Double
  ) -> Computation {
    Computation { call, plain throws(KernelError) in
      let x = try call.tensor(0)
      let lanes = try Reduction.lanes(call, x.shape, axesBecomeInput: axesBecomeInput)
      let rows = try lanes.gathered(x)
      let shape = plain.first?.tensor?.shape ?? []
      return try call.computing { () throws(KernelError) in
        try .rounding(Reduction.rows(try rows.reals(Float.self), lanes).map(single), to: x.type, shape)
      } double: { () throws(KernelError) in
        try .rounding(
          Reduction.rows(try rows.reals(Double.self), lanes).map(double), to: x.type, shape)
      }
    }
  }
}

/// The rows that a Reduce operator works on.
enum Reduction {
  /// No axes mean all of them, or with `noop_with_empty_axes` none.
  static func lanes(
    _ call: Call, _ shape: Shape, axesBecomeInput: Int
  ) throws(KernelError) -> Lanes {
    let stated = try call.version >= axesBecomeInput ? call.integers(1) : call.ints("axes")
    if let stated, !stated.isEmpty {
      return Lanes(shape, axes: try Axes.normalised(stated, rank: shape.count))
    }
    let isNoop = try call.flag("noop_with_empty_axes", default: false)
    return Lanes(shape, axes: isNoop ? [] : Array(shape.indices))
  }

  /// Gathered rows as lists.
  static func rows<Number>(_ values: [Number], _ lanes: Lanes) -> [[Number]] {
    (0..<lanes.count).map { Array(values[$0 * lanes.length..<($0 + 1) * lanes.length]) }
  }
}
