/// The Lp norm of numbers in binary64.
package struct PowerNorm: Sendable {
  private let p: Int

  /// Reads the integer attribute `p`.
  ///
  /// - Throws: `unsupported` unless p is at least 1.
  package init(_ call: Call) throws(KernelError) {
    p = try call.int("p", default: 2)
    guard p >= 1 else { throw .unsupported(.attribute, "p is \(p)") }
  }

  /// |x|^p.
  package func power(_ x: Double) -> Double {
    switch p {
    case 1: abs(x)
    case 2: x * x
    default: Double.pow(abs(x), Double(p))
    }
  }

  /// The p-th root of a sum of powers.
  package func root(_ sum: Double) -> Double {
    switch p {
    case 1: sum
    case 2: sum.squareRoot()
    default: Double.pow(sum, 1 / Double(p))
    }
  }

  /// The norm of a row; zero for no elements.
  package func callAsFunction(_ row: UnsafeBufferPointer<Double>) -> Double {
    root(LaneTree.sum(row) { power($0) })
  }
}
