/// Whether the first operand is at least the second, element by element; false with NaN.
enum GreaterOrEqualKernel: OperatorKernel, ComparisonFunction {
  static let name = "GreaterOrEqual"
  static let versions = [12, 16]

  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a >= b }
}
