import Glibc

/// The kernel of a support vector machine, in binary64.
package struct VectorKernel: Sendable {
  private static let words = ["LINEAR", "POLY", "RBF", "SIGMOID"]

  private let word: String
  private let gamma: Double
  private let offset: Double
  private let degree: Double

  /// Reads `kernel_type` and `kernel_params`, which are zero where they are left out.
  ///
  /// - Throws: `invalidModel` for an unknown kernel or other than three parameters.
  package init(_ attributes: Attributes) throws(KernelError) {
    word = try attributes.choice("kernel_type", of: Self.words, default: "LINEAR")
    let parameters = try attributes.floats("kernel_params") ?? []
    guard parameters.isEmpty || parameters.count == 3 else {
      throw .invalidModel("\(parameters.count) kernel_params, three are needed")
    }
    let values = parameters.isEmpty ? [0, 0, 0] : parameters.map { Double($0) }
    (gamma, offset, degree) = (values[0], values[1], values[2])
  }

  /// The kernel of two vectors of one length.
  package func callAsFunction(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    switch word {
    case "POLY": return pow(gamma * FeatureRows.dot(a, b) + offset, degree)
    case "SIGMOID": return tanh(gamma * FeatureRows.dot(a, b) + offset)
    case "RBF":
      let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return exp(-gamma * distance)
    default: return FeatureRows.dot(a, b)
    }
  }

  /// The numbers of an attribute, which must be so many.
  ///
  /// - Throws: `invalidModel` for another number.
  package static func list(
    _ name: String, _ attributes: Attributes, count: Int, times width: Int = 1
  ) throws(KernelError) -> [Double] {
    let values = try attributes.floats(name) ?? []
    let (expected, overflow) = count.multipliedReportingOverflow(by: width)
    guard count >= 0, !overflow, values.count == expected else {
      throw .invalidModel("\(values.count) \(name), \(count) times \(width) are needed")
    }
    return values.map { Double($0) }
  }
}
