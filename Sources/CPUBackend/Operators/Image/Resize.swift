import Tensors

/// A tensor with other lengths of its axes, each element interpolated between those around it.
///
/// Coordinates and weights are binary64. Interpolation is a product of one-dimensional ones, applied
/// axis by axis in binary64 and rounded once; integers are cut off towards zero. Elements beyond the
/// border repeat it. Mode `nearest` moves elements of every type without looking at them.
enum ResizeKernel: OperatorKernel {
  static let name = "Resize"
  static let versions = [10, 11, 13, 18, 19]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard try declaration.attributes.string("mode", default: "nearest") != "nearest",
      case .tensor(let type)? = declaration.inputTypes.first ?? nil
    else { return }
    try requireNumber(type)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let plan = try ResizePlan(call, x.shape)
    if plan.filter != nil { try requireNumber(x.type) }
    guard !plan.shape.contains(0) else {
      return [.tensor(try Selection([]).tensor(of: x, shape: plan.shape))]
    }
    guard let filter = plan.filter else { return [.tensor(try nearest(x, plan))] }
    return [.tensor(try interpolated(x, plan, filter))]
  }

  private static func requireNumber(_ type: ElementType) throws(KernelError) {
    guard type.isFloat || type.isInteger else {
      throw .unsupported(.type, "\(type.onnxName) is not interpolated")
    }
  }

  private static func nearest(_ x: Tensor, _ plan: ResizePlan) throws(KernelError) -> Tensor {
    var positions = [0]
    for (axis, stride) in zip(plan.axes, x.shape.rowMajorStrides) {
      let steps = (0..<axis.output).map { step in
        plan.nearest(step, axis).map { $0 * stride } ?? Selection.filled
      }
      positions = positions.flatMap { position in
        steps.map { step in
          position == Selection.filled || step == Selection.filled
            ? Selection.filled : position + step
        }
      }
    }
    let fill = positions.contains(Selection.filled) ? try fill(x.type, plan.extrapolation) : nil
    return try Selection(positions).tensor(of: x, fill: fill, shape: plan.shape)
  }

  /// The extrapolation value as one element; nil where the type has no such number.
  private static func fill(_ type: ElementType, _ value: Double) throws(KernelError) -> Tensor? {
    if type.isFloat { return try .rounding([value], to: type, []) }
    if type == .bool { return Tensor(type: type, shape: [], wrapping: [value == 0 ? 0 : 1]) }
    return Tensor(type: type, shape: [], wrapping: whole([value], type))
  }

  private static func interpolated(
    _ x: Tensor, _ plan: ResizePlan, _ filter: ResizeFilter
  ) throws(KernelError) -> Tensor {
    var values = (x.integers ?? []).map { Double($0) }
    if x.type.isFloat { values = try x.reals(Double.self) }
    var shape = x.shape
    for (index, axis) in plan.axes.enumerated() where !axis.isIdentity(plan.transformation) {
      let outer = shape[..<index].reduce(1, *)
      let inner = shape[(index + 1)...].reduce(1, *)
      shape[index] = axis.output
      _ = try Allocation.count(of: shape, type: .f64)
      values = along(axis, values, outer, inner, plan, filter)
    }
    let result = extrapolated(values, plan)
    guard x.type.isInteger else { return try .rounding(result, to: x.type, shape) }
    guard let tensor = Tensor(type: x.type, shape: shape, wrapping: whole(result, x.type)) else {
      throw .internalError("\(result.count) elements for shape \(shape)")
    }
    return tensor
  }

  /// Interpolates along one axis of (outer, axis, inner).
  private static func along(
    _ axis: ResizeAxis, _ values: [Double], _ outer: Int, _ inner: Int, _ plan: ResizePlan,
    _ filter: ResizeFilter
  ) -> [Double] {
    var result = [Double](repeating: 0, count: outer * axis.output * inner)
    for position in 0..<axis.output {
      let x = axis.coordinate(position, plan.transformation)
      guard !plan.isOutside(x, axis) else { continue }
      let terms = filter.terms(at: x, length: axis.input, scale: axis.scale)
      for part in 0..<outer {
        let target = (part * axis.output + position) * inner
        for term in terms {
          let source = (part * axis.input + term.position) * inner
          for index in 0..<inner { result[target + index] += term.weight * values[source + index] }
        }
      }
    }
    return result
  }

  /// Sets what lies outside of the original along any axis.
  private static func extrapolated(_ values: [Double], _ plan: ResizePlan) -> [Double] {
    guard plan.transformation == .cropAndResize else { return values }
    var isOutside = [false]
    for axis in plan.axes {
      let steps = (0..<axis.output).map {
        plan.isOutside(axis.coordinate($0, plan.transformation), axis)
      }
      isOutside = isOutside.flatMap { known in steps.map { known || $0 } }
    }
    return zip(values, isOutside).map { $1 ? plan.extrapolation : $0 }
  }

  private static func whole(_ values: [Double], _ type: ElementType) -> [Int128] {
    guard case .integer(let bits, let signed) = type.meaning else { return [] }
    let range = IntegerRange(bits: bits, signed: signed)
    return values.map { Int128(range.truncating($0)) }
  }
}
