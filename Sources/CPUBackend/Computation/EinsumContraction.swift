package import Tensors

/// A type in which Einstein sums are computed.
package protocol EinsumElement: BitwiseCopyable, Sendable, ExpressibleByIntegerLiteral {
  /// c = a · b for dense row-major matrices with at least one element each.
  static func multiply(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, b: UnsafePointer<Self>,
    c: UnsafeMutablePointer<Self>, pool: ThreadPool)
}

extension EinsumElement where Self: GemmElement {
  package static func multiply(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, b: UnsafePointer<Self>,
    c: UnsafeMutablePointer<Self>, pool: ThreadPool
  ) {
    PackedGemm.multiply(
      m: m, n: n, k: k, a: a, aRowStride: k, aColumnStride: 1, b: b, bRowStride: n,
      bColumnStride: 1, c: c, cRowStride: n, pool: pool)
  }
}

extension Float: EinsumElement {}
extension Double: EinsumElement {}

/// Every integer type is computed modulo 2^64, of which its own modulus is a divisor.
extension UInt64: EinsumElement {
  package static func multiply(
    m: Int, n: Int, k: Int, a: UnsafePointer<UInt64>, b: UnsafePointer<UInt64>,
    c: UnsafeMutablePointer<UInt64>, pool: ThreadPool
  ) {
    for row in 0..<m {
      for column in 0..<n {
        var sum: UInt64 = 0
        for inner in 0..<k { sum &+= a[row * k + inner] &* b[inner * n + column] }
        c[row * n + column] = sum
      }
    }
  }
}

/// Evaluates an Einstein sum: operands are joined from left to right, each time with one batched
/// matrix product, and an axis is summed as soon as nothing behind it needs it.
package struct EinsumContraction<Number: EinsumElement> {
  private let equation: EinsumEquation
  private let pool: ThreadPool

  /// A dense array whose axes have distinct names.
  private struct Named {
    var names: [Int]
    var elements: [Number]
  }

  package init(_ equation: EinsumEquation, pool: ThreadPool) {
    self.equation = equation
    self.pool = pool
  }

  /// The elements of the result in row-major order.
  package func result(
    of operands: [(shape: Shape, elements: [Number])]
  ) throws(KernelError) -> [Number] {
    var joined: Named?
    for (position, operand) in operands.enumerated() {
      let needed = Set(equation.result).union(equation.operands[(position + 1)...].joined())
      let next = try diagonal(operand.shape, operand.elements, equation.operands[position])
      guard let left = joined else {
        joined = try summed(next, keeping: needed)
        continue
      }
      joined = try product(
        try summed(left, keeping: needed.union(next.names)),
        try summed(next, keeping: needed.union(left.names)), needed)
    }
    guard let joined else { return [] }
    return try arranged(joined, equation.result)
  }

  /// The elements whose indices agree along equal names.
  private func diagonal(
    _ shape: Shape, _ elements: [Number], _ names: [Int]
  ) throws(KernelError) -> Named {
    var distinct: [Int] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    let own = shape.rowMajorStrides
    let strides = distinct.map { name in
      names.indices.reduce(0) { $0 + (names[$1] == name && shape[$1] != 1 ? own[$1] : 0) }
    }
    let lengths = equation.shape(of: distinct)
    return Named(
      names: distinct, elements: try gathered(elements, lengths, strides))
  }

  private func gathered(
    _ elements: [Number], _ shape: Shape, _ strides: [Int]
  ) throws(KernelError) -> [Number] {
    var result: [Number] = []
    result.reserveCapacity(try Allocation.count(of: shape, type: .f64))
    StridedView(shape: shape, strides: strides).forEachRun { start, stride, count in
      for step in 0..<count { result.append(elements[start + step * stride]) }
    }
    return result
  }

  /// The array with its axes in another order; names it does not have repeat it.
  private func arranged(_ array: Named, _ names: [Int]) throws(KernelError) -> [Number] {
    let own = equation.shape(of: array.names).rowMajorStrides
    let strides = names.map { name in array.names.firstIndex(of: name).map { own[$0] } ?? 0 }
    return try gathered(array.elements, equation.shape(of: names), strides)
  }

  /// Sums over the names that are not kept.
  private func summed(_ array: Named, keeping kept: Set<Int>) throws(KernelError) -> Named {
    let gone = array.names.filter { !kept.contains($0) }
    guard !gone.isEmpty else { return array }
    let ones = Named(
      names: gone,
      elements: [Number](
        repeating: 1, count: try Allocation.count(of: equation.shape(of: gone), type: .f64)))
    return try product(array, ones, kept)
  }

  /// Joins two arrays and sums over the names they share and nothing needs any more.
  private func product(
    _ left: Named, _ right: Named, _ needed: Set<Int>
  ) throws(KernelError) -> Named {
    let shared = left.names.filter { right.names.contains($0) }
    let batch = shared.filter { needed.contains($0) }
    let inner = shared.filter { !needed.contains($0) }
    let rows = left.names.filter { !shared.contains($0) }
    let columns = right.names.filter { !shared.contains($0) }
    let a = try arranged(left, batch + rows + inner)
    let b = try arranged(right, batch + inner + columns)
    func count(_ names: [Int]) throws(KernelError) -> Int {
      try Allocation.count(of: equation.shape(of: names), type: .u8)
    }
    let (m, n, k) = (try count(rows), try count(columns), try count(inner))
    let total = try Allocation.count(
      of: equation.shape(of: batch + rows + columns), type: .f64)
    var result = [Number](repeating: 0, count: total)
    guard total > 0, k > 0 else { return Named(names: batch + rows + columns, elements: result) }
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        result.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          for part in 0..<total / (m * n) {
            Number.multiply(
              m: m, n: n, k: k, a: a + part * m * k, b: b + part * k * n, c: c + part * m * n,
              pool: pool)
          }
        }
      }
    }
    return Named(names: batch + rows + columns, elements: result)
  }
}
