import Tensors

/// Which elements a reduction folds together, by version of its axes.
struct Reduction {
  /// The output's shape.
  let shape: Shape
  /// For every output, in row-major order, the positions of the elements folded into it, in order.
  let groups: [[Int]]

  /// Reads `axes` (an input from the version `axesInputFrom` on, an attribute before), `keepdims`
  /// and `noop_with_empty_axes`.
  init(_ call: Call, _ x: ExactTensor, axesInputFrom: Int) throws(EvaluationError) {
    let given =
      try call.version >= axesInputFrom ? call.optionalTensor(1)?.ints() : call.ints("axes")
    let named = given ?? []
    let isIdentity = named.isEmpty ? try call.flag("noop_with_empty_axes") : false
    var axes = Set(try call.axes(named, rank: x.rank))
    if named.isEmpty && !isIdentity { axes = Set(0..<x.rank) }
    self.init(of: x.shape, over: axes, keepDimensions: try call.flag("keepdims", default: true))
  }

  init(of input: Shape, over axes: Set<Int>, keepDimensions: Bool) {
    let kept = input.indices.map { axes.contains($0) ? 1 : input[$0] }
    shape =
      keepDimensions
      ? kept : input.indices.filter { !axes.contains($0) }.map { input[$0] }
    var groups = [[Int]](repeating: [], count: kept.reduce(1, *))
    let strides = kept.rowMajorStrides
    for linear in 0..<(input.elementCount ?? 0) {
      let index = input.index(ofLinear: linear)
      var target = 0
      for axis in input.indices where !axes.contains(axis) { target += index[axis] * strides[axis] }
      groups[target].append(linear)
    }
    self.groups = groups
  }
}
