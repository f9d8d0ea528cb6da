import CPUBackend
import Tensors

extension Summation {
  /// Einsum as one sum over all indices that disappear, without intermediate results.
  var einsum: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try einsum(call)
    } double: { call, _ throws(KernelError) in
      try einsum(call)
    }
  }

  private func einsum<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let operands = try call.tensors()
    let equation = try EinsumEquation(
      try call.string("equation", default: ""), operands.map(\.shape))
    let isProduct = operands.count > 1
    var values: [[Number]] = []
    for operand in operands {
      let list = try operand.reals(Number.self)
      values.append(isProduct ? factors.prepared(list) : list)
    }
    let summed = equation.lengths.keys.filter { !equation.result.contains($0) }.sorted()
    let strides = zip(equation.operands, operands).map { Self.strides($0, $1.shape) }
    func positions(_ names: [Int]) -> [[Int]] {
      strides.map { own in
        StridedView(shape: equation.shape(of: names), strides: names.map { own[$0] ?? 0 })
          .positions
      }
    }
    let (outer, inner) = (positions(equation.result), positions(summed))
    let count = inner.first?.count ?? 0
    let plan = SummationPlan(order, count: count)
    return (outer.first ?? []).indices.map { place in
      let rows = values.indices.map { index in
        inner[index].map { values[index][outer[index][place] + $0] }
      }
      return product(of: rows, plan)
    }
  }

  /// The stride of each name; names of diagonals walk along all of their axes at once.
  private static func strides(_ names: [Int], _ shape: Shape) -> [Int: Int] {
    var strides: [Int: Int] = [:]
    for (axis, stride) in shape.rowMajorStrides.enumerated() where shape[axis] != 1 {
      strides[names[axis], default: 0] += stride
    }
    return strides
  }

  /// Σ over positions of the product over rows.
  private func product<Number: Real>(of rows: [[Number]], _ plan: SummationPlan) -> Number {
    guard let last = rows.last, rows.count > 1 else { return sum(rows.first ?? []) }
    let rest = rows.dropLast().dropFirst().reduce(rows[0]) { product, row in
      zip(product, row).map { accumulator.product($0, $1) }
    }
    return dot(rest, last, plan)
  }
}
