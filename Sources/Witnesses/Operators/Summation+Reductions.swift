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

  /// ReduceL1.
  var reduceL1: Computation {
    reduction(
      axesBecomeInput: 18, single: { sum($0.map { abs($0) }) },
      double: { sum($0.map { abs($0) }) })
  }

  /// ReduceSumSquare.
  var reduceSumSquare: Computation {
    reduction(axesBecomeInput: 18, single: { squares($0) }, double: { squares($0) })
  }

  /// ReduceL2.
  var reduceL2: Computation {
    reduction(
      axesBecomeInput: 18, single: { squares($0).squareRoot() },
      double: { squares($0).squareRoot() })
  }

  /// ReduceLogSum.
  var reduceLogSum: Computation {
    reduction(
      axesBecomeInput: 18, single: { Float.log(sum($0)) }, double: { Double.log(sum($0)) })
  }

  private func squares<Number: Real>(_ row: [Number]) -> Number {
    dot(row, row, SummationPlan(order, count: row.count))
  }

  /// GlobalAveragePool.
  var globalAveragePool: Computation {
    @Sendable func means<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
      let x = try call.tensor(0)
      let lanes = Lanes(x.shape, axes: Array(x.shape.indices.dropFirst(2)))
      return Reduction.rows(try x.reals(Number.self), lanes).map { sum($0) / Number($0.count) }
    }
    return .firstOutput { call, _ throws(KernelError) in
      try means(call)
    } double: { call, _ throws(KernelError) in
      try means(call)
    }
  }

  /// Sum, or Mean.
  func total(isMean: Bool) -> Computation {
    @Sendable func totals<Number: Real>(
      _ call: Call, _ shape: Shape
    ) throws(KernelError) -> [Number] {
      var addends: [[Number]] = []
      for tensor in try call.tensors() {
        let view = StridedView(broadcasting: tensor.shape, to: shape)
        addends.append(try view.tensor(of: tensor).reals(Number.self))
      }
      return (0..<(shape.elementCount ?? 0)).map { position in
        let sum = sum(addends.map { $0[position] })
        return isMean ? sum / Number(addends.count) : sum
      }
    }
    return .firstOutput { call, plain throws(KernelError) in
      try totals(call, plain.shape)
    } double: { call, plain throws(KernelError) in
      try totals(call, plain.shape)
    }
  }

  private func reduction(
    axesBecomeInput: Int, single: @escaping @Sendable ([Float]) -> Float,
    double: @escaping @Sendable ([Double]) -> Double
  ) -> Computation {
    @Sendable func rows<Number: Real>(
      _ call: Call, _ reduce: ([Number]) -> Number
    ) throws(KernelError) -> [Number] {
      let x = try call.tensor(0)
      let lanes = try Reduction.lanes(call, x.shape, axesBecomeInput: axesBecomeInput)
      return Reduction.rows(try lanes.gathered(x).reals(Number.self), lanes).map(reduce)
    }
    return .firstOutput { call, _ throws(KernelError) in
      try rows(call, single)
    } double: { call, _ throws(KernelError) in
      try rows(call, double)
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

  /// The rows of a tensor replaced by rows of the same length, in the tensor's own order.
  static func mapping<Number: Real>(
    _ x: Tensor, lanes: Lanes, _ body: ([Number]) -> [Number]
  ) throws(KernelError) -> [Number] {
    let rows = rows(try lanes.gathered(x).reals(Number.self), lanes)
    guard lanes.length > 0 else { return [] }
    let turned = (lanes.keptAxes + lanes.axes).map { x.shape[$0] }
    // Binary64 holds every value of the compute type.
    let result = try Tensor.rounding(rows.flatMap(body), to: .f64, turned)
    return try lanes.scattered(result).reals(Double.self).map { Number($0) }
  }
}
