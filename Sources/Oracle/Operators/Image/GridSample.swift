import ExtendedArithmetic
import Tensors

/// The data sampled at places that a grid names.
///
/// - (C1) The output is (N, C) and the grid's axes but for the last one, which holds the places,
///   the coordinate of the innermost axis first.
/// - (C2) With `align_corners` −1 and 1 are the centres of the outermost elements, without their
///   outer edges.
/// - (C3) nearest copies one element of any type, from version 20 on the even one of two equally
///   near; linear and cubic (bilinear and bicubic in version 16) weigh neighbours along each axis.
/// - (C4) `padding_mode`: zeros counts neighbours outside as zero, border takes the nearest
///   element, reflection mirrors at −1 and 1 until inside.
/// - (C5) Integers are interpolated as reals and cut off towards zero.
/// - The cubic coefficient, which the text does not name, is −0.75.
/// - Open: places that are not finite; nearest next to a tie; cubic under border beyond the edge;
///   integers out of range. Either neighbour of an integer that rounding may miss.
/// - Source: onnx/onnx docs/Operators.md, GridSample.
enum GridSampleEvaluator: Evaluator {
  static let name = "GridSample"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, grid) = (try call.tensor(0), try call.tensor(1))
    let plan = try GridPlan(call, x.shape, grid.shape)
    let places = try grid.reals()
    if plan.mode == .nearest { return [try nearest(x, plan, places)] }
    switch x.elements {
    case .reals(let values):
      let (results, isOpen) = try interpolated(values, plan, places)
      var outcome = Outcome.composite(ExactTensor(x.type, plan.shape, reals: results))
      outcome.undefined = OpenElements.mask(isOpen)
      return [outcome]
    case .integers(let values) where x.type != .bool:
      return [try truncated(x.type, values, plan, places)]
    case .integers, .strings, .complex:
      throw .unsupported("GridSample of \(x.type.onnxName) by interpolation")
    }
  }

  /// The first element of every plane and the first number of every place, in the output's order.
  private static func forEachElement(_ plan: GridPlan, _ body: (_ plane: Int, _ place: Int) -> Void)
  {
    let (planes, volume) = (plan.channels, plan.input.reduce(1, *))
    let count = plan.output.reduce(1, *)
    for plane in 0..<plan.images * planes {
      for place in 0..<count {
        body(plane * volume, (plane / planes * count + place) * plan.input.count)
      }
    }
  }

  private static func nearest(
    _ x: ExactTensor, _ plan: GridPlan, _ places: [DoubleDouble]
  ) throws(EvaluationError) -> Outcome {
    var (positions, isOpen): ([Int?], [Bool]) = ([], [])
    let strides = plan.input.rowMajorStrides
    forEachElement(plan) { plane, place in
      let chosen = plan.input.indices.map { plan.nearest($0, places, place) }
      var position: Int? = plan.input.contains(0) ? nil : plane
      var isDecided = true
      for (element, stride) in zip(chosen, strides) {
        switch element {
        case .element(let index): position = position.map { $0 + index * stride }
        case .zero: position = nil
        case .open: isDecided = false
        }
      }
      positions.append(position)
      isOpen.append(!isDecided)
    }
    if x.type == .string, zip(positions, isOpen).contains(where: { $0 == nil && !$1 }) {
      throw .unsupported("GridSample of strings outside of the data, where zeros stand")
    }
    var outcome = Outcome.exact(
      try x.gathered(positions, shape: plan.shape, fill: .zero(of: x.type)))
    outcome.undefined = OpenElements.mask(isOpen)
    return outcome
  }

  private static func interpolated(
    _ values: [DoubleDouble], _ plan: GridPlan, _ places: [DoubleDouble]
  ) throws(EvaluationError) -> ([DoubleDouble], [Bool]) {
    let strides = plan.input.rowMajorStrides
    // Channels share their places, and with them the roundings of coordinates and weights.
    var known: [Int: [SampledAxis]?] = [:]
    var (results, isOpen): ([DoubleDouble], [Bool]) = ([], [])
    forEachElement(plan) { plane, place in
      let axes: [SampledAxis]?
      if let found = known[place] {
        axes = found
      } else {
        let made = plan.input.indices.map { plan.neighbours($0, places, place) }
        axes = made.contains { $0 == nil } ? nil : made.compactMap { $0 }
        known[place] = .some(axes)
      }
      isOpen.append(axes == nil)
      results.append(
        axes.map {
          SampledAxis.value(of: values, at: plane, $0, strides: strides, plan.trace)
        } ?? .zero)
    }
    return (results, isOpen)
  }

  private static func truncated(
    _ type: ElementType, _ integers: [Int128], _ plan: GridPlan, _ places: [DoubleDouble]
  ) throws(EvaluationError) -> Outcome {
    let (values, open) = try interpolated(integers.map { DoubleDouble($0) }, plan, places)
    let range = try ExactTensor.integerRange(of: type)
    let largest = integers.reduce(1.0) { Swift.max($0, Double($1.magnitude)) }
    let slack = DoubleDouble(largest * 0x1p-16)
    var (lower, upper, isOpen): ([Int128], [Int128], [Bool]) = ([], [], [])
    for (value, wasOpen) in zip(values, open) {
      let ends = [value - slack, value + slack].map { $0.rounded(.towardZero).high }
      let isInside = ends.allSatisfy {
        $0.magnitude < 0x1p64 && range.contains(Int128($0))
      }
      isOpen.append(wasOpen || !isInside)
      lower.append(isInside ? Int128(ends[0]) : 0)
      upper.append(isInside ? Int128(ends[1]) : 0)
    }
    var outcome = Outcome.exact(ExactTensor(type, plan.shape, integers: lower))
    if lower != upper {
      outcome.rule = .oneOf([ExactTensor(type, plan.shape, integers: upper)])
    }
    outcome.undefined = OpenElements.mask(isOpen)
    return outcome
  }
}
