import Tensors

/// The matrix product of two matrices or their transposes, scaled, plus a scaled third matrix.
///
///     y = alpha · A′ · B′ + beta · C
///
/// C broadcasts to the shape of the product. Floating-point products are summed in `Float`
/// (`Double` for float64); scaling and addition are binary64 and rounded once. Integers wrap around
/// while alpha and beta are whole numbers, else the result is cut off towards zero.
enum GemmKernel: OperatorKernel {
  static let name = "Gemm"
  static let versions = [7, 9, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let operands = try Operands(call)
    switch operands.a.type {
    case .i32: return [.tensor(try integers(operands, as: Int32.self))]
    case .i64: return [.tensor(try integers(operands, as: Int64.self))]
    case .u32: return [.tensor(try integers(operands, as: UInt32.self))]
    case .u64: return [.tensor(try integers(operands, as: UInt64.self))]
    case .f64: return [.tensor(try reals(operands, as: Double.self, call.resources.pool))]
    default: return [.tensor(try reals(operands, as: Float.self, call.resources.pool))]
    }
  }

  private struct Operands {
    let a: Tensor
    let b: Tensor
    let c: Tensor?
    let rows: Int
    let columns: Int
    let depth: Int
    /// Strides of A′ and B′ along rows and columns.
    let aStrides: (row: Int, column: Int)
    let bStrides: (row: Int, column: Int)
    let alpha: Double
    let beta: Double

    var shape: Shape { [rows, columns] }

    init(_ call: Call) throws(KernelError) {
      (a, b, c) = (try call.tensor(0), try call.tensor(1), try call.optionalTensor(2))
      guard a.shape.count == 2, b.shape.count == 2 else {
        throw .invalidInput("A has shape \(a.shape) and B \(b.shape), matrices are needed")
      }
      let isATransposed = try call.flag("transA", default: false)
      let isBTransposed = try call.flag("transB", default: false)
      let left = isATransposed ? [a.shape[1], a.shape[0]] : a.shape
      let right = isBTransposed ? [b.shape[1], b.shape[0]] : b.shape
      guard left[1] == right[0] else {
        throw .invalidInput("the inner dimensions of \(left) and \(right) differ")
      }
      (rows, depth, columns) = (left[0], left[1], right[1])
      aStrides = isATransposed ? (1, a.shape[1]) : (a.shape[1], 1)
      bStrides = isBTransposed ? (1, b.shape[1]) : (b.shape[1], 1)
      alpha = Double(try call.float("alpha", default: 1))
      beta = Double(try call.float("beta", default: 1))
      if let c, [rows, columns].broadcast(with: c.shape) != [rows, columns] {
        throw .invalidInput("C of shape \(c.shape) does not broadcast to \([rows, columns])")
      }
      _ = try Allocation.count(of: [rows, columns], type: .f64)
    }

    /// C repeated to the shape of the product.
    func repeatedC() throws(KernelError) -> Tensor? {
      guard let c else { return nil }
      return try StridedView(broadcasting: c.shape, to: shape).tensor(of: c)
    }
  }

  private static func reals<Number: Real & GemmElement>(
    _ operands: Operands, as _: Number.Type, _ pool: ThreadPool
  ) throws(KernelError) -> Tensor {
    let (a, b) = (try operands.a.reals(Number.self), try operands.b.reals(Number.self))
    let c = try operands.repeatedC()?.reals(Double.self)
    var product = [Number](repeating: 0, count: operands.rows * operands.columns)
    product.withUnsafeMutableBufferPointer { product in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let left = a.baseAddress, let right = b.baseAddress,
            let target = product.baseAddress, operands.depth > 0
          else { return }
          PackedGemm.multiply(
            m: operands.rows, n: operands.columns, k: operands.depth,
            a: left, aRowStride: operands.aStrides.row, aColumnStride: operands.aStrides.column,
            b: right, bRowStride: operands.bStrides.row, bColumnStride: operands.bStrides.column,
            c: target, cRowStride: operands.columns, pool: pool)
        }
      }
    }
    guard c != nil || operands.alpha != 1 else {
      return try .rounding(product, to: operands.a.type, operands.shape)
    }
    let result = product.indices.map { index in
      operands.alpha * product[index].double + (c.map { operands.beta * $0[index] } ?? 0)
    }
    return try .rounding(result, to: operands.a.type, operands.shape)
  }

  private static func integers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ operands: Operands, as _: Number.Type
  ) throws(KernelError) -> Tensor {
    let (a, b) = (operands.a.elements(Number.self), operands.b.elements(Number.self))
    let c = try operands.repeatedC()?.elements(Number.self)
    var result: [Number] = []
    result.reserveCapacity(operands.rows * operands.columns)
    for row in 0..<operands.rows {
      for column in 0..<operands.columns {
        var sum: Number = 0
        for inner in 0..<operands.depth {
          let left = a[row * operands.aStrides.row + inner * operands.aStrides.column]
          sum &+= left &* b[inner * operands.bStrides.row + column * operands.bStrides.column]
        }
        result.append(scaled(sum, operands, c?[result.count]))
      }
    }
    return try .of(operands.a.type, operands.shape, result)
  }

  private static func scaled<Number: FixedWidthInteger>(
    _ sum: Number, _ operands: Operands, _ c: Number?
  ) -> Number {
    if let alpha = Int64(exactly: operands.alpha), let beta = Int64(exactly: operands.beta) {
      let product = Number(truncatingIfNeeded: alpha) &* sum
      return product &+ Number(truncatingIfNeeded: beta) &* (c ?? 0)
    }
    let value = operands.alpha * Double(sum) + (c.map { operands.beta * Double($0) } ?? 0)
    let range = IntegerRange(bits: Number.bitWidth, signed: Number.isSigned)
    return Number(truncatingIfNeeded: range.truncating(value))
  }
}
