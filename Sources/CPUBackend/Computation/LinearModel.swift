/// Linear scores: a product of features and contiguous coefficients, and intercepts.
package struct LinearModel: Sendable {
  private let coefficients: [Double]
  private let intercepts: [Double]
  private let width: Int
  package let targets: Int

  /// Reads `coefficients` and `intercepts`.
  ///
  /// - Throws: `invalidModel` unless there is a coefficient for each target and feature, and one
  ///   intercept for each target or none. With `sharesOne`, two targets may share the coefficients
  ///   of one.
  package init(
    _ attributes: Attributes, targets: Int, width: Int, sharesOne: Bool = false
  ) throws(KernelError) {
    let weights = try attributes.floats("coefficients") ?? []
    let stated = try attributes.floats("intercepts")
    let isShared = sharesOne && targets == 2 && weights.count == width && width > 0
    let count = isShared ? 1 : targets
    let (expected, overflow) = count.multipliedReportingOverflow(by: width)
    guard count > 0, !overflow, weights.count == expected else {
      throw .invalidModel("\(weights.count) coefficients for \(targets) targets of \(width)")
    }
    guard stated?.count ?? count == count else {
      throw .invalidModel("\(stated?.count ?? 0) intercepts for \(targets) targets")
    }
    // Features without a column admit any number of targets.
    _ = try Allocation.count(of: [count], type: .f64)
    coefficients = weights.map { Double($0) }
    intercepts = stated?.map { Double($0) } ?? Array(repeating: 0, count: count)
    self.width = width
    self.targets = count
  }

  /// The score of each target.
  package func scores(_ row: ArraySlice<Double>) -> [Double] {
    intercepts.enumerated().map { target, intercept in
      FeatureRows.dot(row, coefficients[target * width..<(target + 1) * width]) + intercept
    }
  }
}
