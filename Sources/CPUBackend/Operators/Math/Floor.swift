/// The largest integer not above each element; zeros keep the sign of x.
enum FloorKernel: OperatorKernel, ElementaryFunction {
  static let name = "Floor"
  static let versions = [6, 13]

  static func apply(_ x: Double) -> Double { x.rounded(.down) }
}
