import CPUBackend
import Tensors

/// Resize by other orders of its one-dimensional interpolations.
struct Interpolation: Sendable {
  /// Whether the weights of all axes are multiplied first, instead of going axis by axis from the
  /// last one.
  var isJoint: Bool
  let way: Summation

  var resize: Computation {
    Computation { call, plain throws(KernelError) in
      let x = try call.tensor(0)
      let plan = try ResizePlan(call, x.shape)
      guard let filter = plan.filter, let first = plain.first?.tensor, first.count > 0 else {
        return plain
      }
      return try x.type == .f64
        ? [.tensor(interpolated(x, plan, filter, first, as: Double.self))]
        : [.tensor(interpolated(x, plan, filter, first, as: Float.self))]
    }
  }

  /// What an element of an axis is made of; nil for the extrapolation value.
  private typealias Terms<Number> = (positions: [Int], weights: [Number])?

  private func interpolated<Number: Real>(
    _ x: Tensor, _ plan: ResizePlan, _ filter: ResizeFilter, _ plain: Tensor, as _: Number.Type
  ) throws(KernelError) -> Tensor {
    let terms = plan.axes.map { axis in
      (0..<axis.output).map { position -> Terms<Number> in
        if axis.isIdentity(plan.transformation) { return ([position], [1]) }
        let place = axis.coordinate(position, plan.transformation)
        guard !plan.isOutside(place, axis) else { return nil }
        let terms = filter.terms(at: place, length: axis.input, scale: axis.scale)
        return (terms.map(\.position), terms.map { Number($0.weight) })
      }
    }
    let values = try x.reals(Number.self)
    let strides = x.shape.rowMajorStrides
    let outside = Number(plan.extrapolation)
    let result = (0..<plain.count).map { element -> Number in
      let index = plain.shape.index(ofLinear: element)
      let own = index.indices.compactMap { terms[$0][index[$0]] }
      guard own.count == index.count else { return outside }
      return isJoint
        ? joint(values, strides, own)
        : nested(values, strides, own, axis: 0, start: 0)
    }
    return try .rounding(result, to: x.type, plain.shape)
  }

  /// Σ over all axes at once of the product of weights times the element.
  private func joint<Number: Real>(
    _ values: [Number], _ strides: [Int], _ terms: [(positions: [Int], weights: [Number])]
  ) -> Number {
    var (places, weights): ([Int], [Number]) = ([0], [1])
    for (axis, term) in terms.enumerated() {
      places = places.flatMap { place in term.positions.map { place + $0 * strides[axis] } }
      weights = weights.flatMap { weight in term.weights.map { weight * $0 } }
    }
    return way.dot(
      weights, places.map { values[$0] }, SummationPlan(way.order, count: places.count))
  }

  /// The last axis is interpolated first.
  private func nested<Number: Real>(
    _ values: [Number], _ strides: [Int], _ terms: [(positions: [Int], weights: [Number])],
    axis: Int, start: Int
  ) -> Number {
    guard axis < terms.count else { return values[start] }
    let inner = terms[axis].positions.map {
      nested(values, strides, terms, axis: axis + 1, start: start + $0 * strides[axis])
    }
    return way.dot(
      terms[axis].weights, inner, SummationPlan(way.order, count: inner.count))
  }
}
