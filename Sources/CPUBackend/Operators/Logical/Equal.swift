/// Whether two tensors are equal, element by element; NaN equals nothing, -0 equals 0.
enum EqualKernel: OperatorKernel, ComparisonFunction {
  static let name = "Equal"
  static let versions = [7, 11, 13, 19]

  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a == b }
}
