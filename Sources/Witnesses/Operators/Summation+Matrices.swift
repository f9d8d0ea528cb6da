import CPUBackend
import Tensors

/// Operands of a matrix product, turned so that both factors of a sum are contiguous.
struct MatrixRows<Number: Real> {
  /// Rows of the left operand.
  var left: [[Number]]
  /// Columns of the right operand.
  var right: [[Number]]

  /// Takes a matrix of each side by its first element and its strides along (outer, inner).
  init(
    _ a: [Number], start aStart: Int, strides aStrides: (Int, Int), rows: Int,
    _ b: [Number], start bStart: Int, strides bStrides: (Int, Int), columns: Int, depth: Int
  ) {
    left = (0..<rows).map { row in
      (0..<depth).map { a[aStart + row * aStrides.0 + $0 * aStrides.1] }
    }
    right = (0..<columns).map { column in
      (0..<depth).map { b[bStart + $0 * bStrides.0 + column * bStrides.1] }
    }
  }
}

extension Summation {
  /// The products of every row with every column, row by row.
  func products<Number: Real>(_ matrices: MatrixRows<Number>) -> [Number] {
    let plan = SummationPlan(order, count: matrices.left.first?.count ?? 0)
    return matrices.left.flatMap { row in matrices.right.map { dot(row, $0, plan) } }
  }

  var matMul: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try matMul(call)
    } double: { call, _ throws(KernelError) in
      try matMul(call)
    }
  }

  private func matMul<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let operands = try MatMulOperands(a.shape, b.shape)
    let (rows, columns, depth) = (operands.rows, operands.columns, operands.depth)
    let x = factors.prepared(try a.reals(Number.self))
    let y = factors.prepared(try b.reals(Number.self))
    return operands.pairs.flatMap { pair in
      products(
        MatrixRows(
          x, start: pair.left * rows * depth, strides: (depth, 1), rows: rows,
          y, start: pair.right * depth * columns, strides: (columns, 1), columns: columns,
          depth: depth))
    }
  }

  var gemm: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try gemm(call)
    } double: { call, _ throws(KernelError) in
      try gemm(call)
    }
  }

  private func gemm<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let isLeftTurned = try call.flag("transA", default: false)
    let isRightTurned = try call.flag("transB", default: false)
    let (rows, depth) = (a.shape[isLeftTurned ? 1 : 0], a.shape[isLeftTurned ? 0 : 1])
    let columns = b.shape[isRightTurned ? 0 : 1]
    let products = products(
      MatrixRows(
        factors.prepared(try a.reals(Number.self)), start: 0,
        strides: isLeftTurned ? (1, rows) : (depth, 1), rows: rows,
        factors.prepared(try b.reals(Number.self)), start: 0,
        strides: isRightTurned ? (1, depth) : (columns, 1), columns: columns, depth: depth))
    let alpha = Number(try call.float("alpha", default: 1))
    let beta = Number(try call.float("beta", default: 1))
    let step = joining ?? accumulator
    var result = alpha == 1 ? products : products.map { step.product(alpha, $0) }
    if let c = try call.optionalTensor(2) {
      let view = StridedView(broadcasting: c.shape, to: [rows, columns])
      let bias = try view.tensor(of: c).reals(Number.self)
      result = zip(result, bias).map { step.addingProduct(beta, $1, to: $0) }
    }
    return result
  }

  /// The matrix products with every step in binary16.
  var half: [String: Computation] {
    [
      "MatMul": .inHalf { call throws(KernelError) in try matMul(call) },
      "Gemm": .inHalf { call throws(KernelError) in try gemm(call) },
    ]
  }
}
